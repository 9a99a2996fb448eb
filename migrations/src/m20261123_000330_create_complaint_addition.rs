//! What a citizen adds to a case: one row each, until those who work on it were told of several together. The version
//! says which changes of a case were the citizen's alone.

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
        let additions = table(
            "complaint_addition",
            vec![
                key(),
                id("unit_id"),
                id("complaint_id"),
                number("version"),
                maybe_id("message_id"),
                number("files"),
                instant("at"),
                maybe_instant("told_at"),
            ],
            vec![
                link("unit_id", "unit"),
                link("complaint_id", "complaint"),
                link("message_id", "complaint_message"),
            ],
        );
        let of = unique_index(
            "complaint_addition_of",
            "complaint_addition",
            &["unit_id", "complaint_id", "version"],
        );
        create(manager, vec![additions], vec![of]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["complaint_addition"]).await
    }
}
