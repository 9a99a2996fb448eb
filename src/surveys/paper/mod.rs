//! Answers that come in batches: typed from sheets of paper, one line a sheet, or taken from a spreadsheet. All lines
//! of one sending are kept or none is.

mod columns;
mod import;
mod import_pages;
mod lines;
mod pages;
mod service;

pub use service::{new_batch, sheet as sheet_of};

use poem::Route;

pub fn routes(route: Route) -> Route {
    import_pages::routes(pages::routes(route))
}
