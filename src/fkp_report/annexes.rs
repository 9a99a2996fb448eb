//! The seven annexes, in the order of the guideline's reports. An issued paper is printed again from the
//! very data that it was set from, and travels inside the PDF as it was issued, byte by byte: the archival
//! standard forbids to place pages of another PDF.

use serde_json::Value;

use super::{book::Book, bundle, compose::Audience, established, scans};
use crate::{
    access::Ctx,
    berita_acara::ANNEXES,
    calendar::dates,
    documents::{
        self, Document, Kind,
        data::{Annex, AnnexFile, Fact, Original, Paper, Photo, balanced},
    },
    platform::{
        error::Result,
        i18n::{Locale, Message},
    },
};

const ID: Locale = Locale::Id;

/// The titles, in order; their place is their number.
pub const TITLES: [&str; ANNEXES] = [
    "Surat Undangan",
    "Berita Acara yang Ditandatangani",
    "Notulen Rapat",
    "Salinan Daftar Hadir",
    "Dokumentasi Kegiatan",
    "Keputusan tentang Penetapan Standar Pelayanan",
    "Maklumat Pelayanan",
];

/// Annexes that have nothing to show, by their number.
#[must_use]
pub fn missing(book: &Book, photos: usize) -> Vec<usize> {
    let papers = &book.papers;
    let there = [
        papers.invitation.is_some(),
        papers.berita_acara.is_some(),
        papers.minutes.is_some(),
        papers.attendance.is_some(),
        photos > 0,
        book.decree.is_some(),
        book.charter.is_some(),
    ];
    let numbered = (1..).zip(there);
    numbered
        .filter(|(_, there)| !there)
        .map(|(number, _)| number)
        .collect()
}

/// A missing annex as a sentence: on the paper, and as a warning before it is issued.
#[must_use]
pub fn missing_text(number: usize, locale: Locale) -> String {
    Message::new(&format!("fkp-report-missing-{number}")).text(locale)
}

pub(super) fn empty(number: usize) -> Annex {
    Annex {
        number: format!("LAMPIRAN {number}"),
        title: TITLES[number - 1].to_owned(),
        facts: Vec::new(),
        notes: Vec::new(),
        paper: None,
        blocks: Vec::new(),
        signatory: None,
        appendix: Vec::new(),
        photo_pages: Vec::new(),
        files: Vec::new(),
        scans: Vec::new(),
        attached: Vec::new(),
        original: None,
    }
}

fn absent(number: usize) -> Annex {
    Annex {
        notes: vec![missing_text(number, ID)],
        ..empty(number)
    }
}

/// What is said once above the list of all; nothing while no paper is among them.
#[must_use]
pub fn notes(annexes: &[Annex], audience: Audience) -> Vec<String> {
    if annexes.iter().all(|annex| annex.paper.is_none()) {
        return Vec::new();
    }
    let words = match audience {
        Audience::Office => {
            "Naskah yang telah diterbitkan dicetak kembali dari data yang sama. Berkas aslinya, tanpa satu huruf pun berubah, tersimpan di dalam PDF ini dengan nama yang disebut di bawah."
        }
        Audience::Public => {
            "Naskah yang telah diterbitkan dicetak kembali dari data yang sama, tanpa data pribadi."
        }
    };
    vec![words.to_owned()]
}

/// All seven for a reader.
pub async fn of(
    ctx: &Ctx,
    book: &Book,
    audience: Audience,
    photos: Vec<Photo>,
) -> Result<Vec<Annex>> {
    let papers = &book.papers;
    let attendance = match audience {
        Audience::Office => &papers.attendance,
        Audience::Public => &papers.attendance_public,
    };
    Ok(vec![
        issued(ctx, book, 1, papers.invitation.as_ref(), audience).await?,
        issued(ctx, book, 2, papers.berita_acara.as_ref(), audience).await?,
        issued(ctx, book, 3, papers.minutes.as_ref(), audience).await?,
        issued(ctx, book, 4, attendance.as_ref(), audience).await?,
        pictures(photos),
        established::decree(book).unwrap_or_else(|| absent(6)),
        established::charter(book).unwrap_or_else(|| absent(7)),
    ])
}

