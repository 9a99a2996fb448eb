//! What an officer takes down: from somebody at the counter or on the telephone, from a letter, from a message on a
//! social network. As fast as paper, by the keyboard alone; the law counts from the receipt, not from the typing.

mod correcting;
mod form;
pub mod pages;
mod program;
mod rules;
mod service;

pub use correcting::may_correct;
pub use program::{Brought, bring_in};
pub use rules::{LONG_AGO, ask_again, is_long_ago, subject_of};
pub use service::{Noted, clock_of, moment, services_of, take_down};
