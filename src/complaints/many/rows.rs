//! The rows of invented complaints: exactly those that the use cases would have written.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};
use uuid::Uuid;

use super::stories::{Office, Person, Story};
use crate::{
    access::Ctx,
    audit::{self, ActorKind},
    complaints::{
        entity::{
            ComplaintId, complaint, event, identity as who,
            message::{self, MessageId},
            notice::{self, NoticeKind},
        },
        finding,
        history::{self, By, Passed},
        identity,
        rules::{self, Channel, Event, MessageKind, Status},
        store::AT_ONCE,
    },
    organisation::{DivisionId, UnitId},
    platform::{bulk::Bulk, crypto, error::Result},
};

type Stand = (UnitId, Option<DivisionId>, String);
/// The last is a month.
type Month = (UnitId, Option<DivisionId>, String);

/// Rows to be written together.
#[derive(Default)]
pub(super) struct Batch {
    complaints: Vec<complaint::ActiveModel>,
    identities: Vec<who::ActiveModel>,
    events: Vec<event::ActiveModel>,
    entries: Vec<audit::ActiveModel>,
    messages: Vec<message::ActiveModel>,
    notices: Vec<notice::ActiveModel>,
    words: Vec<finding::entity::words::ActiveModel>,
    stands: BTreeMap<Stand, (Status, i64)>,
    /// Answers, and those in time.
    answers: BTreeMap<Month, (i64, i64)>,
}

/// Who did something.
enum Doer<'a> {
    Citizen,
    Staff(&'a Person),
    Program,
}

impl Batch {
    pub(super) fn add(
        &mut self,
        ctx: &Ctx,
        office: &Office,
        story: &Story,
        (year, count): (i32, i32),
    ) -> Result<()> {
        let number = rules::number(&office.unit.complaint_prefix, year, count);
        let row = row(ctx, office, story, number)?;
        let mut document = finding::own_words(&row);
        if let Some(answer) = &story.answer {
            let words = finding::words::of_text(answer).join(" ");
            document = finding::words::joined(&document, &words);
        }
        self.words.push(finding::words_row(&row, document));
        let stand = (row.unit_id, row.division_id, row.status.code());
        self.stands.entry(stand).or_insert((row.status, 0)).1 += 1;
        if let Some(in_time) = row.answered_in_time {
            let month = finding::month_of(row.received_at, office.zone);
            let sums = self.answers.entry((row.unit_id, row.division_id, month));
            let (answered, kept) = sums.or_default();
            *answered += 1;
            *kept += i64::from(in_time);
        }
        if let Some(name) = &story.name {
            self.identities.push(identity::sealed(
                &ctx.app,
                &row,
                &identity::Identity {
                    name: Some(name.clone()),
                    email: Some(format!("warga-{year}-{count}@warga.example")),
                    phone: None,
                },
            )?);
        }
        self.tell(office, story, &row);
        if row.status.is_running() {
            self.said(ctx, &row);
        }
        self.complaints.push(row.into());
        Ok(())
    }

