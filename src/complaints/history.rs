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

/// The messages by which the answer that the main complaint had already reached this one, as it was merged last. What
/// that one was answered later was written for this citizen too, and words of its own always were.
#[must_use]
pub fn came_with_merge(moments: &[Moment]) -> Vec<String> {
    let merged = moments
        .iter()
        .rposition(|moment| moment.event == Event::Merge.code());
    let Some(merged) = merged else {
        return Vec::new();
    };
    let since = &moments[merged..];
    let theirs = since.iter().filter(|moment| {
        moment.event == Event::AnswerWithMain.code()
            && moment.at == since[0].at
            && moment.data["own"] != true
    });
    theirs.filter_map(message_of).map(str::to_owned).collect()
}

fn message_of(moment: &Moment) -> Option<&str> {
    moment.data["message"].as_str()
}

/// Which moments said nothing to the citizen after all: a merge, and what followed it, where the answer of the other
/// was taken back. An answer that was not taken back ends that.
#[must_use]
pub fn unsaid(moments: &[Moment]) -> Vec<bool> {
    let mut unsaid = vec![false; moments.len()];
    let mut merged = None;
    for (at, moment) in moments.iter().enumerate() {
        if moment.event == Event::Merge.code() {
            unsaid[at] = true;
            merged = Some(at);
        }
        let withdrawn = moment.data["withdrawn"].as_array();
        if let Some(withdrawn) = withdrawn.filter(|messages| !messages.is_empty())
            && let Some(from) = merged
        {
            let stands = |past: &Moment| {
                let taken = |message: &str| withdrawn.iter().any(|one| one == message);
                past.to == Status::Answered && !message_of(past).is_some_and(taken)
            };
            let gone = moments[from..at].iter().take_while(|past| !stands(past));
            let gone = gone.count();
            unsaid[from..from + gone].fill(true);
        }
    }
    unsaid
}

/// When the citizen was answered last, without what was taken back before and what is being taken back now.
#[must_use]
pub fn last_answered(moments: &[Moment], withdrawn: &[String]) -> Option<DateTime<Utc>> {
    let said = moments
        .iter()
        .zip(unsaid(moments))
        .rev()
        .find(|(moment, unsaid)| {
            let taken = |message: &str| withdrawn.iter().any(|one| one == message);
            !unsaid && moment.to == Status::Answered && !message_of(moment).is_some_and(taken)
        });
    said.map(|(moment, _)| moment.at)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(event: Event, to: Status, data: Value) -> Moment {
        Moment {
            seq: 1,
            event: event.code().to_owned(),
            from: None,
            to,
            by: ActorKind::Person,
            person: None,
            name: String::new(),
            reason: None,
            data,
            at: DateTime::UNIX_EPOCH,
        }
    }

    fn with_main(message: &str, own: bool) -> Moment {
        let data = json!({ "message": message, "main": "A", "own": own });
        moment(Event::AnswerWithMain, Status::Answered, data)
    }

    fn undone(withdrawn: &[&str]) -> Moment {
        let data = json!({ "cause": "merge_undone", "withdrawn": withdrawn });
        moment(Event::Reopen, Status::Reopened, data)
    }

    fn merged() -> Moment {
        moment(Event::Merge, Status::Rejected, json!({ "main": "A" }))
    }

    fn received() -> Moment {
        moment(Event::Receive, Status::Received, json!({}))
    }

    fn hours(after: i64, moment: Moment) -> Moment {
        let at = moment.at + chrono::Duration::hours(after);
        Moment { at, ..moment }
    }

    #[test]
    fn what_came_by_a_merge_that_was_undone_was_no_answer() {
        let before = [
            received(),
            moment(
                Event::Answer,
                Status::Answered,
                json!({ "message": "first" }),
            ),
            moment(Event::Dispute, Status::Reopened, json!({})),
            merged(),
        ];
        let mut wrong = before.to_vec();
        wrong.push(with_main("theirs", false));
        wrong.push(moment(Event::Close, Status::Closed, json!({})));
        assert_eq!(came_with_merge(&wrong), ["theirs"]);
        assert_eq!(unsaid(&wrong), [false, false, false, true, false, false]);
        wrong.push(undone(&["theirs"]));
        assert_eq!(
            unsaid(&wrong),
            [false, false, false, true, true, true, false]
        );
        let mut own = before.to_vec();
        own.push(with_main("mine", true));
        assert_eq!(came_with_merge(&own), Vec::<String>::new());
        own.push(undone(&[]));
        assert_eq!(unsaid(&own), [false, false, false, true, false, false]);
        assert_eq!(came_with_merge(&before[..3]), Vec::<String>::new());
    }

    #[test]
    fn an_answer_that_was_given_after_the_merge_was_given_to_this_citizen_too() {
        let mut later = vec![received(), merged()];
        later.push(hours(2, with_main("to both", false)));
        assert_eq!(came_with_merge(&later), Vec::<String>::new());
        let mut both = vec![received(), merged(), with_main("theirs", false)];
        both.push(hours(2, with_main("to both", false)));
        both.push(hours(3, moment(Event::Close, Status::Closed, json!({}))));
        assert_eq!(came_with_merge(&both), ["theirs"]);
        both.push(hours(4, undone(&["theirs"])));
        assert_eq!(unsaid(&both), [false, true, true, false, false, false]);
    }

    #[test]
    fn an_answer_that_was_taken_back_before_does_not_revive_when_a_second_merge_is_undone() {
        let withdrawn = ["again".to_owned()];
        let mut twice = vec![received(), merged(), with_main("theirs", false)];
        twice.push(hours(1, undone(&["theirs"])));
        twice.push(hours(2, merged()));
        twice.push(hours(2, with_main("again", false)));
        assert_eq!(came_with_merge(&twice), withdrawn);
        assert_eq!(last_answered(&twice, &withdrawn), None);
        let answer = moment(Event::Answer, Status::Answered, json!({ "message": "own" }));
        let answer = hours(1, answer);
        twice.insert(4, answer.clone());
        assert_eq!(last_answered(&twice, &withdrawn), Some(answer.at));
    }
}
