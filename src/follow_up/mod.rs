//! What becomes of a forum: every agreed point has an action or a stated reason why not, an action that is
//! not finished goes on in the next forum, and a forum closes when nothing is left open. Also the reminders
//! that tell an organiser that a stage stands still.

pub mod api;
mod called_off;
mod closing;
mod closing_view;
mod emails;
pub mod entity;
mod outcome;
pub mod pages;
mod reminders;
mod reported;
pub mod rules;
mod service;
mod store;

pub use called_off::{note_cancelled, take_back_carried};
pub use closing::Checks;
pub use outcome::{ActionOutcome, Carried, Outcome, PointOutcome, outcome};
pub use reminders::{LANGUAGE, Standstill, remind};
pub use reported::{keep_told, report_outdated};
pub use rules::Blocker;
pub use service::carried_into;
