//! The letter as a value that is ready to print. Letters of an office are Indonesian.

use chrono::{DateTime, Utc};

use super::entity::Model as Letter;
use crate::{
    calendar::dates,
    complaints::entity::complaint,
    documents::{
        data::{self, Verification},
        letterhead_of,
    },
    organisation::{self, Official, Unit, nip_text},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
    },
};

const LANGUAGE: Locale = Locale::Id;
/// A salutation is not longer, in bytes.
const SALUTATION: usize = 120;

/// Everything that stands on the paper.
pub struct Source<'a> {
    pub of: &'a complaint::Model,
    pub letter: &'a Letter,
    pub unit: &'a Unit,
    pub signatory: Option<&'a Official>,
    pub at: DateTime<Utc>,
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// An answer as the body of a letter, which says before whom it addresses: `Yth. Ibu Contoh, berkas …` would do it twice.
pub fn without_salutation(answer: &str) -> String {
    let text = answer.trim_start();
    let small = text.to_lowercase();
    if !["yth", "kepada yth"]
        .iter()
        .any(|begin| small.starts_with(begin))
    {
        return text.to_owned();
    }
    // What has no end on its first line is a sentence of its own.
    let line = text.lines().next().unwrap_or_default();
    let Some(end) = line.find([',', ':']).filter(|end| *end <= SALUTATION) else {
        return text.to_owned();
    };
    let rest = text[end + 1..].trim_start();
    let mut letters = rest.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// An anonymous complainant is addressed by the number: whoever files the copy learns nothing.
pub fn addressees(of: &complaint::Model, typed: &str) -> Vec<String> {
    let named = lines(typed);
    if of.anonymous || named.is_empty() {
        let number = Message::new("letter-addressee-number").with("number", &of.number);
        vec![number.text(LANGUAGE)]
    } else {
        named
    }
}

pub fn signatory(official: Option<&Official>) -> data::Signatory {
    let words = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    data::Signatory {
        place_date: None,
        position: vec![official.map_or_else(String::new, |one| format!("{},", one.office))],
        name: official.map_or_else(String::new, |one| one.name.clone()),
        rank: official.and_then(|one| words(&one.rank)),
        nip: official.and_then(|one| words(&nip_text(&one.nip))),
        signature: None,
        mark: None,
    }
}

impl Source<'_> {
    fn opening(&self) -> Result<String> {
        let zone = organisation::zone_of(self.unit)?;
        let received = self.of.received_at.with_timezone(&zone).date_naive();
        // What is told in confidence is not quoted on a paper that passes through hands.
        let key = if self.of.confidential {
            "letter-opening-confidential"
        } else {
            "letter-opening"
        };
        Ok(Message::new(key)
            .with("number", &self.of.number)
            .with("date", dates::date(received, LANGUAGE))
            .with("subject", &self.of.subject)
            .text(LANGUAGE))
    }

    pub fn data(&self, proof: Option<(Verification, String)>) -> Result<data::Letter> {
        let zone = organisation::zone_of(self.unit)?;
        let date = dates::date(self.at.with_timezone(&zone).date_naive(), LANGUAGE);
        let (verification, qr) = proof.unzip();
        Ok(data::Letter {
            title: Message::new("letter-paper-title")
                .with("number", &self.letter.number)
                .text(LANGUAGE),
            letterhead: letterhead_of(self.unit),
            place_date: format!("{}, {date}", self.unit.city),
            number: self.letter.number.clone(),
            classification: self.letter.classification.clone(),
            attachments: String::new(),
            subject: self.letter.subject.clone(),
            addressees: addressees(self.of, &self.letter.addressee),
            address_place: self.letter.address_place.clone(),
            opening: vec![self.opening()?],
            facts: Vec::new(),
            body: lines(&self.letter.body),
            sections: Vec::new(),
            closing: vec![
                t(LANGUAGE, "letter-closing-ask"),
                t(LANGUAGE, "letter-closing"),
            ],
            signatory: Some(signatory(self.signatory)),
            copies: lines(&self.letter.copies),
            verification,
            qr,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::without_salutation;

    #[test]
    fn a_letter_greets_once() {
        for (answer, body) in [
            ("Yth. Ibu Contoh, berkas sudah ada.", "Berkas sudah ada."),
            (
                "Yth. Bapak Contoh,\nBerkas sudah ada.\nSalam",
                "Berkas sudah ada.\nSalam",
            ),
            ("Kepada Yth. Pelapor:\nKTP sudah jadi.", "KTP sudah jadi."),
            (
                "Berkas sudah ada, silakan diambil.",
                "Berkas sudah ada, silakan diambil.",
            ),
            (
                "Yth. Bapak Contoh sudah datang.",
                "Yth. Bapak Contoh sudah datang.",
            ),
            ("", ""),
        ] {
            assert_eq!(without_salutation(answer), body, "{answer}");
        }
    }
}
