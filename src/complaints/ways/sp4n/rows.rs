//! From lines to reports: each is new, or known already, or every fault of it is named with its cell.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::{
    columns::{Mapping, Part},
    dates,
};
use crate::{
    complaints::{rules::Kind, ways::entry},
    platform::{
        check::Check,
        error::Error,
        i18n::Message,
        sheets::{Cell, Line, Table, column_name},
    },
};

/// A report that becomes a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub row: u32,
    pub tracking_id: String,
    pub subject: String,
    pub description: String,
    pub kind: Kind,
    /// Local.
    pub received: NaiveDateTime,
    /// Local; when it was written there, where the list has a day for it.
    pub reported: Option<NaiveDateTime>,
    pub status: String,
    pub disposition: String,
    pub service: Option<String>,
    pub name: Option<String>,
    pub anonymous: bool,
    pub confidential: bool,
    /// The row as it stood, heading by heading.
    pub original: String,
}

/// A report that is a case already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub number: String,
    pub status: String,
    pub disposition: String,
    /// It was anonymised here: nothing of it is taken in again.
    pub forgotten: bool,
}

/// A known report of which the list says something else than was known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub row: u32,
    pub tracking_id: String,
    pub number: String,
    pub before: String,
    pub after: String,
    pub status: String,
    pub disposition: String,
}

impl Change {
    /// Whether what is known now is still what the list was compared with.
    #[must_use]
    pub fn still_fits(&self, known: &Known) -> bool {
        !known.forgotten && joined(&known.status, &known.disposition) == self.before
    }
}

/// Something wrong with a row, in a cell or with the row as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub row: u32,
    pub column: Option<usize>,
    /// A stable word for programs.
    pub code: String,
    pub message: Message,
}

impl Fault {
    /// `B7`, or nothing where the row as a whole is meant.
    #[must_use]
    pub fn cell(&self) -> Option<String> {
        self.column
            .map(|column| format!("{}{}", column_name(column), self.row))
    }
}

/// What a list says under a mapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub new: Vec<Report>,
    /// Rows of new ones that are old already: a wrong year would make a case late on its first day.
    pub old: Vec<u32>,
    /// Known, and as it was known.
    pub same: usize,
    pub changes: Vec<Change>,
    pub faults: Vec<Fault>,
}

impl Reading {
    /// How many rows are left out; one row may have several faults.
    #[must_use]
    pub fn faulty_rows(&self) -> usize {
        let rows: BTreeSet<u32> = self.faults.iter().map(|fault| fault.row).collect();
        rows.len()
    }
}

/// What the rows are read against.
pub struct Around<'a> {
    /// Cases by tracking id.
    pub known: &'a HashMap<String, Known>,
    /// (code, name) of the unit's services.
    pub services: &'a [(String, String)],
    /// The local moment of reading: nothing was received later.
    pub now: NaiveDateTime,
    /// The unit's.
    pub zone: Tz,
}

/// The tracking ids of all rows, to look up which are known.
#[must_use]
pub fn tracking_ids(table: &Table, mapping: &Mapping) -> Vec<String> {
    let Some(column) = mapping.columns.get(&Part::TrackingId) else {
        return Vec::new();
    };
    let ids: BTreeSet<String> = below(table, mapping)
        .filter_map(|line| tracking_id(line.text(*column)))
        .collect();
    ids.into_iter().collect()
}

fn below<'a>(table: &'a Table, mapping: &Mapping) -> impl Iterator<Item = &'a Line> {
    let heading = mapping.heading;
    table.lines.iter().filter(move |line| line.number > heading)
}

/// `#7654321 ` means 7654321; what is no id names nothing.
#[must_use]
pub fn tracking_id(text: &str) -> Option<String> {
    let plain = text.trim().trim_start_matches('#').to_uppercase();
    let sound = |c: char| c.is_ascii_alphanumeric() || "-/.".contains(c);
    let fits = (3..=40).contains(&plain.len())
        && plain.chars().all(sound)
        && plain.chars().any(|c| c.is_ascii_digit());
    fits.then_some(plain)
}

