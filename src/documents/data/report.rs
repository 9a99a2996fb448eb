//! Kinds `report` and `report-public`: the FKP report with its annexes in one file. The editable copy is
//! made of the same value.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Fact, Letterhead, Picture, Signatory, Verification};
use crate::documents::Kind;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    pub title: String,
    /// Stands above the text from the second page on.
    pub running: String,
    pub letterhead: Letterhead,
    /// LAPORAN, FORUM KONSULTASI PUBLIK, unit, year; a line each.
    pub cover: Vec<String>,
    /// Under the cover's lines: number and date, or that it is a preview or the public copy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cover_notes: Vec<String>,
    /// Kata pengantar, a paragraph each.
    pub preface: Vec<String>,
    pub chapters: Vec<Chapter>,
    pub signatory: Signatory,
    pub annexes: Vec<Annex>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// `BAB I`
    pub number: String,
    pub title: String,
    pub sections: Vec<ReportSection>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportSection {
    /// `1. Latar Belakang`; the last chapter has no sections of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    Text {
        words: String,
    },
    /// `format` numbers the items: `a.`, `1)`, `1.`
    List {
        format: String,
        items: Vec<String>,
    },
    Facts {
        facts: Vec<Fact>,
    },
    /// Words that stand large in the middle of the page, such as the service charter.
    Pledge {
        words: String,
    },
    Table {
        columns: Vec<Column>,
        rows: Vec<Vec<String>>,
    },
    /// The head of the unit's paper.
    Letterhead,
    /// Bold lines in the middle: the title of a paper inside an annex.
    Title {
        lines: Vec<String>,
    },
    /// A clause of a decree: its label at the left, words and a list under each other beside it.
    Clause {
        label: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
        format: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<String>,
    },
}

impl Block {
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text {
            words: words.into(),
        }
    }

    pub fn list(format: &str, items: Vec<String>) -> Self {
        Self::List {
            format: format.to_owned(),
            items,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub label: String,
    /// Share of the width; the sum of a table's shares is its whole.
    pub share: u32,
}

impl Column {
    pub fn new(label: &str, share: u32) -> Self {
        Self {
            label: label.to_owned(),
            share,
        }
    }
}

/// An annex: its separator page, and what follows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annex {
    /// `LAMPIRAN 1`
    pub number: String,
    pub title: String,
    /// Number, version, day and fingerprint of the issued paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// How the annex was made, or that it is missing and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// An issued paper, set again from the data that it was set from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// Who signed what the blocks say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<Signatory>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
    /// Scans of what was signed by hand, a page each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scans: Vec<Photo>,
    /// Scans that are PDF: pages of one cannot stand in another, so they travel inside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attached: Vec<Original>,
    /// The same paper, byte by byte as it was issued, as a file inside the PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// The code of a [`Kind`].
    pub kind: String,
    pub data: Value,
}

impl Paper {
    pub fn new(kind: Kind, data: Value) -> Self {
        Self {
            kind: kind.as_str().to_owned(),
            data,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    pub caption: String,
    pub picture: Picture,
}

/// A file that travels inside the PDF.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Original {
    pub file_name: String,
    /// The file, in standard base64, because JSON cannot carry bytes.
    pub base64: String,
}

impl Original {
    pub fn new(file_name: String, bytes: &[u8]) -> Self {
        Self {
            file_name,
            base64: STANDARD.encode(bytes),
        }
    }
}
