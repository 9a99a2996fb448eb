//! The minutes (Notulen) of a forum: notes of several people for each agenda item, what was raised and
//! answered, the results, and photos. Organisers write, the approver approves; what is final is frozen and
//! only a new revision that names it can correct it. Every state that was saved can be compared.

pub mod entity;
mod face;
pub mod rules;
mod store;

pub use entity::{MinutesId, PhotoId};
pub use face::{AgendaNotes, Photo, Record, photos, record};
pub use rules::Status;
