//! When the deadlines of each unit were looked at, and whether that went wrong since: what nobody looks at is late
//! unnoticed.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let watch = table(
            "complaint_watch",
            vec![
                key(),
                id("unit_id"),
                maybe_instant("looked_at"),
                maybe_instant("failed_at"),
            ],
            vec![link("unit_id", "unit")],
        );
        create(
            manager,
            vec![watch],
            vec![unique_index(
                "complaint_watch_unit",
                "complaint_watch",
                &["unit_id"],
            )],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["complaint_watch"]).await
    }
}
