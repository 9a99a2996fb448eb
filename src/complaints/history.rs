//! The states that a complaint passed through. Every move writes here and into the audit in one breath; nothing is
//! changed or removed. The clocks are derived from this and from nothing else.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    entity::{complaint, event},
    rules::{Event, Status},
    store,
};
use crate::{
    access::{Actor, Ctx, PersonId},
    audit::{self, ActorKind},
    platform::{db::Tx, error::Result},
};

/// One state reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    pub seq: i32,
    /// What somebody did; see `rules::Event::code`.
    pub event: String,
    /// None for the first.
    pub from: Option<Status>,
    pub to: Status,
    /// Citizen (`Public`), member of staff, or the program itself.
    pub by: ActorKind,
    pub person: Option<PersonId>,
    pub name: String,
    pub reason: Option<String>,
    pub data: Value,
    pub at: DateTime<Utc>,
}

impl From<event::Model> for Moment {
    fn from(row: event::Model) -> Self {
        Self {
            seq: row.seq,
            event: row.event,
            from: row.from_status,
            to: row.to_status,
            by: row.actor_kind,
            person: row.person_id,
            name: row.actor_name,
            reason: row.reason,
            data: row.data,
            at: row.at,
        }
    }
}

/// What a complaint went through, oldest first.
pub async fn of(db: &impl ConnectionTrait, complaint: &complaint::Model) -> Result<Vec<Moment>> {
    let rows = store::events(db, complaint).await?;
    Ok(rows.into_iter().map(Moment::from).collect())
}

/// The stable name of reaching a state.
#[must_use]
pub fn verb(status: Status) -> &'static str {
    match status {
        Status::Received => "complaint.received",
        Status::Incomplete => "complaint.incomplete",
        Status::Verified => "complaint.verified",
        Status::Assigned => "complaint.assigned",
        Status::InProgress => "complaint.started",
        Status::Answered => "complaint.answered",
        Status::Reopened => "complaint.reopened",
        Status::Closed => "complaint.closed",
        Status::Rejected => "complaint.rejected",
        Status::OutOfAuthority => "complaint.out_of_authority",
        Status::Withdrawn => "complaint.withdrawn",
    }
}

/// The name of an audit entry: reaching a state, unless the way there says more.
fn verb_of(event: Event, to: Status) -> &'static str {
    match event {
        Event::Complete { .. } => "complaint.completed",
        Event::Merge => "complaint.merged",
        Event::AnswerWithMain => "complaint.answered_with_main",
        Event::Reopen => "complaint.taken_up",
        _ => verb(to),
    }
}

/// Writes down that a complaint passed these states, the last with `data` and its `reason`. The complaint's own row
/// must have been saved before: it keeps others out until the commit.
pub async fn pass(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    event: Event,
    steps: &[Status],
    data: Value,
) -> Result<()> {
    let mut from = of.status;
    let mut rows = Vec::with_capacity(steps.len());
    let mut entries = Vec::with_capacity(steps.len());
    let first = store::last_event(tx, of).await? + 1;
    for (seq, (place, to)) in (first..).zip(steps.iter().enumerate()) {
        let told = if place + 1 == steps.len() {
            data.clone()
        } else {
            json!({})
        };
        let entry = audit::Entry::new("complaint", of.id.0, verb_of(event, *to))
            .in_unit(of.unit_id)
            .with(told.clone());
        entries.push(entry);
        let passed = Passed {
            seq,
            event,
            from: Some(from),
            to: *to,
            data: told,
            at: ctx.now,
        };
        rows.push(row(of, &By::of(ctx), passed));
        from = *to;
    }
    audit::record_all(tx, ctx, entries).await?;
    store::insert_events(tx, rows).await
}

/// Writes down that it arrived. The moment is that of the receipt, which an officer may record later.
pub async fn received(tx: &Tx, ctx: &Ctx, of: &complaint::Model) -> Result<()> {
    let passed = Passed {
        seq: 1,
        event: Event::Receive,
        from: None,
        to: Status::Received,
        data: json!({ "channel": of.channel, "recorded_at": ctx.now }),
        at: of.received_at,
    };
    store::insert_events(tx, vec![row(of, &By::of(ctx), passed)]).await
}

/// Who did something.
#[derive(Clone, Debug)]
pub(super) struct By {
    pub kind: ActorKind,
    pub person: Option<PersonId>,
    pub name: String,
}

impl By {
    pub fn of(ctx: &Ctx) -> Self {
        match &ctx.actor {
            Actor::Person(account) => Self {
                kind: ActorKind::Person,
                person: Some(account.id),
                name: account.name.clone(),
            },
            Actor::Public => Self::nobody(ActorKind::Public),
            Actor::System => Self::nobody(ActorKind::System),
        }
    }

    pub fn nobody(kind: ActorKind) -> Self {
        Self {
            kind,
            person: None,
            name: String::new(),
        }
    }
}

/// One state, and how it was reached.
#[derive(Clone, Debug)]
pub(super) struct Passed {
    pub seq: i32,
    pub event: Event,
    pub from: Option<Status>,
    pub to: Status,
    pub data: Value,
    pub at: DateTime<Utc>,
}

pub(super) fn row(of: &complaint::Model, by: &By, passed: Passed) -> event::ActiveModel {
    let reason = passed.data.get("reason").and_then(Value::as_str);
    event::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        seq: Set(passed.seq),
        event: Set(passed.event.code().to_owned()),
        from_status: Set(passed.from),
        to_status: Set(passed.to),
        actor_kind: Set(by.kind),
        person_id: Set(by.person),
        actor_name: Set(by.name.clone()),
        reason: Set(reason.map(str::to_owned)),
        data: Set(passed.data),
        at: Set(passed.at),
    }
}
