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
        score_sheet::element_of,
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

/// Which part a heading names: an element by its label in the period (`U1`, words may follow), its id, its words or what
/// offices shorten them to.
fn part_of(heading: &str, elements: &[element::Model]) -> Option<String> {
    let words = heading.trim().to_lowercase();
    // As `rembuk skm` reads them; elements of the unit's own are known by their names.
    let known = element_of(heading.trim()).unwrap_or_default();
    let of_element = elements.iter().position(|one| {
        one.label.to_lowercase() == known
            || one.element_id == known
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
        "saran" | "komentar" | "saran dan masukan" | "catatan" | "comment" => COMMENT,
        "umur" | "usia" | "kelompok umur" => "age_band",
        "pendidikan" | "pendidikan terakhir" => "education",
        "kelamin" => "sex",
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

/// The columns with something in them that stand for nothing: what an office wrote there is not kept, also where it gave
/// the column no heading. Only where there is a line of headings: without one, no column has a name to be chosen by.
#[must_use]
pub fn unused(table: &Table, mapping: &Mapping) -> Vec<usize> {
    let used = |column: &usize| mapping.columns.values().any(|known| known == column);
    let written = |column: &usize| {
        let mut below = table
            .lines
            .iter()
            .filter(|line| line.number > mapping.heading);
        below.any(|line| !line.text(*column).is_empty())
    };
    let mut lines = table.lines.iter();
    if !lines.any(|line| line.number == mapping.heading) {
        return Vec::new();
    }
    (0..sheets::width(table))
        .filter(|column| !used(column) && written(column))
        .collect()
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

/// A column beside the one that was taken for an element and that names the same one: which of the two holds its answers
/// nobody knows.
fn named_twice(table: &Table, mapping: &Mapping, elements: &[element::Model]) -> Vec<CellFault> {
    let Some(line) = table.lines.iter().find(|one| one.number == mapping.heading) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    for column in 0..sheets::width(table) {
        let part = part_of(line.text(column), elements);
        let is_element = |part: &String| {
            let number = part.strip_prefix('u');
            number.is_some_and(|number| number.parse::<usize>().is_ok())
        };
        let part = part.filter(is_element);
        let first = part.and_then(|part| mapping.columns.get(&part).copied());
        if let Some(first) = first.filter(|first| *first != column) {
            let message = Message::new("surveys-cell-twice")
                .with("first", line.text(first).trim())
                .with("second", line.text(column).trim());
            faults.push(fault_at(line, Some(column), message));
        }
    }
    faults
}

/// Rows below the headings.
#[must_use]
pub fn rows(table: &Table, mapping: &Mapping) -> usize {
    let below = |line: &&Line| line.number > mapping.heading;
    table.lines.iter().filter(below).count()
}

/// Reads every row below the headings.
#[must_use]
pub fn read(table: &Table, mapping: &Mapping, against: &Against<'_>) -> Reading {
    let written = rows(table, mapping);
    let rows = usize::try_from(table.rows.saturating_sub(mapping.heading)).unwrap_or_default();
    let mut reading = Reading {
        blank: rows.saturating_sub(written),
        faults: named_twice(table, mapping, against.elements),
        ..Reading::default()
    };
    for line in &table.lines {
        if line.number <= mapping.heading {
            continue;
        }
        match read_line(line, mapping, against) {
            Ok(Some(accepted)) => reading.accepted.push(accepted),
            Ok(None) => reading.blank += 1,
            Err(faults) => reading.faults.extend(faults),
        }
    }
    reading
}

fn fault_at(line: &Line, column: Option<usize>, message: Message) -> CellFault {
    let found = column.map_or("", |at| line.text(at));
    CellFault {
        row: line.number,
        column,
        found: found.chars().take(40).collect(),
        message,
    }
}

/// None for a line without a single score: a title, a total, an empty row.
fn read_line(
    line: &Line,
    mapping: &Mapping,
    against: &Against<'_>,
) -> Result<Option<Accepted>, Vec<CellFault>> {
    let fault =
        |part: &str, message: Message| fault_at(line, mapping.columns.get(part).copied(), message);
    let mut columns = mapping.columns.iter();
    let broken =
        columns.find(|(_, column)| matches!(line.cells.get(*column), Some(Cell::Broken(_))));
    if let Some((part, _)) = broken {
        return Err(vec![fault(part, Message::new("surveys-cell-broken"))]);
    }
    let raw = raw_of(line, mapping, against.elements.len());
    if raw.scores.iter().all(|(_, text)| text.trim().is_empty()) {
        return Ok(None);
    }
    if line.hidden {
        return Err(vec![fault_at(
            line,
            None,
            Message::new("surveys-cell-hidden"),
        )]);
    }
    if let Some(column) = line.merged_at {
        let message = Message::new("surveys-cell-merged");
        return Err(vec![fault_at(line, Some(column), message)]);
    }
    let mut faults: Vec<CellFault> = raw
        .scores
        .iter()
        // Typed from paper it is no answer; a file with noughts may be of another scale, whose lowest answers would vanish.
        .filter(|(_, text)| *text == "0")
        .map(|(part, _)| fault(part, Message::new("surveys-cell-zero")))
        .collect();
    let service = service_of(cell_of(line, mapping, SERVICE), against);
    let service = service.map_err(|message| faults.push(fault(SERVICE, message)));
    let day = day_of(cell_of(line, mapping, DATE), against);
    let day = day.map_err(|message| faults.push(fault(DATE, message)));
    let filled = checked(against.period, &raw).map_err(|error| {
        if let Error::Invalid(wrong) = error {
            faults.extend(wrong.into_iter().map(|one| fault(&one.field, one.message)));
        }
    });
    match (service, day, filled) {
        (Ok(service), Ok(day), Ok(filled)) if faults.is_empty() => Ok(Some(Accepted {
            row: line.number,
            service,
            day,
            filled,
        })),
        _ => Err(faults),
    }
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
