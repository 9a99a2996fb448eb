//! Holidays by decree, office hours, closures and deadline policies with source and validity.

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
            tables(),
            vec![
                unique_index("holiday_date_category", "holiday", &["date", "category"]),
                unique_index(
                    "office_hours_weekday",
                    "office_hours",
                    &["unit_id", "weekday"],
                ),
                index(
                    "unit_closure_unit",
                    "unit_closure",
                    &["unit_id", "from_day"],
                ),
                index(
                    "deadline_policy_unit",
                    "deadline_policy",
                    &["unit_id", "valid_from"],
                ),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "deadline_policy",
                "unit_closure",
                "office_hours",
                "work_calendar",
                "holiday",
            ],
        )
        .await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "holiday",
            vec![
                key(),
                day("date"),
                text("name"),
                one_of("category", &["national_holiday", "collective_leave"]),
                text("decree"),
                one_of("certainty", &["fixed", "estimated"]),
            ],
            vec![],
        ),
        table(
            "work_calendar",
            vec![
                id("unit_id").primary_key().to_owned(),
                flag("work_collective_leave"),
                number("version"),
            ],
            vec![link("unit_id", "unit")],
        ),
        table(
            "office_hours",
            vec![
                key(),
                id("unit_id"),
                number("weekday"),
                clock("opens"),
                clock("closes"),
            ],
            vec![link("unit_id", "unit")],
        ),
        table(
            "unit_closure",
            vec![
                key(),
                id("unit_id"),
                day("from_day"),
                day("to_day"),
                text("reason"),
            ],
            vec![link("unit_id", "unit")],
        ),
        table(
            "deadline_policy",
            vec![
                key(),
                maybe_id("unit_id"),
                text("code"),
                one_of("after_hours", &["same_day", "next_working_day"]),
                one_of("due_end", &["close_of_office", "end_of_day"]),
                json("terms"),
                day("valid_from"),
                text("reason"),
                maybe_id("chosen_by"),
                maybe_instant("chosen_at"),
            ],
            vec![link("unit_id", "unit"), link("chosen_by", "person")],
        ),
    ]
}
