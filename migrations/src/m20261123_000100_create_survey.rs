//! The satisfaction survey: periods with what they ask, and the answers, which name nobody.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const PERIOD_INDEXES: &[(&str, &str, &[&str])] = &[
    (
        "survey_period_list",
        "survey_period",
        &["unit_id", "opens_on"],
    ),
    (
        "survey_period_service_of",
        "survey_period_service",
        &["unit_id", "service_id"],
    ),
    (
        "survey_question_of",
        "survey_question",
        &["unit_id", "period_id"],
    ),
    ("survey_point_of", "survey_point", &["unit_id", "kind"]),
    (
        "survey_batch_of",
        "survey_batch",
        &["unit_id", "period_id", "begun_at"],
    ),
];
const RESPONSE_INDEXES: &[(&str, &str, &[&str])] = &[
    // One pass over a period, and the counts of its services, read this index alone.
    (
        "survey_response_of",
        "survey_response",
        &["unit_id", "period_id", "service_id"],
    ),
    (
        "survey_response_batch",
        "survey_response",
        &["batch_id", "sheet"],
    ),
    (
        "survey_comment_use_of",
        "survey_comment_use",
        &["unit_id", "period_id", "response_id"],
    ),
];
const UNIQUE: &[(&str, &str, &[&str])] = &[
    (
        "survey_period_element_once",
        "survey_period_element",
        &["period_id", "element_id"],
    ),
    (
        "survey_period_service_once",
        "survey_period_service",
        &["period_id", "service_id"],
    ),
    // A tablet that sends again what it kept adds nothing.
    (
        "survey_response_once",
        "survey_response",
        &["period_id", "client_id"],
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let plain = PERIOD_INDEXES.iter().chain(RESPONSE_INDEXES);
        let plain = plain.map(|(name, table, columns)| index(name, table, columns));
        let unique = UNIQUE.iter();
        let unique = unique.map(|(name, table, columns)| unique_index(name, table, columns));
        let mut tables = setting_up();
        tables.extend(answering());
        create(manager, tables, plain.chain(unique).collect()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(
            manager,
            &[
                "survey_comment_use",
                "survey_response",
                "survey_batch",
                "survey_link",
                "survey_point",
                "survey_question",
                "survey_period_service",
                "survey_period_element",
                "survey_period",
            ],
        )
        .await
    }
}

fn of_unit() -> ForeignKeyCreateStatement {
    link("unit_id", "unit")
}

fn of_period() -> Vec<ForeignKeyCreateStatement> {
    vec![of_unit(), link("period_id", "survey_period")]
}

fn of_service() -> Vec<ForeignKeyCreateStatement> {
    let mut links = of_period();
    links.push(link("service_id", "service_standard"));
    links
}

fn setting_up() -> Vec<TableCreateStatement> {
    vec![
        table(
            "survey_period",
            vec![
                key(),
                id("unit_id"),
                text("title"),
                day("opens_on"),
                day("closes_on"),
                one_of("state", &["draft", "open", "closed", "frozen"]),
                text("grade_table"),
                text("weight_policy"),
                flag("by_volume"),
                number("minimum_answers"),
                number("least_percent"),
                maybe_instant("frozen_at"),
                maybe_id("frozen_by"),
                maybe_text("frozen_hash"),
                number("version"),
                instant("created_at"),
            ],
            vec![of_unit(), link("frozen_by", "person")],
        ),
        table(
            "survey_period_element",
            vec![
                key(),
                id("unit_id"),
                id("period_id"),
                number("position"),
                text("element_id"),
                text("label"),
                text("name_id"),
                text("name_en"),
                maybe_text("weight"),
            ],
            of_period(),
        ),
        table(
            "survey_period_service",
            vec![
                key(),
                id("unit_id"),
                id("period_id"),
                id("service_id"),
                number("position"),
                big_number("population"),
                big_number("volume"),
            ],
            of_service(),
        ),
        table(
            "survey_question",
            vec![
                key(),
                id("unit_id"),
                id("period_id"),
                text("element_id"),
                maybe_id("service_id"),
                text("question_id"),
                text("question_en"),
                json("answers_id"),
                json("answers_en"),
            ],
            of_service(),
        ),
    ]
}

fn answering() -> Vec<TableCreateStatement> {
    let mut of_answer = of_service();
    of_answer.push(link("point_id", "survey_point"));
    of_answer.push(link("batch_id", "survey_batch"));
    let mut of_batch = of_period();
    of_batch.push(link("person_id", "person"));
    let mut of_use = of_period();
    of_use.push(link("response_id", "survey_response"));
    vec![
        table(
            "survey_point",
            vec![
                key(),
                id("unit_id"),
                unique_text("code"),
                one_of("kind", &["unit", "service", "counter"]),
                maybe_id("service_id"),
                text("name"),
                flag("active"),
                number("version"),
            ],
            vec![of_unit(), link("service_id", "service_standard")],
        ),
        table(
            "survey_link",
            vec![
                key(),
                id("unit_id"),
                maybe_id("service_id"),
                unique_text("token_hash"),
                day("made_on"),
                flag("spent"),
            ],
            vec![of_unit(), link("service_id", "service_standard")],
        ),
        table(
            "survey_batch",
            vec![
                key(),
                id("unit_id"),
                id("period_id"),
                id("service_id"),
                one_of("kind", &["paper", "import"]),
                maybe_id("person_id"),
                text("file_name"),
                day("answered_on"),
                number("sheets"),
                instant("begun_at"),
                number("version"),
            ],
            of_batch,
        ),
        table(
            "survey_response",
            vec![
                key(),
                id("unit_id"),
                id("period_id"),
                id("service_id"),
                maybe_id("point_id"),
                one_of("way", &["web", "qr", "link", "kiosk", "paper", "import"]),
                day("answered_on"),
                maybe_text("sex"),
                maybe_text("age_band"),
                maybe_text("education"),
                maybe_text("occupation"),
                text("scores"),
                maybe_text("comment"),
                maybe_text("client_id"),
                maybe_id("batch_id"),
                maybe_number("sheet"),
            ],
            of_answer,
        ),
        table(
            "survey_comment_use",
            vec![
                key(),
                id("unit_id"),
                id("period_id"),
                id("response_id"),
                one_of("kind", &["complaint", "forum_input"]),
                text("target"),
                text("label"),
                text("made_by"),
                instant("made_at"),
            ],
            of_use,
        ),
    ]
}