/// The same for the editable copy, which tells in its list where each paper is; of letter, Berita Acara, minutes and
/// attendance list it shows what they say and who signed.
pub async fn named(ctx: &Ctx, book: &Book, photos: Vec<Photo>) -> Result<Vec<Annex>> {
    let papers = &book.papers;
    let issued = |number: usize, document: &Option<Document>| match document {
        Some(document) => {
            let mut annex = empty(number);
            annex.facts = known(book, document);
            annex.notes = vec![format!(
                "Naskah aslinya: {} di dalam PDF laporan, dan {} di dalam arsip berkas-{}.zip.",
                inside(number, document),
                bundle::name_of(document),
                book.forum.code
            )];
            scans::name(&mut annex, scans::of(book, number));
            annex
        }
        None => absent(number),
    };
    let mut annexes = vec![
        issued(1, &papers.invitation),
        issued(2, &papers.berita_acara),
        issued(3, &papers.minutes),
        issued(4, &papers.attendance),
        pictures(photos),
        established::decree(book).unwrap_or_else(|| absent(6)),
        established::charter(book).unwrap_or_else(|| absent(7)),
    ];
    let edited = [
        &papers.invitation,
        &papers.berita_acara,
        &papers.minutes,
        &papers.attendance,
    ];
    for (annex, document) in annexes[..4].iter_mut().zip(edited) {
        annex.paper = editable(ctx, document.as_ref()).await?;
    }
    for annex in &mut annexes {
        if annex.has_pages() {
            annex
                .notes
                .push("Isinya juga dimuat pada salinan ini, tanpa gambar tanda tangan.".to_owned());
        }
    }
    Ok(annexes)
}

/// What an issued paper says, for the editable copy.
async fn editable(ctx: &Ctx, document: Option<&Document>) -> Result<Option<Paper>> {
    let Some((document, kind)) = document.and_then(|one| Some((one, one.kind()?))) else {
        return Ok(None);
    };
    let data = documents::source(&ctx.app, document).await?;
    Ok(data.map(|data| Paper::new(kind, data)))
}

/// The name of an issued paper inside the PDF.
fn inside(number: usize, document: &Document) -> String {
    format!("lampiran-{number}-{}.pdf", bundle::file_name(document))
}

/// An issued paper as an annex.
async fn issued(
    ctx: &Ctx,
    book: &Book,
    number: usize,
    document: Option<&Document>,
    audience: Audience,
) -> Result<Annex> {
    let Some(document) = document else {
        return Ok(absent(number));
    };
    let mut annex = empty(number);
    annex.facts = facts(book, document);
    if audience == Audience::Public && document.restricted {
        annex.notes = vec![
            "Naskah ini terbatas bagi penerimanya dan tidak dimuat dalam versi untuk umum."
                .to_owned(),
        ];
        return Ok(annex);
    }
    let data = documents::source(&ctx.app, document).await?;
    let kind = document.kind();
    annex.paper = match (data, kind) {
        (Some(data), Some(kind)) => Some(Paper::new(kind, shown(kind, data, audience))),
        _ => None,
    };
    match audience {
        Audience::Office => {
            let bytes = documents::bytes(&ctx.app, document).await?;
            let name = inside(number, document);
            annex.files = vec![AnnexFile {
                name: name.clone(),
                what: what(&annex.title, document),
                date: dates::date(issued_on(book, document), ID),
                pages: documents::pages_of(&bytes).await,
                source: "Naskah seperti diterbitkan".to_owned(),
            }];
            annex.original = Some(Original::new(name, &bytes));
            scans::add(ctx, book, &mut annex, number).await?;
        }
        Audience::Public if annex.paper.is_none() => {
            annex.notes = vec!["Naskah ini tidak dimuat dalam versi untuk umum.".to_owned()];
        }
        Audience::Public => {}
    }
    Ok(annex)
}

