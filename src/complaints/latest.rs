//! What of a case's history is news to whoever opens it: what the citizen wrote that nobody has answered, why it was
//! opened again and what had been answered, and notes that ask the reader. It is shown beside the complaint itself, so
//! that nobody answers the first words only.

use super::timeline::{self, EntryView, Reader};
use crate::{
    access::PersonId,
    audit,
    complaints::{entity::message, rules::Status},
    platform::i18n::Locale,
};

/// More is read in the history.
const MOST: usize = 6;

/// One entry of the history, as far as this asks.
#[derive(Clone, Copy, Debug)]
struct Entry<'a> {
    verb: &'a str,
    /// The reader did it.
    mine: bool,
    /// It names the reader.
    names_me: bool,
    /// Its message was taken back since.
    taken_back: bool,
}

/// With these words the office had the last word.
const SAID: [&str; 7] = [
    "complaint.answered",
    "complaint.answered_with_main",
    "complaint.asked",
    "complaint.incomplete",
    "complaint.rejected",
    "complaint.out_of_authority",
    "complaint.closed",
];
const ANSWERS: [&str; 2] = ["complaint.answered", "complaint.answered_with_main"];
const AGAIN: [&str; 2] = ["complaint.reopened", "complaint.taken_up"];
const HEARD: [&str; 2] = ["complaint.message", "complaint.completed"];
/// Looking at a case is no reply to who asked.
const REPLIES: [&str; 3] = ["complaint.noted", "complaint.answered", "complaint.asked"];

/// The places of what is news, in the order of the history.
fn places(history: &[Entry<'_>], owed: bool) -> Vec<usize> {
    let last = |verbs: &[&str]| {
        history
            .iter()
            .rposition(|entry| verbs.contains(&entry.verb))
    };
    let again = last(&AGAIN).filter(|at| owed && last(&ANSWERS).is_none_or(|said| said < *at));
    let said = last(&SAID);
    let replied = history
        .iter()
        .rposition(|entry| entry.mine && REPLIES.contains(&entry.verb));
    let after = |at: usize, than: Option<usize>| than.is_none_or(|than| at > than);
    let places = history.iter().enumerate().filter(|(at, entry)| {
        let before_again = again.is_some_and(|again| {
            let answer = history[..again]
                .iter()
                .rposition(|entry| ANSWERS.contains(&entry.verb) && !entry.taken_back);
            answer == Some(*at) || again == *at
        });
        before_again
            || HEARD.contains(&entry.verb) && after(*at, said)
            || entry.names_me && after(*at, replied)
    });
    let places: Vec<usize> = places.map(|(at, _)| at).collect();
    places[places.len().saturating_sub(MOST)..].to_vec()
}

/// These entries with their words, newest first; none for who may not read them.
#[must_use]
pub fn of(
    (history, messages): (&[audit::Model], &[message::Model]),
    (me, reader): (Option<PersonId>, Reader),
    status: Status,
    zone: chrono_tz::Tz,
    locale: Locale,
) -> Vec<EntryView> {
    if !matches!(reader, Reader::Staff { text: true, .. }) {
        return Vec::new();
    }
    let id = me.map(|me| me.to_string());
    let withdrawn: Vec<&str> = history
        .iter()
        .filter_map(|event| event.data["withdrawn"].as_array())
        .flatten()
        .filter_map(|message| message.as_str())
        .collect();
    let entries: Vec<Entry<'_>> = history
        .iter()
        .map(|event| Entry {
            verb: &event.verb,
            taken_back: event.data["message"]
                .as_str()
                .is_some_and(|message| withdrawn.contains(&message)),
            mine: me.is_some() && event.person_id == me,
            names_me: event.data["mentioned_ids"].as_array().is_some_and(|ids| {
                ids.iter()
                    .any(|one| one.as_str().is_some() && one.as_str() == id.as_deref())
            }),
        })
        .collect();
    let news: Vec<audit::Model> = places(&entries, status.owes_answer())
        .into_iter()
        .filter_map(|at| history.get(at).cloned())
        .collect();
    let mut lines = timeline::lines(&news, messages, reader, zone, locale);
    lines.reverse();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(history: &str, owed: bool) -> Vec<usize> {
        let entries: Vec<Entry<'_>> = history
            .split_whitespace()
            .map(|word| Entry {
                verb: match word.trim_start_matches(['!', '@', '-']) {
                    "received" => "complaint.received",
                    "answered" => "complaint.answered",
                    "reopened" => "complaint.reopened",
                    "taken_up" => "complaint.taken_up",
                    "assigned" => "complaint.assigned",
                    "message" => "complaint.message",
                    "asked" => "complaint.asked",
                    "noted" => "complaint.noted",
                    "looked" => "complaint.looked_at",
                    other => panic!("{other}"),
                },
                mine: word.starts_with('!'),
                names_me: word.starts_with('@'),
                taken_back: word.starts_with('-'),
            })
            .collect();
        places(&entries, owed)
    }

    #[test]
    fn what_nobody_answered_yet_and_why_it_is_open_again_is_news() {
        for (history, owed, found) in [
            ("received assigned", true, vec![]),
            ("received message message", true, vec![1, 2]),
            ("received message asked message", true, vec![3]),
            ("received answered", false, vec![]),
            ("received answered message", false, vec![2]),
            ("received answered reopened assigned", true, vec![1, 2]),
            ("received answered taken_up message", true, vec![1, 2, 3]),
            ("received -answered taken_up", true, vec![2]),
            ("received answered -answered taken_up", true, vec![1, 3]),
            ("received answered reopened answered", false, vec![]),
            ("received noted @noted !looked", true, vec![2]),
            ("received @noted !noted", true, vec![]),
            ("received @noted !noted @noted", true, vec![3]),
            (
                "received message message message message message message message",
                true,
                vec![2, 3, 4, 5, 6, 7],
            ),
        ] {
            assert_eq!(news(history, owed), found, "{history}");
        }
    }
}
