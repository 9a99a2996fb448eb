//! The satisfaction survey (SKM) of PermenPANRB 14/2017: periods of a unit with their elements and questions, and
//! answers that name nobody. An action item can name the element whose number it should move.

mod answering;
pub mod api;
mod aside;
mod aside_pages;
pub mod cli;
mod comments;
mod defaults;
pub mod entity;
mod freezing;
mod interim;
mod measured;
mod method_args;
pub mod pages;
mod paper;
mod pressed;
mod reading_comments;
mod recording;
pub mod results;
pub mod rules;
mod score_sheet;
mod service;
mod setup;
mod slips;
mod store;

pub use answering::{
    offered::asks_today,
    runs::forget as forget_networks,
    service::{make_link, make_short_link},
};
pub use comments::ForumChoices;
pub use entity::{
    Model as Element,
    answers::{CommentUse, SurveyResponseId, response::Model as SurveyResponse},
    setup::{SurveyPeriodId, period::Model as SurveyPeriod},
};
pub use measured::{measured, measured_period};
pub use reading_comments::{Became, became, comment, forget, remember};
pub use recording::{Recorded, record};
pub use service::{element, elements, load_defaults};
pub use setup::codes::add_usual as add_codes;

/// A link for one answer works so many days: who did not answer by then does not know any more how it was.
const LINK_DAYS: i64 = 90;

/// Removes links that had their time.
pub async fn sweep(
    db: &impl sea_orm::ConnectionTrait,
    now: chrono::DateTime<chrono::Utc>,
) -> crate::platform::error::Result<()> {
    let before = now.date_naive() - chrono::Duration::days(LINK_DAYS);
    store::points::forget_links(db, before).await
}
