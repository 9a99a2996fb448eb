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
    /// Somebody comes in at a door; nobody does to what is held online only.
    pub door: bool,
    pub letter_number: String,
    pub answer_url: String,
    pub unit: String,
    /// The office of the letterhead, which invites.
    pub from: String,
    /// Where questions go.
    pub contact: String,
    /// Time or place changed since the invitation first went out.
    pub changed: bool,
    /// The number of the letter that this guest holds, where nothing but the letter is another; empty otherwise.
    pub replaces: String,
    /// What this guest was told before; empty where it is the same, or not known.
    pub before: String,
    /// What was answered so far, in words; empty for nothing.
    pub answer: String,
    /// The answer was given for another time and waits for a word.
    pub to_confirm: bool,
    /// Where the link is, for who reads the mail without it yet.
    pub link_note: String,
    /// How many the invitation is for; empty where it is one.
    pub several: String,
}

impl Email for InvitationEmail {
    const TEMPLATE: &'static str = "invitation";
}

/// The invitation is taken back; the mail cancels the calendar entry.
#[derive(Debug, Serialize)]
pub struct WithdrawnEmail {
    pub addressee: String,
    pub forum: String,
    /// The time that this guest was told.
    pub when: String,
    /// The office that invited.
    pub from: String,
    pub unit: String,
    /// Why the forum is cancelled; empty where it takes place without this guest.
    pub reason: String,
    pub contact: String,
}

impl Email for WithdrawnEmail {
    const TEMPLATE: &'static str = "invitation_withdrawn";
}

/// The organiser's answer to a question.
#[derive(Debug, Serialize)]
pub struct QuestionAnsweredEmail {
    pub addressee: String,
    pub forum: String,
    pub question: String,
    pub answer: String,
    pub answer_url: String,
    pub unit: String,
    pub contact: String,
}

impl Email for QuestionAnsweredEmail {
    const TEMPLATE: &'static str = "invitation_question";
}

/// Tells the organisers that a guest waits for an answer.
#[derive(Debug, Serialize)]
pub struct QuestionAskedEmail {
    pub who: String,
    pub forum: String,
    pub question: String,
    pub url: String,
}

impl Email for QuestionAskedEmail {
    const TEMPLATE: &'static str = "invitation_asked";
}

/// A few days before the forum.
#[derive(Debug, Serialize)]
pub struct ReminderEmail {
    pub addressee: String,
    pub forum: String,
    pub when: String,
    pub place: String,
    pub address: String,
    pub unanswered: bool,
    /// The answer was given for another time.
    pub to_confirm: bool,
    /// What was answered so far, in words.
    pub answer: String,
    pub answer_url: String,
    pub unit: String,
    pub contact: String,
}

impl Email for ReminderEmail {
    const TEMPLATE: &'static str = "invitation_reminder";
}
