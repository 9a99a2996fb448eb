//! The last two annexes: what the head of the unit established, the decree on the standards and the service charter,
//! laid out as such papers are: under their own heading, clause by clause, signed with rank and number. The decree has
//! its attachment behind it, the standards themselves.

use chrono::NaiveDate;

use super::{annexes::empty, book::Book};
use crate::{
    calendar::dates,
    documents::data::{Annex, AttachmentHeader, Block, ComponentRow, Fact, Signatory},
    organisation::nip_text,
    platform::{i18n::Locale, words::folded},
    standards::{self, ComponentKind, Decree, Sheet},
};

const ID: Locale = Locale::Id;

/// Annex 6; none where no decree is recorded.
pub fn decree(book: &Book) -> Option<Annex> {
    let decree = book.decree.as_ref()?;
    let contents = &decree.contents;
    let mut facts = Vec::new();
    if let Some(number) = &decree.number {
        facts.push(Fact::new("Nomor", number.as_str()));
    }
    facts.push(Fact::new("Tentang", decree.title.as_str()));
    if let Some(date) = decree.date {
        facts.push(Fact::new("Ditetapkan", dates::date(date, ID)));
    }
    let position = contents.signatory_position.as_deref().unwrap_or_default();
    let mut heading = vec![whose(decree, &book.unit.name).to_uppercase()];
    heading.extend(
        decree
            .number
            .as_ref()
            .map(|number| format!("NOMOR {number}")),
    );
    heading.push("TENTANG".to_owned());
    heading.push(decree.title.to_uppercase());
    let mut blocks = vec![Block::Title { lines: heading }];
    for (label, format, items) in [
        ("Menimbang", "a.", &contents.considerations),
        ("Mengingat", "1.", &contents.legal_bases),
    ] {
        if !items.is_empty() {
            blocks.push(clause(label, None, format, items));
        }
    }
    if !contents.dictums.is_empty() {
        blocks.push(Block::Title {
            lines: vec!["MEMUTUSKAN:".to_owned()],
        });
    }
    for dictum in &contents.dictums {
        let words = Some(dictum.text.clone());
        blocks.push(clause(&dictum.label, words, "1.", &dictum.items));
    }
    let signatory = contents.signatory.clone().map(|name| Signatory {
        rank: contents.signatory_rank.clone(),
        nip: contents.signatory_nip.as_deref().map(nip_text),
        ..signed(decree.place.as_deref().zip(decree.date), position, name)
    });
    Some(Annex {
        facts,
        notes: vec!["Isi keputusan beserta lampirannya sebagaimana tercatat.".to_owned()],
        blocks,
        signatory,
        appendix: attachment(decree, &book.standards, &book.unit.name),
        ..empty(6)
    })
}

fn clause(label: &str, words: Option<String>, format: &str, items: &[String]) -> Block {
    Block::Clause {
        label: label.to_owned(),
        words,
        format: format.to_owned(),
        items: items.to_vec(),
    }
}

/// `Keputusan Kepala Dinas Contoh`
fn whose(decree: &Decree, unit: &str) -> String {
    let position = decree.contents.signatory_position.as_deref();
    let whole = format!("Keputusan {}", office(position.unwrap_or_default(), unit));
    whole.trim_end().to_owned()
}

/// Lampiran I of the decree: each standard in its two groups of components (PermenPANRB 15/2014).
fn attachment(decree: &Decree, sheets: &[Sheet], unit: &str) -> Vec<Block> {
    if sheets.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::Attachment {
            header: AttachmentHeader {
                label: "Lampiran I".to_owned(),
                letter: whose(decree, unit),
                number: decree.number.clone().unwrap_or_else(|| "–".to_owned()),
                date: decree
                    .date
                    .map_or_else(|| "–".to_owned(), |day| dates::date(day, ID)),
            },
        },
        Block::Title {
            lines: vec!["STANDAR PELAYANAN".to_owned(), unit.to_uppercase()],
        },
    ];
    for (number, sheet) in (1..).zip(sheets) {
        blocks.push(components(
            Some(format!("{number}. {}", sheet.standard.name)),
            "a. Komponen yang terkait dengan proses penyampaian pelayanan (service delivery)",
            sheet,
            &ComponentKind::DELIVERY,
        ));
        blocks.push(components(
            None,
            "b. Komponen yang terkait dengan proses pengelolaan pelayanan di internal organisasi (manufacturing)",
            sheet,
            &ComponentKind::BEHIND,
        ));
    }
    blocks
}

