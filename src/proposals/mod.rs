//! What a forum could discuss: open complaints by service, actions that an earlier forum handed on, and what
//! the unit has not finished. Taking a proposal makes an item of the agenda that keeps the link.

mod found;
pub mod pages;