/// Reads every line below the headings.
#[must_use]
pub fn read_rows(table: &Table, mapping: &Mapping, around: &Around<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut seen: HashMap<String, u32> = HashMap::new();
    let heading = table
        .lines
        .iter()
        .find(|line| line.number == mapping.heading);
    for line in below(table, mapping) {
        let row = Row {
            line,
            heading,
            mapping,
        };
        match row.read(around) {
            Err(faults) => reading.faults.extend(faults),
            Ok(None) => {}
            Ok(Some(report)) => {
                if let Some(first) = seen.get(&report.tracking_id) {
                    let message = Message::new("import-fault-twice").with("row", *first);
                    let fault = row.fault(Some(Part::TrackingId), "duplicate_in_file", message);
                    reading.faults.push(fault);
                    continue;
                }
                seen.insert(report.tracking_id.clone(), report.row);
                match around.known.get(&report.tracking_id) {
                    None if is_over(&report.status) => {
                        let message =
                            Message::new("ways-sp4n-fault-over").with("status", &report.status);
                        let fault = row.fault(Some(Part::Status), "finished_there", message);
                        reading.faults.push(fault);
                    }
                    None => {
                        if entry::is_long_ago(report.received.date(), around.now.date()) {
                            reading.old.push(report.row);
                        }
                        reading.new.push(report);
                    }
                    Some(known) => note_known(&mut reading, known, report),
                }
            }
        }
    }
    reading
}

fn note_known(reading: &mut Reading, known: &Known, report: Report) {
    let differs = |there: &str, here: &str| !there.is_empty() && there != here;
    let changed =
        differs(&report.status, &known.status) || differs(&report.disposition, &known.disposition);
    if changed && !known.forgotten {
        reading.changes.push(Change {
            row: report.row,
            tracking_id: report.tracking_id,
            number: known.number.clone(),
            before: joined(&known.status, &known.disposition),
            after: joined(&report.status, &report.disposition),
            status: report.status,
            disposition: report.disposition,
        });
    } else {
        reading.same += 1;
    }
}

fn joined(status: &str, disposition: &str) -> String {
    let parts = [status, disposition].map(str::trim);
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

/// What is finished there needs no answer here; as a new case it would be late on the day it comes in.
fn is_over(status: &str) -> bool {
    let plain = status.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    has(&["selesai", "ditutup", "diarsip", "closed", "dihapus"])
        && !has(&["belum", "tidak selesai", "not"])
}

/// One line with what its columns mean.
struct Row<'a> {
    line: &'a Line,
    heading: Option<&'a Line>,
    mapping: &'a Mapping,
}

