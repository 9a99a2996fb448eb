//! Outgoing mail, counted attempts, answers kept for repeated requests, uploaded files.

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
                    "mail",
                    vec![
                        key(),
                        unique_text("message_id"),
                        text("to_name"),
                        text("to_address"),
                        text("subject"),
                        text("text"),
                        text("html"),
                        maybe_text("calendar"),
                        maybe_text("calendar_method"),
                        json("attachments"),
                        one_of("status", &["queued", "sent", "failed"]),
                        maybe_text("error"),
                        text("about_kind"),
                        id("about_id"),
                        instant("created_at"),
                        maybe_instant("sent_at"),
                    ],
                    vec![],
                ),
                table(
                    "installation",
                    vec![text("key").primary_key().to_owned(), text("value")],
                    vec![],
                ),
                table(
                    "attempt",
                    vec![
                        text("key_hash").primary_key().to_owned(),
                        instant("window_ends"),
                        number("count"),
                    ],
                    vec![],
                ),
            ],
            vec![
                index("mail_about", "mail", &["about_kind", "about_id"]),
                index("attempt_window", "attempt", &["window_ends"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["installation", "attempt", "mail"]).await
    }
}
