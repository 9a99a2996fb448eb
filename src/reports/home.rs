//! The home page: three doors, the next forum, what became of complaints, promises under way.

use chrono::{DateTime, Datelike as _, Months, NaiveDate, NaiveTime, TimeZone as _, Utc};
use poem::{Response, handler, web::Query as Address};
use serde::{Deserialize, Serialize};

use super::{
    pages::{UnitView, unit_of, units},
    promised,
};
use crate::{
    access::{Ctx, Public},
    action_plans::{self, Chip, Row, due_words, main_chip},
    calendar::dates,
    complaints, forums,
    organisation::{self, Unit},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        settled,
        web::pages::Page,
    },
};

/// The figures look back to the first of the month, so many months ago.
const MONTHS: u32 = 3;
const PROMISES: usize = 3;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    unit: String,
}

#[derive(Serialize)]
struct HomePage {
    lead: String,
    new_href: String,
    track_href: &'static str,
    survey_href: String,
    promises_href: String,
    forums_href: String,
    statistics_href: String,
    units: Vec<UnitView>,
    kpis: Vec<Kpi>,
    kpi_note: String,
    promises: Vec<PromiseView>,
    forum: Option<ForumView>,
}

#[derive(Serialize)]
struct Kpi {
    value: String,
    label: String,
}

#[derive(Serialize)]
struct PromiseView {
    title: String,
    href: String,
    chip: Chip,
    value: i32,
    source: String,
}

/// The next forum, as a date and a link.
#[derive(Serialize)]
struct ForumView {
    day: String,
    month: String,
    title: String,
    when: String,
    #[serde(rename = "where")]
    place: String,
    href: String,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "home/index";
    fn title(&self, locale: Locale) -> String {
        t(locale, "shell-tagline")
    }
}

#[handler]
pub async fn show_home(Public(ctx): Public, Address(wanted): Address<Wanted>) -> Result<Response> {
    match unit_of(&ctx, &wanted.unit).await? {
        Some(unit) => {
            let page = of_unit(&ctx, &unit, &wanted).await?;
            ctx.page_in(&organisation::brand_of(&unit), &page)
        }
        None => ctx.page(&of_all(&ctx).await?),
    }
}

/// Of the whole installation: choose a unit first.
async fn of_all(ctx: &Ctx) -> Result<HomePage> {
    Ok(HomePage {
        lead: t(ctx.locale(), "home-lead-any"),
        new_href: "/pengaduan/baru".to_owned(),
        track_href: "/lacak",
        survey_href: "/survei".to_owned(),
        promises_href: "/janji".to_owned(),
        forums_href: "/forum".to_owned(),
        statistics_href: "/statistik".to_owned(),
        units: units(ctx, "/").await?,
        kpis: Vec::new(),
        kpi_note: String::new(),
        promises: Vec::new(),
        forum: None,
    })
}

async fn of_unit(ctx: &Ctx, unit: &Unit, wanted: &Wanted) -> Result<HomePage> {
    let at = |path: &str| match wanted.unit.as_str() {
        "" => path.to_owned(),
        code => format!("{path}?unit={code}"),
    };
    let (kpis, kpi_note) = figures(ctx, unit).await?;
    Ok(HomePage {
        lead: lead(ctx, unit).await?,
        new_href: at("/pengaduan/baru"),
        track_href: "/lacak",
        survey_href: format!("/survei/{}", unit.code),
        promises_href: at("/janji"),
        forums_href: at("/forum"),
        statistics_href: at("/statistik"),
        units: Vec::new(),
        kpis,
        kpi_note,
        promises: promises(ctx, unit).await?,
        forum: next_forum(ctx, unit).await?,
    })
}

/// How soon an answer comes, by the policy in force.
async fn lead(ctx: &Ctx, unit: &Unit) -> Result<String> {
    let answering = promised::of(ctx, unit).await?;
    Ok(promised::words("home-lead-days", &answering).text(ctx.locale()))
}

