//! The plan of a unit and year as a whole: what was promised and what became of it, for the matrix of the yearly
//! evaluation and for who looks for loose ends.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ConnectionTrait;

use super::{
    LinkedAction,
    entity::{
        ActionItemId, action_item::Model as ActionItem, action_milestone::Model as Milestone,
        action_progress::Model as Progress, action_source::Model as Source,
    },
    rules::{self, Lack, Speed},
    store, store_steps, views,
};
use crate::{
    access::{Ctx, Permission},
    organisation::{self, Unit, UnitId},
    platform::error::Result,
};

/// One action of a plan with all that belongs to it.
#[derive(Clone, Debug)]
pub struct YearRow {
    pub item: ActionItem,
    pub division: Option<String>,
    /// The office that answers for it.
    pub owner: Option<String>,
    /// As this reader may read them.
    pub sources: Vec<Source>,
    pub milestones: Vec<Milestone>,
    pub entries: Vec<Progress>,
    pub evidence: usize,
    pub late: bool,
    pub speed: Speed,
    pub lacks: Vec<Lack>,
}

impl YearRow {
    /// The action as others name it.
    #[must_use]
    pub fn linked(&self) -> LinkedAction {
        LinkedAction::of(self.item.clone())
    }

    /// The local day on which it was handed in as done, from which its speed is counted: what the head looks at weeks later
    /// was not late for that.
    #[must_use]
    pub fn handed_in(&self, zone: chrono_tz::Tz) -> Option<NaiveDate> {
        let at = self.item.finished_at;
        at.map(|at| at.with_timezone(&zone).date_naive())
    }
}

/// The actions in the plan of a year, made for it or carried over into it, by their codes.
pub async fn plan_of(ctx: &Ctx, unit: &Unit, year: i32) -> Result<Vec<YearRow>> {
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let db = &ctx.app.db;
    let zone = organisation::zone_of(unit)?;
    let today = ctx.today_in(zone);
    let mut items = store_steps::of_year(db, unit.id, year).await?;
    items.retain(|item| scope.covers(item.unit_id, item.division_id));
    let ids: Vec<_> = items.iter().map(|item| item.id).collect();
    let sources = views::sources(ctx, ids.clone()).await?;
    let milestones = store_steps::milestones_of(db, ids.clone()).await?;
    let entries = store::progress_of_many(db, ids).await?;
    let divisions = organisation::divisions(db, unit.id).await?;
    let officials = organisation::officials(db, unit.id).await?;
    let local = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).date_naive();
    let rows = items.into_iter().map(|item| {
        let division = divisions
            .iter()
            .find(|one| Some(one.id) == item.division_id);
        let owner = officials.iter().find(|one| Some(one.id) == item.owner_id);
        let of = |entry: &&Progress| entry.action_id == item.id;
        let entries: Vec<Progress> = entries.iter().filter(of).cloned().collect();
        let evidence = entries.iter().map(|entry| entry.files.0.len()).sum();
        let late = item.status.is_unfinished() && item.due_on < today;
        // The head of the division answers where no official is named.
        let owned = item.owner_id.is_some() || item.division_id.is_some();
        YearRow {
            division: division.map(|one| one.name.clone()),
            owner: owner
                .map(|one| one.office.clone())
                .or_else(|| division.map(|one| one.head_position.clone())),
            sources: sources
                .iter()
                .filter(|one| one.action_id == item.id)
                .cloned()
                .collect(),
            milestones: milestones
                .iter()
                .filter(|one| one.action_id == item.id)
                .cloned()
                .collect(),
            speed: rules::speed(local(item.created_at), item.finished_at.map(local)),
            lacks: rules::lacks(item.status, owned, late, evidence),
            entries,
            evidence,
            late,
            item,
        }
    });
    Ok(rows.collect())
}

/// What the head of a unit verified between two moments; by code.
pub async fn verified_between(
    db: &impl ConnectionTrait,
    unit: UnitId,
    span: (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<ActionItem>> {
    store_steps::verified_between(db, unit, span).await
}

/// What these actions come from, in the order in which it was linked.
pub async fn sources_of_items(
    db: &impl ConnectionTrait,
    items: &[ActionItemId],
) -> Result<Vec<Source>> {
    store::sources_of(db, items.to_vec()).await
}

/// An action with what it comes from; who asks for it has shown that they may see it.
pub async fn with_sources(
    db: &impl ConnectionTrait,
    id: ActionItemId,
) -> Result<(ActionItem, Vec<Source>)> {
    let item = store::get(db, id).await?;
    Ok((item, store::sources_of(db, vec![id]).await?))
}
