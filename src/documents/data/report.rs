//! Kinds `report` and `report-public`: the FKP report with its annexes in one file. The editable copy is
//! made of the same value.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AttachmentHeader, Fact, Letterhead, Picture, Signatory, Verification};
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
    /// What is true of all annexes, above their list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annex_notes: Vec<String>,
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
    /// The three lines that tie an attachment to its decree.
    Attachment {
        header: AttachmentHeader,
    },
    /// A group of components of a standard of service.
    Components {
        /// The service, above its first group.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        label: String,
        rows: Vec<ComponentRow>,
    },
}

/// One component: words, and a list below them, numbered or lettered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComponentRow {
    pub number: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    pub ordered: bool,
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

/// An annex: its line in the list of annexes, and its pages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annex {
    /// `LAMPIRAN 1`
    pub number: String,
    pub title: String,
    /// Number, version, day and fingerprint of the issued paper, for the list.
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
    /// What belongs to it behind the signature, on pages of its own: the attachment of a decree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appendix: Vec<Block>,
    /// The photos of each page, as [`balanced`] shares them out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photo_pages: Vec<Vec<Photo>>,
    /// Files that are PDF and travel inside this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<AnnexFile>,
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

impl Annex {
    /// Whether it has pages of its own besides its line in the list.
    #[must_use]
    pub fn has_pages(&self) -> bool {
        self.paper.is_some() || !self.blocks.is_empty() || !self.photo_pages.is_empty()
    }
}

/// Most photos on a page.
const PHOTOS: usize = 3;

/// Shares things out over as few pages as hold them, and evenly: of two or more none stands alone.
#[must_use]
pub fn balanced<T>(things: Vec<T>) -> Vec<Vec<T>> {
    let pages = things.len().div_ceil(PHOTOS);
    let mut left = things.len();
    let mut things = things.into_iter();
    (0..pages)
        .map(|page| {
            let share = left.div_ceil(pages - page);
            left -= share;
            things.by_ref().take(share).collect()
        })
        .collect()
}

/// A file inside the PDF, as the list below the annexes tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnexFile {
    pub name: String,
    /// What it is, with its number.
    pub what: String,
    pub date: String,
    pub pages: String,
    /// Where it came from.
    pub source: String,
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

#[cfg(test)]
mod tests {
    use super::balanced;

    #[test]
    fn no_photo_stands_alone_beside_others() {
        for (photos, pages) in [
            (0, &[][..]),
            (1, &[1]),
            (2, &[2]),
            (3, &[3]),
            (4, &[2, 2]),
            (5, &[3, 2]),
            (7, &[3, 2, 2]),
            (10, &[3, 3, 2, 2]),
        ] {
            let shared = balanced((0..photos).collect::<Vec<_>>());
            let sizes: Vec<usize> = shared.iter().map(Vec::len).collect();
            assert_eq!(sizes, pages, "{photos}");
            let flat: Vec<usize> = shared.into_iter().flatten().collect();
            assert!(flat.into_iter().eq(0..photos), "{photos}");
        }
    }
}
