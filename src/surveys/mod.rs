//! The satisfaction survey (SKM). For now only its nine elements, as data: an action item can name the
//! element whose number it should move.

pub mod cli;
pub mod entity;
mod method_args;
pub mod rules;
mod score_sheet;
mod service;

pub use entity::Model as Element;
pub use service::{element, elements, load_defaults};
