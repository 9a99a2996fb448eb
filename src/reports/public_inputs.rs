//! What somebody said at a forum, as everybody reads it: what it led to, what was given up, and what was answered at once.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    action_plans::{LinkedAction, Status},
    follow_up::Outcome,
    forums::ForumInput,
    platform::{
        i18n::{Locale, Message, t},
        traces,
    },
};

#[derive(Serialize)]
pub(super) struct InputView {
    /// It was not before those who signed.
    late: Option<String>,
    code: String,
    text: String,
    group: String,
    actions: Vec<LedTo>,
    /// Those that were given up, each with its reason.
    given_up: Vec<LedTo>,
    /// What was said to it at the forum.
    answer: Option<String>,
    /// That it led to nothing, where that is so.
    unheard: Option<String>,
}

#[derive(Serialize)]
struct LedTo {
    href: String,
    label: String,
    note: Option<String>,
}

/// An input, with when the record was locked and whether nothing came of it.
pub(super) fn of(
    input: ForumInput,
    found: &Outcome,
    (locked_at, unheard): (Option<DateTime<Utc>>, bool),
    locale: Locale,
) -> InputView {
    let actions = found.inputs.get(&input.id).into_iter().flatten();
    let (given_up, actions): (Vec<&LinkedAction>, Vec<&LinkedAction>) =
        actions.partition(|action| action.status == Status::Cancelled);
    let late = locked_at.is_some_and(|locked| input.created_at > locked);
    InputView {
        actions: actions.into_iter().map(|one| led_to(one, None)).collect(),
        given_up: given_up
            .into_iter()
            .map(|one| led_to(one, why(one, found, locale)))
            .collect(),
        answer: input
            .answer
            .filter(|words| !words.trim().is_empty())
            .map(|words| traces::for_everybody(&words)),
        unheard: unheard.then(|| t(locale, "forums-public-input-unheard")),
        late: late.then(|| t(locale, "forums-public-input-late")),
        code: input.code,
        text: traces::for_everybody(&input.text),
        group: input.raised_by_group.label(locale),
    }
}

fn led_to(action: &LinkedAction, note: Option<String>) -> LedTo {
    LedTo {
        href: action.public_href.clone(),
        label: traces::for_everybody(&action.title),
        note,
    }
}

/// Why it was given up.
fn why(action: &LinkedAction, found: &Outcome, locale: Locale) -> Option<String> {
    let mut actions = found.actions.iter();
    let one = actions.find(|one| one.action.id == action.id)?;
    let reason = traces::for_everybody(one.cancel_reason.as_deref()?);
    let message = Message::new("follow-up-cancelled-because").with("reason", reason);
    Some(message.text(locale))
}
