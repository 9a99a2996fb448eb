//! Sets one document as PDF. The file is archival (PDF/A-2a; the report PDF/A-3a) and accessible (PDF/UA-1): the
//! typesetter refuses to write it otherwise; only copies for envelopes are neither. The same kind, data and stamp give the
//! same bytes, so a hash can stand for the document.
//!
//! Rendering takes some tens of milliseconds of work without waiting: call it from a job, or inside `spawn_blocking`.

use std::fmt;

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde_json::Value;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Label, Selector, Smart};
use typst::introspection::Introspector as _;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_svg::SvgOptions;

use super::inputs::{self, Inputs};
use super::whole;
use super::world::Desk;

/// How many later documents may still use what an earlier one computed. Without eviction memory grows for ever; with
/// much more than this it grows with every page.
const KEEP_CACHED: usize = 5;

/// The documents that can be printed. The struct for each stands in [`super::data`], its template in
/// `document_templates/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Invitation,
    Recipients,
    Schedule,
    Attendance,
    BeritaAcara,
    Minutes,
    Report,
    /// The same report without personal data.
    ReportPublic,
    ComplaintReceipt,
    /// The link for checking in by oneself, for the wall; never registered.
    Poster,
    /// What was taken down and is signed on paper: a complaint's form, the opening of a suggestion box.
    Record,
    /// A register or a recapitulation: tables on broad paper; never registered.
    Tables,
    /// What an office answers to a complaint on paper.
    ClarificationLetter,
    /// To people, or to the authority: personal data got into wrong hands.
    BreachNotice,
    /// What is kept about a person, for that person.
    PersonalData,
    /// An issued letter once for each recipient, to be brought; never registered.
    Letters,
    /// Link and codes of each guest, which go with a letter on paper; never registered.
    AnswerSheets,
    /// The report of a survey period; the template of the forum's report.
    SurveyReport,
    /// The result of a survey for the wall; never registered.
    SurveyPoster,
    /// Links for one answer of a survey, to be cut apart; never registered.
    SurveySlips,
}

impl Kind {
    pub const ALL: [Self; 20] = [
        Self::Invitation,
        Self::Recipients,
        Self::Schedule,
        Self::Attendance,
        Self::BeritaAcara,
        Self::Minutes,
        Self::Report,
        Self::ReportPublic,
        Self::ComplaintReceipt,
        Self::Poster,
        Self::Record,
        Self::Tables,
        Self::ClarificationLetter,
        Self::BreachNotice,
        Self::PersonalData,
        Self::Letters,
        Self::AnswerSheets,
        Self::SurveyReport,
        Self::SurveyPoster,
        Self::SurveySlips,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Recipients => "recipients",
            Self::Schedule => "schedule",
            Self::Attendance => "attendance",
            Self::BeritaAcara => "berita-acara",
            Self::Minutes => "minutes",
            Self::Report => "report",
            Self::ReportPublic => "report-public",
            Self::ComplaintReceipt => "complaint-receipt",
            Self::Poster => "poster",
            Self::Record => "record",
            Self::Tables => "tables",
            Self::ClarificationLetter => "clarification-letter",
            Self::BreachNotice => "breach-notice",
            Self::PersonalData => "personal-data",
            Self::Letters => "letters",
            Self::AnswerSheets => "answer-sheets",
            Self::SurveyReport => "survey-report",
            Self::SurveyPoster => "survey-poster",
            Self::SurveySlips => "survey-slips",
        }
    }

    /// What its file is called where people keep it. Addresses and the API keep the name above.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Invitation => "surat-undangan",
            Self::Recipients => "daftar-penerima-undangan",
            Self::Schedule => "susunan-acara",
            Self::Attendance => "daftar-hadir",
            Self::BeritaAcara => "berita-acara",
            Self::Minutes => "notulen",
            Self::Report => "laporan",
            Self::ReportPublic => "laporan-umum",
            Self::ComplaintReceipt => "tanda-terima-pengaduan",
            Self::Poster => "poster-kehadiran",
            Self::Record => "formulir",
            Self::Tables => "tabel",
            Self::ClarificationLetter => "surat-klarifikasi",
            Self::BreachNotice => "pemberitahuan-pelanggaran-data",
            Self::PersonalData => "data-pribadi",
            Self::Letters => "surat-per-penerima",
            Self::AnswerSheets => "lembar-jawaban",
            Self::SurveyReport => "laporan-survei",
            Self::SurveyPoster => "poster-survei",
            Self::SurveySlips => "kartu-survei",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// PDF/A-2a, but PDF/A-3a where issued papers travel inside the file as they were issued. Copies for envelopes show
    /// the pages of another PDF, which no such standard allows, and go from the printer's tray to the post.
    fn standards(self) -> &'static [PdfStandard] {
        match self {
            Self::Report => &[PdfStandard::A_3a, PdfStandard::Ua_1],
            Self::Letters => &[],
            _ => &[PdfStandard::A_2a, PdfStandard::Ua_1],
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Why there is no file. None of these is a citizen's mistake: whatever people typed can be printed.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The template does not fit the data, or breaks the standard; every message with its hints.
    #[error("the template failed: {0}")]
    Template(String),
    #[error("a picture cannot be used: {0}")]
    Picture(String),
    #[error("the address for the QR code is too long: {0}")]
    Qr(qrcode::types::QrError),
    #[error("the data cannot be written for the template: {0}")]
    Data(#[from] serde_json::Error),
    /// The stamp is outside the years that a PDF can name.
    #[error("the time {0} cannot stand in a PDF")]
    Stamp(DateTime<Utc>),
}

/// Renders `data` (a struct of [`super::data`] as a JSON value) as a PDF that says it was made at `stamp`.
pub fn render(kind: Kind, data: &Value, stamp: DateTime<Utc>) -> Result<Vec<u8>, RenderError> {
    let options = pdf_options(kind, data, stamp)?;
    let desk = match kind {
        Kind::Letters => desk_of_copies(data, stamp)?,
        _ => desk_for(kind, data, stamp)?,
    };
    let Warned { output, .. } = typst::compile::<PagedDocument>(&desk);
    let file = output.and_then(|document| typst_pdf::pdf(&document, &options));
    typst::comemo::evict(KEEP_CACHED);
    file.map_err(|problems| RenderError::Template(told(&problems)))
}

/// The first pages of the same document as pictures (SVG), for the screen while it is being written.
pub fn pictures(
    kind: Kind,
    data: &Value,
    stamp: DateTime<Utc>,
    most: usize,
) -> Result<Vec<String>, RenderError> {
    let desk = desk_for(kind, data, stamp)?;
    let Warned { output, .. } = typst::compile::<PagedDocument>(&desk);
    let pictures = output.map(|document| {
        let pages = document.pages().iter().take(most);
        pages
            .map(|page| typst_svg::svg(page, &SvgOptions::default()))
            .collect()
    });
    typst::comemo::evict(KEEP_CACHED);
    pictures.map_err(|problems| RenderError::Template(told(&problems)))
}

/// Where the headings that the contents list stand in a document whose cover is not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The pages, in the order of the contents.
    pub headings: Vec<usize>,
    /// The number of the last page.
    pub last: usize,
}

