//! What offices seldom change (units, divisions, calendars, deadlines, roles, …), remembered from one request to the
//! next instead of read anew by each.
//!
//! It must never be older than a read would be: a deadline from yesterday's calendar is wrong. So the database keeps a
//! mark that its own triggers renew with every change to [`TABLES`], whoever makes it: this process, another one or
//! the command line. A request reads the mark once, and once more in each transaction that it begins; what was read
//! under the same mark is true still. Jobs and the command line remember nothing.

use std::{
    any::Any,
    collections::HashMap,
    fmt::Debug,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use sea_orm::{ConnectionTrait, Statement, prelude::DateTimeUtc};
use tokio::sync::OnceCell;

use super::error::{Error, Result};

pub use rembuk_migrations::SETTLED as TABLES;

/// Above so many things everything is forgotten: a province of a thousand offices stays far below.
const MOST: usize = 20_000;

type Mark = Arc<str>;

/// What one installation remembers.
#[derive(Clone, Debug, Default)]
pub struct Settled(Arc<Mutex<HashMap<Key, Kept>>>);

type Key = (&'static str, String);

#[derive(Debug)]
struct Kept {
    mark: Mark,
    value: Arc<dyn Any + Send + Sync>,
}

tokio::task_local! {
    static REQUEST: Request;
}

/// What one request knows of the mark.
struct Request {
    settled: Settled,
    knows: Mutex<Knows>,
}

#[derive(Clone, Debug, Default)]
enum Knows {
    #[default]
    Nothing,
    Mark(Mark),
    /// A transaction of this request has changed settled things and is not over: on its own connection they are
    /// new already, on every other one still old, and neither may be remembered.
    Changing,
}

impl Settled {
    /// Runs a request that may remember and be reminded.
    pub async fn during<T>(&self, request: impl Future<Output = T>) -> T {
        let knows = Mutex::default();
        let settled = self.clone();
        REQUEST.scope(Request { settled, knows }, request).await
    }

    fn get<T: Clone + 'static>(&self, mark: &Mark, key: &Key) -> Option<T> {
        let all = lock(&self.0);
        let kept = all.get(key).filter(|kept| kept.mark == *mark)?;
        kept.value.downcast_ref().cloned()
    }

    fn keep<T: Send + Sync + 'static>(&self, mark: Mark, key: Key, value: T) {
        let mut all = lock(&self.0);
        if all.len() >= MOST {
            all.clear();
        }
        let value = Arc::new(value);
        all.insert(key, Kept { mark, value });
    }

    /// What is kept under this mark, or an empty one that is kept from now on.
    fn get_or_keep<T: Clone + Default + Send + Sync + 'static>(&self, mark: Mark, key: Key) -> T {
        let mut all = lock(&self.0);
        let kept = all.get(&key).filter(|kept| kept.mark == mark);
        if let Some(value) = kept.and_then(|kept| kept.value.downcast_ref::<T>()) {
            return value.clone();
        }
        let value = T::default();
        let kept = Arc::new(value.clone());
        all.insert(key, Kept { mark, value: kept });
        value
    }
}

/// Reads something of [`TABLES`] alone, or remembers it. `name` stands for one kind of value, `about` for all that
/// the reading depends on.
pub async fn remembered<T: Clone + Send + Sync + 'static>(
    db: &impl ConnectionTrait,
    name: &'static str,
    about: impl Debug,
    read: impl Future<Output = Result<T>>,
) -> Result<T> {
    let Some((settled, mark)) = mark_of_request(db).await? else {
        return read.await;
    };
    let key = (name, format!("{about:?}"));
    if let Some(value) = settled.get(&mark, &key) {
        return Ok(value);
    }
    let value = read.await?;
    settled.keep(mark, key, value.clone());
    Ok(value)
}

/// Reads sums of many rows that everybody asks for and that may be a minute old, or remembers them. Nothing that
/// somebody decides by, and nothing of one person.
pub async fn of_this_minute<T: Clone + Send + Sync + 'static>(
    now: DateTimeUtc,
    name: &'static str,
    about: impl Debug,
    read: impl Future<Output = Result<T>>,
) -> Result<T> {
    let Ok(settled) = REQUEST.try_with(|request| request.settled.clone()) else {
        return read.await;
    };
    let mark: Mark = format!("minute {}", now.timestamp() / 60).into();
    let key = (name, format!("{about:?}"));
    // All who come while it is read wait for the one who reads: together they would take the time of each.
    let cell: Arc<OnceCell<T>> = settled.get_or_keep(mark, key);
    cell.get_or_try_init(|| read).await.cloned()
}

