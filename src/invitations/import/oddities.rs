//! What stands in a cell and cannot be meant: a spreadsheet's number of a day instead of a name, words in the wrong
//! encoding, half a person. It would be printed on a letter, so its row is named.

use std::collections::BTreeSet;

use super::{
    mapping::{Mapping, Part},
    rows::Fault,
};
use crate::platform::{
    i18n::Message,
    sheets::{Line, Table, column_name},
    words::folded,
};

/// UTF-8 that somebody read as Latin-1: "JosÃ©", "â€œ".
fn is_garbled(text: &str) -> bool {
    let mut next = text.chars().skip(1);
    text.contains('\u{fffd}')
        || text.chars().any(|first| {
            let second = next.next().unwrap_or(' ');
            match first {
                '\u{c2}' | '\u{c3}' => ('\u{80}'..='\u{bf}').contains(&second),
                '\u{e2}' => matches!(second, '\u{20ac}' | '\u{80}'),
                _ => false,
            }
        })
}

/// A day, a number or a tick of a spreadsheet. A mere "-" says that there is none.
fn is_no_name(text: &str) -> bool {
    const TICKS: [&str; 4] = ["true", "false", "benar", "salah"];
    let lettered = text.chars().any(char::is_alphabetic);
    let counts = !lettered && text.chars().any(char::is_numeric);
    counts || TICKS.contains(&folded(text).as_str())
}

/// "1,5": people come whole.
fn is_no_count(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut signs = rest.chars();
    rest.len() < text.len()
        && matches!(signs.next(), Some(',' | '.'))
        && signs.next().is_some_and(|c| c.is_ascii_digit())
}

/// The odd cells of a line, each with its reason.
pub(super) fn of_line(line: &Line, mapping: &Mapping) -> Vec<Fault> {
    let odd = |(part, column): (&Part, &usize)| {
        let text = line.text(*column);
        let names = matches!(part, Part::Name | Part::Position | Part::Organisation);
        let (code, key) = match part {
            _ if is_garbled(text) => ("encoding", "import-fault-encoding"),
            _ if names && is_no_name(text) => ("no_name", "import-fault-no-name"),
            Part::Quota if is_no_count(text) => ("number", "import-fault-count"),
            _ => return None,
        };
        let message = Message::new(key);
        Some(Fault {
            row: line.number,
            column: Some(*column),
            code: code.to_owned(),
            message: match part {
                Part::Quota => message.decimal("shown", text),
                _ => message.with("shown", text),
            },
        })
    };
    // A column for name and position is looked at once.
    let columns = mapping.columns.iter();
    columns
        .filter(|(part, _)| !(mapping.has_both() && **part == Part::Position))
        .filter_map(odd)
        .collect()
}

/// A name that is merged downwards stands for one person; taken for each of its rows it would become several.
pub(super) fn of_merged_name(line: &Line, mapping: &Mapping) -> Option<Fault> {
    let column = *mapping.columns.get(&Part::Name)?;
    line.merged_from_above.contains(&column).then(|| Fault {
        row: line.number,
        column: Some(column),
        code: "merged_name".to_owned(),
        message: Message::new("import-fault-merged-name").with("shown", line.text(column)),
    })
}

/// Headings that stand over a column that is read and over another one: nobody can tell which is meant.
pub(super) fn of_headings(table: &Table, mapping: &Mapping) -> Vec<Fault> {
    let heading = |line: &&Line| line.number == mapping.heading;
    let Some(line) = table.lines.iter().find(heading) else {
        return Vec::new();
    };
    let twice = |column: &usize| {
        let said = folded(line.text(*column));
        let same = |other: &&usize| *other != column && folded(line.text(**other)) == said;
        let other = line.cells.keys().find(same)?;
        let message = Message::new("import-fault-heading")
            .with("heading", line.text(*column))
            .with("read", column_name(*column));
        Some(Fault {
            row: line.number,
            column: Some(*other),
            code: "heading_twice".to_owned(),
            message,
        })
    };
    let read: BTreeSet<usize> = mapping.columns.values().copied().collect();
    read.iter().filter_map(twice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        forums::Group,
        invitations::import::{
            mapping::guess,
            rows::{Known, read_rows},
        },
        platform::sheets::read,
    };

    #[test]
    fn what_cannot_be_meant_is_named_and_real_names_are_not() {
        let codes = |row: &str| {
            let text = format!("Nama;Instansi;Jumlah\n{row}\n");
            let table = read(text.as_bytes(), 10).unwrap();
            let mapping = guess(&table);
            let line = table.lines.last().unwrap();
            let codes: Vec<_> = of_line(line, &mapping)
                .into_iter()
                .map(|one| one.code)
                .collect();
            codes.join(" ")
        };
        for (row, expected) in [
            ("Jos\u{e9} Contoh;Dinas;2 (dua) orang", ""),
            ("\u{c9}tienne Contoh;Dinas \u{201c}A\u{201d};", ""),
            ("RT 05;Dinas 3;1.", ""),
            ("Budi;-;1", ""),
            ("Jos\u{c3}\u{a9} Contoh;Dinas;1", "encoding"),
            ("Budi;Dinas \u{e2}\u{20ac}\u{153}A;1", "encoding"),
            ("Budi \u{fffd};Dinas;1", "encoding"),
            ("46023;Dinas;1", "no_name"),
            ("2026-01-01;Dinas;1", "no_name"),
            ("true;Dinas;1", "no_name"),
            ("Budi;Dinas;1,5", "number"),
            ("Budi;Dinas;2.5 orang", "number"),
        ] {
            assert_eq!(codes(row), expected, "{row}");
        }
    }

    #[test]
    fn a_heading_that_stands_twice_is_named() {
        let faults = |text: &str| {
            let table = read(text.as_bytes(), 10).unwrap();
            of_headings(&table, &guess(&table))
        };
        let found = faults("Nama;Instansi;nama\nBudi;Dinas;Ani");
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].cell().as_str(), &*found[0].code),
            ("C1", "heading_twice")
        );
        let table = read(b"Nama;Instansi;nama\nBudi;Dinas;Ani", 10).unwrap();
        let mapping = Mapping {
            group: Some(Group::Users),
            ..guess(&table)
        };
        let reading = read_rows(&table, &mapping, &Known::default());
        assert_eq!(reading.faults[0].code, "heading_twice");
        assert_eq!(reading.faulty_rows(), 0, "nobody is left out by it");
        assert_eq!(faults("Nama;Nama Instansi;Catatan\nBudi;Dinas;"), []);
        assert_eq!(faults("Budi;Budi"), []);
    }
}