/// Sets the same document to tell where its headings come to stand.
pub fn places(kind: Kind, data: &Value, stamp: DateTime<Utc>) -> Result<Places, RenderError> {
    let desk = desk_for(kind, data, stamp)?;
    let Warned { output, .. } = typst::compile::<PagedDocument>(&desk);
    let places = output.map(|document| {
        let introspector = document.introspector();
        let label = Label::new(PicoStr::intern("in-contents"));
        let headings = label.map(|label| introspector.query(&Selector::Label(label)));
        let pages = headings.iter().flatten().filter_map(|heading| {
            let page = introspector.page(heading.location()?)?;
            Some(page.get().saturating_sub(1))
        });
        Places {
            headings: pages.collect(),
            last: document.pages().len().saturating_sub(1),
        }
    });
    typst::comemo::evict(KEEP_CACHED);
    places.map_err(|problems| RenderError::Template(told(&problems)))
}

/// The letter is set once. What differs between its copies is a line above every page, and setting hundreds of letters
/// with their annexes takes minutes and gigabytes.
fn desk_of_copies(data: &Value, stamp: DateTime<Utc>) -> Result<Desk, RenderError> {
    let letter = render(Kind::Invitation, &data["letter"], stamp)?;
    let pages = whole::pages(letter.clone())
        .ok_or_else(|| RenderError::Template("the letter cannot be read again".to_owned()))?;
    let mut shown = data.clone();
    shown["letter"] = Value::Null;
    shown["pages"] = pages.into();
    let mut inputs = inputs::inputs_for(&shown)?;
    inputs.files.push(("/letter.pdf".to_owned(), letter));
    desk_with(Kind::Letters, inputs, stamp)
}

fn desk_for(kind: Kind, data: &Value, stamp: DateTime<Utc>) -> Result<Desk, RenderError> {
    desk_with(kind, inputs::inputs_for(data)?, stamp)
}

fn desk_with(kind: Kind, inputs: Inputs, stamp: DateTime<Utc>) -> Result<Desk, RenderError> {
    Desk::new(&format!("/{kind}.typ"), inputs, stamp)
        .map_err(|broken| RenderError::Template(format!("{broken:?}")))
}

fn pdf_options(kind: Kind, data: &Value, stamp: DateTime<Utc>) -> Result<PdfOptions, RenderError> {
    let standards = PdfStandards::new(kind.standards())
        .map_err(|refused| RenderError::Template(refused.message().to_string()))?;
    let time = pdf_time(stamp).ok_or(RenderError::Stamp(stamp))?;
    Ok(PdfOptions {
        // Only its hash goes into the file.
        ident: Smart::Custom(format!("{kind} {data}")),
        creator: Smart::Custom(Some("Rembuk".to_owned())),
        timestamp: Some(Timestamp::new_utc(time)),
        standards,
        tagged: kind != Kind::Letters,
        ..PdfOptions::default()
    })
}

fn pdf_time(stamp: DateTime<Utc>) -> Option<Datetime> {
    let small = |number: u32| u8::try_from(number).ok();
    if !(1..=9999).contains(&stamp.year()) {
        return None;
    }
    Datetime::from_ymd_hms(
        stamp.year(),
        small(stamp.month())?,
        small(stamp.day())?,
        small(stamp.hour())?,
        small(stamp.minute())?,
        small(stamp.second())?,
    )
}

/// The problems as one line for the log.
fn told(problems: &[SourceDiagnostic]) -> String {
    let one = |problem: &SourceDiagnostic| {
        let hints = problem
            .hints
            .iter()
            .map(|hint| format!(" (hint: {})", hint.v))
            .collect::<String>();
        format!("{}{hints}", problem.message)
    };
    problems.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
