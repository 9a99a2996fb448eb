//! The registers as lists: numbers, states and clocks, and nobody's name.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, Utc};
use uuid::Uuid;

use super::{
    entity::{breach::Model as Breach, request::Model as Request},
    store,
};
use crate::{
    access::{Ctx, Permission},
    organisation::{self, Unit, UnitId},
    platform::{error::Result, web::paging::Slice},
};

pub type Place = (DateTime<Utc>, Uuid);

/// A piece of a register with the units that it is of.
pub struct Piece<T> {
    pub rows: Vec<T>,
    pub next: Option<String>,
    units: HashMap<UnitId, Unit>,
}

impl<T> Piece<T> {
    #[must_use]
    pub fn code(&self, unit: UnitId) -> String {
        let unit = self.units.get(&unit);
        unit.map_or_else(String::new, |unit| unit.code.clone())
    }

    /// A moment with the offset of its unit.
    pub fn local(&self, unit: UnitId, at: DateTime<Utc>) -> Result<DateTime<FixedOffset>> {
        let zone = match self.units.get(&unit) {
            Some(unit) => organisation::zone_of(unit)?,
            None => chrono_tz::UTC,
        };
        Ok(at.with_timezone(&zone).fixed_offset())
    }
}

async fn units(ctx: &Ctx) -> Result<HashMap<UnitId, Unit>> {
    let all = organisation::units(&ctx.app.db).await?;
    Ok(all.into_iter().map(|unit| (unit.id, unit)).collect())
}

/// Requests about data, the newest first.
pub async fn requests(
    ctx: &Ctx,
    open: Option<bool>,
    slice: &Slice<Place>,
) -> Result<Piece<Request>> {
    let scope = ctx.require_scope(Permission::ViewDataRequests)?;
    let rows = store::request_page(&ctx.app.db, &scope, open, slice.after, slice.limit + 1).await?;
    let (rows, next) = slice.cut(rows, |row| (row.received_at, row.id.0));
    Ok(Piece {
        rows,
        next,
        units: units(ctx).await?,
    })
}

/// Breaches, the last found first.
pub async fn breaches(ctx: &Ctx, slice: &Slice<Place>) -> Result<Piece<Breach>> {
    let scope = ctx.require_scope(Permission::HandleBreaches)?;
    let rows = store::breach_page(&ctx.app.db, &scope, slice.after, slice.limit + 1).await?;
    let (rows, next) = slice.cut(rows, |row| (row.found_at, row.id.0));
    Ok(Piece {
        rows,
        next,
        units: units(ctx).await?,
    })
}
