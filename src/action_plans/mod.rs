//! Action items: what a unit promised to do, by whom and until when, with progress, evidence and the
//! head's verification. Each item knows where it comes from (a complaint, an input at a forum, an agreed
//! point, an element of the survey), and each of those can ask which items it led to.
//! Labels of sources are kept as they were when linked: this capability knows no other domain.

pub mod api;
pub mod api_plan;
pub mod api_steps;
mod budget;
mod due_days;
pub mod entity;
mod everybody;
mod followed;
mod links;
mod many;
mod measures;
mod milestones;
mod news;
pub mod pages;
mod planned;
mod proof;
mod reminding;
mod rules;
mod service;
mod standing;
mod store;
mod store_links;
mod store_measures;
mod store_standing;
mod store_steps;
mod updating;
mod views;
mod year;

pub use budget::Budget;
pub use entity::{
    ActionItemId, MilestoneId,
    action_item::{Model as ActionItem, Status},
    action_measure::MeasureKind,
    action_source::{Model as ActionSource, SourceKind, Voice},
};
pub use followed::{FollowedUp, followed_up};
pub use links::{
    InWork, LinkedAction, PeopleLookup, SourceLookup, SourceRef, cancel_reason, in_work, link,
    linked_action, linked_in_unit, linked_to, linked_to_many, open_items, relabel, rename_source,
    some_linked, sources_of, unlink, unsettled,
};
pub use many::{Known as KnownVoice, fill};
pub use measures::{Measurable, MeasureChoices, choose as measure_by, measures_in, measures_of};
pub use milestones::{NewMilestone, add as add_milestone, extend};
pub use news::{ActionEvent, TellSources, TellUnlinked, Told, told, untold};
pub use pages::{Chip, division_name, due_words, form_fields, linked_chip, main_chip, read_form};
pub use planned::{Backing, Planned, Shown, backings, planned, shown};
pub use proof::{
    ComplaintProof, ElementProof, Later, MatterKind, Proof, ProofLookup, Rate, Score, Span,
    figure as figure_words,
};
pub use reminding::{in_charge, watch as remind};
pub use rules::{Lack, Speed, Timing};
pub use service::{NewAction, Report, create, finish, report, verify};
pub use standing::{OwnerRow, by_owner, lacking};
pub use store_links::linked_among;
pub use views::{
    ActionChain, Clock, NOBODY, Query, Row, chain_of, counts, latest_promises, list,
    promise_counts, promises,
};
pub use year::{YearRow, plan_of, sources_of_items, verified_between, with_sources};
