//! Issues: what several voices of a unit are about, which voices these are, which proposals were turned down, and who
//! was told what about their voice.

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
        let tables = vec![issue(), voice(), dismissal(), told()];
        let indexes = vec![
            unique_index("issue_number", "issue", &["unit_id", "year", "number"]),
            index("issue_state", "issue", &["unit_id", "state", "id"]),
            unique_index(
                "issue_voice_once",
                "issue_voice",
                &["unit_id", "issue_id", "kind", "source_id", "period"],
            ),
            index("issue_voice_of", "issue_voice", &["kind", "source_id"]),
            unique_index(
                "issue_dismissal_once",
                "issue_dismissal",
                &["unit_id", "proposal"],
            ),
            unique_index(
                "voice_told_once",
                "voice_told",
                &["unit_id", "kind", "source_id", "event", "about"],
            ),
        ];
        create(manager, tables, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &["voice_told", "issue_dismissal", "issue_voice", "issue"],
        )
        .await
    }
}

fn issue() -> TableCreateStatement {
    table(
        "issue",
        vec![
            key(),
            id("unit_id"),
            text("code"),
            number("year"),
            number("number"),
            text("title"),
            text("words"),
            one_of(
                "state",
                &[
                    "proposed",
                    "open",
                    "on_agenda",
                    "in_action",
                    "refused",
                    "resolved",
                ],
            ),
            maybe_text("why"),
            maybe_instant("offered_at"),
            maybe_id("forum_id"),
            maybe_id("decided_by"),
            maybe_text("decided_name"),
            maybe_instant("decided_at"),
            maybe_text("reason"),
            number("version"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("forum_id", "forum"),
            link("decided_by", "person"),
        ],
    )
}

fn voice() -> TableCreateStatement {
    table(
        "issue_voice",
        vec![
            key(),
            id("unit_id"),
            id("issue_id"),
            one_of(
                "kind",
                &["complaint", "topic", "forum_input", "survey_element"],
            ),
            text("source_id"),
            text("period"),
            text("label"),
            maybe_text("label_en"),
            maybe_text("href"),
            maybe_text("forum"),
            maybe_text("forum_href"),
            instant("created_at"),
        ],
        vec![link("unit_id", "unit"), link("issue_id", "issue")],
    )
}

fn dismissal() -> TableCreateStatement {
    table(
        "issue_dismissal",
        vec![
            key(),
            id("unit_id"),
            text("proposal"),
            big_number("weight"),
            text("reason"),
            maybe_id("by_id"),
            text("by_name"),
            instant("at"),
        ],
        vec![link("unit_id", "unit"), link("by_id", "person")],
    )
}

fn told() -> TableCreateStatement {
    table(
        "voice_told",
        vec![
            key(),
            id("unit_id"),
            one_of("kind", &["complaint"]),
            text("source_id"),
            one_of(
                "event",
                &["on_agenda", "promised", "kept", "given_up", "refused"],
            ),
            text("about"),
            instant("at"),
        ],
        vec![link("unit_id", "unit")],
    )
}
