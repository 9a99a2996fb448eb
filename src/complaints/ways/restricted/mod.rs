//! Copies of identity cards and powers of attorney. Nobody needs them to answer a complaint: they are sealed as a
//! whole, lie apart from the attachments, and a complaint officer opens one with a reason that stays in the history.

pub mod api;
pub mod pages;
mod service;

pub use service::{files, kept, label};
