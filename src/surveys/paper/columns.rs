//! Which column of a spreadsheet is what, and every row read by it: a sheet, or its faults by cell.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    platform::{
        error::Error,
        i18n::Message,
        sheets::{self, Cell, HEAD_LINES, Line, Table},
    },
    standards::StandardId,
    surveys::{
        answering::service::{Filled, Raw, checked},
        defaults::{PROFILE, profile},
        entity::setup::{element, period},
    },
};

/// What a column may be, by the name of its field: `u1` … the elements, the profile, and these.
pub const SERVICE: &str = "service";
pub const DATE: &str = "date";
pub const COMMENT: &str = "comment";

/// What the file is read against.
pub struct Against<'a> {
    pub period: &'a period::Model,
    pub elements: &'a [element::Model],
    /// Of the period: id, code, name.
    pub services: &'a [(StandardId, String, String)],
    pub today: NaiveDate,
    /// For rows that name no service or day.
    pub usual: (StandardId, NaiveDate),
}

/// The line of headings (0: none), and the column of each part, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    pub heading: u32,
    pub columns: BTreeMap<String, usize>,
}

/// A good row.
#[derive(Clone, Debug)]
pub struct Accepted {
    pub row: u32,
    pub service: StandardId,
    pub day: NaiveDate,
    pub filled: Filled,
}

/// What is wrong with a cell, or with the row where no column is named.
#[derive(Clone, Debug)]
pub struct CellFault {
    pub row: u32,
    pub column: Option<usize>,
    pub found: String,
    pub message: Message,
}

#[derive(Debug, Default)]
pub struct Reading {
    pub accepted: Vec<Accepted>,
    pub faults: Vec<CellFault>,
    /// Rows without a single score, those without anything at all too.
    pub blank: usize,
}

/// The parts in the order of the page.
#[must_use]
pub fn parts(elements: &[element::Model]) -> Vec<String> {
    let scores = (1..=elements.len()).map(|number| format!("u{number}"));
    let others = PROFILE.into_iter().chain([SERVICE, DATE, COMMENT]);
    scores.chain(others.map(str::to_owned)).collect()
}

/// Which part a heading names: an element by its name in the period (`U1`, words may follow), its id or its words.
fn part_of(heading: &str, elements: &[element::Model]) -> Option<String> {
    let words = heading.trim().to_lowercase();
    let first = words.split(|c: char| !c.is_alphanumeric()).next();
    let of_element = elements.iter().position(|one| {
        first == Some(one.label.to_lowercase().as_str())
            || words == one.element_id
            || words == one.name_id.to_lowercase()
            || words == one.name_en.to_lowercase()
    });
    if let Some(at) = of_element {
        return Some(format!("u{}", at + 1));
    }
    let of_profile = profile().iter().find(|field| {
        use crate::platform::i18n::Locale;
        words == field.field
            || words == field.label(Locale::Id).to_lowercase()
            || words == field.label(Locale::En).to_lowercase()
    });
    if let Some(field) = of_profile {
        return Some(field.field.clone());
    }
    let known = match words.as_str() {
        "layanan" | "jenis layanan" | "service" => SERVICE,
        "tanggal" | "date" => DATE,
        "saran" | "komentar" | "saran dan masukan" | "comment" => COMMENT,
        "umur" => "age_band",
        "pendidikan" => "education",
        _ => return None,
    };
    Some(known.to_owned())
}

/// The line with the most known headings is the line of headings.
#[must_use]
pub fn guess(table: &Table, elements: &[element::Model]) -> Mapping {
    let width = sheets::width(table);
    let mut best = Mapping::default();
    for line in table.lines.iter().take(HEAD_LINES) {
        let mut columns = BTreeMap::new();
        for column in 0..width {
            if let Some(part) = part_of(line.text(column), elements) {
                columns.entry(part).or_insert(column);
            }
        }
        if columns.len() > best.columns.len() {
            best = Mapping {
                heading: line.number,
                columns,
            };
        }
    }
    best
}

/// Some column holds scores.
#[must_use]
pub fn has_scores(mapping: &Mapping, elements: usize) -> bool {
    (1..=elements).any(|number| mapping.columns.contains_key(&format!("u{number}")))
}

