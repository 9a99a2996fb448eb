//! Who came to a forum, and the day the list was closed.

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
            vec![attendance(), attendance_sheet()],
            vec![
                index(
                    "attendance_list",
                    "attendance",
                    &["unit_id", "forum_id", "position"],
                ),
                unique_index(
                    "attendance_code",
                    "attendance",
                    &["forum_id", "check_in_code"],
                ),
                // A recipient comes once; rows without one stay apart, because nulls are never equal.
                unique_index(
                    "attendance_recipient",
                    "attendance",
                    &["forum_id", "recipient_id"],
                ),
                unique_index("attendance_sheet_forum", "attendance_sheet", &["forum_id"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["attendance_sheet", "attendance"]).await
    }
}

fn attendance() -> TableCreateStatement {
    let mut method = ColumnDef::new(Alias::new("method"));
    method.text().null().check(Expr::cust(
        "method IN ('name', 'code', 'walk_in', 'self_service', 'sheet')",
    ));
    table(
        "attendance",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            number("position"),
            text("name"),
            maybe_text("office"),
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
            maybe_bytes("phone"),
            maybe_id("recipient_id"),
            flag("registered"),
            text("check_in_code"),
            maybe_instant("checked_in_at"),
            method,
            json("visits"),
            flag("undone"),
            maybe_id("signature_id"),
            number("version"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("forum_id", "forum"),
            link("signature_id", "file"),
        ],
    )
}

fn attendance_sheet() -> TableCreateStatement {
    table(
        "attendance_sheet",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            instant("closed_at"),
            id("document_id"),
            id("public_document_id"),
        ],
        vec![
            link("unit_id", "unit"),
            link("forum_id", "forum"),
            link("document_id", "document"),
            link("public_document_id", "document"),
        ],
    )
}
