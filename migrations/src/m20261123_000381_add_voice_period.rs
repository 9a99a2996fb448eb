//! The period in which an element is a voice of an issue is kept by its id: its title can change, and two can be alike.

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
        let added = Table::alter()
            .table(Alias::new("issue_voice"))
            .add_column(maybe_id("period_id"))
            .to_owned();
        manager.alter_table(added).await?;
        // Of two periods of one title the later: it is the one that was looked at.
        manager
            .get_connection()
            .execute_unprepared(
                "UPDATE issue_voice SET period_id = (SELECT survey_period.id FROM survey_period \
                 WHERE survey_period.unit_id = issue_voice.unit_id AND survey_period.title = issue_voice.period \
                 ORDER BY survey_period.closes_on DESC LIMIT 1) WHERE kind = 'survey_element'",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let taken = Table::alter()
            .table(Alias::new("issue_voice"))
            .drop_column(Alias::new("period_id"))
            .to_owned();
        manager.alter_table(taken).await
    }
}
