//! The letter of clarification: what the office answers on paper, with head, number and signatory. It is written on the
//! case, issued once, and then frozen and registered; a correction is the next version under the same number.

mod docx;
mod emails;
pub mod entity;
mod pages;
mod paper;
mod service;
mod store;

pub use pages::routes;
pub use service::standing;
pub use store::{blank, unissued};
