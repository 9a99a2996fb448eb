//! Complaints in every state, dated relative to today. What the file calls "today" is the working day on
//! which the office works next: on a Saturday evening too, two complaints are late and three are due on
//! that day, and nothing lies in the future.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

use crate::{
    access::{self, Ctx, PersonId, Role},
    calendar::{self, WorkCalendar},
    complaints::{self, Channel, ComplaintId, Kind, Status, Story},
    organisation::{self, Unit},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
    },
};

const FILE: &str = include_str!("../../fixtures/demo-complaints.toml");
/// Of the year before the one that the demo is in the middle of, each with its own day.
const OF_2025: &str = include_str!("../../fixtures/demo-complaints-2025.toml");

#[derive(Deserialize)]
struct File {
    complaint: Vec<Told>,
}

#[derive(Clone, Default, Deserialize)]
struct Reporter {
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
}

/// A complaint as the file tells it.
#[derive(Clone, Deserialize)]
struct Told {
    key: String,
    unit: String,
    #[serde(default)]
    kind: Kind,
    channel: Channel,
    subject: String,
    description: String,
    service: Option<String>,
    anonymous: bool,
    confidential: bool,
    #[serde(default)]
    reporter: Reporter,
    #[serde(default)]
    received_working_days_ago: u32,
    /// The day itself, instead.
    received_on: Option<NaiveDate>,
    received_time: String,
    status: Status,
    division: Option<String>,
    instruction: Option<String>,
    answer: Option<String>,
    answered_after_hours: Option<i64>,
    reopened_message: Option<String>,
    closed_by: Option<String>,
    reason: Option<String>,
    note: Option<String>,
    action: Option<String>,
}

/// What was loaded.
#[derive(Debug, Default)]
pub struct Loaded {
    pub by_key: HashMap<String, ComplaintId>,
    /// Complaints and the key of the action item that answers them.
    pub actions: Vec<(ComplaintId, String)>,
}

/// Loads the complaints of both units; units, people and standards are there already.
pub async fn load(ctx: &Ctx) -> Result<Loaded> {
    let loaded = told(ctx, FILE).await?;
    let unit = organisation::unit_by_code(&ctx.app.db, "disdukcapil-kaltim").await?;
    let officers = [Role::ComplaintOfficer];
    let officers = access::people_with(&ctx.app.db, &officers, unit.id, None).await?;
    let (officer, ..) = officers.into_iter().next().ok_or(Error::NotFound)?;
    let ctx = access::acting_as(ctx, officer, ctx.now).await?;
    standard_answers(&ctx).await?;
    super::categories::load(&ctx, &loaded.by_key).await?;
    Ok(loaded)
}

/// Loads those of 2025, which the forum of that year is about.
pub async fn load_2025(ctx: &Ctx) -> Result<Loaded> {
    told(ctx, OF_2025).await
}

/// Writes the complaints of a file with what became of them.
async fn told(ctx: &Ctx, file: &str) -> Result<Loaded> {
    let file: File = toml::from_str(file).map_err(anyhow::Error::from)?;
    let tx = ctx.app.db.begin_write().await?;
    let mut loaded = Loaded::default();
    let mut offices: HashMap<String, Office> = HashMap::new();
    let mut stories = Vec::new();
    for told in file.complaint {
        let office = match offices.entry(told.unit.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(empty) => empty.insert(Office::of(&tx, ctx, &told.unit).await?),
        };
        stories.push((story(&tx, ctx, office, &told).await?, told));
    }
    // Numbers follow the order of receipt.
    stories.sort_by_key(|(story, _)| story.received_at);
    for (story, told) in stories {
        let id = complaints::import(&tx, ctx, &story).await?;
        if let Some(action) = told.action {
            loaded.actions.push((id, action));
        }
        loaded.by_key.insert(told.key, id);
    }
    tx.commit().await?;
    Ok(loaded)
}

#[derive(Deserialize)]
struct Answers {
    answer: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    title: String,
    text: String,
}

/// The texts that answers begin with, written by the officer.
async fn standard_answers(ctx: &Ctx) -> Result<()> {
    let file: Answers = toml::from_str(include_str!("../../fixtures/standard-answers.toml"))
        .map_err(anyhow::Error::from)?;
    for answer in file.answer {
        complaints::add_standard_answer(ctx, &answer.title, &answer.text).await?;
    }
    Ok(())
}

/// A unit with its days and its officer.
struct Office {
    unit: Unit,
    zone: Tz,
    calendar: WorkCalendar,
    /// The working day that the file calls today.
    today: NaiveDate,
    officer: (PersonId, String),
}

