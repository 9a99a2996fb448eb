//! Actions as a plan on paper names them: what, by whom, until when.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ConnectionTrait;

use super::{
    budget::Budget,
    entity::{
        ActionItemId,
        action_item::{Model as ActionItem, Status},
    },
    store,
};
use crate::{organisation, platform::error::Result};

/// One line of a printed plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub id: ActionItemId,
    pub code: String,
    pub title: String,
    /// The office that answers for it, else the division.
    pub owner: String,
    pub due_on: NaiveDate,
    pub indicator: String,
    pub budget: Budget,
    pub status: Status,
    pub created_at: DateTime<Utc>,
    /// When the head verified it: what is only handed in as done may be sent back, and goes on.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Who answers for an action, and the year whose budget pays for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backing {
    pub id: ActionItemId,
    /// An office answers for it, not a division alone.
    pub has_owner: bool,
    pub budget_year: Option<i32>,
}

/// What stands behind these actions.
pub async fn backings(db: &impl ConnectionTrait, ids: &[ActionItemId]) -> Result<Vec<Backing>> {
    let items = store::items(db, ids.to_vec()).await?.into_iter();
    let backing = |item: ActionItem| Backing {
        id: item.id,
        has_owner: item.owner_id.is_some(),
        budget_year: item.budget_year,
    };
    Ok(items.map(backing).collect())
}

/// What shows that an action was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Files and links, of all reports of progress.
    pub evidence: usize,
    /// When the head agreed that they show it.
    pub verified_at: Option<DateTime<Utc>>,
}

/// What shows that these actions were done.
pub async fn shown(
    db: &impl ConnectionTrait,
    ids: &[ActionItemId],
) -> Result<HashMap<ActionItemId, Shown>> {
    let mut found: HashMap<ActionItemId, Shown> = HashMap::new();
    for item in store::items(db, ids.to_vec()).await? {
        found.entry(item.id).or_default().verified_at = item.verified_at;
    }
    for entry in store::progress_of_many(db, ids.to_vec()).await? {
        found.entry(entry.action_id).or_default().evidence += entry.files.0.len();
    }
    Ok(found)
}

/// These actions in the order of their codes; cancelled ones are left out, because nobody does them.
pub async fn planned(db: &impl ConnectionTrait, ids: &[ActionItemId]) -> Result<Vec<Planned>> {
    let mut items = store::items(db, ids.to_vec()).await?;
    items.retain(|item| item.status != Status::Cancelled);
    items.sort_by(|one, other| one.code.cmp(&other.code));
    let mut owners = HashMap::new();
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let who = (item.owner_id, item.division_id);
        let owner = match owners.get(&who) {
            Some(known) => String::clone(known),
            None => {
                let name = owner_of(db, &item).await?;
                owners.insert(who, name.clone());
                name
            }
        };
        rows.push(Planned {
            budget: Budget::of(&item),
            id: item.id,
            code: item.code,
            title: item.title,
            owner,
            due_on: item.due_on,
            indicator: item.indicator,
            status: item.status,
            created_at: item.created_at,
            ended_at: item.verified_at,
        });
    }
    Ok(rows)
}

async fn owner_of(db: &impl ConnectionTrait, item: &ActionItem) -> Result<String> {
    if let Some(id) = item.owner_id {
        return Ok(organisation::official(db, id).await?.office);
    }
    match item.division_id {
        Some(id) => Ok(organisation::division(db, id).await?.name),
        None => Ok("–".to_owned()),
    }
}
