//! How a citizen files: a form that is not sent yet, the questions of a category and what was answered, whether
//! a file was looked at, what news is wanted, a change of contact, and whether the answer helped.

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
        let tables = vec![
            form_table(),
            file_check_table(),
            category_table(),
            question_table(),
            sorting_table(),
            detail_table(),
            news_table(),
            contact_change_table(),
            rating_table(),
            follower_table(),
        ];
        let indexes = vec![
            index("complaint_form_age", "complaint_form", &["updated_at"]),
            unique_index(
                "complaint_category_name",
                "complaint_category",
                &["unit_id", "name"],
            ),
            index(
                "complaint_question_of",
                "complaint_question",
                &["unit_id", "category_id", "position"],
            ),
            index(
                "complaint_sorting_by",
                "complaint_sorting",
                &["unit_id", "category_id"],
            ),
            unique_index(
                "complaint_detail_of",
                "complaint_detail",
                &["unit_id", "complaint_id", "position"],
            ),
            unique_index(
                "complaint_news_of",
                "complaint_news",
                &["unit_id", "complaint_id", "channel"],
            ),
            index(
                "contact_change_of",
                "contact_change",
                &["unit_id", "complaint_id"],
            ),
            unique_index(
                "case_follower_of",
                "case_follower",
                &["unit_id", "complaint_id", "address_hash"],
            ),
            index(
                "complaint_rating_of",
                "complaint_rating",
                &["unit_id", "complaint_id", "at"],
            ),
        ];
        create(manager, tables, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "case_follower",
                "complaint_rating",
                "contact_change",
                "complaint_news",
                "complaint_detail",
                "complaint_sorting",
                "complaint_question",
                "complaint_category",
                "file_check",
                "complaint_form",
            ],
        )
        .await
    }
}

fn form_table() -> TableCreateStatement {
    let mut key_hash = text("key_hash");
    key_hash.primary_key();
    table(
        "complaint_form",
        vec![
            key_hash,
            id("unit_id"),
            maybe_bytes("content"),
            json("files"),
            maybe_id("complaint_id"),
            instant("created_at"),
            instant("updated_at"),
        ],
        vec![link("unit_id", "unit"), link("complaint_id", "complaint")],
    )
}

fn file_check_table() -> TableCreateStatement {
    let mut file = id("file_id");
    file.primary_key();
    table(
        "file_check",
        vec![
            file,
            id("unit_id"),
            one_of("state", &["waiting", "clean", "infected", "damaged"]),
            instant("created_at"),
            maybe_instant("checked_at"),
        ],
        // No link to the file: what is never used is removed by its own capability.
        vec![link("unit_id", "unit")],
    )
}

fn category_table() -> TableCreateStatement {
    table(
        "complaint_category",
        vec![
            key(),
            id("unit_id"),
            text("name"),
            number("position"),
            flag("offered"),
            instant("created_at"),
            number("version"),
        ],
        vec![link("unit_id", "unit")],
    )
}

fn question_table() -> TableCreateStatement {
    table(
        "complaint_question",
        vec![
            key(),
            id("unit_id"),
            id("category_id"),
            number("position"),
            text("label"),
            one_of("kind", &["text", "choice", "date", "yes_no"]),
            flag("required"),
            json("choices"),
        ],
        vec![
            link("unit_id", "unit"),
            link("category_id", "complaint_category"),
        ],
    )
}

fn sorting_table() -> TableCreateStatement {
    let mut complaint = id("complaint_id");
    complaint.primary_key();
    table(
        "complaint_sorting",
        vec![complaint, id("unit_id"), id("category_id")],
        vec![
            link("unit_id", "unit"),
            link("complaint_id", "complaint"),
            link("category_id", "complaint_category"),
        ],
    )
}

fn detail_table() -> TableCreateStatement {
    table(
        "complaint_detail",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            number("position"),
            text("label"),
            text("answer"),
        ],
        vec![link("unit_id", "unit"), link("complaint_id", "complaint")],
    )
}

fn news_table() -> TableCreateStatement {
    table(
        "complaint_news",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            one_of("channel", &["email", "whatsapp", "sms"]),
            maybe_instant("agreed_at"),
            maybe_instant("quiet_at"),
        ],
        vec![link("unit_id", "unit"), link("complaint_id", "complaint")],
    )
}

fn contact_change_table() -> TableCreateStatement {
    table(
        "contact_change",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            one_of("field", &["email", "phone"]),
            maybe_bytes("value"),
            maybe_text("old_token"),
            maybe_text("new_token"),
            instant("created_at"),
            maybe_instant("old_confirmed_at"),
            maybe_instant("new_confirmed_at"),
            maybe_instant("done_at"),
        ],
        vec![link("unit_id", "unit"), link("complaint_id", "complaint")],
    )
}

fn rating_table() -> TableCreateStatement {
    table(
        "complaint_rating",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            flag("helped"),
            // No link: a message may go before what was said of it.
            maybe_id("message_id"),
            instant("at"),
        ],
        vec![link("unit_id", "unit"), link("complaint_id", "complaint")],
    )
}

fn follower_table() -> TableCreateStatement {
    table(
        "case_follower",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            bytes("address"),
            text("address_hash"),
            text("href"),
            one_of("locale", &["id", "en"]),
            instant("created_at"),
            maybe_instant("confirmed_at"),
        ],
        vec![link("unit_id", "unit"), link("complaint_id", "complaint")],
    )
}
