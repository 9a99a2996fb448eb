//! Letting somebody in: by the staff at the door, by a program, by the link on the wall, by the signed sheet. All of
//! them end in [`let_in`], which holds the forum, so that two tablets with the same person make one row.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::{
    entity::{AttendanceId, Visit, Visits, attendance},
    invited,
    ledger::{self, By, Mark},
    rules::{self, Broken, Method},
    service::{self, Person},
    store,
    visits::Calendar,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    calendar::dates,
    forums::{self, Forum, ForumId, Stage, days},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        words::folded,
    },
};

/// What somebody at the door says of themselves; it replaces what the invitation knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    pub name: Option<String>,
    pub role: Option<String>,
    /// E.164.
    pub phone: Option<String>,
}

/// What the volunteer has in hand.
#[derive(Clone, Debug)]
pub enum Who {
    /// A row of the list.
    Row(AttendanceId),
    /// An invited recipient.
    Recipient {
        id: Uuid,
        details: Details,
    },
    Code {
        typed: String,
        details: Details,
    },
    WalkIn(Person),
}

/// One try to let somebody in.
#[derive(Clone, Debug)]
pub struct Attempt {
    pub who: Who,
    /// The mark of the device.
    pub client_id: Option<Uuid>,
    /// How long the device waited for the network.
    pub seconds_ago: i64,
    /// A trial before the day, or a list that is completed after it.
    pub any_day: bool,
    /// Told instead of what `who` says.
    pub method: Option<Method>,
    /// Told instead of now.
    pub came_at: Option<DateTime<Utc>>,
}

impl Attempt {
    #[must_use]
    pub fn now(who: Who) -> Self {
        Self {
            who,
            client_id: None,
            seconds_ago: 0,
            any_day: false,
            method: None,
            came_at: None,
        }
    }
}

/// The answer of the door.
#[derive(Clone, Debug)]
pub struct CheckedIn {
    pub row: attendance::Model,
    /// When they came.
    pub at: Option<DateTime<Utc>>,
    /// How many are there on that day.
    pub present: usize,
    /// The same was sent before: nothing happened now.
    pub again: bool,
}

/// Lets somebody in who stands before the staff.
pub async fn check_in(ctx: &Ctx, id: ForumId, attempt: Attempt) -> Result<CheckedIn> {
    let forum = forums::work_at(ctx, id, Permission::CheckIn).await?;
    let zone = service::zone_of(&ctx.app.db, &forum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let done = let_in(&tx, ctx, &forum, zone, attempt).await?;
    tx.commit().await?;
    Ok(done)
}

/// How many are there on the day of this moment.
async fn present_at(
    tx: &Tx,
    forum: &Forum,
    calendar: &Calendar,
    at: DateTime<Utc>,
) -> Result<usize> {
    if !calendar.has_several() {
        return store::count_present(tx, forum).await;
    }
    let day = calendar.day_at(at);
    let there = |visits: &Visits| {
        visits
            .0
            .iter()
            .any(|visit| calendar.day_at(visit.at) == day)
    };
    let all = store::visits(tx, forum).await?;
    Ok(all.iter().filter(|visits| there(visits)).count())
}

/// The work itself, as part of a use case that decided who may.
pub(super) async fn let_in(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    zone: Tz,
    attempt: Attempt,
) -> Result<CheckedIn> {
    let forum = &forums::hold(tx, forum.id).await?;
    let calendar = Calendar::of(forum, zone);
    let mark = attempt
        .client_id
        .map(|client_id| Mark::new(ctx, client_id, &attempt.who));
    if let Some(mark) = &mark
        && let Some(row) = ledger::known(tx, forum.id, mark).await?
    {
        let row = store::get(tx, forum.id, row).await?;
        let at = row.visits.0.last().map(|visit| visit.at);
        return Ok(CheckedIn {
            present: present_at(tx, forum, &calendar, at.unwrap_or(ctx.now)).await?,
            again: true,
            at,
            row,
        });
    }
    if store::is_closed(tx, forum.id).await? {
        return Err(service::refused(ctx, zone, Broken::Closed));
    }
    let came_at = attempt
        .came_at
        .unwrap_or_else(|| rules::came_at(ctx.now, attempt.seconds_ago));
    if !attempt.any_day && !calendar.is_on(came_at) {
        let days = days::dates_of(forum);
        return Err(service::refused(ctx, zone, Broken::NotToday { days }));
    }
    let (row, method, named) = row_of(tx, ctx, forum, zone, attempt.who).await?;
    let method = attempt.method.unwrap_or(method);
    let day = calendar.day_at(came_at);
    if calendar.visit(&row, day).is_some() {
        return Err(already_in(tx, ctx, (zone, &calendar, day), &row).await);
    }
    if named.is_some_and(|named| folded(&named) != folded(&row.name)) {
        let name = row.name;
        return Err(service::refused(ctx, zone, Broken::SomebodyElse { name }));
    }
    let visit = Visit {
        at: came_at,
        method,
    };
    if !store::set_in(tx, &row, visit).await? {
        return Err(already_in(tx, ctx, (zone, &calendar, day), &row).await);
    }
    // Trying the tablet before the day does not begin the forum.
    if ctx.today_in(zone) >= forum.date {
        forums::reach(tx, ctx, forum.id, Stage::Session).await?;
    }
    ledger::note(tx, ctx, &row, (method, came_at), mark.as_ref()).await?;
    let entry = audit::Entry::new("attendance", row.id.0, "attendance.checked_in")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "forum": forum.id, "method": method, "came_at": came_at }));
    audit::record(tx, ctx, entry).await?;
    Ok(CheckedIn {
        row: store::get(tx, forum.id, row.id).await?,
        at: Some(came_at),
        present: present_at(tx, forum, &calendar, came_at).await?,
        again: false,
    })
}

