//! How many the views of the inbox hold.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, SelectStatement, UnionType},
};

use super::{Column, solved_by, within};
use crate::{
    access::PersonId,
    complaints::{
        entity::complaint,
        finding::filter::{Part, Solutions, Span},
    },
    platform::error::Result,
};

/// Of what stands in a part of the queue, what is counted.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    All,
    /// What one of these is named for.
    Persons(&'a [PersonId]),
    /// Those whose solution is due then.
    Solutions(Solutions),
    /// What the citizen wrote and nobody answered.
    Heard,
}

/// SQLite refuses a statement of more than 500.
const AT_ONCE: usize = 400;

/// What is counted: of a part, in a span of the queue.
type Asked<'a> = (Part, Span, Of<'a>);

/// How many of each part stand in its part of the queue, in as few statements as may be.
pub async fn numbers_in(db: &impl ConnectionTrait, asked: Vec<Asked<'_>>) -> Result<Vec<u64>> {
    let (pieces, sums) = in_pieces(&asked);
    let mut found = Vec::with_capacity(pieces.len());
    for some in pieces.chunks(AT_ONCE) {
        found.extend(at_once(db, some).await?);
    }
    let add = |places: Vec<usize>| places.into_iter().map(|place| found[place]).sum();
    Ok(sums.into_iter().map(add).collect())
}

/// Spans overlap: what is due soon holds what is due today. Each piece is counted once; with every question come the
/// places of its pieces.
fn in_pieces<'a>(asked: &[Asked<'a>]) -> (Vec<Asked<'a>>, Vec<Vec<usize>>) {
    let mut cuts: HashMap<Part, BTreeSet<i64>> = HashMap::new();
    for (part, span, of) in asked {
        if matches!(of, Of::All) {
            cuts.entry(*part).or_default().extend([span.from, span.to]);
        }
    }
    let mut pieces = Vec::new();
    let mut known: HashMap<(Part, i64), usize> = HashMap::new();
    let mut sums = Vec::with_capacity(asked.len());
    for (part, span, of) in asked {
        let mut places = Vec::new();
        match (of, cuts.get(part)) {
            (Of::All, Some(cuts)) => {
                let inside = || {
                    cuts.iter()
                        .filter(|cut| (span.from..=span.to).contains(cut))
                };
                for (&from, &to) in inside().zip(inside().skip(1)) {
                    places.push(*known.entry((*part, from)).or_insert_with(|| {
                        pieces.push((*part, Span { from, to }, Of::All));
                        pieces.len() - 1
                    }));
                }
            }
            _ => {
                places.push(pieces.len());
                pieces.push((*part, *span, *of));
            }
        }
        sums.push(places);
    }
    (pieces, sums)
}

async fn at_once(db: &impl ConnectionTrait, asked: &[Asked<'_>]) -> Result<Vec<u64>> {
    let mut counts = asked
        .iter()
        .enumerate()
        .map(|(place, one)| count_of(place, *one));
    let Some(mut all) = counts.next() else {
        return Ok(Vec::new());
    };
    for count in counts {
        all.union(UnionType::All, count);
    }
    let rows = db.query_all(&all).await?;
    let mut found = vec![0; rows.len()];
    for row in rows {
        let place = usize::try_from(row.try_get::<i32>("", "place")?).unwrap_or_default();
        let number = u64::try_from(row.try_get::<i64>("", "n")?).unwrap_or_default();
        found[place] = number;
    }
    Ok(found)
}

fn count_of(place: usize, (part, span, of): Asked<'_>) -> SelectStatement {
    let place = i32::try_from(place).unwrap_or_default();
    let mut asked = complaint::Entity::find()
        .select_only()
        .column_as(Expr::cust(place.to_string()), "place")
        .column_as(Expr::cust("COUNT(*)"), "n")
        .filter(Column::UnitId.eq(part.unit))
        .filter(within(span));
    if let Some(division) = part.division {
        asked = asked.filter(Column::DivisionId.eq(division));
    }
    asked = match of {
        Of::All => asked,
        Of::Persons(ids) => asked.filter(Column::AssigneeId.is_in(ids.iter().copied())),
        Of::Solutions(due) => asked.filter(solved_by(due)),
        Of::Heard => asked.filter(Column::HeardAt.is_not_null()),
    };
    asked.into_query()
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectOptions, Database, Schema};

    use super::*;
    use crate::organisation::UnitId;

    #[test]
    fn what_several_spans_hold_is_counted_once() {
        let part = Part {
            unit: UnitId::new(),
            division: None,
        };
        let all = |from, to| (part, Span { from, to }, Of::All);
        let asked = [
            all(i64::MIN, 10),
            all(10, 20),
            all(10, 30),
            (part, Span { from: 10, to: 30 }, Of::Heard),
            all(20, 30),
            all(40, 50),
            all(50, 40),
        ];
        let (pieces, sums) = in_pieces(&asked);
        let spans: Vec<_> = pieces
            .iter()
            .map(|(_, span, _)| (span.from, span.to))
            .collect();
        let counted = [(i64::MIN, 10), (10, 20), (20, 30), (10, 30), (40, 50)];
        assert_eq!(spans, counted, "the gap between 30 and 40 is nobody's");
        let expected: [&[usize]; 7] = [&[0], &[1], &[1, 2], &[3], &[2], &[4], &[]];
        assert_eq!(sums, expected);
    }

    #[tokio::test]
    async fn who_looks_into_very_many_units_is_told_the_numbers_of_each() {
        let mut memory = ConnectOptions::new("sqlite::memory:");
        memory.max_connections(1);
        let db = Database::connect(memory).await.unwrap();
        let schema = Schema::new(db.get_database_backend());
        let table = schema.create_table_from_entity(complaint::Entity);
        db.execute(&table).await.unwrap();
        let parts = (0..600).map(|_| Part {
            unit: UnitId::new(),
            division: None,
        });
        let asked: Vec<_> = parts.map(|part| (part, Span::OPEN, Of::All)).collect();
        assert_eq!(numbers_in(&db, asked).await.unwrap(), vec![0; 600]);
    }
}
