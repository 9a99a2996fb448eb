//! Read-only views across capabilities: the home page, the overview of the staff, search, the unit's
//! contacts, and what happens to personal data. Each source of a view is one small function, so that a
//! new capability joins with a few lines. Nothing is written here.

mod contact;
mod home;
mod overview;
pub mod pages;
mod search;
mod sections;
mod sources;

pub use sources::SOURCES;
