//! The units that somebody supervises, side by side: no names of people, no words of a case.

use super::{
    figures::{self, UnitFigures},
    rules::{self, Keys, SortBy},
};
use crate::{
    access::{Ctx, Permission},
    organisation::{self, Unit},
    platform::error::{Error, Result},
    surveys::{results, rules::trend::Unlike},
};

/// A unit in the table.
pub struct UnitRow {
    pub figures: UnitFigures,
    /// Why its index cannot be held against those of most others; empty when it can.
    pub unlike: Vec<Unlike>,
    keys: Keys,
}

/// The units of a supervisor in a year.
pub struct UnitsTable {
    pub year: i32,
    pub rows: Vec<UnitRow>,
    /// The offices above them, of which one can be chosen; empty where there is none.
    pub parents: Vec<Unit>,
    pub chosen: Option<Unit>,
}

/// The units that the caller supervises; those below one office, if it is named.
pub async fn read(ctx: &Ctx, year: i32, parent: &str, by: SortBy) -> Result<UnitsTable> {
    let scope = ctx.require_scope(Permission::ViewUnits)?;
    let db = &ctx.app.db;
    let mut units = organisation::units(db).await?;
    units.retain(|unit| scope.covers(unit.id, None));
    let above = units.iter().filter_map(|unit| unit.parent_id).collect();
    let mut parents = organisation::units_by_id(db, above).await?;
    parents.sort_by(|one, other| one.name.cmp(&other.name));
    let chosen = match parent {
        "" => None,
        code => {
            let found = parents.iter().find(|one| one.code == code);
            Some(found.cloned().ok_or(Error::NotFound)?)
        }
    };
    if let Some(parent) = &chosen {
        units.retain(|unit| unit.parent_id == Some(parent.id));
    }
    let forums = figures::forums_of(ctx).await?;
    let mut all = Vec::with_capacity(units.len());
    for unit in &units {
        all.push(figures::of_unit(ctx, unit, year, &forums).await?);
    }
    Ok(UnitsTable {
        year,
        rows: sorted(rows_of(all), by),
        parents,
        chosen,
    })
}

/// Each unit with what keeps its index from being compared.
fn rows_of(all: Vec<UnitFigures>) -> Vec<UnitRow> {
    let result = |at: usize| all[at].index.as_ref().map(|seen| &seen.result);
    // Units whose results follow the same rules share the place of the first of them.
    let groups: Vec<Option<usize>> = (0..all.len())
        .map(|at| {
            let own = result(at)?;
            let alike = |earlier: &usize| {
                let other = result(*earlier);
                other.is_some_and(|other| results::unlike(own, other).is_empty())
            };
            (0..=at).find(alike)
        })
        .collect();
    let common = rules::most_common(&groups);
    let unlike: Vec<Vec<Unlike>> = (0..all.len())
        .map(|at| match (result(at), common.and_then(result)) {
            (Some(own), Some(common)) => results::unlike(own, common),
            _ => Vec::new(),
        })
        .collect();
    let rows = all.into_iter().zip(unlike);
    rows.map(|(figures, unlike)| UnitRow {
        keys: keys(&figures, !unlike.is_empty()),
        figures,
        unlike,
    })
    .collect()
}

fn keys(of: &UnitFigures, unlike: bool) -> Keys {
    let ikm = of.index.as_ref().and_then(|seen| seen.result.ikm.as_ref());
    let sums = of.answers.as_ref().map(|answers| answers.year.1);
    Keys {
        name: of.unit.short_name.clone(),
        // Two decimals, always.
        index: ikm.and_then(|ikm| ikm.replace('.', "").parse().ok()),
        unlike,
        on_time: sums
            .filter(|sums| sums.answered > 0)
            .map(|sums| (sums.in_time, sums.answered)),
        late: of
            .complaints
            .map(|(_, late)| i64::try_from(late).unwrap_or(i64::MAX)),
        overdue: of.plan.map(|plan| plan.late),
        loose_ends: of.loose_ends(),
    }
}

fn sorted(rows: Vec<UnitRow>, by: SortBy) -> Vec<UnitRow> {
    let keys: Vec<Keys> = rows.iter().map(|row| row.keys.clone()).collect();
    let mut rows: Vec<Option<UnitRow>> = rows.into_iter().map(Some).collect();
    let places = rules::order(&keys, by).into_iter();
    places.filter_map(|at| rows[at].take()).collect()
}
