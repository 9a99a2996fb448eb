//! A letter of an office with its head, and what it encloses under headings.

use serde::{Deserialize, Serialize};

use super::{Fact, Letterhead, Signatory, Verification};

/// Kinds `clarification-letter`, `breach-notice` and `personal-data`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    pub title: String,
    pub letterhead: Letterhead,
    /// `Samarinda, 24 Oktober 2025`.
    pub place_date: String,
    /// Nomor; empty leaves the line out.
    pub number: String,
    /// Sifat.
    pub classification: String,
    /// What goes along; empty leaves the line out.
    pub attachments: String,
    /// Hal.
    pub subject: String,
    /// What follows `Yth.`, a line each.
    pub addressees: Vec<String>,
    /// What follows `di`; empty leaves it out.
    pub address_place: String,
    pub opening: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    pub body: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<LetterSection>,
    /// At least one paragraph: it stays on the page of the signature.
    pub closing: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<Signatory>,
    /// Tembusan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterSection {
    pub heading: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<String>,
}
