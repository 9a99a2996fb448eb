//! Issued documents, and files that people hand in.

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
        create(
            manager,
            tables(),
            vec![
                index("document_unit", "document", &["unit_id", "issued_at"]),
                // Two issues of the same thing at once: one of them is told, none is overwritten.
                unique_index(
                    "document_about",
                    "document",
                    &["about_kind", "about_id", "kind", "version"],
                ),
                // A file that somebody brings is found by its fingerprint.
                index("document_sha256", "document", &["sha256"]),
                index("file_unit", "file", &["unit_id", "created_at"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["file", "document"]).await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "document",
            vec![
                key(),
                id("unit_id"),
                maybe_id("issuer_id"),
                text("kind"),
                maybe_text("number"),
                text("subject"),
                number("version"),
                text("sha256"),
                big_number("size"),
                text("file_key"),
                maybe_text("data_key"),
                maybe_text("data_sha256"),
                unique_text("verification_code"),
                instant("issued_at"),
                flag("restricted"),
                text("about_kind"),
                id("about_id"),
                maybe_id("supersedes"),
            ],
            vec![
                link("unit_id", "unit"),
                link("issuer_id", "unit"),
                link("supersedes", "document"),
            ],
        ),
        table(
            "file",
            vec![
                key(),
                id("unit_id"),
                text("name"),
                text("content_type"),
                big_number("size"),
                text("sha256"),
                text("file_key"),
                maybe_id("uploaded_by"),
                instant("created_at"),
                flag("attached"),
            ],
            vec![link("unit_id", "unit"), link("uploaded_by", "person")],
        ),
    ]
}
