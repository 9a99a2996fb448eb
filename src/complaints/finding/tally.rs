//! The numbers of the inbox. Every transaction that adds a complaint or moves it notes one more and one less in rows of
//! its own; a sum tells the number, and now and then the notes are added up.

use sea_orm::ConnectionTrait;

use super::store;
use crate::{
    complaints::{entity::complaint, rules::Status},
    organisation::DivisionId,
    platform::error::Result,
};

/// Where a complaint stands.
type Stand = (Option<DivisionId>, Status);

pub async fn added(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<()> {
    let one = store::change(of.unit_id, (of.division_id, of.status), 1);
    store::note_changes(db, vec![one]).await
}

pub async fn moved(db: &impl ConnectionTrait, from: &complaint::Model, to: Stand) -> Result<()> {
    let before = (from.division_id, from.status);
    if before == to {
        return Ok(());
    }
    let changes = vec![
        store::change(from.unit_id, before, -1),
        store::change(from.unit_id, to, 1),
    ];
    store::note_changes(db, changes).await
}
