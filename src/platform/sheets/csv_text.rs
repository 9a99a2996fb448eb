//! Separated text, as spreadsheet programs of many years and countries write it: the encoding and the
//! separator are found out, not asked for.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Cell, HEAD_LINES, Line, MOST_COLUMNS, Table, Unreadable};

pub fn read(bytes: &[u8], most: usize) -> Result<Table, Unreadable> {
    let text = decode(bytes).ok_or(Unreadable::NoSpreadsheet)?;
    let start = text.trim_start();
    // A page saved as .xls and the like: its tags would become people.
    if start.starts_with('<') || start.starts_with("%PDF") || start.starts_with("{\\rtf") {
        return Err(Unreadable::NoSpreadsheet);
    }
    let (named, body) = named_separator(&text);
    let separator = named.unwrap_or_else(|| likely_separator(body));
    lines(body, separator, most)
}

/// The text of the bytes; none where they are no text.
fn decode(bytes: &[u8]) -> Option<String> {
    let text = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(bytes.get(mark..)?).0
    } else if let Some(encoding) = wide(bytes) {
        encoding.decode_without_bom_handling(bytes).0
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        text.into()
    } else {
        WINDOWS_1252.decode_without_bom_handling(bytes).0
    };
    let strange = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if text.chars().any(strange) {
        return None;
    }
    Some(text.into_owned())
}

/// UTF-16 without its mark: every other byte of Latin letters is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(400))?;
    let zeros = |odd: usize| {
        let every = sample.iter().skip(odd).step_by(2);
        every.filter(|byte| **byte == 0).count()
    };
    let most = sample.len() / 4;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > most => Some(UTF_16LE),
        (even, 0) if even > most => Some(UTF_16BE),
        _ => None,
    }
}

/// `sep=;` is a line for the program that opens the file, and no row.
fn named_separator(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim().to_ascii_lowercase().strip_prefix("sep=") {
        Some(";") => (Some(b';'), rest),
        Some(",") => (Some(b','), rest),
        Some("" | "\t") => (Some(b'\t'), rest),
        _ => (None, text),
    }
}

/// The sign that the first lines have most of, outside quotes.
fn likely_separator(text: &str) -> u8 {
    let mut counts = [(b';', 0_usize), (b'\t', 0), (b',', 0)];
    let mut quoted = false;
    for character in text.lines().take(HEAD_LINES).flat_map(str::chars) {
        quoted ^= character == '"';
        for (sign, count) in &mut counts {
            *count += usize::from(!quoted && character == char::from(*sign));
        }
    }
    // Commas stand in names and titles too: they win only where the others are absent or rarer.
    let [semicolons, tabs, commas] = counts;
    let best = if tabs.1 > semicolons.1 {
        tabs
    } else {
        semicolons
    };
    if commas.1 > best.1 * 2 || best.1 == 0 {
        commas.0
    } else {
        best.0
    }
}

fn lines(text: &str, separator: u8, most: usize) -> Result<Table, Unreadable> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut table = Table::default();
    // The reader leaves out blank lines; rows are counted as the spreadsheet program shows them, where a
    // line break inside quotes makes no new row.
    let mut number = 0_usize;
    for record in reader.records() {
        let record = record.map_err(|_| Unreadable::NoSpreadsheet)?;
        let place = record.position().map_or(0, csv::Position::byte);
        number += 1 + blank_lines(text, usize::try_from(place).unwrap_or_default());
        let line = Line {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            cells: record
                .iter()
                .take(MOST_COLUMNS)
                .enumerate()
                .filter(|(_, text)| !text.trim().is_empty())
                .map(|(column, text)| (column, Cell::of_text(text)))
                .collect(),
            ..Line::default()
        };
        if !line.cells.is_empty() {
            match table.lines.len() < most + HEAD_LINES {
                true => table.lines.push(line),
                false => table.beyond += 1,
            }
        }
    }
    let written = text.trim_end_matches(['\r', '\n']).len();
    let ends = text.get(written..).unwrap_or_default();
    let blank = ends.matches('\n').count().saturating_sub(1);
    table.rows = u32::try_from(number + blank).unwrap_or(u32::MAX);
    Ok(table)
}

