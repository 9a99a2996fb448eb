//! The evidence of a unit and year for the yearly evaluation of public services, in one archive: what the record holds
//! of standards, forums, survey, follow-up and complaints, and a table of contents that says which indicator each file
//! serves and what is missing. A view across all capabilities, like `reports`; it keeps only how far an archive is.
//! It is the evaluator's copy: no telephone number, nobody's name behind a complaint, nothing that is for the office alone.

pub mod api;
mod contents;
pub mod entity;
mod forum_files;
mod jobs;
mod making;
pub mod pages;
mod papers;
mod plan;
mod rules;
mod service;
mod store;

pub use jobs::MakeBundle;
pub use service::sweep;
