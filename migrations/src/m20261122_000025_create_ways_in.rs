//! The ways in: channels of a unit, conversations with other systems, originals, what was kept of papers, boxes and
//! lists of SP4N-LAPOR.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const CHANNELS: &[&str] = &[
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
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = vec![
            channel(),
            conversation(),
            original(),
            opening(),
            entry(),
            restricted_file(),
            box_scan(),
            import(),
            sp4n_case(),
            sp4n_mapping(),
        ];
        create(manager, tables, indexes()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "sp4n_mapping",
                "sp4n_case",
                "sp4n_import",
                "box_scan",
                "complaint_restricted_file",
                "complaint_entry",
                "box_opening",
                "complaint_original",
                "complaint_conversation",
                "intake_channel",
            ],
        )
        .await
    }
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index(
            "intake_channel_of",
            "intake_channel",
            &["unit_id", "position"],
        ),
        // What comes in under a name belongs to one case, whoever brings it, twice at once too.
        unique_index(
            "complaint_conversation_name",
            "complaint_conversation",
            &["unit_id", "channel", "external_id"],
        ),
        unique_index(
            "complaint_conversation_of",
            "complaint_conversation",
            &["complaint_id", "channel"],
        ),
        index(
            "complaint_original_of",
            "complaint_original",
            &["unit_id", "complaint_id"],
        ),
        index(
            "complaint_entry_by",
            "complaint_entry",
            &["unit_id", "person_id", "created_at"],
        ),
        unique_index(
            "complaint_entry_sheet",
            "complaint_entry",
            &["opening_id", "sheet"],
        ),
        index(
            "complaint_restricted_file_of",
            "complaint_restricted_file",
            &["unit_id", "complaint_id"],
        ),
        index("box_opening_of", "box_opening", &["unit_id", "opened_at"]),
        index("box_scan_of", "box_scan", &["unit_id", "opening_id"]),
        index("sp4n_import_of", "sp4n_import", &["unit_id", "created_at"]),
    ]
}

fn channel() -> TableCreateStatement {
    table(
        "intake_channel",
        vec![
            key(),
            id("unit_id"),
            one_of("kind", CHANNELS),
            text("name"),
            text("contact"),
            text("responsible"),
            text("note"),
            flag("active"),
            number("position"),
            instant("created_at"),
            number("version"),
        ],
        vec![link("unit_id", "unit")],
    )
}

fn conversation() -> TableCreateStatement {
    table(
        "complaint_conversation",
        vec![
            id("complaint_id"),
            one_of("channel", CHANNELS),
            id("unit_id"),
            text("external_id"),
            instant("created_at"),
        ],
        vec![link("complaint_id", "complaint"), link("unit_id", "unit")],
    )
}

fn original() -> TableCreateStatement {
    table(
        "complaint_original",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            maybe_id("message_id"),
            bytes("content"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("complaint_id", "complaint"),
            link("message_id", "complaint_message"),
        ],
    )
}

fn entry() -> TableCreateStatement {
    let mut complaint = id("complaint_id");
    complaint.primary_key();
    table(
        "complaint_entry",
        vec![
            complaint,
            id("unit_id"),
            maybe_id("person_id"),
            maybe_text("letter_number"),
            maybe_day("letter_date"),
            maybe_bytes("address"),
            maybe_bytes("represented_by"),
            maybe_id("opening_id"),
            maybe_number("sheet"),
            instant("created_at"),
        ],
        vec![
            link("complaint_id", "complaint"),
            link("unit_id", "unit"),
            link("person_id", "person"),
            link("opening_id", "box_opening"),
        ],
    )
}

fn restricted_file() -> TableCreateStatement {
    table(
        "complaint_restricted_file",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            one_of("kind", &["identity_card", "power_of_attorney"]),
            text("content_type"),
            big_number("size"),
            text("file_key"),
            maybe_id("person_id"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("complaint_id", "complaint"),
            link("person_id", "person"),
        ],
    )
}

fn opening() -> TableCreateStatement {
    table(
        "box_opening",
        vec![
            key(),
            id("unit_id"),
            instant("opened_at"),
            text("place"),
            json("witnesses"),
            number("counted"),
            maybe_instant("closed_at"),
            maybe_text("close_reason"),
            maybe_id("person_id"),
            instant("created_at"),
            number("version"),
        ],
        vec![link("unit_id", "unit"), link("person_id", "person")],
    )
}

fn box_scan() -> TableCreateStatement {
    let mut file = id("file_id");
    file.primary_key();
    table(
        "box_scan",
        vec![file, id("unit_id"), id("opening_id"), instant("created_at")],
        vec![
            link("file_id", "file"),
            link("unit_id", "unit"),
            link("opening_id", "box_opening"),
        ],
    )
}

fn import() -> TableCreateStatement {
    table(
        "sp4n_import",
        vec![
            key(),
            id("unit_id"),
            maybe_id("person_id"),
            text("person_name"),
            text("file_name"),
            number("stored"),
            number("known"),
            number("changed"),
            number("faulty"),
            instant("created_at"),
        ],
        vec![link("unit_id", "unit"), link("person_id", "person")],
    )
}

fn sp4n_case() -> TableCreateStatement {
    let mut complaint = id("complaint_id");
    complaint.primary_key();
    table(
        "sp4n_case",
        vec![
            complaint,
            id("unit_id"),
            id("import_id"),
            text("status"),
            text("disposition"),
            instant("updated_at"),
        ],
        vec![
            link("complaint_id", "complaint"),
            link("unit_id", "unit"),
            link("import_id", "sp4n_import"),
        ],
    )
}

fn sp4n_mapping() -> TableCreateStatement {
    let mut unit = id("unit_id");
    unit.primary_key();
    table(
        "sp4n_mapping",
        vec![unit, json("headings"), instant("updated_at")],
        vec![link("unit_id", "unit")],
    )
}
