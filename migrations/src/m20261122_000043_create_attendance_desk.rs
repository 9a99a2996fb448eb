//! What happens at the door: who let whom in and when, the link on the wall, and the signed sheets that come back as
//! pictures.

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
            vec![attendance_entry(), attendance_desk(), attendance_scan()],
            vec![
                index(
                    "attendance_entry_row",
                    "attendance_entry",
                    &["attendance_id", "came_at"],
                ),
                // A tablet that sends twice is one entry; entries without a mark stay apart.
                unique_index(
                    "attendance_entry_client",
                    "attendance_entry",
                    &["forum_id", "client_id"],
                ),
                unique_index("attendance_desk_forum", "attendance_desk", &["forum_id"]),
                index(
                    "attendance_scan_forum",
                    "attendance_scan",
                    &["unit_id", "forum_id"],
                ),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &["attendance_scan", "attendance_desk", "attendance_entry"],
        )
        .await
    }
}

fn attendance_entry() -> TableCreateStatement {
    table(
        "attendance_entry",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            id("attendance_id"),
            maybe_id("client_id"),
            text("asked"),
            one_of(
                "method",
                &["name", "code", "walk_in", "self_service", "sheet"],
            ),
            instant("came_at"),
            instant("recorded_at"),
            maybe_id("person_id"),
            maybe_instant("undone_at"),
            maybe_id("undone_by"),
        ],
        vec![
            link("unit_id", "unit"),
            link("forum_id", "forum"),
            link("attendance_id", "attendance"),
            link("person_id", "person"),
            link("undone_by", "person"),
        ],
    )
}

fn attendance_desk() -> TableCreateStatement {
    table(
        "attendance_desk",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            unique_text("short_code"),
            flag("self_service"),
            number("version"),
        ],
        vec![link("unit_id", "unit"), link("forum_id", "forum")],
    )
}

fn attendance_scan() -> TableCreateStatement {
    table(
        "attendance_scan",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            id("file_id"),
            maybe_id("person_id"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("forum_id", "forum"),
            link("file_id", "file"),
            link("person_id", "person"),
        ],
    )
}
