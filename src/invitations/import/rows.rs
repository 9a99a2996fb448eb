//! From lines to recipients: each is good, or every fault of it is named with its cell.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    mapping::{Mapping, Part, group_of},
    oddities,
};
use crate::{
    calendar::dates,
    contacts,
    forums::Group,
    invitations::{Recipient, RecipientFields, remark, twins},
    platform::{
        error::{Error, FieldError},
        i18n::Message,
        sheets::{Cell, Line, Table, column_name},
        web::forms::Form,
    },
};

/// A row that can be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub row: u32,
    pub fields: RecipientFields,
    /// As the columns say it, for the contact book: a person, and a position.
    pub name: String,
    pub position: String,
    /// What stands in the column of the group and is no group: the usual one was taken.
    pub no_group: Option<String>,
    /// The usual group was taken, whatever stands there.
    pub usual_group: bool,
    /// What somebody should look at; the row is taken all the same.
    pub warnings: Vec<Fault>,
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
    /// `B7`, or the number of the row alone.
    #[must_use]
    pub fn cell(&self) -> String {
        match self.column {
            Some(column) => format!("{}{}", column_name(column), self.row),
            None => self.row.to_string(),
        }
    }
}

/// What a file says under a mapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub accepted: Vec<Accepted>,
    pub faults: Vec<Fault>,
    /// The row of the headings; 0 where there is none.
    pub heading: u32,
}

impl Reading {
    /// What somebody should look at before the good rows are taken.
    pub fn warnings(&self) -> impl Iterator<Item = &Fault> {
        self.accepted.iter().flat_map(|row| &row.warnings)
    }

    /// How many rows those are; one row may have several.
    #[must_use]
    pub fn warned_rows(&self) -> usize {
        let warned = |row: &&Accepted| !row.warnings.is_empty();
        self.accepted.iter().filter(warned).count()
    }

    /// How many rows are left out; one row may have several faults, and a doubled heading leaves nobody out.
    #[must_use]
    pub fn faulty_rows(&self) -> usize {
        let rows = self.faults.iter().map(|fault| fault.row);
        let rows: BTreeSet<u32> = rows.filter(|row| *row != self.heading).collect();
        rows.len()
    }
}

/// Who is on the list already.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Their spellings,
    pub names: BTreeSet<String>,
    /// and whose the mail addresses are.
    pub mails: BTreeMap<String, String>,
}

impl Known {
    #[must_use]
    pub fn of(list: &[Recipient]) -> Self {
        let mail = |row: &Recipient| Some((row.email.as_ref()?.to_lowercase(), row.in_full()));
        Self {
            names: list
                .iter()
                .map(|row| twins::key(&row.addressee, &row.organisation))
                .collect(),
            mails: list.iter().filter_map(mail).collect(),
        }
    }
}

/// Two offices may share an address, so the row is taken; but a slip would send both letters to one of them.
fn shared_mail(
    accepted: &Accepted,
    column: Option<usize>,
    known: &Known,
    seen: &mut HashMap<String, u32>,
) -> Option<Fault> {
    let email = accepted.fields.email.as_ref()?.to_lowercase();
    let listed = known.mails.get(&email);
    let message = match (seen.get(&email), listed) {
        (Some(first), _) => Message::new("import-warning-mail-row").with("row", *first),
        (None, Some(who)) => Message::new("import-warning-mail-list").with("who", who),
        (None, None) => {
            seen.insert(email, accepted.row);
            return None;
        }
    };
    Some(Fault {
        row: accepted.row,
        column,
        code: "mail_twice".to_owned(),
        message,
    })
}

