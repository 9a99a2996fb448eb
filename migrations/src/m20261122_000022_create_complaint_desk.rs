//! What the staff works with on a complaint: links, files, drafts, who has it open, standard answers,
//! and what is done with many at once.

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
        let tables = vec![
            link_table(),
            file_table(),
            draft_table(),
            presence_table(),
            standard_answer_table(),
            batch_table(),
            batch_item_table(),
        ];
        let indexes = vec![
            unique_index(
                "complaint_link_once",
                "complaint_link",
                &["unit_id", "from_id", "to_id", "kind"],
            ),
            index("complaint_link_to", "complaint_link", &["unit_id", "to_id"]),
            index(
                "complaint_file_of",
                "complaint_file",
                &["unit_id", "complaint_id", "created_at"],
            ),
            unique_index(
                "complaint_draft_of",
                "complaint_draft",
                &["unit_id", "complaint_id", "person_id"],
            ),
            unique_index(
                "complaint_presence_of",
                "complaint_presence",
                &["unit_id", "complaint_id", "person_id"],
            ),
            index("complaint_presence_age", "complaint_presence", &["seen_at"]),
            unique_index(
                "standard_answer_title",
                "standard_answer",
                &["unit_id", "title"],
            ),
            unique_index(
                "complaint_batch_item_once",
                "complaint_batch_item",
                &["unit_id", "batch_id", "complaint_id"],
            ),
        ];
        create(manager, tables, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "complaint_batch_item",
                "complaint_batch",
                "standard_answer",
                "complaint_presence",
                "complaint_draft",
                "complaint_file",
                "complaint_link",
            ],
        )
        .await
    }
}

fn link_table() -> TableCreateStatement {
    table(
        "complaint_link",
        vec![
            key(),
            id("unit_id"),
            id("from_id"),
            id("to_id"),
            one_of("kind", &["related", "split"]),
            maybe_id("person_id"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("from_id", "complaint"),
            link("to_id", "complaint"),
            link("person_id", "person"),
        ],
    )
}

fn file_table() -> TableCreateStatement {
    table(
        "complaint_file",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            id("file_id"),
            flag("by_citizen"),
            flag("for_citizen"),
            maybe_id("person_id"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("complaint_id", "complaint"),
            link("file_id", "file"),
            link("person_id", "person"),
        ],
    )
}

fn draft_table() -> TableCreateStatement {
    table(
        "complaint_draft",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            id("person_id"),
            text("text"),
            instant("updated_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("complaint_id", "complaint"),
            link("person_id", "person"),
        ],
    )
}

fn presence_table() -> TableCreateStatement {
    table(
        "complaint_presence",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            id("person_id"),
            instant("seen_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("complaint_id", "complaint"),
            link("person_id", "person"),
        ],
    )
}

fn standard_answer_table() -> TableCreateStatement {
    table(
        "standard_answer",
        vec![
            key(),
            id("unit_id"),
            text("title"),
            text("text"),
            instant("created_at"),
            number("version"),
        ],
        vec![link("unit_id", "unit")],
    )
}

fn batch_table() -> TableCreateStatement {
    table(
        "complaint_batch",
        vec![
            key(),
            id("unit_id"),
            id("person_id"),
            one_of("act", &["assign", "answer", "close"]),
            json("data"),
            one_of("locale", &["id", "en"]),
            instant("created_at"),
        ],
        vec![link("unit_id", "unit"), link("person_id", "person")],
    )
}

fn batch_item_table() -> TableCreateStatement {
    table(
        "complaint_batch_item",
        vec![
            key(),
            id("unit_id"),
            id("batch_id"),
            id("complaint_id"),
            number("seen"),
            one_of("outcome", &["waiting", "done", "refused"]),
            maybe_text("fault"),
        ],
        vec![
            link("unit_id", "unit"),
            link("batch_id", "complaint_batch"),
            link("complaint_id", "complaint"),
        ],
    )
}
