//! What became of the promises of a forum, as everybody reads it: how far each is, what shows it, and whether the head
//! agreed that it does.

use serde::Serialize;

use crate::{
    access::Ctx,
    action_plans::{self, ActionItemId, Chip, Clock, Shown, Status},
    calendar::dates,
    follow_up::{ActionOutcome, Outcome},
    platform::{
        error::Result,
        i18n::{Locale, Message},
        traces,
    },
};

/// What became of a promise.
#[derive(Serialize)]
pub(super) struct ResultView {
    href: String,
    label: String,
    chip: Chip,
    progress: i32,
    note: String,
    /// How much shows it; none for what was given up.
    evidence: Option<String>,
}

/// What became of every promise, with what shows it.
pub(super) async fn of(
    ctx: &Ctx,
    found: &Outcome,
    clock: &Clock,
    zone: chrono_tz::Tz,
) -> Result<Vec<ResultView>> {
    let ids: Vec<ActionItemId> = found.actions.iter().map(|one| one.action.id).collect();
    let shown = action_plans::shown(&ctx.app.db, &ids).await?;
    let locale = ctx.locale();
    let view = |one: &ActionOutcome| {
        let shown = shown.get(&one.action.id).copied().unwrap_or_default();
        let evidence = evidence_of(one, shown, zone, locale);
        result_of(one, evidence, clock, locale)
    };
    Ok(found.actions.iter().map(view).collect())
}

/// How much shows that a promise was kept, and whether the head agreed; nothing of what was given up.
fn evidence_of(
    one: &ActionOutcome,
    shown: Shown,
    zone: chrono_tz::Tz,
    locale: Locale,
) -> Option<String> {
    let message = match (shown.evidence, shown.verified_at) {
        _ if one.action.status == Status::Cancelled => return None,
        (0, _) => Message::new("forums-public-evidence-none"),
        (count, None) => Message::new("forums-public-evidence").with("count", count),
        (count, Some(at)) => Message::new("forums-public-evidence-verified")
            .with("count", count)
            .on("day", at.with_timezone(&zone).date_naive()),
    };
    Some(message.text(locale))
}

fn result_of(
    one: &ActionOutcome,
    evidence: Option<String>,
    clock: &Clock,
    locale: Locale,
) -> ResultView {
    let action = &one.action;
    // The forum in which it goes on may not be announced yet.
    let note = match (&one.carried, &one.cancel_reason) {
        (None, Some(reason)) => Message::new("follow-up-cancelled-because").with("reason", reason),
        // Only what was announced is cancelled: everybody knows that forum.
        (Some(carried), _) if one.stranded_in().is_some() => {
            Message::new("follow-up-public-carried-in-vain")
                .with("forum", &carried.title)
                .with("day", dates::date(action.due_on, locale))
        }
        (carried, _) => {
            let key = if carried.is_some() {
                "follow-up-carried-on"
            } else {
                "follow-up-due"
            };
            Message::new(key).with("day", dates::date(action.due_on, locale))
        }
    };
    ResultView {
        href: action.public_href.clone(),
        label: traces::for_everybody(&action.title),
        chip: action_plans::linked_chip(action, clock, locale),
        progress: action.progress,
        note: traces::for_everybody(&note.text(locale)),
        evidence,
    }
}
