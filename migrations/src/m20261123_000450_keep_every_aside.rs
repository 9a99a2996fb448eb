//! Answers of one part may be set aside more than once, when more of them came since: each decision keeps its reason.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "survey_aside";
const ONCE: &str = "survey_aside_once";
const OF: &str = "survey_aside_of";
const COLUMNS: &[&str] = &["period_id", "part"];

fn gone(name: &str) -> IndexDropStatement {
    Index::drop().name(name).table(Alias::new(TABLE)).to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(gone(ONCE)).await?;
        create(manager, Vec::new(), vec![index(OF, TABLE, COLUMNS)]).await
    }

    /// The last decision of each part stays: before there was one alone.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(gone(OF)).await?;
        manager
            .get_connection()
            .execute_unprepared(
                "DELETE FROM survey_aside WHERE EXISTS (SELECT 1 FROM survey_aside AS later \
                 WHERE later.period_id = survey_aside.period_id AND later.part = survey_aside.part \
                 AND (later.made_at > survey_aside.made_at \
                 OR (later.made_at = survey_aside.made_at AND later.id > survey_aside.id)))",
            )
            .await?;
        create(
            manager,
            Vec::new(),
            vec![unique_index(ONCE, TABLE, COLUMNS)],
        )
        .await
    }
}
