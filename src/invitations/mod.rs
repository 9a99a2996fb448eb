//! Invitations to a forum: the official letter with its annexes, those it is sent to, the sending by
//! e-mail with a calendar entry, and the personal answer page. A letter is frozen when it is issued, and
//! corrected by issuing its next version; what else changes afterwards is who answered. Recipients are copied from forum to forum, their answers never.

pub mod answer_pages;
mod answering;
pub mod api;
mod batches;
mod bulk;
mod bulk_pages;
mod calendar_entry;
mod calling_off;
mod cancelled_calls;
mod copying;
mod correcting;
mod emails;
pub mod entity;
mod event_entry;
mod forms;
mod forums_api;
mod groups;
mod handing;
mod handing_pages;
mod import;
mod issuing_pages;
mod jobs;
mod letter_check;
mod letter_copies;
mod letter_facts;
mod letter_pages;
mod list_open;
mod list_view;
mod listing;
mod new_forum_page;
mod offices;
pub mod pages;
mod papers;
mod picking;
pub mod printing;
mod progress_view;
mod question_pages;
mod questions;
mod recipient_list;
mod recipient_pages;
mod remark;
mod reminders;
pub mod rules;
mod sending;
mod service;
mod store;
mod twins;
mod uncalling;
mod withdrawing;

pub use answering::{Invited as Guest, by_token};
pub use bulk::Chosen;
pub use calendar_entry::Method as CalendarMethod;
pub use cancelled_calls::{Calls, of as calls};
pub use copying::{copy_from, import_letter, start_forum};
pub use entity::{
    BatchId, LetterId, PartId, PrintId, QuestionId, RecipientId, batch::Model as Batch,
    letter::Model as Letter, question::Model as Question, recipient::Model as Recipient,
};
pub use event_entry::{Comer, event_text};
pub use forms::{AnswerFields, LetterFields, RecipientFields};
pub use forums_api::ForumsApi;
pub use groups::people;
pub use jobs::{RemindRecipients, SendInvitation};
pub use letter_check::{Finding, Weight};
pub use letter_facts::further_findings;
pub use questions::waiting as questions_waiting;
pub use recipient_list::{
    add_recipient, add_recipient_in, answer_url, change_recipient, open_own_phone, open_phone,
    record_answer, remove_recipient,
};
pub use reminders::{due as reminder_due, sweep};
pub use rules::{Answer, Classification, HandedBy, Sending};
pub use sending::{Delivery, Summary, deliveries, import_sent, organiser_address, send, summary};
pub use service::{issue, save_letter};
pub use store::{letter_of, recipient, recipients, still_invited};
