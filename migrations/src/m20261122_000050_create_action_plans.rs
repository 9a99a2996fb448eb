//! Action items, their progress, and where each comes from.

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
            vec![item(), progress(), source()],
            vec![
                unique_index("action_item_code", "action_item", &["unit_id", "code"]),
                unique_index(
                    "action_item_number",
                    "action_item",
                    &["unit_id", "year", "number"],
                ),
                index(
                    "action_item_due",
                    "action_item",
                    &["unit_id", "status", "due_on", "id"],
                ),
                index(
                    "action_item_division",
                    "action_item",
                    &["division_id", "due_on", "id"],
                ),
                index("action_progress_item", "action_progress", &["action_id"]),
                unique_index(
                    "action_source_once",
                    "action_source",
                    &["action_id", "kind", "source_id"],
                ),
                index("action_source_of", "action_source", &["kind", "source_id"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &["action_source", "action_progress", "action_item"],
        )
        .await
    }
}

fn item() -> TableCreateStatement {
    table(
        "action_item",
        vec![
            key(),
            id("unit_id"),
            text("code"),
            number("year"),
            number("number"),
            text("title"),
            text("description"),
            maybe_id("division_id"),
            maybe_id("owner_id"),
            day("due_on"),
            text("indicator"),
            text("target"),
            maybe_number("budget_year"),
            one_of(
                "status",
                &["open", "in_progress", "done", "verified", "cancelled"],
            ),
            number("progress"),
            maybe_instant("finished_at"),
            maybe_id("finished_by"),
            maybe_instant("verified_at"),
            maybe_id("verified_by"),
            number("version"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("division_id", "division"),
            link("owner_id", "official"),
            link("finished_by", "person"),
            link("verified_by", "person"),
        ],
    )
}

fn progress() -> TableCreateStatement {
    table(
        "action_progress",
        vec![
            key(),
            id("unit_id"),
            id("action_id"),
            instant("at"),
            day("happened_on"),
            maybe_id("by_id"),
            text("by_name"),
            text("note"),
            number("percent"),
            json("files"),
        ],
        vec![
            link("unit_id", "unit"),
            link("action_id", "action_item"),
            link("by_id", "person"),
        ],
    )
}

fn source() -> TableCreateStatement {
    table(
        "action_source",
        vec![
            key(),
            id("unit_id"),
            id("action_id"),
            one_of(
                "kind",
                &["complaint", "forum_input", "agreed_point", "survey_element"],
            ),
            text("source_id"),
            text("label"),
            text("public_label"),
            maybe_text("label_en"),
            maybe_text("href"),
            maybe_text("forum"),
            maybe_text("forum_href"),
            json("voices"),
            instant("created_at"),
        ],
        vec![link("unit_id", "unit"), link("action_id", "action_item")],
    )
}
