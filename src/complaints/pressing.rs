//! What presses in a unit: how many complaints are open, late, or will be late soon, and the first of them with who has
//! them. For who leads a unit, and for who looks at several side by side.

use chrono::{DateTime, Utc};

use super::{
    entity::complaint,
    finding::{self, View},
    letters,
    viewing::{self, OverviewRow},
};
use crate::{
    access::{self, Ctx, Permission},
    organisation::{self, Unit},
    platform::error::Result,
};

/// What is late or will be, as one of the inbox's views holds it.
#[derive(Clone, Debug)]
pub struct Group {
    pub view: View,
    pub count: u64,
    /// What is due first at the head.
    pub rows: Vec<PressingRow>,
}

impl Group {
    fn new(view: View, count: u64) -> Self {
        Self {
            view,
            count,
            rows: Vec::new(),
        }
    }
}

#[derive(Clone, Debug)]
pub struct PressingRow {
    pub row: OverviewRow,
    /// The person who has it, else the division; none where nobody has.
    pub owner: Option<String>,
}

/// What presses in a unit, as far as the caller sees into it.
#[derive(Clone, Debug)]
pub struct Pressing {
    pub open: u64,
    pub unassigned: u64,
    /// Late, late after the next working day, and the working day after that.
    pub groups: [Group; 3],
}

/// None for who sees no complaint there. Of each group so many rows.
pub async fn pressing(ctx: &Ctx, unit: &Unit, most: u64) -> Result<Option<Pressing>> {
    let scope = ctx.scope(Permission::ViewComplaints);
    let db = &ctx.app.db;
    let parts = finding::divisions_of(db, unit.id, &scope).await?;
    if parts.is_empty() {
        return Ok(None);
    }
    let days = viewing::days_of(db, unit).await?;
    let at = (ctx.now, &days);
    let views = [
        View::Late,
        View::Soon,
        View::DayAfter,
        View::Open,
        View::Unassigned,
    ];
    let [late, soon, after, open, unassigned] = finding::counts_of(db, &parts, views, at).await?;
    let divisions = organisation::divisions(db, unit.id).await?;
    let mut groups = [
        Group::new(View::Late, late),
        Group::new(View::Soon, soon),
        Group::new(View::DayAfter, after),
    ];
    for group in &mut groups {
        if group.count == 0 {
            continue;
        }
        let rows = finding::first_of(db, parts.clone(), group.view, at, most).await?;
        group.rows = owned(ctx, rows, &divisions, ctx.now).await?;
    }
    Ok(Some(Pressing {
        open,
        unassigned,
        groups,
    }))
}

async fn owned(
    ctx: &Ctx,
    rows: Vec<complaint::Model>,
    divisions: &[organisation::Division],
    now: DateTime<Utc>,
) -> Result<Vec<PressingRow>> {
    let people = rows.iter().filter_map(|row| row.assignee_id).collect();
    let names = access::person_names(&ctx.app.db, people).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let person = row.assignee_id.and_then(|id| names.get(&id).cloned());
            let division = divisions.iter().find(|one| Some(one.id) == row.division_id);
            PressingRow {
                owner: person.or_else(|| division.map(|one| one.name.clone())),
                row: OverviewRow::of(row, now),
            }
        })
        .collect())
}

/// (open, late) of a unit; none for who sees no complaint there.
pub async fn open_and_late(ctx: &Ctx, unit: &Unit) -> Result<Option<(u64, u64)>> {
    let scope = ctx.scope(Permission::ViewComplaints);
    let parts = finding::divisions_of(&ctx.app.db, unit.id, &scope).await?;
    if parts.is_empty() {
        return Ok(None);
    }
    finding::open_and_late(&ctx.app.db, &parts, ctx.now)
        .await
        .map(Some)
}

/// The numbers of the complaints whose letter of clarification is written and not issued, the oldest letter first; for
/// who sees the whole unit.
pub async fn unsigned_letters(ctx: &Ctx, unit: &Unit) -> Result<Vec<String>> {
    if !ctx.may(Permission::ViewComplaints, unit.id) {
        return Ok(Vec::new());
    }
    letters::unissued(&ctx.app.db, unit.id).await
}
