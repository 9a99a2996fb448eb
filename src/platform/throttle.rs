//! Counting attempts in the database, so that every process of an installation counts together and a
//! restart forgives nothing. Keys are hashed: the table names no address and no account.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ConnectionTrait,
    entity::prelude::*,
    sea_query::{ExprTrait as _, OnConflict},
};

use super::{
    context::App,
    crypto::Purpose,
    db::Tx,
    error::{Error, Result},
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_hash: String,
    pub window_ends: DateTimeUtc,
    pub count: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// At most `limit` attempts of one kind for one key within a window.
#[derive(Clone, Debug)]
pub struct Throttle {
    key: String,
    limit: u32,
    window: Duration,
}

impl Throttle {
    #[must_use]
    pub fn new(kind: &str, key: &str, limit: u32, window: Duration) -> Self {
        Self {
            key: format!("{kind}:{key}"),
            limit,
            window,
        }
    }

    fn hash(&self, app: &App) -> String {
        app.keys.hash(Purpose::Throttle, &self.key)
    }

    fn refuse_if(
        &self,
        now: DateTime<Utc>,
        row: &Model,
        spent: fn(i64, i64) -> bool,
    ) -> Result<()> {
        if row.window_ends <= now || !spent(i64::from(row.count), i64::from(self.limit)) {
            return Ok(());
        }
        let seconds = std::cmp::max((row.window_ends - now).num_seconds(), 1);
        Err(Error::TooMany {
            retry_after_seconds: u64::try_from(seconds).unwrap_or(1),
        })
    }
}

/// Counts one attempt against each, and refuses when there are more than allowed. Where guesses are dear, counting
/// comes before looking: of many attempts at the same moment no more than the limit get through.
pub async fn take(app: &App, now: DateTime<Utc>, all: &[&Throttle]) -> Result<()> {
    let tx = app.db.begin_write().await?;
    // A refused attempt is not counted: the transaction ends here.
    take_in(&tx, app, now, all).await?;
    tx.commit().await?;
    Ok(())
}

/// The same where the caller says what becomes of the count.
pub async fn take_in(
    db: &impl ConnectionTrait,
    app: &App,
    now: DateTime<Utc>,
    all: &[&Throttle],
) -> Result<()> {
    for throttle in all {
        let row = add_one(db, &throttle.hash(app), now, now + throttle.window).await?;
        throttle.refuse_if(now, &row, |count, limit| count > limit)?;
    }
    Ok(())
}

/// Takes one counted attempt back: it was a right one.
pub async fn give_back(tx: &Tx, app: &App, throttle: &Throttle) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Count, Expr::col(Column::Count).sub(1))
        .filter(Column::KeyHash.eq(throttle.hash(app)))
        .filter(Column::Count.gt(0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Refuses when one of them is used up.
pub async fn refuse_if_exhausted(app: &App, now: DateTime<Utc>, all: &[&Throttle]) -> Result<()> {
    for throttle in all {
        if let Some(row) = Entity::find_by_id(throttle.hash(app)).one(&app.db).await? {
            throttle.refuse_if(now, &row, |count, limit| count >= limit)?;
        }
    }
    Ok(())
}

/// Counts one attempt against each, in a transaction of its own: it stays when the use case fails.
pub async fn count(app: &App, now: DateTime<Utc>, all: &[&Throttle]) -> Result<()> {
    let tx = app.db.begin_write().await?;
    for throttle in all {
        add_one(&tx, &throttle.hash(app), now, now + throttle.window).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Forgets the attempts: the right password came.
pub async fn forget(tx: &Tx, app: &App, throttle: &Throttle) -> Result<()> {
    Entity::delete_by_id(throttle.hash(app)).exec(tx).await?;
    Ok(())
}

/// Removes windows that are over.
pub async fn sweep(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    Entity::delete_many()
        .filter(Column::WindowEnds.lte(now))
        .exec(db)
        .await?;
    Ok(())
}

async fn add_one(
    db: &impl ConnectionTrait,
    key_hash: &str,
    now: DateTime<Utc>,
    window_ends: DateTime<Utc>,
) -> Result<Model> {
    let count_on = Expr::case(
        Expr::col((Entity, Column::WindowEnds)).gt(now),
        Expr::col((Entity, Column::Count)).add(1),
    )
    .finally(1);
    let ends = Expr::case(
        Expr::col((Entity, Column::WindowEnds)).gt(now),
        Expr::col((Entity, Column::WindowEnds)),
    )
    .finally(window_ends);
    let row = ActiveModel {
        key_hash: sea_orm::ActiveValue::Set(key_hash.to_owned()),
        window_ends: sea_orm::ActiveValue::Set(window_ends),
        count: sea_orm::ActiveValue::Set(1),
    };
    let merge = OnConflict::column(Column::KeyHash)
        .value(Column::Count, count_on)
        .value(Column::WindowEnds, ends)
        .to_owned();
    Ok(Entity::insert(row)
        .on_conflict(merge)
        .exec_with_returning(db)
        .await?)
}
