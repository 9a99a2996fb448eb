//! What a frozen survey period resulted in, and where results were published.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: &[(&str, &str, &[&str])] = &[(
    "survey_publication_of",
    "survey_publication",
    &["unit_id", "period_id", "published_on"],
)];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let of = || vec![link("unit_id", "unit"), link("period_id", "survey_period")];
        let tables = vec![
            table(
                "survey_result",
                vec![
                    key(),
                    id("unit_id"),
                    id("period_id").unique_key().to_owned(),
                    text("figures"),
                    instant("kept_at"),
                ],
                of(),
            ),
            table(
                "survey_publication",
                vec![
                    key(),
                    id("unit_id"),
                    id("period_id"),
                    text("medium"),
                    day("published_on"),
                    text("proof"),
                    text("entered_by"),
                    instant("entered_at"),
                ],
                of(),
            ),
        ];
        let indexes = INDEXES.iter();
        let indexes = indexes.map(|(name, table, columns)| index(name, table, columns));
        create(manager, tables, indexes.collect()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["survey_publication", "survey_result"]).await
    }
}
