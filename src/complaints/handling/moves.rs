//! The moves of the staff: who may, what they must say, who is told.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::{
    add_message, answering::keeps_anonymous, make, merging, open, open_beside, parting, place,
    require_text, unchanged,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        clocks,
        emails::{self, Told},
        entity::complaint::{self, Explanation},
        explain, identity,
        rules::{Broken, Class, Event, MessageKind},
        store,
    },
    organisation::{self, Unit},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

/// The officer has looked at it, and may say how long a solution takes.
pub async fn verify(ctx: &Ctx, number: &str, seen: Option<i32>, class: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = open_beside(&tx, ctx, number, seen).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    require_text(ctx, &found)?;
    let mut check = Check::new();
    let class = match class.trim() {
        "" => found.class,
        code => check.choice("class", code, Class::parse),
    };
    check.finish()?;
    let changes = complaint::ActiveModel {
        class: Set(class),
        ..Default::default()
    };
    make(
        &tx,
        ctx,
        &found,
        Event::Verify,
        changes,
        json!({ "class": class }),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Says how long the solution may take, or says it differently: a class is often clear only later, and may have been
/// wrong. The clocks are read anew from it.
pub async fn classify(ctx: &Ctx, number: &str, seen: Option<i32>, class: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = open_beside(&tx, ctx, number, seen).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    require_text(ctx, &found)?;
    if !found.status.owes_answer() {
        return Err(Broken {
            status: found.status,
            event: Event::Verify,
        }
        .into());
    }
    let mut check = Check::new();
    let class = match class.trim() {
        "" => None,
        code => check.choice("class", code, Class::parse),
    };
    check.finish()?;
    let changes = complaint::ActiveModel {
        class: Set(class),
        ..Default::default()
    };
    store::save(&tx, &found, changes).await?;
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.classified")
        .in_unit(found.unit_id)
        .with(json!({ "class": class, "before": found.class }));
    audit::record(&tx, ctx, entry).await?;
    clocks::note_solution(&tx, ctx, found.id).await?;
    tx.commit().await?;
    Ok(())
}

/// Something is missing, and the citizen is told what. Their next message brings the complaint back.
pub async fn request_completion(
    ctx: &Ctx,
    number: &str,
    seen: Option<i32>,
    text: &str,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open(&tx, ctx, number, seen).await?;
    ctx.require(Permission::AnswerComplaint, place(&found))?;
    require_text(ctx, &found)?;
    let mut check = Check::new();
    let text = check.text("text", text, 5, 3000);
    check.finish()?;
    let reporter = identity::read(&tx, &ctx.app, found.id).await?;
    keeps_anonymous(ctx, &found, &text, &reporter)?;
    let message = add_message(&tx, ctx, &found, MessageKind::Question, text.clone()).await?;
    let told = json!({ "reason": text, "message": message });
    make(
        &tx,
        ctx,
        &found,
        Event::RequestCompletion,
        unchanged(),
        told,
    )
    .await?;
    emails::news(&tx, ctx, &found, &unit, Told::Asked).await?;
    tx.commit().await?;
    Ok(())
}

/// Somebody works on it from now on.
pub async fn start(ctx: &Ctx, number: &str, seen: Option<i32>) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = open_beside(&tx, ctx, number, seen).await?;
    ctx.require(Permission::AnswerComplaint, place(&found))?;
    require_text(ctx, &found)?;
    make(&tx, ctx, &found, Event::Start, unchanged(), json!({})).await?;
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

pub(in crate::complaints) async fn close_as(
    tx: &Tx,
    ctx: &Ctx,
    found: &complaint::Model,
    by: &'static str,
) -> Result<()> {
    let changes = complaint::ActiveModel {
        closed_at: Set(Some(ctx.now)),
        ..Default::default()
    };
    make(tx, ctx, found, Event::Close, changes, json!({ "by": by })).await
}

/// The deadline of what is opened again: a new one, from now, by the policy that it was received under.
pub(in crate::complaints) async fn new_deadline(
    tx: &Tx,
    ctx: &Ctx,
    found: &complaint::Model,
    unit: &Unit,
) -> Result<(DateTime<Utc>, Explanation)> {
    let now = ctx.now.with_timezone(&organisation::zone_of(unit)?);
    explain::again(tx, found, now).await
}

/// An officer takes it up again: what was closed, refused, forwarded or merged by mistake.
pub async fn reopen(ctx: &Ctx, number: &str, seen: Option<i32>, reason: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open(&tx, ctx, number, seen).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    require_text(ctx, &found)?;
    let mut check = Check::new();
    let reason = check.text("reason", reason, 5, 1000);
    check.finish()?;
    let (due_at, explanation) = new_deadline(&tx, ctx, &found, &unit).await?;
    let undone = parting::undo(&tx, ctx, &found).await?;
    let changes = complaint::ActiveModel {
        due_at: Set(due_at),
        explanation: Set(explanation),
        closed_at: Set(None),
        merged_into: Set(None),
        ..parting::changes(undone.as_ref())
    };
    let mut told = json!({ "reason": reason, "due_before": found.due_at, "due_at": due_at });
    let mut news = Told::TakenUp;
    if let Some(undone) = &undone {
        told["cause"] = json!("merge_undone");
        told["withdrawn"] = json!(undone.withdrawn);
        if !undone.withdrawn.is_empty() {
            news = Told::TakenBack;
        }
    }
    make(&tx, ctx, &found, Event::Reopen, changes, told).await?;
    let now = store::get(&tx, found.id).await?;
    emails::news(&tx, ctx, &now, &unit, news).await?;
    tx.commit().await?;
    Ok(())
}

/// Why a complaint is not worked on, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    /// `unclear` or `duplicate`.
    pub reason: String,
    /// The number of the other, for a duplicate.
    pub main: String,
    /// What the citizen reads; may be empty for a duplicate.
    pub text: String,
}

/// It cannot be worked on. A duplicate is merged, so that nobody waits for an answer that never comes.
pub async fn reject(ctx: &Ctx, number: &str, seen: Option<i32>, refusal: &Refusal) -> Result<()> {
    if refusal.reason.trim() == "duplicate" {
        let merging = merging::Merging {
            main: refusal.main.clone(),
            text: refusal.text.clone(),
            ..Default::default()
        };
        return match merging::merge(ctx, number, seen, &merging).await {
            // The choice that a closed one asks for is made with the merge alone.
            Err(Error::Invalid(faults)) if faults.iter().any(|fault| fault.field == "reply") => {
                Err(refused("main", "complaints-reject-into-closed"))
            }
            other => other,
        };
    }
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open(&tx, ctx, number, seen).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    require_text(ctx, &found)?;
    let mut check = Check::new();
    check.choice("reason", &refusal.reason, |code| {
        (code == "unclear").then_some(())
    });
    let text = check.text("text", &refusal.text, 10, 1000);
    check.finish()?;
    let told = json!({ "cause": "unclear", "reason": text });
    make(&tx, ctx, &found, Event::Reject, unchanged(), told).await?;
    emails::news(&tx, ctx, &found, &unit, Told::Rejected).await?;
    tx.commit().await?;
    Ok(())
}

/// To whom a complaint goes that this office may not decide, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Forwarding {
    pub body: String,
    /// What the citizen reads: how it goes on there.
    pub text: String,
}

