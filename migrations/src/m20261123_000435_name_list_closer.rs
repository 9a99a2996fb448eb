//! A closed attendance list says which paper it was closed with. Of a list that was closed before, nobody noted it.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "attendance_sheet";
const COLUMN: &str = "closed_with";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut added = Table::alter();
        added
            .table(Alias::new(TABLE))
            .add_column(maybe_text(COLUMN));
        manager.alter_table(added).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut dropped = Table::alter();
        dropped
            .table(Alias::new(TABLE))
            .drop_column(Alias::new(COLUMN));
        manager.alter_table(dropped).await
    }
}
