//! The last two annexes: what the head of the unit established, the decree on the standards and the service charter,
//! laid out as such papers are: under their own heading, clause by clause, signed with rank and number.

use chrono::NaiveDate;

use super::{annexes::empty, book::Book};
use crate::{
    calendar::dates,
    documents::data::{Annex, Block, Fact, Signatory},
    organisation::nip_text,
    platform::{i18n::Locale, words::folded},
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
    let whole = format!("KEPUTUSAN {}", office(position, &book.unit.name));
    let mut heading = vec![whole.trim_end().to_owned()];
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
        notes: vec!["Isi keputusan sebagaimana tercatat.".to_owned()],
        blocks,
        signatory,
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

/// "Kepala Dinas" of "Dinas Contoh" heads "KEPALA DINAS CONTOH"; a position that names its office stays.
fn office(position: &str, unit: &str) -> String {
    let (held, name) = (folded(position), folded(unit));
    let first = name.split(' ').next().unwrap_or_default();
    let whole = if held.is_empty() || held.contains(&name) {
        position.to_owned()
    } else if let Some(before) = held.strip_suffix(first) {
        format!("{before}{name}")
    } else {
        format!("{position} {unit}")
    };
    whole.to_uppercase()
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
                "KEPALA DINAS CONTOH PROVINSI",
            ),
            ("Kepala Dinas Contoh", "Dinas Contoh", "KEPALA DINAS CONTOH"),
            (
                "Direktur",
                "Rumah Sakit Contoh",
                "DIREKTUR RUMAH SAKIT CONTOH",
            ),
            ("", "Dinas Contoh", ""),
        ] {
            assert_eq!(office(position, unit), whole);
        }
    }
}
