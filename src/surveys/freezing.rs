//! Freezing a period, and its raw export: the same rows always give the same bytes, in the order of their random ids,
//! so that the hash kept with the frozen period proves the file, and no order of coming can be read from it.

use chrono::DateTime;
use sea_orm::ConnectionTrait;

use super::{
    aside,
    entity::{
        answers::response,
        setup::{SurveyPeriodId, SurveyState, period},
    },
    interim::{self, Extent},
    results,
    setup::{
        reading::{Whole, get, names_of},
        rules,
        service::{held, save},
    },
    store::{periods, points, responses},
};
use crate::{
    access::{self, Ctx, Permission},
    audit,
    calendar::dates,
    organisation,
    platform::{
        crypto::sha256_hex,
        error::Result,
        i18n::{Locale, Message},
        jobs,
        tables::{self, Cell},
    },
};

/// The column of the raw export that says of an answer that it counts in no figure.
pub const SET_ASIDE: &str = "set_aside";

/// Freezes a closed period: no row comes after, no figure changes. Named, and with the hash of what is frozen. One that
/// nobody answered has no result to be kept, and neither has one with an element that hardly anybody answered: it stays
/// closed, can be extended, and such an element be taken out. `counted` says that what looks like a
/// machine's and was not set aside counts.
pub async fn freeze(ctx: &Ctx, which: (SurveyPeriodId, i32), counted: bool) -> Result<()> {
    let seen = get(ctx, which.0, Permission::ManageSurveys).await?;
    let unit = organisation::unit(&ctx.app.db, seen.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let tx = ctx.app.db.begin_write().await?;
    let mut period = held(&tx, which).await?;
    rules::may_freeze(&period, today)?;
    let counting = aside::counting(&tx, &period).await?;
    let answers: usize = counting.iter().map(aside::Part::counted).sum();
    rules::may_count(answers, counted)?;
    period.frozen_counted = Some(i32::try_from(answers).unwrap_or(i32::MAX));
    period.frozen_hash = Some(sha256_hex(&raw(&tx, &period, Extent::All).await?));
    period.state = SurveyState::Frozen;
    period.frozen_at = Some(ctx.now);
    period.frozen_by = ctx.person_id();
    let parts = counting
        .iter()
        .map(|part| serde_json::json!({ "part": part.code, "answers": part.counted() }));
    let entry = audit::Entry::new("survey", period.id.0, "survey.frozen")
        .in_unit(period.unit_id)
        .with(serde_json::json!({
            "title": period.title, "closes_on": period.closes_on, "counted": parts.collect::<Vec<_>>(),
        }));
    audit::record(&tx, ctx, entry).await?;
    let kept = results::keep(&tx, ctx, &period, &unit).await?;
    if kept.n == 0 {
        return Err(rules::Broken::Unanswered.into());
    }
    may_keep(&kept, ctx.locale())?;
    // Without a frozen period that was over before it began nothing can be compared.
    if results::has_earlier(&tx, &period).await? {
        let news = results::PeriodFrozen { period: period.id };
        jobs::enqueue(&tx, &news, ctx.now).await?;
    }
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}

/// A period that an element leaves without an index stays closed: after freezing the element could not be taken out.
fn may_keep(result: &results::SurveyResult, locale: Locale) -> Result<(), rules::Broken> {
    let lacking = result.lacking().into_iter();
    let names: Vec<String> = lacking.map(|one| one.full_name(locale)).collect();
    match names.is_empty() {
        true => Ok(()),
        false => Err(rules::Broken::ElementUnanswered {
            elements: names.join("; "),
        }),
    }
}

/// Who froze it, when, and the hash; None while it is not frozen.
pub async fn frozen_text(ctx: &Ctx, whole: &Whole) -> Result<Option<String>> {
    let period = &whole.period;
    let Some(at) = period.frozen_at else {
        return Ok(None);
    };
    let name = match period.frozen_by {
        Some(id) => {
            let mut names = access::person_names(&ctx.app.db, vec![id]).await?;
            names.remove(&id).unwrap_or_default()
        }
        None => "Rembuk".to_owned(),
    };
    let at: DateTime<_> = at.with_timezone(&whole.zone);
    let message = Message::new("surveys-frozen-text")
        .with("name", name)
        .with("at", dates::date_time(&at, ctx.locale()))
        .with("hash", period.frozen_hash.clone().unwrap_or_default());
    Ok(Some(message.text(ctx.locale())))
}

/// The raw answers as a file, for those who manage the survey; of a running period those that its figures show.
pub async fn export(ctx: &Ctx, period: &period::Model) -> Result<(String, Vec<u8>)> {
    let db = &ctx.app.db;
    let unit = organisation::unit(db, period.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let extent = interim::extent(db, period, today).await?;
    let bytes = raw(db, period, extent).await?;
    let name = format!("skm-{}-{}.csv", period.opens_on, period.closes_on);
    Ok((name, bytes))
}

/// Codes, not words, so that the language of the reader changes nothing. Comments are no part of it: what somebody
/// wrote may name them. Nor is the random id, by which the row could be found again beside its comment; and the month
/// stands for the day, because of one service and day there is often a single answer.
async fn raw(db: &impl ConnectionTrait, period: &period::Model, extent: Extent) -> Result<Vec<u8>> {
    let elements = periods::elements(db, period.id).await?;
    let services = names_of(db, period.unit_id).await?;
    let posters = points::of_unit(db, period.unit_id).await?;
    let fixed = [
        "service",
        "way",
        "point",
        "month",
        "sex",
        "age_band",
        "education",
        "occupation",
    ];
    let rows = responses::of_period(db, period, extent).await?;
    // Only where there is something to tell: the files of other periods keep their bytes.
    let tells_aside = rows.iter().any(|row| row.set_aside);
    let labels = elements.iter().map(|one| one.label.as_str());
    let heading = fixed.into_iter().chain(labels);
    let heading = heading.chain(tells_aside.then_some(SET_ASIDE));
    let heading = heading.map(Cell::text).collect();
    let rows: Vec<tables::Row> = rows
        .iter()
        .map(|row| {
            let service = services.get(&row.service_id);
            let point = posters.iter().find(|one| Some(one.id) == row.point_id);
            let mut line = line(
                row,
                service.map_or("", |(code, _)| code.as_str()),
                point.map_or("", |one| one.code.as_str()),
            );
            if tells_aside {
                line.push(match row.set_aside {
                    true => Cell::text("yes"),
                    false => Cell::Nothing,
                });
            }
            line
        })
        .collect();
    tables::csv(&heading, &rows)
}

fn line(row: &response::Model, service: &str, point: &str) -> tables::Row {
    let maybe = |text: &Option<String>| text.clone().unwrap_or_default();
    let fixed = [
        service.to_owned(),
        row.way.told().code(),
        point.to_owned(),
        row.answered_on.format("%Y-%m").to_string(),
        maybe(&row.sex),
        maybe(&row.age_band),
        maybe(&row.education),
        maybe(&row.occupation),
    ];
    let scores = row.scores.chars().map(|score| match score.to_digit(10) {
        Some(score) => Cell::Whole(i64::from(score)),
        None => Cell::Nothing,
    });
    fixed.into_iter().map(Cell::text).chain(scores).collect()
}
