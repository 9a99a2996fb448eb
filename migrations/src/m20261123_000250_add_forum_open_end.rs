//! A forum may go on until it is finished. What was announced so far said so in every letter, whatever hour was typed;
//! that hour stays as the one that calendars hold.

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
        let mut open_end = flag("open_end");
        open_end.default(true);
        let add = Table::alter()
            .table(Alias::new("forum"))
            .add_column(open_end)
            .to_owned();
        manager.alter_table(add).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drop = Table::alter()
            .table(Alias::new("forum"))
            .drop_column(Alias::new("open_end"))
            .to_owned();
        manager.alter_table(drop).await
    }
}
