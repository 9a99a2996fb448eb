//! How the actions of a unit stand, counted by the database: by the division that works on them, by the official who
//! answers for them, and in which state; and what the plan of a year lacks. For dashboards: nothing is read item by item.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    entity::action_item::Status,
    rules::Lack,
    store_standing::{self, Standing},
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

/// Who has the actions of a unit.
pub struct Owners {
    /// By division: those with late actions first, then those whose actions stand still. Divisions without an action are
    /// left out.
    pub divisions: Vec<OwnerRow<Division>>,
    /// The same by the official who answers for them by name, also one who left the office since.
    pub officials: Vec<OwnerRow<Official>>,
}

/// All actions of a unit that the caller may see, by those who have them; counted in one go.
pub async fn by_owner(ctx: &Ctx, unit: &Unit) -> Result<Owners> {
    let db = &ctx.app.db;
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let days = (today(ctx, unit)?, views::quiet(ctx, unit)?);
    let found = store_standing::by_owner(db, &scope, unit.id, days).await?;
    let divisions = organisation::divisions(db, unit.id).await?;
    let officials = organisation::officials_ever(db, unit.id).await?;
    Ok(Owners {
        divisions: rows(divisions, |one| one.id.0, |row| row.division, &found),
        officials: rows(officials, |one| one.id.0, |row| row.official, &found),
    })
}

/// A row for each owner who has an action, and one for what nobody has.
fn rows<Owner>(
    owners: Vec<Owner>,
    id: impl Fn(&Owner) -> Uuid,
    owner_of: impl Fn(&Standing) -> Option<Uuid>,
    found: &[Standing],
) -> Vec<OwnerRow<Owner>> {
    let owners = owners.into_iter().map(Some).chain([None]);
    let mut rows: Vec<OwnerRow<Owner>> = owners
        .map(|owner| {
            let own = owner.as_ref().map(&id);
            let mut row = OwnerRow::of(owner);
            for one in found.iter().filter(|one| owner_of(one) == own) {
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

/// How often the plan of a year lacks something.
pub type Lacks = [(Lack, i64); 4];

/// How often the plans of these years lack something, as far as the caller sees it.
pub async fn lacking<const N: usize>(
    ctx: &Ctx,
    unit: &Unit,
    years: [i32; N],
) -> Result<[Lacks; N]> {
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let db = &ctx.app.db;
    let found = store_standing::lacking(db, &scope, (unit.id, &years), today(ctx, unit)?).await?;
    Ok(years.map(|year| {
        let plan = || found.iter().filter(|row| row.is_of_plan(year));
        [
            (Lack::Owner, plan().map(|row| row.owner).sum()),
            (Lack::Late, plan().map(|row| row.late).sum()),
            (Lack::Evidence, plan().map(|row| row.evidence).sum()),
            (Lack::Verification, plan().map(|row| row.verification).sum()),
        ]
    }))
}

fn today(ctx: &Ctx, unit: &Unit) -> Result<NaiveDate> {
    Ok(ctx.today_in(organisation::zone_of(unit)?))
}
