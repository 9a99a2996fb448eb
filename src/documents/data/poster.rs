//! Kind `poster`: the sheet at the door from which people check in by themselves.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Poster {
    pub title: String,
    pub unit: String,
    pub forum: String,
    pub when: String,
    pub place: String,
    /// `Pindai untuk mencatat kehadiran Anda`
    #[serde(rename = "do")]
    pub invitation: String,
    pub or: String,
    /// The address as people type it, without the scheme.
    pub url: String,
    pub help: String,
    /// What the QR code is, for those who hear it.
    pub alt: String,
    /// The address behind the code.
    pub qr: String,
}
