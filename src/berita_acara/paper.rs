//! The record as text to be hashed and as paper to be printed. Both are made from the same rows, so the
//! printed hash stands for what the paper says.

use std::collections::HashMap;

use chrono_tz::Tz;
use serde::Serialize;

use super::{
    entity::{SignatoryId, berita_acara},
    store::Content,
};
use crate::{
    calendar::{dates, days_text},
    documents::{
        self,
        data::{self, Held, HeldDay, Picture, Signer, SignerGroup, Verification},
    },
    forums::{Forum, days},
    organisation::Unit,
    platform::{context::App, crypto::sha256_hex, error::Result, i18n::Locale, words::beside},
};

/// What a new record ends with; the office changes it where it needs to.
pub const CLOSING: &str = "Demikian Berita Acara ini dibuat dengan sebenarnya, dibacakan di hadapan peserta, dan ditandatangani bersama untuk dilaksanakan sebagaimana mestinya.";
const LEAD: &str = "Berdasarkan hasil diskusi dan keputusan bersama, dinyatakan sebagai berikut:";

/// The record in one fixed order of fields: its hash is printed on the paper and must come out the same
/// from the same rows for ever. Never reorder or rename a field.
#[derive(Serialize)]
struct Canonical<'a> {
    format: &'static str,
    unit: &'a str,
    forum: &'a str,
    date: String,
    version: i32,
    number: &'a str,
    place: &'a str,
    title: &'a str,
    opening: &'a str,
    legal_basis: &'a [String],
    reference: &'a [String],
    minutes: bool,
    amendment_reason: &'a str,
    present: usize,
    points: Vec<&'a str>,
    closing: &'a str,
    signatories: Vec<CanonicalSignatory<'a>>,
}

#[derive(Serialize)]
struct CanonicalSignatory<'a> {
    name: &'a str,
    position: &'a str,
    organisation: &'a str,
    represents: &'a str,
    signed_on: Option<String>,
    signature: Option<&'a str>,
    not_signed_because: Option<&'a str>,
}

/// SHA-256 of the canonical JSON of a record.
pub fn record_hash(
    forum: &Forum,
    unit: &Unit,
    content: &Content,
    present: usize,
) -> Result<String> {
    let head = &content.head;
    let record = Canonical {
        format: "rembuk/berita-acara/3",
        unit: &unit.code,
        forum: &forum.code,
        date: held_on(forum),
        version: head.version_no,
        number: &head.number,
        place: &head.place,
        title: &head.title,
        opening: &head.opening_subject,
        legal_basis: &head.legal_basis.0,
        reference: &head.reference.0,
        minutes: cites_minutes(forum, head),
        amendment_reason: &head.amendment_reason,
        present: counted(head, present),
        points: content
            .points
            .iter()
            .map(|point| point.row.text.as_str())
            .collect(),
        closing: &head.closing,
        signatories: content
            .signatories
            .iter()
            .map(|one| CanonicalSignatory {
                name: &one.name,
                position: &one.role,
                organisation: &one.organisation,
                represents: &one.represents,
                signed_on: one.signed_on.map(|day| day.to_string()),
                signature: one.signature_sha256.as_deref(),
                not_signed_because: one.missing_reason.as_deref(),
            })
            .collect(),
    };
    let json = serde_json::to_vec(&record).map_err(anyhow::Error::from)?;
    Ok(sha256_hex(&json))
}

/// A record that is being locked: its code and hash stand on the paper.
pub struct Seal<'a> {
    pub code: &'a str,
    pub hash: &'a str,
}

/// What a paper is made of.
pub struct Source<'a> {
    pub forum: &'a Forum,
    pub unit: &'a Unit,
    pub zone: Tz,
    pub content: &'a Content,
    pub present: usize,
    /// The version that this one corrects.
    pub amends: Option<&'a berita_acara::Model>,
    /// Signatures drawn on the tablet.
    pub drawn: &'a HashMap<SignatoryId, Picture>,
}

