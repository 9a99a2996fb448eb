//! What the staff does with a complaint: assign, answer, note, close, look up a name, link to an action.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::{
    actions, emails,
    entity::{
        complaint,
        message::{self, MessageId},
    },
    history, identity,
    rules::{self, Event, MessageKind, Sees, Status},
    store, viewing,
};
use crate::{
    access::{self, Ctx, Permission, PersonId, Place, Role},
    audit, calendar,
    organisation::{self, DivisionId, Unit},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

/// A disposition as it was typed: codes and names, not ids.
#[derive(Clone, Debug, Default)]
pub struct Disposition {
    pub division: String,
    /// Id or e-mail address of a handler of that division; empty for all of them.
    pub person: String,
    pub instruction: String,
}

/// The complaint with this number, if the caller may see it, read inside the transaction that changes it.
/// `seen` is the version that a form showed; a program that names none is held to the one just read.
async fn open(
    tx: &Tx,
    ctx: &Ctx,
    number: &str,
    seen: Option<i32>,
) -> Result<(complaint::Model, Unit)> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let found = store::visible(tx, &scope, &rules::read_number(number)).await?;
    if seen.is_some_and(|seen| seen != found.version) {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let unit = organisation::unit(tx, found.unit_id).await?;
    Ok((found, unit))
}

fn place(of: &complaint::Model) -> Place {
    Place {
        unit: of.unit_id,
        division: of.division_id,
    }
}

/// Refuses to work on what the caller may not read.
fn require_text(ctx: &Ctx, of: &complaint::Model) -> Result<()> {
    if viewing::sight_of(ctx, of, false).text {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}

impl From<rules::Broken> for Error {
    fn from(broken: rules::Broken) -> Self {
        Self::rule(
            "complaint.transition",
            Message::new("rule-complaint-transition").with("status", broken.status.code()),
        )
    }
}

/// Adds a message as part of the transaction.
pub(super) async fn add_message(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    kind: MessageKind,
    text: String,
) -> Result<MessageId> {
    let id = MessageId::new();
    let account = ctx.account();
    let row = message::ActiveModel {
        id: Set(id),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        kind: Set(kind),
        person_id: Set(ctx.person_id()),
        division_id: Set(account.and(of.division_id)),
        author: Set(account
            .map(|person| person.name.clone())
            .unwrap_or_default()),
        text: Set(text),
        at: Set(ctx.now),
    };
    store::insert_message(tx, row).await?;
    Ok(id)
}

/// Hands a complaint to a division, perhaps to one person of it.
pub async fn assign(
    ctx: &Ctx,
    number: &str,
    seen: Option<i32>,
    to: &Disposition,
) -> Result<complaint::Model> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open(&tx, ctx, number, seen).await?;
    ctx.require(Permission::AssignComplaint, found.unit_id)?;
    let mut check = Check::new();
    let instruction = check.optional("instruction", &to.instruction, 1000);
    let division = organisation::division_by_code(&tx, unit.id, to.division.trim()).await?;
    let Some(division) = division else {
        check.fault("division", Message::new(choice_fault(&to.division)));
        check.finish()?;
        return Err(Error::NotFound);
    };
    let person = handler(&tx, &unit, division.id, &to.person, &mut check).await?;
    check.finish()?;
    let steps = rules::steps(found.status, Event::Assign)?;
    let changes = complaint::ActiveModel {
        status: Set(Status::Assigned),
        queue: Set(rules::queue(Status::Assigned, found.due_at)),
        division_id: Set(Some(division.id)),
        assignee_id: Set(person.as_ref().map(|(id, _)| *id)),
        instruction: Set(instruction.clone()),
        ..Default::default()
    };
    store::save(&tx, &found, changes).await?;
    let told = json!({
        "division": division.name,
        "person": person.as_ref().map(|(_, name)| name),
        "instruction": instruction,
    });
    history::pass(&tx, ctx, &found, Event::Assign, &steps, told).await?;
    let id = person.map(|(id, _)| id);
    emails::assigned(&tx, ctx, &found, &unit, (division.id, &division.name), id).await?;
    let now = store::get(&tx, found.id).await?;
    tx.commit().await?;
    Ok(now)
}

fn choice_fault(typed: &str) -> &'static str {
    if typed.trim().is_empty() {
        "field-choose"
    } else {
        "field-unknown-choice"
    }
}

/// The handler that was typed, if one was.
async fn handler(
    tx: &Tx,
    unit: &Unit,
    division: DivisionId,
    typed: &str,
    check: &mut Check,
) -> Result<Option<(PersonId, String)>> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Ok(None);
    }
    let handlers = access::people_with(tx, &[Role::Handler], unit.id, Some(division)).await?;
    let found = handlers
        .into_iter()
        .find(|(id, _, email)| id.to_string() == typed || *email == typed);
    if found.is_none() {
        check.fault("person", Message::new("complaints-person-not-of-division"));
    }
    Ok(found.map(|(id, name, _)| (id, name)))
}

