//! How many the views of the inbox hold.

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

/// How many of each part stand in its part of the queue, in as few statements as may be.
pub async fn numbers_in(
    db: &impl ConnectionTrait,
    asked: Vec<(Part, Span, Of<'_>)>,
) -> Result<Vec<u64>> {
    let mut found = Vec::with_capacity(asked.len());
    for some in asked.chunks(AT_ONCE) {
        found.extend(at_once(db, some).await?);
    }
    Ok(found)
}

async fn at_once(db: &impl ConnectionTrait, asked: &[(Part, Span, Of<'_>)]) -> Result<Vec<u64>> {
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

fn count_of(place: usize, (part, span, of): (Part, Span, Of<'_>)) -> SelectStatement {
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
