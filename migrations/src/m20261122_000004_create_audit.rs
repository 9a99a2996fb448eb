//! The append-only history of everything.

use sea_orm_migration::prelude::*;

use crate::parts::*;

/// Each entry stands in one of the two: those that wait are few among millions, and places of the chain are unique.
const SEALS: &str = "CREATE INDEX event_loose ON event (at, id) WHERE seal_seq IS NULL;
CREATE UNIQUE INDEX event_sealed ON event (seal_seq) WHERE seal_seq IS NOT NULL;";

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
                index("event_unit", "event", &["unit_id", "thing_kind", "at"]),
            ],
        )
        .await?;
        manager.get_connection().execute_unprepared(SEALS).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["event"]).await
    }
}
