//! How many complaints of each month were answered, and how many of them in time: kept, so that a dashboard adds up a
//! dozen numbers instead of a year of complaints.

use sea_orm_migration::{prelude::*, sea_orm::DatabaseBackend};

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The months of what is there already, by the local day of receipt. Units lie in one of three zones, which know no
/// summer time; `rembuk doctor` would find a number that this counted wrongly.
const SQLITE_FILL: &str = "
INSERT INTO complaint_answers (unit_id, division_id, month, answered, in_time)
SELECT c.unit_id, COALESCE(c.division_id, zeroblob(16)), strftime('%Y-%m', c.received_at, CASE u.zone
  WHEN 'Asia/Makassar' THEN '+8 hours' WHEN 'Asia/Jayapura' THEN '+9 hours' ELSE '+7 hours' END),
  COUNT(*), SUM(CASE WHEN c.answered_in_time THEN 1 ELSE 0 END)
FROM complaint AS c JOIN unit AS u ON u.id = c.unit_id
WHERE c.answered_in_time IS NOT NULL GROUP BY 1, 2, 3;
";
const POSTGRES_FILL: &str = "
INSERT INTO complaint_answers (unit_id, division_id, month, answered, in_time)
SELECT c.unit_id, COALESCE(c.division_id, '00000000-0000-0000-0000-000000000000'::uuid),
  to_char(c.received_at AT TIME ZONE u.zone, 'YYYY-MM'),
  COUNT(*), SUM(CASE WHEN c.answered_in_time THEN 1 ELSE 0 END)
FROM complaint AS c JOIN unit AS u ON u.id = c.unit_id
WHERE c.answered_in_time IS NOT NULL GROUP BY 1, 2, 3;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![answers(), change()], Vec::new()).await?;
        let fill = match manager.get_database_backend() {
            DatabaseBackend::Sqlite => SQLITE_FILL,
            _ => POSTGRES_FILL,
        };
        manager.get_connection().execute_unprepared(fill).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["complaint_answers_change", "complaint_answers"]).await
    }
}

/// `division_id` is the nil UUID where nobody has it, as in `complaint_tally`; `month` is `2026-03`.
fn answers() -> TableCreateStatement {
    let mut statement = table(
        "complaint_answers",
        vec![
            id("unit_id"),
            id("division_id"),
            text("month"),
            big_number("answered"),
            big_number("in_time"),
        ],
        vec![link("unit_id", "unit")],
    );
    statement.primary_key(
        Index::create()
            .col(Alias::new("unit_id"))
            .col(Alias::new("month"))
            .col(Alias::new("division_id")),
    );
    statement
}

fn change() -> TableCreateStatement {
    table(
        "complaint_answers_change",
        vec![
            key(),
            id("unit_id"),
            id("division_id"),
            text("month"),
            big_number("answered"),
            big_number("in_time"),
        ],
        vec![],
    )
}
