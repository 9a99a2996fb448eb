//! Every query of complaints.

mod additions;
mod batches;
mod beside;
mod calls;
mod desk;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseBackend, EntityTrait as _,
    IntoActiveModel as _, Iterable as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, RelationDef, Statement, TryIntoModel as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use super::{
    entity::{
        ComplaintId, complaint, event, idempotency_key, identity,
        message::{self, MessageId},
    },
    filing::{CategoryId, entity::sorting},
    finding,
    rules::{Channel, MessageKind, OPEN_ENDS},
};
use crate::{
    access::{Ctx, PersonId, Scope},
    organisation::UnitId,
    platform::error::{Error, Result},
};

pub use additions::*;
pub use batches::*;
pub use beside::*;
pub use calls::*;
pub use desk::*;

use complaint::Column;

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

fn in_scope(scope: &Scope) -> Condition {
    if scope.everywhere {
        return Condition::all();
    }
    Condition::any()
        .add(Column::UnitId.is_in(scope.units.iter().copied()))
        .add(Column::DivisionId.is_in(scope.divisions.iter().copied()))
}

/// What an open complaint is about: its service and the category it was filed under.
pub type About = (Option<String>, Option<CategoryId>);

fn open_and_sorted(unit: UnitId) -> sea_orm::Select<complaint::Entity> {
    let sorted: RelationDef = sorting::Entity::belongs_to(complaint::Entity)
        .from(sorting::Column::ComplaintId)
        .to(Column::Id)
        .into();
    complaint::Entity::find()
        .select_only()
        .column(Column::ServiceCode)
        .column(sorting::Column::CategoryId)
        .join_rev(JoinType::LeftJoin, sorted)
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Queue.lt(OPEN_ENDS))
}

/// How many complaints of a unit are open, by what they are about.
pub async fn open_counts(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<(About, i64)>> {
    let rows: Vec<(Option<String>, Option<CategoryId>, i64)> = open_and_sorted(unit)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::ServiceCode)
        .group_by(sorting::Column::CategoryId)
        .into_tuple()
        .all(db)
        .await?;
    let counted = rows.into_iter();
    Ok(counted
        .map(|(service, category, count)| ((service, category), count))
        .collect())
}

/// Ids and numbers of some complaints of a unit.
pub async fn some(
    db: &impl ConnectionTrait,
    unit: UnitId,
    most: u64,
) -> Result<Vec<(ComplaintId, String)>> {
    Ok(complaint::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Number])
        .filter(Column::UnitId.eq(unit))
        .order_by_desc(Column::ReceivedAt)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}

/// The newest open complaints that are not confidential, with their subjects.
pub async fn open_voices(
    db: &impl ConnectionTrait,
    unit: UnitId,
    most: u64,
) -> Result<Vec<(ComplaintId, String)>> {
    Ok(complaint::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Subject])
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Queue.lt(OPEN_ENDS))
        .filter(Column::Confidential.eq(false))
        .order_by_desc(Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}