    /// The way of one complaint, oldest first, minutes apart.
    fn tell(&mut self, office: &Office, story: &Story, row: &complaint::Model) {
        let officer = Doer::Staff(&office.officer);
        let division = story.division.map(|place| &office.divisions[place]);
        let handler = division.map_or(&office.officer, |(_, _, handler)| handler);
        let end = story.answered_at.or(story.ended_at);
        let whole = end.map_or(Duration::minutes(9), |end| end - story.received_at);
        let step = (whole / 6).min(Duration::minutes(25));
        let at = |place: i32| story.received_at + step * place;
        let mut way = Way {
            batch: self,
            row,
            seq: 0,
            stands: None,
        };
        let told = json!({ "channel": row.channel, "due_at": row.due_at });
        match story.channel {
            Channel::Web => way.pass(&Doer::Citizen, Status::Received, at(0), told),
            _ => way.pass(&officer, Status::Received, at(0), told),
        }
        match story.status {
            Status::Received => return,
            Status::Incomplete => {
                let text = "Mohon lengkapi dengan salinan kartu keluarga.";
                let id = way.message(&officer, MessageKind::Question, at(2), text);
                let told = json!({ "reason": text, "message": id });
                return way.pass(&officer, Status::Incomplete, at(2), told);
            }
            Status::Withdrawn => {
                let told = json!({ "reason": "Sudah selesai sendiri." });
                return way.pass(&Doer::Citizen, Status::Withdrawn, at(3), told);
            }
            Status::Rejected => {
                let told = json!({ "cause": "unclear", "reason": "Isinya tidak dapat dipahami." });
                return way.pass(&officer, Status::Rejected, at(3), told);
            }
            Status::OutOfAuthority => {
                let told =
                    json!({ "body": "Instansi contoh lain", "reason": "Bukan kewenangan kami." });
                return way.pass(&officer, Status::OutOfAuthority, at(3), told);
            }
            _ => way.pass(&officer, Status::Verified, at(1), json!({})),
        }
        if let Some((_, name, _)) = division {
            way.pass(
                &officer,
                Status::Assigned,
                at(2),
                json!({ "division": name }),
            );
        }
        let handler = Doer::Staff(handler);
        if story.answer.is_some() || story.status == Status::InProgress {
            way.pass(&handler, Status::InProgress, at(3), json!({}));
        }
        if let (Some(text), Some(answered_at)) = (&story.answer, story.answered_at) {
            let id = way.message(&handler, MessageKind::Answer, answered_at, text);
            way.pass(
                &handler,
                Status::Answered,
                answered_at,
                json!({ "message": id }),
            );
        }
        if let (Status::Closed, Some(ended_at)) = (story.status, story.ended_at) {
            way.pass(
                &Doer::Program,
                Status::Closed,
                ended_at,
                json!({ "by": "auto" }),
            );
        }
    }

    /// Thousands of warnings at once would be no measure of anything: all was said.
    fn said(&mut self, ctx: &Ctx, row: &complaint::Model) {
        let levels = ctx.app.config.complaints.warn_at_percent.iter();
        let warnings =
            levels.map(|level| (NoticeKind::Warning, i32::try_from(*level).unwrap_or(0)));
        let late = row.due_at < ctx.now;
        let climbs = (1..=3)
            .filter(|_| late)
            .map(|rung| (NoticeKind::Escalation, rung));
        for (kind, level) in warnings.chain(climbs) {
            self.notices.push(notice::ActiveModel {
                id: Set(Uuid::now_v7()),
                unit_id: Set(row.unit_id),
                complaint_id: Set(row.id),
                kind: Set(kind),
                level: Set(level),
                due_at: Set(row.due_at),
                at: Set(row.received_at),
            });
        }
    }

    pub(super) async fn write(self, bulk: &mut Bulk) -> Result<()> {
        bulk.write(self.complaints).await?;
        bulk.write(self.identities).await?;
        bulk.write(self.events).await?;
        bulk.write(self.entries).await?;
        bulk.write(self.messages).await?;
        bulk.write(self.notices).await?;
        bulk.write(self.words).await?;
        let stands = self.stands.into_iter();
        let changes = stands.map(|((unit, division, _), (status, n))| {
            finding::tally_row(unit, (division, status), n)
        });
        bulk.write(changes.collect()).await?;
        let answers = self.answers.into_iter();
        let answers = answers.map(|((unit, division, month), sums)| {
            finding::answers_row(unit, (division, month), sums)
        });
        bulk.write(answers.collect()).await?;
        Ok(())
    }
}

/// One complaint's way through its states.
struct Way<'a> {
    batch: &'a mut Batch,
    row: &'a complaint::Model,
    seq: i32,
    stands: Option<Status>,
}