/// Blank lines between the end of the record before and the record that the reader found from here on.
fn blank_lines(text: &str, from: usize) -> usize {
    let (before, rest) = text.split_at_checked(from).unwrap_or((text, ""));
    // Of a line end of two signs the reader leaves the second to the next record.
    let rest = if before.ends_with('\r') {
        rest.strip_prefix('\n').unwrap_or(rest)
    } else {
        rest
    };
    let blank = rest.chars().take_while(|sign| matches!(sign, '\r' | '\n'));
    blank.filter(|sign| *sign == '\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        let table = read(bytes, 100).unwrap();
        let texts = |line: &Line| {
            let last = line.cells.keys().next_back().copied().unwrap_or_default();
            (0..=last)
                .map(|column| line.text(column).to_owned())
                .collect()
        };
        table
            .lines
            .iter()
            .map(|line| (line.number, texts(line)))
            .collect()
    }

    fn row(number: u32, texts: &[&str]) -> (u32, Vec<String>) {
        (
            number,
            texts.iter().map(|text| (*text).to_owned()).collect(),
        )
    }

    #[test]
    fn encodings_are_found_out() {
        let plain = "Nama;Instansi\nRené Éclair;Café";
        let expected = vec![
            row(1, &["Nama", "Instansi"]),
            row(2, &["René Éclair", "Café"]),
        ];
        let wide = |text: &str, big: bool| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|unit| {
                    if big {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect()
        };
        let windows = WINDOWS_1252.encode(plain).0.into_owned();
        for (name, bytes) in [
            ("utf-8", plain.as_bytes().to_vec()),
            (
                "utf-8 with mark",
                [b"\xEF\xBB\xBF", plain.as_bytes()].concat(),
            ),
            ("windows-1252", windows),
            (
                "utf-16le with mark",
                [vec![0xFF, 0xFE], wide(plain, false)].concat(),
            ),
            (
                "utf-16be with mark",
                [vec![0xFE, 0xFF], wide(plain, true)].concat(),
            ),
            ("utf-16le", wide(plain, false)),
            ("utf-16be", wide(plain, true)),
        ] {
            assert_eq!(cells(&bytes), expected, "{name}");
        }
    }

    #[test]
    fn separators_are_found_out() {
        for text in [
            "Nama;Instansi;Surel\n\"Budi, S.E., M.Si.\";Dinas;b@x.example",
            "Nama,Instansi,Surel\n\"Budi, S.E., M.Si.\",Dinas,b@x.example",
            "Nama\tInstansi\tSurel\nBudi, S.E., M.Si.\tDinas\tb@x.example",
            "sep=;\r\nNama;Instansi;Surel\r\nBudi, S.E., M.Si.;Dinas;b@x.example\r\n",
        ] {
            let expected = vec![
                row(1, &["Nama", "Instansi", "Surel"]),
                row(2, &["Budi, S.E., M.Si.", "Dinas", "b@x.example"]),
            ];
            assert_eq!(cells(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn rows_are_counted_as_the_spreadsheet_shows_them() {
        let text = "\nNama;Instansi\n\n\"Budi\nContoh\";Dinas\n;\nAni;Balai\n";
        let expected = vec![
            row(2, &["Nama", "Instansi"]),
            row(4, &["Budi\nContoh", "Dinas"]),
            row(6, &["Ani", "Balai"]),
        ];
        assert_eq!(cells(text.as_bytes()), expected);
        let windows = text.replace('\n', "\r\n");
        let numbers: Vec<u32> = cells(windows.as_bytes()).iter().map(|row| row.0).collect();
        assert_eq!(numbers, [2, 4, 6]);
    }

    #[test]
    fn blank_rows_at_the_end_are_rows_too() {
        for (text, rows) in [
            ("U1;U2\n3;4", 2),
            ("U1;U2\n3;4\n", 2),
            ("U1;U2\r\n3;4\r\n;\r\n;\r\n", 4),
            ("U1;U2\n3;4\n\n\n", 4),
        ] {
            assert_eq!(read(text.as_bytes(), 100).unwrap().rows, rows, "{text:?}");
        }
    }

    #[test]
    fn the_mark_of_a_failed_formula_is_no_word() {
        let text = "#N/A;#ref!;Err:502;####;#1 di kota;Err: lihat;#\n";
        let table = read(text.as_bytes(), 10).unwrap();
        let failed = |cell: &Cell| matches!(cell, Cell::Broken(_));
        let cells = table.lines[0].cells.values();
        let failed: Vec<bool> = cells.map(failed).collect();
        assert_eq!(failed, [true, true, true, true, false, false, false]);
    }

    #[test]
    fn too_many_rows_are_counted_and_refused() {
        let text = "Nama;Instansi\n".to_owned() + &"Budi;Dinas\n".repeat(10_000);
        let refused = crate::platform::sheets::read(text.as_bytes(), 5000);
        assert_eq!(
            refused,
            Err(Unreadable::TooManyRows {
                found: 10_001,
                most: 5000
            })
        );
    }
}