impl Office {
    async fn of(tx: &Tx, ctx: &Ctx, code: &str) -> Result<Self> {
        let unit = organisation::unit_by_code(tx, code).await?;
        let zone = organisation::zone_of(&unit)?;
        let calendar = calendar::work_calendar(tx, unit.id).await?;
        let now = ctx.now.with_timezone(&zone);
        let open = calendar
            .hours_on(now.date_naive())
            .is_some_and(|hours| now.time() < hours.closes());
        let today = if open {
            now.date_naive()
        } else {
            calendar::next_working_day(now.date_naive(), &calendar)
                .map_err(|error| Error::Internal(error.into()))?
        };
        let officers = access::people_with(tx, &[Role::ComplaintOfficer], unit.id, None).await?;
        let (id, name, _) = officers.into_iter().next().ok_or(Error::NotFound)?;
        Ok(Self {
            unit,
            zone,
            calendar,
            today,
            officer: (id, name),
        })
    }

    /// The working day so many working days before today.
    fn days_ago(&self, count: u32) -> NaiveDate {
        let mut day = self.today;
        let mut left = count;
        while left > 0 {
            let Some(before) = day.pred_opt() else { break };
            day = before;
            left -= u32::from(calendar::is_working_day(day, &self.calendar));
        }
        day
    }

    fn at(&self, day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let local = self.zone.from_local_datetime(&day.and_time(time));
        local
            .earliest()
            .map_or_else(|| day.and_time(time).and_utc(), |at| at.to_utc())
    }

    /// The moment itself, or the next opening of the office.
    fn when_open(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let local = at.with_timezone(&self.zone);
        let day = local.date_naive();
        let opens = NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default();
        match self.calendar.hours_on(day) {
            Some(hours) if local.time() < hours.opens() => self.at(day, opens),
            Some(hours) if local.time() <= hours.closes() => at,
            _ => calendar::next_working_day(day, &self.calendar)
                .map_or(at, |next| self.at(next, opens)),
        }
    }
}

async fn story(tx: &Tx, ctx: &Ctx, office: &Office, told: &Told) -> Result<Story> {
    let fault = |what: &str| Error::Internal(anyhow::anyhow!("complaint {}: {what}", told.key));
    let time = NaiveTime::parse_from_str(&told.received_time, "%H:%M")
        .map_err(|_| fault("received_time is no time of day"))?;
    let ago = || office.days_ago(told.received_working_days_ago);
    let day = told.received_on.unwrap_or_else(ago);
    let received_at = office.at(day, time).min(ctx.now - Duration::minutes(30));
    let division = match &told.division {
        Some(code) => Some(
            organisation::division_by_code(tx, office.unit.id, code)
                .await?
                .ok_or_else(|| fault("the division is unknown"))?,
        ),
        None => None,
    };
    let handler = match &division {
        Some(division) => {
            let roles = [Role::Handler];
            access::people_with(tx, &roles, office.unit.id, Some(division.id))
                .await?
                .into_iter()
                .next()
                .map_or_else(|| office.officer.clone(), |(id, name, _)| (id, name))
        }
        None => office.officer.clone(),
    };
    let answered_at = told.answered_after_hours.map(|hours| {
        let at = office.when_open(received_at + Duration::hours(hours));
        at.min(ctx.now - Duration::minutes(20))
    });
    let after = |hours: i64, at: DateTime<Utc>| {
        (office.when_open(at + Duration::hours(hours))).min(ctx.now - Duration::minutes(5))
    };
    let mut check = Check::new();
    let reporter = &told.reporter;
    let story = Story {
        unit: office.unit.clone(),
        kind: told.kind,
        channel: told.channel,
        subject: told.subject.clone(),
        description: told.description.clone(),
        service: told.service.clone(),
        anonymous: told.anonymous,
        confidential: told.confidential,
        name: reporter.name.clone(),
        email: check.email("email", reporter.email.as_deref().unwrap_or_default()),
        phone: check.phone("phone", reporter.phone.as_deref().unwrap_or_default()),
        status: told.status,
        received_at,
        division,
        instruction: told.instruction.clone(),
        answer: told.answer.clone().zip(answered_at),
        reopened: told
            .reopened_message
            .clone()
            .zip(answered_at.map(|at| after(2, at))),
        closed: closed(told, answered_at, &after),
        reason: told.reason.clone(),
        note: told.note.clone(),
        officer: office.officer.clone(),
        handler,
    };
    check.finish()?;
    Ok(story)
}

/// A citizen says so the next day; without a word the office closes after two weeks.
fn closed(
    told: &Told,
    answered_at: Option<DateTime<Utc>>,
    after: &impl Fn(i64, DateTime<Utc>) -> DateTime<Utc>,
) -> Option<(&'static str, DateTime<Utc>)> {
    let at = answered_at?;
    match told.closed_by.as_deref()? {
        "reporter" => Some(("citizen", after(20, at))),
        "auto" => Some(("auto", after(14 * 24, at))),
        _ => Some(("office", after(24, at))),
    }
}
