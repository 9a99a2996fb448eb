//! Questions that an organiser asks with every answer, and the seats that people take by themselves.

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

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![
            index(
                "forum_question_of",
                "forum_question",
                &["unit_id", "forum_id", "position"],
            ),
            index(
                "forum_question_answer_of",
                "forum_question_answer",
                &["unit_id", "forum_id", "respondent_id"],
            ),
            unique_index(
                "forum_question_answer_once",
                "forum_question_answer",
                &["question_id", "respondent_id"],
            ),
            unique_index(
                "registration_setting_of",
                "registration_setting",
                &["forum_id"],
            ),
            unique_index(
                "registration_seats_of",
                "registration_seats",
                &["forum_id", "participant_group"],
            ),
            index(
                "registration_list",
                "registration",
                &["unit_id", "forum_id", "created_at"],
            ),
            index(
                "registration_contact",
                "registration",
                &["forum_id", "contact_hash"],
            ),
        ];
        create(manager, tables(), indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "registration",
                "registration_seats",
                "registration_setting",
                "forum_question_answer",
                "forum_question",
            ],
        )
        .await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    let of_forum = || vec![link("unit_id", "unit"), link("forum_id", "forum")];
    let mut of_question = of_forum();
    of_question.push(link("question_id", "forum_question"));
    vec![
        table(
            "forum_question",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                number("position"),
                one_of("kind", &["text", "choice", "yes_no"]),
                text("wording"),
                json("choices"),
                flag("needed"),
                flag("active"),
                number("version"),
                instant("created_at"),
            ],
            of_forum(),
        ),
        table(
            "forum_question_answer",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                id("question_id"),
                id("respondent_id"),
                text("answer"),
                instant("answered_at"),
            ],
            of_question,
        ),
        table(
            "registration_setting",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                flag("open"),
                instant("closes_at"),
                number("version"),
            ],
            of_forum(),
        ),
        table(
            "registration_seats",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                one_of("participant_group", GROUPS),
                number("seats"),
            ],
            of_forum(),
        ),
        table(
            "registration",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                text("name"),
                text("role"),
                text("organisation"),
                one_of("participant_group", GROUPS),
                maybe_bytes("email"),
                maybe_bytes("phone"),
                maybe_text("contact_hash"),
                unique_text("token_hash"),
                bytes("token_sealed"),
                unique_text("form_hash"),
                text("locale"),
                number("told_sequence"),
                maybe_instant("reminded_at"),
                maybe_instant("ended_at"),
                maybe_one_of("ended_by", &["person", "organiser"]),
                maybe_text("ended_reason"),
                number("version"),
                instant("created_at"),
            ],
            of_forum(),
        ),
    ]
}
