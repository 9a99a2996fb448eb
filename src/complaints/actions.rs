//! The way from a complaint to what is done about it: the only place that names action items.

use sea_orm::ConnectionTrait;

use super::entity::complaint;
use crate::{
    access::Ctx,
    organisation::UnitId,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Locale,
    },
};

/// An action item that answers a complaint, as both ends show it.
#[derive(Clone, Debug)]
pub struct Linked {
    pub title: String,
    /// State and progress in words.
    pub status: String,
    /// In the workspace.
    pub href: String,
    /// For everybody.
    pub public_href: String,
}

/// (id, title) of the action items that can be linked to.
pub async fn open(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<(String, String)>> {
    let _ = (db, unit);
    Ok(Vec::new())
}

/// What this complaint led to.
pub async fn linked(
    db: &impl ConnectionTrait,
    to: &complaint::Model,
    locale: Locale,
) -> Result<Vec<Linked>> {
    let _ = (db, to, locale);
    Ok(Vec::new())
}

/// Links a complaint to an action item of its unit.
pub async fn link(tx: &Tx, ctx: &Ctx, action: &str, from: &complaint::Model) -> Result<()> {
    let _ = (tx, ctx, action, from);
    Err(Error::NotFound)
}
