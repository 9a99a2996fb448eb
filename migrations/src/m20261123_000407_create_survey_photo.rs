//! Photos of a survey, for the annex of its report.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "survey_photo";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let photo = table(
            TABLE,
            vec![
                key(),
                id("unit_id"),
                id("period_id"),
                text("caption"),
                text("file_key"),
                text("content_type"),
                number("width"),
                number("height"),
                text("source_sha256"),
                text("added_by"),
                instant("added_at"),
            ],
            vec![link("unit_id", "unit"), link("period_id", "survey_period")],
        );
        let once = unique_index("survey_photo_once", TABLE, &["period_id", "source_sha256"]);
        create(manager, vec![photo], vec![once]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &[TABLE]).await
    }
}
