//! Which column of a list holds what. Headings are guessed; what an officer corrected is remembered for the unit by
//! the heading's words, so that a list with one column more is read right too.

use std::collections::BTreeMap;

use crate::platform::{
    sheets::{HEAD_LINES, MOST_COLUMNS, Table},
    words::folded,
};

/// What can be read from a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    TrackingId,
    /// When the office got it: its deadline counts from then.
    Received,
    /// When it was written there, where that is another day.
    Reported,
    Description,
    Subject,
    Status,
    Disposition,
    Kind,
    Service,
    Name,
    Privacy,
}

impl Part {
    pub const ALL: [Self; 11] = [
        Self::TrackingId,
        Self::Received,
        Self::Reported,
        Self::Description,
        Self::Subject,
        Self::Status,
        Self::Disposition,
        Self::Kind,
        Self::Service,
        Self::Name,
        Self::Privacy,
    ];

    /// As it stands in forms, in what is remembered and in the names of texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TrackingId => "tracking_id",
            Self::Received => "received",
            Self::Reported => "reported",
            Self::Description => "description",
            Self::Subject => "subject",
            Self::Status => "status",
            Self::Disposition => "disposition",
            Self::Kind => "kind",
            Self::Service => "service",
            Self::Name => "name",
            Self::Privacy => "privacy",
        }
    }

    /// Words of a heading that mean this part; the order of asking decides.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::TrackingId => &["tracking", "tiket", "ticket"],
            Self::Received => &["tanggal", "tgl", "waktu", "date"],
            // The other of two days; no word says it alone.
            Self::Reported => &[],
            Self::Status => &["status"],
            Self::Privacy => &["anonim", "rahasia", "privasi", "kerahasiaan", "privacy"],
            Self::Kind => &["klasifikasi", "jenis", "type"],
            Self::Service => &["layanan", "kategori", "category"],
            Self::Subject => &["judul", "perihal", "topik", "subjek", "title"],
            Self::Disposition => &["disposisi", "instansi", "opd", "tujuan", "terdisposisi"],
            Self::Name => &["pelapor", "nama", "pengirim"],
            Self::Description => &["isi", "uraian", "deskripsi", "laporan", "aduan", "keluhan"],
        }
    }
}

const ASKED: [Part; 10] = [
    Part::TrackingId,
    Part::Received,
    Part::Status,
    Part::Privacy,
    Part::Kind,
    Part::Service,
    Part::Subject,
    Part::Disposition,
    Part::Name,
    Part::Description,
];

/// Where what stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The number of the line with the headings; 0 for none.
    pub heading: u32,
    pub columns: BTreeMap<Part, usize>,
}

impl Mapping {
    /// Without these three there is no case.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        [Part::TrackingId, Part::Received, Part::Description]
            .iter()
            .all(|part| self.columns.contains_key(part))
    }

    /// What is remembered: part → the words of its heading.
    #[must_use]
    pub fn headings(&self, table: &Table) -> BTreeMap<String, String> {
        let line = table.lines.iter().find(|line| line.number == self.heading);
        let named = self.columns.iter().filter_map(|(part, column)| {
            let words = folded(line?.text(*column));
            (!words.is_empty()).then(|| (part.code().to_owned(), words))
        });
        named.collect()
    }
}

/// The line with most known headings among the first ones, and what its columns mean. What the unit chose before goes
/// before what the words say.
#[must_use]
pub fn guess(table: &Table, kept: &BTreeMap<String, String>) -> Mapping {
    let mut best = Mapping::default();
    for line in table.lines.iter().take(HEAD_LINES) {
        let mut columns: BTreeMap<Part, usize> = BTreeMap::new();
        let texts: Vec<(usize, String)> = (0..MOST_COLUMNS)
            .map(|column| (column, folded(line.text(column))))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        for part in Part::ALL {
            let wanted = kept.get(part.code());
            let found = texts.iter().find(|(_, text)| Some(text) == wanted);
            if let Some((column, _)) = found {
                columns.insert(part, *column);
            }
        }
        for (column, text) in &texts {
            let taken = columns.values().any(|known| known == column);
            match meaning(text).filter(|_| !taken) {
                Some(Part::Received) => {
                    let fixed = kept.contains_key(Part::Received.code());
                    day(&mut columns, (*column, text), fixed);
                }
                Some(part) => {
                    columns.entry(part).or_insert(*column);
                }
                None => {}
            }
        }
        if columns.len() > best.columns.len().max(1) {
            best = Mapping {
                heading: line.number,
                columns,
            };
        }
    }
    best
}

