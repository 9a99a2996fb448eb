//! The report of a forum: its head, the texts that the office wrote, and to whom it was sent.

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
        let indexes = vec![
            unique_index("fkp_report_of", "fkp_report", &["unit_id", "forum_id"]),
            // Two who write the same text for the first time: the second is told.
            unique_index(
                "fkp_report_text_of",
                "fkp_report_text",
                &["unit_id", "forum_id", "slot"],
            ),
            index(
                "fkp_report_delivery_of",
                "fkp_report_delivery",
                &["unit_id", "forum_id", "sent_at"],
            ),
        ];
        create(manager, tables(), indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &["fkp_report_delivery", "fkp_report_text", "fkp_report"],
        )
        .await
    }
}

fn links() -> Vec<ForeignKeyCreateStatement> {
    vec![link("unit_id", "unit"), link("forum_id", "forum")]
}

fn tables() -> Vec<TableCreateStatement> {
    let mut delivery = links();
    delivery.push(link("document_id", "document"));
    let mut texts = links();
    texts.push(link("changed_by", "person"));
    vec![
        table(
            "fkp_report",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                text("number"),
                maybe_day("dated_on"),
                number("version"),
                instant("created_at"),
            ],
            links(),
        ),
        table(
            "fkp_report_text",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                text("slot"),
                text("text"),
                flag("is_default"),
                number("version"),
                maybe_id("changed_by"),
                text("changed_by_name"),
                instant("changed_at"),
            ],
            texts,
        ),
        table(
            "fkp_report_delivery",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                id("document_id"),
                text("to_name"),
                text("to_address"),
                text("note"),
                text("sent_by_name"),
                instant("sent_at"),
                maybe_text("link_hash"),
                maybe_instant("link_until"),
            ],
            delivery,
        ),
    ]
}
