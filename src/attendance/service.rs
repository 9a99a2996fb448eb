//! Use cases at the door: who is expected, letting people in, taking it back.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use uuid::Uuid;

use super::{
    closing::Closed,
    codes,
    entity::{AttendanceId, Visit, Visits, attendance},
    invited::{self, Invited},
    ledger::{self, Undone},
    party::Party,
    rules::{self, Broken, GroupCount, Method, Standing},
    store,
    visits::Calendar,
};
pub(super) use super::{
    refusals::refused,
    waiting::{Further, Waiting, further, parties, waiting},
};
use crate::{
    access::{Ctx, Permission},
    audit,
    documents::FileId,
    forums::{self, Forum, ForumId, Group},
    organisation,
    platform::{
        context::App,
        db::Tx,
        error::{Error, Result},
    },
};

/// A person as typed at the door; already checked.
#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub role: String,
    pub organisation: String,
    pub group: Group,
    /// E.164.
    pub phone: Option<String>,
}

/// Everything that the page of the door shows.
pub struct Door {
    /// Whether the reader works at this door.
    pub may_keep: bool,
    pub forum: Forum,
    pub zone: Tz,
    pub calendar: Calendar,
    /// The day whose door it is, counted from nought. The rows stand as they are on it.
    pub day: usize,
    /// How many came on each day.
    pub by_day: Vec<usize>,
    /// Not in yet: rows of the list and invited people without a row.
    pub waiting: Vec<Waiting>,
    /// In, the last one first.
    pub present: Vec<attendance::Model>,
    pub groups: Vec<GroupCount>,
    pub walk_ins: usize,
    pub closed: Option<Closed>,
    /// Who was in and was taken back.
    pub undone: HashMap<AttendanceId, Undone>,
    /// How many invitations there are; people are counted by group.
    pub invitations: usize,
    /// How those for several stand.
    pub parties: HashMap<Uuid, Party>,
    /// Who is still to come with them, by name.
    pub further: Further,
}

/// How many came, for other pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub present: usize,
    /// People, not letters.
    pub invited: usize,
    /// Took a seat by themselves.
    pub registered: usize,
    pub walk_ins: usize,
    pub by_group: Vec<GroupCount>,
    pub closed: bool,
}

pub(super) async fn zone_of(db: &impl ConnectionTrait, forum: &Forum) -> Result<Tz> {
    organisation::zone_of(&organisation::unit(db, forum.unit_id).await?)
}

/// The state of the door today; `query` narrows who is waiting.
pub async fn door(ctx: &Ctx, id: ForumId, query: &str) -> Result<Door> {
    door_of(ctx, id, query, None).await
}

/// The state of the door of one day, counted from nought.
pub async fn door_of(ctx: &Ctx, id: ForumId, query: &str, day: Option<usize>) -> Result<Door> {
    let forum = forums::get(ctx, id, Permission::ViewForums).await?;
    let db = &ctx.app.db;
    let zone = zone_of(db, &forum).await?;
    let calendar = Calendar::of(&forum, zone);
    let today = calendar.day_at(ctx.now);
    let day = day
        .filter(|day| *day < calendar.days.len())
        .unwrap_or(today);
    let rows = store::list(db, &forum).await?;
    let by_day = calendar.counts(&rows);
    let of_day = rows.into_iter().map(|row| calendar.on_day(row, day));
    let rows: Vec<attendance::Model> = of_day.collect();
    let invited = invited::of(db, &forum).await?;
    let (groups, walk_ins) = counted(&rows, &invited);
    let undone = match rows.iter().any(|row| row.undone) {
        true => ledger::undone(db, id).await?,
        false => HashMap::new(),
    };
    let may_keep = forums::may_work_at(ctx, &forum, Permission::CheckIn).await?;
    let parties = parties(&rows, &invited);
    let invitations = invited.iter().filter(|one| !one.registered).count();
    let further = further(&rows, &invited);
    let mut waiting = waiting(&rows, invited, &parties);
    waiting.retain(|one| rules::finds(query, &one.texts(&further)));
    let mut present: Vec<attendance::Model> = rows
        .into_iter()
        .filter(|row| row.checked_in_at.is_some())
        .filter(|row| {
            let mut texts = vec![&row.name, &row.role, &row.organisation];
            // Whoever only looks must not find out codes either.
            texts.extend(may_keep.then_some(&row.check_in_code));
            let texts: Vec<&str> = texts.into_iter().map(String::as_str).collect();
            rules::finds(query, &texts)
        })
        .collect();
    present.sort_by_key(|row| std::cmp::Reverse((row.checked_in_at, row.position)));
    Ok(Door {
        may_keep,
        zone,
        calendar,
        day,
        by_day,
        closed: store::closing(db, id).await?,
        forum,
        waiting,
        present,
        groups,
        walk_ins,
        undone,
        invitations,
        parties,
        further,
    })
}

