//! The suggestion box: opened before witnesses, its sheets counted, then entered one after the other. Each sheet is a
//! case of its own, received on the day of the opening. Several people may enter the same batch at once.

pub mod api;
pub mod pages;
mod record;
mod rules;
mod service;
mod store;

pub use service::{forget_scans, sheet_label, take_sheet};
