//! Reading standards: they are public, so nobody is asked who they are.

use sea_orm::ConnectionTrait;

use super::{
    entity::{StandardId, component, decree, standard},
    rules::{self, ComponentKind, Duration},
    store,
};
use crate::{organisation::UnitId, platform::error::Result};

pub use store::{by_code, charter, decrees, services, standard as get};

/// A standard with its components and its decree.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub standard: standard::Model,
    /// In the order of the source.
    pub components: Vec<component::Model>,
    pub decree: Option<decree::Model>,
}

impl Sheet {
    #[must_use]
    pub fn component(&self, kind: ComponentKind) -> Option<&component::Model> {
        self.components
            .iter()
            .find(|component| component.kind == kind)
    }

    #[must_use]
    pub fn durations(&self) -> &[Duration] {
        self.component(ComponentKind::LeadTime)
            .map_or(&[], |component| &component.durations.0)
    }

    #[must_use]
    pub fn fee_rupiah(&self) -> Option<i64> {
        self.component(ComponentKind::Fee)?.fee_rupiah
    }

    #[must_use]
    pub fn products(&self) -> &[String] {
        self.component(ComponentKind::Product)
            .map_or(&[], |component| &component.items.0)
    }
}

/// The standards of a unit that contain every word of the query; all of them without one.
pub async fn overview(db: &impl ConnectionTrait, unit: UnitId, query: &str) -> Result<Vec<Sheet>> {
    let words = rules::search_words(query);
    // Nothing but signs was typed: no standard contains that, and showing all would be untrue.
    if words.is_empty() && !query.trim().is_empty() {
        return Ok(Vec::new());
    }
    let standards = store::search(db, unit, &words).await?;
    let ids: Vec<StandardId> = standards.iter().map(|standard| standard.id).collect();
    let components = store::components(db, &ids).await?;
    Ok(standards
        .into_iter()
        .map(|standard| Sheet {
            components: components
                .iter()
                .filter(|component| component.standard_id == standard.id)
                .cloned()
                .collect(),
            standard,
            decree: None,
        })
        .collect())
}

/// One standard, whole; None when the unit has no service of this code.
pub async fn sheet(db: &impl ConnectionTrait, unit: UnitId, code: &str) -> Result<Option<Sheet>> {
    let Some(standard) = store::by_code(db, unit, code).await? else {
        return Ok(None);
    };
    let decree = match standard.decree_id {
        Some(id) => Some(store::decree(db, id).await?),
        None => None,
    };
    Ok(Some(Sheet {
        components: store::components(db, &[standard.id]).await?,
        standard,
        decree,
    }))
}
