//! The way from a complaint to what is done about it: the only place that names action items.

use sea_orm::ConnectionTrait;

use super::{
    entity::{ComplaintId, complaint},
    viewing::SourceInfo,
};
use crate::{
    access::Ctx,
    action_plans::{self, ActionItemId, Clock, SourceKind, SourceRef},
    organisation::{Unit, UnitId},
    platform::{db::Tx, error::Result},
};

/// An action item that answers a complaint, as both ends show it.
#[derive(Clone, Debug)]
pub struct Linked {
    pub title: String,
    /// State and progress in words: `berjalan, 70%`.
    pub status: String,
    pub kind: &'static str,
    /// In the workspace.
    pub href: String,
    /// For everybody.
    pub public_href: String,
}

/// (id, title) of the action items that can be linked to.
pub async fn open(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<(String, String)>> {
    let items = action_plans::open_items(db, unit).await?;
    Ok(items
        .into_iter()
        .map(|(id, title)| (id.to_string(), title))
        .collect())
}

/// The complaints of a unit that led to an action.
pub async fn with_action(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<ComplaintId>> {
    let ids = action_plans::sources_of(db, unit, SourceKind::Complaint).await?;
    Ok(ids
        .iter()
        .filter_map(|id| ComplaintId::parse(id).ok())
        .collect())
}

/// What this complaint led to.
pub async fn linked(ctx: &Ctx, to: &complaint::Model, unit: &Unit) -> Result<Vec<Linked>> {
    let db = &ctx.app.db;
    let found = action_plans::linked_to(db, SourceKind::Complaint, &to.id.to_string()).await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let clock = Clock::of(ctx, unit).await?;
    let linked = found.into_iter().map(|action| {
        let chip = action_plans::linked_chip(&action, &clock, ctx.locale());
        Linked {
            status: format!("{}, {}%", chip.text, action.progress),
            kind: chip.kind,
            title: action.title,
            href: action.href,
            public_href: action.public_href,
        }
    });
    Ok(linked.collect())
}

impl From<SourceInfo> for SourceRef {
    fn from(info: SourceInfo) -> Self {
        Self {
            kind: SourceKind::Complaint,
            id: info.id.to_string(),
            unit: Some(info.unit),
            label: info.label,
            public_label: info.public_label,
            label_en: None,
            href: Some(info.href),
            forum: None,
            voices: Vec::new(),
        }
    }
}

/// Links a complaint to an action item of its unit.
pub async fn link(tx: &Tx, ctx: &Ctx, action: &str, from: &complaint::Model) -> Result<()> {
    let action = ActionItemId::parse(action)?;
    action_plans::link(tx, ctx, action, SourceInfo::from(from).into()).await
}
