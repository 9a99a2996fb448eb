//! Late decrees and what moved with them, and what was said about deadlines: each warning, each escalation
//! and each digest once, whoever of several processes comes first.

use sea_orm_migration::prelude::*;

use crate::parts::*;

/// What the clocks have to look at, and the few that somebody looks for: nothing else stands in these indexes.
const LOOKS: &str = "CREATE INDEX complaint_look ON complaint (unit_id, look_at, id) WHERE look_at IS NOT NULL;
CREATE INDEX complaint_solution ON complaint (unit_id, solution_due_at) WHERE solution_due_at IS NOT NULL;
CREATE INDEX complaint_merged ON complaint (unit_id, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX complaint_heard ON complaint (unit_id, heard_at) WHERE heard_at IS NOT NULL;";

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
                one_of(
                    "kind",
                    &[
                        "warning",
                        "escalation",
                        "closing",
                        "waiting",
                        "solution",
                        "solution_soon",
                    ],
                ),
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
        .await?;
        manager.get_connection().execute_unprepared(LOOKS).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let unlooked =
            "DROP INDEX complaint_look; DROP INDEX complaint_solution; DROP INDEX complaint_heard;";
        manager
            .get_connection()
            .execute_unprepared(unlooked)
            .await?;
        drop(
            manager,
            &["complaint_digest", "complaint_notice", "holiday_change"],
        )
        .await
    }
}
