//! The Berita Acara of a forum: its agreed points, the inputs they came from, and who signs.

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
                berita_acara(),
                agreed_point(),
                agreed_point_input(),
                ba_signatory(),
            ],
            vec![
                unique_index(
                    "berita_acara_version",
                    "berita_acara",
                    &["forum_id", "version_no"],
                ),
                index(
                    "berita_acara_unit",
                    "berita_acara",
                    &["unit_id", "forum_id"],
                ),
                index(
                    "agreed_point_list",
                    "agreed_point",
                    &["berita_acara_id", "position"],
                ),
                index("agreed_point_root", "agreed_point", &["root_id"]),
                unique_index(
                    "agreed_point_input_pair",
                    "agreed_point_input",
                    &["agreed_point_id", "forum_input_id"],
                ),
                index(
                    "ba_signatory_list",
                    "ba_signatory",
                    &["berita_acara_id", "position"],
                ),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "ba_signatory",
                "agreed_point_input",
                "agreed_point",
                "berita_acara",
            ],
        )
        .await
    }
}

fn berita_acara() -> TableCreateStatement {
    table(
        "berita_acara",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            number("version_no"),
            text("number"),
            text("place"),
            text("title"),
            text("opening_subject"),
            json("legal_basis"),
            json("reference"),
            text("closing"),
            one_of("status", &["draft", "locked", "superseded"]),
            maybe_instant("locked_at"),
            maybe_id("locked_by"),
            maybe_text("record_hash"),
            maybe_id("document_id"),
            maybe_id("amends"),
            text("amendment_reason"),
            number("version"),
            number("edits"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("forum_id", "forum"),
            link("locked_by", "person"),
            link("document_id", "document"),
            link("amends", "berita_acara"),
        ],
    )
}

fn agreed_point() -> TableCreateStatement {
    table(
        "agreed_point",
        vec![
            key(),
            id("unit_id"),
            id("berita_acara_id"),
            number("position"),
            text("text"),
            flag("meant_so"),
            id("root_id"),
            number("version"),
        ],
        vec![
            link("unit_id", "unit"),
            link("berita_acara_id", "berita_acara"),
        ],
    )
}

fn agreed_point_input() -> TableCreateStatement {
    table(
        "agreed_point_input",
        vec![
            key(),
            id("unit_id"),
            id("agreed_point_id"),
            id("forum_input_id"),
        ],
        vec![
            link("unit_id", "unit"),
            link("agreed_point_id", "agreed_point"),
            link("forum_input_id", "forum_input"),
        ],
    )
}

fn ba_signatory() -> TableCreateStatement {
    table(
        "ba_signatory",
        vec![
            key(),
            id("unit_id"),
            id("berita_acara_id"),
            number("position"),
            text("name"),
            text("role"),
            text("organisation"),
            one_of(
                "participant_group",
                &[
                    "organiser",
                    "users",
                    "stakeholders",
                    "experts",
                    "civil_society",
                    "media",
                ],
            ),
            text("represents"),
            flag("signed_on_paper"),
            maybe_day("signed_on"),
            maybe_text("signature_key"),
            maybe_text("signature_sha256"),
            maybe_text("missing_reason"),
            maybe_id("attendance_id"),
            number("version"),
        ],
        vec![
            link("unit_id", "unit"),
            link("berita_acara_id", "berita_acara"),
            link("attendance_id", "attendance"),
        ],
    )
}
