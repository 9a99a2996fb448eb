//! What each kind of document is filled with. Rust formats dates, numbers and sentences; the template only places them,
//! so every field here is text that is ready to print. Samples of the JSON stand in `document_templates/samples/`.
//!
//! Two fields are shared by all: `title` is the name of the PDF that readers and screen readers show, and `qr` is the
//! address that becomes the QR code (left out, there is none).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

mod copies;
mod letter;
mod poster;
mod record;
mod report;
mod survey_sheets;
mod tables;

pub use copies::{AnswerSheet, AnswerSheets, Letters};
pub use letter::{Letter, LetterSection};
pub use poster::Poster;
pub use record::{Record, RecordSection, RecordSlip, RecordTable};
pub use report::{
    Annex, AnnexFile, Block, Chapter, Column, ComponentRow, Original, Paper, Photo, Report,
    ReportSection, balanced,
};
pub use survey_sheets::{PosterBand, PosterElement, SurveyPoster, SurveySlip, SurveySlips};
pub use tables::{PaperChart, PaperColumn, PaperLegend, PaperTable, TablePaper};

/// A picture inside the data: an emblem or a drawn signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    pub format: PictureFormat,
    /// The file, in standard base64, because JSON cannot carry bytes.
    pub base64: String,
}

impl Picture {
    pub fn new(format: PictureFormat, bytes: &[u8]) -> Self {
        Self {
            format,
            base64: STANDARD.encode(bytes),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureFormat {
    Svg,
    Png,
    Jpg,
}

/// The head of official paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letterhead {
    /// The government above the unit, a line each; printed in capitals.
    pub government: Vec<String>,
    /// Printed bold and in capitals; a long name gets smaller letters.
    pub unit: String,
    /// Street, telephone, post and web address, a line each.
    pub address: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Picture>,
}

/// How a reader makes sure that the paper is genuine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// Grouped for reading, such as `K7QM-4XPD-92RT`.
    pub code: String,
    /// The address of the verification page as people type it, without the scheme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Sentences such as the hash of the record; only the berita acara prints them. The hash of the file itself cannot
    /// stand in the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A label and what belongs to it, printed as `Label : line`. In a form no line at all prints as room to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub label: String,
    pub lines: Vec<String>,
}

impl Fact {
    pub fn new(label: impl Into<String>, line: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            lines: vec![line.into()],
        }
    }
}

/// Someone who signs, with what fills the space for the signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// `Samarinda, 28 Oktober 2025`, where it is not already at the head of the paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_date: Option<String>,
    /// The position with its comma, a line each; the first may be `a.n. Gubernur …`.
    pub position: Vec<String>,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<String>,
    /// The employee number without the word NIP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nip: Option<String>,
    /// A drawn signature; left out, there is room for a pen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Picture>,
    /// Words instead of a drawn signature, such as `Ditandatangani secara elektronik`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

/// Kind `invitation`: the letter with its attachments in one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    pub title: String,
    pub letterhead: Letterhead,
    /// `Samarinda, 24 Oktober 2025`; stands on the line of the number, without a full stop.
    pub place_date: String,
    pub number: String,
    /// Sifat: `Biasa`, `Penting`, …
    pub classification: String,
    /// `1 (satu) berkas`, or `-`.
    pub attachments: String,
    /// Hal.
    pub subject: String,
    /// What follows `Yth.`, a line each.
    pub addressees: Vec<String>,
    /// What follows `di`.
    pub address_place: String,
    pub opening: Vec<String>,
    /// Hari/Tanggal, Pukul, Tempat, Agenda Rapat.
    pub event: Vec<Fact>,
    /// At least one paragraph: the last one stays on the page of the signature.
    pub closing: Vec<String>,
    pub signatory: Signatory,
    /// Tembusan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipients: Option<RecipientList>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
    /// What stands across every page of a letter that is not issued: `KONSEP`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
}

/// The three lines that tie an attachment to its letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentHeader {
    /// `Lampiran`, or `Lampiran I` where there are several.
    pub label: String,
    /// `Surat Sekretaris Daerah Provinsi Kalimantan Timur`.
    pub letter: String,
    pub number: String,
    pub date: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipientList {
    pub header: AttachmentHeader,
    pub heading: Vec<String>,
    pub rows: Vec<RecipientRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipientRow {
    pub number: String,
    /// An office, or a person by name.
    pub name: String,
    /// How many may come, or in which role.
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    pub header: AttachmentHeader,
    pub heading: Vec<String>,
    /// Heads the column of times: `Selasa, 28 Oktober 2025`.
    pub day: String,
    pub rows: Vec<ScheduleRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleRow {
    /// A heading above this row: the day that begins here, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    pub time: String,
    pub activity: String,
    pub in_charge: String,
}

/// Kind `recipients`: the attachment alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipients {
    pub title: String,
    pub recipients: RecipientList,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
}

/// Kind `schedule`: the attachment alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchedulePaper {
    pub title: String,
    pub schedule: Schedule,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
}

