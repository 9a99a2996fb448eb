//! Action items: what a unit promised to do, by whom and until when, with progress, evidence and the
//! head's verification. Each item knows where it comes from (a complaint, an input at a forum, an agreed
//! point, an element of the survey), and each of those can ask which items it led to.
//! Labels of sources are kept as they were when linked: this capability knows no other domain.

pub mod api;
pub mod entity;
mod links;
pub mod pages;
mod planned;
mod rules;
mod service;
mod store;
mod views;

pub use entity::{
    ActionItemId,
    action_item::{Model as ActionItem, Status},
    action_source::{SourceKind, Voice},
};
pub use links::{
    LinkedAction, SourceLookup, SourceRef, cancel_reason, link, linked_action, linked_in_unit,
    linked_to, linked_to_many, open_items, rename_source, sources_of, unfinished, unlink,
    without_action,
};
pub use pages::{Chip, division_name, due_words, linked_chip, main_chip};
pub use planned::{Planned, planned};
pub use rules::Timing;
pub use service::{NewAction, Report, create, finish, report, verify};
pub use views::{Clock, Query, Row, counts, latest_promises, list, promise_counts, promises};
