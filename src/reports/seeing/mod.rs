//! Seeing: one page that tells who leads a unit how it stands, what is late, what will be, and what waits; and the units
//! of a province side by side for who supervises them. Both, their files and the API are made from the same figures,
//! and each figure is what the page behind its link shows.

mod api;
mod figures;
mod lead;
mod lead_loose;
mod lead_page;
mod lead_views;
mod rules;
mod units_files;
mod units_page;
mod units_table;
mod waiting;

use poem::{Route, get};

pub use api::Api;

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/ringkasan", get(lead_page::show))
        .at("/kerja/perbandingan", get(units_page::show))
        .at("/kerja/perbandingan/unit.xlsx", get(units_page::xlsx))
        .at("/kerja/perbandingan/unit.csv", get(units_page::csv))
}