/// The mark, which comes before anything that is read under it: a value may be newer than its mark, never older.
async fn mark_of_request(db: &impl ConnectionTrait) -> Result<Option<(Settled, Mark)>> {
    let known = REQUEST.try_with(|request| (request.settled.clone(), request.knows().clone()));
    match known {
        Err(_) | Ok((_, Knows::Changing)) => Ok(None),
        Ok((settled, Knows::Mark(mark))) => Ok(Some((settled, mark))),
        Ok((settled, Knows::Nothing)) => {
            let mark = read_mark(db).await?;
            set(|knows| {
                if matches!(knows, Knows::Nothing) {
                    *knows = Knows::Mark(mark.clone());
                }
            });
            Ok(Some((settled, mark)))
        }
    }
}

async fn read_mark(db: &impl ConnectionTrait) -> Result<Mark> {
    let asked = Statement::from_string(db.get_database_backend(), "SELECT mark FROM settled");
    let row = db.query_one_raw(asked).await?;
    let row = row.ok_or_else(|| Error::Internal(anyhow::anyhow!("the table settled is empty")))?;
    Ok(row.try_get::<String>("", "mark")?.into())
}

impl Request {
    fn knows(&self) -> MutexGuard<'_, Knows> {
        lock(&self.knows)
    }
}

fn set(change: impl FnOnce(&mut Knows)) {
    let _ = REQUEST.try_with(|request| change(&mut request.knows()));
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A transaction of a request: with its begin the mark is read anew, and while it changes settled things nothing is
/// remembered.
#[derive(Debug, Default)]
pub(super) struct Writing {
    changing: AtomicBool,
}

impl Writing {
    pub(super) fn begin() -> Self {
        forget_mark();
        Self::default()
    }

    /// Before a statement of this transaction runs; what comes after it comes with its end.
    pub(super) fn runs(&self, sql: &str) -> Ran {
        if changes_settled(sql) {
            self.changing.store(true, Ordering::Relaxed);
            set(|knows| *knows = Knows::Changing);
        }
        Ran { changes: false }
    }
}

/// Committed or rolled back.
impl Drop for Writing {
    fn drop(&mut self) {
        if *self.changing.get_mut() {
            set(|knows| *knows = Knows::Nothing);
        }
    }
}

/// A statement that is its own transaction: once it ran, the mark is read anew.
pub(super) struct Ran {
    changes: bool,
}

impl Ran {
    pub(super) fn of(sql: &str) -> Self {
        Self {
            changes: changes_settled(sql),
        }
    }
}

impl Drop for Ran {
    fn drop(&mut self) {
        if self.changes {
            forget_mark();
        }
    }
}

fn forget_mark() {
    set(|knows| {
        if !matches!(knows, Knows::Changing) {
            *knows = Knows::Nothing;
        }
    });
}

/// Whether a statement may change one of [`TABLES`]. Rather yes than no: only the mark is read once more then.
fn changes_settled(sql: &str) -> bool {
    let mut words = sql.split_whitespace();
    let Some(verb) = words.next() else {
        return false;
    };
    let names = |word: &str| {
        let name = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        TABLES.contains(&name)
    };
    match verb.to_ascii_uppercase().as_str() {
        "SELECT" | "EXPLAIN" | "SET" | "SAVEPOINT" | "RELEASE" | "ROLLBACK" => false,
        "INSERT" | "UPDATE" | "DELETE" => words.take(4).any(names),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::changes_settled;

    #[test]
    fn a_change_of_a_settled_table_is_seen_in_every_way_of_writing_it() {
        for (sql, changes) in [
            (r#"INSERT INTO "unit" ("id", "code") VALUES ($1, $2)"#, true),
            (r#"UPDATE "unit" SET "name" = $1"#, true),
            (r#"DELETE FROM "role_grant" WHERE "person_id" = $1"#, true),
            ("insert or ignore into holiday values (1)", true),
            ("UPDATE holiday SET name = 'x'", true),
            ("WITH gone AS (SELECT 1) DELETE FROM unit", true),
            ("TRUNCATE unit", true),
            (r#"INSERT INTO "complaint" ("unit_id") VALUES ($1)"#, false),
            (r#"UPDATE "complaint" SET "unit_id" = $1"#, false),
            (r#"SELECT * FROM "unit""#, false),
            ("", false),
        ] {
            assert_eq!(changes_settled(sql), changes, "{sql}");
        }
    }
}
