//! Kind `tables`: a register or a recapitulation, on broad paper.

use serde::{Deserialize, Serialize};

use super::{Fact, Letterhead, Picture, Signatory};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TablePaper {
    pub title: String,
    pub letterhead: Letterhead,
    pub heading: Vec<String>,
    /// Above the text from the second page on.
    pub running: String,
    pub facts: Vec<Fact>,
    pub tables: Vec<PaperTable>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<Signatory>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperTable {
    /// Above it, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The same numbers, drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chart: Option<PaperChart>,
    pub columns: Vec<PaperColumn>,
    pub rows: Vec<Vec<String>>,
    /// The last row sums up the others.
    pub sums_up: bool,
    /// Said instead of rows where there are none.
    pub empty: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperChart {
    /// What it says, for those who do not see it.
    pub description: String,
    /// Below each other.
    pub pictures: Vec<Picture>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legend: Vec<PaperLegend>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperLegend {
    pub label: String,
    /// `#0b5563`
    pub colour: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperColumn {
    pub label: String,
    /// Its share of the width.
    pub share: u32,
    /// Numbers stand at the right.
    pub numeric: bool,
}
