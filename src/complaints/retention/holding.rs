//! A legal hold: the case must stay whole, whatever its age.

use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{entity::hold, store};
use crate::{
    access::{Ctx, Permission},
    complaints::{entity::complaint, handling, rules, store as cases, trail},
    platform::{
        check::Check,
        error::{Error, Result},
    },
};

pub use hold::Model as Hold;

/// The holds of a case, the newest first.
pub async fn holds_of(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Vec<Hold>> {
    store::holds(db, of).await
}

/// Holds a case, with the reason. Pressed twice it is one hold.
pub async fn place(ctx: &Ctx, number: &str, reason: &str) -> Result<()> {
    match place_once(ctx, number, reason).await {
        Err(error) if error.is_conflict() && own(ctx, number, reason, true).await? => Ok(()),
        done => done,
    }
}

/// Ends the hold, likewise.
pub async fn release(ctx: &Ctx, number: &str, reason: &str) -> Result<()> {
    match release_once(ctx, number, reason).await {
        Err(error) if error.is_conflict() && own(ctx, number, reason, false).await? => Ok(()),
        done => done,
    }
}

/// Whether the newest hold of a case was placed, or ended, by the caller with these words.
async fn own(ctx: &Ctx, number: &str, reason: &str, placed: bool) -> Result<bool> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let db = &ctx.app.db;
    let found = cases::visible(db, &scope, &rules::read_number(number)).await?;
    let newest = holds_of(db, &found).await?.into_iter().next();
    Ok(newest.is_some_and(|hold| {
        let (by, why) = match placed {
            true => (hold.placed_by, Some(hold.reason)),
            false => (hold.released_by, hold.release_reason),
        };
        let stands = placed == hold.released_at.is_none();
        stands && by == ctx.person_id() && why.as_deref() == Some(reason.trim())
    }))
}

/// The complaint's version moves on, so that an anonymising run that read it before comes too late.
async fn place_once(ctx: &Ctx, number: &str, reason: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = handling::open(&tx, ctx, number, None).await?;
    ctx.require(Permission::HoldCase, found.unit_id)?;
    let mut check = Check::new();
    let reason = check.line("hold_reason", reason, 5, 300);
    check.finish()?;
    cases::save(&tx, &found, handling::unchanged()).await?;
    let row = hold::Model {
        id: Uuid::now_v7(),
        unit_id: found.unit_id,
        complaint_id: found.id,
        reason: reason.clone(),
        placed_by: ctx.person_id(),
        placed_at: ctx.now,
        release_reason: None,
        released_by: None,
        released_at: None,
    };
    let standing = store::holds(&tx, &found).await?;
    if standing.iter().any(|hold| hold.released_at.is_none()) {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    store::insert_hold(&tx, row).await?;
    let told = json!({ "reason": reason });
    trail::note(&tx, ctx, &found, "complaint.held", told).await?;
    tx.commit().await?;
    Ok(())
}

async fn release_once(ctx: &Ctx, number: &str, reason: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = handling::open(&tx, ctx, number, None).await?;
    ctx.require(Permission::HoldCase, found.unit_id)?;
    let mut check = Check::new();
    let reason = check.line("hold_reason", reason, 5, 300);
    check.finish()?;
    cases::save(&tx, &found, handling::unchanged()).await?;
    let standing = store::holds(&tx, &found).await?;
    let Some(hold) = standing.into_iter().find(|hold| hold.released_at.is_none()) else {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    };
    let ended = hold::Model {
        release_reason: Some(reason.clone()),
        released_by: ctx.person_id(),
        released_at: Some(ctx.now),
        ..hold
    };
    store::save_hold(&tx, ended).await?;
    let told = json!({ "reason": reason });
    trail::note(&tx, ctx, &found, "complaint.released", told).await?;
    tx.commit().await?;
    Ok(())
}
