//! Who is away, and who stands in: what would go to somebody who is away goes to their substitute.

pub mod entity;
mod pages;
mod rules;
mod service;
mod store;

pub use pages::routes;
pub use rules::StandIns;
pub use service::{Absent, absence_of, present, stand_ins, standing_for};
