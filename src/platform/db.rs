//! One database handle for SQLite and PostgreSQL. Reading uses [`Db`] directly; writing always goes
//! through [`Db::begin_write`], because a deferred SQLite transaction that reads first and writes later
//! fails under contention (`SQLITE_BUSY_SNAPSHOT`, which no time-out cures).

use std::{
    collections::HashSet,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use anyhow::Context as _;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectOptions, ConnectionTrait, Database, DatabaseBackend,
    DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait, ExecResult, QueryFilter as _,
    QueryResult, QuerySelect as _, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
    entity::prelude::async_trait,
    sqlx::{
        Connection as _,
        sqlite::{SqliteJournalMode, SqliteSynchronous},
    },
};

use super::{
    jobs::Wake,
    settled::{Ran, Settled, Writing},
};

/// Not the one of migrations: theirs belongs to a session.
const LOADING_LOCK: i64 = 7_346_502;

/// A connection that was in use so recently is not asked again whether the server still answers.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// The database of this installation.
#[derive(Clone, Debug)]
pub struct Db {
    connection: DatabaseConnection,
    bookkeeping: DatabaseConnection,
    settled: Settled,
    wake: Wake,
}

/// An open write transaction: dropped without [`Tx::commit`] it is rolled back.
#[derive(Debug)]
pub struct Tx {
    transaction: DatabaseTransaction,
    writing: Writing,
    wake: Wake,
    has_jobs: AtomicBool,
}

impl Db {
    pub async fn connect(url: &str, max_connections: u32) -> anyhow::Result<Self> {
        let open = async |options| {
            Database::connect(options)
                .await
                .with_context(|| format!("cannot open {}", without_password(url)))
        };
        let connection = open(options(url, max_connections, Commit::OnDisk)?).await?;
        let mut soon = options(url, max_connections, Commit::Soon)?;
        // Opened when it is first needed.
        soon.connect_lazy(true).min_connections(0);
        let bookkeeping = open(soon).await?;
        Ok(Self {
            connection,
            bookkeeping,
            settled: Settled::default(),
            wake: Wake::default(),
        })
    }

    /// Starts the transaction of a use case. On SQLite it takes the write lock at once (BEGIN IMMEDIATE).
    pub async fn begin_write(&self) -> Result<Tx, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        self.begin(options, Writing::begin()).await
    }

    /// A transaction for what only holds inside one, a setting of the planner: it reads, and dropped it ends.
    pub async fn begin_read(&self) -> Result<Tx, DbErr> {
        self.begin(TransactionOptions::default(), Writing::default())
            .await
    }

    async fn begin(&self, options: TransactionOptions, writing: Writing) -> Result<Tx, DbErr> {
        let transaction = self.connection.begin_with_options(options).await?;
        Ok(Tx {
            transaction,
            writing,
            wake: self.wake.clone(),
            has_jobs: AtomicBool::new(false),
        })
    }

    #[must_use]
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// For what may be done again after the database server crashed: taken numbers, taken and finished jobs. A commit
    /// here does not wait for the disk. What a citizen was told never goes this way; its own commit comes later in
    /// the same log and takes along what stands here before it.
    #[must_use]
    pub fn bookkeeping(&self) -> &DatabaseConnection {
        &self.bookkeeping
    }

    /// What is remembered between requests.
    #[must_use]
    pub fn settled(&self) -> &Settled {
        &self.settled
    }

    #[must_use]
    pub fn wake(&self) -> &Wake {
        &self.wake
    }

    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.connection.get_database_backend() == DatabaseBackend::Sqlite
    }

    pub async fn close(self) -> Result<(), DbErr> {
        self.bookkeeping.close().await?;
        self.connection.close().await
    }
}

impl Tx {
    /// Makes everything of the use case last, then wakes the workers if it left them something to do.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.transaction.commit().await?;
        if self.has_jobs.load(Ordering::Relaxed) {
            self.wake.ring();
        }
        Ok(())
    }

    /// Waits until no other process does the same at this moment: two that start on an empty database must not both
    /// load what comes with the program. SQLite has one writer anyhow. Ends with the transaction.
    pub async fn alone(&self) -> Result<(), DbErr> {
        if self.get_database_backend() == DatabaseBackend::Postgres {
            let lock = format!("SELECT pg_advisory_xact_lock({LOADING_LOCK})");
            self.execute_unprepared(&lock).await?;
        }
        Ok(())
    }

    pub(super) fn note_job(&self) {
        self.has_jobs.store(true, Ordering::Relaxed);
    }
}

