//! News that no mail can carry: of a complainant who gave a telephone number and no address, until somebody of the
//! office has told it.

use sea_orm_migration::prelude::*;

use crate::parts::*;

/// What waits is little, and is all that is looked for.
const WAITING: &str = "CREATE INDEX complaint_call_waiting ON complaint_call (unit_id, complaint_id) WHERE done_at IS NULL";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let calls = table(
            "complaint_call",
            vec![
                key(),
                id("unit_id"),
                id("complaint_id"),
                text("headline"),
                instant("at"),
                maybe_instant("done_at"),
                maybe_id("done_by"),
                maybe_one_of("way", &["whatsapp", "spoken"]),
            ],
            vec![
                link("unit_id", "unit"),
                link("complaint_id", "complaint"),
                link("done_by", "person"),
            ],
        );
        let of = index(
            "complaint_call_of",
            "complaint_call",
            &["unit_id", "complaint_id", "at"],
        );
        create(manager, vec![calls], vec![of]).await?;
        manager.get_connection().execute_unprepared(WAITING).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["complaint_call"]).await
    }
}
