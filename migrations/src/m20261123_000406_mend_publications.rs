//! A line of where a result was published can have a file as its proof, be corrected, and be withdrawn with a reason.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "survey_publication";
const COLUMNS: [&str; 5] = [
    "file_id",
    "withdrawn_because",
    "withdrawn_by",
    "withdrawn_at",
    "version",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let [file, because, by, at, version] = COLUMNS;
        let mut version = number(version);
        version.default(1);
        for column in [
            maybe_id(file),
            maybe_text(because),
            maybe_text(by),
            maybe_instant(at),
            version,
        ] {
            let mut added = Table::alter();
            added.table(Alias::new(TABLE)).add_column(column);
            manager.alter_table(added).await?;
        }
        Ok(())
    }

    /// What was withdrawn would count again: it goes.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let withdrawn = "DELETE FROM survey_publication WHERE withdrawn_at IS NOT NULL";
        manager
            .get_connection()
            .execute_unprepared(withdrawn)
            .await?;
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
