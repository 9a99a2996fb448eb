//! Complaints that already happened, written with their past: for the demo record.

use chrono::{DateTime, Datelike as _, Duration, Utc};
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};

use super::{
    entity::{
        ComplaintId, complaint,
        message::{self, MessageId},
    },
    explain, filing, handling,
    history::{self, Passed},
    identity::{self, Identity},
    rules::{self, Channel, Event, Kind, MessageKind, Status},
    store,
};
use crate::{
    access::{Actor, Ctx, PersonId},
    audit::{self, ActorKind},
    organisation::{self, Division, Unit},
    platform::{crypto, db::Tx, error::Result},
};

/// A complaint with what became of it. All times lie in the past and follow each other.
#[derive(Clone, Debug)]
pub struct Story {
    pub unit: Unit,
    pub kind: Kind,
    pub channel: Channel,
    pub subject: String,
    pub description: String,
    pub service: Option<String>,
    pub anonymous: bool,
    pub confidential: bool,
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub status: Status,
    pub received_at: DateTime<Utc>,
    pub division: Option<Division>,
    pub instruction: Option<String>,
    pub answer: Option<(String, DateTime<Utc>)>,
    pub reopened: Option<(String, DateTime<Utc>)>,
    /// `citizen`, `office` or `auto`.
    pub closed: Option<(&'static str, DateTime<Utc>)>,
    /// What the citizen was told: incomplete, rejected, out of authority, withdrawn.
    pub reason: Option<String>,
    pub note: Option<String>,
    /// (id, name)
    pub officer: (PersonId, String),
    pub handler: (PersonId, String),
}

/// Writes the complaint with its messages and its history.
pub async fn import(tx: &Tx, ctx: &Ctx, story: &Story) -> Result<ComplaintId> {
    let row = row(tx, ctx, story).await?;
    store::insert(tx, row.clone().into()).await?;
    let identity = Identity {
        name: story.name.clone(),
        email: story.email.clone(),
        phone: story.phone.clone(),
    };
    identity::keep(tx, &ctx.app, &row, &identity).await?;
    let teller = Teller {
        tx,
        ctx,
        story,
        row: &row,
        seq: 0,
        stands: None,
    };
    teller.tell().await?;
    Ok(row.id)
}

/// Puts one of them under a category.
pub async fn import_sorted(tx: &Tx, id: ComplaintId, category: filing::CategoryId) -> Result<()> {
    let row = store::get(tx, id).await?;
    filing::sort_under(tx, &row, Some(category)).await
}

async fn row(tx: &Tx, ctx: &Ctx, story: &Story) -> Result<complaint::Model> {
    let zone = organisation::zone_of(&story.unit)?;
    let local = story.received_at.with_timezone(&zone);
    let count = store::next_number(tx, story.unit.id, local.year()).await?;
    let number = rules::number(&story.unit.complaint_prefix, local.year(), count);
    let promise = explain::promise(tx, story.unit.id, local, story.kind).await?;
    let id = ComplaintId::new();
    let mut row = complaint::Model {
        id,
        unit_id: story.unit.id,
        number,
        kind: story.kind,
        class: None,
        channel: story.channel,
        subject: story.subject.clone(),
        description: story.description.clone(),
        service_code: story.service.clone(),
        anonymous: story.anonymous,
        confidential: story.confidential,
        status: story.status,
        queue: 0,
        division_id: story.division.as_ref().map(|division| division.id),
        assignee_id: None,
        instruction: story.instruction.clone(),
        received_at: story.received_at,
        due_at: promise.due_at,
        legal_due_at: promise.due_at,
        policy_id: promise.policy,
        extended_days: 0,
        explanation: promise.explanation,
        answered_at: story.answer.as_ref().map(|(_, at)| *at),
        answered_in_time: None,
        answer_working_days: None,
        closed_at: story.closed.map(|(_, at)| at),
        merged_into: None,
        look_at: Some(store::AT_ONCE),
        solution_due_at: None,
        heard_at: None,
        access_code: identity::seal_code(&ctx.app, id, &crypto::random_digits(16))?,
        submission_key: None,
        locale: "id".to_owned(),
        created_at: story.received_at,
        version: 1,
    };
    if let Some((_, at)) = &story.answer {
        let (in_time, days) = handling::first_answer(tx, &row, &story.unit, *at).await?;
        row.answered_in_time = Some(in_time);
        row.answer_working_days = Some(days);
    }
    if let Some((_, at)) = &story.reopened {
        let (due_at, explanation) = explain::again(tx, &row, at.with_timezone(&zone)).await?;
        row.due_at = due_at;
        row.explanation = explanation;
    }
    row.queue = rules::queue(row.status, row.due_at);
    Ok(row)
}

/// Writes the history of one story, oldest first.
struct Teller<'a> {
    tx: &'a Tx,
    ctx: &'a Ctx,
    story: &'a Story,
    row: &'a complaint::Model,
    /// The number of the last state told, and that state.
    seq: i32,
    stands: Option<Status>,
}

/// Who did something.
#[derive(Clone, Copy)]
enum By {
    Citizen,
    Officer,
    Handler,
    Nobody,
}

