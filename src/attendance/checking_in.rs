//! Letting somebody in: by the staff at the door, by a program, by the link on the wall, by the signed sheet. All of
//! them end in [`let_in`], which holds the forum, so that two tablets with the same person make one row.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::{
    details::{self, Details},
    entity::{AttendanceId, Visit, Visits, attendance, entry},
    invited::{self, Invited},
    ledger::{self, By, Mark},
    naming,
    party::{self, NoSeat, Party, Seat, Seated},
    rules::{self, Broken, Method},
    service::{self, Person},
    store,
    visits::Calendar,
    walking_in,
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
    },
};

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
    /// A trial before the day or its hours, or between two. After the last one the signed sheet says who came.
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
    /// The clock of the unit.
    pub zone: Tz,
    /// How many are there on that day.
    pub present: usize,
    /// The same was sent before: nothing happened now.
    pub again: bool,
    /// Of an invitation for several: how many of them are there now.
    pub party: Option<Party>,
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
        && let Some(known) = ledger::known(tx, forum.id, mark).await?
    {
        return sent_before(tx, ctx, forum, (&calendar, zone), known).await;
    }
    if let Some(closed) = store::closing(tx, forum.id).await? {
        return Err(service::refused(ctx, zone, Broken::Closed(closed)));
    }
    let came_at = attempt
        .came_at
        .unwrap_or_else(|| rules::came_at(ctx.now, attempt.seconds_ago));
    let hours = ctx.app.config.attendance.opens_hours_before;
    if let Err(broken) = on_time(forum, (&calendar, hours), came_at, attempt.any_day) {
        return Err(service::refused(ctx, zone, broken));
    }
    let day = calendar.day_at(came_at);
    let found = row_of(tx, ctx, forum, (&calendar, zone, day), attempt.who).await?;
    let (row, quota) = (found.row, found.quota);
    let method = attempt.method.unwrap_or(found.method);
    if calendar.visit(&row, day).is_some() {
        return Err(already_in(tx, ctx, (zone, &calendar, day), &row).await);
    }
    if found
        .named
        .is_some_and(|named| !naming::same(&named, &row.name))
    {
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
    // Trying the tablet before people come does not begin the forum.
    let is_early = calendar.opens_later(ctx.now, hours).is_some();
    if ctx.today_in(zone) >= forum.date && !is_early {
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
        zone,
        present: present_at(tx, forum, &calendar, came_at).await?,
        party: party_of(tx, forum, (&calendar, day), &row, quota).await?,
        again: false,
    })
}

/// Whether the door is open at this moment, on a day so many hours before its start. A trial before that is nobody's
/// presence in the minutes; an hour after the last day would be one that never was.
fn on_time(
    forum: &Forum,
    (calendar, hours): (&Calendar, u32),
    came_at: DateTime<Utc>,
    any_day: bool,
) -> std::result::Result<(), Broken> {
    let days = days::dates_of(forum);
    match calendar.is_on(came_at) {
        true => match calendar.opens_later(came_at, hours) {
            Some(opens) if !any_day => Err(Broken::NotYet { opens }),
            _ => Ok(()),
        },
        false if !any_day => Err(Broken::NotToday { days }),
        false if calendar.is_over(came_at) => Err(Broken::Over { days }),
        false => Ok(()),
    }
}

/// What was sent twice is answered as it was; what somebody took back meanwhile is told, and does not return.
async fn sent_before(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    (calendar, zone): (&Calendar, Tz),
    known: entry::Model,
) -> Result<CheckedIn> {
    let row = store::get(tx, forum.id, known.attendance_id).await?;
    let day = calendar.day_at(known.came_at);
    let Some(at) = calendar.visit(&row, day).map(|visit| visit.at) else {
        let name = row.name;
        return Err(service::refused(ctx, zone, Broken::TakenBack { name }));
    };
    let invited = invited::of_row(tx, forum, &row).await?;
    let quota = invited.map_or(1, |one| one.quota);
    Ok(CheckedIn {
        present: present_at(tx, forum, calendar, at).await?,
        party: party_of(tx, forum, (calendar, day), &row, quota).await?,
        again: true,
        at: Some(at),
        zone,
        row,
    })
}

/// How the invitation of a row stands, if it is for several.
async fn party_of(
    tx: &Tx,
    forum: &Forum,
    (calendar, day): (&Calendar, usize),
    row: &attendance::Model,
    quota: usize,
) -> Result<Option<Party>> {
    let Some(recipient) = row.recipient_id.filter(|_| quota > 1) else {
        return Ok(None);
    };
    let rows = store::of_recipient(tx, forum.id, recipient).await?;
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| calendar.on_day(row, day))
        .collect();
    Ok(Some(Party::of(quota, &rows)))
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
        let Err(Broken::AlreadyIn { name, at }) = rules::may_check_in(&row, None) else {
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

/// Whose row it is that somebody comes in on.
struct Found {
    /// With what is known of the person today.
    row: attendance::Model,
    method: Method,
    /// The name that was told of somebody whose row has one from another day.
    named: Option<String>,
    /// For how many the invitation is.
    quota: usize,
}

/// The door of a day.
type Today<'a> = (&'a Calendar, Tz, usize);

