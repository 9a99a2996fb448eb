//! Setting a period up: its days and rules, what it asks, which services it is about; opening, extending and closing.

mod code_pages;
pub mod codes;
pub mod discarding;
mod element_pages;
pub mod fields;
pub mod pages;
mod question_pages;
mod questions;
pub mod reading;
pub mod rules;
pub mod running;
pub mod service;
mod service_pages;
pub mod taking_out;
pub mod views;

use poem::Route;

pub fn routes(route: Route) -> Route {
    let route = pages::routes(route);
    let route = element_pages::routes(route);
    let route = question_pages::routes(route);
    let route = code_pages::routes(route);
    service_pages::routes(route)
}