/// The paper; without a seal it says that it is a preview.
pub fn paper(app: &App, source: &Source<'_>, seal: Option<&Seal<'_>>) -> data::BeritaAcara {
    let (forum, head) = (source.forum, &source.content.head);
    let name = one_line(&head.title);
    let number = if head.number.is_empty() {
        "…"
    } else {
        &head.number
    };
    data::BeritaAcara {
        title: format!("{name} – {number}"),
        running: format!("Berita Acara {} · Nomor {number}", forum.title),
        letterhead: documents::letterhead_of(source.unit),
        heading: head.title.lines().map(str::to_uppercase).collect(),
        number: number.to_owned(),
        held: held(forum, source.zone, head),
        legal_basis: ended(&head.legal_basis.0),
        references: references(forum, head, source.amends, source.present),
        lead: LEAD.to_owned(),
        points: source
            .content
            .points
            .iter()
            .map(|point| point.row.text.clone())
            .collect(),
        closing: head.closing.clone(),
        groups: groups(source),
        notes: notes(source, seal.is_some()),
        verification: seal.map(|seal| verification(app, seal)),
        qr: seal.map(|seal| documents::verification_url(app, seal.code)),
    }
}

/// The name of an office in lines of a heading: where the region begins, so that its name stays whole.
#[must_use]
pub fn in_lines(name: &str) -> String {
    let region = [" Provinsi ", " Kabupaten ", " Kota "];
    match region.into_iter().find_map(|word| name.find(word)) {
        Some(at) if name.chars().count() > 40 => {
            let (office, place) = name.split_at(at);
            format!("{office}\n{}", place.trim_start())
        }
        _ => name.to_owned(),
    }
}

pub fn one_line(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every day of the forum, for the hash.
fn held_on(forum: &Forum) -> String {
    let days = days::dates_of(forum);
    let days: Vec<String> = days.iter().map(ToString::to_string).collect();
    days.join(",")
}

/// A date in words, in the parts that the paper prints bold.
fn in_parts((before, day): (&str, chrono::NaiveDate)) -> HeldDay {
    let words = dates::date_in_words(day);
    let (day, rest) = words.split_once(" tanggal ").unwrap_or((&words, ""));
    let (date_words, rest) = rest.split_once(" bulan ").unwrap_or((rest, ""));
    let (month, year_words) = rest.split_once(" tahun ").unwrap_or((rest, ""));
    HeldDay {
        before: before.to_owned(),
        day: day.to_owned(),
        date_words: date_words.to_owned(),
        month: month.to_owned(),
        year_words: year_words.to_owned(),
    }
}

fn held(forum: &Forum, zone: Tz, head: &berita_acara::Model) -> Held {
    let first = in_parts(("", forum.date));
    let spoken = days_text::spoken(&days::dates_of(forum)).into_iter();
    // Days with other hours are told by the minutes; here they would need a list.
    let hours = match days::hours_lines(forum, zone).as_slice() {
        [same] => Some(same.clone()),
        _ => None,
    };
    Held {
        day: first.day,
        date_words: first.date_words,
        month: first.month,
        year_words: first.year_words,
        more: spoken.skip(1).map(in_parts).collect(),
        date: days_text::digits(&days::dates_of(forum)),
        hours,
        place: head.place.clone(),
        event: head.opening_subject.trim_end_matches('.').to_owned(),
    }
}

/// A list as a sentence: each line ends with a semicolon, the last with a full stop.
fn ended(lines: &[String]) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let line = line.trim_end_matches([';', '.', ' ']);
            match at {
                at if at == last => format!("{line}."),
                at if at + 1 == last => format!("{line}; dan"),
                _ => format!("{line};"),
            }
        })
        .collect()
}

/// Minutes are cited once somebody began them; a record that is signed or locked tells what was so then.
#[must_use]
pub fn cites_minutes(forum: &Forum, head: &berita_acara::Model) -> bool {
    let begun = forum.minutes_begun_at;
    let fixed = head.signed_from.or(head.locked_at);
    begun.is_some_and(|begun| fixed.is_none_or(|fixed| begun <= fixed))
}

/// How many the attendance list has: now, or when the first one signed.
pub(super) fn counted(head: &berita_acara::Model, present: usize) -> usize {
    let signed = head.signed_present.map(usize::try_from);
    signed.and_then(Result::ok).unwrap_or(present)
}