/// The row of who comes, made now if there is none yet.
async fn row_of(tx: &Tx, ctx: &Ctx, forum: &Forum, today: Today<'_>, who: Who) -> Result<Found> {
    // Of these it is known whose seat it is.
    let picked = matches!(who, Who::Row(_) | Who::WalkIn(_));
    let by_name = matches!(who, Who::WalkIn(_));
    let ((row, known), details, method) = match who {
        Who::Row(id) => {
            let row = store::get(tx, forum.id, id).await?;
            ((row, None), Details::default(), Method::Name)
        }
        Who::Code { typed, details } => {
            let row = by_code(tx, ctx, forum, today.1, &typed).await?;
            ((row, None), details, Method::Code)
        }
        Who::Recipient { id, details } => {
            let found = of_recipient(tx, ctx, forum, id).await?;
            (found, details, Method::Name)
        }
        Who::WalkIn(person) => {
            let details = Details::beside_name(&person);
            let found = walking_in::row_of(tx, ctx, forum, person).await?;
            // Whoever is expected is no guest: their name was found on the list.
            let method = match found.0.recipient_id {
                Some(_) => Method::Name,
                None => Method::WalkIn,
            };
            (found, details, method)
        }
    };
    let invited = match known {
        Some(known) => Some(known),
        None => invited::of_row(tx, forum, &row).await?,
    };
    let several = invited.as_ref().filter(|one| one.quota > 1 && !picked);
    let row = match several {
        Some(one) => {
            let own = (method == Method::Code).then_some(row.id);
            seated(tx, ctx, forum, today, (one, own, details.name.as_deref())).await?
        }
        None => row,
    };
    let found = |row, named| Found {
        row,
        method,
        named,
        quota: invited.as_ref().map_or(1, |one| one.quota),
    };
    if row.checked_in_at.is_some() {
        // On another day nobody asked who came for the office: today somebody says it.
        return match rules::is_office(&row) {
            true => Ok(found(details::written(ctx, row, details)?, None)),
            false => Ok(found(row, details.name)),
        };
    }
    let row = invited::refreshed(ctx, invited.as_ref(), row)?
        .map_err(|name| service::refused(ctx, today.1, Broken::Withdrawn { name }))?;
    let details = match by_name {
        true => details.missing_in(&row),
        false => details,
    };
    Ok(found(details::written(ctx, row, details)?, None))
}

/// The row of the seat that somebody takes who comes with an invitation for several.
async fn seated(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    (calendar, zone, day): Today<'_>,
    (one, own, name): (&Invited, Option<AttendanceId>, Option<&str>),
) -> Result<attendance::Model> {
    let listed = store::of_recipient(tx, forum.id, one.recipient).await?;
    let of_day = |row: attendance::Model| (calendar.on_day(row.clone(), day), row);
    let seats: Vec<_> = listed.into_iter().map(of_day).collect();
    match seat_in(&seats, one, own, name) {
        Ok(Seat::Listed(at)) => Ok(seats[at].1.clone()),
        Ok(Seat::New) => {
            let name = name.unwrap_or(&one.named.0).to_owned();
            service::insert_next(tx, ctx, forum, one, (name, seats.len())).await
        }
        Err(no) => Err(no_seat(ctx, zone, one, &seats, no)),
    }
}

/// The rows of an invitation, each as the day of the door sees it and as it is.
type Seats = [(attendance::Model, attendance::Model)];

/// The seat of who comes; a code is that of a seat, for as long as nobody else is named.
fn seat_in(
    seats: &Seats,
    one: &Invited,
    own: Option<AttendanceId>,
    name: Option<&str>,
) -> std::result::Result<Seat, NoSeat> {
    let rows: Vec<Seated<'_>> = seats
        .iter()
        .map(|(today, row)| Seated {
            name: &row.name,
            unnamed: rules::is_office(row),
            today: today.checked_in_at.is_some(),
            ever: !row.visits.0.is_empty(),
            undone: row.undone,
        })
        .collect();
    let own = own.and_then(|own| seats.iter().position(|(_, row)| row.id == own));
    match own.filter(|own| rows[*own].takes(name)) {
        Some(own) => Ok(Seat::Listed(own)),
        None => party::seat_of(&rows, one.quota, name),
    }
}

/// The refusal names who came with the invitation.
fn no_seat(ctx: &Ctx, zone: Tz, one: &Invited, seats: &Seats, no: NoSeat) -> Error {
    let told = |(today, row): &(attendance::Model, attendance::Model)| {
        let at = today.checked_in_at.map(|at| at.with_timezone(&zone));
        match at.map(|at| dates::clock(&at, ctx.locale())) {
            Some(at) => format!("{} ({at})", row.name),
            None => row.name.clone(),
        }
    };
    let came = seats.iter().filter(|(_, row)| !row.visits.0.is_empty());
    let names = came.map(told).collect::<Vec<_>>().join(", ");
    let (office, all) = (one.called.clone(), one.quota);
    let here = seats
        .iter()
        .filter(|(today, _)| today.checked_in_at.is_some());
    let broken = match no {
        NoSeat::Nameless => Broken::NextNameless {
            office,
            names,
            here: here.count(),
            all,
        },
        NoSeat::Full => Broken::AllIn { office, names, all },
    };
    service::refused(ctx, zone, broken)
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
) -> Result<(attendance::Model, Option<Invited>)> {
    let listed = store::of_recipient(tx, forum.id, recipient).await?;
    if let Some(first) = listed.into_iter().next() {
        return Ok((first, None));
    }
    let one = invited::one(tx, forum, recipient)
        .await?
        .ok_or(Error::NotFound)?;
    let row = service::insert_expected(tx, ctx, forum, one.clone()).await?;
    Ok((row, Some(one)))
}
