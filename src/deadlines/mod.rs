//! Where the calendar and what hangs on it come together: a decree adds or withdraws a holiday and the open
//! deadlines of complaints follow in the same transaction; a unit chooses by which numbers of days it answers.

pub mod api;
mod holiday_pages;
mod policy_pages;
mod preview;
mod service;
pub mod unit_api;
mod unit_day_pages;
mod unit_days;

pub use service::check_again;
pub use unit_days::check_again as check_units_again;

use poem::Route;

/// The pages of holidays, of a unit's own days and of the numbers of days.
#[must_use]
pub fn routes(route: Route) -> Route {
    unit_day_pages::routes(policy_pages::routes(holiday_pages::routes(route)))
}
