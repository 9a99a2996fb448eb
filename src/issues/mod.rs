//! Issues: what several voices of one unit are about. Rules propose them, a person decides; an issue then goes to the
//! agenda of a forum, into an action, or is refused with a reason, and each of its voices hears what became of it.
//! Voices keep the label they had when linked; a complaint keeps its number alone, because people write names into
//! subjects and those are anonymised in time.

mod agenda;
pub mod api;
pub mod entity;
pub mod pages;
mod proposing;
mod reading;
mod rules;
mod service;
mod store;
mod store_told;
mod telling;
mod views;
mod voices;

pub use agenda::LET_GO;
pub use entity::{IssueId, issue::Model as Issue, issue_voice::VoiceKind};
pub use proposing::ElementFigures;
pub use rules::{ElementFigure, State};
pub use service::{
    OfferedIssue, Origin, Typed, add, link_action, offer, offered, open, put_on_agenda, refuse,
};
pub use store::held_among;
pub use telling::{LinkVoices, TellVoices, topic_on_agenda};
pub use views::{
    IssueGap, LinkedIssue, held_voices, issues_of, issues_of_elements, source_ref, undecided,
    voices_named,
};
pub use voices::{VoiceRef, link as link_voice, resolve};