impl Teller<'_> {
    async fn tell(mut self) -> Result<()> {
        let story = self.story;
        let start = story.received_at;
        let told = json!({ "channel": story.channel, "due_at": self.row.due_at });
        if story.channel == Channel::Web {
            self.event(By::Citizen, "complaint.received", start, told)
                .await?;
        } else {
            self.event(By::Officer, "complaint.registered", start, told)
                .await?;
        }
        // The steps of the office are minutes apart, and none lies in the future.
        let end = story.answer.as_ref().map_or(self.ctx.now, |(_, at)| *at);
        let step = std::cmp::min((end - start) / 6, Duration::minutes(25));
        if let Some(note) = &story.note {
            let by = By::Officer;
            self.message(
                by,
                MessageKind::InternalNote,
                "complaint.noted",
                start + step,
                note,
            )
            .await?;
        }
        if let Some(reason) = &story.reason {
            let by = match story.status {
                Status::Withdrawn => By::Citizen,
                _ => By::Officer,
            };
            let verb = history::verb(story.status);
            return self
                .event(by, verb, start + step * 2, json!({ "reason": reason }))
                .await;
        }
        if story.status != Status::Received {
            self.event(
                By::Officer,
                "complaint.verified",
                start + step * 2,
                json!({}),
            )
            .await?;
        }
        if let Some(division) = &story.division {
            let told = json!({ "division": division.name, "instruction": story.instruction });
            self.event(By::Officer, "complaint.assigned", start + step * 3, told)
                .await?;
        }
        if story.answer.is_some() || story.status == Status::InProgress {
            self.event(
                By::Handler,
                "complaint.started",
                start + step * 4,
                json!({}),
            )
            .await?;
        }
        self.ending().await
    }

    async fn ending(&mut self) -> Result<()> {
        let story = self.story;
        if let Some((text, at)) = &story.answer {
            self.message(
                By::Handler,
                MessageKind::Answer,
                "complaint.answered",
                *at,
                text,
            )
            .await?;
        }
        if let Some((text, at)) = &story.reopened {
            let kind = MessageKind::CitizenMessage;
            self.message(By::Citizen, kind, "complaint.reopened", *at, text)
                .await?;
        }
        if let Some((by, at)) = story.closed {
            let who = match by {
                "citizen" => By::Citizen,
                "auto" => By::Nobody,
                _ => By::Officer,
            };
            self.event(who, "complaint.closed", at, json!({ "by": by }))
                .await?;
        }
        Ok(())
    }

    async fn event(
        &mut self,
        by: By,
        verb: &'static str,
        at: DateTime<Utc>,
        data: Value,
    ) -> Result<()> {
        let mut entry = audit::Entry::new("complaint", self.row.id.0, verb)
            .in_unit(self.row.unit_id)
            .with(data.clone());
        let mut ctx = self.ctx.clone();
        let person = match by {
            By::Citizen => None,
            By::Officer => Some(&self.story.officer),
            By::Handler => Some(&self.story.handler),
            By::Nobody => None,
        };
        ctx.actor = match by {
            By::Citizen => Actor::Public,
            _ => Actor::System,
        };
        if let Some((id, name)) = person {
            entry = entry.by(*id, name);
        }
        let who = match person {
            Some((id, name)) => history::By {
                kind: ActorKind::Person,
                person: Some(*id),
                name: name.clone(),
            },
            None => history::By::of(&ctx),
        };
        audit::record_at(self.tx, &ctx, entry, at).await?;
        self.state(&who, verb, at, data).await
    }

    /// The state that an entry tells of, if it tells of one.
    async fn state(
        &mut self,
        who: &history::By,
        verb: &str,
        at: DateTime<Utc>,
        data: Value,
    ) -> Result<()> {
        let (event, to) = match verb {
            "complaint.received" | "complaint.registered" => (Event::Receive, Status::Received),
            "complaint.verified" => (Event::Verify, Status::Verified),
            "complaint.incomplete" => (Event::RequestCompletion, Status::Incomplete),
            "complaint.assigned" => (Event::Assign, Status::Assigned),
            "complaint.started" => (Event::Start, Status::InProgress),
            "complaint.answered" => (Event::Answer, Status::Answered),
            "complaint.reopened" => (Event::Dispute, Status::Reopened),
            "complaint.closed" => (Event::Close, Status::Closed),
            "complaint.rejected" => (Event::Reject, Status::Rejected),
            "complaint.out_of_authority" => (Event::Forward, Status::OutOfAuthority),
            "complaint.withdrawn" => (Event::Withdraw, Status::Withdrawn),
            _ => return Ok(()),
        };
        self.seq += 1;
        let passed = Passed {
            seq: self.seq,
            event,
            from: self.stands.replace(to),
            to,
            data,
            at,
        };
        store::insert_events(self.tx, vec![history::row(self.row, who, passed)]).await
    }

    async fn message(
        &mut self,
        by: By,
        kind: MessageKind,
        verb: &'static str,
        at: DateTime<Utc>,
        text: &str,
    ) -> Result<()> {
        let person = match by {
            By::Officer => Some(&self.story.officer),
            By::Handler => Some(&self.story.handler),
            By::Citizen | By::Nobody => None,
        };
        let id = MessageId::new();
        let row = message::ActiveModel {
            id: Set(id),
            unit_id: Set(self.row.unit_id),
            complaint_id: Set(self.row.id),
            kind: Set(kind),
            person_id: Set(person.map(|(id, _)| *id)),
            division_id: Set(person.and(self.row.division_id)),
            author: Set(person.map(|(_, name)| name.clone()).unwrap_or_default()),
            text: Set(text.to_owned()),
            at: Set(at),
            ..Default::default()
        };
        store::insert_message(self.tx, row).await?;
        self.event(by, verb, at, json!({ "message": id })).await
    }
}
