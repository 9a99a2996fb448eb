//! The states that complaints passed through, one row each, never changed.

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
        let event = table(
            "complaint_event",
            vec![
                key(),
                id("unit_id"),
                id("complaint_id"),
                number("seq"),
                text("event"),
                maybe_text("from_status"),
                text("to_status"),
                one_of("actor_kind", &["public", "person", "system"]),
                maybe_id("person_id"),
                text("actor_name"),
                maybe_text("reason"),
                json("data"),
                instant("at"),
            ],
            vec![
                link("unit_id", "unit"),
                link("complaint_id", "complaint"),
                link("person_id", "person"),
            ],
        );
        let indexes = vec![
            // Two writers at once cannot both be the third.
            unique_index(
                "complaint_event_seq",
                "complaint_event",
                &["unit_id", "complaint_id", "seq"],
            ),
        ];
        create(manager, vec![event], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["complaint_event"]).await
    }
}
