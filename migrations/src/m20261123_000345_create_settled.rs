//! A mark that the database renews with every change to what offices seldom change: what was read under the same mark
//! is true still (`src/platform/settled.rs`). Triggers do it, so that no way of writing can forget it.

use sea_orm_migration::{prelude::*, sea_orm::DatabaseBackend};

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The tables that the mark speaks of.
pub const TABLES: [&str; 12] = [
    "absence",
    "deadline_policy",
    "disposition_rule",
    "division",
    "holiday",
    "office_hours",
    "person",
    "role_grant",
    "service_standard",
    "unit",
    "unit_closure",
    "work_calendar",
];

/// At random and never counted: a number that a rolled-back transaction gave back would mean two things.
const SQLITE_MARK: &str = "hex(randomblob(16))";
const POSTGRES_MARK: &str = "gen_random_uuid()::text";

const POSTGRES_RENEW: &str = "
CREATE FUNCTION renew_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN UPDATE settled SET mark = gen_random_uuid()::text; RETURN NULL; END $$;";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut row = ColumnDef::new(Alias::new("id"));
        row.integer().not_null().primary_key();
        let columns = vec![row, text("mark")];
        create(
            manager,
            vec![table("settled", columns, Vec::new())],
            Vec::new(),
        )
        .await?;
        let sqlite = manager.get_database_backend() == DatabaseBackend::Sqlite;
        let mark = if sqlite { SQLITE_MARK } else { POSTGRES_MARK };
        let db = manager.get_connection();
        db.execute_unprepared(&format!(
            "INSERT INTO settled (id, mark) VALUES (1, {mark})"
        ))
        .await?;
        if !sqlite {
            db.execute_unprepared(POSTGRES_RENEW).await?;
        }
        for table in TABLES {
            for statement in triggers(table, sqlite) {
                db.execute_unprepared(&statement).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = manager.get_database_backend() == DatabaseBackend::Sqlite;
        let db = manager.get_connection();
        for table in TABLES {
            if sqlite {
                for event in EVENTS {
                    db.execute_unprepared(&format!("DROP TRIGGER {table}_settled_{event}"))
                        .await?;
                }
            } else {
                db.execute_unprepared(&format!("DROP TRIGGER {table}_settled ON {table}"))
                    .await?;
            }
        }
        if !sqlite {
            db.execute_unprepared("DROP FUNCTION renew_settled()")
                .await?;
        }
        drop(manager, &["settled"]).await
    }
}

const EVENTS: [&str; 3] = ["insert", "update", "delete"];

fn triggers(table: &str, sqlite: bool) -> Vec<String> {
    if sqlite {
        let one = |event| {
            format!(
                "CREATE TRIGGER {table}_settled_{event} AFTER {event} ON {table} BEGIN UPDATE settled SET mark = {SQLITE_MARK}; END"
            )
        };
        return EVENTS.map(one).to_vec();
    }
    vec![format!(
        "CREATE TRIGGER {table}_settled AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION renew_settled()"
    )]
}
