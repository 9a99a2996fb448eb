//! Durable background work on the same database (`apalis`). A job is enqueued inside the transaction of
//! its use case: rolled back, it never existed; committed, it survives a crash.
//!
//! Cures for the library's traps live here: back-off is written into the row before the error is
//! returned (its own is lost on restart), a panic becomes an error, workers are woken after the commit.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use apalis::prelude::{
    AbortError, Attempt, BackendExt as _, BoxDynError, Data, TaskId, WorkerBuilder,
    WorkerBuilderExt as _, WorkerError,
};
use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use chrono::{DateTime, Utc};
use futures::{FutureExt as _, Stream, StreamExt as _};
use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr, Statement};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::sync::watch;

use super::{
    context::App,
    db::{Db, Tx},
    error::{Error, Result},
};

const QUEUE: &str = "rembuk";
const HEARTBEAT: Duration = Duration::from_secs(5);
/// Jobs that are fetched, and marked as done, together.
const BATCH: usize = 16;
/// How long the worker lets rings gather: a mail can wait so long, and a burst is fetched in batches.
const GATHER: Duration = Duration::from_millis(20);

/// A piece of work named by ids. It may run twice: at least once is all that a crash allows.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    const NAME: &'static str;
    /// Two weeks: the pauses grow to an hour, and a fault that lasts a long weekend loses nothing.
    const MAX_ATTEMPTS: i32 = 340;

    /// Enqueuing the same key again does nothing.
    fn key(&self) -> Option<String> {
        None
    }

    fn run(self, app: Arc<App>) -> impl Future<Output = Result<(), JobError>> + Send;
}

/// Implemented by the registry in `worker.rs` and nowhere else: a job that nobody runs does not compile.
pub trait Registered: Job {}

#[derive(Debug)]
pub enum JobError {
    /// A passing fault: again later, with growing pauses.
    Retry(anyhow::Error),
    /// It will never work: stop, and say why.
    GiveUp(anyhow::Error),
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound | Error::Invalid(_) | Error::Rule { .. } => Self::GiveUp(error.into()),
            other => Self::Retry(other.into()),
        }
    }
}

impl From<anyhow::Error> for JobError {
    fn from(error: anyhow::Error) -> Self {
        Self::Retry(error)
    }
}

impl From<DbErr> for JobError {
    fn from(error: DbErr) -> Self {
        Self::Retry(error.into())
    }
}

/// What the row holds: the job's name and its ids.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Envelope {
    pub name: String,
    pub args: serde_json::Value,
}

/// Finds the job by name and runs it: `worker::run`.
pub type Dispatch =
    fn(Arc<App>, Envelope) -> futures::future::BoxFuture<'static, Result<(), JobError>>;

/// Puts a job into the queue as part of the transaction, to run at `run_at` or soon after.
pub async fn enqueue<J: Registered>(tx: &Tx, job: &J, run_at: DateTime<Utc>) -> Result<()> {
    let args = serde_json::to_value(job).map_err(anyhow::Error::from)?;
    let body = serde_json::to_vec(&Envelope {
        name: J::NAME.to_owned(),
        args,
    })
    .map_err(anyhow::Error::from)?;
    let key = job.key().map(|key| format!("{}:{key}", J::NAME));
    let sql = match tx.get_database_backend() {
        DatabaseBackend::Sqlite => {
            "INSERT INTO Jobs (job, id, job_type, status, attempts, max_attempts, run_at, priority, metadata, idempotency_key) \
             VALUES (?, ?, ?, 'Pending', 0, ?, ?, 0, '{}', ?) ON CONFLICT (job_type, idempotency_key) DO NOTHING"
        }
        _ => {
            "INSERT INTO apalis.jobs (job, id, job_type, status, attempts, max_attempts, run_at, priority, metadata, idempotency_key) \
             VALUES ($1, $2, $3, 'Pending', 0, $4, to_timestamp($5), 0, ''::hstore, $6) ON CONFLICT (job_type, idempotency_key) DO NOTHING"
        }
    };
    let values = [
        body.into(),
        ulid::Ulid::generate().to_string().into(),
        QUEUE.into(),
        J::MAX_ATTEMPTS.into(),
        run_at.timestamp().into(),
        key.into(),
    ];
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        sql,
        values,
    ))
    .await?;
    tx.note_job();
    Ok(())
}

