//! Who was told that a survey period measured an action: once for each action and period.

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
            "measurement_told",
            vec![
                key(),
                id("unit_id"),
                id("action_id"),
                id("period_id"),
                instant("at"),
            ],
            vec![
                link("unit_id", "unit"),
                link("action_id", "action_item"),
                link("period_id", "survey_period"),
            ],
        );
        let once = unique_index(
            "measurement_told_once",
            "measurement_told",
            &["unit_id", "action_id", "period_id"],
        );
        create(manager, vec![told], vec![once]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["measurement_told"]).await
    }
}