fn counted(rows: &[attendance::Model], invited: &[Invited]) -> (Vec<GroupCount>, usize) {
    let there = || rows.iter().filter(|row| row.checked_in_at.is_some());
    // People, not letters: an invitation may be for several.
    let people = |one: &Invited| std::iter::repeat_n((one.group, one.registered), one.quota);
    let expected: Vec<(Group, bool)> = invited.iter().flat_map(people).collect();
    let present: Vec<(Group, bool)> = there()
        .map(|row| (row.participant_group, row.recipient_id.is_some()))
        .collect();
    let walk_ins = there().filter(|row| rules::standing(row) == Standing::Guest);
    let walk_ins = walk_ins.count();
    (rules::count(&expected, &present), walk_ins)
}

/// How many came to a forum, for whom. The caller has already decided who may know.
pub async fn summary(db: &impl ConnectionTrait, forum: &Forum) -> Result<Summary> {
    let rows = store::list(db, forum).await?;
    let invited = invited::of(db, forum).await?;
    let (by_group, walk_ins) = counted(&rows, &invited);
    let total = |number: fn(&GroupCount) -> u32| {
        by_group
            .iter()
            .map(|group| number(group) as usize)
            .sum::<usize>()
    };
    Ok(Summary {
        present: total(|group| group.present),
        invited: total(|group| group.invited),
        registered: total(|group| group.registered),
        walk_ins,
        by_group,
        closed: store::closing(db, forum.id).await?.is_some(),
    })
}

/// Those who came, in the order in which they came.
pub async fn present(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<attendance::Model>> {
    store::present(db, forum).await
}

/// Their names, where a row names a person and not the office that sent one.
#[must_use]
pub fn people(present: &[attendance::Model]) -> Vec<String> {
    let named = present
        .iter()
        .filter(|row| row.office.as_deref() != Some(row.name.as_str()));
    named.map(|row| row.name.clone()).collect()
}

/// Refuses a closed list. The forum is held, so that the list cannot close before this use case ends.
pub(super) async fn open_list(tx: &Tx, ctx: &Ctx, id: ForumId, zone: Tz) -> Result<()> {
    forums::hold(tx, id).await?;
    if let Some(closed) = store::closing(tx, id).await? {
        return Err(refused(ctx, zone, Broken::Closed(closed)));
    }
    Ok(())
}

pub(super) fn seal(app: &App, id: AttendanceId, phone: &str) -> Result<Vec<u8>> {
    Ok(app.keys.seal(phone, &id.to_string())?)
}

/// The telephone number of a row as it was typed, E.164; empty if there is none.
pub(super) fn phone_of(app: &App, row: &attendance::Model) -> Result<String> {
    Ok(match &row.phone {
        Some(sealed) => app.keys.open(sealed, &row.id.to_string())?,
        None => String::new(),
    })
}

pub(super) async fn insert(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    person: Person,
    recipient: Option<Uuid>,
) -> Result<attendance::Model> {
    let office = person.role.is_empty().then(|| person.name.clone());
    let expected = recipient.map(|id| Expected {
        id,
        seat: 1,
        registered: false,
        office,
    });
    insert_as(tx, ctx, forum, person, expected).await
}

/// The row of somebody who is expected.
pub(super) async fn insert_expected(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    one: Invited,
) -> Result<attendance::Model> {
    let unnamed = one.office && one.delegate_name.is_none();
    let expected = Expected {
        id: one.recipient,
        seat: 1,
        registered: one.registered,
        office: unnamed.then(|| one.addressee.clone()),
    };
    let person = Person {
        phone: one.phone(&ctx.app)?,
        ..one.into_person()
    };
    insert_as(tx, ctx, forum, person, Some(expected)).await
}

/// The row of the next person of an invitation for several, after those who are listed.
pub(super) async fn insert_next(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    one: &Invited,
    (name, listed): (String, usize),
) -> Result<attendance::Model> {
    let expected = Expected {
        id: one.recipient,
        seat: i32::try_from(listed + 1).unwrap_or(i32::MAX),
        registered: false,
        office: one.office.then(|| one.addressee.clone()),
    };
    let person = Person {
        name,
        role: String::new(),
        organisation: one.organisation.clone(),
        group: one.group,
        phone: None,
    };
    insert_as(tx, ctx, forum, person, Some(expected)).await
}

/// Somebody of the list.
struct Expected {
    /// Of the recipient or the registration.
    id: Uuid,
    /// Which of its persons.
    seat: i32,
    registered: bool,
    /// The office that the letter names. While the row has that name, nobody said who comes for it.
    office: Option<String>,
}

/// A row, also of somebody expected.
async fn insert_as(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    person: Person,
    expected: Option<Expected>,
) -> Result<attendance::Model> {
    let recipient = expected.as_ref().map(|one| one.id);
    let id = AttendanceId::new();
    let phone = person
        .phone
        .map(|phone| seal(&ctx.app, id, &phone))
        .transpose()?;
    let seat = expected.as_ref().map_or(1, |one| one.seat);
    let registered = expected.as_ref().is_some_and(|one| one.registered);
    let row = attendance::ActiveModel {
        office: Set(expected.and_then(|one| one.office)),
        id: Set(id),
        unit_id: Set(forum.unit_id),
        forum_id: Set(forum.id),
        position: Set(store::next_position(tx, forum.id).await?),
        name: Set(person.name),
        role: Set(person.role),
        organisation: Set(person.organisation),
        participant_group: Set(person.group),
        phone: Set(phone),
        recipient_id: Set(recipient),
        seat: Set(seat),
        registered: Set(registered),
        check_in_code: Set(codes::free(tx, forum.id).await?),
        checked_in_at: Set(None),
        method: Set(None),
        visits: Set(Visits::default()),
        undone: Set(false),
        signature_id: Set(None),
        version: Set(1),
        created_at: Set(ctx.now),
    };
    store::insert(tx, row).await?;
    store::get(tx, forum.id, id).await
}

/// Whether the caller works at this door. Asked before anything that was typed is looked at: whoever may not is told
/// that, and not what else is wrong.
pub(super) async fn may_work(ctx: &Ctx, id: ForumId) -> Result<()> {
    forums::work_at(ctx, id, Permission::CheckIn)
        .await
        .map(drop)
}

/// Makes rows, and so codes, for everybody who is invited and did not decline. Returns how many are new.
pub async fn prepare(ctx: &Ctx, id: ForumId) -> Result<usize> {
    let forum = forums::work_at(ctx, id, Permission::CheckIn).await?;
    let zone = zone_of(&ctx.app.db, &forum).await?;
    let tx = ctx.app.db.begin_write().await?;
    open_list(&tx, ctx, id, zone).await?;
    let rows = store::list(&tx, &forum).await?;
    let invited = invited::of(&tx, &forum).await?;
    let mut made = 0;
    let parties = parties(&rows, &invited);
    for one in waiting(&rows, invited, &parties) {
        if let Waiting::Invited(one) = one
            && !one.declined
        {
            insert_expected(&tx, ctx, &forum, one).await?;
            made += 1;
        }
    }
    let entry = audit::Entry::new("forum", forum.id.0, "attendance.prepared")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "made": made }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(made)
}

