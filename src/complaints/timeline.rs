//! The history of a complaint in plain words, for the citizen and for the office.

use std::collections::HashMap;

use chrono_tz::Tz;
use serde::Serialize;

use super::{entity::message, rules::Class, words};
use crate::{
    audit::{self, ActorKind},
    calendar::dates,
    platform::{
        i18n::{Locale, Message, t},
        traces,
    },
};

/// One line of the partial `timeline`.
#[derive(Clone, Debug, Serialize)]
pub struct EntryView {
    pub title: String,
    pub when: String,
    pub who: String,
    pub text: String,
    pub kind: &'static str,
}

/// What only the office sees.
const INSIDE: &[&str] = &[
    "complaint.noted",
    "complaint.linked",
    "complaint.identity_unmasked",
    "complaint.identity_shown",
    "complaint.receipt_printed",
    "complaint.escalated",
    "complaint.took_in",
    "complaint.let_go",
    "complaint.told_in_person",
    "complaint.related",
    "complaint.unrelated",
    "complaint.attached",
    "complaint.file_opened",
    "complaint.file_sealed",
    "complaint.followed",
    "complaint.restricted_added",
    "complaint.restricted_opened",
    "complaint.original_opened",
    "complaint.sp4n_changed",
    "complaint.publication_changed",
    "complaint.grouped",
    "complaint.ungrouped",
    "complaint.looked_at",
    "complaint.trail_read",
    "complaint.held",
    "complaint.released",
    "complaint.data_given",
    "complaint.letter_drafted",
    "complaint.solution_late",
    "complaint.classified",
];

/// Looks of the staff: they stand on the page of the trail.
const LOOKS: &[&str] = &[
    "complaint.identity_shown",
    "complaint.looked_at",
    "complaint.trail_read",
    "complaint.file_opened",
    "complaint.followed",
];

/// The entries that the citizen may read.
#[must_use]
pub fn for_citizen(history: Vec<audit::Model>) -> Vec<audit::Model> {
    history
        .into_iter()
        .filter(|event| {
            !INSIDE.contains(&event.verb.as_str())
                || event.verb == "complaint.attached" && event.data["for_citizen"] == true
        })
        .collect()
}

/// The entries that the office reads. Each look of those who answer is kept in the history; here it
/// would bury the rest.
#[must_use]
pub fn for_staff(history: &[audit::Model]) -> Vec<audit::Model> {
    let shown = history
        .iter()
        .filter(|event| !LOOKS.contains(&event.verb.as_str()));
    shown.cloned().collect()
}

/// Whose eyes a timeline is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Citizen,
    /// Of the staff; without the right to the text they see what happened and when, not the words.
    Staff {
        text: bool,
        /// May open an anonymous name, or stands above those who may: reads why somebody did.
        judges: bool,
    },
}

/// The lines of a timeline, in the order of the history.
#[must_use]
pub fn lines(
    history: &[audit::Model],
    messages: &[message::Model],
    reader: Reader,
    zone: Tz,
    locale: Locale,
) -> Vec<EntryView> {
    let texts: HashMap<String, &str> = messages
        .iter()
        .map(|message| (message.id.to_string(), message.text.as_str()))
        .collect();
    history
        .iter()
        .map(|event| EntryView {
            title: title_for(event, reader, locale),
            when: dates::date_time(&event.at.with_timezone(&zone), locale),
            who: who(event, reader, locale),
            text: staff_text(event, &texts, reader, locale),
            kind: kind(&event.verb),
        })
        .collect()
}

fn given<'a>(event: &'a audit::Model, name: &str) -> &'a str {
    event
        .data
        .get(name)
        .and_then(|value| value.as_str())
        .unwrap_or_default()
}