/// A bell that the committing use case rings and the worker hears, and the count of what the worker ran.
#[derive(Clone, Debug)]
pub struct Wake {
    rings: watch::Sender<u64>,
    ran: watch::Sender<u64>,
}

impl Default for Wake {
    fn default() -> Self {
        Self {
            rings: watch::channel(0).0,
            ran: watch::channel(0).0,
        }
    }
}

impl Wake {
    pub fn ring(&self) {
        self.rings
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    /// How many jobs the worker of this process ran, whatever came of them.
    #[must_use]
    pub fn ran(&self) -> watch::Receiver<u64> {
        self.ran.subscribe()
    }

    /// Ticks on every ring, and every second for what other processes or the clock made due.
    fn stream(&self) -> impl Stream<Item = ()> + Unpin + Send + 'static {
        let rings = futures::stream::unfold(self.rings.subscribe(), |mut bell| async move {
            if bell.changed().await.is_err() {
                // The sender lives as long as the program; without it only the tick is left.
                futures::future::pending::<()>().await;
            }
            tokio::time::sleep(GATHER).await;
            bell.mark_unchanged();
            Some(((), bell))
        });
        let tick = futures::stream::unfold(
            tokio::time::interval(Duration::from_secs(1)),
            |mut interval| async move {
                interval.tick().await;
                Some(((), interval))
            },
        );
        futures::stream::select(rings.boxed(), tick.boxed())
    }
}

#[derive(Clone)]
struct Runner {
    app: Arc<App>,
    dispatch: Dispatch,
}

/// Runs jobs until `stop` turns true; a job under way may finish. A worker that fails, because the
/// database was away, is started again.
pub async fn work(app: Arc<App>, dispatch: Dispatch, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let mut heard = stop.clone();
        let signal = async move {
            let _ = heard.wait_for(|stopped| *stopped).await;
            Ok::<(), WorkerError>(())
        };
        let runner = Runner {
            app: app.clone(),
            dispatch,
        };
        let outcome = if app.db.is_sqlite() {
            work_sqlite(runner, signal).await
        } else {
            work_postgres(runner, signal).await
        };
        match outcome {
            Ok(()) => break,
            Err(error) if *stop.borrow() => {
                tracing::debug!(%error, "worker stopped");
                break;
            }
            Err(error) => {
                tracing::error!(%error, "the job worker failed and starts again in 2 s");
                let _ = tokio::time::timeout(Duration::from_secs(2), stop.changed()).await;
            }
        }
    }
}

/// The two libraries differ in their types only; a macro keeps the wiring one.
macro_rules! work_on {
    ($name:ident, $storage:ident, $config:path, $pool:ident) => {
        async fn $name(
            runner: Runner,
            signal: impl Future<Output = Result<(), WorkerError>> + Send + 'static,
        ) -> Result<(), WorkerError> {
            let config = <$config>::default()
                .queue(QUEUE)
                .heartbeat_interval(HEARTBEAT)
                .missed_heartbeats(2)
                .batch_size(BATCH);
            let pool = runner.app.db.bookkeeping().$pool().clone();
            let backend = $storage::<Envelope>::new(&pool)
                .with_config(config)
                .poll_with_stream(runner.app.db.wake().stream());
            // A name of its own per process and start: the library refuses one that is still beating.
            let name = format!("rembuk-{}", ulid::Ulid::generate());
            WorkerBuilder::new(name)
                .backend(backend)
                .data(runner)
                .concurrency(2)
                .build(handle)
                .run_until(signal)
                .await
        }
    };
}
work_on!(
    work_sqlite,
    SqliteStorage,
    apalis_sqlite::Config,
    get_sqlite_connection_pool
);
work_on!(
    work_postgres,
    PostgresStorage,
    apalis_postgres::Config,
    get_postgres_connection_pool
);

