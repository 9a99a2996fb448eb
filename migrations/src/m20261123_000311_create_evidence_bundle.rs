//! The evidence of a unit and year in one archive: who asked for it, how far it is, where it lies.

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
        let bundle = table(
            "evidence_bundle",
            vec![
                key(),
                id("unit_id"),
                number("year"),
                maybe_id("asked_by"),
                text("asked_name"),
                instant("asked_at"),
                number("steps"),
                number("done"),
                number("tries"),
                maybe_instant("made_at"),
                maybe_instant("failed_at"),
                maybe_text("file_key"),
                maybe_text("sha256"),
                big_number("size"),
            ],
            vec![link("unit_id", "unit"), link("asked_by", "person")],
        );
        let by_year = index(
            "evidence_bundle_year",
            "evidence_bundle",
            &["unit_id", "year", "asked_at"],
        );
        create(manager, vec![bundle], vec![by_year]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["evidence_bundle"]).await
    }
}
