//! A spreadsheet as a plain table: lines with their number as the spreadsheet program shows it. Read from XLSX or
//! separated text, whatever the file is called; nothing in it is computed, run or believed.

mod csv_text;
mod unpacked;
mod xlsx;

use std::collections::{BTreeMap, BTreeSet};

use crate::platform::i18n::Message;

/// Columns beyond these are not looked at: no list of people or reports is so wide.
pub const MOST_COLUMNS: usize = 60;

/// Lines above the people: titles, headings, notes.
pub const HEAD_LINES: usize = 30;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Only lines with something in them, in their order.
    pub lines: Vec<Line>,
    /// The number of the last row, blank ones counted too.
    pub rows: u32,
    /// Sheets of the same workbook that have something in them and were not read.
    pub unread: Vec<String>,
    /// Sheets with something in them that the workbook hides: they are never read.
    pub hidden_sheets: Vec<String>,
    /// Columns that the sheet hides; what stands in them is read all the same.
    pub hidden_columns: BTreeSet<usize>,
    /// How many more lines the sheet has than were asked for; they are not kept.
    pub beyond: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1.
    pub number: u32,
    pub hidden: bool,
    /// The first column of a merge over several columns: a title, not a person.
    pub merged_at: Option<usize>,
    /// Columns whose text is that of a merged cell which begins above.
    pub merged_from_above: BTreeSet<usize>,
    pub cells: BTreeMap<usize, Cell>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    /// `#REF!` and its kind, also where it was saved as text.
    Broken(String),
}

/// What spreadsheet programs write where a formula failed; copied, or saved as text, it looks like words.
const FAILED: [&str; 14] = [
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#GETTING_DATA",
];

impl Cell {
    /// What a cell with these words says; they are not empty.
    fn of_text(text: &str) -> Self {
        let text = text.trim();
        let word = text.to_ascii_uppercase();
        let numbered = word.strip_prefix("ERR:").is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        // A column too narrow for its number shows nothing else.
        let narrow = word.len() > 2 && word.bytes().all(|byte| byte == b'#');
        match numbered || narrow || FAILED.contains(&word.as_str()) {
            true => Self::Broken(text.to_owned()),
            false => Self::Text(text.to_owned()),
        }
    }
}

impl Line {
    /// The text of a cell, empty where there is none.
    #[must_use]
    pub fn text(&self, column: usize) -> &str {
        match self.cells.get(&column) {
            Some(Cell::Text(text) | Cell::Broken(text)) => text,
            None => "",
        }
    }
}

/// Why a file gives no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("nothing is in it")]
    Empty,
    #[error("it is no spreadsheet")]
    NoSpreadsheet,
    #[error("it is of the old kind, or locked by a password")]
    OldOrLocked,
    #[error("more text than any list has")]
    TooMuchText,
    #[error("{found} rows, at most {most}")]
    TooManyRows { found: usize, most: usize },
}

impl Unreadable {
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new("import-file-empty"),
            Self::NoSpreadsheet => Message::new("import-file-kind"),
            Self::OldOrLocked => Message::new("import-file-old"),
            Self::TooMuchText => Message::new("import-file-much"),
            Self::TooManyRows { found, most } => Message::new("import-file-long")
                .with("found", found)
                .with("most", most),
        }
    }
}

/// Reads the bytes as XLSX or as separated text, whatever the file is called; one with more lines is refused.
pub fn read(bytes: &[u8], most: usize) -> Result<Table, Unreadable> {
    let table = read_first(bytes, most)?;
    if table.beyond > 0 {
        let found = table.lines.len() + table.beyond;
        return Err(Unreadable::TooManyRows { found, most });
    }
    Ok(table)
}

/// The refusal of a table with more rows below its headings than are read at once.
#[must_use]
pub fn too_long(found: usize, most: usize) -> Message {
    Message::new("import-file-rows")
        .with("found", found)
        .with("most", most)
}

/// The same with the first lines of a longer file, for who knows which of them are headings.
pub fn read_first(bytes: &[u8], most: usize) -> Result<Table, Unreadable> {
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
    let table = if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    } else if bytes.starts_with(b"PK") {
        xlsx::read(bytes, most)?
    } else if bytes.starts_with(OLE) {
        return Err(Unreadable::OldOrLocked);
    } else {
        csv_text::read(bytes, most)?
    };
    if table.lines.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(table)
}

/// How many columns the table has.
#[must_use]
pub fn width(table: &Table) -> usize {
    let last = table
        .lines
        .iter()
        .filter_map(|line| line.cells.keys().next_back());
    last.max()
        .map_or(0, |column| (column + 1).min(MOST_COLUMNS))
}

/// `B: Nama Instansi`; without headings, what stands in the column first.
#[must_use]
pub fn column_label(table: &Table, heading: u32, column: usize) -> String {
    let named = table.lines.iter().find(|line| line.number == heading);
    let first = || {
        let lines = table.lines.iter().take(HEAD_LINES);
        lines
            .map(|line| line.text(column))
            .find(|text| !text.is_empty())
    };
    let words = named
        .map(|line| line.text(column))
        .filter(|text| !text.is_empty())
        .or_else(first)
        .unwrap_or_default();
    let words: String = words.chars().take(40).collect();
    format!("{}: {words}", column_name(column))
}

/// `B` for 1, as the spreadsheet program calls the column.
#[must_use]
pub fn column_name(column: usize) -> String {
    let mut rest = column + 1;
    let mut name = String::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        name.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_spreadsheets_do() {
        for (column, name) in [
            (0, "A"),
            (1, "B"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (702, "AAA"),
        ] {
            assert_eq!(column_name(column), name);
        }
    }

    #[test]
    fn what_is_no_spreadsheet_is_told_apart() {
        for (bytes, why) in [
            (&b""[..], Unreadable::Empty),
            (b" \r\n\r\n", Unreadable::Empty),
            (
                b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\x00\x01",
                Unreadable::NoSpreadsheet,
            ),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Unreadable::NoSpreadsheet),
            (
                b"<!DOCTYPE html><html><body>x</body></html>",
                Unreadable::NoSpreadsheet,
            ),
            (b"PK\x03\x04broken", Unreadable::NoSpreadsheet),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Unreadable::OldOrLocked),
        ] {
            assert_eq!(
                read(bytes, 100),
                Err(why),
                "{}",
                String::from_utf8_lossy(bytes)
            );
        }
    }
}
