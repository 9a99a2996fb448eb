//! What a unit changed in its own days: when it is closed alone, whether it works on collective leave, its hours.

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
        let change = table(
            "office_change",
            vec![
                key(),
                id("unit_id"),
                one_of("kind", &["closed", "reopened", "leave", "hours"]),
                text("told"),
                number("moved"),
                maybe_id("person_id"),
                instant("at"),
            ],
            vec![link("unit_id", "unit"), link("person_id", "person")],
        );
        let by_unit = index("office_change_unit", "office_change", &["unit_id", "at"]);
        create(manager, vec![change], vec![by_unit]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["office_change"]).await
    }
}
