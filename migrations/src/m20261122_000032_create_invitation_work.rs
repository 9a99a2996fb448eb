//! What surrounds the list of recipients: batches that are sent, questions and their answers, the reminder of
//! a forum, and the contact book of a unit.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const GROUPS: &[&str] = &[
    "organiser",
    "users",
    "stakeholders",
    "experts",
    "civil_society",
    "media",
];

fn batches() -> Vec<TableCreateStatement> {
    vec![
        table(
            "invitation_batch",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                number("total"),
                instant("created_at"),
            ],
            vec![link("unit_id", "unit"), link("forum_id", "forum")],
        ),
        table(
            "invitation_batch_item",
            vec![
                key(),
                id("unit_id"),
                id("batch_id"),
                id("recipient_id"),
                maybe_id("mail_id"),
            ],
            vec![
                link("unit_id", "unit"),
                link("batch_id", "invitation_batch"),
                link("recipient_id", "recipient"),
            ],
        ),
    ]
}

fn question() -> TableCreateStatement {
    table(
        "invitation_question",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            id("recipient_id"),
            text("question"),
            instant("asked_at"),
            maybe_text("answer"),
            maybe_instant("answered_at"),
            maybe_id("answered_by"),
        ],
        vec![
            link("unit_id", "unit"),
            link("forum_id", "forum"),
            link("recipient_id", "recipient"),
            link("answered_by", "person"),
        ],
    )
}

fn reminder() -> TableCreateStatement {
    table(
        "invitation_reminder",
        vec![
            key(),
            id("unit_id"),
            id("forum_id"),
            number("working_days"),
            number("version"),
        ],
        vec![link("unit_id", "unit"), link("forum_id", "forum")],
    )
}

fn contact() -> TableCreateStatement {
    table(
        "contact",
        vec![
            key(),
            id("unit_id"),
            text("institution"),
            text("name"),
            text("position"),
            one_of("participant_group", GROUPS),
            maybe_text("email"),
            maybe_bytes("phone"),
            text("spelling"),
            maybe_instant("archived_at"),
            number("version"),
            instant("created_at"),
        ],
        vec![link("unit_id", "unit")],
    )
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [batches(), vec![question(), reminder(), contact()]].concat();
        let indexes = vec![
            index(
                "invitation_batch_of",
                "invitation_batch",
                &["unit_id", "forum_id"],
            ),
            unique_index(
                "invitation_batch_item_of",
                "invitation_batch_item",
                &["unit_id", "batch_id", "recipient_id"],
            ),
            index(
                "invitation_question_of",
                "invitation_question",
                &["unit_id", "forum_id"],
            ),
            unique_index(
                "invitation_reminder_of",
                "invitation_reminder",
                &["unit_id", "forum_id"],
            ),
            unique_index("contact_spelling", "contact", &["unit_id", "spelling"]),
        ];
        create(manager, tables, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "contact",
                "invitation_reminder",
                "invitation_question",
                "invitation_batch_item",
                "invitation_batch",
            ],
        )
        .await
    }
}
