//! Complaints, the identities beside them, their messages and the numbers they get.

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
            vec![complaint(), identity(), message(), counter(), idempotency()],
            vec![
                // The inbox: open ones by what is due next, and the same within a division.
                index("complaint_queue", "complaint", &["unit_id", "queue", "id"]),
                index(
                    "complaint_division",
                    "complaint",
                    &["unit_id", "division_id", "queue", "id"],
                ),
                // In the order of receipt; with what the home page adds up of each, so that it opens none.
                index(
                    "complaint_received",
                    "complaint",
                    &[
                        "unit_id",
                        "received_at",
                        "id",
                        "answered_in_time",
                        "answer_working_days",
                    ],
                ),
                index(
                    "complaint_message_of",
                    "complaint_message",
                    &["unit_id", "complaint_id", "at"],
                ),
                // The same message delivered twice is one message.
                unique_index(
                    "complaint_message_name",
                    "complaint_message",
                    &["unit_id", "channel", "external_id"],
                ),
                unique_index(
                    "complaint_counter_year",
                    "complaint_counter",
                    &["unit_id", "year"],
                ),
                index("idempotency_key_age", "idempotency_key", &["created_at"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "idempotency_key",
                "complaint_counter",
                "complaint_message",
                "complaint_identity",
                "complaint",
            ],
        )
        .await
    }
}

fn complaint() -> TableCreateStatement {
    let mut submission_key = maybe_text("submission_key");
    submission_key.unique_key();
    let mut answered_in_time = ColumnDef::new(Alias::new("answered_in_time"));
    answered_in_time.boolean().null();
    table(
        "complaint",
        vec![
            key(),
            id("unit_id"),
            unique_text("number"),
            one_of(
                "kind",
                &["complaint", "aspiration", "information_request", "praise"],
            ),
            maybe_one_of(
                "class",
                &["information_request", "not_supervisory", "supervisory"],
            ),
            one_of(
                "channel",
                &[
                    "web",
                    "walk_in",
                    "letter",
                    "phone",
                    "whatsapp",
                    "email",
                    "suggestion_box",
                    "sp4n_lapor",
                    "instagram",
                    "facebook",
                    "forum",
                    "other",
                ],
            ),
            text("subject"),
            text("description"),
            maybe_text("service_code"),
            flag("anonymous"),
            flag("confidential"),
            one_of(
                "status",
                &[
                    "received",
                    "incomplete",
                    "verified",
                    "assigned",
                    "in_progress",
                    "answered",
                    "reopened",
                    "closed",
                    "rejected",
                    "out_of_authority",
                    "withdrawn",
                ],
            ),
            big_number("queue"),
            maybe_id("division_id"),
            maybe_id("assignee_id"),
            maybe_text("instruction"),
            instant("received_at"),
            instant("due_at"),
            instant("legal_due_at"),
            id("policy_id"),
            number("extended_days"),
            json("explanation"),
            maybe_instant("answered_at"),
            answered_in_time,
            maybe_number("answer_working_days"),
            maybe_instant("closed_at"),
            maybe_id("merged_into"),
            maybe_instant("look_at"),
            maybe_instant("solution_due_at"),
            maybe_instant("heard_at"),
            bytes("access_code"),
            submission_key,
            one_of("locale", &["id", "en"]),
            instant("created_at"),
            number("version"),
        ],
        vec![
            link("unit_id", "unit"),
            link("division_id", "division"),
            link("assignee_id", "person"),
            link("policy_id", "deadline_policy"),
            link("merged_into", "complaint"),
        ],
    )
}

fn identity() -> TableCreateStatement {
    let mut complaint = id("complaint_id");
    complaint.primary_key();
    table(
        "complaint_identity",
        vec![
            complaint,
            id("unit_id"),
            maybe_bytes("name"),
            maybe_bytes("email"),
            maybe_bytes("phone"),
        ],
        vec![link("complaint_id", "complaint"), link("unit_id", "unit")],
    )
}

fn message() -> TableCreateStatement {
    table(
        "complaint_message",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            one_of(
                "kind",
                &["answer", "question", "citizen_message", "internal_note"],
            ),
            one_of("direction", &["in", "out", "internal"]),
            one_of(
                "channel",
                &[
                    "web",
                    "walk_in",
                    "letter",
                    "phone",
                    "whatsapp",
                    "email",
                    "suggestion_box",
                    "sp4n_lapor",
                    "instagram",
                    "facebook",
                    "forum",
                    "other",
                ],
            ),
            maybe_text("external_id"),
            maybe_id("person_id"),
            maybe_id("division_id"),
            text("author"),
            text("text"),
            instant("at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("complaint_id", "complaint"),
            link("person_id", "person"),
            link("division_id", "division"),
        ],
    )
}

fn counter() -> TableCreateStatement {
    table(
        "complaint_counter",
        vec![id("unit_id"), number("year"), number("last")],
        vec![link("unit_id", "unit")],
    )
}

fn idempotency() -> TableCreateStatement {
    let mut hash = text("key_hash");
    hash.primary_key();
    table(
        "idempotency_key",
        vec![
            hash,
            id("unit_id"),
            id("complaint_id"),
            text("body_hash"),
            instant("created_at"),
        ],
        vec![link("unit_id", "unit"), link("complaint_id", "complaint")],
    )
}