/// Answers the citizen: they read it on the status page, and a mail says that it is there.
pub async fn answer(
    ctx: &Ctx,
    number: &str,
    seen: Option<i32>,
    text: &str,
) -> Result<complaint::Model> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open(&tx, ctx, number, seen).await?;
    ctx.require(Permission::AnswerComplaint, place(&found))?;
    require_text(ctx, &found)?;
    let mut check = Check::new();
    let text = check.text("text", text, 3, 5000);
    check.finish()?;
    let steps = rules::steps(found.status, Event::Answer)?;
    let first = first_answer(&tx, &found, &unit, ctx.now).await?;
    let changes = complaint::ActiveModel {
        status: Set(Status::Answered),
        queue: Set(rules::queue(Status::Answered, found.due_at)),
        answered_at: Set(Some(ctx.now)),
        answered_in_time: Set(Some(first.0)),
        answer_working_days: Set(Some(first.1)),
        ..Default::default()
    };
    store::save(&tx, &found, changes).await?;
    let message = add_message(&tx, ctx, &found, MessageKind::Answer, text).await?;
    let told = json!({ "message": message });
    history::pass(&tx, ctx, &found, Event::Answer, &steps, told).await?;
    let reporter = identity::read(&tx, &ctx.app, found.id).await?;
    emails::answered(&tx, ctx, &found, &unit, &reporter).await?;
    let now = store::get(&tx, found.id).await?;
    tx.commit().await?;
    Ok(now)
}

/// Whether the first answer was in time, and after how many working days; a later one does not change it.
pub(super) async fn first_answer(
    db: &impl sea_orm::ConnectionTrait,
    of: &complaint::Model,
    unit: &Unit,
    at: DateTime<Utc>,
) -> Result<(bool, i32)> {
    if let (Some(in_time), Some(days)) = (of.answered_in_time, of.answer_working_days) {
        return Ok((in_time, days));
    }
    let zone = organisation::zone_of(unit)?;
    let calendar = calendar::work_calendar(db, unit.id).await?;
    let day = |moment: DateTime<Utc>| moment.with_timezone(&zone).date_naive();
    let days = calendar::working_days_between(day(of.received_at), day(at), &calendar);
    Ok((at <= of.due_at, i32::try_from(days).unwrap_or(i32::MAX)))
}

/// A note for colleagues; the citizen never sees it.
pub async fn note(ctx: &Ctx, number: &str, text: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = open(&tx, ctx, number, None).await?;
    ctx.require(Permission::AnswerComplaint, place(&found))?;
    require_text(ctx, &found)?;
    let mut check = Check::new();
    let text = check.text("note", text, 3, 5000);
    check.finish()?;
    let message = add_message(&tx, ctx, &found, MessageKind::InternalNote, text).await?;
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.noted")
        .in_unit(found.unit_id)
        .with(json!({ "message": message }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Closes an answered complaint from which nothing more was heard.
pub async fn close(ctx: &Ctx, number: &str, seen: Option<i32>) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = open(&tx, ctx, number, seen).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    close_as(&tx, ctx, &found, "office").await?;
    tx.commit().await?;
    Ok(())
}

pub(super) async fn close_as(
    tx: &Tx,
    ctx: &Ctx,
    found: &complaint::Model,
    by: &'static str,
) -> Result<()> {
    let steps = rules::steps(found.status, Event::Close)?;
    let changes = complaint::ActiveModel {
        status: Set(Status::Closed),
        queue: Set(rules::queue(Status::Closed, found.due_at)),
        closed_at: Set(Some(ctx.now)),
        ..Default::default()
    };
    store::save(tx, found, changes).await?;
    history::pass(tx, ctx, found, Event::Close, &steps, json!({ "by": by })).await
}

/// Opens the name behind an anonymous complaint. The reason is kept for ever, with the officer's name.
pub async fn unmask(ctx: &Ctx, number: &str, reason: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = open(&tx, ctx, number, None).await?;
    ctx.require(Permission::UnmaskReporter, found.unit_id)?;
    if viewing::sight_of(ctx, &found, false).identity != Sees::OnRequest {
        return Err(Error::NotFound);
    }
    let mut check = Check::new();
    let reason = check.line("reason", reason, 5, 300);
    check.finish()?;
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.identity_unmasked")
        .in_unit(found.unit_id)
        .with(json!({ "reason": reason }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Links the complaint to an action item, so that the action says why it is there.
pub async fn link_action(ctx: &Ctx, number: &str, action: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = open(&tx, ctx, number, None).await?;
    ctx.require(Permission::ManageActions, found.unit_id)?;
    require_text(ctx, &found)?;
    if action.trim().is_empty() {
        return Err(Error::field("action", Message::new("field-choose")));
    }
    actions::link(&tx, ctx, action.trim(), &found).await?;
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.linked")
        .in_unit(found.unit_id)
        .with(json!({ "action": action.trim() }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}
