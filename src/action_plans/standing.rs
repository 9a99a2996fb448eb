//! How the actions of a unit stand, counted by the database: by the division that works on them, by the official who
//! answers for them, and in which state; and what the plan of a year lacks. For dashboards: nothing is read item by item.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{
    entity::action_item::{Column, Status},
    rules::Lack,
    store_standing::{self, Lacking, Standing},
    views,
};
use crate::{
    access::{Ctx, Permission},
    organisation::{self, Division, Official, Unit},
    platform::error::Result,
};

/// What a division works on, or an official answers for; one row of a list may be what nobody does.
#[derive(Clone, Debug)]
pub struct OwnerRow<Owner> {
    pub owner: Option<Owner>,
    pub late: i64,
    pub stalled: i64,
    pub counts: HashMap<Status, i64>,
}

impl<Owner> OwnerRow<Owner> {
    fn of(owner: Option<Owner>) -> Self {
        Self {
            owner,
            late: 0,
            stalled: 0,
            counts: HashMap::new(),
        }
    }

    #[must_use]
    pub fn count(&self, status: Status) -> i64 {
        self.counts.get(&status).copied().unwrap_or_default()
    }
}

/// All actions of a unit that the caller may see, by division: those with late ones first, then those that stand still.
/// Divisions without an action are left out.
pub async fn by_division(ctx: &Ctx, unit: &Unit) -> Result<Vec<OwnerRow<Division>>> {
    let found = counted(ctx, unit, Column::DivisionId).await?;
    let divisions = organisation::divisions(&ctx.app.db, unit.id).await?;
    Ok(rows(divisions, |one| one.id.0, &found))
}

/// The same by the official who answers for them by name, also one who left the office since.
pub async fn by_official(ctx: &Ctx, unit: &Unit) -> Result<Vec<OwnerRow<Official>>> {
    let found = counted(ctx, unit, Column::OwnerId).await?;
    let officials = organisation::officials_ever(&ctx.app.db, unit.id).await?;
    Ok(rows(officials, |one| one.id.0, &found))
}

async fn counted(ctx: &Ctx, unit: &Unit, owner: Column) -> Result<Vec<Standing>> {
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let days = (today(ctx, unit)?, views::quiet(ctx, unit)?);
    store_standing::by(owner, &ctx.app.db, &scope, unit.id, days).await
}

/// A row for each owner who has an action, and one for what nobody has.
fn rows<Owner>(
    owners: Vec<Owner>,
    id: impl Fn(&Owner) -> uuid::Uuid,
    found: &[Standing],
) -> Vec<OwnerRow<Owner>> {
    let owners = owners.into_iter().map(Some).chain([None]);
    let mut rows: Vec<OwnerRow<Owner>> = owners
        .map(|owner| {
            let own = owner.as_ref().map(&id);
            let mut row = OwnerRow::of(owner);
            for one in found.iter().filter(|one| one.of == own) {
                row.late += one.late;
                row.stalled += one.stalled;
                *row.counts.entry(one.status).or_default() += one.count;
            }
            row
        })
        .collect();
    rows.retain(|row| !row.counts.is_empty());
    rows.sort_by_key(|row| std::cmp::Reverse((row.late, row.stalled)));
    rows
}

/// How often the plan of a year lacks something, as far as the caller sees it.
pub async fn lacking(ctx: &Ctx, unit: &Unit, year: i32) -> Result<[(Lack, i64); 4]> {
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let db = &ctx.app.db;
    let Lacking {
        owner,
        late,
        evidence,
        verification,
    } = store_standing::lacking(db, &scope, (unit.id, year), today(ctx, unit)?).await?;
    Ok([
        (Lack::Owner, owner),
        (Lack::Late, late),
        (Lack::Evidence, evidence),
        (Lack::Verification, verification),
    ])
}

fn today(ctx: &Ctx, unit: &Unit) -> Result<NaiveDate> {
    Ok(ctx.today_in(organisation::zone_of(unit)?))
}
