//! Where the calendar and what hangs on it come together: a decree adds or withdraws a holiday and the open
//! deadlines of complaints follow in the same transaction; a unit chooses by which numbers of days it answers.

pub mod api;
mod choosing;
mod holiday_pages;
mod own_policy_pages;
pub mod policy_api;
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
    let route = policy_pages::routes(holiday_pages::routes(route));
    unit_day_pages::routes(own_policy_pages::routes(route))
}
