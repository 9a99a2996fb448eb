//! The table of the units as files. What is not there is said in words: nothing is not nought, and an empty cell says
//! neither.

use super::units_table::{UnitRow, UnitsTable};
use crate::{
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        tables::{self, Cell, Row, Sheet},
    },
    surveys::results,
};

/// (text, width of the sheet)
const COLUMNS: [(&str, f64); 24] = [
    ("units-file-code", 20.0),
    ("units-file-unit", 44.0),
    ("units-file-province", 22.0),
    ("units-file-period", 22.0),
    ("units-file-index", 10.0),
    ("units-file-grade", 8.0),
    ("units-file-n", 12.0),
    ("units-file-weights", 34.0),
    ("units-file-grades", 14.0),
    ("units-file-unlike", 30.0),
    ("units-file-answered", 12.0),
    ("units-file-in-time", 12.0),
    ("units-file-on-time", 12.0),
    ("units-file-open", 12.0),
    ("units-file-late", 12.0),
    ("units-file-forum", 16.0),
    ("units-file-recorded", 16.0),
    ("units-file-points", 10.0),
    ("units-file-points-with", 14.0),
    ("units-file-actions", 12.0),
    ("units-file-verified", 12.0),
    ("units-file-waiting", 14.0),
    ("units-file-overdue", 12.0),
    ("units-file-loose", 14.0),
];

fn whole(number: Option<impl TryInto<i64>>) -> Cell {
    let number = number.and_then(|number| number.try_into().ok());
    number.map_or(Cell::Nothing, Cell::Whole)
}

fn maybe(text: Option<String>) -> Cell {
    text.map_or(Cell::Nothing, Cell::Text)
}

fn cells(row: &UnitRow, locale: Locale) -> Row {
    let of = &row.figures;
    let result = of.index.as_ref().map(|seen| &seen.result);
    let ikm = result.and_then(|result| result.ikm.as_ref());
    let sums = of.answers.as_ref().map(|answers| answers.year.1);
    let forum = of.forums.iter().max_by_key(|one| one.forum.date);
    let held = !of.forums.is_empty();
    let points: usize = of.forums.iter().map(|one| one.points).sum();
    let with: usize = of.forums.iter().map(|one| one.points_with_action).sum();
    let why: Vec<String> = row.unlike.iter().map(|one| t(locale, one.key())).collect();
    let unlike = match why.is_empty() {
        true => t(locale, "units-file-alike"),
        false => why.join("; "),
    };
    vec![
        Cell::text(&of.unit.code),
        Cell::text(&of.unit.name),
        Cell::text(&of.unit.province),
        maybe(result.map(|result| result.title.clone())),
        Cell::decimal(ikm.and_then(|ikm| ikm.parse().ok()), 2),
        maybe(result.and_then(|result| result.grade.clone())),
        whole(result.map(|result| result.n)),
        maybe(result.map(|result| results::weights_words(&result.weights, locale))),
        maybe(result.map(|result| result.grades.clone())),
        maybe(result.map(|_| unlike)),
        whole(sums.map(|sums| sums.answered)),
        whole(sums.map(|sums| sums.in_time)),
        Cell::decimal(sums.and_then(|sums| sums.percent()), 1),
        whole(of.complaints.map(|(open, _)| open)),
        whole(of.complaints.map(|(_, late)| late)),
        maybe(forum.map(|one| one.forum.stage.label(locale))),
        maybe(forum.map(|one| {
            t(
                locale,
                if one.recorded {
                    "units-recorded"
                } else {
                    "units-not-recorded"
                },
            )
        })),
        whole(held.then_some(points)),
        whole(held.then_some(with)),
        whole(of.plan.map(|plan| plan.all)),
        whole(of.plan.map(|plan| plan.verified)),
        whole(of.plan.map(|plan| plan.waiting)),
        whole(of.plan.map(|plan| plan.late)),
        whole(of.loose_ends()),
    ]
}

fn rows(table: &UnitsTable, locale: Locale) -> Vec<Row> {
    let said = |cell: Cell| match cell {
        Cell::Nothing => Cell::Text(t(locale, "units-file-none")),
        known => known,
    };
    let rows = table.rows.iter().map(|row| cells(row, locale));
    rows.map(|row| row.into_iter().map(said).collect())
        .collect()
}

pub fn xlsx(table: &UnitsTable, locale: Locale) -> Result<Vec<u8>> {
    let year = Message::new("matrix-year").with("year", table.year.to_string());
    let columns = COLUMNS.iter();
    let sheet = Sheet {
        name: t(locale, "units-file-sheet"),
        top: vec![t(locale, "units-title"), year.text(locale)],
        columns: columns
            .map(|(key, width)| (t(locale, key), *width))
            .collect(),
    };
    tables::workbook(&[(sheet, rows(table, locale))])
}

pub fn csv(table: &UnitsTable, locale: Locale) -> Result<Vec<u8>> {
    let heading: Row = COLUMNS
        .iter()
        .map(|(key, _)| Cell::text(t(locale, key)))
        .collect();
    tables::csv(&heading, &rows(table, locale))
}
