//! Forums with their team, agenda and the inputs raised in them.

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

fn forum() -> TableCreateStatement {
    table(
        "forum",
        vec![
            key(),
            id("unit_id"),
            text("code"),
            number("year"),
            text("title"),
            text("theme"),
            one_of(
                "scope",
                &[
                    "policy_drafting",
                    "standard_drafting",
                    "supervision_evaluation",
                    "awards",
                    "satisfaction_survey",
                    "other_policy",
                ],
            ),
            one_of("mode", &["face_to_face", "online", "hybrid"]),
            day("date"),
            clock("starts"),
            clock("ends"),
            json("more_days"),
            text("venue_name"),
            text("venue_room"),
            text("venue_address"),
            // Where the spelling was taken from; the forum keeps its own copy. No link: the register is younger.
            maybe_id("venue_id"),
            text("online_link"),
            text("neutrality_note"),
            text("target"),
            one_of(
                "stage",
                &[
                    "preparation",
                    "invitation",
                    "session",
                    "berita_acara",
                    "report",
                    "follow_up",
                    "closed",
                ],
            ),
            maybe_id("copied_from"),
            number("sequence"),
            json("announced"),
            maybe_instant("minutes_begun_at"),
            maybe_instant("cancelled_at"),
            text("cancel_reason"),
            number("version"),
            instant("created_at"),
        ],
        vec![link("unit_id", "unit"), link("copied_from", "forum")],
    )
}

fn parts_of_forum() -> Vec<TableCreateStatement> {
    let links = || vec![link("unit_id", "unit"), link("forum_id", "forum")];
    vec![
        table(
            "forum_team",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                number("position"),
                text("name"),
                text("role"),
                maybe_id("person_id"),
            ],
            [links(), vec![link("person_id", "person")]].concat(),
        ),
        table(
            "forum_agenda",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                number("position"),
                number("day"),
                clock("starts"),
                clock("ends"),
                text("activity"),
                text("person_in_charge"),
            ],
            links(),
        ),
        table(
            "forum_input",
            vec![
                key(),
                id("unit_id"),
                id("forum_id"),
                text("code"),
                maybe_text("element"),
                maybe_text("component"),
                maybe_text("service"),
                maybe_id("agenda_id"),
                one_of("raised_by_group", GROUPS),
                maybe_id("attendance_id"),
                text("speaker"),
                text("text"),
                maybe_text("answer"),
                maybe_instant("removed_at"),
                text("removed_reason"),
                number("version"),
                instant("created_at"),
            ],
            links(),
        ),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [vec![forum()], parts_of_forum()].concat();
        let indexes = vec![
            unique_index("forum_code", "forum", &["unit_id", "code"]),
            index("forum_date", "forum", &["unit_id", "date"]),
            index(
                "forum_team_of",
                "forum_team",
                &["unit_id", "forum_id", "position"],
            ),
            index(
                "forum_agenda_of",
                "forum_agenda",
                &["unit_id", "forum_id", "position"],
            ),
            unique_index(
                "forum_input_of",
                "forum_input",
                &["unit_id", "forum_id", "code"],
            ),
        ];
        create(manager, tables, indexes).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &["forum_input", "forum_agenda", "forum_team", "forum"],
        )
        .await
    }
}
