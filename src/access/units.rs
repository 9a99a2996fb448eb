//! Who works for several units says on a page for which of them: `?unit=CODE`. Without it, the first.

use serde::Serialize;

use super::{Ctx, Permission};
use crate::{
    organisation::{self, Unit},
    platform::error::{Error, Result},
};

/// The unit of this code in which the caller has the right, or the first; and all in which they have it.
pub async fn working_in(
    ctx: &Ctx,
    permission: Permission,
    code: &str,
) -> Result<(Unit, Vec<Unit>)> {
    let scope = ctx.require_scope(permission)?;
    let mut units = organisation::units(&ctx.app.db).await?;
    units.retain(|unit| scope.units.contains(&unit.id));
    if units.is_empty() {
        return Err(Error::Forbidden);
    }
    let found = match code {
        "" => units.first(),
        code => units.iter().find(|unit| unit.code == code),
    };
    Ok((found.cloned().ok_or(Error::NotFound)?, units))
}

/// One of the links that lead to the same page of another unit.
#[derive(Clone, Debug, Serialize)]
pub struct UnitLink {
    pub href: String,
    pub label: String,
    pub active: bool,
}

/// None for who works in one unit only.
#[must_use]
pub fn unit_links(page: &str, chosen: &Unit, all: &[Unit]) -> Vec<UnitLink> {
    if all.len() < 2 {
        return Vec::new();
    }
    all.iter()
        .map(|unit| UnitLink {
            href: format!("{page}?unit={}", unit.code),
            label: unit.short_name.clone(),
            active: unit.id == chosen.id,
        })
        .collect()
}