/// Takes the check-in of a day back, of this day where none is named. `version` is that of the row the volunteer saw.
pub async fn undo(
    ctx: &Ctx,
    id: ForumId,
    (row, version): (AttendanceId, i32),
    day: Option<usize>,
) -> Result<attendance::Model> {
    let forum = forums::work_at(ctx, id, Permission::CheckIn).await?;
    let zone = zone_of(&ctx.app.db, &forum).await?;
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    let closed = store::closing(&tx, id).await?;
    let row = store::get(&tx, forum.id, row).await?;
    let calendar = Calendar::of(&forum, zone);
    let day = day.unwrap_or_else(|| calendar.day_at(ctx.now));
    let visit = calendar.visit(&row, day).cloned();
    let seen = calendar.on_day(row.clone(), day);
    rules::may_undo(&seen, closed).map_err(|broken| refused(ctx, zone, broken))?;
    let visit = visit.ok_or(Error::NotFound)?;
    if row.version != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    store::set_out(&tx, &row, &visit).await?;
    ledger::note_undone(&tx, ctx, row.id, visit.at).await?;
    let entry = audit::Entry::new("attendance", row.id.0, "attendance.undone")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "forum": forum.id, "was_in_at": visit.at }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(row)
}

/// Refuses an empty list where a list is about to be printed for good.
pub(super) fn somebody(ctx: &Ctx, zone: Tz, rows: &[attendance::Model]) -> Result<()> {
    if rows.is_empty() {
        return Err(refused(ctx, zone, Broken::Nobody));
    }
    Ok(())
}

/// A person of an earlier list, who came then.
#[derive(Clone, Debug)]
pub struct Imported {
    pub person: Person,
    pub recipient: Option<Uuid>,
    /// The id is of somebody who registered.
    pub registered: bool,
    pub at: DateTime<Utc>,
    pub method: Method,
    /// A picture that was handed in for it.
    pub signature: Option<FileId>,
}

/// Adds people who came to a forum that is over: the demo and lists kept on paper.
pub async fn import(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    people: Vec<Imported>,
) -> Result<Vec<AttendanceId>> {
    let mut ids = Vec::with_capacity(people.len());
    for one in people {
        let office = Some(&one.person).filter(|person| person.role.is_empty());
        let expected = one.recipient.map(|id| Expected {
            id,
            seat: 1,
            registered: one.registered,
            office: office.map(|person| person.name.clone()),
        });
        let row = insert_as(tx, ctx, forum, one.person, expected).await?;
        let visit = Visit {
            at: one.at,
            method: one.method,
        };
        store::set_in(tx, &row, visit).await?;
        if one.signature.is_some() {
            let row = store::get(tx, forum.id, row.id).await?;
            store::set_signature(tx, &row, one.signature).await?;
        }
        let entry = audit::Entry::new("attendance", row.id.0, "attendance.checked_in")
            .in_unit(forum.unit_id)
            .with(serde_json::json!({ "forum": forum.id, "method": one.method }));
        audit::record_at(tx, ctx, entry, one.at).await?;
        ids.push(row.id);
    }
    Ok(ids)
}
