//! Steps, due dates and speed of an action, as its page shows them.

use serde::Serialize;

use super::{Chip, show::words};
use crate::{
    access::Ctx,
    action_plans::{
        due_days,
        entity::{action_extension::Model as Extension, action_milestone::Model as Milestone},
        rules::{self, Speed},
        views::Detail,
    },
    calendar::dates,
    platform::i18n::{Locale, Message, t},
};

#[derive(Serialize)]
pub struct MilestoneView {
    pub id: String,
    pub title: String,
    pub due: String,
    pub chip: Chip,
    pub removable: bool,
}

#[derive(Serialize)]
pub struct ExtensionView {
    pub moved: String,
    pub reason: String,
    pub who: String,
}

pub fn milestones(detail: &Detail, manages: bool, locale: Locale) -> Vec<MilestoneView> {
    let one = |step: &Milestone| {
        let (kind, icon, text) = match step.done_on {
            Some(day) => (
                "ok",
                "check-lg",
                words(
                    locale,
                    "action-milestone-done-on",
                    "day",
                    dates::date_short(day, locale),
                ),
            ),
            None if step.due_on < detail.row.today && detail.row.item.status.is_unfinished() => (
                "late",
                "exclamation-triangle",
                t(locale, "action-milestone-late"),
            ),
            None => ("plain", "clock", t(locale, "action-milestone-open")),
        };
        MilestoneView {
            id: step.id.to_string(),
            title: step.title.clone(),
            due: words(
                locale,
                "action-due-on",
                "day",
                dates::long_date(step.due_on, locale),
            ),
            chip: Chip { kind, text, icon },
            removable: manages && step.done_on.is_none() && detail.row.item.status.is_unfinished(),
        }
    };
    detail.milestones.iter().map(one).collect()
}

pub fn extensions(detail: &Detail, locale: Locale) -> Vec<ExtensionView> {
    let one = |extension: &Extension| {
        let moved = Message::new("action-told-due-moved")
            .with("from", dates::long_date(extension.due_from, locale))
            .with("to", dates::long_date(extension.due_to, locale))
            .text(locale);
        ExtensionView {
            moved: match extension.into_year {
                Some(year) => {
                    let carried = words(locale, "action-carried-into", "year", year);
                    format!("{moved} {carried}")
                }
                None => moved,
            },
            reason: extension.reason.clone(),
            who: extension.by_name.clone(),
        }
    };
    detail.extensions.iter().map(one).collect()
}

/// The first and last day of what a field of a date offers, as the rules take them.
#[derive(Serialize)]
pub struct Offered {
    step_from: String,
    step_until: String,
    due_from: String,
    due_until: String,
}

pub fn offered(ctx: &Ctx, detail: &Detail) -> Offered {
    let item = &detail.row.item;
    let today = detail.row.today;
    let begun = item.created_at.with_timezone(&detail.zone).date_naive();
    let last_step = detail.milestones.iter().map(|step| step.due_on).max();
    Offered {
        step_from: begun.min(item.due_on).to_string(),
        step_until: item.due_on.to_string(),
        due_from: due_days::extends_from(item.due_on, today, last_step).to_string(),
        due_until: due_days::furthest(ctx, today).to_string(),
    }
}

/// By which rule the bar stands where it stands.
pub fn progress_rule(detail: &Detail, locale: Locale) -> String {
    let all = detail.milestones.len();
    let done = detail.milestones.iter();
    let done = done.filter(|step| step.done_on.is_some()).count();
    if all == 0 {
        return t(locale, "action-progress-rule");
    }
    Message::new("action-progress-rule-milestones")
        .with("done", done)
        .with("all", all)
        .text(locale)
}

/// How fast it was done, as the yearly evaluation asks.
pub fn speed(detail: &Detail) -> Speed {
    let local = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&detail.zone).date_naive();
    let item = &detail.row.item;
    rules::speed(local(item.created_at), item.finished_at.map(local))
}

/// The steps that a report can end, and none.
pub fn open_steps(detail: &Detail, locale: Locale) -> Vec<(String, String)> {
    let open = detail.milestones.iter();
    let open = open.filter(|step| step.done_on.is_none());
    let none = (String::new(), t(locale, "action-milestone-none"));
    std::iter::once(none)
        .chain(open.map(|step| (step.id.to_string(), step.title.clone())))
        .collect()
}
