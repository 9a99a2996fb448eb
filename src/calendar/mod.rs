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
pub mod own_terms;
pub mod policies;
mod reasons;
mod remaining;
pub mod rules;
mod service;
mod working_days;

#[cfg(test)]
mod test_support;

/// Years that somebody can mean: what an address or a program names outside of them is a mistake.
pub const YEARS: std::ops::RangeInclusive<i32> = 2000..=2200;

/// A year that a program names; one that nobody can mean is a fault of `year`.
pub fn year_named(year: Option<i32>) -> Result<Option<i32>, crate::platform::error::Error> {
    use crate::platform::{error::Error, i18n::Message};
    if year.is_none_or(|year| YEARS.contains(&year)) {
        return Ok(year);
    }
    let message = Message::new("field-year")
        .with("from", YEARS.start().to_string())
        .with("to", YEARS.end().to_string());
    Err(Error::field("year", message))
}

pub use announcing::{
    Action, Announcement, announce, changes, changes_since, holidays_of, note_moved,
};
pub use dates::Lang;
pub use entity::deadline_policy::PolicyId;
pub use in_force::{
    Choice, OWN, PolicyInForce, choose, choose_terms, newest, policies_of, policy, policy_by_id,
    sets, terms_of, withdraw_choice,
};
pub use own_days::{
    OwnChange, OwnDays, WEEK, change_own, closure_fault, note_own_moved, own_changes,
    own_changes_since, own_days,
};
pub use policies::{About, CERTAINTIES, Policy, Promised, Step, Term, Terms};
pub use rules::*;
pub use service::{import, load_defaults, work_calendar};