async fn handle(
    envelope: Envelope,
    runner: Data<Runner>,
    attempt: Attempt,
    id: TaskId,
) -> Result<(), BoxDynError> {
    let Runner { app, dispatch } = &*runner;
    let outcome = run_guarded(app, *dispatch, envelope.clone()).await;
    let ran = &app.db.wake().ran;
    ran.send_modify(|count| *count = count.wrapping_add(1));
    match outcome {
        Ok(()) => Ok(()),
        Err(JobError::GiveUp(error)) => {
            tracing::error!(job.name = envelope.name, job.id = %id, "job {} given up: {error:#}", envelope.name);
            Err(Box::new(AbortError::new(std::io::Error::other(format!(
                "{error:#}"
            )))))
        }
        Err(JobError::Retry(error)) => {
            let pause = back_off(attempt.current());
            tracing::warn!(job.name = envelope.name, job.id = %id, "job {} failed, again in {} s: {error:#}", envelope.name, pause.num_seconds());
            postpone(&app.db, &id.to_string(), app.clock.now() + pause).await?;
            Err(error.into())
        }
    }
}

/// A panic in a job is an error of that job, not the end of the worker.
async fn run_guarded(
    app: &Arc<App>,
    dispatch: Dispatch,
    envelope: Envelope,
) -> Result<(), JobError> {
    let name = envelope.name.clone();
    let outcome = AssertUnwindSafe(dispatch(app.clone(), envelope))
        .catch_unwind()
        .await;
    let result =
        outcome.unwrap_or_else(|_| Err(JobError::GiveUp(anyhow::anyhow!("the job panicked"))));
    metrics::counter!("rembuk_jobs_total", "job" => name, "outcome" => if result.is_ok() { "done" } else { "failed" }).increment(1);
    result
}

/// 2, 4, 8 … seconds, at most an hour: a mail server that is down all night gets its mails in the morning.
fn back_off(attempt: usize) -> chrono::Duration {
    let exponent = u32::try_from(attempt.clamp(1, 12)).unwrap_or(12);
    chrono::Duration::seconds(2i64.pow(exponent).min(3600))
}

/// The library refetches a failed row at once unless its time lies ahead.
async fn postpone(db: &Db, id: &str, run_at: DateTime<Utc>) -> Result<(), DbErr> {
    let sql = match db.get_database_backend() {
        DatabaseBackend::Sqlite => "UPDATE Jobs SET run_at = ? WHERE id = ?",
        _ => "UPDATE apalis.jobs SET run_at = to_timestamp($1) WHERE id = $2",
    };
    db.execute_raw(Statement::from_sql_and_values(
        db.get_database_backend(),
        sql,
        [run_at.timestamp().into(), id.into()],
    ))
    .await?;
    Ok(())
}

/// How many jobs wait, and how many were given up: for `doctor`, `/metrics` and the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    pub waiting: i64,
    pub given_up: i64,
}

pub async fn backlog(db: &impl ConnectionTrait) -> Result<Backlog, DbErr> {
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(CASE WHEN status IN ('Pending', 'Queued', 'Running') OR (status = 'Failed' AND attempts < max_attempts) THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting, \
         CAST(COALESCE(SUM(CASE WHEN status = 'Killed' OR (status = 'Failed' AND attempts >= max_attempts) THEN 1 ELSE 0 END), 0) AS BIGINT) AS given_up FROM {}",
        table(db)
    );
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    match row {
        Some(row) => Ok(Backlog {
            waiting: row.try_get("", "waiting")?,
            given_up: row.try_get("", "given_up")?,
        }),
        None => Ok(Backlog {
            waiting: 0,
            given_up: 0,
        }),
    }
}

/// The jobs of a kind that were given up, so that the page of what they worked for can say so.
pub async fn given_up<J: Job>(db: &impl ConnectionTrait) -> Result<Vec<J>> {
    let sql = format!(
        "SELECT job FROM {} WHERE status = 'Killed' OR (status = 'Failed' AND attempts >= max_attempts)",
        table(db)
    );
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    let mut found = Vec::new();
    for row in rows {
        let body: Vec<u8> = row.try_get("", "job")?;
        // Written by another release it may not be readable; then it says nothing here.
        let envelope = serde_json::from_slice::<Envelope>(&body);
        if let Some(job) = envelope.ok().filter(|job| job.name == J::NAME) {
            found.extend(serde_json::from_value(job.args));
        }
    }
    Ok(found)
}

