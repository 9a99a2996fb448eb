//! The demo record: the readable files under `fixtures/`, loaded into an empty database through the same
//! use cases that people use. The tests stand on the same files.

mod people;
pub mod standards;

pub use people::{DemoPerson, load_basics, people};
