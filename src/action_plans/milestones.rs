//! The steps of an action, and the due date that was put off: what its progress and its speed are computed from.

use sea_orm::ActiveValue::Set;

use super::{
    due_days,
    entity::{
        ActionItemId, MilestoneId, action_extension,
        action_item::{self, Status},
        action_milestone::{self, Model as Milestone},
    },
    rules::{self, Broken},
    service::{THING, for_change, today},
    store, store_steps,
};
use crate::{
    access::{Ctx, Permission},
    audit, organisation,
    platform::{
        db::Tx,
        error::{Error, Result},
        traces,
        words::folded,
    },
};
use chrono::NaiveDate;

/// A step, checked at the border.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMilestone {
    pub title: String,
    pub due_on: NaiveDate,
}

/// More steps than anybody follows.
const MOST: usize = 20;

/// A promise whose steps are open is not kept: they are done with their evidence, or taken away, before it is handed in.
pub async fn all_done(tx: &Tx, item: ActionItemId) -> Result<()> {
    let steps = store_steps::milestones_of(tx, vec![item]).await?;
    match steps.iter().filter(|step| step.done_on.is_none()).count() {
        0 => Ok(()),
        open => Err(Broken::MilestonesOpen(open).into()),
    }
}

/// What the bar says from now on.
pub async fn computed(tx: &Tx, item: ActionItemId, status: Status) -> Result<i32> {
    let milestones = store_steps::milestones_of(tx, vec![item]).await?;
    let entries = store::progress_of(tx, item).await?;
    let done = milestones
        .iter()
        .filter(|one| one.done_on.is_some())
        .count();
    let facts = rules::Facts {
        milestones: milestones.len(),
        done,
        reported: !entries.is_empty(),
        evidence: entries.iter().any(|entry| !entry.files.0.is_empty()),
    };
    Ok(rules::percent(status, facts))
}

/// Writes the bar anew, and whatever else changed.
pub async fn recounted(
    tx: &Tx,
    item: &action_item::Model,
    status: Status,
    row: action_item::ActiveModel,
) -> Result<()> {
    let row = action_item::ActiveModel {
        status: Set(status),
        progress: Set(computed(tx, item.id, status).await?),
        ..row
    };
    store::update(tx, row, item).await
}

