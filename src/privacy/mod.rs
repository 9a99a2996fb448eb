//! Rights of persons over their data (UU 27/2022): requests for a copy, a correction, deletion or an end of processing,
//! and the register of breaches. Both have a clock of 3 × 24 hours that runs at night and on Sundays, too.

pub mod api;
mod breach_pages;
mod breaches;
mod counter_pages;
mod emails;
pub mod entity;
mod exporting;
mod fulfilling;
mod hub;
mod listing;
mod notices;
mod public_pages;
mod request_pages;
mod requests;
mod rules;
mod store;
mod taking;
mod watching;

pub use hub::late;
pub use watching::{sweep, watch};

use poem::Route;

/// The pages, for the public and for the staff.
#[must_use]
pub fn routes(route: Route) -> Route {
    let route = public_pages::routes(route);
    let route = hub::routes(route);
    let route = counter_pages::routes(route);
    let route = request_pages::routes(route);
    breach_pages::routes(route)
}
