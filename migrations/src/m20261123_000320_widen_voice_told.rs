//! Voices also hear that their issue is settled. SQLite cannot change a check, so the table is copied; nothing points
//! to it.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: &str = "id, unit_id, kind, source_id, event, about, at";
const BEFORE: [&str; 5] = ["on_agenda", "promised", "kept", "given_up", "refused"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let events = [&BEFORE[..], &["resolved"]].concat();
        rebuild(manager, &events).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared("DELETE FROM voice_told WHERE event = 'resolved'")
            .await?;
        rebuild(manager, &BEFORE).await
    }
}

async fn rebuild(manager: &SchemaManager<'_>, events: &[&str]) -> Result<(), DbErr> {
    let next = table(
        "voice_told_next",
        vec![
            key(),
            id("unit_id"),
            one_of("kind", &["complaint"]),
            text("source_id"),
            one_of("event", events),
            text("about"),
            instant("at"),
        ],
        vec![link("unit_id", "unit")],
    );
    manager.create_table(next).await?;
    let db = manager.get_connection();
    for sql in [
        format!("INSERT INTO voice_told_next ({COLUMNS}) SELECT {COLUMNS} FROM voice_told"),
        "DROP TABLE voice_told".to_owned(),
        "ALTER TABLE voice_told_next RENAME TO voice_told".to_owned(),
    ] {
        db.execute_unprepared(&sql).await?;
    }
    let once = unique_index(
        "voice_told_once",
        "voice_told",
        &["unit_id", "kind", "source_id", "event", "about"],
    );
    create(manager, Vec::new(), vec![once]).await
}
