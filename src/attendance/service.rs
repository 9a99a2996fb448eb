//! Use cases at the door: who is expected, letting people in, taking it back.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use uuid::Uuid;

use super::{
    entity::{AttendanceId, attendance},
    invited::{self, Invited},
    rules::{self, Broken, GroupCount, Method},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    calendar::dates,
    forums::{self, Forum, ForumId, Group, Stage},
    organisation,
    platform::{
        context::App,
        crypto::random_code,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

const CODE_LENGTH: usize = 6;

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

/// What the volunteer has in hand.
#[derive(Clone, Debug)]
pub enum Who {
    /// A row of the list.
    Row(AttendanceId),
    /// An invited recipient; the details replace what the invitation knows.
    Recipient {
        id: Uuid,
        name: Option<String>,
        role: Option<String>,
        phone: Option<String>,
    },
    Code(String),
    WalkIn(Person),
}

/// The answer of the door.
#[derive(Clone, Debug)]
pub struct CheckedIn {
    pub row: attendance::Model,
    pub present: usize,
}

/// Everything that the page of the door shows.
pub struct Door {
    pub forum: Forum,
    pub zone: Tz,
    /// Not in yet: rows of the list and invited people without a row.
    pub waiting: Vec<Waiting>,
    /// In, the last one first.
    pub present: Vec<attendance::Model>,
    pub groups: Vec<GroupCount>,
    pub walk_ins: usize,
    pub closed: bool,
}

/// Somebody who may still come.
pub enum Waiting {
    Row(attendance::Model),
    Invited(Invited),
}

/// How many came, for other pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub present: usize,
    pub invited: usize,
    pub walk_ins: usize,
    pub by_group: Vec<GroupCount>,
    pub closed: bool,
}

/// The refusal in words: times are those of the unit.
fn refused(ctx: &Ctx, zone: Tz, broken: Broken) -> Error {
    match broken {
        Broken::AlreadyIn { name, at } => Error::rule(
            "attendance.already_in",
            Message::new("rule-attendance-already-in")
                .with("name", name)
                .with("time", dates::clock(&at.with_timezone(&zone), ctx.locale())),
        ),
        Broken::OtherForum { title } => Error::rule(
            "attendance.other_forum",
            Message::new("rule-attendance-other-forum").with("title", title),
        ),
        Broken::UnknownCode => Error::rule(
            "attendance.unknown_code",
            Message::new("rule-attendance-unknown-code"),
        ),
        Broken::NotIn { name } => Error::rule(
            "attendance.not_in",
            Message::new("rule-attendance-not-in").with("name", name),
        ),
        Broken::Closed => Error::rule("attendance.closed", Message::new("rule-attendance-closed")),
        Broken::Nobody => Error::rule("attendance.nobody", Message::new("rule-attendance-nobody")),
    }
}

pub(super) async fn zone_of(db: &impl ConnectionTrait, forum: &Forum) -> Result<Tz> {
    organisation::zone_of(&organisation::unit(db, forum.unit_id).await?)
}

/// The state of the door; `query` narrows who is waiting.
pub async fn door(ctx: &Ctx, id: ForumId, query: &str) -> Result<Door> {
    let forum = forums::get(ctx, id, Permission::ViewForums).await?;
    let db = &ctx.app.db;
    let rows = store::list(db, &forum).await?;
    let invited = invited::of(db, &forum).await?;
    let (groups, walk_ins) = counted(&rows, &invited);
    let mut waiting = waiting(&rows, invited);
    // Who declined and comes after all is found by a search, and does not stand among those who are expected.
    waiting.retain(|one| !query.is_empty() || !one.declined());
    waiting.retain(|one| {
        let texts = one.texts();
        rules::finds(query, &texts)
    });
    let mut present: Vec<attendance::Model> = rows
        .into_iter()
        .filter(|row| row.checked_in_at.is_some())
        .collect();
    present.sort_by_key(|row| std::cmp::Reverse((row.checked_in_at, row.position)));
    Ok(Door {
        zone: zone_of(db, &forum).await?,
        closed: store::is_closed(db, id).await?,
        forum,
        waiting,
        present,
        groups,
        walk_ins,
    })
}

impl Waiting {
    fn declined(&self) -> bool {
        matches!(self, Self::Invited(one) if one.declined)
    }

    fn texts(&self) -> [&str; 4] {
        match self {
            Self::Row(row) => [&row.name, &row.role, &row.organisation, &row.check_in_code],
            Self::Invited(one) => [
                one.delegate_name.as_deref().unwrap_or_default(),
                one.delegate_position.as_deref().unwrap_or_default(),
                &one.organisation,
                &one.addressee,
            ],
        }
    }
}

/// Rows that are not in, and invited people who have no row.
fn waiting(rows: &[attendance::Model], invited: Vec<Invited>) -> Vec<Waiting> {
    let has_row = |id: Uuid| rows.iter().any(|row| row.recipient_id == Some(id));
    let of_rows = rows
        .iter()
        .filter(|row| row.checked_in_at.is_none())
        .cloned()
        .map(Waiting::Row);
    let without_row = invited
        .into_iter()
        .filter(|one| !has_row(one.recipient))
        .map(Waiting::Invited);
    of_rows.chain(without_row).collect()
}

fn counted(rows: &[attendance::Model], invited: &[Invited]) -> (Vec<GroupCount>, usize) {
    let there = || rows.iter().filter(|row| row.checked_in_at.is_some());
    let invited: Vec<Group> = invited.iter().map(|one| one.group).collect();
    let present: Vec<(Group, bool)> = there()
        .map(|row| (row.participant_group, row.recipient_id.is_some()))
        .collect();
    let walk_ins = there()
        .filter(|row| row.method == Some(Method::WalkIn))
        .count();
    (rules::count(&invited, &present), walk_ins)
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
        walk_ins,
        by_group,
        closed: store::is_closed(db, forum.id).await?,
    })
}

