//! The append-only history of everything.

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
            vec![table(
                "event",
                vec![
                    key(),
                    maybe_id("unit_id"),
                    text("thing_kind"),
                    id("thing_id"),
                    text("verb"),
                    one_of("actor_kind", &["public", "person", "system"]),
                    maybe_id("person_id"),
                    text("actor_name"),
                    instant("at"),
                    json("data"),
                    text("request_id"),
                    maybe_text("seal"),
                    maybe_big_number("seal_seq"),
                ],
                vec![link("unit_id", "unit"), link("person_id", "person")],
            )],
            vec![
                index("event_thing", "event", &["thing_kind", "thing_id", "at"]),
                unique_index("event_sealed", "event", &["seal_seq"]),
                index("event_unit", "event", &["unit_id", "thing_kind", "at"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["event"]).await
    }
}
