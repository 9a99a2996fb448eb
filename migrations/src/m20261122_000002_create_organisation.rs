//! Units, contacts, divisions, officials.

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
            vec![
                table(
                    "unit",
                    vec![
                        key(),
                        unique_text("code"),
                        text("name"),
                        text("short_name"),
                        text("government"),
                        text("province"),
                        text("city"),
                        text("jurisdiction"),
                        text("zone"),
                        text("legal_basis"),
                        text("address"),
                        text("postcode"),
                        text("website"),
                        text("accent"),
                        text("crest"),
                        unique_text("complaint_prefix"),
                        json("letterhead"),
                        json("letterhead_more"),
                        text("letter_number"),
                        maybe_id("parent_id"),
                        maybe_id("kept_by"),
                        flag("serves_public"),
                        number("version"),
                        instant("created_at"),
                    ],
                    vec![link("parent_id", "unit"), link("kept_by", "unit")],
                ),
                table(
                    "unit_contact",
                    vec![
                        key(),
                        id("unit_id"),
                        one_of(
                            "purpose",
                            &[
                                "general",
                                "complaint",
                                "fax",
                                "email",
                                "website",
                                "whatsapp",
                            ],
                        ),
                        text("label"),
                        text("value"),
                        number("position"),
                    ],
                    vec![link("unit_id", "unit")],
                ),
                table(
                    "division",
                    vec![
                        key(),
                        id("unit_id"),
                        text("code"),
                        text("name"),
                        text("head_position"),
                        number("position"),
                    ],
                    vec![link("unit_id", "unit")],
                ),
                table(
                    "official",
                    vec![
                        key(),
                        id("unit_id"),
                        maybe_id("division_id"),
                        text("key"),
                        text("name"),
                        text("office"),
                        text("rank"),
                        text("nip"),
                        maybe_id("superior_id"),
                        number("position"),
                        maybe_instant("left_at"),
                        number("version"),
                    ],
                    vec![
                        link("unit_id", "unit"),
                        link("division_id", "division"),
                        link("superior_id", "official"),
                    ],
                ),
            ],
            vec![
                index(
                    "unit_contact_unit",
                    "unit_contact",
                    &["unit_id", "position"],
                ),
                unique_index("division_code", "division", &["unit_id", "code"]),
                unique_index("official_key", "official", &["unit_id", "key"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["official", "division", "unit_contact", "unit"]).await
    }
}