/// Reads every line below the headings.
#[must_use]
pub fn read_rows(table: &Table, mapping: &Mapping, known: &Known) -> Reading {
    let mut reading = Reading {
        faults: oddities::of_headings(table, mapping),
        heading: mapping.heading,
        ..Reading::default()
    };
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut mails: HashMap<String, u32> = HashMap::new();
    let mail_column = mapping.columns.get(&Part::Email).copied();
    let people = table
        .lines
        .iter()
        .filter(|line| line.number > mapping.heading);
    for line in people {
        match read_line(line, mapping) {
            Err(faults) => reading.faults.extend(faults),
            Ok(None) => {}
            Ok(Some(mut accepted)) => {
                let fields = &accepted.fields;
                let key = twins::key(&fields.addressee, &fields.organisation);
                let twin = seen.get(&key).copied();
                if let Some(first) = twin {
                    let message = Message::new("import-fault-twice").with("row", first);
                    reading
                        .faults
                        .push(whole(line, "duplicate_in_file", message));
                } else if known.names.contains(&key) {
                    let message = Message::new("import-fault-known");
                    reading
                        .faults
                        .push(whole(line, "duplicate_in_list", message));
                } else {
                    seen.insert(key, line.number);
                    let shared = shared_mail(&accepted, mail_column, known, &mut mails);
                    accepted.warnings.extend(shared);
                    reading.accepted.push(accepted);
                }
            }
        }
    }
    reading
}

fn whole(line: &Line, code: &str, message: Message) -> Fault {
    Fault {
        row: line.number,
        column: None,
        code: code.to_owned(),
        message,
    }
}

/// None for a line that has nothing in the columns that are read.
fn read_line(line: &Line, mapping: &Mapping) -> Result<Option<Accepted>, Vec<Fault>> {
    let used = |part: &Part| mapping.columns.get(part).copied();
    let text = |part: Part| used(&part).map_or("", |column| line.text(column));
    if mapping
        .columns
        .values()
        .all(|column| line.text(*column).is_empty())
    {
        return match broken(line, |_| true) {
            faults if faults.is_empty() => Ok(None),
            faults => Err(faults),
        };
    }
    if line.hidden {
        return Err(vec![whole(
            line,
            "hidden_row",
            Message::new("import-fault-hidden"),
        )]);
    }
    if let Some(column) = line.merged_at {
        return Err(vec![Fault {
            column: Some(column),
            ..whole(line, "merged_cells", Message::new("import-fault-merged"))
        }]);
    }
    let mut faults = broken(line, |column| {
        mapping.columns.values().any(|used| *used == column)
    });
    if !faults.is_empty() {
        return Err(faults);
    }
    faults.extend(oddities::of_line(line, mapping));
    faults.extend(oddities::of_merged_name(line, mapping));
    let (group, no_group) = group(text(Part::Group), mapping.group).unwrap_or_else(|message| {
        faults.push(Fault {
            column: used(&Part::Group),
            ..whole(line, "group_unknown", message)
        });
        (Group::Stakeholders, None)
    });
    let (name, position) = (one_line(text(Part::Name)), one_line(text(Part::Position)));
    let (name, position) = match mapping.has_both() {
        true => contacts::split_named(&name),
        false => (name, position),
    };
    match RecipientFields::parse(&form(&name, &position, group, &text)) {
        Ok(fields) if faults.is_empty() => Ok(Some(Accepted {
            warnings: contradiction(line, &fields, used(&Part::Note), text(Part::Note))
                .into_iter()
                .collect(),
            row: line.number,
            fields,
            name,
            position,
            usual_group: group_of(text(Part::Group)).is_none(),
            no_group,
        })),
        Ok(_) => Err(faults),
        Err(Error::Invalid(errors)) => {
            let of_field = |error: FieldError| Fault {
                row: line.number,
                column: used(&part_of(&error.field, mapping)),
                code: error
                    .message
                    .key()
                    .trim_start_matches("field-")
                    .replace('-', "_"),
                message: error.message,
            };
            let mut refused: Vec<Fault> = errors.into_iter().map(of_field).collect();
            // A cell that cannot be meant is not also too short.
            let odd = |column: usize| faults.iter().any(|one| one.column == Some(column));
            refused.retain(|one| !one.column.is_some_and(odd));
            faults.extend(refused);
            Err(faults)
        }
        Err(_) => Err(vec![whole(
            line,
            "unreadable",
            Message::new("import-fault-row"),
        )]),
    }
}