/// Those who came, in the order in which they came.
pub async fn present(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<attendance::Model>> {
    store::present(db, forum).await
}

/// Refuses a closed list. The forum is held, so that the list cannot close before this use case ends.
async fn open_list(tx: &Tx, ctx: &Ctx, id: ForumId, zone: Tz) -> Result<()> {
    forums::hold(tx, id).await?;
    if store::is_closed(tx, id).await? {
        return Err(refused(ctx, zone, Broken::Closed));
    }
    Ok(())
}

/// Lets somebody in.
pub async fn check_in(ctx: &Ctx, id: ForumId, who: Who) -> Result<CheckedIn> {
    let forum = forums::get(ctx, id, Permission::CheckIn).await?;
    let zone = zone_of(&ctx.app.db, &forum).await?;
    let tx = ctx.app.db.begin_write().await?;
    open_list(&tx, ctx, id, zone).await?;
    let (row, method) = match who {
        Who::Row(id) => (store::get(&tx, forum.id, id).await?, Method::Name),
        Who::Code(typed) => (by_code(&tx, ctx, &forum, zone, &typed).await?, Method::Code),
        Who::Recipient {
            id,
            name,
            role,
            phone,
        } => {
            let row = of_recipient(&tx, ctx, &forum, id, (name, role, phone)).await?;
            (row, Method::Name)
        }
        Who::WalkIn(person) => (walk_in(&tx, ctx, &forum, person).await?, Method::WalkIn),
    };
    rules::may_check_in(&row, false).map_err(|broken| refused(ctx, zone, broken))?;
    if !store::set_in(&tx, &row, ctx.now, method).await? {
        // Another tablet was quicker.
        let row = store::get(&tx, forum.id, row.id).await?;
        rules::may_check_in(&row, false).map_err(|broken| refused(ctx, zone, broken))?;
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    // Trying the tablet before the day does not begin the forum.
    if ctx.today_in(zone) >= forum.date {
        forums::reach(&tx, ctx, id, Stage::Session).await?;
    }
    let entry = audit::Entry::new("attendance", row.id.0, "attendance.checked_in")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "forum": forum.id, "method": method }));
    audit::record(&tx, ctx, entry).await?;
    let row = store::get(&tx, forum.id, row.id).await?;
    let present = store::present(&tx, &forum).await?.len();
    tx.commit().await?;
    Ok(CheckedIn { row, present })
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
    let broken = match store::forum_of_code(tx, forum.unit_id, &code).await? {
        Some(other) => Broken::OtherForum {
            title: forums::by_id(tx, other).await?.title,
        },
        None => Broken::UnknownCode,
    };
    Err(refused(ctx, zone, broken))
}

