//! What protects people: how long voices are kept and what is held, requests for one's own data, breaches with
//! their clock, letters of clarification, rules of disposition, and who stands in for whom.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &[&str] = &[
    "absence",
    "disposition_rule",
    "clarification_letter",
    "clock_reminder",
    "breach_entry",
    "breach",
    "data_request",
    "privacy_counter",
    "complaint_erasure",
    "legal_hold",
    "retention_run",
    "retention_policy",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = vec![
            policy_table(),
            run_table(),
            hold_table(),
            erasure_table(),
            counter_table(),
            request_table(),
            breach_table(),
            breach_entry_table(),
            reminder_table(),
            letter_table(),
            rule_table(),
            absence_table(),
        ];
        create(manager, tables, indexes()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ended = Index::drop()
            .name("complaint_ended")
            .table(Alias::new("complaint"))
            .to_owned();
        manager.drop_index(ended).await?;
        drop(manager, TABLES).await
    }
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index(
            "retention_policy_of",
            "retention_policy",
            &["unit_id", "kind", "valid_from"],
        ),
        index(
            "retention_run_of",
            "retention_run",
            &["unit_id", "started_at"],
        ),
        index("legal_hold_of", "legal_hold", &["unit_id", "complaint_id"]),
        index(
            "complaint_erasure_of",
            "complaint_erasure",
            &["unit_id", "at"],
        ),
        // The retention run asks for what ended long ago.
        index(
            "complaint_ended",
            "complaint",
            &["unit_id", "kind", "received_at"],
        ),
        index(
            "data_request_of",
            "data_request",
            &["unit_id", "state", "due_at"],
        ),
        index(
            "data_request_about",
            "data_request",
            &["unit_id", "complaint_id"],
        ),
        index("breach_of", "breach", &["unit_id", "found_at"]),
        unique_index(
            "breach_entry_seq",
            "breach_entry",
            &["unit_id", "breach_id", "seq"],
        ),
        unique_index(
            "clock_reminder_once",
            "clock_reminder",
            &["unit_id", "thing_kind", "thing_id", "level"],
        ),
        index(
            "clarification_letter_of",
            "clarification_letter",
            &["unit_id", "complaint_id"],
        ),
        index(
            "disposition_rule_order",
            "disposition_rule",
            &["unit_id", "position"],
        ),
        index("absence_of", "absence", &["unit_id", "person_id", "to_day"]),
        index(
            "absence_substitute",
            "absence",
            &["substitute_id", "to_day"],
        ),
    ]
}

fn policy_table() -> TableCreateStatement {
    table(
        "retention_policy",
        vec![
            key(),
            id("unit_id"),
            one_of(
                "kind",
                &["complaint", "aspiration", "information_request", "praise"],
            ),
            number("months"),
            text("source"),
            one_of("certainty", &["verified", "secondary", "unverified"]),
            day("valid_from"),
            text("reason"),
            maybe_id("chosen_by"),
            instant("created_at"),
        ],
        vec![link("unit_id", "unit"), link("chosen_by", "person")],
    )
}

fn run_table() -> TableCreateStatement {
    table(
        "retention_run",
        vec![
            key(),
            id("unit_id"),
            instant("started_at"),
            maybe_instant("finished_at"),
            maybe_id("person_id"),
            json("counts"),
        ],
        vec![link("unit_id", "unit"), link("person_id", "person")],
    )
}

fn hold_table() -> TableCreateStatement {
    table(
        "legal_hold",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            text("reason"),
            maybe_id("placed_by"),
            instant("placed_at"),
            maybe_text("release_reason"),
            maybe_id("released_by"),
            maybe_instant("released_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("complaint_id", "complaint"),
            link("placed_by", "person"),
            link("released_by", "person"),
        ],
    )
}

fn erasure_table() -> TableCreateStatement {
    let mut key = id("complaint_id");
    key.primary_key();
    table(
        "complaint_erasure",
        vec![
            key,
            id("unit_id"),
            maybe_id("run_id"),
            one_of("cause", &["retention", "request"]),
            text("basis"),
            instant("ended_at"),
            instant("at"),
        ],
        vec![
            link("complaint_id", "complaint"),
            link("unit_id", "unit"),
            link("run_id", "retention_run"),
        ],
    )
}

