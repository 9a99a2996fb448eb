//! The one query of the recapitulation, asked for each month: the database sums up, so a year of a large office comes
//! as some hundred rows, and the local month needs no date functions, which the two databases spell differently.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait as _, SimpleExpr},
};

use super::rules::Cell;
use crate::{
    access::Scope,
    complaints::{
        entity::complaint::{self, Column},
        filing::{CategoryId, entity::sorting},
        finding::{Readable, hidden_from, readable_by},
        knowing::{period::Period, scope::within},
        rules::{Channel, Kind, RUNNING_ENDS, Status},
    },
    organisation::{DivisionId, UnitId},
    platform::error::Result,
};

type Found = (
    Kind,
    Channel,
    Option<String>,
    Option<CategoryId>,
    Status,
    Option<DivisionId>,
    Option<bool>,
    Option<i32>,
    i64,
    i64,
    i64,
);

/// How many rows hold.
fn counted(wanted: Condition) -> SimpleExpr {
    let one: SimpleExpr = Expr::case(wanted, Expr::val(1))
        .finally(Expr::val(0))
        .into();
    one.sum().cast_as(Alias::new("bigint"))
}

/// What of these was received in a month, alike with alike.
async fn month(
    db: &impl ConnectionTrait,
    among: Condition,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Vec<Found>> {
    let alike = [
        Column::Kind,
        Column::Channel,
        Column::ServiceCode,
        Column::Status,
        Column::DivisionId,
        Column::AnsweredInTime,
        Column::AnswerWorkingDays,
    ];
    let owed = Condition::all()
        .add(Column::AnsweredInTime.is_null())
        .add(Column::Queue.lt(RUNNING_ENDS))
        .add(Column::LegalDueAt.lt(now));
    let merged = Condition::all().add(Column::MergedInto.is_not_null());
    let mut query = complaint::Entity::find()
        .select_only()
        .columns([Column::Kind, Column::Channel, Column::ServiceCode])
        .column(sorting::Column::CategoryId)
        .columns(alike[3..].iter().copied());
    let sorted = Expr::col((complaint::Entity, Column::Id))
        .equals((sorting::Entity, sorting::Column::ComplaintId));
    QueryTrait::query(&mut query).left_join(sorting::Entity, sorted);
    query = query
        .column_as(Column::Id.count(), "n")
        .column_as(counted(owed), "overdue")
        .column_as(counted(merged), "merged")
        .filter(among)
        .filter(Column::ReceivedAt.gte(from))
        .filter(Column::ReceivedAt.lt(until));
    for column in alike {
        query = query.group_by(column);
    }
    query = query.group_by(sorting::Column::CategoryId);
    Ok(query.into_tuple().all(db).await?)
}

/// Those that the reader may read, and those of which they learn the clock only.
fn halves(unit: UnitId, scope: &Scope, readable: &Readable) -> Vec<(Condition, bool)> {
    let all = within(unit, scope);
    if readable.covers(unit) {
        return vec![(all, false)];
    }
    vec![
        (all.clone().add(readable_by(readable)), false),
        (all.add(hidden_from(readable)), true),
    ]
}

/// Everything that was received in a period. What a case is about is as hidden as its words: of those that the reader
/// may not read, neither service nor category is told.
pub async fn cells(
    db: &impl ConnectionTrait,
    (unit, scope, readable): (UnitId, &Scope, &Readable),
    period: Period,
    zone: chrono_tz::Tz,
    now: DateTime<Utc>,
) -> Result<Vec<Cell>> {
    let mut cells = Vec::new();
    for part in period.months() {
        for (among, hidden) in halves(unit, scope, readable) {
            let found = month(db, among, part.bounds(zone), now).await?;
            cells.extend(found.into_iter().map(|row| Cell {
                month: part.month_key(),
                kind: row.0,
                channel: row.1,
                service: row.2.filter(|_| !hidden),
                category: row.3.filter(|_| !hidden),
                hidden,
                status: row.4,
                division: row.5,
                in_time: row.6,
                days: row.7,
                count: row.8,
                overdue: row.9,
                merged: row.10,
            }));
        }
    }
    Ok(cells)
}
