//! Many complaints at once: what would happen is shown first, then a job does it one by one, each in its own
//! transaction, so that a faulty one stops nobody and nothing is done by half.

mod repeated;

use std::{collections::HashSet, sync::Arc};

use repeated::Before;
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    calling::{self, ByHand},
    entity::{
        batch::{self, BatchId, Outcome},
        batch_item, complaint,
        standard_answer::StandardAnswerId,
    },
    handling::{self, Disposition},
    identity,
    rules::{self, Event, Status},
    standard_answers, store, viewing,
};
use crate::{
    access::{self, Ctx, Permission, Place},
    audit,
    organisation::{self, UnitId},
    platform::{
        check::Check,
        context::App,
        error::{Error, Result},
        i18n::{Locale, Message},
        jobs::{self, Job, JobError},
    },
};

/// As many as one page of the inbox holds.
pub const MOST: usize = 100;

/// What is done with all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Assign,
    Answer,
    Close,
}

impl Act {
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "assign" => Some(Self::Assign),
            "answer" => Some(Self::Answer),
            "close" => Some(Self::Close),
            _ => None,
        }
    }

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::Answer => "answer",
            Self::Close => "close",
        }
    }

    fn event(self) -> Event {
        match self {
            Self::Assign => Event::Assign,
            Self::Answer => Event::Answer,
            Self::Close => Event::Close,
        }
    }

    fn reaches(self) -> Status {
        match self {
            Self::Assign => Status::Assigned,
            Self::Answer => Status::Answered,
            Self::Close => Status::Closed,
        }
    }

    fn permission(self) -> Permission {
        match self {
            Self::Assign => Permission::AssignComplaint,
            Self::Answer => Permission::AnswerComplaint,
            Self::Close => Permission::CloseComplaint,
        }
    }
}

/// What to do, as it was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Order {
    pub division: String,
    pub person: String,
    pub instruction: String,
    pub text: String,
    /// The list that they were chosen from, to go back to.
    #[serde(default)]
    pub list: String,
}

/// (id, title) of the standard answers that one for several may begin with.
pub async fn standards(ctx: &Ctx) -> Result<Vec<(String, String)>> {
    let unit = viewing::home_unit(ctx).await?;
    let all = store::standard_answers(&ctx.app.db, unit.id).await?;
    Ok(all
        .into_iter()
        .map(|one| (one.id.to_string(), one.title))
        .collect())
}

/// What was typed with a standard answer behind it. Its placeholders stay until it is sent: each citizen gets their own.
pub async fn with_standard(ctx: &Ctx, typed: &str, id: &str) -> Result<String> {
    ctx.require_scope(Permission::AnswerComplaint)?;
    let unit = viewing::home_unit(ctx).await?;
    let id = StandardAnswerId::parse(id)
        .map_err(|_| Error::field("standard", Message::new("field-choose")))?;
    let standard = store::standard_answer(&ctx.app.db, unit.id, id).await?;
    Ok(handling::behind(typed, &standard.text))
}

/// One complaint of the preview.
pub struct Line {
    pub complaint: complaint::Model,
    /// Whether the caller may read its words.
    pub text: bool,
    /// Why it stays as it is; none when it would be done.
    pub problem: Option<Error>,
}

/// What would happen to the chosen ones.
pub struct Preview {
    pub lines: Vec<Line>,
    /// Numbers that were handed to others, or put out of sight, since the list was read.
    pub gone: Vec<String>,
}