fn counter_table() -> TableCreateStatement {
    let mut statement = table(
        "privacy_counter",
        vec![
            id("unit_id"),
            text("register"),
            number("year"),
            number("last"),
        ],
        vec![link("unit_id", "unit")],
    );
    statement.primary_key(
        Index::create()
            .col(Alias::new("unit_id"))
            .col(Alias::new("register"))
            .col(Alias::new("year")),
    );
    statement
}

fn request_table() -> TableCreateStatement {
    table(
        "data_request",
        vec![
            key(),
            id("unit_id"),
            unique_text("number"),
            one_of("wish", &["access", "correction", "deletion", "stop"]),
            one_of(
                "state",
                &["received", "verified", "granted", "refused", "withdrawn"],
            ),
            maybe_id("complaint_id"),
            maybe_bytes("name"),
            maybe_bytes("email"),
            maybe_bytes("phone"),
            bytes("words"),
            bytes("access_code"),
            maybe_text("checked_how"),
            maybe_bytes("answer"),
            one_of("locale", &["id", "en"]),
            instant("received_at"),
            instant("due_at"),
            maybe_instant("verified_at"),
            maybe_instant("answered_at"),
            maybe_id("person_id"),
            number("version"),
        ],
        vec![
            link("unit_id", "unit"),
            link("complaint_id", "complaint"),
            link("person_id", "person"),
        ],
    )
}

fn breach_table() -> TableCreateStatement {
    table(
        "breach",
        vec![
            key(),
            id("unit_id"),
            unique_text("number"),
            text("title"),
            instant("found_at"),
            instant("due_at"),
            maybe_instant("first_due_at"),
            text("what_happened"),
            text("data_kinds"),
            text("whose"),
            number("people"),
            text("risk"),
            text("measures"),
            maybe_instant("persons_told_at"),
            maybe_text("persons_told_how"),
            maybe_instant("authority_told_at"),
            maybe_text("authority_told_how"),
            maybe_instant("closed_at"),
            maybe_id("created_by"),
            instant("created_at"),
            number("version"),
        ],
        vec![link("unit_id", "unit"), link("created_by", "person")],
    )
}

fn breach_entry_table() -> TableCreateStatement {
    table(
        "breach_entry",
        vec![
            key(),
            id("unit_id"),
            id("breach_id"),
            number("seq"),
            maybe_id("person_id"),
            text("person_name"),
            text("act"),
            text("words"),
            instant("at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("breach_id", "breach"),
            link("person_id", "person"),
        ],
    )
}

fn reminder_table() -> TableCreateStatement {
    table(
        "clock_reminder",
        vec![
            key(),
            id("unit_id"),
            one_of("thing_kind", &["data_request", "breach"]),
            id("thing_id"),
            number("level"),
            instant("at"),
        ],
        vec![link("unit_id", "unit")],
    )
}

fn letter_table() -> TableCreateStatement {
    table(
        "clarification_letter",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            text("number"),
            text("classification"),
            text("subject"),
            text("addressee"),
            text("address_place"),
            text("body"),
            text("copies"),
            maybe_id("signatory_id"),
            maybe_id("document_id"),
            maybe_instant("issued_at"),
            maybe_id("person_id"),
            instant("created_at"),
            number("version"),
        ],
        vec![
            link("unit_id", "unit"),
            link("complaint_id", "complaint"),
            link("signatory_id", "official"),
            link("document_id", "document"),
            link("person_id", "person"),
        ],
    )
}

fn rule_table() -> TableCreateStatement {
    table(
        "disposition_rule",
        vec![
            key(),
            id("unit_id"),
            number("position"),
            text("name"),
            maybe_text("service_code"),
            maybe_text("channel"),
            text("words"),
            id("division_id"),
            maybe_id("person_id"),
            maybe_text("instruction"),
            flag("automatic"),
            flag("active"),
            instant("created_at"),
            number("version"),
        ],
        vec![
            link("unit_id", "unit"),
            link("division_id", "division"),
            link("person_id", "person"),
        ],
    )
}

fn absence_table() -> TableCreateStatement {
    table(
        "absence",
        vec![
            key(),
            id("unit_id"),
            id("person_id"),
            id("substitute_id"),
            day("from_day"),
            day("to_day"),
            text("reason"),
            maybe_id("created_by"),
            instant("created_at"),
            maybe_instant("cancelled_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("person_id", "person"),
            link("substitute_id", "person"),
            link("created_by", "person"),
        ],
    )
}