/// `Surat Undangan, Nomor 400/1/2026, versi 2`
fn what(title: &str, document: &Document) -> String {
    let number = document
        .number
        .iter()
        .map(|number| format!("Nomor {number}"));
    let parts = std::iter::once(title.to_owned())
        .chain(number)
        .chain([format!("versi {}", document.version)]);
    parts.collect::<Vec<_>>().join(", ")
}

fn issued_on(book: &Book, document: &Document) -> chrono::NaiveDate {
    document.issued_at.with_timezone(&book.zone).date_naive()
}

fn facts(book: &Book, document: &Document) -> Vec<Fact> {
    let mut facts = known(book, document);
    facts.push(Fact {
        label: "Sidik berkas (SHA-256)".to_owned(),
        lines: fingerprint(&document.sha256),
    });
    facts
}

/// By what people find a paper again.
fn known(book: &Book, document: &Document) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(number) = &document.number {
        facts.push(Fact::new("Nomor", number.as_str()));
    }
    let version = match document.version {
        1 => "1".to_owned(),
        later => format!("{later}, menggantikan versi {}", later - 1),
    };
    facts.push(Fact::new("Versi", version));
    let issued = document.issued_at.with_timezone(&book.zone);
    facts.push(Fact::new("Terdaftar", dates::date_time(&issued, ID)));
    facts.push(Fact::new(
        "Kode verifikasi",
        documents::grouped_code(&document.verification_code),
    ));
    facts
}

/// A hash as people compare it: in groups, two on a line.
pub fn fingerprint(sha256: &str) -> Vec<String> {
    let groups: Vec<&str> = (0..sha256.len())
        .step_by(16)
        .filter_map(|from| sha256.get(from..from + 16))
        .collect();
    groups.chunks(2).map(|pair| pair.join(" ")).collect()
}

/// What a reader may see of a paper: for everybody neither drawn signatures nor the list of people invited.
fn shown(kind: Kind, data: Value, audience: Audience) -> Value {
    match audience {
        Audience::Office => data,
        Audience::Public => {
            let mut data = without_signatures(data);
            if kind == Kind::Invitation
                && let Value::Object(fields) = &mut data
            {
                fields.remove("recipients");
            }
            data
        }
    }
}

fn without_signatures(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(without_signatures).collect(),
        Value::Object(mut fields) => {
            if fields.get("signature").is_some_and(Value::is_object) {
                fields.remove("signature");
                fields.insert("mark".to_owned(), "Ditandatangani".into());
            }
            Value::Object(
                fields
                    .into_iter()
                    .map(|(name, inner)| (name, without_signatures(inner)))
                    .collect(),
            )
        }
        other => other,
    }
}

fn pictures(photos: Vec<Photo>) -> Annex {
    if photos.is_empty() {
        return absent(5);
    }
    Annex {
        facts: vec![Fact::new("Jumlah foto", photos.len().to_string())],
        photo_pages: balanced(photos),
        ..empty(5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_copy_has_neither_signatures_nor_the_list_of_the_invited() {
        let data = serde_json::json!({
            "recipients": {"rows": [{"name": "Budi Contoh"}]},
            "groups": [{"signers": [{"name": "Ani", "signature": {"format": "png", "base64": "AA=="}}]}],
        });
        let public = shown(Kind::Invitation, data.clone(), Audience::Public);
        assert_eq!(
            public,
            serde_json::json!({"groups": [{"signers": [{"name": "Ani", "mark": "Ditandatangani"}]}]})
        );
        assert_eq!(
            shown(Kind::Invitation, data.clone(), Audience::Office),
            data
        );
    }
}