/// The title as this reader may have it: the number of another citizen's complaint is nobody's business.
#[must_use]
pub fn title_for(event: &audit::Model, reader: Reader, locale: Locale) -> String {
    match (reader, event.verb.as_str()) {
        (Reader::Citizen, "complaint.merged") => t(locale, "complaint-event-merged-citizen"),
        (Reader::Citizen, "complaint.answered_with_main") => t(locale, "complaint-event-answered"),
        (Reader::Citizen, "complaint.taken_up") if given(event, "cause") == "main_ended" => {
            t(locale, "complaint-event-freed-citizen")
        }
        (Reader::Citizen, "complaint.taken_up") if given(event, "cause") == "merge_undone" => {
            let taken_back = event.data["withdrawn"].as_array();
            let key = match taken_back.is_some_and(|messages| !messages.is_empty()) {
                true => "complaint-event-answer-taken-back",
                false => "complaint-event-freed-citizen",
            };
            t(locale, key)
        }
        _ => title(event, locale),
    }
}

/// `complaint.assigned` → the text `complaint-event-assigned`.
#[must_use]
pub fn title(event: &audit::Model, locale: Locale) -> String {
    let key = event
        .verb
        .replace("complaint.", "complaint-event-")
        .replace('_', "-");
    match event.verb.as_str() {
        // Nobody looked: a rule found the division by the words.
        "complaint.verified" if event.actor_kind == ActorKind::System => {
            t(locale, "complaint-event-verified-rule")
        }
        "complaint.assigned" => Message::new(&key)
            .with("division", given(event, "division"))
            .text(locale),
        "complaint.deadline_moved" | "complaint.deadline_kept" | "complaint.extended" => {
            Message::new(&key)
                .with("due", given(event, &format!("due_{}", locale.code())))
                .text(locale)
        }
        "complaint.escalated" => {
            Message::new(&format!("{key}-{}", given(event, "to"))).text(locale)
        }
        "complaint.classified" => {
            let class = Class::parse(given(event, "class"));
            let none = || t(locale, "complaints-class-later");
            Message::new(&key)
                .with(
                    "class",
                    class.map_or_else(none, |it| words::class(it, locale)),
                )
                .text(locale)
        }
        "complaint.out_of_authority" if !given(event, "body").is_empty() => {
            Message::new("complaint-event-forwarded")
                .with("body", given(event, "body"))
                .text(locale)
        }
        "complaint.taken_up" if given(event, "cause") == "main_ended" => {
            Message::new("complaint-event-freed")
                .with("main", given(event, "main"))
                .text(locale)
        }
        "complaint.merged" | "complaint.answered_with_main" => Message::new(&key)
            .with("main", given(event, "main"))
            .text(locale),
        "complaint.took_in"
        | "complaint.let_go"
        | "complaint.related"
        | "complaint.unrelated"
        | "complaint.split"
        | "complaint.split_from" => Message::new(&key)
            .with("number", given(event, "number"))
            .text(locale),
        "complaint.told_in_person"
            if matches!(given(event, "way"), "letter" | "sp4n" | "unreached") =>
        {
            t(locale, &format!("{key}-{}", given(event, "way")))
        }
        "complaint.withdrawn" if given(event, "by") == "office" => {
            t(locale, "complaint-event-withdrawn-office")
        }
        "complaint.closed" => Message::new(&format!("{key}-{}", closed_by(event))).text(locale),
        _ => t(locale, &key),
    }
}

fn closed_by(event: &audit::Model) -> &'static str {
    match given(event, "by") {
        "citizen" => "citizen",
        "auto" => "auto",
        _ => "office",
    }
}

fn who(event: &audit::Model, reader: Reader, locale: Locale) -> String {
    match (event.actor_kind, reader) {
        (ActorKind::Public, Reader::Citizen) => t(locale, "complaints-who-you"),
        (ActorKind::Public, Reader::Staff { .. }) => t(locale, "complaints-who-citizen"),
        // Citizens deal with the office, not with a person.
        (ActorKind::Person, Reader::Citizen) => t(locale, "complaints-who-office"),
        (ActorKind::Person, Reader::Staff { .. }) => event.actor_name.clone(),
        (ActorKind::System, _) => String::new(),
    }
}

