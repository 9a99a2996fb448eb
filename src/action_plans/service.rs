//! Use cases of the action plan: making an item, reporting progress, finishing, verifying.

use chrono::{Datelike as _, NaiveDate};
use sea_orm::ActiveValue::Set;

use super::{
    entity::{
        ActionItemId,
        action_item::{self, Status},
    },
    rules, store,
};
use crate::{
    access::{Ctx, Permission, Place},
    audit,
    organisation::{DivisionId, OfficialId, UnitId},
    platform::{db::Tx, error::Result},
};

/// A promise, checked at the border.
#[derive(Clone, Debug)]
pub struct NewAction {
    pub unit: UnitId,
    pub title: String,
    pub description: String,
    pub division: Option<DivisionId>,
    pub owner: Option<OfficialId>,
    pub due_on: NaiveDate,
    pub indicator: String,
    pub target: String,
}

/// Adds an item to the plan of the year in which it is due.
pub async fn create(tx: &Tx, ctx: &Ctx, new: NewAction) -> Result<ActionItemId> {
    ctx.require(
        Permission::ManageActions,
        Place {
            unit: new.unit,
            division: new.division,
        },
    )?;
    let year = new.due_on.year();
    let number = store::last_number(tx, new.unit, year).await? + 1;
    let id = ActionItemId::new();
    let code = rules::code(year, number);
    let row = action_item::ActiveModel {
        id: Set(id),
        unit_id: Set(new.unit),
        code: Set(code.clone()),
        year: Set(year),
        number: Set(number),
        title: Set(new.title),
        description: Set(new.description),
        division_id: Set(new.division),
        owner_id: Set(new.owner),
        due_on: Set(new.due_on),
        indicator: Set(new.indicator),
        target: Set(new.target),
        status: Set(Status::Open),
        progress: Set(0),
        finished_at: Set(None),
        finished_by: Set(None),
        verified_at: Set(None),
        verified_by: Set(None),
        version: Set(1),
        created_at: Set(ctx.now),
    };
    store::insert(tx, row).await?;
    let entry = audit::Entry::new("action_item", id.0, "action.created")
        .in_unit(new.unit)
        .with(serde_json::json!({ "code": code }));
    audit::record(tx, ctx, entry).await?;
    Ok(id)
}
