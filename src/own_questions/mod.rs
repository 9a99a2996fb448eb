//! The organiser's own questions to those who come: asked with the answer to an invitation and with a registration,
//! up to ten of a forum. Answers are for the organiser alone, never for a paper. Who answers is known here by an id
//! only, so that recipients and registrations need not know of each other.

pub mod entity;
mod fields;
pub mod pages;
pub mod rules;
mod service;
mod store;

pub use entity::{
    OwnQuestionId, answer::Model as OwnAnswer, question::Choices, question::Model as OwnQuestion,
};
pub use fields::{AskedField, Given, asked_fields, parse, refused};
pub use rules::{QuestionFields, QuestionKind, Tally, tally};
pub use service::{add, copy, forget, said, save};
pub use store::{answers, answers_of, asked, of_forum};