/// What would happen to each.
pub async fn preview(ctx: &Ctx, act: Act, numbers: &[&str]) -> Result<Preview> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    ctx.require_scope(act.permission())?;
    if numbers.is_empty() {
        return Err(Error::field("number", Message::new("complaints-bulk-none")));
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut gone: Vec<String> = Vec::new();
    for number in numbers.iter().take(MOST) {
        let number = rules::read_number(number);
        let found = match store::visible(&ctx.app.db, &scope, &number).await {
            Ok(found) => found,
            // The rest can be done all the same.
            Err(Error::NotFound) => {
                if !gone.contains(&number) {
                    gone.push(number);
                }
                continue;
            }
            Err(error) => return Err(error),
        };
        if lines.iter().any(|line| line.complaint.id == found.id) {
            continue;
        }
        let text = viewing::sight_of(ctx, &found, false).text;
        lines.push(Line {
            problem: problem(ctx, act, &found, text).err(),
            complaint: found,
            text,
        });
    }
    Ok(Preview { lines, gone })
}

fn problem(ctx: &Ctx, act: Act, of: &complaint::Model, text: bool) -> Result<()> {
    let place = Place {
        unit: of.unit_id,
        division: of.division_id,
    };
    let placed: Place = match act {
        Act::Answer => place,
        Act::Assign | Act::Close => of.unit_id.into(),
    };
    ctx.require(act.permission(), placed)?;
    if act == Act::Answer && !text {
        return Err(Error::Forbidden);
    }
    rules::steps(of.status, act.event())?;
    Ok(())
}

/// How many of those that would be answered hear of it from a person only, or not at all.
pub async fn told_by_hand(ctx: &Ctx, act: Act, lines: &[Line]) -> Result<ByHand> {
    if act != Act::Answer {
        return Ok(ByHand::default());
    }
    let answered = lines.iter().filter(|line| line.problem.is_none());
    let answered: Vec<&complaint::Model> = answered.map(|line| &line.complaint).collect();
    calling::by_hand(&ctx.app.db, &answered).await
}

/// Writes the order down and lets a job do it. The complaints that are named are those of the preview, each in the
/// version that was seen there.
pub async fn start(ctx: &Ctx, act: Act, order: &Order, chosen: &[(&str, i32)]) -> Result<BatchId> {
    let person = ctx.person_id().ok_or(Error::Unauthenticated)?;
    let numbers: Vec<&str> = chosen.iter().map(|(number, _)| *number).collect();
    let Preview { lines, gone } = preview(ctx, act, &numbers).await?;
    if !gone.is_empty() {
        // Whoever chose them saw them done; that they are left out is not for a job to say.
        let message = Message::new("complaints-bulk-changed").with("numbers", gone.join(", "));
        return Err(Error::field("number", message));
    }
    let unit = lines.first().map(|line| line.complaint.unit_id);
    let none = || Error::field("number", Message::new("complaints-bulk-nothing"));
    let unit = unit.ok_or_else(none)?;
    if lines.iter().any(|line| line.complaint.unit_id != unit) {
        return Err(Error::field(
            "number",
            Message::new("complaints-bulk-one-unit"),
        ));
    }
    check(ctx, unit, act, order).await?;
    if act == Act::Answer {
        names_nobody(ctx, &order.text, &lines).await?;
    }
    let id = BatchId::new();
    let tx = ctx.app.db.begin_write().await?;
    let row = batch::ActiveModel {
        id: Set(id),
        unit_id: Set(unit),
        person_id: Set(person),
        act: Set(act.code().to_owned()),
        data: Set(json!(order)),
        locale: Set(ctx.locale().code().to_owned()),
        created_at: Set(ctx.now),
    };
    let items = lines.iter().map(|line| batch_item::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(unit),
        batch_id: Set(id),
        complaint_id: Set(line.complaint.id),
        seen: Set(seen(chosen, &line.complaint)),
        outcome: Set(Outcome::Waiting),
        fault: Set(None),
    });
    store::insert_batch(&tx, row, items.collect()).await?;
    let entry = audit::Entry::new("complaint_batch", id.0, "complaint_batch.started")
        .in_unit(unit)
        .with(json!({ "act": act.code(), "count": lines.len() }));
    audit::record(&tx, ctx, entry).await?;
    jobs::enqueue(&tx, &RunBatch { batch: id }, ctx.now).await?;
    tx.commit().await?;
    Ok(id)
}

