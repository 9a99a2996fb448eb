//! The joint decrees (SKB 3 Menteri) as a table: date, name, category, decree, certainty. One copy is
//! built in, later ones are imported in the same form, because decrees are amended during the year
//! (18 August 2025 was added on 7 August).

use std::collections::HashSet;
use std::fmt;

use chrono::NaiveDate;
use csv::StringRecord;

use super::working_days::{Certainty, Holiday, HolidayCategory, Holidays};

const BUILT_IN: &str = include_str!("../../fixtures/holidays-id.csv");
const COLUMNS: [&str; 5] = ["date", "name", "category", "decree", "certainty"];

/// Every problem of a table at once, so the officer who imports it corrects it once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecreeErrors(pub Vec<DecreeError>);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct DecreeError {
    /// As a text editor counts: the header is line 1.
    pub line: u64,
    pub column: &'static str,
    pub problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("this column is missing from the header")]
    NoColumn,
    #[error("is empty")]
    Empty,
    #[error("{0:?} is not a date; write it as 2026-03-19")]
    Date(String),
    #[error("{found:?} is not one of: {}", .known.join(", "))]
    Unknown {
        found: String,
        known: Vec<&'static str>,
    },
    #[error("the same day with the same category stands on an earlier line")]
    Twice,
    #[error("cannot be read as CSV in UTF-8")]
    Unreadable,
}

impl fmt::Display for DecreeErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for DecreeErrors {}

/// The decrees known when this version was built.
pub fn built_in() -> Result<Holidays, DecreeErrors> {
    Ok(parse(BUILT_IN)?.into_iter().collect())
}

pub fn parse(table: &str) -> Result<Vec<Holiday>, DecreeErrors> {
    // Spreadsheets put a byte order mark before the first column's name.
    let table = table.strip_prefix('\u{feff}').unwrap_or(table);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(table.as_bytes());
    let unreadable = |line| DecreeError {
        line,
        column: COLUMNS[0],
        problem: Problem::Unreadable,
    };
    let header = reader
        .headers()
        .map_err(|_| DecreeErrors(vec![unreadable(1)]))?;
    let columns = Columns::find(header)?;

    let mut holidays = Vec::new();
    let mut errors = Vec::new();
    let mut seen = HashSet::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                errors.push(unreadable(line_of(table, error.position())));
                continue;
            }
        };
        let line = line_of(table, record.position());
        match columns.holiday(&record, line) {
            Ok(day) if seen.insert((day.date, day.category)) => holidays.push(day),
            Ok(_) => errors.push(DecreeError {
                line,
                column: COLUMNS[0],
                problem: Problem::Twice,
            }),
            Err(mut found) => errors.append(&mut found),
        }
    }
    if errors.is_empty() {
        Ok(holidays)
    } else {
        Err(DecreeErrors(errors))
    }
}

/// Where each of `COLUMNS` stands in this table; the order is free and further columns are ignored.
struct Columns([usize; COLUMNS.len()]);

impl Columns {
    fn find(header: &StringRecord) -> Result<Self, DecreeErrors> {
        let mut places = [0; COLUMNS.len()];
        let mut errors = Vec::new();
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            match header.iter().position(|name| name == column) {
                Some(found) => *place = found,
                None => errors.push(DecreeError {
                    line: 1,
                    column,
                    problem: Problem::NoColumn,
                }),
            }
        }
        if errors.is_empty() {
            Ok(Self(places))
        } else {
            Err(DecreeErrors(errors))
        }
    }

    fn holiday(&self, record: &StringRecord, line: u64) -> Result<Holiday, Vec<DecreeError>> {
        let mut row = Row {
            columns: self,
            record,
            line,
            errors: Vec::new(),
        };
        let date = row.read(0, |text| {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| Problem::Date(text.to_owned()))
        });
        let name = row.read(1, |text| Ok(text.to_owned()));
        let category = row.read(2, |text| one_of(text, &CATEGORIES));
        let decree = row.read(3, |text| Ok(text.to_owned()));
        let certainty = row.read(4, |text| one_of(text, &CERTAINTIES));
        match (date, name, category, decree, certainty) {
            (Some(date), Some(name), Some(category), Some(decree), Some(certainty)) => {
                Ok(Holiday {
                    date,
                    name,
                    category,
                    decree,
                    certainty,
                })
            }
            _ => Err(row.errors),
        }
    }
}

struct Row<'a> {
    columns: &'a Columns,
    record: &'a StringRecord,
    line: u64,
    errors: Vec<DecreeError>,
}

impl Row<'_> {
    fn read<T>(&mut self, column: usize, parse: impl Fn(&str) -> Result<T, Problem>) -> Option<T> {
        let value = match self.record.get(self.columns.0[column]) {
            None | Some("") => Err(Problem::Empty),
            Some(text) => parse(text),
        };
        value
            .map_err(|problem| {
                self.errors.push(DecreeError {
                    line: self.line,
                    column: COLUMNS[column],
                    problem,
                });
            })
            .ok()
    }
}