/// Lets stores take `&impl ConnectionTrait`: the same query inside and outside a transaction. `$notice` sees each
/// statement before it runs, and what it returns goes after it ran.
macro_rules! delegate_connection {
    ($type:ty, $field:ident, $notice:path) => {
        #[async_trait::async_trait]
        impl ConnectionTrait for $type {
            fn get_database_backend(&self) -> DatabaseBackend {
                self.$field.get_database_backend()
            }
            async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
                let _noticed = $notice(self, &statement.sql);
                self.$field.execute_raw(statement).await
            }
            async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
                let _noticed = $notice(self, sql);
                self.$field.execute_unprepared(sql).await
            }
            async fn query_one_raw(
                &self,
                statement: Statement,
            ) -> Result<Option<QueryResult>, DbErr> {
                let _noticed = $notice(self, &statement.sql);
                self.$field.query_one_raw(statement).await
            }
            async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
                let _noticed = $notice(self, &statement.sql);
                self.$field.query_all_raw(statement).await
            }
        }
    };
}
delegate_connection!(Db, connection, alone);
delegate_connection!(Tx, transaction, within);

/// A statement that is its own transaction.
fn alone(_: &Db, sql: &str) -> Ran {
    Ran::of(sql)
}

fn within(tx: &Tx, sql: &str) -> Ran {
    tx.writing.runs(sql)
}

/// What a commit waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Commit {
    /// What a citizen was told is on the disk, a power cut included.
    OnDisk,
    /// See [`Db::bookkeeping`].
    Soon,
}

/// Many people ask for little: helpers that PostgreSQL starts for one question take longer to come than a page of the
/// inbox takes to read, and so does compiling its plan.
const ONE_PROCESSOR_EACH: [(&str, &str); 2] =
    [("max_parallel_workers_per_gather", "0"), ("jit", "off")];

/// Pool settings.
pub(super) fn options(
    url: &str,
    max_connections: u32,
    commit: Commit,
) -> anyhow::Result<ConnectOptions> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(max_connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .test_before_acquire_if_idle_for(TRUSTED_FOR)
        .sqlx_logging_level(log::LevelFilter::Trace)
        .sqlx_slow_statements_logging_settings(log::LevelFilter::Warn, Duration::from_secs(1));
    if url.starts_with("sqlite:") {
        let synchronous = match commit {
            Commit::OnDisk => SqliteSynchronous::Full,
            Commit::Soon => SqliteSynchronous::Normal,
        };
        options.map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(synchronous)
                .busy_timeout(Duration::from_secs(10))
                .foreign_keys(true)
                .pragma("cache_size", "-8000")
                .pragma("temp_store", "memory")
        });
        // A COMMIT that fails because the disk is full has already rolled back, and the driver goes on
        // believing that it is inside a transaction: every later one on this connection would be a savepoint
        // without the write lock. Such a connection is thrown away.
        options.map_sqlx_sqlite_before_acquire(|connection, _| {
            Box::pin(async move { Ok(!connection.is_in_transaction()) })
        });
    } else {
        anyhow::ensure!(
            url.starts_with("postgres"),
            "database.url must begin with sqlite:// or postgres://"
        );
        options
            .set_application_name("rembuk")
            .statement_timeout(Duration::from_secs(30));
        options.map_sqlx_postgres_opts(move |postgres| {
            let postgres = postgres.options(ONE_PROCESSOR_EACH);
            match commit {
                Commit::OnDisk => postgres,
                Commit::Soon => postgres.options([("synchronous_commit", "off")]),
            }
        });
    }
    Ok(options)
}

/// So many values or rows in one statement: both databases bound their number.
pub const AT_ONCE: usize = 500;

/// Of these texts those that stand in a column of the rows that match. Asked for in pieces.
pub async fn texts_among<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    matching: Condition,
    texts: &[String],
) -> Result<HashSet<String>, DbErr> {
    let mut found = HashSet::new();
    for some in texts.chunks(AT_ONCE) {
        let rows: Vec<String> = E::find()
            .select_only()
            .column(column)
            .distinct()
            .filter(matching.clone())
            .filter(column.is_in(some.iter().cloned()))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// An address fit for a log line.
#[must_use]
pub fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => {
            format!("{}://***{}", &url[..scheme], &url[at..])
        }
        _ => url.to_owned(),
    }
}
