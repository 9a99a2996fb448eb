//! What the head is told of ten thousand actions by who answers for them, and which services promises are about: from an
//! index alone.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const ALL: [(&str, &str, &[&str]); 2] = [
    (
        "action_item_owner",
        "action_item",
        &[
            "unit_id",
            "status",
            "owner_id",
            "due_on",
            "created_at",
            "id",
        ],
    ),
    (
        "action_measure_kind",
        "action_measure",
        &["unit_id", "kind", "measured_by", "action_id"],
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
