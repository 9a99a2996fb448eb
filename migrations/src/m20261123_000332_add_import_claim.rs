//! Which handed-in list an import of SP4N-LAPOR is of, and when it was done: of two people who confirm one list at the
//! same moment, one takes it in and the other is told.

use sea_orm_migration::prelude::*;

use crate::parts::*;

const COLUMNS: [&str; 2] = ["file_id", "finished_at"];
const ONCE: &str = "sp4n_import_file";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [maybe_id(COLUMNS[0]), maybe_instant(COLUMNS[1])] {
            let mut added = Table::alter();
            added.table(Alias::new("sp4n_import")).add_column(column);
            manager.alter_table(added).await?;
        }
        let once = unique_index(ONCE, "sp4n_import", &[COLUMNS[0]]);
        manager.create_index(once).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop()
            .name(ONCE)
            .table(Alias::new("sp4n_import"))
            .to_owned();
        manager.drop_index(index).await?;
        for column in COLUMNS {
            let mut dropped = Table::alter();
            dropped
                .table(Alias::new("sp4n_import"))
                .drop_column(Alias::new(column));
            manager.alter_table(dropped).await?;
        }
        Ok(())
    }
}
