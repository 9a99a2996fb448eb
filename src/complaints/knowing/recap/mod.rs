//! The recapitulation: how many complaints came, by month, channel, service, status, kind, division or time to answer,
//! how many were answered within the promised time, and how that compares with the period before. Every form of it
//! (screen, workbook, CSV, paper, API) is made from the same tables.

mod drawing;
mod files;
mod inbox;
pub mod pages;
pub mod rules;
mod service;
mod store;
mod tables;

pub use files::{csv, pdf, xlsx};
pub use service::{Asked, Group, Recap, recap};
pub use store::cells;
