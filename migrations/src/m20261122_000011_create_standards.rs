//! Service standards with their fourteen components, the decree that sets them, the service charter.

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
                index(
                    "service_standard_decree_unit",
                    "service_standard_decree",
                    &["unit_id", "date"],
                ),
                unique_index(
                    "service_standard_code",
                    "service_standard",
                    &["unit_id", "code"],
                ),
                // A component is known by what it is; its place differs between offices.
                unique_index(
                    "standard_component_kind",
                    "standard_component",
                    &["standard_id", "kind"],
                ),
                index(
                    "standard_component_unit",
                    "standard_component",
                    &["unit_id", "kind"],
                ),
                unique_index("service_charter_unit", "service_charter", &["unit_id"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "service_charter",
                "standard_component",
                "service_standard",
                "service_standard_decree",
            ],
        )
        .await
    }
}

const KINDS: &[&str] = &[
    "requirements",
    "procedure",
    "lead_time",
    "fee",
    "product",
    "complaint_channels",
    "legal_basis",
    "facilities",
    "competence",
    "internal_control",
    "staff_count",
    "service_guarantee",
    "safety_guarantee",
    "performance_evaluation",
];

fn tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "service_standard_decree",
            vec![
                key(),
                id("unit_id"),
                maybe_text("number"),
                text("title"),
                maybe_text("place"),
                maybe_day("date"),
                json("contents"),
            ],
            vec![link("unit_id", "unit")],
        ),
        table(
            "service_standard",
            vec![
                key(),
                id("unit_id"),
                text("code"),
                number("position"),
                text("name"),
                text("summary"),
                maybe_id("decree_id"),
                number("version"),
                maybe_day("valid_from"),
                text("search_text"),
            ],
            vec![
                link("unit_id", "unit"),
                link("decree_id", "service_standard_decree"),
            ],
        ),
        table(
            "standard_component",
            vec![
                key(),
                id("unit_id"),
                id("standard_id"),
                one_of("kind", KINDS),
                number("position"),
                maybe_text("text"),
                json("items"),
                json("durations"),
                json("channels"),
                maybe_big_number("fee_rupiah"),
                maybe_number("staff_count"),
            ],
            vec![
                link("unit_id", "unit"),
                link("standard_id", "service_standard"),
            ],
        ),
        table(
            "service_charter",
            vec![
                key(),
                id("unit_id"),
                text("text"),
                text("place"),
                day("date"),
                text("signatory"),
                text("signatory_position"),
            ],
            vec![link("unit_id", "unit")],
        ),
    ]
}
