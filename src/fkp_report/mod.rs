//! The report of a forum (Laporan FKP) with its seven annexes, made from the record: nothing in it is typed
//! a second time but a few free texts, which have a composed text until the office writes its own. One value
//! feeds the paper, the copy for everybody and the editable copy; what is issued is frozen in the register,
//! sent to the office above, and packed with all papers of the forum.

mod agreeing;
mod annexes;
pub mod api;
mod book;
mod bundle;
mod compose;
mod emails;
pub mod entity;
mod established;
mod everybody;
mod forms;
mod outcome;
pub mod pages;
mod pictures;
mod planned;
mod scans;
mod sending;
mod service;
mod store;
mod texts;
mod views;

pub use compose::Audience;
pub use service::{Issue, issue, write};
pub use store::unit_of_sending;
pub use texts::Slot;