/// A column of days: the first is that of the receipt, until one names the receipt itself; then the other is the day on
/// which it was written.
fn day(columns: &mut BTreeMap<Part, usize>, (column, text): (usize, &str), fixed: bool) {
    match columns.get(&Part::Received).copied() {
        None => {
            columns.insert(Part::Received, column);
        }
        Some(first) if is_receipt(text) && !fixed => {
            columns.insert(Part::Received, column);
            columns.entry(Part::Reported).or_insert(first);
        }
        Some(_) if is_receipt(text) => {}
        Some(_) => {
            columns.entry(Part::Reported).or_insert(column);
        }
    }
}

/// The day on which the office got it goes before the day on which it was written.
fn is_receipt(text: &str) -> bool {
    ["disposisi", "terima", "masuk"]
        .iter()
        .any(|word| text.contains(word))
}

/// What a heading means; a sentence is no heading.
fn meaning(text: &str) -> Option<Part> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 6 {
        return None;
    }
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let numbered = has(&["id", "nomor", "no", "kode"]);
    if numbered && has(&["laporan", "tracking", "tiket", "aduan", "pengaduan"]) {
        return Some(Part::TrackingId);
    }
    // Other days of a report's life are not its receipt.
    if has(&[
        "selesai",
        "tutup",
        "tindak",
        "kejadian",
        "update",
        "pembaruan",
    ]) {
        return None;
    }
    ASKED.into_iter().find(|part| has(part.words()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::sheets;

    #[test]
    fn headings_of_real_lists_are_known_and_what_was_corrected_is_remembered() {
        use Part::{
            Description, Disposition, Kind, Name, Received, Reported, Status, Subject, TrackingId,
        };
        let none = BTreeMap::new();
        for (text, expected) in [
            (
                "No;Tracking ID;Judul Laporan;Isi Laporan;Tanggal Laporan;Status;Disposisi\n1;2;3;4;5;6;7",
                vec![
                    (TrackingId, 1),
                    (Subject, 2),
                    (Description, 3),
                    (Received, 4),
                    (Status, 5),
                    (Disposition, 6),
                ],
            ),
            (
                "ID Laporan;Tanggal Disposisi;Tanggal Laporan;Isi;Status",
                vec![
                    (TrackingId, 0),
                    (Received, 1),
                    (Reported, 2),
                    (Description, 3),
                    (Status, 4),
                ],
            ),
            (
                "DAFTAR LAPORAN\nID Laporan;Nama Pelapor;Klasifikasi;Tgl Laporan;Tgl Disposisi;Uraian;Tgl Selesai",
                vec![
                    (TrackingId, 0),
                    (Name, 1),
                    (Kind, 2),
                    (Received, 4),
                    (Reported, 3),
                    (Description, 5),
                ],
            ),
        ] {
            let found = guess(&sheets::read(text.as_bytes(), 10).unwrap(), &none);
            assert_eq!(found.columns, expected.into_iter().collect(), "{text}");
            assert!(found.is_readable());
        }
        let table = sheets::read(b"Kode;Catatan;Tanggal Kejadian\n1;2;3", 10).unwrap();
        assert!(!guess(&table, &none).is_readable());
        let chosen = Mapping {
            heading: 1,
            columns: [(TrackingId, 0), (Description, 1), (Received, 2)].into(),
        };
        let kept = chosen.headings(&table);
        let shifted = sheets::read(b"Baru;kode ;CATATAN;Tanggal Kejadian\n0;1;2;3", 10).unwrap();
        let found = guess(&shifted, &kept);
        assert_eq!(
            found.columns,
            [(TrackingId, 1), (Description, 2), (Received, 3)].into()
        );
    }
}
