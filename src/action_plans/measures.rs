//! By what an action is measured: what its owners choose beside what its sources lead to. What there is to choose from
//! belongs to other capabilities, so composition hands it over.

use std::collections::HashMap;

use futures::future::BoxFuture;
use sea_orm::ConnectionTrait;

use super::{
    entity::{
        ActionItemId,
        action_item::Status,
        action_measure::{MeasureKind, Model as Measure},
    },
    rules::{Broken, Move},
    service::{THING, for_change},
    store as items, store_measures as store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    organisation::UnitId,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

/// Something by which actions of a unit can be measured, named in the caller's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measurable {
    pub kind: MeasureKind,
    pub id: String,
    pub name: String,
}

/// What there is to choose from in a unit.
pub type MeasureChoices = for<'a> fn(&'a Ctx, UnitId) -> BoxFuture<'a, Result<Vec<Measurable>>>;

/// By what an action is measured, in the order in which it was chosen.
pub async fn measures_of(
    db: &impl ConnectionTrait,
    action: ActionItemId,
) -> Result<Vec<(MeasureKind, String)>> {
    let rows = store::of_action(db, action).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.kind, row.measured_by))
        .collect())
}

/// By what of one kind the actions of a unit are measured, by action.
pub async fn measures_in(
    db: &impl ConnectionTrait,
    unit: UnitId,
    kind: MeasureKind,
) -> Result<HashMap<ActionItemId, Vec<String>>> {
    let mut found: HashMap<ActionItemId, Vec<String>> = HashMap::new();
    for row in store::of_unit(db, unit, kind).await? {
        let chosen = found.entry(row.action_id).or_default();
        chosen.push(row.measured_by);
    }
    Ok(found)
}

/// Measures an action by one of the choices of its unit. Choosing twice is the same as once.
pub async fn choose(
    ctx: &Ctx,
    action: ActionItemId,
    choices: MeasureChoices,
    (kind, id): (MeasureKind, &str),
) -> Result<()> {
    let chosen = named(ctx, action, choices, (kind, id))
        .await?
        .ok_or_else(|| Error::field("measure", Message::new("action-measure-unknown")))?;
    let tx = ctx.app.db.begin_write().await?;
    add(&tx, ctx, action, chosen).await?;
    Ok(tx.commit().await?)
}

/// The choice of this id among those of the action's unit.
async fn named(
    ctx: &Ctx,
    action: ActionItemId,
    choices: MeasureChoices,
    (kind, id): (MeasureKind, &str),
) -> Result<Option<Measurable>> {
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let item = items::visible(&ctx.app.db, &scope, action).await?;
    let offered = choices(ctx, item.unit_id).await?;
    let mut same = offered.into_iter();
    Ok(same.find(|one| one.kind == kind && one.id == id))
}

/// The services of a unit that actions say they are about, by code and name.
pub async fn services(
    ctx: &Ctx,
    unit: UnitId,
    choices: MeasureChoices,
) -> Result<Vec<(String, String)>> {
    let chosen = store::services(&ctx.app.db, unit).await?;
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let known = choices(ctx, unit).await?.into_iter();
    let services = known.filter(|one| one.kind == MeasureKind::Service && chosen.contains(&one.id));
    Ok(services.map(|one| (one.id, one.name)).collect())
}

/// Verified it keeps what it is measured by: chosen once the figures are there, it would measure what looks best.
pub fn may_measure(status: Status) -> Result<()> {
    match status {
        Status::Cancelled => Err(Broken::Transition(status, Move::Progress).into()),
        Status::Verified => Err(Error::rule(
            "action.verified",
            Message::new("rule-action-verified-measures"),
        )),
        Status::Open | Status::InProgress | Status::Done => Ok(()),
    }
}

async fn add(tx: &Tx, ctx: &Ctx, action: ActionItemId, chosen: Measurable) -> Result<()> {
    let item = for_change(tx, ctx, action, None, Permission::ReportProgress).await?;
    may_measure(item.status)?;
    let row = Measure {
        id: uuid::Uuid::now_v7(),
        unit_id: item.unit_id,
        action_id: action,
        kind: chosen.kind,
        measured_by: chosen.id.clone(),
        created_at: ctx.now,
    };
    if !store::first(tx, row).await? {
        return Ok(());
    }
    let entry = audit::Entry::new(THING, action.0, "action.measure_added")
        .in_unit(item.unit_id)
        .with(serde_json::json!({
            "kind": chosen.kind, "measured_by": chosen.id, "label": chosen.name,
        }));
    audit::record(tx, ctx, entry).await
}

/// Measures it by this no more; the history keeps that it was chosen.
pub async fn leave(
    ctx: &Ctx,
    action: ActionItemId,
    choices: MeasureChoices,
    (kind, id): (MeasureKind, &str),
) -> Result<()> {
    // What was taken out of the list since keeps its id as its name.
    let found = named(ctx, action, choices, (kind, id)).await?;
    let known = found.is_some();
    let label = found.map_or_else(|| id.to_owned(), |one| one.name);
    let tx = ctx.app.db.begin_write().await?;
    let item = for_change(&tx, ctx, action, None, Permission::ReportProgress).await?;
    may_measure(item.status)?;
    if !store::delete(&tx, action, (kind, id)).await? {
        // Pressed twice it is gone; what nobody can choose was never there.
        return if known { Ok(()) } else { Err(Error::NotFound) };
    }
    let entry = audit::Entry::new(THING, action.0, "action.measure_removed")
        .in_unit(item.unit_id)
        .with(serde_json::json!({ "kind": kind, "measured_by": id, "label": label }));
    audit::record(&tx, ctx, entry).await?;
    Ok(tx.commit().await?)
}
