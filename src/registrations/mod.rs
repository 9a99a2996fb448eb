//! Seats that people take by themselves on the public page of a forum, without account or invitation. Whoever
//! registers is expected at the door like somebody invited, but stands on no letter and in no count of one: they have a
//! table of their own, and attendance reads both. A full group is full for everybody, also for two at the same moment.

mod answers;
mod answers_pages;
pub mod api;
mod desk_pages;
mod emails;
pub mod entity;
mod fields;
mod form_pages;
mod managing;
mod notices;
mod own_link;
pub mod pages;
mod personal_pages;
mod reminders;
pub mod rules;
mod service;
mod setting;
mod store;
mod telling;
mod telling_pages;
mod untelling;
mod workbook;

pub use entity::{RegistrationId, registration::Model as Registration, setting::Model as Setting};
pub use fields::RegistrationFields;
pub use own_link::{Registered, by_token, withdraw};
pub use reminders::{RemindRegistered, queue_due};
pub use rules::{Closed, GroupSeats};
pub use service::{phone_of, register, url_of};
pub use setting::{Offer, Opening, offer, open};
pub use store::{expected, one as expected_one};
pub use telling::{Untold, untold};

/// Removes contacts that had their time.
pub use managing::sweep;
