//! What of the units somebody may see: whole units, and single divisions of others.

use super::filter::Part;
use crate::{
    access::{Ctx, Permission, Scope},
    organisation::{self, UnitId},
    platform::{db::Db, error::Result},
};

/// The divisions that the caller belongs to.
#[must_use]
pub fn own_divisions(ctx: &Ctx) -> Vec<Part> {
    let scope = ctx.scope(Permission::ViewComplaints);
    let grants = ctx.account().map(|account| &account.grants[..]);
    let mut parts: Vec<Part> = Vec::new();
    for grant in grants.unwrap_or_default() {
        if let (Some(unit), Some(division)) = (grant.unit_id, grant.division_id)
            && scope.covers(unit, Some(division))
        {
            let part = Part {
                unit,
                division: Some(division),
            };
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    parts
}

/// The parts of a scope: whole units, then divisions of others.
pub async fn parts_of(ctx: &Ctx, scope: &Scope) -> Result<Vec<Part>> {
    let units = if scope.everywhere {
        let all = organisation::units(&ctx.app.db).await?;
        all.into_iter().map(|unit| unit.id).collect()
    } else {
        scope.units.clone()
    };
    let whole = units.iter().map(|unit| Part {
        unit: *unit,
        division: None,
    });
    let mut parts: Vec<Part> = whole.collect();
    let others = own_divisions(ctx).into_iter();
    parts.extend(others.filter(|part| !units.contains(&part.unit)));
    Ok(parts)
}

/// The parts of one unit that a scope holds.
pub async fn divisions_of(db: &Db, unit: UnitId, scope: &Scope) -> Result<Vec<Part>> {
    if scope.covers(unit, None) {
        return Ok(vec![Part {
            unit,
            division: None,
        }]);
    }
    let divisions = organisation::divisions(db, unit).await?;
    let held = divisions
        .into_iter()
        .filter(|division| scope.divisions.contains(&division.id));
    Ok(held
        .map(|division| Part {
            unit,
            division: Some(division.id),
        })
        .collect())
}
