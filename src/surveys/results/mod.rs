//! The result of a survey period: computed in one pass over the kept scores, kept when the period is frozen, shown to
//! the office and to everybody, as workbook, report and poster.

pub mod api;
mod comparing;
mod computing;
pub mod entity;
mod figures;
mod making;
pub mod pages;
mod public;
mod report;
mod report_annexes;
mod report_chapters;
mod service;
mod store;
mod views;
mod workbook;

pub use comparing::{Compared, Comparisons, PeriodFrozen};
pub use computing::{Answer, Counted, counted};
pub use figures::SurveyResult;
pub(in crate::surveys) use service::keep;
pub use service::{
    LatestScore, NewPublication, Seen, frozen_results, has_earlier, latest_scores, look, of_year,
    publications, publish, unlike,
};
