//! An action can come from an issue, and an item of an agenda can be proposed from one. SQLite cannot change a check, so
//! both tables are copied; nothing points to them.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const SOURCE_COLUMNS: &str = "id, unit_id, action_id, kind, source_id, label, public_label, label_en, href, forum, forum_href, voices, created_at";
const AGENDA_COLUMNS: &str =
    "id, unit_id, forum_id, agenda_id, kind, source_id, label, count, created_at";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rebuild(
            manager,
            &[
                "complaint",
                "forum_input",
                "agreed_point",
                "survey_element",
                "issue",
            ],
            &["complaints", "topic", "action", "issue"],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for table in ["action_source", "agenda_source"] {
            db.execute_unprepared(&format!("DELETE FROM {table} WHERE kind = 'issue'"))
                .await?;
        }
        rebuild(
            manager,
            &["complaint", "forum_input", "agreed_point", "survey_element"],
            &["complaints", "topic", "action"],
        )
        .await
    }
}

async fn rebuild(
    manager: &SchemaManager<'_>,
    sources: &[&str],
    proposals: &[&str],
) -> Result<(), DbErr> {
    replace(manager, "action_source", SOURCE_COLUMNS, source(sources)).await?;
    replace(manager, "agenda_source", AGENDA_COLUMNS, agenda(proposals)).await?;
    let indexes = vec![
        unique_index(
            "action_source_once",
            "action_source",
            &["action_id", "kind", "source_id"],
        ),
        index("action_source_of", "action_source", &["kind", "source_id"]),
        unique_index(
            "agenda_source_once",
            "agenda_source",
            &["unit_id", "forum_id", "kind", "source_id"],
        ),
    ];
    create(manager, Vec::new(), indexes).await
}

/// Copies a table into one of the new shape, which takes its name.
async fn replace(
    manager: &SchemaManager<'_>,
    name: &str,
    columns: &str,
    shape: TableCreateStatement,
) -> Result<(), DbErr> {
    manager.create_table(shape).await?;
    let db = manager.get_connection();
    for sql in [
        format!("INSERT INTO {name}_next ({columns}) SELECT {columns} FROM {name}"),
        format!("DROP TABLE {name}"),
        format!("ALTER TABLE {name}_next RENAME TO {name}"),
    ] {
        db.execute_unprepared(&sql).await?;
    }
    Ok(())
}

fn source(kinds: &[&str]) -> TableCreateStatement {
    table(
        "action_source_next",
        vec![
            key(),
            id("unit_id"),
            id("action_id"),
            one_of("kind", kinds),
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

fn agenda(kinds: &[&str]) -> TableCreateStatement {
    table(
        "agenda_source_next",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            id("agenda_id"),
            one_of("kind", kinds),
            text("source_id"),
            text("label"),
            number("count"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("forum_id", "forum"),
            link("agenda_id", "forum_agenda"),
        ],
    )
}