/// The row of an invited recipient, made now if there is none yet.
async fn of_recipient(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    recipient: Uuid,
    (name, role, phone): (Option<String>, Option<String>, Option<String>),
) -> Result<attendance::Model> {
    let mut row = match store::by_recipient(tx, forum.id, recipient).await? {
        Some(row) => row,
        None => {
            let invited = invited::of(tx, forum).await?;
            let one = invited
                .into_iter()
                .find(|one| one.recipient == recipient)
                .ok_or(Error::NotFound)?;
            insert(tx, ctx, forum, one.into_person(), Some(recipient)).await?
        }
    };
    if row.checked_in_at.is_none() {
        row.name = name.unwrap_or(row.name);
        row.role = role.unwrap_or(row.role);
        if let Some(phone) = phone {
            row.phone = Some(seal(&ctx.app, row.id, &phone)?);
        }
    }
    Ok(row)
}

/// A new row for somebody at the door; the same person typed twice is the row that is there.
async fn walk_in(tx: &Tx, ctx: &Ctx, forum: &Forum, person: Person) -> Result<attendance::Model> {
    let rows = store::list(tx, forum).await?;
    let known = rows
        .into_iter()
        .find(|row| rules::same_person(row, &person.name, &person.organisation));
    match known {
        Some(row) => Ok(row),
        None => insert(tx, ctx, forum, person, None).await,
    }
}

fn seal(app: &App, id: AttendanceId, phone: &str) -> Result<Vec<u8>> {
    Ok(app.keys.seal(phone, &id.to_string())?)
}

async fn insert(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    person: Person,
    recipient: Option<Uuid>,
) -> Result<attendance::Model> {
    let id = AttendanceId::new();
    let phone = person
        .phone
        .map(|phone| seal(&ctx.app, id, &phone))
        .transpose()?;
    let row = attendance::ActiveModel {
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
        check_in_code: Set(free_code(tx, forum.id).await?),
        checked_in_at: Set(None),
        method: Set(None),
        undone: Set(false),
        version: Set(1),
        created_at: Set(ctx.now),
    };
    store::insert(tx, row).await?;
    store::get(tx, forum.id, id).await
}

/// A code that nobody of this forum has. 28 characters to the sixth: the second try is already rare.
async fn free_code(tx: &Tx, forum: ForumId) -> Result<String> {
    loop {
        let code = random_code(CODE_LENGTH);
        if store::by_code(tx, forum, &code).await?.is_none() {
            return Ok(code);
        }
    }
}

/// Makes rows, and so codes, for everybody who is invited and did not decline. Returns how many are new.
pub async fn prepare(ctx: &Ctx, id: ForumId) -> Result<usize> {
    let forum = forums::get(ctx, id, Permission::CheckIn).await?;
    let zone = zone_of(&ctx.app.db, &forum).await?;
    let tx = ctx.app.db.begin_write().await?;
    open_list(&tx, ctx, id, zone).await?;
    let rows = store::list(&tx, &forum).await?;
    let invited = invited::of(&tx, &forum).await?;
    let mut made = 0;
    for one in waiting(&rows, invited) {
        if let Waiting::Invited(one) = one
            && !one.declined
        {
            let recipient = one.recipient;
            insert(&tx, ctx, &forum, one.into_person(), Some(recipient)).await?;
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

/// Takes a check-in back. `version` is that of the row the volunteer saw.
pub async fn undo(
    ctx: &Ctx,
    id: ForumId,
    row: AttendanceId,
    version: i32,
) -> Result<attendance::Model> {
    let forum = forums::get(ctx, id, Permission::CheckIn).await?;
    let zone = zone_of(&ctx.app.db, &forum).await?;
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    let closed = store::is_closed(&tx, id).await?;
    let row = store::get(&tx, forum.id, row).await?;
    rules::may_undo(&row, closed).map_err(|broken| refused(ctx, zone, broken))?;
    if row.version != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    store::set_out(&tx, &row).await?;
    let entry = audit::Entry::new("attendance", row.id.0, "attendance.undone")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "forum": forum.id, "was_in_at": row.checked_in_at }));
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
    pub at: DateTime<Utc>,
    pub method: Method,
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
        let row = insert(tx, ctx, forum, one.person, one.recipient).await?;
        store::set_in(tx, &row, one.at, one.method).await?;
        let entry = audit::Entry::new("attendance", row.id.0, "attendance.checked_in")
            .in_unit(forum.unit_id)
            .with(serde_json::json!({ "forum": forum.id, "method": one.method }));
        audit::record_at(tx, ctx, entry, one.at).await?;
        ids.push(row.id);
    }
    Ok(ids)
}
