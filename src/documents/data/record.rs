//! Kind `record`: what was taken down and is signed by those who were there: the form of a complaint that came at the
//! counter, the opening of a suggestion box.

use serde::{Deserialize, Serialize};

use super::{Fact, Letterhead, Signatory, Verification};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub title: String,
    /// Stands above the text from the second page on.
    pub running: String,
    pub letterhead: Letterhead,
    pub heading: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lead: Vec<String>,
    pub facts: Vec<Fact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<RecordSection>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<RecordTable>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closing: Vec<String>,
    /// Two beside each other.
    pub signatories: Vec<Signatory>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What is cut off below and taken home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slip: Option<RecordSlip>,
    /// Of a registered record; then the QR code stands beside it on every page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordSection {
    pub heading: String,
    /// Paragraphs; line ends that somebody typed stay.
    pub paragraphs: Vec<String>,
    /// Numbered points below them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<String>,
}

/// Rows of three: a number, what it is, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordTable {
    pub heading: String,
    pub columns: [String; 3],
    pub rows: Vec<[String; 3]>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordSlip {
    pub cut: String,
    pub heading: String,
    pub facts: Vec<Fact>,
    pub note: String,
    /// What the QR code is, for those who hear it.
    pub alt: String,
}
