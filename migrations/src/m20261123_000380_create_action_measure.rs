//! By what an action is measured, chosen by those who own it: beside what its sources lead to.

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
        let measure = table(
            "action_measure",
            vec![
                key(),
                id("unit_id"),
                id("action_id"),
                one_of("kind", &["element", "category", "service"]),
                text("measured_by"),
                instant("created_at"),
            ],
            vec![link("unit_id", "unit"), link("action_id", "action_item")],
        );
        let once = unique_index(
            "action_measure_once",
            "action_measure",
            &["action_id", "kind", "measured_by"],
        );
        create(manager, vec![measure], vec![once]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["action_measure"]).await
    }
}
