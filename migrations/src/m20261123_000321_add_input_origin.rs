//! An input may come from elsewhere than somebody's mouth: from what was written in the survey. It then says from where.

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
        for column in ["origin", "origin_href"] {
            let add = Table::alter()
                .table(Alias::new("forum_input"))
                .add_column(maybe_text(column))
                .to_owned();
            manager.alter_table(add).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["origin", "origin_href"] {
            let drop = Table::alter()
                .table(Alias::new("forum_input"))
                .drop_column(Alias::new(column))
                .to_owned();
            manager.alter_table(drop).await?;
        }
        Ok(())
    }
}