fn components(title: Option<String>, label: &str, sheet: &Sheet, kinds: &[ComponentKind]) -> Block {
    let rows = (1..).zip(standards::lines(sheet, kinds));
    Block::Components {
        title,
        label: label.to_owned(),
        rows: rows
            .map(|(number, line)| ComponentRow {
                number: i32::to_string(&number),
                name: line.name,
                words: line.words,
                items: line.items,
                ordered: line.ordered,
            })
            .collect(),
    }
}

/// "Kepala Dinas" of "Dinas Contoh" heads "Kepala Dinas Contoh"; a position that names its office stays.
fn office(position: &str, unit: &str) -> String {
    let (held, name) = (folded(position), folded(unit));
    let (first, rest) = unit.split_once(' ').unwrap_or((unit, ""));
    if held.is_empty() || held.contains(&name) {
        position.to_owned()
    } else if held.ends_with(&folded(first)) {
        format!("{position} {rest}").trim_end().to_owned()
    } else {
        format!("{position} {unit}")
    }
}

/// Annex 7; none where no charter is recorded.
pub fn charter(book: &Book) -> Option<Annex> {
    let charter = book.charter.as_ref()?;
    let (rank, nip) = standing_of(book, &charter.signatory);
    let signatory = Signatory {
        rank,
        nip,
        ..signed(
            Some((charter.place.as_str(), charter.date)),
            &charter.signatory_position,
            charter.signatory.clone(),
        )
    };
    Some(Annex {
        facts: vec![Fact::new("Ditetapkan", dates::date(charter.date, ID))],
        blocks: vec![
            Block::Letterhead,
            Block::Title {
                lines: vec![
                    "MAKLUMAT PELAYANAN".to_owned(),
                    book.unit.name.to_uppercase(),
                ],
            },
            Block::Pledge {
                words: charter.text.clone(),
            },
        ],
        signatory: Some(signatory),
        ..empty(7)
    })
}

/// Rank and number of somebody, as the decree of the same hand or the list of officials has them.
fn standing_of(book: &Book, name: &str) -> (Option<String>, Option<String>) {
    let signed = book.decree.as_ref().map(|decree| &decree.contents);
    let same = |other: &str| folded(other) == folded(name);
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    match signed.filter(|contents| contents.signatory.as_deref().is_some_and(same)) {
        Some(contents) => (
            contents.signatory_rank.clone(),
            contents.signatory_nip.as_deref().map(nip_text),
        ),
        None if same(&book.head.name) => (
            given(&book.head.rank),
            given(&book.head.nip).map(|nip| nip_text(&nip)),
        ),
        None => (None, None),
    }
}

/// Who signed, as it is recorded: a copy in words, without a drawn signature.
fn signed(at: Option<(&str, NaiveDate)>, position: &str, name: String) -> Signatory {
    Signatory {
        place_date: at.map(|(place, day)| format!("{place}, {}", dates::date(day, ID))),
        position: vec![format!("{},", position.trim_end_matches(','))],
        name,
        rank: None,
        nip: None,
        signature: None,
        mark: Some("Ditandatangani".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::office;

    #[test]
    fn a_decree_names_the_whole_office_once() {
        for (position, unit, whole) in [
            (
                "Kepala Dinas",
                "Dinas Contoh Provinsi",
                "Kepala Dinas Contoh Provinsi",
            ),
            ("Kepala Dinas Contoh", "Dinas Contoh", "Kepala Dinas Contoh"),
            (
                "Direktur",
                "Rumah Sakit Contoh",
                "Direktur Rumah Sakit Contoh",
            ),
            ("", "Dinas Contoh", ""),
        ] {
            assert_eq!(office(position, unit), whole);
        }
    }
}
