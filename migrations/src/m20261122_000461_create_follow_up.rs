//! What becomes of a forum: why an agreed point has no action, which actions go on in the next forum, and
//! what an item of an agenda was proposed from.

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
            table(
                "point_reason",
                vec![
                    key(),
                    id("unit_id"),
                    id("forum_id"),
                    id("point_root"),
                    text("reason"),
                    number("version"),
                    instant("created_at"),
                ],
                vec![link("unit_id", "unit"), link("forum_id", "forum")],
            ),
            table(
                "carried_action",
                vec![
                    key(),
                    id("unit_id"),
                    id("action_id"),
                    id("from_forum_id"),
                    id("to_forum_id"),
                    instant("created_at"),
                ],
                vec![
                    link("unit_id", "unit"),
                    link("action_id", "action_item"),
                    link("from_forum_id", "forum"),
                    link("to_forum_id", "forum"),
                ],
            ),
            table(
                "agenda_source",
                vec![
                    key(),
                    id("unit_id"),
                    id("forum_id"),
                    id("agenda_id"),
                    one_of("kind", &["complaints", "topic", "action"]),
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
            ),
        ];
        let indexes = vec![
            unique_index(
                "point_reason_of",
                "point_reason",
                &["unit_id", "forum_id", "point_root"],
            ),
            unique_index(
                "carried_action_once",
                "carried_action",
                &["unit_id", "from_forum_id", "action_id"],
            ),
            index(
                "carried_action_to",
                "carried_action",
                &["unit_id", "to_forum_id"],
            ),
            unique_index(
                "agenda_source_once",
                "agenda_source",
                &["unit_id", "forum_id", "kind", "source_id"],
            ),
        ];
        create(manager, tables, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &["agenda_source", "carried_action", "point_reason"],
        )
        .await
    }
}
