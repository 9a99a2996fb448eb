//! Queries of the kept answers.

use chrono::NaiveDate;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, DatabaseBackend, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Statement,
    sea_query::{Expr, ExprTrait as _, LockBehavior, LockType, OnConflict, Order},
};
use uuid::Uuid;

use super::super::entity::{answers, answers_change};
use crate::{
    complaints::{entity::complaint, knowing::Period},
    organisation::{DivisionId, UnitId},
    platform::{db::Tx, error::Result},
};

/// How many answers a month of a unit and division has, or has more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthOf {
    pub unit: UnitId,
    /// None where nobody has it.
    pub division: Option<DivisionId>,
    pub month: String,
    pub answered: i64,
    pub in_time: i64,
}

pub fn answers_change(of: MonthOf) -> answers_change::ActiveModel {
    answers_change::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(of.unit),
        division_id: Set(of.division.unwrap_or(DivisionId(Uuid::nil()))),
        month: Set(of.month),
        answered: Set(of.answered),
        in_time: Set(of.in_time),
    }
}

pub async fn note_answers(
    db: &impl ConnectionTrait,
    rows: Vec<answers_change::ActiveModel>,
) -> Result<()> {
    if !rows.is_empty() {
        answers_change::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Noted answers, held until the commit; what another process holds is left to it.
pub async fn answers_held(tx: &Tx, limit: u64) -> Result<Vec<answers_change::Model>> {
    Ok(answers_change::Entity::find()
        .order_by_asc(answers_change::Column::Id)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx)
        .await?)
}

pub async fn delete_answers(tx: &Tx, ids: Vec<Uuid>) -> Result<()> {
    answers_change::Entity::delete_many()
        .filter(answers_change::Column::Id.is_in(ids))
        .exec(tx)
        .await?;
    Ok(())
}

/// Adds to the months; in the order of the keys, so that two processes do not wait for each other.
pub async fn add_to_answers(tx: &Tx, rows: Vec<answers::ActiveModel>) -> Result<()> {
    let more = |column: answers::Column, from: &'static str| {
        Expr::col((answers::Entity, column)).add(Expr::cust(from))
    };
    let merge = OnConflict::columns([
        answers::Column::UnitId,
        answers::Column::Month,
        answers::Column::DivisionId,
    ])
    .value(
        answers::Column::Answered,
        more(answers::Column::Answered, "excluded.answered"),
    )
    .value(
        answers::Column::InTime,
        more(answers::Column::InTime, "excluded.in_time"),
    )
    .to_owned();
    answers::Entity::insert_many(rows)
        .on_conflict(merge)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

const COLUMNS: &str = "month, division_id, CAST(SUM(answered) AS BIGINT) AS answered, \
    CAST(SUM(in_time) AS BIGINT) AS in_time";

fn read(unit: UnitId, rows: Vec<sea_orm::QueryResult>) -> Result<Vec<MonthOf>> {
    rows.iter()
        .map(|row| {
            let division: Uuid = row.try_get("", "division_id")?;
            Ok(MonthOf {
                unit,
                division: (!division.is_nil()).then_some(DivisionId(division)),
                month: row.try_get("", "month")?,
                answered: row.try_get("", "answered")?,
                in_time: row.try_get("", "in_time")?,
            })
        })
        .collect()
}

fn mark(backend: DatabaseBackend, place: usize) -> String {
    match backend {
        DatabaseBackend::Sqlite => format!("?{place}"),
        _ => format!("${place}"),
    }
}

pub fn answers_statement(
    db: &impl ConnectionTrait,
    unit: UnitId,
    (first, last): (&str, &str),
) -> Statement {
    let backend = db.get_database_backend();
    let [of, from, to] = [1, 2, 3].map(|place| mark(backend, place));
    let part = |table: &str| {
        format!(
            "SELECT month, division_id, answered, in_time FROM {table} \
             WHERE unit_id = {of} AND month >= {from} AND month <= {to}"
        )
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM ({} UNION ALL {}) AS noted GROUP BY month, division_id",
        part("complaint_answers"),
        part("complaint_answers_change")
    );
    let values: [sea_orm::Value; 3] = [unit.0.into(), first.into(), last.into()];
    Statement::from_sql_and_values(backend, sql, values)
}

/// The answers of a unit from one month up to another, in one statement: nothing is added up in between.
pub async fn answers_in(
    db: &impl ConnectionTrait,
    unit: UnitId,
    months: (&str, &str),
) -> Result<Vec<MonthOf>> {
    let asked = answers_statement(db, unit, months);
    read(unit, db.query_all_raw(asked).await?)
}

/// Where the months of a unit say more or less than there is: what was noted without the complaints counted, in one
/// statement, so that what is written meanwhile does not look like a fault.
pub async fn drifted_answers(
    db: &impl ConnectionTrait,
    unit: UnitId,
    zone: chrono_tz::Tz,
) -> Result<Vec<MonthOf>> {
    let backend = db.get_database_backend();
    let received = async |order: Order| -> Result<Option<NaiveDate>> {
        let found = complaint::Entity::find()
            .filter(complaint::Column::UnitId.eq(unit))
            .order_by(complaint::Column::ReceivedAt, order)
            .one(db)
            .await?;
        Ok(found.map(|row| row.received_at.with_timezone(&zone).date_naive()))
    };
    let months = match (received(Order::Asc).await?, received(Order::Desc).await?) {
        (Some(from), Some(to)) => Period { from, to }.months(),
        _ => Vec::new(),
    };
    let nobody = match backend {
        DatabaseBackend::Sqlite => "zeroblob(16)",
        _ => "'00000000-0000-0000-0000-000000000000'::uuid",
    };
    let of = mark(backend, 1);
    let mut values: Vec<sea_orm::Value> = vec![unit.0.into()];
    let mut parts = vec![
        format!(
            "SELECT month, division_id, answered, in_time FROM complaint_answers WHERE unit_id = {of}"
        ),
        format!(
            "SELECT month, division_id, answered, in_time FROM complaint_answers_change WHERE unit_id = {of}"
        ),
    ];
    for month in months {
        let (begins, ends) = month.bounds(zone);
        let [since, until] = [1, 2].map(|more| mark(backend, values.len() + more));
        values.extend([begins.into(), ends.into()]);
        parts.push(format!(
            "SELECT '{}' AS month, COALESCE(division_id, {nobody}) AS division_id, -COUNT(answered_in_time) AS answered, \
             -SUM(CASE WHEN answered_in_time THEN 1 ELSE 0 END) AS in_time FROM complaint \
             WHERE unit_id = {of} AND received_at >= {since} AND received_at < {until} GROUP BY COALESCE(division_id, {nobody})",
            month.month_key()
        ));
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM ({}) AS noted GROUP BY month, division_id \
         HAVING SUM(answered) <> 0 OR SUM(in_time) <> 0",
        parts.join(" UNION ALL ")
    );
    let asked = Statement::from_sql_and_values(backend, sql, values);
    read(unit, db.query_all_raw(asked).await?)
}
