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
    /// When it was verified, or else handed in as done.
    pub ended_at: Option<DateTime<Utc>>,
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
            ended_at: item.verified_at.or(item.finished_at),
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
