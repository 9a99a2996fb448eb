//! Invitations on paper: what was printed for many, in files of so many people, and marks that were set for many at once.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

fn print() -> TableCreateStatement {
    table(
        "invitation_print",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            one_of("kind", &["letters", "sheets"]),
            flag("double_sided"),
            number("sequence"),
            number("total"),
            instant("created_at"),
            maybe_id("created_by"),
        ],
        vec![link("unit_id", "unit"), link("forum_id", "forum")],
    )
}

fn part() -> TableCreateStatement {
    table(
        "invitation_print_part",
        vec![
            key(),
            id("unit_id"),
            id("print_id"),
            number("number"),
            json("recipients"),
            maybe_text("file_key"),
            number("tries"),
            maybe_instant("done_at"),
            maybe_instant("failed_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("print_id", "invitation_print"),
        ],
    )
}

fn handing() -> TableCreateStatement {
    table(
        "invitation_handing",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            number("total"),
            json("before"),
            instant("created_at"),
            maybe_id("created_by"),
            maybe_instant("undone_at"),
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
            index(
                "invitation_print_of",
                "invitation_print",
                &["unit_id", "forum_id"],
            ),
            unique_index(
                "invitation_print_part_of",
                "invitation_print_part",
                &["unit_id", "print_id", "number"],
            ),
            index(
                "invitation_handing_of",
                "invitation_handing",
                &["unit_id", "forum_id"],
            ),
        ];
        create(manager, vec![print(), part(), handing()], indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "invitation_handing",
                "invitation_print_part",
                "invitation_print",
            ],
        )
        .await
    }
}