/// The words of an entry; the office also reads by which rule something was handed over, and in whose place.
fn staff_text(
    event: &audit::Model,
    texts: &HashMap<String, &str>,
    reader: Reader,
    locale: Locale,
) -> String {
    let mut words = vec![text(event, texts, reader)];
    // A rule is found by the words of the case: who may not read them learns nothing of them by its name.
    if event.verb == "complaint.assigned" && matches!(reader, Reader::Staff { text: true, .. }) {
        for (name, key) in [
            ("rule", "complaint-event-by-rule"),
            ("instead_of", "complaint-event-instead-of"),
        ] {
            let value = given(event, name);
            if !value.is_empty() {
                words.push(Message::new(key).with("name", value).text(locale));
            }
        }
    }
    words.retain(|line| !line.is_empty());
    words.join("\n")
}

/// The words of an entry, as far as this reader may have them.
#[must_use]
pub fn text(event: &audit::Model, texts: &HashMap<String, &str>, reader: Reader) -> String {
    // Whoever judges why a name was opened reads the reason, also of a confidential case.
    let judged = event.verb == "complaint.identity_unmasked"
        && matches!(reader, Reader::Staff { judges: true, .. });
    if matches!(reader, Reader::Staff { text: false, .. }) && !judged {
        return String::new();
    }
    let words = match event.verb.as_str() {
        // The answer stands on its own place of both pages.
        "complaint.answered" | "complaint.answered_with_main" if reader == Reader::Citizen => "",
        // Why is for the office; what changed is for its citizen, too.
        "complaint.put_right" if reader == Reader::Citizen => given(event, "words"),
        "complaint.put_right" => {
            return format!("{}\n{}", given(event, "words"), given(event, "reason"));
        }
        "complaint.attached" => {
            let files = event.data.get("files").and_then(|files| files.as_array());
            let names: Vec<&str> = files
                .into_iter()
                .flatten()
                .filter_map(|name| name.as_str())
                .collect();
            return names.join(", ");
        }
        "complaint.assigned" | "complaint.code_renewed" if reader == Reader::Citizen => "",
        "complaint.assigned" => given(event, "instruction"),
        "complaint.identity_unmasked"
        | "complaint.restricted_opened"
        | "complaint.original_opened"
            if !matches!(reader, Reader::Staff { judges: true, .. }) =>
        {
            ""
        }
        "complaint.identity_unmasked"
        | "complaint.restricted_opened"
        | "complaint.original_opened"
        | "complaint.sp4n_changed"
        | "complaint.receipt_corrected"
        | "complaint.code_renewed"
        | "complaint.incomplete"
        | "complaint.deadline_moved"
        | "complaint.deadline_kept"
        | "complaint.extended"
        | "complaint.closed"
        | "complaint.rejected"
        | "complaint.merged"
        | "complaint.taken_up"
        | "complaint.out_of_authority"
        | "complaint.held"
        | "complaint.released"
        | "complaint.withdrawn" => given(event, "reason"),
        "complaint.on_agenda"
        | "complaint.promised"
        | "complaint.promise_kept"
        | "complaint.promise_given_up"
        | "complaint.promise_not_meant"
        | "complaint.issue_refused"
        | "complaint.issue_resolved" => return traces::for_everybody(given(event, "words")),
        _ => texts
            .get(given(event, "message"))
            .copied()
            .unwrap_or_default(),
    };
    words.to_owned()
}

fn kind(verb: &str) -> &'static str {
    match verb {
        "complaint.received"
        | "complaint.registered"
        | "complaint.imported"
        | "complaint.answered"
        | "complaint.answered_with_main"
        | "complaint.promise_kept"
        | "complaint.issue_resolved"
        | "complaint.closed" => "ok",
        "complaint.incomplete"
        | "complaint.asked"
        | "complaint.reopened"
        | "complaint.wait_over"
        | "complaint.extended" => "soon",
        "complaint.escalated" | "complaint.solution_late" => "late",
        "complaint.noted"
        | "complaint.identity_unmasked"
        | "complaint.linked"
        | "complaint.related"
        | "complaint.unrelated"
        | "complaint.took_in"
        | "complaint.let_go"
        | "complaint.attached"
        | "complaint.restricted_added"
        | "complaint.restricted_opened"
        | "complaint.original_opened"
        | "complaint.sp4n_changed"
        | "complaint.held"
        | "complaint.released"
        | "complaint.data_given"
        | "complaint.letter_drafted"
        | "complaint.receipt_printed" => "note",
        "complaint.file_sealed" => "late",
        _ => "plain",
    }
}
