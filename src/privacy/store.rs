//! Queries of requests and breaches.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DatabaseBackend,
    EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Statement,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{
    entity::{
        breach::{self, BreachId},
        breach_entry, reminder,
        request::{self, RequestId},
    },
    rules::{State, Wish},
};
use crate::{
    access::Scope,
    complaints::ComplaintId,
    organisation::UnitId,
    platform::error::{Error, Result},
};

const CHANGED: Error = Error::Conflict {
    code: "changed_meanwhile",
};

/// The next number of a register in a unit and year.
pub async fn next_number(
    db: &impl ConnectionTrait,
    unit: UnitId,
    register: &str,
    year: i32,
) -> Result<i32> {
    let backend = db.get_database_backend();
    let values = match backend {
        DatabaseBackend::Sqlite => "?, ?, ?",
        _ => "$1, $2, $3",
    };
    let sql = format!(
        "INSERT INTO privacy_counter (unit_id, register, year, last) VALUES ({values}, 1) \
         ON CONFLICT (unit_id, register, year) DO UPDATE SET last = privacy_counter.last + 1 RETURNING last"
    );
    let values = [unit.into(), register.into(), year.into()];
    let row = db
        .query_one_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?
        .ok_or_else(|| Error::Internal(anyhow::anyhow!("the counter gave no number")))?;
    Ok(row.try_get("", "last")?)
}

