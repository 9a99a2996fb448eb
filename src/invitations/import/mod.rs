//! Recipients from a spreadsheet: the file is read into a plain table, its columns are guessed from the
//! headings and corrected by the organiser, and every row is either good or named with its cell and the
//! reason. Nothing is imported by halves.

mod csv_text;
mod mapping;
pub mod pages;
mod rows;
mod service;
mod table;
mod xlsx;

pub use service::{Imported, import_file, writable};
pub use table::column_name;
