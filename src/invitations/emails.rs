//! The mail that carries letter, calendar entry and answer link.

use serde::Serialize;

use crate::platform::web::pages::Email;

#[derive(Debug, Serialize)]
pub struct InvitationEmail {
    pub addressee: String,
    pub forum: String,
    pub theme: String,
    pub when: String,
    pub place: String,
    pub address: String,
    /// Where to take part online; empty for a forum face to face.
    pub online_link: String,
    pub letter_number: String,
    pub answer_url: String,
    pub unit: String,
    /// The office of the letterhead, which invites.
    pub from: String,
    /// Where questions go.
    pub contact: String,
    /// Time or place changed since the invitation first went out.
    pub changed: bool,
}

impl Email for InvitationEmail {
    const TEMPLATE: &'static str = "invitation";
}