/// What a record refers to: the lines that were typed, the version that it corrects, and what else there is of the
/// forum, unless a line names it already.
#[must_use]
pub fn references(
    forum: &Forum,
    head: &berita_acara::Model,
    amends: Option<&berita_acara::Model>,
    present: usize,
) -> Vec<String> {
    let typed = &head.reference.0;
    let named = |what: &str| {
        let mut lines = typed.iter();
        lines.any(|line| line.trim_start().to_lowercase().starts_with(what))
    };
    let day = days::short_dates(forum, Locale::Id);
    let mut lines = typed.clone();
    if let Some(old) = amends {
        lines.push(format!(
            "Berita Acara Nomor {} (versi {}), yang diperbaiki dengan Berita Acara ini",
            old.number, old.version_no
        ));
    }
    if cites_minutes(forum, head) && !named("notulen") {
        // The day of the forum: the minutes themselves are signed when they are approved, often later.
        lines.push(format!("Notulen {} pada {day}", forum.title));
    }
    let present = counted(head, present);
    if present > 0 && !named("daftar hadir") {
        lines.push(format!("Daftar hadir tanggal {day} ({present} orang)"));
    }
    ended(&lines)
}

/// Signatories by whom they represent, in the order in which the groups first appear.
fn groups(source: &Source<'_>) -> Vec<SignerGroup> {
    let mut groups: Vec<SignerGroup> = Vec::new();
    for one in &source.content.signatories {
        // Whom they stand for is said beside it.
        let position = beside(&one.represents, &[&one.role, &one.organisation], ", ");
        let signer = Signer {
            name: one.name.clone(),
            position,
            signature: source.drawn.get(&one.id).cloned(),
            mark: match &one.missing_reason {
                Some(reason) => Some(format!("Tidak menandatangani: {reason}")),
                None => one
                    .signed_on_paper
                    .then(|| "Ditandatangani di kertas".to_owned()),
            },
            signed_at: one.signed_on.map(|day| dates::date(day, Locale::Id)),
        };
        match groups
            .iter_mut()
            .find(|group| group.represents == one.represents)
        {
            Some(group) => group.signers.push(signer),
            None => groups.push(SignerGroup {
                represents: one.represents.clone(),
                signers: vec![signer],
            }),
        }
    }
    groups
}

fn notes(source: &Source<'_>, sealed: bool) -> Vec<String> {
    let head = &source.content.head;
    let mut notes = Vec::new();
    if !sealed {
        notes.push("PRATINJAU: naskah ini belum dikunci dan masih dapat berubah.".to_owned());
    }
    if let Some(old) = source.amends {
        notes.push(format!(
            "Versi {} memperbaiki dan menggantikan versi {}. Alasan: {}",
            head.version_no, old.version_no, head.amendment_reason
        ));
    }
    if let Some(at) = head.ended_early_at {
        let at = dates::date_time(&at.with_timezone(&source.zone), Locale::Id);
        notes.push(format!(
            "Forum selesai lebih awal daripada susunan acaranya: dinyatakan selesai {at}."
        ));
    }
    let mut signatories = source.content.signatories.iter();
    if sealed && signatories.any(|one| one.signed_on_paper) {
        // What nobody handed in is not kept here, and the paper does not claim it.
        let where_kept = if source.content.scans.is_empty() {
            "Lembar yang ditandatangani di kertas disimpan oleh penyelenggara."
        } else {
            "Lembar yang ditandatangani di kertas disimpan bersama naskah ini."
        };
        notes.push(where_kept.to_owned());
    }
    notes
}

fn verification(app: &App, seal: &Seal<'_>) -> Verification {
    let grouped: Vec<String> = seal
        .hash
        .as_bytes()
        .chunks(4)
        .map(|chunk| String::from_utf8_lossy(chunk).into_owned())
        .collect();
    Verification {
        notes: vec![
            format!("Sidik catatan (SHA-256): {}", grouped.join(" ")),
            "Unggah berkas ini pada halaman verifikasi untuk memastikan tidak satu huruf pun berubah sejak dikunci.".to_owned(),
        ],
        ..documents::verification(app, seal.code)
    }
}
