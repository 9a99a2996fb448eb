//! The satisfaction survey (SKM) of PermenPANRB 14/2017: periods of a unit with their elements and questions, and
//! answers that name nobody. An action item can name the element whose number it should move.

pub mod cli;
mod defaults;
pub mod entity;
mod method_args;
pub mod results;
pub mod rules;
mod score_sheet;
mod service;
mod store;

pub use entity::Model as Element;
pub use service::{element, elements, load_defaults};
