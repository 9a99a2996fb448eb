//! A sheet of scores from elsewhere: one row a respondent, a column an element. A column is an element when its
//! heading is `U1` … `U99` (words may follow) or, where no heading is, one of the known names; other columns are left alone. Everything
//! wrong is named by row and column, and then nothing is computed. Rows that a raw export marks as set aside do not count.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::{freezing::SET_ASIDE, rules::scoring::Tally};
use crate::platform::{
    i18n::Message,
    sheets::{self, HEAD_LINES, Line, Table, Unreadable, column_name},
};

const COLUMNS: &str = include_str!("../../fixtures/skm-columns.toml");
const ELEMENTS: &str = include_str!("../../fixtures/elements.toml");
/// More than any survey of an office; a file beyond it is a mistake.
pub const MOST_ROWS: usize = 1_000_000;
/// Faults that are told; who has more has another problem.
const MOST_FAULTS: usize = 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreSheet {
    /// Headings as they were written.
    pub labels: Vec<String>,
    pub tally: Tally,
    /// Rows without any answer.
    pub blank: usize,
    /// Rows that somebody set aside.
    pub aside: usize,
    /// Columns that hold nothing but scores and are no known element.
    pub doubtful: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadSheet {
    Unreadable(Unreadable),
    NoElements,
    Twice {
        heading: String,
        first: String,
        second: String,
    },
    Cells {
        faults: Vec<Fault>,
        more: usize,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub row: u32,
    /// `C (U3)`
    pub column: String,
    pub found: String,
    pub kind: FaultKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A whole number that is not on the scale.
    Scale,
    Comma,
    Decimal,
    NoNumber,
    /// More cells than headings.
    Beyond,
}

impl Fault {
    #[must_use]
    pub fn message(&self) -> Message {
        let key = match self.kind {
            FaultKind::Scale => "survey-sheet-scale",
            FaultKind::Comma => "survey-sheet-comma",
            FaultKind::Decimal => "survey-sheet-decimal",
            FaultKind::NoNumber => "survey-sheet-no-number",
            FaultKind::Beyond => "survey-sheet-beyond",
        };
        let found: String = self.found.chars().take(40).collect();
        Message::new(key)
            .with("row", self.row.to_string())
            .with("column", &self.column)
            .with("found", found)
    }
}

/// Reads separated text or a workbook.
pub fn read(bytes: &[u8]) -> Result<ScoreSheet, BadSheet> {
    let table = sheets::read(bytes, MOST_ROWS).map_err(BadSheet::Unreadable)?;
    let (heading, columns) = columns_of(&table)?;
    let width = heading
        .cells
        .keys()
        .next_back()
        .copied()
        .unwrap_or_default();
    let mut tally = Tally::new(columns.len());
    let aside_column = heading
        .cells
        .keys()
        .copied()
        .find(|column| heading.text(*column) == SET_ASIDE);
    let is_aside = |line: &Line| aside_column.is_some_and(|column| !line.text(column).is_empty());
    let (mut faults, mut more, mut answered, mut aside) = (Vec::new(), 0, 0_usize, 0_usize);
    let rows = || {
        table
            .lines
            .iter()
            .filter(|line| line.number > heading.number)
    };
    for line in rows() {
        if is_aside(line) {
            aside += 1;
            continue;
        }
        match scores_of(line, &columns, width) {
            Ok(scores) => {
                answered += usize::from(scores.iter().any(|score| *score != b'-'));
                // The scores were made just now, one of the scale for each element.
                let _ = tally.add(&scores);
            }
            Err(found) => {
                let room = MOST_FAULTS.saturating_sub(faults.len());
                more += found.len().saturating_sub(room);
                faults.extend(found.into_iter().take(room));
            }
        }
    }
    if !faults.is_empty() {
        return Err(BadSheet::Cells { faults, more });
    }
    let all = usize::try_from(table.rows.saturating_sub(heading.number)).unwrap_or(usize::MAX);
    let doubtful = heading
        .cells
        .keys()
        .filter(|column| columns.iter().all(|(known, _)| known != *column))
        .filter(|column| looks_like_scores(rows(), **column))
        .map(|column| heading.text(*column).to_owned());
    Ok(ScoreSheet {
        doubtful: doubtful.collect(),
        labels: columns.into_iter().map(|(_, label)| label).collect(),
        tally,
        blank: all.saturating_sub(answered + aside),
        aside,
    })
}

type Columns = Vec<(usize, String)>;

/// The line of headings, the first that names an element, and the columns of elements in it.
fn columns_of(table: &Table) -> Result<(&Line, Columns), BadSheet> {
    for line in table.lines.iter().take(HEAD_LINES) {
        let mut columns = Columns::new();
        let mut taken = BTreeMap::new();
        // Beside `U1` … a column called "Waktu" is the time at which a form was sent, not an element.
        let has_labels = line
            .cells
            .keys()
            .any(|at| labelled(line.text(*at)).is_some());
        for column in line.cells.keys() {
            let heading = line.text(*column);
            let known = if has_labels {
                labelled(heading)
            } else {
                element_of(heading)
            };
            let Some(element) = known else {
                continue;
            };
            if let Some(first) = taken.insert(element, *column) {
                return Err(BadSheet::Twice {
                    heading: heading.to_owned(),
                    first: column_name(first),
                    second: column_name(*column),
                });
            }
            columns.push((*column, heading.to_owned()));
        }
        if !columns.is_empty() {
            return Ok((line, columns));
        }
    }
    Err(BadSheet::NoElements)
}

fn scores_of(line: &Line, columns: &Columns, width: usize) -> Result<Vec<u8>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut scores = Vec::with_capacity(columns.len());
    for (column, label) in columns {
        let found = line.text(*column);
        match fault_of(found) {
            None => scores.push(found.bytes().next().unwrap_or(b'-')),
            Some(kind) => faults.push(Fault {
                row: line.number,
                column: format!("{} ({label})", column_name(*column)),
                found: found.to_owned(),
                kind,
            }),
        }
    }
    // A decimal comma in a file separated by commas moves everything behind it.
    if let Some(column) = line.cells.keys().find(|column| **column > width) {
        faults.push(Fault {
            row: line.number,
            column: column_name(*column),
            found: line.text(*column).to_owned(),
            kind: FaultKind::Beyond,
        });
    }
    if faults.is_empty() {
        Ok(scores)
    } else {
        Err(faults)
    }
}

/// What is wrong with a cell; nothing with `1` … `4` and an empty one.
fn fault_of(found: &str) -> Option<FaultKind> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = found.strip_prefix(['-', '+']).unwrap_or(found);
    match found {
        "" | "1" | "2" | "3" | "4" => None,
        _ if digits(number) => Some(FaultKind::Scale),
        _ => Some(match (number.split_once(','), number.split_once('.')) {
            (Some((whole, part)), _) if digits(whole) && digits(part) => FaultKind::Comma,
            (_, Some((whole, part))) if digits(whole) && digits(part) => FaultKind::Decimal,
            _ => FaultKind::NoNumber,
        }),
    }
}

