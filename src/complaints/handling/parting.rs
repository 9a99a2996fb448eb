//! A complaint ends without an answer, and others were handled in it: each is taken up again by itself.

use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::new_deadline;
use crate::{
    access::{Actor, Ctx},
    complaints::{
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
pub(super) async fn free_merged(tx: &Tx, ctx: &Ctx, main: &complaint::Model) -> Result<()> {
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
        store::save(tx, &other, changes).await?;
        let reason = Message::new("complaints-freed").text(emails::locale_of(&other));
        let told = json!({
            "cause": "main_ended", "main": main.number, "reason": reason,
            "due_before": other.due_at, "due_at": due_at,
        });
        history::pass(tx, ctx, &other, Event::Reopen, &steps, told).await?;
        let now = store::get(tx, other.id).await?;
        emails::news(tx, ctx, &now, &unit, Told::Freed).await?;
        emails::look(tx, ctx, &now, &unit, &Look::Freed).await?;
    }
    Ok(())
}
