//! Recipients from a spreadsheet: the file is read into a plain table, its columns are guessed from the
//! headings and corrected by the organiser, and every row is either good or named with its cell and the
//! reason. Nothing is imported by halves.

mod mapping;
mod notices;
mod oddities;
pub mod pages;
mod rows;
mod service;

pub use rows::Fault;
pub use service::{Imported, import_file, writable};
