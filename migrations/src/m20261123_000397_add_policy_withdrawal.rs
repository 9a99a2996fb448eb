//! A choice of deadlines that was planned for later can be withdrawn before it begins, with a reason.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "deadline_policy";
const COLUMNS: [&str; 3] = ["withdrawn_at", "withdrawn_by", "withdrawn_because"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let [at, by, because] = COLUMNS;
        for column in [maybe_instant(at), maybe_id(by), maybe_text(because)] {
            let mut added = Table::alter();
            added.table(Alias::new(TABLE)).add_column(column);
            manager.alter_table(added).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let mut dropped = Table::alter();
            dropped
                .table(Alias::new(TABLE))
                .drop_column(Alias::new(column));
            manager.alter_table(dropped).await?;
        }
        Ok(())
    }
}
