//! Answering: the public pages without account or script, and the keeping of one answer, which names nobody.

mod arriving;
pub mod asking;
pub mod form_view;
pub mod offered;
pub mod pages;
pub mod rules;
pub mod runs;
pub mod sending;
pub mod service;
