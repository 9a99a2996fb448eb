//! What guests read of a forum that moved after its letter: until it begins the letter in their hands counts, with a word
//! that it changes; from then on what is so, with a word that the letter says otherwise.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{AgendaItem, Forum, announced, clock};
use crate::platform::i18n::{Locale, Message, t};

/// The word beside time and place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub title: String,
    pub text: String,
}

fn has_begun(forum: &Forum, now: DateTime<Utc>, zone: Tz) -> bool {
    now >= clock::starts_at(forum, zone)
}

/// The forum as its letter tells it, while that is what guests go by; none once it began.
#[must_use]
pub fn as_guests_know(forum: &Forum, now: DateTime<Utc>, zone: Tz) -> Option<Forum> {
    announced::as_announced(forum).filter(|_| !has_begun(forum, now, zone))
}

/// The programme that belongs to it.
#[must_use]
pub fn guests_agenda(
    forum: &Forum,
    agenda: Vec<AgendaItem>,
    now: DateTime<Utc>,
    zone: Tz,
) -> Vec<AgendaItem> {
    match has_begun(forum, now, zone) {
        true => agenda,
        false => announced::announced_agenda(forum, agenda),
    }
}

/// The word that a guest reads; none where letter and forum agree, and of a forum that is cancelled.
#[must_use]
pub fn moved_note(forum: &Forum, now: DateTime<Utc>, zone: Tz, locale: Locale) -> Option<Moved> {
    if forum.cancelled_at.is_some() {
        return None;
    }
    let note = |title: &str, key: &str, told: &Forum| Moved {
        title: t(locale, title),
        text: Message::new(key)
            .with("when", clock::when_text(told, zone, locale))
            .with("place", clock::where_in(told, locale))
            .text(locale),
    };
    match has_begun(forum, now, zone) {
        false => announced::as_announced(forum)
            .map(|_| note("forums-moved-title", "forums-moved", forum)),
        true => announced::told_otherwise(forum)
            .map(|letter| note("forums-moved-since-title", "forums-moved-since", &letter)),
    }
}
