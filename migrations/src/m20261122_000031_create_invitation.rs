//! The letter of a forum and those it is sent to.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

fn letter() -> TableCreateStatement {
    table(
        "letter",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            id("from_unit_id"),
            maybe_text("number"),
            maybe_day("letter_date"),
            text("place"),
            one_of("classification", &["ordinary", "restricted"]),
            text("subject"),
            text("addressee"),
            text("place_line"),
            text("opening"),
            text("body"),
            text("closing"),
            text("signatory_position"),
            text("signatory_name"),
            text("signatory_rank"),
            text("signatory_nip"),
            json("copies"),
            maybe_instant("issued_at"),
            maybe_number("issued_sequence"),
            maybe_instant("reopened_at"),
            maybe_text("replaces_number"),
            maybe_day("replaces_date"),
            maybe_id("document_id"),
            number("version"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("forum_id", "forum"),
            link("from_unit_id", "unit"),
            link("document_id", "document"),
        ],
    )
}

fn recipient() -> TableCreateStatement {
    table(
        "recipient",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            number("position"),
            text("addressee"),
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
            number("quota"),
            text("note"),
            maybe_text("email"),
            maybe_bytes("phone"),
            unique_text("token_hash"),
            bytes("token_sealed"),
            one_of(
                "answer",
                &["none", "accepted", "declined", "tentative", "delegated"],
            ),
            maybe_text("delegate_name"),
            maybe_text("delegate_position"),
            maybe_bytes("delegate_phone"),
            maybe_text("message"),
            maybe_instant("opened_at"),
            maybe_instant("answered_at"),
            maybe_number("answered_sequence"),
            maybe_instant("requested_at"),
            maybe_number("requested_sequence"),
            maybe_text("handed_channel"),
            maybe_instant("handed_at"),
            maybe_id("handed_by"),
            maybe_number("handed_sequence"),
            maybe_number("told_sequence"),
            maybe_instant("printed_at"),
            maybe_id("printed_by"),
            maybe_number("printed_sequence"),
            maybe_instant("reminded_at"),
            maybe_instant("withdrawn_at"),
            number("version"),
            instant("created_at"),
        ],
        vec![link("unit_id", "unit"), link("forum_id", "forum")],
    )
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![
            unique_index("letter_of", "letter", &["unit_id", "forum_id"]),
            unique_index("letter_number", "letter", &["from_unit_id", "number"]),
            index(
                "recipient_of",
                "recipient",
                &["unit_id", "forum_id", "position"],
            ),
        ];
        create(manager, vec![letter(), recipient()], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["recipient", "letter"]).await
    }
}
