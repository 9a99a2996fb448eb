//! The unit's register of channels: by which ways people reach it, who answers for each, and which are shut. The
//! public reads it, and nothing is taken down from a way that is shut.

pub mod api;
pub mod pages;
mod rules;
mod service;
mod store;

pub use service::{
    WayView, add_from_contacts, choices, listed, public_ways, require_open, shut, usable,
};
