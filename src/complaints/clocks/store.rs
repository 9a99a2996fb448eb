//! Queries of the clocks.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, Select, Statement,
    sea_query::{Expr, ExprTrait as _, LockType, OnConflict},
};
use uuid::Uuid;

use crate::{
    access::PersonId,
    complaints::{
        entity::{
            ComplaintId, complaint, digest,
            notice::{self, NoticeKind},
            watch,
        },
        rules::{OPEN_ENDS, RUNNING_ENDS, Status},
        store::AT_ONCE,
    },
    organisation::UnitId,
    platform::{
        db::{Db, Tx},
        error::Result,
    },
};

use complaint::Column;

/// How many are read at once.
const BATCH: u64 = 500;

/// The answer is still owed: it runs, or it waits for its citizen.
fn owed(unit: UnitId) -> Condition {
    Condition::all()
        .add(Column::UnitId.eq(unit))
        .add(Column::Queue.lt(RUNNING_ENDS))
}

/// Those whose answer is owed, after this id, held until the commit.
///
/// With `since`, only those that came after it, and those whose present deadline is not the first one: they may have
/// been opened again after it.
pub async fn owed_held(
    tx: &Tx,
    unit: UnitId,
    after: Option<ComplaintId>,
    since: Option<DateTime<Utc>>,
) -> Result<Vec<complaint::Model>> {
    let mut wanted = owed(unit);
    if let Some(since) = since {
        let again = Expr::col(Column::DueAt).ne(Expr::col(Column::LegalDueAt));
        wanted = wanted.add(
            Condition::any()
                .add(Column::CreatedAt.gte(since))
                .add(again),
        );
    }
    if let Some(after) = after {
        wanted = wanted.add(Column::Id.gt(after));
    }
    Ok(complaint::Entity::find()
        .filter(wanted)
        .order_by_asc(Column::Id)
        .limit(BATCH)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?)
}

fn to_look_at_by(unit: UnitId, now: DateTime<Utc>) -> Select<complaint::Entity> {
    complaint::Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::LookAt.lte(now))
        .order_by_asc(Column::LookAt)
        .order_by_asc(Column::Id)
        .limit(BATCH)
}

/// Those that have to be looked at by now, some of them.
pub async fn to_look_at(
    db: &impl ConnectionTrait,
    unit: UnitId,
    now: DateTime<Utc>,
) -> Result<Vec<complaint::Model>> {
    Ok(to_look_at_by(unit, now).all(db).await?)
}

/// How the database finds them: what a test holds against reading everything.
pub fn look_statement(db: &Db, unit: UnitId, now: DateTime<Utc>) -> Statement {
    to_look_at_by(unit, now).build(db.get_database_backend())
}

/// Notes when to look at it again, and until when its solution is owed. What somebody changed meanwhile is left alone:
/// it is looked at anew.
pub async fn look_again(
    tx: &Tx,
    of: &complaint::Model,
    at: Option<DateTime<Utc>>,
    solution: Option<DateTime<Utc>>,
) -> Result<()> {
    complaint::Entity::update_many()
        .col_expr(Column::LookAt, Expr::value(at))
        .col_expr(Column::SolutionDueAt, Expr::value(solution))
        .filter(Column::Id.eq(of.id))
        .filter(Column::Version.eq(of.version))
        .exec(tx)
        .await?;
    Ok(())
}

/// Another calendar may bring every threshold of the unit nearer.
pub async fn look_at_all(tx: &Tx, unit: UnitId) -> Result<()> {
    complaint::Entity::update_many()
        .col_expr(Column::LookAt, Expr::value(AT_ONCE))
        .filter(owed(unit))
        .exec(tx)
        .await?;
    Ok(())
}

/// Those whose answer or solution is owed and due until then; what nobody has first, then what is due first.
pub async fn owed_until(
    db: &impl ConnectionTrait,
    unit: UnitId,
    until: DateTime<Utc>,
) -> Result<Vec<complaint::Model>> {
    Ok(complaint::Entity::find()
        .filter(owed(unit))
        .filter(
            Condition::any()
                .add(Column::DueAt.lte(until))
                .add(Column::SolutionDueAt.lte(until)),
        )
        .order_by_desc(Column::DivisionId.is_null())
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .limit(BATCH * 10)
        .all(db)
        .await?)
}

/// Those whose citizen wrote after the answer, the oldest first.
pub async fn heard(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<complaint::Model>> {
    Ok(complaint::Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::HeardAt.is_not_null())
        .filter(Column::Queue.between(RUNNING_ENDS, OPEN_ENDS))
        .order_by_asc(Column::HeardAt)
        .order_by_asc(Column::Id)
        .limit(BATCH)
        .all(db)
        .await?)
}

/// Answered and nothing heard since, not yet closed, the oldest answer first.
pub async fn answered(
    db: &impl ConnectionTrait,
    unit: UnitId,
    until: DateTime<Utc>,
) -> Result<Vec<complaint::Model>> {
    Ok(complaint::Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Queue.between(RUNNING_ENDS, OPEN_ENDS))
        .filter(Column::Status.eq(Status::Answered))
        .filter(Column::AnsweredAt.lte(until))
        // Who wrote since is not silent.
        .filter(Column::HeardAt.is_null())
        .order_by_asc(Column::AnsweredAt)
        .limit(BATCH * 10)
        .all(db)
        .await?)
}