/// Adds a step.
pub async fn add(
    ctx: &Ctx,
    id: ActionItemId,
    version: Option<i32>,
    new: NewMilestone,
) -> Result<MilestoneId> {
    let tx = ctx.app.db.begin_write().await?;
    let item = for_change(&tx, ctx, id, version, Permission::ManageActions).await?;
    traces::refuse_identity_numbers([("milestone_title", new.title.as_str())])?;
    let begun = local_day(&tx, &item, item.created_at).await?;
    rules::may_plan(item.status, new.due_on, (begun, item.due_on))?;
    let unit = organisation::unit(&tx, item.unit_id).await?;
    let within = (new.due_on, begun.min(item.due_on)..=item.due_on);
    if let Some(message) = due_days::refused(&tx, ctx, &unit, within).await? {
        return Err(Error::field("milestone_due_on", message));
    }
    let steps = store_steps::milestones_of(&tx, vec![id]).await?;
    if steps.len() >= MOST {
        return Err(Broken::TooManyMilestones(MOST).into());
    }
    // Of another day too: reports and reminders name a step by its words.
    let same = |one: &Milestone| folded(&one.title) == folded(&new.title);
    if steps.iter().any(same) {
        return Err(Broken::MilestoneTwice.into());
    }
    let step = Milestone {
        id: MilestoneId::new(),
        unit_id: item.unit_id,
        action_id: id,
        title: new.title.clone(),
        due_on: new.due_on,
        done_on: None,
        entry_id: None,
        created_at: ctx.now,
    };
    let milestone = step.id;
    store_steps::insert_milestone(&tx, step).await?;
    recounted(&tx, &item, item.status, action_item::ActiveModel::default()).await?;
    let entry = audit::Entry::new(THING, id.0, "action.milestone_added")
        .in_unit(item.unit_id)
        .with(serde_json::json!({ "title": new.title, "due": new.due_on }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(milestone)
}

/// The local day of a moment in the unit of an item.
pub async fn local_day(
    tx: &Tx,
    item: &action_item::Model,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<NaiveDate> {
    let unit = organisation::unit(tx, item.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    Ok(at.with_timezone(&zone).date_naive())
}

/// Takes a step away that is not done; what is done stays.
pub async fn remove(
    ctx: &Ctx,
    id: ActionItemId,
    version: i32,
    milestone: MilestoneId,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let item = for_change(&tx, ctx, id, Some(version), Permission::ManageActions).await?;
    let step = of(&tx, &item, milestone).await?;
    if step.done_on.is_some() || !item.status.is_unfinished() {
        return Err(Broken::MilestoneDone.into());
    }
    store_steps::delete_milestone(&tx, milestone).await?;
    recounted(&tx, &item, item.status, action_item::ActiveModel::default()).await?;
    let entry = audit::Entry::new(THING, id.0, "action.milestone_removed")
        .in_unit(item.unit_id)
        .with(serde_json::json!({ "title": step.title }));
    audit::record(&tx, ctx, entry).await?;
    Ok(tx.commit().await?)
}

/// A step of this action; one of another does not exist here.
pub async fn of(tx: &Tx, item: &action_item::Model, id: MilestoneId) -> Result<Milestone> {
    let found = store_steps::milestones_of(tx, vec![item.id]).await?;
    let mut same = found.into_iter().filter(|one| one.id == id);
    same.next().ok_or(Error::NotFound)
}

/// Notes that a step is done, with the entry that shows it.
pub async fn done(tx: &Tx, step: &Milestone, (entry, day): (uuid::Uuid, NaiveDate)) -> Result<()> {
    if step.done_on.is_some() {
        return Err(Broken::MilestoneDone.into());
    }
    let row = action_milestone::ActiveModel {
        done_on: Set(Some(day)),
        entry_id: Set(Some(entry)),
        ..Default::default()
    };
    store_steps::update_milestone(tx, step, row).await
}

/// Puts the due date off, with a reason that everybody reads. The first date stays as the baseline; a date
/// in a later year carries the action over into the plan of that year.
pub async fn extend(
    ctx: &Ctx,
    id: ActionItemId,
    version: Option<i32>,
    (due_to, reason): (NaiveDate, String),
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let item = for_change(&tx, ctx, id, version, Permission::ManageActions).await?;
    traces::refuse_identity_numbers([("extend_reason", reason.as_str())])?;
    let today = today(&tx, ctx, &item).await?;
    let steps = store_steps::milestones_of(&tx, vec![id]).await?;
    let last_step = steps.iter().map(|step| step.due_on).max();
    rules::may_extend(item.status, (item.due_on, due_to), today, last_step)?;
    let unit = organisation::unit(&tx, item.unit_id).await?;
    let from = due_days::extends_from(item.due_on, today, last_step);
    let within = (due_to, from..=NaiveDate::MAX);
    if let Some(message) = due_days::refused(&tx, ctx, &unit, within).await? {
        return Err(Error::field("new_due_on", message));
    }
    let into_year = rules::carried_into(item.carried_into.unwrap_or(item.year), due_to);
    let row = action_extension::Model {
        id: uuid::Uuid::now_v7(),
        unit_id: item.unit_id,
        action_id: id,
        due_from: item.due_on,
        due_to,
        into_year,
        reason: reason.clone(),
        by_id: ctx.person_id(),
        by_name: ctx
            .account()
            .map(|account| account.name.clone())
            .unwrap_or_default(),
        at: ctx.now,
    };
    store_steps::insert_extension(&tx, row).await?;
    let row = action_item::ActiveModel {
        due_on: Set(due_to),
        baseline_due_on: Set(Some(item.baseline_due_on.unwrap_or(item.due_on))),
        // Put forward again it stands in the plan of its new year alone.
        carried_into: Set(rules::carried_into(item.year, due_to)),
        ..Default::default()
    };
    store::update(&tx, row, &item).await?;
    let entry = audit::Entry::new(THING, id.0, "action.extended")
        .in_unit(item.unit_id)
        .with(serde_json::json!({
            "due_from": item.due_on, "due_to": due_to, "reason": reason, "into_year": into_year,
        }));
    audit::record(&tx, ctx, entry).await?;
    Ok(tx.commit().await?)
}
