//! What was made of a comment is noted once, and no running period shows figures of fewer than five answers.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const ONCE: &str = "survey_comment_use_once";
const TABLE: &str = "survey_comment_use";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        // Pressed twice at once: both notes lead to the same complaint.
        db.execute_unprepared(
            "DELETE FROM survey_comment_use WHERE EXISTS (SELECT 1 FROM survey_comment_use AS other \
             WHERE other.response_id = survey_comment_use.response_id AND other.kind = survey_comment_use.kind \
             AND other.id < survey_comment_use.id)",
        )
        .await?;
        let once = unique_index(ONCE, TABLE, &["response_id", "kind"]);
        manager.create_index(once).await?;
        db.execute_unprepared(
            "UPDATE survey_period SET minimum_answers = 5 WHERE minimum_answers < 5 AND state <> 'frozen'",
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let once = Index::drop().name(ONCE).table(Alias::new(TABLE)).to_owned();
        manager.drop_index(once).await
    }
}