impl Way<'_> {
    fn pass(&mut self, doer: &Doer<'_>, to: Status, at: DateTime<Utc>, data: Value) {
        let by = match doer {
            Doer::Citizen => By::nobody(ActorKind::Public),
            Doer::Program => By::nobody(ActorKind::System),
            Doer::Staff((id, name)) => By {
                kind: ActorKind::Person,
                person: Some(*id),
                name: name.clone(),
            },
        };
        let event = match to {
            Status::Received => Event::Receive,
            Status::Incomplete => Event::RequestCompletion,
            Status::Verified => Event::Verify,
            Status::Assigned => Event::Assign,
            Status::InProgress => Event::Start,
            Status::Answered => Event::Answer,
            Status::Reopened => Event::Dispute,
            Status::Closed => Event::Close,
            Status::Rejected => Event::Reject,
            Status::OutOfAuthority => Event::Forward,
            Status::Withdrawn => Event::Withdraw,
        };
        self.seq += 1;
        self.batch.entries.push(audit::ActiveModel {
            id: Set(Uuid::now_v7()),
            unit_id: Set(Some(self.row.unit_id)),
            thing_kind: Set("complaint".to_owned()),
            thing_id: Set(self.row.id.0),
            verb: Set(history::verb(to).to_owned()),
            actor_kind: Set(by.kind),
            person_id: Set(by.person),
            actor_name: Set(by.name.clone()),
            at: Set(at),
            data: Set(data.clone()),
            request_id: Set(String::new()),
            seal: Set(None),
            seal_seq: Set(None),
        });
        let passed = Passed {
            seq: self.seq,
            event,
            from: self.stands.replace(to),
            to,
            data,
            at,
        };
        self.batch.events.push(history::row(self.row, &by, passed));
    }

    fn message(
        &mut self,
        doer: &Doer<'_>,
        kind: MessageKind,
        at: DateTime<Utc>,
        text: &str,
    ) -> MessageId {
        let id = MessageId::new();
        let person = match doer {
            Doer::Staff(person) => Some(person),
            Doer::Citizen | Doer::Program => None,
        };
        self.batch.messages.push(message::ActiveModel {
            id: Set(id),
            unit_id: Set(self.row.unit_id),
            complaint_id: Set(self.row.id),
            kind: Set(kind),
            channel: Set(Channel::Web),
            direction: Set(kind.direction()),
            external_id: Set(None),
            person_id: Set(person.map(|(id, _)| *id)),
            division_id: Set(person.and(self.row.division_id)),
            author: Set(person.map(|(_, name)| name.clone()).unwrap_or_default()),
            text: Set(text.to_owned()),
            at: Set(at),
        });
        id
    }
}

fn row(ctx: &Ctx, office: &Office, story: &Story, number: String) -> Result<complaint::Model> {
    let id = ComplaintId::new();
    let division = story.division.map(|place| &office.divisions[place]);
    Ok(complaint::Model {
        id,
        unit_id: office.unit.id,
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
        queue: rules::queue(story.status, story.due_at),
        division_id: division.map(|(id, ..)| *id),
        // One in four is named; the others are their division's.
        assignee_id: division
            .filter(|_| id.0.as_u128().is_multiple_of(4))
            .map(|(.., (person, _))| *person)
            .filter(|person| *person != office.officer.0),
        instruction: None,
        received_at: story.received_at,
        due_at: story.due_at,
        legal_due_at: story.due_at,
        policy_id: story.policy,
        extended_days: 0,
        explanation: story.explanation.clone(),
        answered_at: story.answered_at,
        answered_in_time: story.in_time,
        answer_working_days: story.working_days,
        closed_at: story.ended_at.filter(|_| story.status == Status::Closed),
        merged_into: None,
        look_at: (!story.status.is_final()).then_some(AT_ONCE),
        solution_due_at: None,
        heard_at: None,
        access_code: identity::seal_code(&ctx.app, id, &crypto::random_digits(16))?,
        submission_key: None,
        locale: "id".to_owned(),
        created_at: story.received_at,
        version: 1,
    })
}
