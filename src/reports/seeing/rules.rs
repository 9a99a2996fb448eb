//! In which order units stand beside each other, and which of them cannot be compared with the others.

use std::cmp::{Ordering, Reverse};

/// By what the units are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, poem_openapi::Enum)]
#[oai(rename = "UnitOrder", rename_all = "snake_case")]
pub enum SortBy {
    #[default]
    Name,
    /// The highest index first.
    Index,
    /// The highest share of complaints answered in time first.
    OnTime,
    /// The most late complaints first.
    Late,
    /// The most actions behind their day first.
    Overdue,
    /// The most loose ends first.
    LooseEnds,
}

impl SortBy {
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Index,
        Self::OnTime,
        Self::Late,
        Self::Overdue,
        Self::LooseEnds,
    ];

    /// In the address of the page.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "nama",
            Self::Index => "indeks",
            Self::OnTime => "tepat",
            Self::Late => "terlambat",
            Self::Overdue => "aksi",
            Self::LooseEnds => "celah",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What a unit is sorted by; none where there is no such number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    pub name: String,
    /// In hundredths.
    pub index: Option<i64>,
    /// The index follows other rules than most: beside them it says nothing.
    pub unlike: bool,
    /// In time, of all answers.
    pub on_time: Option<(i64, i64)>,
    pub late: Option<i64>,
    pub overdue: Option<i64>,
    pub loose_ends: Option<i64>,
}

/// The more the earlier; what has no number comes last.
fn most_first(one: Option<i64>, other: Option<i64>) -> Ordering {
    Reverse(one).cmp(&Reverse(other))
}

/// A share against a share, without rounding.
fn by_share(one: Option<(i64, i64)>, other: Option<(i64, i64)>) -> Ordering {
    match (one, other) {
        (Some((part, of)), Some((other_part, other_of))) => {
            let product = |a: i64, b: i64| i128::from(a) * i128::from(b);
            product(other_part, of).cmp(&product(part, other_of))
        }
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

/// The places of the units in this order; alike by name.
#[must_use]
pub fn order(units: &[Keys], by: SortBy) -> Vec<usize> {
    let mut places: Vec<usize> = (0..units.len()).collect();
    places.sort_by(|one, other| {
        let (one, other) = (&units[*one], &units[*other]);
        let first = match by {
            SortBy::Name => Ordering::Equal,
            SortBy::Index => {
                let rank = |unit: &Keys| (unit.index.is_none(), unit.unlike);
                let alike = rank(one).cmp(&rank(other));
                alike.then_with(|| most_first(one.index, other.index))
            }
            SortBy::OnTime => by_share(one.on_time, other.on_time),
            SortBy::Late => most_first(one.late, other.late),
            SortBy::Overdue => most_first(one.overdue, other.overdue),
            SortBy::LooseEnds => most_first(one.loose_ends, other.loose_ends),
        };
        first.then_with(|| one.name.cmp(&other.name))
    });
    places
}

/// Of the rules by which the units' figures were made (a number for each kind of rules, none for a unit without
/// figures) those that most units follow; of two as common those of the first.
#[must_use]
pub fn most_common(rules: &[Option<usize>]) -> Option<usize> {
    let count = |of: usize| rules.iter().filter(|one| **one == Some(of)).count();
    let mut best: Option<(usize, usize)> = None;
    for one in rules.iter().flatten() {
        if best.is_none_or(|(_, known)| count(*one) > known) {
            best = Some((*one, count(*one)));
        }
    }
    best.map(|(one, _)| one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(name: &str) -> Keys {
        Keys {
            name: name.to_owned(),
            ..Keys::default()
        }
    }

    #[test]
    fn units_stand_in_the_order_asked_for_and_those_without_a_number_last() {
        let units = [
            Keys {
                index: Some(8_728),
                on_time: Some((2, 3)),
                late: Some(1),
                ..unit("A")
            },
            unit("B"),
            Keys {
                index: Some(9_500),
                unlike: true,
                on_time: Some((200, 300)),
                late: Some(0),
                overdue: Some(4),
                ..unit("C")
            },
            Keys {
                index: Some(8_800),
                on_time: Some((3, 3)),
                loose_ends: Some(9),
                ..unit("D")
            },
        ];
        for (by, expected) in [
            (SortBy::Name, "ABCD"),
            // What follows other rules is not the best of all.
            (SortBy::Index, "DACB"),
            (SortBy::OnTime, "DACB"),
            (SortBy::Late, "ACBD"),
            (SortBy::Overdue, "CABD"),
            (SortBy::LooseEnds, "DABC"),
        ] {
            let names: String = order(&units, by)
                .into_iter()
                .map(|at| units[at].name.as_str())
                .collect();
            assert_eq!(names, expected, "{by:?}");
        }
    }

    #[test]
    fn the_rules_of_most_units_are_those_that_others_are_held_against() {
        for (rules, expected) in [
            (vec![], None),
            (vec![None, None], None),
            (vec![None, Some(4)], Some(4)),
            (vec![Some(1), Some(2), Some(2), None], Some(2)),
            (vec![Some(1), Some(2)], Some(1)),
        ] {
            assert_eq!(most_common(&rules), expected, "{rules:?}");
        }
    }

    #[test]
    fn every_order_has_an_address() {
        for by in SortBy::ALL {
            assert_eq!(SortBy::parse(by.code()), Some(by));
        }
        assert_eq!(SortBy::parse("acak"), None);
    }
}
