//! Working days, holidays, office hours and deadlines that explain themselves. Everything about time
//! that a citizen or an officer is told is decided here, on the local days of the unit's own zone.
//! The rules are functions of values; which calendar a unit has is for the caller to know.

mod announcing;
pub mod cli;
pub mod dates;
pub mod days_text;
pub mod decrees;
pub mod entity;
mod in_force;
mod own_days;
pub mod policies;
mod reasons;
mod remaining;
pub mod rules;
mod service;
mod working_days;

#[cfg(test)]
mod test_support;

pub use announcing::{
    Action, Announcement, announce, changes, changes_since, holidays_of, note_moved,
};
pub use dates::Lang;
pub use entity::deadline_policy::PolicyId;
pub use in_force::{
    Choice, OWN, PolicyInForce, choose, policies_of, policy, policy_by_id, sets, terms_of,
};
pub use own_days::{
    OwnChange, OwnDays, WEEK, change_own, closure_fault, note_own_moved, own_changes,
    own_changes_since, own_days,
};
pub use policies::{About, Policy, Step, Term, Terms};
pub use rules::*;
pub use service::{import, load_defaults, work_calendar};