pub async fn insert_request(db: &impl ConnectionTrait, row: request::Model) -> Result<()> {
    request::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn request_by_number(
    db: &impl ConnectionTrait,
    number: &str,
) -> Result<Option<request::Model>> {
    Ok(request::Entity::find()
        .filter(request::Column::Number.eq(number))
        .one(db)
        .await?)
}

/// The request with this id, if the asker's scope holds it.
pub async fn request(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: RequestId,
) -> Result<request::Model> {
    request::Entity::find_by_id(id)
        .one(db)
        .await?
        .filter(|row| scope.covers(row.unit_id, None))
        .ok_or(Error::NotFound)
}

/// The request with this id, for whoever proved in another way that it is theirs.
pub async fn request_by_id(db: &impl ConnectionTrait, id: RequestId) -> Result<request::Model> {
    request::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// All requests about a case, the first at the head.
pub async fn requests_about(
    db: &impl ConnectionTrait,
    complaint: ComplaintId,
) -> Result<Vec<request::Model>> {
    Ok(request::Entity::find()
        .filter(request::Column::ComplaintId.eq(complaint))
        .order_by_asc(request::Column::ReceivedAt)
        .all(db)
        .await?)
}

/// Takes name, contact, words and answer out of requests that ended before; their lines in the register stay.
pub async fn forget_before(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<()> {
    use request::Column;
    let nothing = || Expr::value(None::<Vec<u8>>);
    let said = Condition::any()
        .add(Column::Name.is_not_null())
        .add(Column::Email.is_not_null())
        .add(Column::Phone.is_not_null())
        .add(Column::Answer.is_not_null())
        .add(Column::Words.ne(Vec::<u8>::new()));
    request::Entity::update_many()
        .col_expr(Column::Name, nothing())
        .col_expr(Column::Email, nothing())
        .col_expr(Column::Phone, nothing())
        .col_expr(Column::Answer, nothing())
        .col_expr(Column::Words, Expr::value(Vec::<u8>::new()))
        .filter(Column::AnsweredAt.lt(before))
        .filter(said)
        .exec(db)
        .await?;
    Ok(())
}

/// The contacts of requests about a case that are answered: its person does not want to be contacted.
pub async fn forget_contacts(db: &impl ConnectionTrait, complaint: ComplaintId) -> Result<()> {
    use request::Column;
    request::Entity::update_many()
        .col_expr(Column::Email, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::Phone, Expr::value(None::<Vec<u8>>))
        .filter(Column::ComplaintId.eq(complaint))
        .filter(Column::State.is_not_in([State::Received, State::Verified]))
        .exec(db)
        .await?;
    Ok(())
}

/// An open request for the same about the same case.
pub async fn open_request(
    db: &impl ConnectionTrait,
    complaint: ComplaintId,
    wish: Wish,
) -> Result<Option<request::Model>> {
    Ok(request::Entity::find()
        .filter(request::Column::ComplaintId.eq(complaint))
        .filter(request::Column::Wish.eq(wish))
        .filter(request::Column::State.is_in([State::Received, State::Verified]))
        .one(db)
        .await?)
}

/// Writes a request over the version that was read.
pub async fn save_request(db: &impl ConnectionTrait, row: request::Model) -> Result<()> {
    let (id, read) = (row.id, row.version);
    let changed = request::Model {
        version: read + 1,
        ..row
    };
    let written = request::Entity::update_many()
        .set(changed.into_active_model().reset_all())
        .filter(request::Column::Id.eq(id))
        .filter(request::Column::Version.eq(read))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

fn requests_in(scope: &Scope) -> Condition {
    if scope.everywhere {
        Condition::all()
    } else {
        Condition::all().add(request::Column::UnitId.is_in(scope.units.iter().copied()))
    }
}

/// Open requests, what is due first at the head; then the last that ended.
pub async fn requests(
    db: &impl ConnectionTrait,
    scope: &Scope,
    open: bool,
    limit: u64,
) -> Result<Vec<request::Model>> {
    let states = [State::Received, State::Verified];
    let found = request::Entity::find().filter(requests_in(scope));
    let found = if open {
        found
            .filter(request::Column::State.is_in(states))
            .order_by_asc(request::Column::DueAt)
    } else {
        found
            .filter(request::Column::State.is_not_in(states))
            .order_by_desc(request::Column::AnsweredAt)
    };
    Ok(found
        .order_by_asc(request::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// A page of requests, the newest first, after this place; open ones, ended ones or all.
pub async fn request_page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    open: Option<bool>,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u64,
) -> Result<Vec<request::Model>> {
    use request::Column;
    let states = [State::Received, State::Verified];
    let mut wanted = requests_in(scope);
    wanted = match open {
        Some(true) => wanted.add(Column::State.is_in(states)),
        Some(false) => wanted.add(Column::State.is_not_in(states)),
        None => wanted,
    };
    if let Some((at, id)) = after {
        let same = Condition::all()
            .add(Column::ReceivedAt.eq(at))
            .add(Column::Id.lt(id));
        wanted = wanted.add(Condition::any().add(Column::ReceivedAt.lt(at)).add(same));
    }
    Ok(request::Entity::find()
        .filter(wanted)
        .order_by_desc(Column::ReceivedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// A page of breaches, the last found first, after this place.
pub async fn breach_page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u64,
) -> Result<Vec<breach::Model>> {
    use breach::Column;
    let mut wanted = Condition::all();
    if !scope.everywhere {
        wanted = wanted.add(Column::UnitId.is_in(scope.units.iter().copied()));
    }
    if let Some((at, id)) = after {
        let same = Condition::all()
            .add(Column::FoundAt.eq(at))
            .add(Column::Id.lt(id));
        wanted = wanted.add(Condition::any().add(Column::FoundAt.lt(at)).add(same));
    }
    Ok(breach::Entity::find()
        .filter(wanted)
        .order_by_desc(Column::FoundAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// How many open requests are late.
pub async fn late_requests(
    db: &impl ConnectionTrait,
    scope: &Scope,
    now: DateTime<Utc>,
) -> Result<u64> {
    Ok(request::Entity::find()
        .filter(requests_in(scope))
        .filter(request::Column::State.is_in([State::Received, State::Verified]))
        .filter(request::Column::DueAt.lt(now))
        .count(db)
        .await?)
}

pub async fn insert_breach(db: &impl ConnectionTrait, row: breach::Model) -> Result<()> {
    breach::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn breach(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: BreachId,
) -> Result<breach::Model> {
    breach::Entity::find_by_id(id)
        .one(db)
        .await?
        .filter(|row| scope.covers(row.unit_id, None))
        .ok_or(Error::NotFound)
}

pub async fn save_breach(db: &impl ConnectionTrait, row: breach::Model) -> Result<()> {
    let (id, read) = (row.id, row.version);
    let changed = breach::Model {
        version: read + 1,
        ..row
    };
    let written = breach::Entity::update_many()
        .set(changed.into_active_model().reset_all())
        .filter(breach::Column::Id.eq(id))
        .filter(breach::Column::Version.eq(read))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

/// The breaches of a scope, the last found first.
pub async fn breaches(
    db: &impl ConnectionTrait,
    scope: &Scope,
    limit: u64,
) -> Result<Vec<breach::Model>> {
    let mut found = breach::Entity::find();
    if !scope.everywhere {
        found = found.filter(breach::Column::UnitId.is_in(scope.units.iter().copied()));
    }
    Ok(found
        .order_by_desc(breach::Column::FoundAt)
        .limit(limit)
        .all(db)
        .await?)
}

/// Breaches of which somebody still has to be told.
pub async fn owing_breaches(db: &impl ConnectionTrait) -> Result<Vec<breach::Model>> {
    let untold = Condition::any()
        .add(breach::Column::PersonsToldAt.is_null())
        .add(breach::Column::AuthorityToldAt.is_null());
    Ok(breach::Entity::find()
        .filter(breach::Column::ClosedAt.is_null())
        .filter(untold)
        .all(db)
        .await?)
}

pub async fn entries(
    db: &impl ConnectionTrait,
    of: &breach::Model,
) -> Result<Vec<breach_entry::Model>> {
    Ok(breach_entry::Entity::find()
        .filter(breach_entry::Column::UnitId.eq(of.unit_id))
        .filter(breach_entry::Column::BreachId.eq(of.id))
        .order_by_asc(breach_entry::Column::Seq)
        .all(db)
        .await?)
}

pub async fn insert_entry(db: &impl ConnectionTrait, row: breach_entry::Model) -> Result<()> {
    breach_entry::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Notes that something is said about a clock; false when it was said before.
pub async fn first_reminder(db: &impl ConnectionTrait, row: reminder::Model) -> Result<bool> {
    use reminder::Column;
    let once = OnConflict::columns([
        Column::UnitId,
        Column::ThingKind,
        Column::ThingId,
        Column::Level,
    ])
    .do_nothing()
    .to_owned();
    let written = reminder::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(written > 0)
}

/// The highest level that was said about a thing.
pub async fn said(db: &impl ConnectionTrait, unit: UnitId, kind: &str, id: Uuid) -> Result<i32> {
    let rows = reminder::Entity::find()
        .filter(reminder::Column::UnitId.eq(unit))
        .filter(reminder::Column::ThingKind.eq(kind))
        .filter(reminder::Column::ThingId.eq(id))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.level).max().unwrap_or(0))
}
