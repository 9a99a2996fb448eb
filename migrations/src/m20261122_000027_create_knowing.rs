//! What the public reads of complaints, and the topics under which the office groups them.

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
            vec![publication(), topic(), topic_case()],
            vec![
                unique_index(
                    "complaint_publication_of",
                    "complaint_publication",
                    &["complaint_id"],
                ),
                index(
                    "complaint_publication_public",
                    "complaint_publication",
                    &["unit_id", "state", "published_at", "id"],
                ),
                unique_index(
                    "complaint_topic_title",
                    "complaint_topic",
                    &["unit_id", "title"],
                ),
                unique_index(
                    "complaint_topic_case_once",
                    "complaint_topic_case",
                    &["unit_id", "topic_id", "complaint_id"],
                ),
                index(
                    "complaint_topic_case_of",
                    "complaint_topic_case",
                    &["complaint_id"],
                ),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "complaint_topic_case",
                "complaint_topic",
                "complaint_publication",
            ],
        )
        .await
    }
}

/// The moderated text; the complaint itself stays as it was written.
fn publication() -> TableCreateStatement {
    table(
        "complaint_publication",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            one_of("state", &["published", "withdrawn"]),
            text("title"),
            text("text"),
            maybe_text("answer"),
            maybe_text("service_code"),
            text("search"),
            instant("published_at"),
            maybe_id("published_by"),
            instant("changed_at"),
            maybe_instant("withdrawn_at"),
            maybe_text("withdraw_reason"),
            number("version"),
        ],
        vec![
            link("unit_id", "unit"),
            link("complaint_id", "complaint"),
            link("published_by", "person"),
        ],
    )
}

fn topic() -> TableCreateStatement {
    table(
        "complaint_topic",
        vec![
            key(),
            id("unit_id"),
            text("title"),
            maybe_text("note"),
            maybe_id("action_id"),
            maybe_instant("proposed_at"),
            instant("created_at"),
            number("version"),
        ],
        vec![link("unit_id", "unit")],
    )
}

fn topic_case() -> TableCreateStatement {
    table(
        "complaint_topic_case",
        vec![
            key(),
            id("unit_id"),
            id("topic_id"),
            id("complaint_id"),
            maybe_id("person_id"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("topic_id", "complaint_topic"),
            link("complaint_id", "complaint"),
            link("person_id", "person"),
        ],
    )
}
