//! Every query of finding.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseBackend, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Statement, TryGetable as _,
    sea_query::{BinOper, Expr, ExprTrait as _, Func, LockBehavior, LockType, OnConflict},
};
use uuid::Uuid;

use super::{
    entity::{
        saved_filter::{self, SavedFilterId},
        tally, tally_change, words,
    },
    filter::{Solutions, Span},
};
use crate::{
    access::PersonId,
    complaints::{
        entity::{ComplaintId, complaint},
        rules::Status,
    },
    organisation::{DivisionId, UnitId},
    platform::{
        db::Tx,
        error::{Error, Result},
    },
};

mod answers;
mod matching;
mod numbers;
mod reading;
mod stale;

pub use answers::{
    MonthOf, add_to_answers, answers_change, answers_held, answers_in, answers_statement,
    delete_answers, drifted_answers, note_answers,
};
pub use matching::{hidden_from, readable_by};
pub use numbers::{Of, numbers_in};
pub use reading::{Reading, explain, page, place};
pub use stale::{count_stale, doubt_all, stale_words};

use complaint::Column;

/// A document that grew this long takes no more answers.
const LONGEST_DOCUMENT: i32 = 200_000;

pub async fn insert_words(db: &impl ConnectionTrait, row: words::ActiveModel) -> Result<()> {
    words::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn delete_words(db: &impl ConnectionTrait, of: ComplaintId) -> Result<()> {
    words::Entity::delete_many()
        .filter(words::Column::ComplaintId.eq(of))
        .exec(db)
        .await?;
    Ok(())
}

/// Adds a part to the document of a complaint.
pub async fn append_words(db: &impl ConnectionTrait, of: ComplaintId, more: &str) -> Result<()> {
    if more.is_empty() {
        return Ok(());
    }
    let longer = Expr::col(words::Column::Words)
        .binary(BinOper::Custom("||"), Expr::val(format!(" | {more}")));
    let cut = Func::cust("substr").args([longer, Expr::val(1), Expr::val(LONGEST_DOCUMENT)]);
    // A blank at the end would be an empty word, which PostgreSQL refuses.
    let cut = Func::cust("rtrim").arg(cut);
    words::Entity::update_many()
        .col_expr(words::Column::Words, cut.into())
        .filter(words::Column::ComplaintId.eq(of))
        .exec(db)
        .await?;
    Ok(())
}

/// Complaints without a document, some of them.
pub async fn without_words(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<complaint::Model>> {
    Ok(complaint::Entity::find()
        .filter(Expr::cust(
            "NOT EXISTS (SELECT 1 FROM complaint_words WHERE complaint_words.complaint_id = complaint.id)",
        ))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// One more or one less where something stands.
pub fn change(
    unit: UnitId,
    (division, status): (Option<DivisionId>, Status),
    n: i64,
) -> tally_change::ActiveModel {
    tally_change::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(unit),
        division_id: Set(division.unwrap_or(DivisionId(Uuid::nil()))),
        status: Set(status),
        n: Set(n),
    }
}

pub async fn note_changes(
    db: &impl ConnectionTrait,
    rows: Vec<tally_change::ActiveModel>,
) -> Result<()> {
    if !rows.is_empty() {
        tally_change::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Noted changes, held until the commit; what another process holds is left to it.
pub async fn changes_held(tx: &Tx, limit: u64) -> Result<Vec<tally_change::Model>> {
    Ok(tally_change::Entity::find()
        .order_by_asc(tally_change::Column::Id)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx)
        .await?)
}

pub async fn delete_changes(tx: &Tx, ids: Vec<Uuid>) -> Result<()> {
    tally_change::Entity::delete_many()
        .filter(tally_change::Column::Id.is_in(ids))
        .exec(tx)
        .await?;
    Ok(())
}

/// Adds to the numbers; in the order of the keys, so that two processes do not wait for each other.
pub async fn add_to_tallies(tx: &Tx, rows: Vec<tally::ActiveModel>) -> Result<()> {
    let added = Expr::col((tally::Entity, tally::Column::N)).add(Expr::cust("excluded.n"));
    let merge = OnConflict::columns([
        tally::Column::UnitId,
        tally::Column::DivisionId,
        tally::Column::Status,
    ])
    .value(tally::Column::N, added)
    .to_owned();
    tally::Entity::insert_many(rows)
        .on_conflict(merge)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// How many stand where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub unit: UnitId,
    /// None where nobody has it.
    pub division: Option<DivisionId>,
    pub status: Status,
    pub n: i64,
}

fn tallies_of(rows: Vec<sea_orm::QueryResult>) -> Result<Vec<Tally>> {
    rows.iter()
        .map(|row| {
            let division: Uuid = row.try_get("", "division_id")?;
            Ok(Tally {
                unit: UnitId(row.try_get("", "unit_id")?),
                division: (!division.is_nil()).then_some(DivisionId(division)),
                status: Status::try_get_by(row, "status").map_err(sea_orm::DbErr::from)?,
                n: row.try_get("", "n")?,
            })
        })
        .collect()
}

/// The numbers of some units, in one statement: nothing is added up in between.
pub async fn tallies(db: &impl ConnectionTrait, units: &[UnitId]) -> Result<Vec<Tally>> {
    let backend = db.get_database_backend();
    let marks: Vec<String> = (1..=units.len())
        .map(|place| match backend {
            DatabaseBackend::Sqlite => format!("?{place}"),
            _ => format!("${place}"),
        })
        .collect();
    let marks = marks.join(", ");
    let sql = format!(
        "SELECT unit_id, division_id, status, CAST(SUM(n) AS BIGINT) AS n FROM \
         (SELECT unit_id, division_id, status, n FROM complaint_tally WHERE unit_id IN ({marks}) \
          UNION ALL \
          SELECT unit_id, division_id, status, n FROM complaint_tally_change WHERE unit_id IN ({marks})) AS noted \
         GROUP BY unit_id, division_id, status"
    );
    let values: Vec<sea_orm::Value> = units.iter().map(|unit| unit.0.into()).collect();
    let asked = Statement::from_sql_and_values(backend, sql, values);
    tallies_of(db.query_all_raw(asked).await?)
}

/// Where the numbers say more or less than there is: what was noted without the complaints counted, in one statement,
/// so that what is written meanwhile does not look like a fault.
pub async fn drifted(db: &impl ConnectionTrait) -> Result<Vec<Tally>> {
    let backend = db.get_database_backend();
    let nobody = match backend {
        DatabaseBackend::Sqlite => "zeroblob(16)",
        _ => "'00000000-0000-0000-0000-000000000000'::uuid",
    };
    let sql = format!(
        "SELECT unit_id, division_id, status, CAST(SUM(n) AS BIGINT) AS n FROM \
         (SELECT unit_id, division_id, status, n FROM complaint_tally \
          UNION ALL SELECT unit_id, division_id, status, n FROM complaint_tally_change \
          UNION ALL SELECT unit_id, COALESCE(division_id, {nobody}) AS division_id, status, -COUNT(*) AS n \
            FROM complaint GROUP BY unit_id, COALESCE(division_id, {nobody}), status) AS noted \
         GROUP BY unit_id, division_id, status HAVING SUM(n) <> 0"
    );
    tallies_of(
        db.query_all_raw(Statement::from_string(backend, sql))
            .await?,
    )
}

pub(super) fn solved_by((after, until): Solutions) -> Condition {
    Condition::all()
        .add_option(after.map(|at| Column::SolutionDueAt.gt(at)))
        .add(Column::SolutionDueAt.lte(until))
}

fn within(span: Span) -> Condition {
    let mut all = Condition::all();
    if span.from > i64::MIN {
        all = all.add(Column::Queue.gte(span.from));
    }
    if span.to < i64::MAX {
        all = all.add(Column::Queue.lt(span.to));
    }
    all
}

/// Filters that this person kept or that somebody of these units shared.
pub async fn saved_filters(
    db: &impl ConnectionTrait,
    units: &[UnitId],
    person: PersonId,
) -> Result<Vec<saved_filter::Model>> {
    use saved_filter::Column;
    Ok(saved_filter::Entity::find()
        .filter(Column::UnitId.is_in(units.iter().copied()))
        .filter(
            Condition::any()
                .add(Column::PersonId.eq(person))
                .add(Column::Shared.eq(true)),
        )
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// Keeps a filter; one of the same name becomes this one.
pub async fn save_filter(db: &impl ConnectionTrait, row: saved_filter::ActiveModel) -> Result<()> {
    use saved_filter::Column;
    let again = OnConflict::columns([Column::UnitId, Column::PersonId, Column::Name])
        .update_columns([Column::Query, Column::Shared])
        .to_owned();
    saved_filter::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// One that somebody kept.
pub async fn saved_filter(
    db: &impl ConnectionTrait,
    id: SavedFilterId,
) -> Result<saved_filter::Model> {
    saved_filter::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn delete_filter(db: &impl ConnectionTrait, id: SavedFilterId) -> Result<()> {
    saved_filter::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}
