//! Keeping one answer. Nothing of who sent it is kept: the network it came from is counted under keyed hashes that are
//! forgotten within hours; the day is kept and not the hour.

use chrono::{Duration, NaiveDate};
use sea_orm::ConnectionTrait;

use super::{
    rules::{self, LATEST_DAYS, LONGEST_COMMENT, Score},
    runs,
};
use crate::{
    access::{Ctx, Permission},
    organisation::{self, Unit, UnitId},
    platform::{
        check::Check,
        crypto::{Purpose, random_code},
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
        throttle::{self, Throttle},
    },
    standards::StandardId,
    surveys::{
        defaults::profile,
        entity::{
            answers::{AnswerWay, SurveyBatchId, SurveyResponseId, response},
            setup::{SurveyPeriodId, SurveyPointId, element, period},
        },
        setup::rules::{Phase, phase},
        store::{periods, points, responses},
    },
};

/// What a respondent said about themselves, in the order of the profile; each may be nothing.
pub type Profile = [Option<String>; 4];

/// A filled sheet, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub scores: Vec<Score>,
    pub profile: Profile,
    pub comment: Option<String>,
}

/// Where and how it was filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub service: StandardId,
    pub point: Option<SurveyPointId>,
    pub way: AnswerWay,
    /// None is today.
    pub answered_on: Option<NaiveDate>,
    /// The mark of the sender's form: the same one twice is one answer.
    pub client: Option<String>,
    /// The token of a link for one answer.
    pub link: Option<String>,
    /// The form came back sooner than anybody reads it.
    pub swift: bool,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    New,
    /// The same form came before.
    Before,
    /// The same form came before with other answers: those are kept, these are not.
    Other,
}