/// Another body is responsible; the citizen is told which.
pub async fn forward(ctx: &Ctx, number: &str, seen: Option<i32>, to: &Forwarding) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open(&tx, ctx, number, seen).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    require_text(ctx, &found)?;
    let mut check = Check::new();
    let body = check.line("body", &to.body, 3, 150);
    let text = check.optional("text", &to.text, 1000);
    check.finish()?;
    let told = json!({ "body": body, "reason": text });
    make(&tx, ctx, &found, Event::Forward, unchanged(), told).await?;
    emails::news(&tx, ctx, &found, &unit, Told::Forwarded).await?;
    tx.commit().await?;
    Ok(())
}

/// The citizen said, by telephone or at the counter, that they do not want it any more.
pub async fn withdraw(ctx: &Ctx, number: &str, seen: Option<i32>, reason: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open(&tx, ctx, number, seen).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    require_text(ctx, &found)?;
    let mut check = Check::new();
    let reason = check.text("reason", reason, 5, 1000);
    check.finish()?;
    let told = json!({ "reason": reason, "by": "office" });
    make(&tx, ctx, &found, Event::Withdraw, unchanged(), told).await?;
    emails::news(&tx, ctx, &found, &unit, Told::Withdrawn).await?;
    tx.commit().await?;
    Ok(())
}

/// Refused, with the field that the choice stands in.
pub(super) fn refused(field: &str, key: &str) -> Error {
    Error::field(field, Message::new(key))
}
