//! What those who registered are written to. The words hold no name: the outbox must not tell who comes.

use serde::Serialize;

use crate::platform::web::pages::Email;

/// The seat is theirs, with the way to the personal page; also when time or place changed.
#[derive(Debug, Serialize)]
pub struct RegistrationEmail {
    pub forum: String,
    pub theme: String,
    pub when: String,
    pub place: String,
    pub address: String,
    /// Where to take part online; empty for a forum face to face.
    pub online_link: String,
    pub own_url: String,
    pub unit: String,
    pub contact: String,
    pub changed: bool,
    /// The forum is near; the seat is theirs since earlier.
    pub reminder: bool,
}

impl Email for RegistrationEmail {
    const TEMPLATE: &'static str = "registration";
}

/// The seat is free again.
#[derive(Debug, Serialize)]
pub struct RegistrationEndedEmail {
    pub forum: String,
    pub when: String,
    /// Why the organiser ended it; empty when the person did.
    pub reason: String,
    pub unit: String,
    pub contact: String,
}

impl Email for RegistrationEndedEmail {
    const TEMPLATE: &'static str = "registration_ended";
}
