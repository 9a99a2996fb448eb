//! Late decrees and what moved with them, and what was said about deadlines: each warning, each escalation
//! and each digest once, whoever of several processes comes first.

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
        let change = table(
            "holiday_change",
            vec![
                key(),
                one_of("action", &["add", "withdraw"]),
                day("date"),
                text("name"),
                one_of("category", &["national_holiday", "collective_leave"]),
                text("decree"),
                text("reason"),
                number("moved"),
                maybe_id("person_id"),
                instant("at"),
            ],
            vec![link("person_id", "person")],
        );
        let notice = table(
            "complaint_notice",
            vec![
                key(),
                id("unit_id"),
                id("complaint_id"),
                one_of("kind", &["warning", "escalation", "closing", "waiting"]),
                number("level"),
                instant("due_at"),
                instant("at"),
            ],
            vec![link("unit_id", "unit"), link("complaint_id", "complaint")],
        );
        let digest = table(
            "complaint_digest",
            vec![
                key(),
                id("unit_id"),
                id("person_id"),
                day("day"),
                instant("at"),
            ],
            vec![link("unit_id", "unit"), link("person_id", "person")],
        );
        create(
            manager,
            vec![change, notice, digest],
            vec![
                unique_index(
                    "complaint_notice_once",
                    "complaint_notice",
                    &["unit_id", "complaint_id", "kind", "level", "due_at"],
                ),
                unique_index(
                    "complaint_digest_once",
                    "complaint_digest",
                    &["unit_id", "person_id", "day"],
                ),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &["complaint_digest", "complaint_notice", "holiday_change"],
        )
        .await
    }
}
