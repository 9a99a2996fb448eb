//! What the issued report tells of every agreed point, as a mark: whether it still holds is asked by comparing.

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
        let told = table(
            "report_told",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                text("mark"),
                instant("told_at"),
            ],
            vec![link("unit_id", "unit"), link("forum_id", "forum")],
        );
        let of = unique_index("report_told_of", "report_told", &["unit_id", "forum_id"]);
        create(manager, vec![told], vec![of]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["report_told"]).await
    }
}
