//! The satisfaction survey (SKM). For now only its nine elements, as data: an action item can name the
//! element whose number it should move.

pub mod entity;
mod service;

pub use entity::Model as Element;
pub use service::{element, elements, load_defaults};
