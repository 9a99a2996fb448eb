//! The contact book of a unit: institutions and people that are invited again and again, each spelled one
//! way. Who is typed or imported for a forum can be kept here; who is here is put on a list with a tick.

pub mod entity;
mod forms;
pub mod pages;
pub mod rules;
mod service;
mod store;

pub use entity::{ContactId, Model as Contact};
pub use forms::ContactFields;
pub use rules::{addressee, called, in_full, is_bare, spelling, split_addressee, split_named};
pub use service::{ask_about_mail, institutions, keep, phone_of, pick, search, spelled};
pub use store::{PAGE, Wanted};