const CATEGORIES: [(&str, HolidayCategory); 2] = [
    ("national_holiday", HolidayCategory::NationalHoliday),
    ("collective_leave", HolidayCategory::CollectiveLeave),
];
const CERTAINTIES: [(&str, Certainty); 2] = [
    ("fixed", Certainty::Fixed),
    ("estimated", Certainty::Estimated),
];

fn one_of<T: Copy>(text: &str, known: &[(&'static str, T)]) -> Result<T, Problem> {
    known
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, value)| *value)
        .ok_or_else(|| {
            let known = known.iter().map(|(name, _)| *name).collect();
            Problem::Unknown {
                found: text.to_owned(),
                known,
            }
        })
}

/// The line on which a record begins. The reader's own answer points before the blank lines it skips.
fn line_of(table: &str, position: Option<&csv::Position>) -> u64 {
    let Some(position) = position else { return 0 };
    let rest = usize::try_from(position.byte())
        .ok()
        .and_then(|byte| table.get(byte..));
    let blank = rest
        .unwrap_or_default()
        .chars()
        .take_while(|c| matches!(c, '\r' | '\n'));
    position.line() + blank.filter(|c| *c == '\n').count() as u64
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;

    use super::*;

    #[test]
    fn the_built_in_decrees_have_the_days_the_ministers_announced() {
        let holidays = built_in().unwrap();
        let count = |year, category| {
            holidays
                .iter()
                .filter(|h| h.date.year() == year && h.category == category)
                .count()
        };
        for (year, national, leave) in [(2025, 17, 11), (2026, 17, 8), (2027, 18, 8)] {
            assert_eq!(
                count(year, HolidayCategory::NationalHoliday),
                national,
                "{year}"
            );
            assert_eq!(
                count(year, HolidayCategory::CollectiveLeave),
                leave,
                "{year}"
            );
        }
        assert_eq!(
            holidays.known_until(),
            NaiveDate::from_ymd_opt(2027, 12, 31)
        );
        let added = holidays
            .on(NaiveDate::from_ymd_opt(2025, 8, 18).unwrap())
            .unwrap();
        assert_eq!(added.decree, "SKB 933/1/3-2025");
        assert!(
            holidays
                .iter()
                .all(|h| h.certainty == Certainty::Fixed || h.date.year() == 2027)
        );
    }

    #[test]
    fn columns_may_stand_in_any_order_after_a_byte_order_mark() {
        let days = parse(
            "\u{feff}decree,certainty,category,weekday,name,date\n\
             SKB 1,estimated,collective_leave,Rabu,\"Nyepi, Cuti\",2026-03-18\n",
        )
        .unwrap();
        assert_eq!(
            days,
            [Holiday {
                date: NaiveDate::from_ymd_opt(2026, 3, 18).unwrap(),
                name: "Nyepi, Cuti".into(),
                category: HolidayCategory::CollectiveLeave,
                decree: "SKB 1".into(),
                certainty: Certainty::Estimated,
            }]
        );
    }

    #[test]
    fn every_mistake_in_a_table_is_named_with_line_and_column() {
        let errors = parse(
            "date,name,category,decree,certainty\n\
             2026-01-01,Tahun Baru,national_holiday,SKB 1,fixed\n\
             19/03/2026,Nyepi,libur,SKB 1,fixed\n\
             \n\
             2026-01-01,Lagi,national_holiday,SKB 1,fixed\n\
             2026-02-30,,national_holiday,SKB 1\n",
        )
        .unwrap_err();
        assert_eq!(
            errors.to_string(),
            "line 3, column date: \"19/03/2026\" is not a date; write it as 2026-03-19\n\
             line 3, column category: \"libur\" is not one of: national_holiday, collective_leave\n\
             line 5, column date: the same day with the same category stands on an earlier line\n\
             line 6, column date: \"2026-02-30\" is not a date; write it as 2026-03-19\n\
             line 6, column name: is empty\n\
             line 6, column certainty: is empty"
        );
    }

    #[test]
    fn a_missing_column_is_named() {
        let errors = parse("date;name;category;decree;certainty\n").unwrap_err();
        assert_eq!(errors.0.len(), 5);
        let errors = parse("date,name,category,certainty\n").unwrap_err();
        assert_eq!(
            errors.to_string(),
            "line 1, column decree: this column is missing from the header"
        );
        assert_eq!(parse("").unwrap_err().0.len(), 5);
    }

    #[test]
    fn a_year_without_a_decree_ends_what_is_known() {
        let row = |year: &i32| format!("{year}-01-01,x,national_holiday,SKB,fixed\n");
        for (years, known) in [
            (&[2025, 2026, 2028][..], 2026),
            (&[2025], 2025),
            (&[1999, 2025, 2026], 2026),
            (&[2025, 2026, 2027, 2062], 2027),
            (&[2025, 2026, 2028, 2029], 2026),
        ] {
            let table: String = years.iter().map(row).collect();
            let days = parse(&format!("date,name,category,decree,certainty\n{table}")).unwrap();
            let holidays: Holidays = days.into_iter().collect();
            assert_eq!(
                holidays.known_until(),
                NaiveDate::from_ymd_opt(known, 12, 31),
                "{years:?}"
            );
        }
        assert_eq!(Holidays::default().known_until(), None);
    }
}
