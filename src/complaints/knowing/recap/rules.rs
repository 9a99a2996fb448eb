//! Counting. Complaints come as cells (so many of the same kind), and everything is a sum over cells.

use std::collections::BTreeMap;

use sea_orm::Iterable as _;

use crate::{
    complaints::{
        filing::CategoryId,
        rules::{Channel, Kind, Status},
    },
    organisation::DivisionId,
};

/// So many complaints that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// `2026-03`, of the local day of receipt.
    pub month: String,
    pub kind: Kind,
    pub channel: Channel,
    pub service: Option<String>,
    pub category: Option<CategoryId>,
    /// The reader may not know what they are about.
    pub hidden: bool,
    pub status: Status,
    pub division: Option<DivisionId>,
    /// Of the first answer: whether it kept the promised day.
    pub in_time: Option<bool>,
    /// Working days until the first answer.
    pub days: Option<i32>,
    pub count: i64,
    /// Of them without an answer, still owed and past the promised day.
    pub overdue: i64,
    /// Of them handled in another complaint.
    pub merged: i64,
}

/// What is told of a set of complaints. `received = answered + waiting + ended`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub received: i64,
    pub answered: i64,
    pub in_time: i64,
    /// No answer yet.
    pub waiting: i64,
    pub overdue: i64,
    /// Over without an answer: refused, merged, forwarded or withdrawn.
    pub ended: i64,
    /// Working days until the first answer, and how many took so long.
    pub days: BTreeMap<i32, i64>,
}

impl Figures {
    #[must_use]
    pub fn of<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> Self {
        let mut sum = Self::default();
        for cell in cells {
            sum.add(cell);
        }
        sum
    }

    pub fn add(&mut self, cell: &Cell) {
        self.received += cell.count;
        match cell.in_time {
            Some(kept) => {
                self.answered += cell.count;
                self.in_time += if kept { cell.count } else { 0 };
                *self.days.entry(cell.days.unwrap_or(0)).or_default() += cell.count;
            }
            None if cell.status.is_final() => self.ended += cell.count,
            None => {
                self.waiting += cell.count;
                self.overdue += cell.overdue;
            }
        }
    }

    /// Of the answers, how many came within the promised time; one digit behind the point, everywhere.
    #[must_use]
    pub fn on_time_percent(&self) -> Option<f64> {
        (self.answered > 0).then(|| tenths(self.in_time, self.answered))
    }

    /// The middle answer; between two middles, half way.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        let count = self.days.values().sum::<i64>();
        let middle = (self.at(count / 2 + 1)?, self.at((count + 1) / 2)?);
        Some(f64::from(middle.0 + middle.1) / 2.0)
    }

    /// Nine of ten answers took at most so many working days (nearest rank).
    #[must_use]
    pub fn p90(&self) -> Option<i32> {
        let count = self.days.values().sum::<i64>();
        self.at((count * 9 + 9) / 10)
    }

    /// The days of the answer in this place, counted from 1, the quickest first.
    fn at(&self, place: i64) -> Option<i32> {
        let mut passed = 0;
        self.days.iter().find_map(|(days, count)| {
            passed += count;
            (passed >= place).then_some(*days)
        })
    }

    /// How many answers took how long.
    #[must_use]
    pub fn histogram(&self) -> Vec<(Span, i64)> {
        let within = |span: &Span| {
            let days = self.days.range(span.from..=span.to);
            days.map(|(_, count)| count).sum()
        };
        SPANS.iter().map(|span| (*span, within(span))).collect()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of complaints are far below 2^52"
)]
fn tenths(part: i64, whole: i64) -> f64 {
    (part as f64 * 1000.0 / whole as f64).round() / 10.0
}

/// By how much something changed, in per cent; from nothing there is no such number.
#[must_use]
pub fn change(now: i64, before: i64) -> Option<f64> {
    (before > 0).then(|| tenths(now - before, before))
}

/// Working days from … to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: i32,
    pub to: i32,
}

const fn span(from: i32, to: i32) -> Span {
    Span { from, to }
}

/// One by one as far as answers should come (2, 3, 5 days), then by SP4N's 14 and what is beyond.
pub const SPANS: [Span; 9] = [
    span(0, 0),
    span(1, 1),
    span(2, 2),
    span(3, 3),
    span(4, 5),
    span(6, 10),
    span(11, 14),
    span(15, 30),
    span(31, i32::MAX),
];