/// Notes that something is said about a deadline; false when it was said before.
pub async fn first_notice(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    kind: NoticeKind,
    level: i32,
    now: DateTime<Utc>,
) -> Result<bool> {
    first_notice_about(db, of, (kind, level, of.due_at), now).await
}

/// The same about another deadline than that of the answer.
pub async fn first_notice_about(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    (kind, level, due_at): (NoticeKind, i32, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<bool> {
    use notice::Column;
    let row = notice::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        kind: Set(kind),
        level: Set(level),
        due_at: Set(due_at),
        at: Set(now),
    };
    let once = OnConflict::columns([
        Column::UnitId,
        Column::ComplaintId,
        Column::Kind,
        Column::Level,
        Column::DueAt,
    ])
    .do_nothing()
    .to_owned();
    let written = notice::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(written > 0)
}

/// What was said about the present deadlines of these complaints: kind, level and when.
pub async fn notices(
    db: &impl ConnectionTrait,
    unit: UnitId,
    kind: NoticeKind,
    of: &[ComplaintId],
) -> Result<Vec<notice::Model>> {
    let mut found = Vec::new();
    for some in of.chunks(BATCH as usize) {
        let rows = notice::Entity::find()
            .filter(notice::Column::UnitId.eq(unit))
            .filter(notice::Column::Kind.eq(kind))
            .filter(notice::Column::ComplaintId.is_in(some.iter().copied()));
        found.extend(rows.all(db).await?);
    }
    Ok(found)
}

/// Notes the morning mail of a person; false when it went out today.
pub async fn first_digest(
    db: &impl ConnectionTrait,
    unit: UnitId,
    person: PersonId,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool> {
    use digest::Column;
    let row = digest::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(unit),
        person_id: Set(person),
        day: Set(day),
        at: Set(now),
    };
    let once = OnConflict::columns([Column::UnitId, Column::PersonId, Column::Day])
        .do_nothing()
        .to_owned();
    let written = digest::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(written > 0)
}

/// Who had the morning mail of this day.
pub async fn digests(
    db: &impl ConnectionTrait,
    unit: UnitId,
    day: NaiveDate,
) -> Result<Vec<PersonId>> {
    Ok(digest::Entity::find()
        .select_only()
        .column(digest::Column::PersonId)
        .filter(digest::Column::UnitId.eq(unit))
        .filter(digest::Column::Day.eq(day))
        .into_tuple()
        .all(db)
        .await?)
}

/// Forgets morning mails from before this moment.
pub async fn sweep_digests(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<()> {
    digest::Entity::delete_many()
        .filter(digest::Column::At.lt(before))
        .exec(db)
        .await?;
    Ok(())
}

/// Keeps that a unit was looked at, or that this went wrong.
pub async fn note_look(
    db: &impl ConnectionTrait,
    unit: UnitId,
    whole: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    use watch::Column;
    let row = watch::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(unit),
        looked_at: Set(whole.then_some(now)),
        failed_at: Set((!whole).then_some(now)),
    };
    let mut once = OnConflict::column(Column::UnitId);
    // A fault leaves when it went well last.
    match whole {
        true => once.update_columns([Column::LookedAt, Column::FailedAt]),
        false => once.update_column(Column::FailedAt),
    };
    watch::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn looks(db: &impl ConnectionTrait) -> Result<Vec<watch::Model>> {
    Ok(watch::Entity::find().all(db).await?)
}

/// How many are open, and how many of them have no deadline that makes sense: one before the receipt, or, while it
/// runs, another place in the queue than its deadline says.
pub async fn open_and_undated(db: &impl ConnectionTrait) -> Result<(u64, u64)> {
    let open = complaint::Entity::find().filter(Column::Queue.lt(OPEN_ENDS));
    let before = Condition::any()
        .add(Expr::col(Column::DueAt).lt(Expr::col(Column::ReceivedAt)))
        .add(Expr::col(Column::LegalDueAt).lt(Expr::col(Column::ReceivedAt)));
    let undated = open.clone().filter(before).count(db).await?;
    let mut displaced = 0;
    let mut last = None;
    loop {
        let mut running = complaint::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Queue, Column::DueAt])
            .filter(Column::Queue.lt(RUNNING_ENDS))
            .order_by_asc(Column::Id)
            .limit(5000);
        if let Some(last) = last {
            running = running.filter(Column::Id.gt::<ComplaintId>(last));
        }
        let rows: Vec<(ComplaintId, i64, DateTime<Utc>)> = running.into_tuple().all(db).await?;
        let Some((id, ..)) = rows.last() else { break };
        last = Some(*id);
        let wrong = rows
            .iter()
            .filter(|(_, queue, due)| *queue != due.timestamp_micros());
        displaced += wrong.count() as u64;
    }
    Ok((open.count(db).await?, undated + displaced))
}
