//! What somebody wrote in the survey becomes a complaint or an input of a forum with one click, and each end knows of
//! the other: the comment names what it became, and that says where its words come from. Pressed twice, it is one.

mod forgetting;
pub mod pages;
mod service;

pub use service::{AFTERWARDS, FORUMS};