/// "1 (satu) orang" beside another number of people: the number counts, and the remark is written anew.
fn contradiction(
    line: &Line,
    fields: &RecipientFields,
    column: Option<usize>,
    note: &str,
) -> Option<Fault> {
    let says = remark::contradiction(note, fields.quota)?;
    let message = Message::new("import-warning-note")
        .with("says", says)
        .with("quota", fields.quota);
    Some(Fault {
        column,
        ..whole(line, "note_differs", message)
    })
}

/// The cells of a line whose value is not known, among the columns that count.
fn broken(line: &Line, counts: impl Fn(usize) -> bool) -> Vec<Fault> {
    let fault = |(column, cell): (&usize, &Cell)| match cell {
        Cell::Broken(shown) if counts(*column) => {
            let message = Message::new("import-fault-broken").with("shown", shown);
            Some(Fault {
                column: Some(*column),
                ..whole(line, "cell_error", message)
            })
        }
        _ => None,
    };
    line.cells.iter().filter_map(fault).collect()
}

/// A group that is not named, or named by what is no group, is the one chosen for the whole file; the second is shown.
fn group(text: &str, usual: Option<Group>) -> Result<(Group, Option<String>), Message> {
    match (text, group_of(text), usual) {
        ("", _, Some(usual)) => Ok((usual, None)),
        ("", _, None) => Err(Message::new("import-fault-group-missing")),
        (_, Some(group), _) => Ok((group, None)),
        (text, None, Some(usual)) => Ok((usual, Some(shortened(text)))),
        (text, None, None) => {
            Err(Message::new("import-fault-group").with("shown", shortened(text)))
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

/// The same fields as the form of one recipient sends, so that the same is right and wrong.
fn form<'a>(name: &str, position: &str, group: Group, text: &impl Fn(Part) -> &'a str) -> Form {
    let organisation = one_line(text(Part::Organisation));
    let addressee = match contacts::addressee(name, position) {
        // A list of offices has one column: the office is whom the letter addresses.
        empty if empty.is_empty() => organisation.clone(),
        named => named,
    };
    // A bare "Kepala" does not say of what: its row is named as faulty.
    let organisation = if organisation.is_empty() && !contacts::is_bare(&addressee) {
        addressee.clone()
    } else {
        organisation
    };
    let quota = match text(Part::Quota) {
        // A list without a column of numbers may count in its remarks.
        "" => remark::people(text(Part::Note)).unwrap_or(1).to_string(),
        given => leading_number(given),
    };
    let note = match text(Part::Note) {
        "" => quota.parse().map_or_else(
            |_| String::new(),
            |count| format!("{} orang", dates::number_with_words(count)),
        ),
        given => one_line(given),
    };
    Form::of(&[
        ("addressee", &addressee),
        ("organisation", &organisation),
        ("participant_group", &group.code()),
        ("quota", &quota),
        ("note", &note),
        ("email", text(Part::Email)),
        ("phone", &phone(text(Part::Phone))),
    ])
}

/// Line breaks and doubled blanks of a cell are layout.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `2 (dua) orang` means 2; what is no number stays, to be named as a fault.
fn leading_number(text: &str) -> String {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    if digits.is_empty() {
        text.to_owned()
    } else {
        digits
    }
}

/// A spreadsheet eats the first zero of a telephone number, and the plus of a country code.
fn phone(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.starts_with('8') && !text.starts_with('+') {
        format!("0{digits}")
    } else if digits.starts_with("62") && !text.starts_with('+') {
        format!("+{digits}")
    } else {
        text.to_owned()
    }
}

fn part_of(field: &str, mapping: &Mapping) -> Part {
    match field {
        "addressee" => [Part::Name, Part::Position, Part::Organisation]
            .into_iter()
            .find(|part| mapping.columns.contains_key(part))
            .unwrap_or(Part::Name),
        "organisation" => Part::Organisation,
        "quota" => Part::Quota,
        "note" => Part::Note,
        "email" => Part::Email,
        "phone" => Part::Phone,
        _ => Part::Group,
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
