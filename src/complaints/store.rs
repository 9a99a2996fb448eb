//! Every query of complaints.

mod batches;
mod desk;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseBackend, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Statement,
    sea_query::{Expr, ExprTrait as _, LikeExpr, OnConflict},
};

use super::{
    entity::{ComplaintId, complaint, event, idempotency_key, identity, message},
    rules::{OPEN_ENDS, RUNNING_ENDS, Status},
};
use crate::{
    access::{Ctx, PersonId, Scope},
    organisation::{DivisionId, UnitId},
    platform::error::{Error, Result},
};

pub use batches::*;
pub use desk::*;

use complaint::Column;

/// Whose confidential complaints the asker may read: a search must not find what they may not read.
#[derive(Clone, Debug)]
pub struct Readable {
    pub scope: Scope,
    /// The asker, and those for whom they stand in.
    pub persons: Vec<PersonId>,
}

/// The caller, and those for whom they stand in.
#[must_use]
pub fn persons_of(ctx: &Ctx) -> Vec<PersonId> {
    let account = ctx.account();
    account.map_or_else(Vec::new, |account| {
        let mut all = account.standing_for.clone();
        all.push(account.id);
        all
    })
}

/// What a list asks for.
#[derive(Clone, Debug)]
pub struct Filter {
    pub scope: Scope,
    pub unit: Option<UnitId>,
    pub readable: Readable,
    pub view: View,
    pub status: Option<Status>,
    pub division: Option<DivisionId>,
    pub assignee: Option<PersonId>,
    pub due_before: Option<DateTime<Utc>>,
    pub words: Vec<String>,
}

/// The part of the queue that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Due before this moment.
    Late(DateTime<Utc>),
    /// Due between these moments.
    Due(DateTime<Utc>, DateTime<Utc>),
    /// Late, or due until this moment.
    DueBy(DateTime<Utc>),
    Unassigned,
    Open,
    All,
}

fn in_scope(scope: &Scope) -> Condition {
    if scope.everywhere {
        return Condition::all();
    }
    Condition::any()
        .add(Column::UnitId.is_in(scope.units.iter().copied()))
        .add(Column::DivisionId.is_in(scope.divisions.iter().copied()))
}

fn readable_by(readable: &Readable) -> Condition {
    if readable.scope.everywhere {
        return Condition::all();
    }
    let named = Condition::any()
        .add(Column::AssigneeId.is_null())
        .add(Column::AssigneeId.is_in(readable.persons.iter().copied()));
    Condition::any()
        .add(Column::Confidential.eq(false))
        .add(Column::UnitId.is_in(readable.scope.units.iter().copied()))
        .add(
            Condition::all()
                .add(Column::DivisionId.is_in(readable.scope.divisions.iter().copied()))
                .add(named),
        )
}

fn holding(column: Column, word: &str) -> sea_orm::sea_query::SimpleExpr {
    let escaped = word
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    column.like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
}

fn condition(filter: &Filter) -> Condition {
    let mut all = Condition::all().add(in_scope(&filter.scope));
    all = match filter.view {
        View::Late(now) => all.add(Column::Queue.lt(now.timestamp_micros())),
        View::Due(from, to) => all
            .add(Column::Queue.gte(from.timestamp_micros()))
            .add(Column::Queue.lte(to.timestamp_micros())),
        View::DueBy(until) => all.add(Column::Queue.lte(until.timestamp_micros())),
        View::Unassigned => all
            .add(Column::Queue.lt(RUNNING_ENDS))
            .add(Column::DivisionId.is_null()),
        View::Open => all.add(Column::Queue.lt(OPEN_ENDS)),
        View::All => all,
    };
    let wanted = [
        filter.unit.map(|unit| Column::UnitId.eq(unit)),
        filter.status.map(|status| Column::Status.eq(status)),
        filter.division.map(|id| Column::DivisionId.eq(id)),
        filter.assignee.map(|id| Column::AssigneeId.eq(id)),
        filter.due_before.map(|at| Column::DueAt.lt(at)),
    ];
    all = wanted.into_iter().flatten().fold(all, Condition::add);
    // Without the right to read the words only the number can be found.
    for word in &filter.words {
        let in_words = Condition::all()
            .add(readable_by(&filter.readable))
            .add(holding(Column::Search, word));
        let in_number = holding(Column::Number, &word.to_uppercase());
        all = all.add(Condition::any().add(in_words).add(in_number));
    }
    all
}

