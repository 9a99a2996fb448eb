//! What the staff does with a complaint. Here stands what every use case shares, and handing it to a division; the
//! folder has the others: answering, the moves, joining and parting, files.

mod answering;
mod files;
mod gathering;
mod joining;
mod merging;
mod moves;
mod notes;
mod parting;
mod righting;

use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};

pub(super) use answering::{SHORTEST, behind, filled, first_answer};
pub use answering::{answer, drafted, save_draft, standard_text};
pub use files::{Attached, attach, attached, require_file, require_public_file};
pub use gathering::{Added, TellAdditions, added_since};
pub(super) use gathering::{citizen_added, citizen_wrote};
pub use joining::{Part, link, split, unlink};
pub use merging::{Merger, Merging, can_take_in, merge, merger};
pub use moves::{
    Forwarding, Refusal, classify, close, forward, reject, reopen, request_completion, start,
    verify, withdraw,
};
pub(super) use moves::{close_as, new_deadline};
pub use notes::{colleagues, may_note, note, question};
pub(super) use parting::{free_merged, left};
pub use righting::{Righting, put_right};

use super::{
    actions, clocks, emails,
    entity::{
        complaint,
        message::{self, MessageId},
    },
    filing, history, retention,
    rules::{self, Event, MessageKind, Sees},
    store, viewing,
};
use crate::{
    access::{self, Ctx, Permission, PersonId, Place, Role},
    audit,
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

/// The complaint with this number, if the caller may see it and it is no tombstone, read inside the transaction that
/// changes it.
/// `seen` is the version that a form showed; a program that names none is held to the one just read.
pub(super) async fn open(
    tx: &Tx,
    ctx: &Ctx,
    number: &str,
    seen: Option<i32>,
) -> Result<(complaint::Model, Unit)> {
    let (found, unit) = open_beside(tx, ctx, number, None).await?;
    if seen.is_some_and(|seen| seen != found.version) {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok((found, unit))
}

/// The same for a move that nothing the citizen adds can contradict: a disposition, a verification. What they wrote
/// since the form was opened does not refuse it; what the staff did does.
pub(super) async fn open_beside(
    tx: &Tx,
    ctx: &Ctx,
    number: &str,
    seen: Option<i32>,
) -> Result<(complaint::Model, Unit)> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let found = store::visible(tx, &scope, &rules::read_number(number)).await?;
    retention::require_whole(tx, found.id).await?;
    if let Some(seen) = seen.filter(|seen| *seen != found.version) {
        gathering::unless_only_added(tx, &found, seen).await?;
    }
    let unit = organisation::unit(tx, found.unit_id).await?;
    Ok((found, unit))
}

/// The same for an answer: what the citizen added meanwhile is read first. That a new holiday moved its date costs no
/// officer what they wrote.
async fn open_to_answer(
    tx: &Tx,
    ctx: &Ctx,
    number: &str,
    seen: Option<i32>,
) -> Result<(complaint::Model, Unit)> {
    let (found, unit) = open_beside(tx, ctx, number, None).await?;
    if let Some(seen) = seen.filter(|seen| *seen != found.version) {
        gathering::unless_only_moved(tx, &found, seen).await?;
    }
    Ok((found, unit))
}

pub(super) fn place(of: &complaint::Model) -> Place {
    Place {
        unit: of.unit_id,
        division: of.division_id,
    }
}

/// Refuses to work on what the caller may not read.
pub(super) fn require_text(ctx: &Ctx, of: &complaint::Model) -> Result<()> {
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

/// Moves a complaint as the rules say, with what else changes, and writes it into the history.
pub(super) async fn make(
    tx: &Tx,
    ctx: &Ctx,
    found: &complaint::Model,
    event: Event,
    mut changes: complaint::ActiveModel,
    data: Value,
) -> Result<()> {
    let steps = rules::steps(found.status, event)?;
    if let Some(status) = steps.last() {
        let due_at = match &changes.due_at {
            Set(at) => *at,
            _ => found.due_at,
        };
        changes.status = Set(*status);
        changes.queue = Set(rules::queue(*status, due_at));
    }
    if rules::replies(event) {
        changes.heard_at = Set(None);
    }
    let solution = found.class.is_some()
        || found.solution_due_at.is_some()
        || matches!(changes.class, Set(Some(_)));
    store::save(tx, found, changes).await?;
    history::pass(tx, ctx, found, event, &steps, data).await?;
    if solution {
        clocks::note_solution(tx, ctx, found.id).await?;
    }
    if rules::frees_merged(event) {
        parting::free_merged(tx, ctx, found).await?;
    }
    if found.answered_at.is_none() {
        filing::tell_of_end(tx, ctx, found, event).await?;
    }
    Ok(())
}

/// What a complaint is without any change of its columns but the version.
pub(super) fn unchanged() -> complaint::ActiveModel {
    complaint::ActiveModel::default()
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
        ..Default::default()
    };
    store::insert_message(tx, row).await?;
    Ok(id)
}

/// Hands a complaint to a division, perhaps to one person of it.
pub async fn assign(ctx: &Ctx, number: &str, seen: Option<i32>, to: &Disposition) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open_beside(&tx, ctx, number, seen).await?;
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
    let named = person.as_ref().map(|(id, _)| *id);
    let (here, instead) = whoever_is_here(&tx, ctx, unit.id, named).await?;
    let person = match here {
        Some(id) => access::person_names(&tx, vec![id]).await?.remove(&id),
        None => None,
    };
    let changes = complaint::ActiveModel {
        division_id: Set(Some(division.id)),
        assignee_id: Set(here),
        instruction: Set(instruction.clone()),
        ..Default::default()
    };
    let told = json!({
        "division": division.name,
        "division_code": division.code,
        "person": person,
        "instruction": instruction,
        "instead_of": &instead,
    });
    make(&tx, ctx, &found, Event::Assign, changes, told).await?;
    let to = (division.id, division.name.as_str());
    emails::assigned(&tx, ctx, &found, &unit, to, (here, instead)).await?;
    tx.commit().await?;
    Ok(())
}

/// The named person, or whoever stands in for them now; and the name of who is away.
pub(super) async fn whoever_is_here(
    tx: &Tx,
    ctx: &Ctx,
    unit: organisation::UnitId,
    named: Option<PersonId>,
) -> Result<(Option<PersonId>, Option<String>)> {
    let Some(person) = named else {
        return Ok((None, None));
    };
    let instead = access::absences::stand_ins(tx, unit, ctx.now).await?;
    let here = instead.of(person);
    if here == person {
        return Ok((named, None));
    }
    let away = access::person_names(tx, vec![person])
        .await?
        .remove(&person);
    Ok((Some(here), away))
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
