//! A list of the inbox as it is read: a page of it, and how many there are.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseBackend, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, Select, Statement,
    sea_query::{Expr, ExprTrait as _},
};

use super::{
    Column,
    matching::{self, Way, Ways},
};
use crate::{
    complaints::{
        entity::{ComplaintId, complaint},
        finding::filter::{Counted, Filter, Part, Sort},
    },
    platform::{
        db::{Db, Tx},
        error::Result,
    },
};

/// A list whose way through the indexes is found: the same for its page and its number.
pub struct Reading<'a> {
    db: &'a Db,
    filter: &'a Filter,
    own: Option<Tx>,
    ways: Ways,
}

impl<'a> Reading<'a> {
    pub async fn of(db: &'a Db, filter: &'a Filter) -> Result<Self> {
        let own = matching::planned_anew(db, filter).await?;
        let ways = matching::ways(db, own.as_ref(), filter).await?;
        Ok(Self {
            db,
            filter,
            own,
            ways,
        })
    }

    /// The rows of a part; None when the part cannot hold any.
    fn of_part(&self, part: Part) -> Option<Select<complaint::Entity>> {
        let wanted = matching::condition(self.db, self.filter, part, self.ways)?;
        Some(complaint::Entity::find().filter(wanted))
    }

    fn page_of_part(
        &self,
        part: Part,
        after: Option<(i64, ComplaintId)>,
    ) -> Option<Select<complaint::Entity>> {
        let mut asked = self.of_part(part)?;
        if let Some(after) = after {
            asked = asked.filter(behind(self.filter.sort, after));
        }
        Some(sorted(asked, self.filter.sort, self.ways))
    }

    /// One page of the list behind a place. Each part is read in the order of an index and stops at the page's end; of
    /// several parts the first rows are taken.
    pub async fn page(
        &self,
        after: Option<(i64, ComplaintId)>,
        limit: u64,
    ) -> Result<Vec<complaint::Model>> {
        let mut rows: Vec<complaint::Model> = Vec::new();
        for part in &self.filter.parts {
            let Some(asked) = self.page_of_part(*part, after) else {
                continue;
            };
            let asked = asked.limit(limit);
            rows.extend(match &self.own {
                Some(tx) => asked.all(tx).await?,
                None => asked.all(self.db).await?,
            });
        }
        let sort = self.filter.sort;
        if self.filter.parts.len() > 1 {
            rows.sort_by_key(|row| place(sort, row));
            if sort == Sort::Newest {
                rows.reverse();
            }
            rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        }
        Ok(rows)
    }

    /// How many the list holds; beyond `most` only that it is more.
    pub async fn number(&self, most: u64) -> Result<Counted> {
        let mut found = 0;
        for part in &self.filter.parts {
            let Some(asked) = self.of_part(*part) else {
                continue;
            };
            let asked = asked.select_only().column(Column::Id);
            // The order of the pages, so that the same index ends the search early.
            let asked = match self.ways.gathered {
                true => asked,
                false => sorted(asked, self.filter.sort, self.ways),
            };
            let asked = asked.limit(most + 1 - found);
            let ids: Vec<ComplaintId> = match &self.own {
                Some(tx) => asked.into_tuple().all(tx).await?,
                None => asked.into_tuple().all(self.db).await?,
            };
            found += ids.len() as u64;
            if found > most {
                return Ok(Counted::Over(most));
            }
        }
        Ok(Counted::Exactly(found))
    }

    /// What is found from the index of words, and what row by row: tests hold the one against the other.
    pub async fn each_way(mut self, most: u64) -> Result<[Vec<complaint::Model>; 2]> {
        self.ways.words = Way::ByIndex;
        let by_index = self.page(None, most).await?;
        self.ways.words = Way::ByRow;
        Ok([by_index, self.page(None, most).await?])
    }

    /// How the database would read a page: what tests hold against reading everything.
    pub async fn plans(&self, after: Option<(i64, ComplaintId)>) -> Result<Vec<String>> {
        let mut plans = Vec::new();
        for part in &self.filter.parts {
            let Some(asked) = self.page_of_part(*part, after) else {
                continue;
            };
            let statement = asked.limit(26).build(self.db.get_database_backend());
            plans.push(match &self.own {
                Some(tx) => explain(tx, statement).await?,
                None => explain(self.db.connection(), statement).await?,
            });
        }
        Ok(plans)
    }
}

/// One page of a list behind a place.
pub async fn page(
    db: &Db,
    filter: &Filter,
    after: Option<(i64, ComplaintId)>,
    limit: u64,
) -> Result<Vec<complaint::Model>> {
    Reading::of(db, filter).await?.page(after, limit).await
}

fn moment(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or_default()
}

/// The place of a row in a list: what a page's cursor names.
#[must_use]
pub fn place(sort: Sort, of: &complaint::Model) -> (i64, ComplaintId) {
    match sort {
        Sort::Due => (of.queue, of.id),
        Sort::Newest | Sort::Oldest => (of.received_at.timestamp_micros(), of.id),
    }
}

/// Rows behind a place. Not `(a, b) > (…)` and not `a > … OR …`: this one begins at the right place of an index.
fn behind(sort: Sort, (at, id): (i64, ComplaintId)) -> Condition {
    let (not_before, further) = match sort {
        Sort::Due => (Column::Queue.gte(at), Column::Queue.gt(at)),
        Sort::Oldest => (
            Column::ReceivedAt.gte(moment(at)),
            Column::ReceivedAt.gt(moment(at)),
        ),
        Sort::Newest => (
            Column::ReceivedAt.lte(moment(at)),
            Column::ReceivedAt.lt(moment(at)),
        ),
    };
    let next = match sort {
        Sort::Newest => Column::Id.lt(id),
        Sort::Due | Sort::Oldest => Column::Id.gt(id),
    };
    Condition::all()
        .add(not_before)
        .add(Condition::any().add(further).add(next))
}

fn sorted(select: Select<complaint::Entity>, sort: Sort, ways: Ways) -> Select<complaint::Entity> {
    match sort {
        // An order that no index has: it is made of what was gathered.
        Sort::Due if ways.gathered => select
            .order_by_asc(Expr::col(Column::Queue).add(0))
            .order_by_asc(Column::Id),
        Sort::Due => select.order_by_asc(Column::Queue).order_by_asc(Column::Id),
        Sort::Oldest => select
            .order_by_asc(Column::ReceivedAt)
            .order_by_asc(Column::Id),
        Sort::Newest => select
            .order_by_desc(Column::ReceivedAt)
            .order_by_desc(Column::Id),
    }
}

/// The plan of a statement, a line per step.
pub async fn explain(db: &impl ConnectionTrait, mut statement: Statement) -> Result<String> {
    let (begin, column) = match db.get_database_backend() {
        DatabaseBackend::Sqlite => ("EXPLAIN QUERY PLAN", "detail"),
        _ => ("EXPLAIN", "QUERY PLAN"),
    };
    statement.sql = format!("{begin} {}", statement.sql);
    let rows = db.query_all_raw(statement).await?;
    let lines: Result<Vec<String>, sea_orm::DbErr> =
        rows.iter().map(|row| row.try_get("", column)).collect();
    Ok(lines?.join("\n"))
}