/// A misspelt element would vanish silently: a column of several rows that holds nothing but scores.
fn looks_like_scores<'a>(rows: impl Iterator<Item = &'a Line>, column: usize) -> bool {
    let mut filled = rows
        .map(|line| line.text(column))
        .filter(|text| !text.is_empty())
        .peekable();
    filled.peek().is_some() && filled.all(|text| fault_of(text).is_none())
}

#[derive(Deserialize)]
struct ColumnsFile {
    element: Vec<ColumnNames>,
}

#[derive(Deserialize)]
struct ColumnNames {
    id: String,
    #[serde(default)]
    headings: Vec<String>,
    name_id: Option<String>,
    name_en: Option<String>,
}

/// Every known heading, without what headings are compared without, and the element that it names.
static HEADINGS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let file = |text: &str| -> ColumnsFile {
        toml::from_str(text).expect("the shipped headings are read by a test")
    };
    let all = file(COLUMNS)
        .element
        .into_iter()
        .chain(file(ELEMENTS).element);
    all.flat_map(|one| {
        let names = one
            .headings
            .into_iter()
            .chain(one.name_id)
            .chain(one.name_en)
            .chain([one.id.clone()]);
        names
            .map(move |name| (bare(&name), one.id.clone()))
            .collect::<Vec<_>>()
    })
    .collect()
});