/// Removes finished rows older than a month; the library never does.
pub async fn sweep(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let before = (now - chrono::Duration::days(30)).timestamp();
    let sql = match db.get_database_backend() {
        DatabaseBackend::Sqlite => "DELETE FROM Jobs WHERE status = 'Done' AND done_at < ?",
        _ => "DELETE FROM apalis.jobs WHERE status = 'Done' AND done_at < to_timestamp($1)",
    };
    Ok(db
        .execute_raw(Statement::from_sql_and_values(
            db.get_database_backend(),
            sql,
            [before.into()],
        ))
        .await?
        .rows_affected())
}

fn table(db: &impl ConnectionTrait) -> &'static str {
    match db.get_database_backend() {
        DatabaseBackend::Sqlite => "Jobs",
        _ => "apalis.jobs",
    }
}

/// Runs everything that is due, in order, in this task: tests and `demo` need no worker and no waiting.
/// Rows change as the worker changes them. Returns how many ran; a job that fails stays, postponed, and its
/// error is returned.
pub async fn run_due(app: &Arc<App>, dispatch: Dispatch) -> anyhow::Result<usize> {
    let mut ran = 0;
    while let Some(due) = next_due(&app.db, app.clock.now()).await? {
        let envelope: Envelope = serde_json::from_slice(&due.body)?;
        let name = envelope.name.clone();
        let outcome = run_guarded(app, dispatch, envelope).await;
        ran += 1;
        let attempt = due.attempts + 1;
        match outcome {
            Ok(()) => settle(app, &due.id, "Done", attempt).await?,
            Err(JobError::GiveUp(error)) => {
                settle(app, &due.id, "Killed", attempt).await?;
                return Err(error.context(format!("job {name} given up")));
            }
            Err(JobError::Retry(error)) => {
                settle(app, &due.id, "Failed", attempt).await?;
                let pause = back_off(usize::try_from(attempt).unwrap_or(1));
                postpone(&app.db, &due.id, app.clock.now() + pause).await?;
                return Err(error.context(format!("job {name} failed and stays")));
            }
        }
    }
    Ok(ran)
}

struct Due {
    id: String,
    body: Vec<u8>,
    attempts: i32,
}

/// The same rows that the worker fetches: a failed one only while attempts are left.
fn due_rows(db: &impl ConnectionTrait) -> String {
    let due = match db.get_database_backend() {
        DatabaseBackend::Sqlite => "run_at <= ?",
        _ => "run_at <= to_timestamp($1)",
    };
    format!(
        "{} WHERE (status = 'Pending' OR (status = 'Failed' AND attempts < max_attempts)) AND {due}",
        table(db)
    )
}

/// How many jobs a run would do now; those that are meant for later wait.
pub async fn due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<i64, DbErr> {
    let sql = format!("SELECT COUNT(*) AS n FROM {}", due_rows(db));
    let values = [now.timestamp().into()];
    let asked = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let row = db.query_one_raw(asked).await?;
    row.map_or(Ok(0), |row| row.try_get("", "n"))
}

async fn next_due(db: &Db, now: DateTime<Utc>) -> Result<Option<Due>, DbErr> {
    let sql = format!(
        "SELECT id, job, attempts FROM {} ORDER BY run_at, id LIMIT 1",
        due_rows(db)
    );
    let row = db
        .query_one_raw(Statement::from_sql_and_values(
            db.get_database_backend(),
            sql,
            [now.timestamp().into()],
        ))
        .await?;
    row.map(|row| {
        Ok(Due {
            id: row.try_get("", "id")?,
            body: row.try_get("", "job")?,
            attempts: row.try_get("", "attempts")?,
        })
    })
    .transpose()
}

async fn settle(app: &App, id: &str, status: &str, attempts: i32) -> Result<(), DbErr> {
    let db = &app.db;
    let sql = match db.get_database_backend() {
        DatabaseBackend::Sqlite => {
            "UPDATE Jobs SET status = ?, attempts = ?, done_at = ? WHERE id = ?"
        }
        _ => {
            "UPDATE apalis.jobs SET status = $1, attempts = $2, done_at = to_timestamp($3) WHERE id = $4"
        }
    };
    let values = [
        status.into(),
        attempts.into(),
        app.clock.now().timestamp().into(),
        id.into(),
    ];
    db.execute_raw(Statement::from_sql_and_values(
        db.get_database_backend(),
        sql,
        values,
    ))
    .await?;
    Ok(())
}
