//! The result of a survey period: computed in one pass over the kept scores, kept when the period is frozen, shown to
//! the office and to everybody, as workbook, report and poster.

pub mod api;
mod comparing;
mod computing;
pub mod entity;
mod figures;
mod latest;
mod making;
pub mod pages;
mod photo_pages;
mod photos;
mod poster;
mod public;
mod publication_pages;
mod publishing;
mod remembered;
mod report;
mod report_annexes;
mod report_chapters;
mod report_emails;
mod report_pages;
mod reporting;
mod service;
mod store;
mod views;
mod withholding;
mod workbook;

pub use comparing::{Compared, Comparisons, PeriodFrozen};
pub use computing::{Answer, Counted, counted};
pub use figures::{ResultElement, SurveyResult};
pub use latest::{LatestScore, latest_scores, latest_until};
pub use publishing::{NewPublication, publications, publish};
pub use reporting::waiting as reports_waiting;
pub(in crate::surveys) use service::keep;
pub use service::{
    Earlier, Seen, frozen_results, has_earlier, look, of_year, precedes, previous_of, unlike,
};
pub(in crate::surveys) use store::delete_report;
pub use views::{localised, signed, weights_words};
pub(in crate::surveys) use withholding::few_answered;
