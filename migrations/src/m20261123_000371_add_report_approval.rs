//! The report of a survey waits for the head of the unit before it is issued.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "survey_report";
const COLUMNS: [&str; 3] = ["submitted_at", "submitted_by", "returned_because"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let [at, by, because] = COLUMNS;
        for column in [maybe_instant(at), maybe_text(by), maybe_text(because)] {
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