fn cell_of<'a>(line: &'a Line, mapping: &Mapping, part: &str) -> &'a str {
    let column = mapping.columns.get(part);
    column.map_or("", |at| line.text(*at))
}

/// The texts of a row, by what their columns are.
fn raw_of<'a>(line: &'a Line, mapping: &Mapping, elements: usize) -> Raw<'a> {
    let names = (1..=elements).map(|number| format!("u{number}"));
    Raw {
        scores: names
            .map(|name| {
                let text = plain(cell_of(line, mapping, &name));
                (name, text)
            })
            .collect(),
        profile: PROFILE.map(|part| cell_of(line, mapping, part)),
        comment: cell_of(line, mapping, COMMENT),
    }
}

/// Reads every row below the headings.
#[must_use]
pub fn read(table: &Table, mapping: &Mapping, against: &Against<'_>) -> Reading {
    let below = |number: u32| number > mapping.heading;
    let written = table.lines.iter().filter(|line| below(line.number));
    let rows = usize::try_from(table.rows.saturating_sub(mapping.heading)).unwrap_or_default();
    let mut reading = Reading {
        blank: rows.saturating_sub(written.count()),
        ..Reading::default()
    };
    for line in &table.lines {
        if line.number <= mapping.heading || line.merged_at.is_some() {
            continue;
        }
        let raw = raw_of(line, mapping, against.elements.len());
        if raw.scores.iter().all(|(_, text)| text.trim().is_empty()) {
            reading.blank += 1;
            continue;
        }
        let mut fault = |part: &str, message: Message| {
            let column = mapping.columns.get(part).copied();
            reading.faults.push(CellFault {
                row: line.number,
                column,
                found: column
                    .map_or("", |at| line.text(at))
                    .chars()
                    .take(40)
                    .collect(),
                message,
            });
        };
        let broken = line
            .cells
            .iter()
            .find(|(_, cell)| matches!(cell, Cell::Broken(_)));
        let broken =
            broken.and_then(|(at, _)| mapping.columns.iter().find(|(_, column)| *column == at));
        if let Some((part, _)) = broken {
            fault(part, Message::new("surveys-cell-broken"));
            continue;
        }
        let service = service_of(cell_of(line, mapping, SERVICE), against);
        let day = day_of(cell_of(line, mapping, DATE), against);
        let filled = checked(against.period, &raw);
        match (service, day, filled) {
            (Ok(service), Ok(day), Ok(filled)) => reading.accepted.push(Accepted {
                row: line.number,
                service,
                day,
                filled,
            }),
            (service, day, filled) => {
                if let Err(message) = service {
                    fault(SERVICE, message);
                }
                if let Err(message) = day {
                    fault(DATE, message);
                }
                if let Err(Error::Invalid(faults)) = filled {
                    for one in faults {
                        fault(&one.field, one.message);
                    }
                }
            }
        }
    }
    reading
}

/// A spreadsheet writes the number four as `4` or `4.0`; any other fraction stays what it is and is refused.
fn plain(text: &str) -> &str {
    text.trim().strip_suffix(".0").unwrap_or(text)
}

fn service_of(written: &str, against: &Against<'_>) -> Result<StandardId, Message> {
    let words = written.trim().to_lowercase();
    if words.is_empty() {
        return Ok(against.usual.0);
    }
    let mut services = against.services.iter();
    let found = services.find(|(_, code, name)| *code == words || name.to_lowercase() == words);
    let found = found.map(|(id, ..)| *id);
    found.ok_or_else(|| Message::new("surveys-cell-service"))
}

fn day_of(written: &str, against: &Against<'_>) -> Result<NaiveDate, Message> {
    let text = written.trim();
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    let day = match text {
        "" => against.usual.1,
        text => ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
            .into_iter()
            .find_map(|shape| NaiveDate::parse_from_str(text, shape).ok())
            .ok_or_else(|| Message::new("field-date"))?,
    };
    match super::service::check_day(against.period, against.today, day) {
        Some(message) => Err(message),
        None => Ok(day),
    }
}