fn bare(heading: &str) -> String {
    let letters = heading.chars().filter(|sign| sign.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect::<String>()
}

/// What a heading names: `u3` for `U3`, `U3 Waktu`, `U-3. Waktu`; the stable id for a known name.
pub fn element_of(heading: &str) -> Option<String> {
    labelled(heading).or_else(|| HEADINGS.get(&bare(heading)).cloned())
}

fn labelled(heading: &str) -> Option<String> {
    let rest = heading.strip_prefix(['U', 'u'])?;
    let rest = rest.trim_start_matches([' ', '-', '.', '_']);
    let end = rest
        .find(|sign: char| !sign.is_ascii_digit())
        .unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    let number: u8 = digits
        .parse()
        .ok()
        .filter(|number| (1..=99).contains(number))?;
    let apart = after
        .chars()
        .next()
        .is_none_or(|sign| !sign.is_alphanumeric());
    apart.then(|| format!("u{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_label_or_name() {
        for (heading, element) in [
            ("U1", Some("u1")),
            ("u14", Some("u14")),
            ("U3 Waktu Penyelesaian", Some("u3")),
            ("U-8: Pengaduan", Some("u8")),
            ("Persyaratan", Some("requirements")),
            ("Sistem, Mekanisme, dan Prosedur", Some("procedure")),
            ("PROSEDUR", Some("procedure")),
            ("Biaya / Tarif", Some("cost")),
            ("Sarana & Prasarana", Some("facilities")),
            ("complaint_handling", Some("complaint_handling")),
            ("Umur", None),
            ("U0", None),
            ("U100", None),
            ("U1a", None),
            ("Usia", None),
            ("Jenis kelamin", None),
            ("Unit", None),
        ] {
            assert_eq!(element_of(heading).as_deref(), element, "{heading}");
        }
    }

    #[test]
    fn cells_hold_a_score_or_nothing() {
        for (cell, fault) in [
            ("1", None),
            ("4", None),
            ("", None),
            ("0", Some(FaultKind::Scale)),
            ("5", Some(FaultKind::Scale)),
            ("-1", Some(FaultKind::Scale)),
            ("04", Some(FaultKind::Scale)),
            ("3,5", Some(FaultKind::Comma)),
            ("3.5", Some(FaultKind::Decimal)),
            ("-", Some(FaultKind::NoNumber)),
            ("baik", Some(FaultKind::NoNumber)),
            ("#REF!", Some(FaultKind::NoNumber)),
        ] {
            assert_eq!(fault_of(cell), fault, "{cell}");
        }
    }

    #[test]
    fn blank_rows_are_counted_and_other_columns_left_alone() {
        let text =
            "\u{FEFF}Nama;U1;Usia;U2\r\nAni;3;40;4\r\n;;;\r\nBudi;;33;\r\nCici;4;28;\r\n;;;\r\n";
        let sheet = read(text.as_bytes()).unwrap();
        assert_eq!(sheet.labels, ["U1", "U2"]);
        assert_eq!(sheet.tally.respondents(), 2);
        assert_eq!(sheet.blank, 3);
        assert_eq!(sheet.doubtful, Vec::<String>::new());
    }

    #[test]
    fn what_was_set_aside_does_not_count() {
        let sheet = read(b"U1,U2,set_aside\n3,4,\n4,4,yes\n,,\n").unwrap();
        assert_eq!((sheet.tally.respondents(), sheet.aside), (1, 1));
        assert_eq!(sheet.blank, 1);
    }

    #[test]
    fn beside_labels_a_name_is_no_element() {
        let sheet = read(b"Waktu,U1,U2\n2025-03-01 08:15,3,4\n").unwrap();
        assert_eq!(sheet.labels, ["U1", "U2"]);
        let named = read(b"Persyaratan,Waktu\n3,4\n").unwrap();
        assert_eq!(named.labels, ["Persyaratan", "Waktu"]);
    }

    #[test]
    fn a_misspelt_element_does_not_vanish_silently() {
        let sheet = read(b"U1,Persyaratn,Usia\n3,4,30\n4,4,31\n").unwrap();
        assert_eq!(sheet.doubtful, ["Persyaratn"]);
    }

    #[test]
    fn wrong_cells_are_named_by_row_and_column() {
        let Err(BadSheet::Cells { faults, more }) = read(b"U1;U2\n3;4\n\n5;2\n3;\"3,5\"\n1;2;3\n")
        else {
            panic!("not refused");
        };
        let told: Vec<_> = faults
            .iter()
            .map(|one| (one.row, one.column.as_str(), one.kind))
            .collect();
        assert_eq!(
            told,
            [
                (4, "A (U1)", FaultKind::Scale),
                (5, "B (U2)", FaultKind::Comma),
                (6, "C", FaultKind::Beyond),
            ]
        );
        assert_eq!(more, 0);
    }

    #[test]
    fn a_sheet_without_elements_or_with_one_twice_is_refused() {
        assert_eq!(read(b"Nama,Usia\nAni,30\n"), Err(BadSheet::NoElements));
        let twice = read(b"U1,U2,u1\n1,2,3\n");
        assert!(matches!(twice, Err(BadSheet::Twice { .. })), "{twice:?}");
        assert_eq!(read(b""), Err(BadSheet::Unreadable(Unreadable::Empty)));
    }
}