/// Kind `attendance`. The same template prints the record, the public copy (the caller masks the phones) and the blank
/// sheet for the door (rows with empty fields).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    pub title: String,
    /// Stands above the table from the second sheet on.
    pub running: String,
    pub letterhead: Letterhead,
    pub heading: Vec<String>,
    pub facts: Vec<Fact>,
    pub rows: Vec<AttendanceRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<Signatory>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttendanceRow {
    pub number: String,
    pub name: String,
    /// Position and institution.
    pub position: String,
    pub phone: String,
    pub time: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Picture>,
    /// Words instead of a drawn signature: `di kertas`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// The code by which a row of the sheet for the door is found again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// A heading above this row: the group that begins here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
}

/// Kind `berita-acara`: what was agreed, and who signed for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeritaAcara {
    pub title: String,
    pub running: String,
    pub letterhead: Letterhead,
    pub heading: Vec<String>,
    pub number: String,
    pub held: Held,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legal_basis: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// Leads to the numbered points.
    pub lead: String,
    pub points: Vec<String>,
    pub closing: String,
    pub groups: Vec<SignerGroup>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
}

/// The opening sentence in its parts, because the words of the date print bold:
/// `Pada hari ini, Selasa tanggal Dua Puluh Delapan bulan Oktober tahun Dua Ribu Dua Puluh Lima (28-10-2025), …`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    pub day: String,
    pub date_words: String,
    pub month: String,
    pub year_words: String,
    /// The further days in words, each with what stands before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<HeldDay>,
    /// All of them in digits.
    pub date: String,
    /// `08.00 s.d. 13.00 WITA`; none for days with other hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// What follows `bertempat di`.
    pub place: String,
    /// What follows `telah dilaksanakan`, without a full stop.
    pub event: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldDay {
    /// `sampai dengan`, `dan`, or a comma.
    pub before: String,
    pub day: String,
    pub date_words: String,
    pub month: String,
    pub year_words: String,
}

/// Those who sign for one represented group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignerGroup {
    pub represents: String,
    pub signers: Vec<Signer>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    pub name: String,
    pub position: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Picture>,
    /// `Ditandatangani di kertas`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_at: Option<String>,
}

/// Kind `minutes`: the sections of the office's own form, with what was discussed, raised and decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    pub title: String,
    pub running: String,
    pub letterhead: Letterhead,
    pub heading: Vec<String>,
    /// Leads to the facts of section A.
    pub lead: String,
    /// Hari/Tanggal, Pukul, Acara, Tempat.
    pub facts: Vec<Fact>,
    pub participants_lead: String,
    pub participants: Vec<String>,
    pub agenda: Vec<ProgrammeRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discussion: Vec<Discussion>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<InputRow>,
    pub closing: String,
    pub minute_taker: Signatory,
    pub approver: Signatory,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeRow {
    /// A heading above this row: the day that begins here, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// `08.00–08.30`
    pub time: String,
    pub activity: String,
}

/// What was said about one agenda item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discussion {
    pub activity: String,
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputRow {
    pub code: String,
    /// The group that the person stands for, never a name.
    pub from: String,
    /// Element or component, and service; may be empty.
    pub about: String,
    pub text: String,
    /// The answer, or words that there is none yet.
    pub answer: String,
}

/// Kind `complaint-receipt`: what the citizen keeps, on A5 paper. Here `qr` is the address of the status page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintReceipt {
    pub title: String,
    pub running: String,
    pub letterhead: Letterhead,
    pub heading: String,
    pub number: String,
    /// In groups of four.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_code: Option<Vec<String>>,
    pub access_note: String,
    pub qr_caption: String,
    /// Diterima, Melalui, Perihal.
    pub facts: Vec<Fact>,
    pub due_at: String,
    pub due_rule: String,
    /// Each day, counted or skipped and why; days alike may share a line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub due_days: Vec<DueDay>,
    pub next_steps: Vec<String>,
    pub privacy: PrivacyChoice,
    pub contact: Vec<Fact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueDay {
    pub date: String,
    pub note: String,
    /// `hari ke-1`, `tidak dihitung`.
    pub count: String,
    /// Counted days print bold, the others grey.
    pub counted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivacyChoice {
    /// `Terbuka`, `Rahasia`, `Anonim`.
    pub choice: String,
    /// Who sees what, as the end of a sentence that begins with the choice.
    pub meaning: String,
}
