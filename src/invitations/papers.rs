//! The letter and its annexes, filled from the record: nothing on paper is typed twice.

use chrono_tz::Tz;

use super::{Letter, Recipient, remark};
use crate::{
    calendar::dates,
    documents::{data, letterhead_of},
    forums::{self, AgendaItem, Forum, days},
    organisation::{Unit, nip_text, position_at},
    platform::i18n::{Locale, Message},
};

/// Letters are Indonesian whatever language the organiser reads.
const ID: Locale = Locale::Id;

/// Stands across a paper that nobody can verify.
const DRAFT: &str = "KONSEP";

/// Everything that the three papers are made of.
pub struct Source<'a> {
    pub forum: &'a Forum,
    pub zone: Tz,
    pub unit: &'a Unit,
    pub from: &'a Unit,
    pub letter: &'a Letter,
    pub recipients: &'a [Recipient],
    pub agenda: &'a [AgendaItem],
}

/// How a paper can be verified: what it prints, and the address of its QR code. A draft has none.
pub type Proof = Option<(data::Verification, String)>;

fn split(proof: Proof) -> (Option<data::Verification>, Option<String>) {
    proof.map_or((None, None), |(verification, url)| {
        (Some(verification), Some(url))
    })
}

impl Source<'_> {
    fn number(&self) -> String {
        self.letter.number.clone().unwrap_or_else(|| "–".to_owned())
    }

    fn date(&self) -> String {
        self.letter
            .letter_date
            .map(|day| dates::date(day, ID))
            .unwrap_or_else(|| "…".to_owned())
    }

    fn header(&self, label: &str) -> data::AttachmentHeader {
        let signer = position_at(&self.letter.signatory_position, self.from);
        data::AttachmentHeader {
            label: label.to_owned(),
            letter: format!("Surat {signer}"),
            number: self.number(),
            date: self.date(),
        }
    }

    fn recipient_list(&self) -> data::RecipientList {
        data::RecipientList {
            header: self.header("Lampiran I"),
            heading: vec!["DAFTAR TUJUAN SURAT".to_owned()],
            rows: self
                .recipients
                .iter()
                .zip(1..)
                .map(|(recipient, number)| data::RecipientRow {
                    number: format!("{number}."),
                    name: recipient.in_full(),
                    note: remark::printed(&recipient.note, recipient.quota),
                })
                .collect(),
        }
    }

    fn schedule_table(&self) -> data::Schedule {
        let starts = forums::starts_at(self.forum, self.zone);
        let zone = dates::zone_name(&starts);
        data::Schedule {
            header: self.header("Lampiran II"),
            heading: vec![
                "JADWAL ACARA".to_owned(),
                "FORUM KONSULTASI PUBLIK".to_owned(),
                self.unit.name.to_uppercase(),
                format!("TAHUN {}", self.forum.year),
            ],
            day: days::long_dates(self.forum, ID),
            rows: self
                .agenda
                .iter()
                .zip(days::day_headings(self.forum, self.agenda, ID))
                .map(|(item, section)| data::ScheduleRow {
                    section,
                    time: format!("{} {zone}", forums::time_range(item.starts, item.ends, ID)),
                    activity: item.activity.clone(),
                    in_charge: or_dash(&item.person_in_charge),
                })
                .collect(),
        }
    }

    fn event(&self) -> Vec<data::Fact> {
        let mut hours = days::hours_lines(self.forum, self.zone);
        if let Some(last) = hours.last_mut() {
            last.push_str(" (jadwal terlampir)");
        }
        let mut place = vec![forums::where_text(self.forum)];
        place.extend(forums::address_of(self.forum).lines().map(str::to_owned));
        place.extend(forums::link_note(self.forum, ID));
        vec![
            data::Fact::new("Hari/Tanggal", days::long_dates(self.forum, ID)),
            data::Fact {
                label: "Pukul".to_owned(),
                lines: hours,
            },
            data::Fact {
                label: "Tempat".to_owned(),
                lines: place,
            },
            data::Fact::new("Agenda Rapat", self.forum.theme.clone()),
        ]
    }

    /// Whoever holds two letters reads in the newer that it replaces the other.
    fn opening(&self) -> Vec<String> {
        let letter = self.letter;
        let replaced = letter.replaces_number.as_ref();
        let replaced = replaced.zip(letter.replaces_date).map(|(number, day)| {
            // A letter that keeps the number does not replace itself.
            let key = match letter.number.as_ref() == Some(number) {
                true => "invitations-corrects",
                false => "invitations-replaces",
            };
            Message::new(key)
                .with("number", number)
                .with("date", dates::date(day, ID))
                .text(ID)
        });
        let written = [letter.opening.clone(), letter.body.clone()];
        replaced.into_iter().chain(written).collect()
    }

    fn signatory(&self) -> data::Signatory {
        let letter = self.letter;
        let nip = nip_text(&letter.signatory_nip);
        data::Signatory {
            place_date: None,
            position: vec![format!("{},", letter.signatory_position)],
            name: letter.signatory_name.clone(),
            rank: Some(letter.signatory_rank.clone()).filter(|rank| !rank.is_empty()),
            nip: Some(nip).filter(|nip| !nip.is_empty()),
            signature: None,
            mark: None,
        }
    }

    #[must_use]
    pub fn invitation(&self, proof: Proof) -> data::Invitation {
        let letter = self.letter;
        let draft = proof.is_none().then(|| DRAFT.to_owned());
        let (verification, qr) = split(proof);
        data::Invitation {
            title: format!("{} – {}", letter.subject, self.number()),
            letterhead: letterhead_of(self.from),
            place_date: format!("{}, {}", letter.place, self.date()),
            number: self.number(),
            classification: letter.classification.label(ID),
            attachments: "1 (satu) berkas".to_owned(),
            subject: letter.subject.clone(),
            addressees: letter.addressee.lines().map(str::to_owned).collect(),
            address_place: letter
                .place_line
                .trim_start_matches("di ")
                .trim()
                .to_owned(),
            opening: self.opening(),
            event: self.event(),
            closing: vec![letter.closing.clone()],
            signatory: self.signatory(),
            copies: enumerated(&letter.copies.0),
            recipients: Some(self.recipient_list()),
            schedule: Some(self.schedule_table()),
            verification,
            qr,
            draft,
        }
    }

    #[must_use]
    pub fn recipients_paper(&self, proof: Proof) -> data::Recipients {
        let (verification, qr) = split(proof);
        data::Recipients {
            title: format!("Daftar tujuan surat {}", self.number()),
            recipients: self.recipient_list(),
            verification,
            qr,
        }
    }

    #[must_use]
    pub fn schedule_paper(&self, proof: Proof) -> data::SchedulePaper {
        let (verification, qr) = split(proof);
        data::SchedulePaper {
            title: format!(
                "Jadwal {}, {}",
                self.forum.title,
                days::short_dates(self.forum, ID)
            ),
            schedule: self.schedule_table(),
            verification,
            qr,
        }
    }
}

fn or_dash(text: &str) -> String {
    if text.is_empty() {
        "–".to_owned()
    } else {
        text.to_owned()
    }
}

/// `A;`, `B;`, `C.`, as letters of the government list their copies; who typed the marks already gets them once.
fn enumerated(items: &[String]) -> Vec<String> {
    let last = items.len().saturating_sub(1);
    items
        .iter()
        .map(|item| item.trim_end_matches([';', ',', ' ']))
        .enumerate()
        .map(|(index, item)| match last - index {
            0 => format!("{}.", item.trim_end_matches('.')),
            _ => format!("{item};"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::enumerated;

    #[test]
    fn copies_end_with_one_mark_each_however_they_were_typed() {
        let typed = [
            "Gubernur Contoh;",
            "Wakil Gubernur Contoh",
            "Inspektur Contoh.",
        ];
        let typed = typed.map(str::to_owned);
        let printed = [
            "Gubernur Contoh;",
            "Wakil Gubernur Contoh;",
            "Inspektur Contoh.",
        ];
        assert_eq!(enumerated(&typed), printed);
    }
}