/// What became of complaints: nothing is said while nothing was filed.
async fn figures(ctx: &Ctx, unit: &Unit) -> Result<(Vec<Kpi>, String)> {
    let locale = ctx.locale();
    let zone = organisation::zone_of(unit)?;
    let since = months_ago(ctx.today_in(zone), zone);
    let read = complaints::public_figures(&ctx.app.db, unit.id, since);
    let about = (unit.id, since);
    let found = settled::of_this_minute(ctx.now, "figures of the front page", about, read).await?;
    // Behind a small number stands somebody whom others know.
    let below = i64::from(ctx.app.config.complaints.suppress_below).max(1);
    if found.received < below || (1..below).contains(&found.answered) {
        return Ok((Vec::new(), String::new()));
    }
    let mut kpis = Vec::new();
    let mut add = |value: String, key: &str| {
        kpis.push(Kpi {
            value,
            label: t(locale, key),
        });
    };
    if let Some(percent) = found.on_time_percent {
        add(
            format!("{}%", dates::decimal(percent, 0, locale)),
            "home-kpi-on-time",
        );
    }
    if let Some(days) = found.mean_working_days {
        add(dates::decimal(days, 1, locale), "home-kpi-days");
    }
    add(whole(found.answered, locale), "home-kpi-answered");
    let note = Message::new("home-kpi-note")
        .with(
            "from",
            dates::date(since.with_timezone(&zone).date_naive(), locale),
        )
        .with("to", dates::date(ctx.today_in(zone), locale))
        .with("count", whole(found.received, locale));
    Ok((kpis, note.text(locale)))
}

/// The first of the month, so many months ago: a window that slid by a day would tell single days by its difference.
fn months_ago(today: NaiveDate, zone: chrono_tz::Tz) -> DateTime<Utc> {
    let first = today.with_day(1).unwrap_or(today);
    let first = first
        .checked_sub_months(Months::new(MONTHS))
        .unwrap_or(first);
    let midnight = first.and_time(NaiveTime::MIN);
    zone.from_local_datetime(&midnight)
        .earliest()
        .map_or_else(|| midnight.and_utc(), |at| at.to_utc())
}

fn whole(number: i64, locale: Locale) -> String {
    dates::whole(u64::try_from(number).unwrap_or_default(), locale)
}

/// What is under way first, the nearest due day at the head; then what was kept last.
async fn promises(ctx: &Ctx, unit: &Unit) -> Result<Vec<PromiseView>> {
    let rows = action_plans::latest_promises(ctx, unit, PROMISES).await?;
    let locale = ctx.locale();
    Ok(rows
        .into_iter()
        .map(|row| PromiseView {
            title: row.item.title.clone(),
            href: format!("/janji/{}", row.item.id),
            chip: main_chip(&row, locale),
            value: row.item.progress,
            source: because(&row, locale),
        })
        .collect())
}

fn because(row: &Row, locale: Locale) -> String {
    match row.sources.first() {
        Some(source) => format!(
            "{} · {}",
            source.public_label(locale),
            due_words(row, locale)
        ),
        None => due_words(row, locale),
    }
}

/// The nearest forum that is announced and still to come.
async fn next_forum(ctx: &Ctx, unit: &Unit) -> Result<Option<ForumView>> {
    let locale = ctx.locale();
    let zone = organisation::zone_of(unit)?;
    let announced = forums::announced(&ctx.app.db, unit.id).await?;
    let next = announced
        .into_iter()
        .rev()
        .filter(|forum| forum.cancelled_at.is_none() && forum.stage != forums::Stage::Closed)
        .find(|forum| !forums::is_over(forum, zone, ctx.now));
    // What the letter says holds until the next one.
    let next = next.map(|forum| forums::as_announced(&forum).unwrap_or(forum));
    Ok(next.map(|forum| ForumView {
        day: chrono::Datelike::day(&forum.date).to_string(),
        month: dates::month_short(forum.date, locale).to_owned(),
        when: forums::when_text(&forum, zone, locale),
        place: forums::where_in(&forum, locale),
        href: format!("/forum/{}", forum.id),
        title: forum.title,
    }))
}
