//! Whose complaints somebody counts: the whole unit, or those of their division.

use sea_orm::{ColumnTrait as _, Condition};

use crate::{
    access::{Ctx, Permission, Scope},
    complaints::{entity::complaint::Column, viewing},
    organisation::{self, Unit, UnitId},
    platform::error::{Error, Result},
};

/// The unit that an address names, else the caller's own; what they may not see there does not exist.
pub async fn unit_of(ctx: &Ctx, code: &str) -> Result<(Unit, Scope)> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let home = viewing::home_unit(ctx).await;
    let unit = match code.trim() {
        "" => home?,
        code => {
            let unit = organisation::unit_by_code(&ctx.app.db, code).await?;
            let covered = scope.everywhere
                || scope.units.contains(&unit.id)
                || home.is_ok_and(|home| home.id == unit.id);
            if !covered {
                return Err(Error::NotFound);
            }
            unit
        }
    };
    Ok((unit, scope))
}

/// (code, name) of the units that the caller may choose between; none where there is one only.
pub async fn choices(ctx: &Ctx) -> Result<Vec<(String, String)>> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let units = organisation::units(&ctx.app.db).await?;
    let mine: Vec<_> = units
        .into_iter()
        .filter(|unit| scope.everywhere || scope.units.contains(&unit.id))
        .map(|unit| (unit.code, unit.name))
        .collect();
    Ok(if mine.len() > 1 { mine } else { Vec::new() })
}

/// The complaints of a unit that lie in a scope.
#[must_use]
pub fn within(unit: UnitId, scope: &Scope) -> Condition {
    let of_unit = Condition::all().add(Column::UnitId.eq(unit));
    if scope.everywhere || scope.units.contains(&unit) {
        return of_unit;
    }
    of_unit.add(Column::DivisionId.is_in(scope.divisions.iter().copied()))
}
