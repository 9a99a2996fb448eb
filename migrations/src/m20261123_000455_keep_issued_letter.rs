//! A letter that is being corrected keeps what the one in force says, so that the correction can be thrown away.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "letter";
const COLUMN: &str = "in_force";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let added = Table::alter()
            .table(Alias::new(TABLE))
            .add_column(maybe_json(COLUMN))
            .to_owned();
        manager.alter_table(added).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let dropped = Table::alter()
            .table(Alias::new(TABLE))
            .drop_column(Alias::new(COLUMN))
            .to_owned();
        manager.alter_table(dropped).await
    }
}
