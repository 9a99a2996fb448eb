//! Who wrote by post is answered by post, and who wrote to SP4N-LAPOR! is answered there: these are ways of being told,
//! too. SQLite cannot change a check, so the table is copied; nothing points to it.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: &str = "id, unit_id, complaint_id, headline, at, done_at, done_by, way";
const BEFORE: [&str; 2] = ["whatsapp", "spoken"];
pub const WAYS: [&str; 4] = ["whatsapp", "spoken", "letter", "sp4n"];
/// What waits is little, and is all that is looked for. It holds every column that is asked for, and is made last:
/// without statistics SQLite takes the other index otherwise, and reads what was told in years.
pub const WAITING: &str = "CREATE INDEX complaint_call_waiting ON complaint_call (unit_id, complaint_id, at, done_at) WHERE done_at IS NULL";
const WAITING_BEFORE: &str = "CREATE INDEX complaint_call_waiting ON complaint_call (unit_id, complaint_id) WHERE done_at IS NULL";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rebuild(manager, &WAYS, WAITING).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared(
                "UPDATE complaint_call SET way = 'spoken' WHERE way IN ('letter', 'sp4n')",
            )
            .await?;
        rebuild(manager, &BEFORE, WAITING_BEFORE).await
    }
}

/// The table again, with these ways.
pub async fn rebuild(
    manager: &SchemaManager<'_>,
    ways: &[&str],
    waiting: &str,
) -> Result<(), DbErr> {
    let next = table(
        "complaint_call_next",
        vec![
            key(),
            id("unit_id"),
            id("complaint_id"),
            text("headline"),
            instant("at"),
            maybe_instant("done_at"),
            maybe_id("done_by"),
            maybe_one_of("way", ways),
        ],
        vec![
            link("unit_id", "unit"),
            link("complaint_id", "complaint"),
            link("done_by", "person"),
        ],
    );
    manager.create_table(next).await?;
    let db = manager.get_connection();
    for sql in [
        format!("INSERT INTO complaint_call_next ({COLUMNS}) SELECT {COLUMNS} FROM complaint_call"),
        "DROP TABLE complaint_call".to_owned(),
        "ALTER TABLE complaint_call_next RENAME TO complaint_call".to_owned(),
    ] {
        db.execute_unprepared(&sql).await?;
    }
    let of = index(
        "complaint_call_of",
        "complaint_call",
        &["unit_id", "complaint_id", "at"],
    );
    create(manager, Vec::new(), vec![of]).await?;
    db.execute_unprepared(waiting).await?;
    Ok(())
}
