//! People, their roles, sessions and API tokens.

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
                    "person",
                    vec![
                        key(),
                        text("name"),
                        unique_text("email"),
                        text("password_hash"),
                        flag("active"),
                        instant("created_at"),
                        instant("password_changed_at"),
                    ],
                    vec![],
                ),
                table(
                    "role_grant",
                    vec![
                        key(),
                        id("person_id"),
                        one_of(
                            "role",
                            &[
                                "system_admin",
                                "unit_admin",
                                "organiser",
                                "complaint_officer",
                                "handler",
                                "head",
                                "supervisor",
                            ],
                        ),
                        maybe_id("unit_id"),
                        maybe_id("division_id"),
                    ],
                    vec![
                        link("person_id", "person"),
                        link("unit_id", "unit"),
                        link("division_id", "division"),
                    ],
                ),
                table(
                    "session",
                    vec![
                        text("token_hash").primary_key().to_owned(),
                        id("person_id"),
                        instant("created_at"),
                        instant("last_seen_at"),
                        instant("expires_at"),
                    ],
                    vec![link("person_id", "person")],
                ),
                table(
                    "password_link",
                    vec![
                        text("token_hash").primary_key().to_owned(),
                        id("person_id"),
                        instant("created_at"),
                        instant("expires_at"),
                    ],
                    vec![link("person_id", "person")],
                ),
                table(
                    "api_token",
                    vec![
                        key(),
                        id("person_id"),
                        text("name"),
                        unique_text("token_hash"),
                        flag("may_write"),
                        instant("created_at"),
                        maybe_instant("last_used_at"),
                        maybe_instant("revoked_at"),
                    ],
                    vec![link("person_id", "person")],
                ),
            ],
            vec![
                index("role_grant_person", "role_grant", &["person_id"]),
                index("role_grant_unit", "role_grant", &["unit_id", "role"]),
                index("session_person", "session", &["person_id"]),
                index("session_expires", "session", &["expires_at"]),
                index("password_link_person", "password_link", &["person_id"]),
                index("api_token_person", "api_token", &["person_id"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "api_token",
                "password_link",
                "session",
                "role_grant",
                "person",
            ],
        )
        .await
    }
}
