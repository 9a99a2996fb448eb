//! The minutes (Notulen) of a forum: notes of several people for each agenda item, what was raised and
//! answered, the results, and photos. Organisers write, the approver approves; what is final is frozen and
//! only a new revision that names it can correct it. Every state that was saved can be compared.

mod approving;
mod diff;
mod emails;
pub mod entity;
mod face;
mod forms;
mod input_page;
mod input_pages;
mod inputs;
mod notes;
pub mod pages;
mod paper;
mod photo_pages;
mod photos;
mod revisions;
pub mod rules;
mod service;
mod store;
mod views;

pub use approving::{Handing, approve, submit, to_approve};
pub use entity::{MinutesId, PhotoId};
pub use face::{AgendaNotes, Photo, Record, is_fixed, photos, record, waits};
pub use inputs::{taking, write as write_input};
pub use notes::write as write_note;
pub use photos::{
    PublicPhoto, add as add_photos, describe as describe_photo, list as list_photos, published,
};
pub use rules::{Status, differ};
pub use service::{HeaderText, change_header, start};
