//! Did it help? For an action that the head verified: what the survey's elements behind it scored before it was promised
//! and after it was finished, and how many complaints of the same matter came in spans of the same length. When a period is frozen it
//! proposes the comparison by itself. Figures beside each other, never a proof of cause.

mod emails;
pub mod entity;
mod jobs;
mod matters;
mod rules;
mod service;
mod store;

pub use matters::CHOICES;
pub use service::{COMPARISONS, Measures, PROOFS, proof_of};
