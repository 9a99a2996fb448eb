//! How the actions of a unit stand, counted by the database: by who works on them and in which state, and what the plan
//! of a year lacks. For dashboards: nothing is read item by item.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{
    entity::action_item::Status,
    rules::Lack,
    store_standing::{self, Lacking},
    views,
};
use crate::{
    access::{Ctx, Permission},
    organisation::{self, Division, Unit},
    platform::error::Result,
};

/// What a division works on; the last of a list may be what nobody does.
#[derive(Clone, Debug)]
pub struct OwnerRow {
    pub division: Option<Division>,
    pub late: i64,
    pub stalled: i64,
    pub counts: HashMap<Status, i64>,
}

impl OwnerRow {
    fn of(division: Option<Division>) -> Self {
        Self {
            division,
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
pub async fn by_owner(ctx: &Ctx, unit: &Unit) -> Result<Vec<OwnerRow>> {
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let db = &ctx.app.db;
    let today = today(ctx, unit)?;
    let quiet = views::quiet(ctx, unit)?;
    let found = store_standing::by_owner(db, &scope, unit.id, (today, quiet)).await?;
    let divisions = organisation::divisions(db, unit.id).await?;
    let mut rows: Vec<OwnerRow> = divisions
        .into_iter()
        .map(|one| OwnerRow::of(Some(one)))
        .collect();
    rows.push(OwnerRow::of(None));
    for one in found {
        let of = |row: &&mut OwnerRow| row.division.as_ref().map(|one| one.id) == one.division;
        if let Some(row) = rows.iter_mut().find(of) {
            row.late += one.late;
            row.stalled += one.stalled;
            *row.counts.entry(one.status).or_default() += one.count;
        }
    }
    rows.retain(|row| !row.counts.is_empty());
    rows.sort_by_key(|row| std::cmp::Reverse((row.late, row.stalled)));
    Ok(rows)
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
