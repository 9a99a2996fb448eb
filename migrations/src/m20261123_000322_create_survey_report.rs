//! What is typed of the report of a survey period: a few texts, and number and day of the issued paper.

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
        let report = table(
            "survey_report",
            vec![
                key(),
                id("unit_id"),
                id("period_id").unique_key().to_owned(),
                text("preface"),
                text("analysis"),
                text("conclusion"),
                text("number"),
                maybe_day("dated_on"),
                number("version"),
                text("changed_by"),
                instant("changed_at"),
            ],
            vec![link("unit_id", "unit"), link("period_id", "survey_period")],
        );
        create(manager, vec![report], Vec::new()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["survey_report"]).await
    }
}