/// (service, confidential, subject) of what is open in a unit, the oldest first.
pub async fn open_subjects(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<Vec<(Option<String>, bool, String)>> {
    Ok(complaint::Entity::find()
        .select_only()
        .column(Column::ServiceCode)
        .column(Column::Confidential)
        .column(Column::Subject)
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Queue.lt(OPEN_ENDS))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(db)
        .await?)
}

/// One page of a list, in the order of work, after the row with this place.
pub async fn list(
    db: &impl ConnectionTrait,
    filter: &Filter,
    after: Option<(i64, ComplaintId)>,
    limit: u64,
) -> Result<Vec<complaint::Model>> {
    let mut wanted = condition(filter);
    if let Some((queue, id)) = after {
        wanted = wanted.add(
            Condition::any().add(Column::Queue.gt(queue)).add(
                Condition::all()
                    .add(Column::Queue.eq(queue))
                    .add(Column::Id.gt(id)),
            ),
        );
    }
    Ok(complaint::Entity::find()
        .filter(wanted)
        .order_by_asc(Column::Queue)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

pub async fn count(db: &impl ConnectionTrait, filter: &Filter) -> Result<u64> {
    Ok(complaint::Entity::find()
        .filter(condition(filter))
        .count(db)
        .await?)
}

/// The complaint with this number, if the asker's scope holds it.
pub async fn visible(
    db: &impl ConnectionTrait,
    scope: &Scope,
    number: &str,
) -> Result<complaint::Model> {
    complaint::Entity::find()
        .filter(Column::Number.eq(number))
        .filter(in_scope(scope))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// For whoever brings the code; ask `tracking` and nobody else.
pub async fn by_number(
    db: &impl ConnectionTrait,
    number: &str,
) -> Result<Option<complaint::Model>> {
    Ok(complaint::Entity::find()
        .filter(Column::Number.eq(number))
        .one(db)
        .await?)
}

pub async fn get(db: &impl ConnectionTrait, id: ComplaintId) -> Result<complaint::Model> {
    complaint::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn by_submission(
    db: &impl ConnectionTrait,
    key: &str,
) -> Result<Option<complaint::Model>> {
    Ok(complaint::Entity::find()
        .filter(Column::SubmissionKey.eq(key))
        .one(db)
        .await?)
}

pub async fn insert(db: &impl ConnectionTrait, row: complaint::ActiveModel) -> Result<()> {
    complaint::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes changes over the version that was read; somebody else's change in between is not overwritten.
pub async fn save(
    db: &impl ConnectionTrait,
    read: &complaint::Model,
    mut changes: complaint::ActiveModel,
) -> Result<()> {
    changes.version = sea_orm::ActiveValue::Set(read.version + 1);
    let outcome = complaint::Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(read.id))
        .filter(Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if outcome.rows_affected == 1 {
        Ok(())
    } else {
        Err(Error::Conflict {
            code: "changed_meanwhile",
        })
    }
}

/// The next number of a unit and year.
pub async fn next_number(db: &impl ConnectionTrait, unit: UnitId, year: i32) -> Result<i32> {
    let backend = db.get_database_backend();
    let values = match backend {
        DatabaseBackend::Sqlite => "?, ?",
        _ => "$1, $2",
    };
    let sql = format!(
        "INSERT INTO complaint_counter (unit_id, year, last) VALUES ({values}, 1) \
         ON CONFLICT (unit_id, year) DO UPDATE SET last = complaint_counter.last + 1 RETURNING last"
    );
    let row = db
        .query_one_raw(Statement::from_sql_and_values(
            backend,
            sql,
            [unit.into(), year.into()],
        ))
        .await?
        .ok_or_else(|| Error::Internal(anyhow::anyhow!("the counter gave no number")))?;
    Ok(row.try_get("", "last")?)
}

pub async fn insert_identity(db: &impl ConnectionTrait, row: identity::ActiveModel) -> Result<()> {
    identity::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn identity(
    db: &impl ConnectionTrait,
    id: ComplaintId,
) -> Result<Option<identity::Model>> {
    Ok(identity::Entity::find_by_id(id).one(db).await?)
}

pub async fn insert_message(db: &impl ConnectionTrait, row: message::ActiveModel) -> Result<()> {
    message::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The messages of a complaint, oldest first.
pub async fn messages(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Vec<message::Model>> {
    Ok(message::Entity::find()
        .filter(message::Column::UnitId.eq(of.unit_id))
        .filter(message::Column::ComplaintId.eq(of.id))
        .order_by_asc(message::Column::At)
        .order_by_asc(message::Column::Id)
        .all(db)
        .await?)
}

/// The states passed through, oldest first.
pub async fn events(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Vec<event::Model>> {
    Ok(event::Entity::find()
        .filter(event::Column::UnitId.eq(of.unit_id))
        .filter(event::Column::ComplaintId.eq(of.id))
        .order_by_asc(event::Column::Seq)
        .all(db)
        .await?)
}

/// The number of the last state passed; 0 before the first.
pub async fn last_event(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<i32> {
    let last: Option<Option<i32>> = event::Entity::find()
        .select_only()
        .column_as(event::Column::Seq.max(), "last")
        .filter(event::Column::UnitId.eq(of.unit_id))
        .filter(event::Column::ComplaintId.eq(of.id))
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or_default())
}

pub async fn insert_events(db: &impl ConnectionTrait, rows: Vec<event::ActiveModel>) -> Result<()> {
    if !rows.is_empty() {
        event::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

pub async fn idempotency_key(
    db: &impl ConnectionTrait,
    key_hash: &str,
) -> Result<Option<idempotency_key::Model>> {
    Ok(idempotency_key::Entity::find_by_id(key_hash.to_owned())
        .one(db)
        .await?)
}

/// Remembers a key; the same one from before gives way when it is older than a day, and is a conflict until then.
pub async fn insert_idempotency_key(
    db: &impl ConnectionTrait,
    row: idempotency_key::Model,
    forget_before: DateTime<Utc>,
) -> Result<()> {
    use idempotency_key::{ActiveModel, Column, Entity};
    let over = Expr::col((Entity, Column::CreatedAt)).lte(forget_before);
    let renew = OnConflict::column(Column::KeyHash)
        .update_columns([
            Column::UnitId,
            Column::ComplaintId,
            Column::BodyHash,
            Column::CreatedAt,
        ])
        .action_and_where(over)
        .to_owned();
    let written = Entity::insert(ActiveModel::from(row))
        .on_conflict(renew)
        .exec_without_returning(db)
        .await?;
    if written == 0 {
        return Err(Error::Conflict { code: "duplicate" });
    }
    Ok(())
}

/// Removes the keys whose day is over.
pub async fn sweep_idempotency_keys(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<()> {
    idempotency_key::Entity::delete_many()
        .filter(idempotency_key::Column::CreatedAt.lte(before))
        .exec(db)
        .await?;
    Ok(())
}

/// What the public may know about answers: how many came in, were answered, in time, and in how many
/// working days altogether.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    pub received: i64,
    pub answered: i64,
    pub in_time: i64,
    pub working_days: i64,
}

pub async fn answers(
    db: &impl ConnectionTrait,
    unit: UnitId,
    since: DateTime<Utc>,
) -> Result<Answers> {
    let whole = |sql: &'static str| Expr::cust(sql);
    let row: Option<(i64, i64, i64, i64)> = complaint::Entity::find()
        .select_only()
        .column_as(whole("COUNT(*)"), "received")
        .column_as(whole("COUNT(answered_in_time)"), "answered")
        .column_as(
            whole("CAST(COALESCE(SUM(CASE WHEN answered_in_time THEN 1 ELSE 0 END), 0) AS BIGINT)"),
            "in_time",
        )
        .column_as(
            whole("CAST(COALESCE(SUM(answer_working_days), 0) AS BIGINT)"),
            "working_days",
        )
        .filter(Column::UnitId.eq(unit))
        .filter(Column::ReceivedAt.gte(since))
        .into_tuple()
        .one(db)
        .await?;
    let (received, answered, in_time, working_days) = row.unwrap_or_default();
    Ok(Answers {
        received,
        answered,
        in_time,
        working_days,
    })
}

pub async fn delete_identity(db: &impl ConnectionTrait, id: ComplaintId) -> Result<()> {
    identity::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}
