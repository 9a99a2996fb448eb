//! Complaints that were handled together part: the main one ends without an answer for the others, or a merge is
//! undone, and with it what the citizen got by it.

use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::new_deadline;
use crate::{
    access::{Actor, Ctx},
    audit,
    complaints::{
        clocks,
        emails::{self, Look, Told},
        entity::complaint,
        history,
        rules::{self, Event, Status},
        store,
    },
    organisation,
    platform::{db::Tx, error::Result, i18n::Message},
};

/// Takes up again what waited for the answer of `main`, each with a deadline of its own from now. Those that had an
/// answer keep it. It is the program that does it: whoever ended the main one is nobody to the others.
pub(in crate::complaints) async fn free_merged(
    tx: &Tx,
    ctx: &Ctx,
    main: &complaint::Model,
) -> Result<()> {
    let ctx = &Ctx {
        actor: Actor::System,
        ..ctx.clone()
    };
    let unit = organisation::unit(tx, main.unit_id).await?;
    for other in store::merged_into(tx, main).await? {
        if other.status != Status::Rejected {
            continue;
        }
        let steps = rules::steps(other.status, Event::Reopen)?;
        let (due_at, explanation) = new_deadline(tx, ctx, &other, &unit).await?;
        let changes = complaint::ActiveModel {
            status: Set(Status::Reopened),
            queue: Set(rules::queue(Status::Reopened, due_at)),
            due_at: Set(due_at),
            explanation: Set(explanation),
            closed_at: Set(None),
            merged_into: Set(None),
            ..Default::default()
        };
        left(tx, ctx, &other).await?;
        store::save(tx, &other, changes).await?;
        let reason = Message::new("complaints-freed").text(emails::locale_of(&other));
        let told = json!({
            "cause": "main_ended", "main": main.number, "reason": reason,
            "due_before": other.due_at, "due_at": due_at,
        });
        history::pass(tx, ctx, &other, Event::Reopen, &steps, told).await?;
        clocks::note_solution(tx, ctx, other.id).await?;
        let now = store::get(tx, other.id).await?;
        emails::news(tx, ctx, &now, &unit, Told::Freed).await?;
        emails::look(tx, ctx, &now, &unit, &Look::Freed).await?;
    }
    Ok(())
}

/// A merge that was undone.
pub(super) struct Undone {
    /// The messages by which the citizen got the answer that the main complaint had already.
    pub withdrawn: Vec<String>,
    /// When this citizen was last answered otherwise.
    answered: Option<chrono::DateTime<chrono::Utc>>,
}

/// What the complaint is again as if it had never been merged.
pub(super) fn changes(undone: Option<&Undone>) -> complaint::ActiveModel {
    match undone {
        Some(undone) if !undone.withdrawn.is_empty() => match undone.answered {
            Some(at) => complaint::ActiveModel {
                answered_at: Set(Some(at)),
                ..Default::default()
            },
            None => complaint::ActiveModel {
                answered_at: Set(None),
                answered_in_time: Set(None),
                answer_working_days: Set(None),
                ..Default::default()
            },
        },
        _ => complaint::ActiveModel::default(),
    }
}

/// Undoes the merge of a complaint that is taken up again: the main one's history says so, and what was written for
/// somebody else stays inside from now on. None for one that was not merged.
pub(super) async fn undo(tx: &Tx, ctx: &Ctx, found: &complaint::Model) -> Result<Option<Undone>> {
    if found.merged_into.is_none() {
        return Ok(None);
    }
    left(tx, ctx, found).await?;
    let moments = history::of(tx, found).await?;
    let withdrawn = history::came_with_merge(&moments);
    let answered = history::last_answered(&moments, &withdrawn);
    store::keep_inside(tx, found, &withdrawn).await?;
    Ok(Some(Undone {
        withdrawn,
        answered,
    }))
}

/// The history of the main complaint says that this one is no longer handled in it.
pub(in crate::complaints) async fn left(
    tx: &Tx,
    ctx: &Ctx,
    found: &complaint::Model,
) -> Result<()> {
    let Some(main) = found.merged_into else {
        return Ok(());
    };
    let entry = audit::Entry::new("complaint", main.0, "complaint.let_go")
        .in_unit(found.unit_id)
        .with(json!({ "number": found.number }));
    audit::record(tx, ctx, entry).await
}