impl Row<'_> {
    fn fault(&self, part: Option<Part>, code: &str, message: Message) -> Fault {
        Fault {
            row: self.line.number,
            column: part.and_then(|part| self.mapping.columns.get(&part).copied()),
            code: code.to_owned(),
            message,
        }
    }

    fn text(&self, part: Part) -> &str {
        let column = self.mapping.columns.get(&part);
        column.map_or("", |column| self.line.text(*column))
    }

    /// Line breaks and doubled blanks of a cell are layout.
    fn line_of(&self, part: Part) -> String {
        let words: Vec<&str> = self.text(part).split_whitespace().collect();
        words.join(" ")
    }

    /// None for a line that has nothing in the columns that are read.
    fn read(&self, around: &Around<'_>) -> Result<Option<Report>, Vec<Fault>> {
        let columns = &self.mapping.columns;
        if columns
            .values()
            .all(|column| self.line.text(*column).is_empty())
        {
            return Ok(None);
        }
        if self.line.hidden {
            let message = Message::new("ways-sp4n-fault-hidden");
            return Err(vec![self.fault(None, "hidden_row", message)]);
        }
        if let Some(column) = self.line.merged_at {
            let message = Message::new("ways-sp4n-fault-merged");
            return Err(vec![Fault {
                column: Some(column),
                ..self.fault(None, "merged_cells", message)
            }]);
        }
        let broken: Vec<Fault> = columns
            .values()
            .filter_map(|column| match self.line.cells.get(column) {
                Some(Cell::Broken(shown)) => Some(Fault {
                    column: Some(*column),
                    ..self.fault(
                        None,
                        "cell_error",
                        Message::new("import-fault-broken").with("shown", shown),
                    )
                }),
                _ => None,
            })
            .collect();
        if !broken.is_empty() {
            return Err(broken);
        }
        self.report(around).map(Some)
    }

    fn report(&self, around: &Around<'_>) -> Result<Report, Vec<Fault>> {
        let mut faults = Vec::new();
        let tracking = tracking_id(self.text(Part::TrackingId)).unwrap_or_else(|| {
            let message = Message::new("ways-sp4n-fault-id");
            faults.push(self.fault(Some(Part::TrackingId), "tracking_id", message));
            String::new()
        });
        let received = self.received(around).unwrap_or_else(|fault| {
            faults.push(fault);
            NaiveDateTime::default()
        });
        let reported = self.reported(received, around).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        });
        let name = self.line_of(Part::Name);
        let nameless = name.to_lowercase().starts_with("anonim");
        let privacy = self.text(Part::Privacy).to_lowercase();
        let anonymous = nameless || privacy.contains("anonim");
        let mut check = Check::new();
        let description = check.text("description", self.text(Part::Description), 3, 5000);
        let subject = match self.line_of(Part::Subject) {
            empty if empty.is_empty() => entry::subject_of(&description, anonymous),
            given => check.line("subject", &given, 3, 150),
        };
        let name = if nameless {
            None
        } else {
            check.optional("name", &name, 120)
        };
        let status = check
            .optional("status", &self.line_of(Part::Status), 120)
            .unwrap_or_default();
        let disposition = check
            .optional("disposition", &self.line_of(Part::Disposition), 300)
            .unwrap_or_default();
        if let Err(Error::Invalid(errors)) = check.finish() {
            faults.extend(errors.into_iter().map(|error| {
                let part = Part::ALL
                    .into_iter()
                    .find(|part| part.code() == error.field);
                let code = error
                    .message
                    .key()
                    .trim_start_matches("field-")
                    .replace('-', "_");
                self.fault(part, &code, error.message)
            }));
        }
        let kind = self.kind().unwrap_or_else(|fault| {
            faults.push(fault);
            Kind::default()
        });
        if !faults.is_empty() {
            return Err(faults);
        }
        let wanted = self.line_of(Part::Service).to_lowercase();
        let service = around
            .services
            .iter()
            .find(|(code, title)| code.to_lowercase() == wanted || title.to_lowercase() == wanted);
        Ok(Report {
            row: self.line.number,
            tracking_id: tracking,
            subject,
            description,
            kind,
            received,
            reported,
            status,
            disposition,
            service: service.map(|(code, _)| code.clone()),
            name,
            anonymous,
            confidential: privacy.contains("rahasia"),
            original: self.original(),
        })
    }

    fn received(&self, around: &Around<'_>) -> Result<NaiveDateTime, Fault> {
        let part = Some(Part::Received);
        match dates::moment(self.text(Part::Received), around.zone) {
            None => Err(self.fault(part, "date", Message::new("ways-sp4n-fault-date"))),
            Some(at) if at > around.now => {
                let message = Message::new("complaints-received-in-future");
                Err(self.fault(part, "in_future", message))
            }
            Some(at) => Ok(at),
        }
    }

    /// The day on which it was written lies on or before that on which it was handed over: the other way round the columns
    /// are confused, and the deadline would be counted from the wrong one.
    fn reported(
        &self,
        received: NaiveDateTime,
        around: &Around<'_>,
    ) -> Result<Option<NaiveDateTime>, Fault> {
        let text = self.text(Part::Reported);
        if text.trim().is_empty() {
            return Ok(None);
        }
        let part = Some(Part::Reported);
        match dates::moment(text, around.zone) {
            None => Err(self.fault(part, "date", Message::new("ways-sp4n-fault-date"))),
            Some(at) if received != NaiveDateTime::default() && at.date() > received.date() => {
                let message = Message::new("ways-sp4n-fault-order");
                Err(self.fault(part, "date_order", message))
            }
            Some(at) => Ok(Some(at)),
        }
    }

    /// SP4N-LAPOR knows pengaduan, aspirasi and permintaan informasi; a list without the column holds complaints.
    fn kind(&self) -> Result<Kind, Fault> {
        let plain = self.text(Part::Kind).to_lowercase();
        let has = |word: &str| plain.contains(word);
        match () {
            () if plain.trim().is_empty() || has("aduan") || has("complaint") => {
                Ok(Kind::Complaint)
            }
            () if has("aspirasi") || has("saran") => Ok(Kind::Aspiration),
            () if has("informasi") || has("information") => Ok(Kind::InformationRequest),
            () if has("apresiasi") || has("pujian") => Ok(Kind::Praise),
            () => {
                let shown: String = plain.chars().take(60).collect();
                let message = Message::new("ways-sp4n-fault-kind").with("shown", shown);
                Err(self.fault(Some(Part::Kind), "kind_unknown", message))
            }
        }
    }

    fn original(&self) -> String {
        let cells = self.line.cells.keys().map(|column| {
            let heading = self.heading.map_or("", |line| line.text(*column));
            let name = column_name(*column);
            format!("{name} {heading}: {}", self.line.text(*column))
        });
        cells.collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
