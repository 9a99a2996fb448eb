//! Brings the schema up to date under one lock for everything, the job library's tables too: several
//! processes may start at once, and neither migration book can stand that on its own.

use anyhow::Context as _;
use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use sea_orm::{ConnectionTrait as _, Database, Statement};
use sea_orm_migration::MigratorTrait as _;

use super::db::{Commit, Db, options};

const POSTGRES_LOCK: i64 = 7_346_501;

/// Applies what is missing. Safe to call from many processes at the same time.
pub async fn migrate(url: &str) -> anyhow::Result<()> {
    if let Some(path) = sqlite_path(url) {
        return migrate_sqlite(url, path).await;
    }
    let mut one_session = options(url, 1, Commit::OnDisk)?;
    one_session.max_connections(1);
    let db = Database::connect(one_session)
        .await
        .context("cannot connect to migrate")?;
    // Waiting for another process, or an index over years of complaints, may take longer than a request may.
    db.execute_unprepared("SET statement_timeout = 0").await?;
    db.execute_unprepared(&format!("SELECT pg_advisory_lock({POSTGRES_LOCK})"))
        .await?;
    let result = apply_postgres(&db).await;
    db.execute_unprepared(&format!("SELECT pg_advisory_unlock({POSTGRES_LOCK})"))
        .await?;
    db.close().await?;
    result
}

/// The names of what `migrate` would apply. Only looks: it makes no file and no table.
pub async fn pending(url: &str) -> anyhow::Result<Vec<String>> {
    if let Some(path) = sqlite_path(url) {
        anyhow::ensure!(
            std::path::Path::new(path).is_file(),
            "there is no file {path} yet; make it with: rembuk migrate"
        );
    }
    let db = Db::connect(url, 1).await?;
    let ours = rembuk_migrations::Migrator::get_pending_migrations_read_only(&db).await?;
    let mut names: Vec<String> = ours.iter().map(|one| one.name().to_owned()).collect();
    if !has_queue(&db).await? {
        names.push("tables of the job queue".to_owned());
    }
    db.close().await?;
    Ok(names)
}

/// Whether the job library has written all of its migrations into its book.
async fn has_queue(db: &Db) -> anyhow::Result<bool> {
    let (found, book, known) = if db.is_sqlite() {
        let known = SqliteStorage::<()>::migrations();
        (
            "sqlite_master WHERE name = '_sqlx_migrations'",
            "_sqlx_migrations",
            known.iter().count(),
        )
    } else {
        let known = PostgresStorage::<()>::migrations();
        (
            "pg_tables WHERE schemaname = 'apalis' AND tablename = '_sqlx_migrations'",
            "apalis._sqlx_migrations",
            known.iter().count(),
        )
    };
    let applied = match rows(db, found).await? {
        0 => 0,
        _ => rows(db, &format!("{book} WHERE success")).await?,
    };
    Ok(applied >= i64::try_from(known)?)
}

async fn rows(db: &Db, of: &str) -> anyhow::Result<i64> {
    let sql = format!("SELECT COUNT(*) AS n FROM {of}");
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    Ok(row.context("a count has a row")?.try_get("", "n")?)
}

async fn apply_postgres(db: &sea_orm::DatabaseConnection) -> anyhow::Result<()> {
    rembuk_migrations::Migrator::up(db, None).await?;
    // The job library takes its own advisory lock on another connection of the same pool; ours is held
    // by the only one, so it must share that one: its migrator runs on the pool of one connection.
    let mut migrator = PostgresStorage::<()>::migrations();
    migrator.set_locking(false);
    migrator
        .run(db.get_postgres_connection_pool())
        .await
        .context("tables of the job queue")
}

async fn migrate_sqlite(url: &str, path: &str) -> anyhow::Result<()> {
    if let Some(folder) = std::path::Path::new(path).parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot create the folder of {path}"))?;
    }
    let lock_path = format!("{path}.migrate.lock");
    let lock =
        std::fs::File::create(&lock_path).with_context(|| format!("cannot create {lock_path}"))?;
    let _guard = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await??;
    let db = Db::connect(url, 1).await?;
    rembuk_migrations::Migrator::up(db.connection(), None).await?;
    // Not `SqliteStorage::setup`: that one also switches the disk sync off.
    SqliteStorage::<()>::migrations()
        .run(db.connection().get_sqlite_connection_pool())
        .await
        .context("tables of the job queue")?;
    Ok(db.close().await?)
}

fn sqlite_path(url: &str) -> Option<&str> {
    let path = url
        .strip_prefix("sqlite://")
        .or_else(|| url.strip_prefix("sqlite:"))?;
    path.split('?').next()
}