/// The subjects of the newest open complaints that are not confidential.
pub async fn open_subjects(
    db: &impl ConnectionTrait,
    unit: UnitId,
    most: u64,
) -> Result<Vec<(About, String)>> {
    let rows: Vec<(Option<String>, Option<CategoryId>, String)> = open_and_sorted(unit)
        .column(Column::Subject)
        .filter(Column::Confidential.eq(false))
        .order_by_desc(Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    let read = rows.into_iter();
    Ok(read
        .map(|(service, category, subject)| ((service, category), subject))
        .collect())
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

/// Adds a complaint, its searched words and its place among the numbers.
pub async fn insert(db: &impl ConnectionTrait, row: complaint::ActiveModel) -> Result<()> {
    let whole = row.clone().try_into_model()?;
    complaint::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    finding::complaint_added(db, &whole).await?;
    finding::added(db, &whole).await?;
    finding::answers_moved(db, None, &whole).await
}

/// Whatever changed is looked at by the clocks at the next opportunity.
pub const AT_ONCE: DateTime<Utc> = DateTime::UNIX_EPOCH;

/// Writes changes over the version that was read; somebody else's change in between is not overwritten.
pub async fn save(
    db: &impl ConnectionTrait,
    read: &complaint::Model,
    mut changes: complaint::ActiveModel,
) -> Result<()> {
    changes.version = Set(read.version + 1);
    // Always: the clocks may have looked between the reading and this.
    changes.look_at = Set(Some(AT_ONCE));
    let after = changed(read, &changes);
    let outcome = complaint::Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(read.id))
        .filter(Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if outcome.rows_affected != 1 {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    finding::moved(db, read, (after.division_id, after.status)).await?;
    finding::answers_moved(db, Some(read), &after).await?;
    if is_found_by_other_words(read, &after) {
        finding::complaint_changed(db, &after).await?;
    }
    Ok(())
}

/// What a complaint is after these changes.
fn changed(read: &complaint::Model, changes: &complaint::ActiveModel) -> complaint::Model {
    let mut after = read.clone().into_active_model();
    for column in Column::iter() {
        if let sea_orm::ActiveValue::Set(value) = changes.get(column) {
            after.set(column, value);
        }
    }
    after.try_into_model().unwrap_or_else(|_| read.clone())
}

fn is_found_by_other_words(read: &complaint::Model, after: &complaint::Model) -> bool {
    (
        &read.subject,
        &read.description,
        read.kind,
        read.channel,
        &read.service_code,
        read.anonymous,
        read.confidential,
    ) != (
        &after.subject,
        &after.description,
        after.kind,
        after.channel,
        &after.service_code,
        after.anonymous,
        after.confidential,
    )
}

/// The next number of a unit and year.
pub async fn next_number(db: &impl ConnectionTrait, unit: UnitId, year: i32) -> Result<i32> {
    reserve_numbers(db, unit, year, 1).await
}

/// Takes so many numbers at once; answers the last.
pub async fn reserve_numbers(
    db: &impl ConnectionTrait,
    unit: UnitId,
    year: i32,
    size: i32,
) -> Result<i32> {
    let backend = db.get_database_backend();
    let values = match backend {
        DatabaseBackend::Sqlite => "?1, ?2, ?3",
        _ => "$1, $2, $3",
    };
    let sql = format!(
        "INSERT INTO complaint_counter (unit_id, year, last) VALUES ({values}) ON CONFLICT (unit_id, year) \
         DO UPDATE SET last = complaint_counter.last + excluded.last RETURNING last"
    );
    let taken = [unit.into(), year.into(), size.into()];
    let row = db
        .query_one_raw(Statement::from_sql_and_values(backend, sql, taken))
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

pub async fn delete_identity(db: &impl ConnectionTrait, id: ComplaintId) -> Result<()> {
    identity::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

pub async fn identity(
    db: &impl ConnectionTrait,
    id: ComplaintId,
) -> Result<Option<identity::Model>> {
    Ok(identity::Entity::find_by_id(id).one(db).await?)
}

/// Adds a message; one that names no channel went over the status page. The same name on the same channel again is a
/// conflict. An answer is found by its words.
pub async fn insert_message(
    db: &impl ConnectionTrait,
    mut row: message::ActiveModel,
) -> Result<()> {
    if let Set(kind) = &row.kind {
        row.direction = Set(kind.direction());
    }
    if row.channel.is_not_set() {
        row.channel = Set(Channel::Web);
    }
    if row.external_id.is_not_set() {
        row.external_id = Set(None);
    }
    let whole = row.clone().try_into_model()?;
    message::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    if whole.kind == MessageKind::Answer {
        finding::answer_added(db, whole.complaint_id, &whole.text).await?;
    }
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

/// These messages of a unit, oldest first.
pub async fn messages_by_id(
    db: &impl ConnectionTrait,
    unit: UnitId,
    ids: Vec<MessageId>,
) -> Result<Vec<message::Model>> {
    Ok(message::Entity::find()
        .filter(message::Column::UnitId.eq(unit))
        .filter(message::Column::Id.is_in(ids))
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
