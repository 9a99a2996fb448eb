//! Who left no contact that still holds cannot be told: that is noted, too, so that nobody waits for ever.

use sea_orm_migration::prelude::*;

use crate::m20261123_000360_widen_complaint_call::{WAITING, WAYS, rebuild};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ways = [&WAYS[..], &["unreached"]].concat();
        rebuild(manager, &ways, WAITING).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared("UPDATE complaint_call SET way = 'spoken' WHERE way = 'unreached'")
            .await?;
        rebuild(manager, &WAYS, WAITING).await
    }
}
