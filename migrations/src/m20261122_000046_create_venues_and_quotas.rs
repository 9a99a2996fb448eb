//! The register of venues, how many of each group a forum plans for, and the reminders that went out.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const GROUPS: &[&str] = &[
    "organiser",
    "users",
    "stakeholders",
    "experts",
    "civil_society",
    "media",
];

const STAGES: &[&str] = &[
    "preparation",
    "invitation",
    "session",
    "berita_acara",
    "report",
    "follow_up",
    "closed",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let of_forum = || vec![link("unit_id", "unit"), link("forum_id", "forum")];
        let tables = vec![
            table(
                "venue",
                vec![
                    key(),
                    id("unit_id"),
                    text("name"),
                    text("room"),
                    text("address"),
                    maybe_instant("archived_at"),
                    number("version"),
                    instant("created_at"),
                ],
                vec![link("unit_id", "unit")],
            ),
            table(
                "forum_quota",
                vec![
                    key(),
                    id("unit_id"),
                    id("forum_id"),
                    one_of("participant_group", GROUPS),
                    number("planned"),
                ],
                of_forum(),
            ),
            table(
                "stage_reminder",
                vec![
                    key(),
                    id("unit_id"),
                    id("forum_id"),
                    one_of("stage", STAGES),
                    text("week"),
                    instant("created_at"),
                ],
                of_forum(),
            ),
        ];
        let indexes = vec![
            unique_index("venue_spelling", "venue", &["unit_id", "name", "room"]),
            unique_index(
                "forum_quota_of",
                "forum_quota",
                &["unit_id", "forum_id", "participant_group"],
            ),
            unique_index(
                "stage_reminder_once",
                "stage_reminder",
                &["unit_id", "forum_id", "stage", "week"],
            ),
        ];
        create(manager, tables, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["stage_reminder", "forum_quota", "venue"]).await
    }
}
