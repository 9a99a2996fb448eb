//! Minutes of a forum with their notes and every state that was saved, its photos, what inputs said
//! before they were changed, and scans of a signed Berita Acara.

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
            vec![
                minutes(),
                minutes_note(),
                minutes_revision(),
                forum_photo(),
                forum_input_change(),
                ba_scan(),
            ],
            vec![
                unique_index("minutes_of", "minutes", &["forum_id", "revision"]),
                index("minutes_unit", "minutes", &["unit_id", "forum_id"]),
                // One text of a person for an agenda item; somebody without an account is the program.
                unique_index(
                    "minutes_note_of",
                    "minutes_note",
                    &["minutes_id", "agenda_id", "author_id"],
                ),
                unique_index(
                    "minutes_revision_of",
                    "minutes_revision",
                    &["forum_id", "number"],
                ),
                index("forum_photo_of", "forum_photo", &["unit_id", "forum_id"]),
                unique_index(
                    "forum_photo_once",
                    "forum_photo",
                    &["forum_id", "source_sha256"],
                ),
                index(
                    "forum_input_change_of",
                    "forum_input_change",
                    &["forum_input_id"],
                ),
                index("ba_scan_of", "ba_scan", &["berita_acara_id"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "ba_scan",
                "forum_input_change",
                "forum_photo",
                "minutes_revision",
                "minutes_note",
                "minutes",
            ],
        )
        .await
    }
}

fn minutes() -> TableCreateStatement {
    table(
        "minutes",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            number("revision"),
            one_of("status", &["draft", "review", "final", "superseded"]),
            text("minute_taker"),
            text("minute_taker_position"),
            maybe_id("approver_id"),
            text("approver_name"),
            text("approver_position"),
            json("results"),
            text("closing"),
            text("returned_because"),
            maybe_id("amends"),
            text("amendment_reason"),
            maybe_instant("approved_at"),
            maybe_id("approved_by"),
            maybe_id("document_id"),
            number("version"),
            number("edits"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("forum_id", "forum"),
            link("approver_id", "person"),
            link("approved_by", "person"),
            link("amends", "minutes"),
            link("document_id", "document"),
        ],
    )
}

/// `agenda_id` is no link: the agenda may be written anew before the day, and a note outlives it.
fn minutes_note() -> TableCreateStatement {
    table(
        "minutes_note",
        vec![
            key(),
            id("unit_id"),
            id("minutes_id"),
            id("agenda_id"),
            text("activity"),
            maybe_id("author_id"),
            text("author_name"),
            text("text"),
            number("version"),
            text("changed_by"),
            instant("changed_at"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("minutes_id", "minutes"),
            link("author_id", "person"),
        ],
    )
}

fn minutes_revision() -> TableCreateStatement {
    table(
        "minutes_revision",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            id("minutes_id"),
            number("number"),
            text("what"),
            text("by_name"),
            json("content"),
            instant("at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("forum_id", "forum"),
            link("minutes_id", "minutes"),
        ],
    )
}

fn forum_photo() -> TableCreateStatement {
    table(
        "forum_photo",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            number("position"),
            text("caption"),
            flag("publishable"),
            text("file_key"),
            text("content_type"),
            number("width"),
            number("height"),
            big_number("size"),
            text("source_sha256"),
            number("version"),
            instant("created_at"),
        ],
        vec![link("unit_id", "unit"), link("forum_id", "forum")],
    )
}

fn forum_input_change() -> TableCreateStatement {
    table(
        "forum_input_change",
        vec![
            key(),
            id("unit_id"),
            id("forum_input_id"),
            text("before"),
            text("reason"),
            text("by_name"),
            instant("at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("forum_input_id", "forum_input"),
        ],
    )
}

fn ba_scan() -> TableCreateStatement {
    table(
        "ba_scan",
        vec![
            key(),
            id("unit_id"),
            id("berita_acara_id"),
            id("file_id"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("berita_acara_id", "berita_acara"),
            link("file_id", "file"),
        ],
    )
}
