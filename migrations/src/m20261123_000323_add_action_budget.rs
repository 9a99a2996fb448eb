//! What an action costs and what pays for it, beside the year whose budget does.

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
        for column in [
            maybe_big_number("budget_amount"),
            maybe_text("budget_source"),
        ] {
            let add = Table::alter()
                .table(Alias::new("action_item"))
                .add_column(column)
                .to_owned();
            manager.alter_table(add).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["budget_amount", "budget_source"] {
            let drop = Table::alter()
                .table(Alias::new("action_item"))
                .drop_column(Alias::new(column))
                .to_owned();
            manager.alter_table(drop).await?;
        }
        Ok(())
    }
}
