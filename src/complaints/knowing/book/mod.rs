//! The register book (buku register pengaduan): every complaint of a unit and period in the order of receipt, with
//! the columns of practice. It is read in pieces, so a book of any length is written without holding it.

pub mod api;
mod files;
pub mod pages;
mod rules;
mod service;
mod store;
mod yearly;

pub use rules::beginning;
use service::{Asked, Book, Line};
pub use yearly::{received, without_words};
