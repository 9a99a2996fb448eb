//! Working days, holidays, office hours and deadlines that explain themselves. Everything about time
//! that a citizen or an officer is told is decided here, on the local days of the unit's own zone.
//! The rules are functions of values; which calendar a unit has is for the caller to know.

pub mod cli;
pub mod dates;
pub mod days_text;
pub mod decrees;
pub mod entity;
mod reasons;
mod remaining;
pub mod rules;
mod service;
mod working_days;

#[cfg(test)]
mod test_support;

pub use dates::Lang;
pub use entity::deadline_policy::PolicyKind;
pub use rules::*;
pub use service::{PolicyInForce, deadline_of, import, load_defaults, policy, work_calendar};
