//! The nine elements of the satisfaction survey, as data.

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
        let mut key = text("id");
        let key = key.primary_key().to_owned();
        create(
            manager,
            vec![table(
                "survey_element",
                vec![
                    key,
                    number("position"),
                    text("label"),
                    text("name_id"),
                    text("name_en"),
                    text("source"),
                ],
                vec![],
            )],
            vec![],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["survey_element"]).await
    }
}