fn seen(chosen: &[(&str, i32)], of: &complaint::Model) -> i32 {
    chosen
        .iter()
        .find(|(number, _)| rules::read_number(number) == of.number)
        .map_or(of.version, |(_, version)| *version)
}

/// What is wrong with the order itself is told before anything happens.
async fn check(ctx: &Ctx, unit: UnitId, act: Act, order: &Order) -> Result<()> {
    let mut check = Check::new();
    match act {
        Act::Assign => {
            check.optional("instruction", &order.instruction, 1000);
            let code = order.division.trim();
            if organisation::division_by_code(&ctx.app.db, unit, code)
                .await?
                .is_none()
            {
                check.fault("division", Message::new("field-choose"));
            }
        }
        Act::Answer => {
            let text = check.text("text", &order.text, handling::SHORTEST, 5000);
            if let Some(message) = standard_answers::unknown(&text) {
                check.fault("text", message);
            }
        }
        Act::Close => {}
    }
    check.finish()
}

/// A text that several citizens read names none of them. Who filed without a name is asked about only by those who
/// may know: to anybody else the refusal itself would tell.
async fn names_nobody(ctx: &Ctx, text: &str, lines: &[Line]) -> Result<()> {
    let read_by: Vec<&complaint::Model> = lines
        .iter()
        .filter(|line| line.problem.is_none())
        .map(|line| &line.complaint)
        .collect();
    if read_by.len() < 2 {
        return Ok(());
    }
    let asked = read_by
        .iter()
        .filter(|of| !of.anonymous || ctx.may(Permission::UnmaskReporter, of.unit_id))
        .map(|of| of.id);
    for row in store::identities(&ctx.app.db, asked.collect()).await? {
        let name = identity::opened(&ctx.app, &row)?.name;
        if name.is_some_and(|name| rules::names(text, &name)) {
            let message = Message::new("complaints-bulk-names").with("count", read_by.len());
            return Err(Error::field("text", message));
        }
    }
    Ok(())
}

/// Does what a batch says.
#[derive(Debug, Serialize, Deserialize)]
pub struct RunBatch {
    pub batch: BatchId,
}

impl Job for RunBatch {
    const NAME: &'static str = "complaint.batch";

    fn key(&self) -> Option<String> {
        Some(self.batch.to_string())
    }

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        let system = Ctx::system(&app);
        let batch = store::batch(&app.db, self.batch).await?;
        let waiting = store::waiting_items(&app.db, &batch).await?;
        match access::acting_as(&system, batch.person_id, system.now).await {
            Ok(ctx) => {
                for item in waiting {
                    one(&ctx, &batch, &item).await?;
                }
            }
            Err(error @ (Error::Internal(_) | Error::Unavailable(_))) => return Err(error.into()),
            // Whoever ordered it has no account any more: nothing is done in their name.
            Err(error) => {
                let locale = Locale::parse(&batch.locale).unwrap_or_default();
                for item in waiting {
                    let words = Some(words_of(&error, locale));
                    store::finish_item(&app.db, &item, Outcome::Refused, words).await?;
                }
            }
        }
        // The texts stand in the cases now; here they would outlive them.
        let order: Order =
            serde_json::from_value(batch.data.clone()).map_err(anyhow::Error::from)?;
        let left = Order {
            list: order.list,
            ..Order::default()
        };
        store::blank_batch(&app.db, &batch, json!(left)).await?;
        Ok(())
    }
}

