//! The tables of a recapitulation. Screen, workbook, CSV and paper show these and nothing else, so they cannot differ.

use super::{
    rules::{Figures, GroupBy, change},
    service::{Recap, span_label},
};
use crate::{
    calendar::dates,
    platform::{
        i18n::{Locale, Message, t},
        tables::{Cell, Row},
    },
};

/// A table with the headings in words.
pub struct Table {
    /// Stable: `groups`, `months`, `response`, `topics`.
    pub key: &'static str,
    pub title: String,
    pub headings: Vec<String>,
    /// So many columns of them are names.
    pub names: usize,
    pub rows: Vec<Row>,
    /// Where the name of a row leads; empty where none does.
    pub links: Vec<Option<String>>,
    /// Sums up the rows; none where there is nothing to sum up.
    pub total: Option<Row>,
}

impl Table {
    /// The rows with their sum at the end.
    #[must_use]
    pub fn all_rows(&self) -> Vec<Row> {
        self.rows.iter().chain(&self.total).cloned().collect()
    }
}

const HEADINGS: [&str; 11] = [
    "recap-received",
    "recap-before",
    "recap-change",
    "recap-answered",
    "recap-in-time",
    "recap-on-time",
    "recap-waiting",
    "recap-overdue",
    "recap-ended",
    "recap-median",
    "recap-p90",
];

fn cells(names: &[&str], figures: &Figures, before: Option<i64>) -> Row {
    let mut row: Row = names.iter().map(|name| Cell::text(*name)).collect();
    row.extend([
        Cell::Whole(figures.received),
        before.map_or(Cell::Nothing, Cell::Whole),
        Cell::decimal(
            before.and_then(|before| change(figures.received, before)),
            1,
        ),
        Cell::Whole(figures.answered),
        Cell::Whole(figures.in_time),
        Cell::decimal(figures.on_time_percent(), 1),
        Cell::Whole(figures.waiting),
        Cell::Whole(figures.overdue),
        Cell::Whole(figures.ended),
        Cell::decimal(figures.median(), 1),
        figures
            .p90()
            .map_or(Cell::Nothing, |days| Cell::Whole(days.into())),
    ]);
    row
}

/// The table of the chosen groups.
#[must_use]
pub fn groups(of: &Recap, locale: Locale) -> Table {
    let by = |by: GroupBy| t(locale, &format!("recap-by-{}", by.code()));
    let title = t(locale, &format!("recap-title-{}", of.group_by.code()));
    let names = std::iter::once(of.group_by).chain(of.second).map(by);
    let total = t(locale, "recap-total");
    let sum = match of.second {
        Some(_) => vec![total.as_str(), ""],
        None => vec![total.as_str()],
    };
    Table {
        key: "groups",
        title: match of.second {
            Some(second) => Message::new("recap-title-twice")
                .with("title", title)
                .with("second", by(second))
                .text(locale),
            None => title,
        },
        headings: names
            .chain(HEADINGS.iter().map(|key| t(locale, key)))
            .collect(),
        names: sum.len(),
        rows: of
            .groups
            .iter()
            .map(|group| {
                let names = std::iter::once(group.label.as_str());
                let second = group.second.iter().map(|(_, label)| label.as_str());
                let names: Vec<&str> = names.chain(second).collect();
                let before = of.is_compared().then_some(group.before);
                cells(&names, &group.figures, before)
            })
            .collect(),
        links: of.groups.iter().map(|group| group.inbox.clone()).collect(),
        total: Some(cells(&sum, &of.total, Some(of.before.received))),
    }
}

/// How the months went.
#[must_use]
pub fn months(of: &Recap, locale: Locale) -> Table {
    let row = |label: &str, figures: &Figures| {
        vec![
            Cell::text(label),
            Cell::Whole(figures.received),
            Cell::Whole(figures.answered),
            Cell::decimal(figures.on_time_percent(), 1),
            Cell::decimal(figures.median(), 1),
        ]
    };
    let heads = [
        "recap-by-month",
        "recap-received",
        "recap-answered",
        "recap-on-time",
        "recap-median",
    ];
    Table {
        key: "months",
        names: 1,
        links: Vec::new(),
        title: t(locale, "recap-title-month"),
        headings: heads.iter().map(|key| t(locale, key)).collect(),
        rows: of
            .months
            .iter()
            .map(|group| row(&group.label, &group.figures))
            .collect(),
        total: Some(row(&t(locale, "recap-total"), &of.total)),
    }
}

/// How long answers took.
#[must_use]
pub fn response(of: &Recap, locale: Locale) -> Table {
    let heads = ["recap-by-response", "recap-answers"];
    Table {
        key: "response",
        names: 1,
        links: Vec::new(),
        title: t(locale, "recap-title-response-time"),
        headings: heads.iter().map(|key| t(locale, key)).collect(),
        rows: of
            .total
            .histogram()
            .into_iter()
            .map(|(span, count)| {
                vec![
                    Cell::text(span_label(&span.key(), locale)),
                    Cell::Whole(count),
                ]
            })
            .collect(),
        total: Some(vec![
            Cell::text(t(locale, "recap-total")),
            Cell::Whole(of.total.answered),
        ]),
    }
}

/// What came up again.
#[must_use]
pub fn topics(of: &Recap, locale: Locale) -> Table {
    let heads = [
        "recap-topic",
        "recap-received",
        "recap-before",
        "recap-change",
    ];
    Table {
        key: "topics",
        names: 1,
        links: Vec::new(),
        title: t(locale, "recap-title-topics"),
        headings: heads.iter().map(|key| t(locale, key)).collect(),
        rows: of
            .topics
            .iter()
            .map(|topic| {
                vec![
                    Cell::text(&topic.title),
                    Cell::Whole(topic.now),
                    Cell::Whole(topic.before),
                    Cell::decimal(change(topic.now, topic.before), 1),
                ]
            })
            .collect(),
        // A complaint may belong to several topics: a sum would count it twice.
        total: None,
    }
}

/// All of them; months stand once.
#[must_use]
pub fn all(of: &Recap, locale: Locale) -> Vec<Table> {
    let mut tables = vec![groups(of, locale)];
    if of.shows_months_apart() {
        tables.push(months(of, locale));
    }
    tables.push(response(of, locale));
    if !of.topics.is_empty() {
        tables.push(topics(of, locale));
    }
    tables
}

/// A cell as people read it.
#[must_use]
pub fn shown(cell: &Cell, locale: Locale) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Whole(number) => whole(*number, locale),
        Cell::Decimal(number, places) => dates::decimal(*number, *places, locale),
        Cell::Nothing => "–".to_owned(),
    }
}

fn whole(number: i64, locale: Locale) -> String {
    let words = dates::whole(number.unsigned_abs(), locale);
    if number < 0 {
        format!("-{words}")
    } else {
        words
    }
}
