//! What the survey hangs up and hands out: its result for the wall, and links for one answer to be cut apart.

use serde::{Deserialize, Serialize};

use super::Picture;

/// Kind `survey-poster`: the result of a period for the wall.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyPoster {
    pub title: String,
    pub unit: String,
    pub heading: String,
    /// Title and days of the period.
    pub period: String,
    pub index_label: String,
    pub ikm: String,
    pub grade: String,
    pub performance: String,
    pub respondents: String,
    /// Where the index stands from the worst (0) to the best (100).
    pub share: f64,
    pub bands: Vec<PosterBand>,
    /// What stands at both ends of the scale.
    pub lowest: String,
    pub highest: String,
    pub elements_label: String,
    pub elements: Vec<PosterElement>,
    /// Which elements come first to be bettered.
    pub weakest: String,
    pub scan: String,
    /// The address as people type it, without the scheme.
    pub url: String,
    pub rules: String,
    /// What the QR code is, for those who hear it.
    pub alt: String,
    pub qr: String,
}

/// A grade on the scale, in shares of its length.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PosterBand {
    pub grade: String,
    pub from: f64,
    pub to: f64,
    pub reached: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PosterElement {
    pub name: String,
    pub nrr: String,
    /// Of a full bar, 0 to 100.
    pub share: f64,
    pub weak: bool,
}

/// Kind `survey-slips`: links for one answer each, eight on a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveySlips {
    pub title: String,
    pub unit: String,
    pub heading: String,
    pub service: String,
    pub how: String,
    /// For how long, and how often.
    pub note: String,
    pub alt: String,
    pub slips: Vec<SurveySlip>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveySlip {
    /// The address as people type it, in two parts: a long word gets places to break, and then a copy of it leads
    /// nowhere.
    pub host: String,
    pub path: String,
    pub code: Picture,
}