async fn one(ctx: &Ctx, batch: &batch::Model, item: &batch_item::Model) -> Result<()> {
    let db = &ctx.app.db;
    let act = Act::parse(&batch.act).ok_or(Error::NotFound)?;
    let order: Order = serde_json::from_value(batch.data.clone()).map_err(anyhow::Error::from)?;
    let found = store::get(db, item.complaint_id).await?;
    let locale = Locale::parse(&batch.locale).unwrap_or_default();
    let words = |key: &str| Some(Message::new(key).text(locale));
    let (outcome, words) = match repeated::done(ctx, (batch, item), (act, &order), &found).await? {
        Before::Now => (Outcome::Done, None),
        Before::Earlier => (Outcome::Done, words("complaints-bulk-before")),
        Before::OtherWords => (Outcome::Refused, words("complaints-bulk-other-words")),
        Before::Nothing => match act_on(ctx, act, &order, &found.number, item.seen).await {
            Ok(()) => (Outcome::Done, None),
            // A passing fault: the job tries again, and this one still waits.
            Err(error @ (Error::Internal(_) | Error::Unavailable(_))) => return Err(error),
            Err(error) => (Outcome::Refused, Some(words_of(&error, locale))),
        },
    };
    store::finish_item(db, item, outcome, words).await
}

/// What is wrong, with the field's own words where a field is wrong.
#[must_use]
pub fn words_of(error: &Error, locale: Locale) -> String {
    match error {
        Error::Invalid(faults) => faults
            .iter()
            .map(|fault| fault.message.text(locale))
            .collect::<Vec<_>>()
            .join(" "),
        other => other.text(locale),
    }
}

async fn act_on(ctx: &Ctx, act: Act, order: &Order, number: &str, seen: i32) -> Result<()> {
    match act {
        Act::Assign => {
            let to = Disposition {
                division: order.division.clone(),
                person: order.person.clone(),
                instruction: order.instruction.clone(),
            };
            handling::assign(ctx, number, Some(seen), &to).await?;
        }
        Act::Answer => {
            let text = handling::filled(ctx, number, &order.text).await?;
            handling::answer(ctx, number, Some(seen), &text).await?;
        }
        Act::Close => handling::close(ctx, number, Some(seen)).await?,
    }
    Ok(())
}

/// How far a batch is.
pub struct Progress {
    pub batch: batch::Model,
    /// The list that they were chosen from.
    pub list: String,
    pub total: usize,
    pub done: usize,
    /// Those of them that the same person had done before this order.
    pub before: usize,
    pub waiting: usize,
    /// (number, why) of those that stay as they were.
    pub refused: Vec<(String, String)>,
    /// Numbers of those that were answered, and whose citizens wait for a person to tell them.
    pub untold: Vec<String>,
}

/// The caller's own batch.
pub async fn progress(ctx: &Ctx, id: &str) -> Result<Progress> {
    ctx.require_scope(Permission::ViewComplaints)?;
    let db = &ctx.app.db;
    let id = BatchId::parse(id).map_err(|_| Error::NotFound)?;
    let batch = store::batch(db, id).await?;
    if Some(batch.person_id) != ctx.person_id() {
        return Err(Error::NotFound);
    }
    let items = store::items(db, &batch).await?;
    let count = |outcome: Outcome| items.iter().filter(|one| one.outcome == outcome).count();
    let numbers = store::numbers_of_batch(db, &batch).await?;
    let waits = match Act::parse(&batch.act) {
        Some(Act::Answer) => store::untold_of_batch(db, &batch).await?,
        _ => HashSet::new(),
    };
    let number = |item: &batch_item::Model| {
        let number = numbers.get(&item.complaint_id).cloned();
        number.unwrap_or_default()
    };
    let done = items.iter().filter(|one| one.outcome == Outcome::Done);
    let before = done.filter(|one| one.fault.is_some()).count();
    let refused = items.iter().filter(|one| one.outcome == Outcome::Refused);
    let refused = refused.map(|one| (number(one), one.fault.clone().unwrap_or_default()));
    let refused = refused.collect();
    let untold = items
        .iter()
        .filter(|one| one.outcome == Outcome::Done && waits.contains(&one.complaint_id))
        .map(number)
        .collect();
    let order: Order = serde_json::from_value(batch.data.clone()).map_err(anyhow::Error::from)?;
    Ok(Progress {
        untold,
        list: order.list,
        total: items.len(),
        done: count(Outcome::Done),
        before,
        waiting: count(Outcome::Waiting),
        refused,
        batch,
    })
}
