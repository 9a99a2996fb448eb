//! Lists of SP4N-LAPOR, the national channel: read from a spreadsheet, looked at row by row, taken in piece by
//! piece. The tracking id names a case's conversation there, so the same report is one case however often its list is
//! taken in, and what changed there since is shown and not written over silently.

mod columns;
mod dates;
pub mod pages;
mod rows;
mod service;
mod store;
mod taking;

pub use rows::{Change, Fault, Reading};
pub use service::{Taken, choose_headings, headings, import_file};
pub use store::of_case;