/// The raw texts of a sheet.
pub struct Raw<'a> {
    /// (field, text) for each element in the period's order.
    pub scores: Vec<(String, &'a str)>,
    /// In the order of the profile.
    pub profile: [&'a str; 4],
    pub comment: &'a str,
}

/// Reads a sheet; every fault is named by its field.
pub fn checked(period: &period::Model, raw: &Raw<'_>) -> Result<Filled> {
    let mut check = Check::new();
    let mut scores = Vec::with_capacity(raw.scores.len());
    for (field, written) in &raw.scores {
        scores.push(rules::score(written).unwrap_or_else(|()| {
            check.fault(field, Message::new("surveys-score-wrong"));
            None
        }));
    }
    let least = rules::least_answered(scores.len(), period.least_percent);
    let answered = rules::answered(&scores);
    if answered < least {
        let first = raw.scores.iter().zip(&scores);
        let first = first.filter(|(_, score)| score.is_none());
        let field = first.map(|((field, _), _)| field.as_str()).next();
        let message = Message::new("surveys-too-few")
            .with("answered", answered)
            .with("least", least)
            .with("all", scores.len());
        check.fault(field.unwrap_or("answers"), message);
    }
    let mut known: Profile = Default::default();
    for ((field, written), place) in profile().iter().zip(raw.profile).zip(&mut known) {
        if !written.trim().is_empty() {
            let code = field.code_of(written);
            if code.is_none() {
                let message = Message::new("surveys-profile-unknown")
                    .with("choices", field.choices(Locale::Id))
                    .with("choices_en", field.choices(Locale::En));
                check.fault(&field.field, message);
            }
            *place = code.map(str::to_owned);
        }
    }
    let comment = check.optional("comment", raw.comment, LONGEST_COMMENT);
    check.finish()?;
    Ok(Filled {
        scores,
        profile: known,
        comment,
    })
}

/// A period and everything that its form asks.
pub struct Form {
    pub unit: Unit,
    pub period: period::Model,
    pub elements: Vec<element::Model>,
    pub today: NaiveDate,
}

/// The period of an open form; one that is still being prepared does not exist for the public.
pub async fn form(ctx: &Ctx, id: SurveyPeriodId) -> Result<Form> {
    let db = &ctx.app.db;
    let period = periods::period(db, id).await?.ok_or(Error::NotFound)?;
    let unit = organisation::unit(db, period.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    if phase(&period, today) == Phase::Draft {
        return Err(Error::NotFound);
    }
    Ok(Form {
        elements: periods::elements(db, period.id).await?,
        unit,
        period,
        today,
    })
}

/// Why nothing is taken any more, or not yet.
pub fn refusal(phase: Phase) -> Option<Error> {
    let (code, key) = match phase {
        Phase::Open => return None,
        Phase::Draft => return Some(Error::NotFound),
        Phase::Coming => ("survey.not_begun", "rule-survey-not-begun"),
        Phase::Closed => ("survey.closed", "rule-survey-closed"),
        Phase::Frozen => ("survey.frozen", "rule-survey-frozen"),
    };
    Some(Error::rule(code, Message::new(key)))
}

/// The day of a sheet that came late: not before the period, not in the future, and not older than a tablet keeps it.
fn day_of(form: &Form, source: &Source) -> Result<NaiveDate> {
    let day = source.answered_on.unwrap_or(form.today);
    let oldest = form.today - Duration::days(LATEST_DAYS);
    let first = form.period.opens_on.max(oldest);
    if day < first || day > form.today || day > form.period.closes_on {
        let message = Message::new("surveys-day-outside")
            .on("first", first)
            .on("last", form.today.min(form.period.closes_on));
        return Err(Error::field("answered_on", message));
    }
    Ok(day)
}

fn client_hash(ctx: &Ctx, period: SurveyPeriodId, mark: &str) -> String {
    let text = format!("survey-answer:{period}:{mark}");
    ctx.app.keys.hash(Purpose::Tokens, &text)
}

/// The hash by which a link for one answer is found.
#[must_use]
pub fn link_hash(ctx: &Ctx, token: &str) -> String {
    ctx.app
        .keys
        .hash(Purpose::Tokens, &format!("survey-link:{token}"))
}

/// From one network within a minute: a school or a queue shares an address, a machine sends without end.
fn flood(ctx: &Ctx) -> Throttle {
    let most = ctx.app.config.limits.survey_answers_per_minute;
    Throttle::new(
        "survey-answer",
        &ctx.request.network(),
        most,
        Duration::minutes(1),
    )
}

/// Keeps an answer of the public. Counting, spending the link and keeping are one transaction: none without the others.
pub async fn keep(ctx: &Ctx, form: &Form, source: Source, filled: Filled) -> Result<Kept> {
    let client = source.client.as_deref().filter(|mark| !mark.is_empty());
    let client = client.map(|mark| client_hash(ctx, form.period.id, mark));
    let tx = ctx.app.db.begin_write().await?;
    if let Some(hash) = &client
        && let Some(before) = responses::by_client(&tx, form.period.id, hash).await?
    {
        let same = is_same(&before, source.service, &filled);
        return Ok(if same { Kept::Before } else { Kept::Other });
    }
    let of_office = ctx.may(Permission::EnterSurvey, form.period.unit_id);
    if !of_office {
        throttle::take_in(&tx, &ctx.app, ctx.now, &[&flood(ctx)]).await?;
    }
    let period = periods::share(&tx, form.period.id).await?;
    let late = source.answered_on.is_some();
    match phase(&period, form.today) {
        // What a tablet kept while it had no network is still of this period, until somebody closes it.
        Phase::Closed
            if late && period.state == crate::surveys::entity::setup::SurveyState::Open => {}
        other => refusal(other).map_or(Ok(()), Err)?,
    }
    let day = day_of(form, &source)?;
    let services = periods::services(&tx, period.id).await?;
    if !services.iter().any(|row| row.service_id == source.service) {
        return Err(Error::field(
            "service",
            Message::new("field-unknown-choice"),
        ));
    }
    spend_link(&tx, ctx, &period, &source).await?;
    let row = response::Model {
        run_id: match of_office {
            true => None,
            false => Some(runs::join(&tx, ctx, form).await?),
        },
        swift: source.swift && !of_office,
        ..row_of(&period, &source, filled, day, client)
    };
    let kept = responses::insert(&tx, vec![row]).await;
    match kept {
        // The same form at the same moment: the other one won.
        Err(Error::Conflict { code: "duplicate" }) => return Ok(Kept::Before),
        other => other?,
    }
    tx.commit().await?;
    Ok(Kept::New)
}

/// Whether a sheet that came before says the same.
fn is_same(before: &response::Model, service: StandardId, filled: &Filled) -> bool {
    let known = [
        &before.sex,
        &before.age_band,
        &before.education,
        &before.occupation,
    ];
    before.service_id == service
        && before.scores == rules::kept(&filled.scores)
        && before.comment == filled.comment
        && known.into_iter().eq(&filled.profile)
}

/// A link for one answer opens this form once.
async fn spend_link(tx: &Tx, ctx: &Ctx, period: &period::Model, source: &Source) -> Result<()> {
    let Some(token) = &source.link else {
        return Ok(());
    };
    let about = (period.unit_id, source.service);
    match points::spend(tx, &link_hash(ctx, token), about).await? {
        true => Ok(()),
        false => Err(Error::rule(
            "survey.link_spent",
            Message::new("rule-survey-link-spent"),
        )),
    }
}

fn row_of(
    period: &period::Model,
    source: &Source,
    filled: Filled,
    day: NaiveDate,
    client: Option<String>,
) -> response::Model {
    let batch: Option<(SurveyBatchId, i32)> = None;
    row(
        period,
        (source.service, source.point, source.way),
        filled,
        (day, client, batch),
    )
}

/// A row as it is kept, whichever way it came.
pub fn row(
    period: &period::Model,
    (service, point, way): (StandardId, Option<SurveyPointId>, AnswerWay),
    filled: Filled,
    (day, client, batch): (NaiveDate, Option<String>, Option<(SurveyBatchId, i32)>),
) -> response::Model {
    let [sex, age_band, education, occupation] = filled.profile;
    response::Model {
        id: SurveyResponseId::new(),
        unit_id: period.unit_id,
        period_id: period.id,
        service_id: service,
        point_id: point,
        way,
        answered_on: day,
        sex,
        age_band,
        education,
        occupation,
        scores: rules::kept(&filled.scores),
        comment: filled.comment,
        client_id: client,
        batch_id: batch.map(|(id, _)| id),
        sheet: batch.map(|(_, sheet)| sheet),
        run_id: None,
        swift: false,
        set_aside: false,
    }
}

/// A link for one answer about a service. The mark says for what it is made: asked again it is the same link, and
/// nothing kept leads back from it.
pub async fn make_link(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    (unit, service): (UnitId, Option<StandardId>),
    mark: &str,
) -> Result<String> {
    let named = format!("survey-link-for:{mark}");
    let secret = ctx.app.keys.hash(Purpose::Tokens, &named);
    keep_link(db, ctx, (unit, service), &secret).await?;
    Ok(secret)
}

/// So many letters of a code that is typed from paper: nobody guesses one of a hundred million million.
const SHORT_LINK: usize = 10;

/// A link for one answer that nothing names, short enough to be typed.
pub async fn make_short_link(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    about: (UnitId, Option<StandardId>),
) -> Result<String> {
    let secret = random_code(SHORT_LINK);
    keep_link(db, ctx, about, &secret).await?;
    Ok(secret)
}

async fn keep_link(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    (unit, service): (UnitId, Option<StandardId>),
    secret: &str,
) -> Result<()> {
    let row = crate::surveys::entity::answers::link::Model {
        id: uuid::Uuid::new_v4(),
        unit_id: unit,
        service_id: service,
        token_hash: link_hash(ctx, secret),
        made_on: ctx.now.date_naive(),
        spent: false,
    };
    points::insert_link(db, row).await
}