/// The refusal that names when the person came and who let them in.
async fn already_in(
    tx: &Tx,
    ctx: &Ctx,
    (zone, calendar, day): (Tz, &Calendar, usize),
    row: &attendance::Model,
) -> Error {
    let told = async {
        let row = store::get(tx, row.forum_id, row.id).await?;
        let row = calendar.on_day(row, day);
        let Err(Broken::AlreadyIn { name, at }) = rules::may_check_in(&row, false) else {
            return Err(Error::Conflict {
                code: "changed_meanwhile",
            });
        };
        let (key, by) = match ledger::by(tx, row.id, at).await? {
            By::Person(by) => ("rule-attendance-already-in-by", by),
            By::Themselves => ("rule-attendance-already-in-themselves", String::new()),
            By::Unknown => ("rule-attendance-already-in", String::new()),
        };
        let message = Message::new(key)
            .with("name", name)
            .with("time", dates::clock(&at.with_timezone(&zone), ctx.locale()))
            .with("by", by);
        Ok(Error::rule("attendance.already_in", message))
    };
    told.await.unwrap_or_else(|error| error)
}

/// The row of who comes, made now if there is none yet, with what is known of the person today; and the name that
/// was told of somebody whose row has one from another day.
async fn row_of(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    zone: Tz,
    who: Who,
) -> Result<(attendance::Model, Method, Option<String>)> {
    let (row, details, method) = match who {
        Who::Row(id) => (
            store::get(tx, forum.id, id).await?,
            Details::default(),
            Method::Name,
        ),
        Who::Code { typed, details } => {
            let row = by_code(tx, ctx, forum, zone, &typed).await?;
            (row, details, Method::Code)
        }
        Who::Recipient { id, details } => (
            of_recipient(tx, ctx, forum, id).await?,
            details,
            Method::Name,
        ),
        Who::WalkIn(person) => {
            let row = walk_in(tx, ctx, forum, person).await?;
            (row, Details::default(), Method::WalkIn)
        }
    };
    if row.checked_in_at.is_some() {
        // On another day nobody asked who came for the office: today somebody says it.
        return match rules::is_office(&row) {
            true => Ok((with_details(ctx, row, details)?, method, None)),
            false => Ok((row, method, details.name)),
        };
    }
    let row = invited::refreshed(tx, ctx, forum, row)
        .await?
        .map_err(|name| service::refused(ctx, zone, Broken::Withdrawn { name }))?;
    Ok((with_details(ctx, row, details)?, method, None))
}

fn with_details(
    ctx: &Ctx,
    mut row: attendance::Model,
    details: Details,
) -> Result<attendance::Model> {
    if let Some(name) = details.name {
        row = rules::named(row, name);
    }
    row.role = details.role.unwrap_or(row.role);
    if let Some(phone) = details.phone {
        row.phone = Some(service::seal(&ctx.app, row.id, &phone)?);
    }
    Ok(row)
}

async fn by_code(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    zone: Tz,
    typed: &str,
) -> Result<attendance::Model> {
    let code = rules::normal_code(typed);
    if let Some(row) = store::by_code(tx, forum.id, &code).await? {
        return Ok(row);
    }
    let broken = match store::forum_of_code(tx, forum, &code).await? {
        Some(other) => Broken::OtherForum {
            title: forums::by_id(tx, other).await?.title,
        },
        None => Broken::UnknownCode,
    };
    Err(service::refused(ctx, zone, broken))
}

async fn of_recipient(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    recipient: Uuid,
) -> Result<attendance::Model> {
    if let Some(row) = store::by_recipient(tx, forum.id, recipient).await? {
        return Ok(row);
    }
    let one = invited::one(tx, forum, recipient)
        .await?
        .ok_or(Error::NotFound)?;
    service::insert_expected(tx, ctx, forum, one).await
}

/// A new row for somebody at the door; the same person typed twice is the row that is there.
async fn walk_in(tx: &Tx, ctx: &Ctx, forum: &Forum, person: Person) -> Result<attendance::Model> {
    let typed = (person.name.as_str(), person.organisation.as_str());
    let rows = store::names(tx, forum).await?;
    let known = rows.iter().find(|(_, name, organisation)| {
        rules::same_person((name.as_str(), organisation.as_str()), typed)
    });
    match known {
        Some((id, ..)) => store::get(tx, forum.id, *id).await,
        None => service::insert(tx, ctx, forum, person, None).await,
    }
}
