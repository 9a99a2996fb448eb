//! What dashboards count of ten thousand actions: states by division and year from an index alone, lists by day, and links
//! of a unit by their kind.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const ALL: [(&str, &str, &[&str]); 4] = [
    (
        "action_item_standing",
        "action_item",
        &[
            "unit_id",
            "status",
            "division_id",
            "due_on",
            "year",
            "carried_into",
            "created_at",
            "id",
        ],
    ),
    (
        "action_item_day",
        "action_item",
        &["unit_id", "due_on", "id"],
    ),
    (
        "action_source_unit",
        "action_source",
        &["unit_id", "kind", "source_id", "action_id"],
    ),
    (
        "action_progress_at",
        "action_progress",
        &["action_id", "at"],
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = ALL.map(|(name, table, columns)| index(name, table, columns));
        create(manager, Vec::new(), indexes.into()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, _) in ALL {
            let gone = Index::drop().name(name).table(Alias::new(table)).to_owned();
            manager.drop_index(gone).await?;
        }
        Ok(())
    }
}
