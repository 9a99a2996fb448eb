//! The queue of one channel: looked for among all words it cost thirty times as much.

use sea_orm_migration::prelude::*;

use crate::parts::*;

const NAME: &str = "complaint_channel";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let queue = index(NAME, "complaint", &["unit_id", "channel", "queue", "id"]);
        manager.create_index(queue).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop()
            .name(NAME)
            .table(Alias::new("complaint"))
            .to_owned();
        manager.drop_index(index).await
    }
}
