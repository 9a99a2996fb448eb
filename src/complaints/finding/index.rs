//! Writing the searched words of a complaint: number, subject, description, the office's answers, numbers of other
//! systems. Never who filed it. Part of the transaction that writes the complaint.

use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use super::{entity, store, words};
use crate::{
    complaints::{
        ComplaintId,
        entity::complaint,
        rules::{Channel, MessageKind},
        store as complaints, ways,
    },
    platform::error::Result,
};

/// Raised whenever roots, stop words or the cutting of words change: what was made before is then made anew.
pub const MADE_BY: i32 = 1;

/// The properties that are rare enough to be looked for by the index.
fn properties(of: &complaint::Model) -> String {
    let mut found = vec![
        words::property("kind", &of.kind.code()),
        words::property("channel", &of.channel.code()),
    ];
    if let Some(service) = &of.service_code {
        found.push(words::property("service", service));
    }
    if of.anonymous {
        found.push(words::property("anonymous", ""));
    }
    if of.confidential {
        found.push(words::property("confidential", ""));
    }
    found.join(" ")
}

/// The document of a complaint without answers and references.
pub fn own_words(of: &complaint::Model) -> String {
    let text = words::document(&[&of.number, &of.subject, &of.description]);
    words::joined(&properties(of), &text)
}

/// The row of a document.
pub fn words_row(of: &complaint::Model, document: String) -> entity::words::ActiveModel {
    entity::words::ActiveModel {
        place: NotSet,
        complaint_id: Set(of.id),
        unit_id: Set(of.unit_id),
        words: Set(document),
        made_by: Set(MADE_BY),
    }
}

pub async fn complaint_added(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<()> {
    store::insert_words(db, words_row(of, own_words(of))).await
}

/// Its text became another: moderated, corrected or anonymised. Everything is read again.
pub async fn complaint_changed(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<()> {
    let mut document = own_words(of);
    for message in complaints::messages(db, of).await? {
        if message.kind == MessageKind::Answer {
            document = words::joined(&document, &words::of_text(&message.text).join(" "));
        }
    }
    for name in ways::names_elsewhere(db, of).await? {
        // Names of other channels are telephone numbers and accounts of people.
        if name.channel == Channel::Sp4nLapor {
            document = words::joined(&document, &words::of_reference(&name.external_id));
        }
    }
    store::delete_words(db, of.id).await?;
    store::insert_words(db, words_row(of, document)).await
}

/// The words of a complaint were changed elsewhere than through its store.
pub async fn words_changed(db: &impl ConnectionTrait, id: ComplaintId) -> Result<()> {
    complaint_changed(db, &complaints::get(db, id).await?).await
}

/// The office answered: what it wrote is found too.
pub async fn answer_added(
    db: &impl ConnectionTrait,
    complaint: crate::complaints::ComplaintId,
    text: &str,
) -> Result<()> {
    store::append_words(db, complaint, &words::of_text(text).join(" ")).await
}

/// A number under which another system knows the complaint: it finds it.
pub async fn refer(
    db: &impl ConnectionTrait,
    complaint: crate::complaints::ComplaintId,
    reference: &str,
) -> Result<()> {
    store::append_words(db, complaint, &words::of_reference(reference)).await
}