impl Span {
    #[must_use]
    pub fn of(days: i32) -> Self {
        SPANS
            .into_iter()
            .find(|span| days <= span.to)
            .unwrap_or(SPANS[8])
    }

    /// `2`, `4-5`, `31+`.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self { from, to: i32::MAX } => format!("{from}+"),
            Self { from, to } if from == to => from.to_string(),
            Self { from, to } => format!("{from}-{to}"),
        }
    }
}

/// By what complaints are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, poem_openapi::Enum)]
#[oai(rename = "ComplaintReportGroup", rename_all = "snake_case")]
pub enum GroupBy {
    #[default]
    Month,
    Channel,
    Service,
    Category,
    Status,
    Kind,
    Division,
    Response,
}

impl GroupBy {
    pub const ALL: [Self; 8] = [
        Self::Month,
        Self::Channel,
        Self::Service,
        Self::Category,
        Self::Status,
        Self::Kind,
        Self::Division,
        Self::Response,
    ];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Channel => "channel",
            Self::Service => "service",
            Self::Category => "category",
            Self::Status => "status",
            Self::Kind => "kind",
            Self::Division => "division",
            Self::Response => "response",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }

    /// Whether its groups have an order of their own; others stand by how many they are.
    #[must_use]
    pub fn is_ordered(self) -> bool {
        matches!(
            self,
            Self::Month | Self::Status | Self::Kind | Self::Response
        )
    }
}

/// No service, no category, no division, no answer.
pub const NONE: &str = "none";
/// Confidential, and not for the reader: the service or category is not told.
pub const HIDDEN: &str = "confidential";
/// Handled in another complaint, which is no refusal.
pub const MERGED: &str = "merged";

fn key_of(cell: &Cell, by: GroupBy) -> String {
    match by {
        GroupBy::Month => cell.month.clone(),
        GroupBy::Channel => cell.channel.code(),
        GroupBy::Service | GroupBy::Category if cell.hidden => HIDDEN.to_owned(),
        GroupBy::Service => cell.service.clone().unwrap_or_else(|| NONE.to_owned()),
        GroupBy::Category => cell
            .category
            .map_or_else(|| NONE.to_owned(), |id| id.to_string()),
        GroupBy::Status => cell.status.code(),
        GroupBy::Kind => cell.kind.code(),
        GroupBy::Division => cell
            .division
            .map_or_else(|| NONE.to_owned(), |id| id.to_string()),
        GroupBy::Response => cell
            .days
            .map_or_else(|| NONE.to_owned(), |days| Span::of(days).key()),
    }
}

/// The groups with what is told of each.
#[must_use]
pub fn groups(cells: &[Cell], by: GroupBy) -> BTreeMap<String, Figures> {
    let parts = split(cells, by).into_iter();
    parts
        .map(|(key, cells)| (key, Figures::of(&cells)))
        .collect()
}

/// The groups with what they consist of, so that each can be told apart once more.
#[must_use]
pub fn split(cells: &[Cell], by: GroupBy) -> BTreeMap<String, Vec<Cell>> {
    let mut groups: BTreeMap<String, Vec<Cell>> = BTreeMap::new();
    for cell in cells {
        let mut rest = cell.clone();
        if by == GroupBy::Status && cell.merged > 0 {
            rest.count -= cell.merged;
            let merged = Cell {
                count: cell.merged,
                overdue: 0,
                ..cell.clone()
            };
            groups.entry(MERGED.to_owned()).or_default().push(merged);
        }
        if rest.count > 0 {
            groups.entry(key_of(cell, by)).or_default().push(rest);
        }
    }
    groups
}

/// The keys in their own order, for those that have one.
#[must_use]
pub fn order(by: GroupBy, months: &[String]) -> Vec<String> {
    match by {
        GroupBy::Month => months.to_vec(),
        GroupBy::Status => Status::all()
            .map(Status::code)
            .chain([MERGED.to_owned()])
            .collect(),
        GroupBy::Kind => Kind::iter().map(Kind::code).collect(),
        GroupBy::Response => SPANS
            .into_iter()
            .map(Span::key)
            .chain([NONE.to_owned()])
            .collect(),
        GroupBy::Channel | GroupBy::Service | GroupBy::Category | GroupBy::Division => Vec::new(),
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
