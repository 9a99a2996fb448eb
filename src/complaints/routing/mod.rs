//! Rules of disposition: what names this service, came this way or says these words goes to that division. A rule
//! proposes, and an officer takes it with one click; or it hands over by itself, and the history says which rule did.

pub mod entity;
mod pages;
mod rules;
mod service;
mod store;

pub use pages::routes;
pub use service::{Suggestion, Typed, add, at_intake, by_rules, rules_of, suggested};
