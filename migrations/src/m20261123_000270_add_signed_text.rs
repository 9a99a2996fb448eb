//! What stood under the first signature of a Berita Acara: since when it is signed, and how many the attendance list had
//! then. The text that somebody signed says the same afterwards.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: [&str; 2] = ["signed_from", "signed_present"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [maybe_instant(COLUMNS[0]), maybe_number(COLUMNS[1])] {
            let mut added = Table::alter();
            added.table(Alias::new("berita_acara")).add_column(column);
            manager.alter_table(added).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let mut dropped = Table::alter();
            dropped
                .table(Alias::new("berita_acara"))
                .drop_column(Alias::new(column));
            manager.alter_table(dropped).await?;
        }
        Ok(())
    }
}
