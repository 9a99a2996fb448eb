//! How many are there, and who came last: the part of the door that brings itself up to date.

use serde::Serialize;

use super::{
    entity::attendance,
    pages::{base_of, sign_href},
    person_pages::person_href,
    rules::{self, Standing},
    service::Door,
};
use crate::{
    access::Ctx,
    calendar::dates,
    forums::days,
    platform::{
        i18n::{Locale, Message, t},
        web::pages::Page,
        words,
    },
};

/// The last arrivals that stand on the page; the others are found by their name.
const LAST_ARRIVALS: usize = 40;

/// How many are there and who came last: the part of the page that keeps itself up to date.
#[derive(Serialize)]
pub(super) struct Live {
    /// Where it comes from again; nothing once the list is closed.
    href: Option<String>,
    base: String,
    may_check_in: bool,
    /// Counted from nought.
    day: usize,
    /// The day, where there are several; and how many came on each.
    day_title: Option<String>,
    by_day: Option<String>,
    present_text: String,
    /// Said where letters and people differ in number.
    invited_note: Option<String>,
    groups: Vec<GroupView>,
    present: Vec<PresentView>,
    /// "40 terakhir dari 120".
    more: Option<String>,
}

#[derive(Serialize)]
pub(super) struct LivePage {
    pub live: Live,
}

#[derive(Serialize)]
struct GroupView {
    label: String,
    value: u32,
    text: String,
}

#[derive(Serialize)]
struct PresentView {
    id: String,
    version: i32,
    name: String,
    detail: String,
    group: String,
    time: String,
    how: String,
    /// For those who keep the door.
    code: Option<String>,
    /// Nobody said who came for the office.
    unnamed: bool,
    person_href: String,
    signed: bool,
    loses_signature: bool,
    sign_href: String,
}

impl Page for LivePage {
    const TEMPLATE: &'static str = "attendance/live";
    fn title(&self, locale: Locale) -> String {
        t(locale, "attendance-title")
    }
}

/// Whether the reader may note who is there, and put right what was noted.
pub(super) fn may_work(door: &Door) -> bool {
    door.may_keep && door.closed.is_none() && door.forum.cancelled_at.is_none()
}

/// Whether somebody can still be let in.
pub(super) fn takes_arrivals(ctx: &Ctx, door: &Door) -> bool {
    may_work(door) && !door.calendar.is_over(ctx.now)
}

/// Said when people do not come to the forum at this moment.
pub(super) fn off_day(ctx: &Ctx, door: &Door) -> Option<String> {
    let locale = ctx.locale();
    if door.forum.cancelled_at.is_some() {
        let reason = &door.forum.cancel_reason;
        let message = Message::new("attendance-cancelled").with("reason", reason);
        return Some(message.text(locale));
    }
    if door.closed.is_some() {
        return None;
    }
    let hours = ctx.app.config.attendance.opens_hours_before;
    if door.calendar.is_on(ctx.now) {
        let opens = door.calendar.opens_later(ctx.now, hours)?;
        let time = dates::date_time(&opens.with_timezone(&door.zone), locale);
        let message = Message::new("attendance-before-hours").with("time", time);
        return Some(message.text(locale));
    }
    let last = days::last_day(&door.forum).date;
    let key = match ctx.today_in(door.zone) {
        today if today < door.forum.date => "attendance-before-day",
        today if today < last => "attendance-between-days",
        _ => "attendance-after-day",
    };
    let day = days::long_dates(&door.forum, locale);
    Some(Message::new(key).with("day", day).text(locale))
}

pub(super) fn live_of(ctx: &Ctx, door: &Door, q: &str) -> Live {
    let locale = ctx.locale();
    let id = door.forum.id;
    let may_check_in = may_work(door);
    let invited: u32 = door.groups.iter().map(|group| group.invited).sum();
    let registered: u32 = door.groups.iter().map(|group| group.registered).sum();
    let there: u32 = door.groups.iter().map(|group| group.present).sum();
    let found = door.present.len();
    let shown = if q.is_empty() && takes_arrivals(ctx, door) {
        LAST_ARRIVALS
    } else {
        usize::MAX
    };
    Live {
        // A search stands still, so that nobody's row moves away.
        href: (q.is_empty() && door.closed.is_none()).then(|| format!("{}/terkini", base_of(id))),
        base: base_of(id),
        may_check_in,
        day: door.day,
        day_title: door
            .calendar
            .has_several()
            .then(|| door.calendar.title(door.day, locale)),
        by_day: by_day(door, locale),
        present_text: Message::new(match registered {
            0 => "attendance-present-of",
            _ => "attendance-present-of-registered",
        })
        .with("present", there)
        .with("invited", invited)
        .with("registered", registered)
        .with("walkins", door.walk_ins)
        .text(locale),
        invited_note: (invited as usize > door.invitations).then(|| {
            Message::new("attendance-invited-people")
                .with("people", invited)
                .with("invitations", door.invitations)
                .text(locale)
        }),
        groups: door
            .groups
            .iter()
            .map(|group| group_view(group, locale))
            .collect(),
        present: door
            .present
            .iter()
            .take(shown)
            .map(|row| present_view(row, door.may_keep, (door.zone, locale)))
            .collect(),
        more: (found > shown).then(|| {
            Message::new("attendance-last-of")
                .with("shown", shown)
                .with("all", found)
                .text(locale)
        }),
    }
}

/// "Hari ke-1: 39 orang · Hari ke-2: 35 orang".
fn by_day(door: &Door, locale: Locale) -> Option<String> {
    let told = |(count, number): (&usize, i32)| {
        Message::new("attendance-day-count")
            .with("number", number)
            .with("count", *count)
            .text(locale)
    };
    let told: Vec<String> = door.by_day.iter().zip(1..).map(told).collect();
    door.calendar.has_several().then(|| told.join(" · "))
}

fn group_view(group: &rules::GroupCount, locale: Locale) -> GroupView {
    GroupView {
        label: group.group.label(locale),
        value: group.percent(),
        text: group_text(group, locale),
    }
}

/// "29 hadir, 28 diundang".
pub fn group_text(group: &rules::GroupCount, locale: Locale) -> String {
    let key = match group.registered {
        0 => "attendance-of",
        _ => "attendance-of-registered",
    };
    Message::new(key)
        .with("present", group.present)
        .with("invited", group.invited)
        .with("registered", group.registered)
        .text(locale)
}

/// How they came in; who is counted as a guest is called one, and nobody else is.
fn how(row: &attendance::Model, locale: Locale) -> String {
    let guest = rules::standing(row) == Standing::Guest;
    let guest = guest.then(|| t(locale, "attendance-guest"));
    let method = row.method.map(|method| t(locale, &method.text_key()));
    guest
        .into_iter()
        .chain(method)
        .collect::<Vec<_>>()
        .join(", ")
}

fn present_view(
    row: &attendance::Model,
    may_keep: bool,
    (zone, locale): (chrono_tz::Tz, Locale),
) -> PresentView {
    PresentView {
        id: row.id.to_string(),
        version: row.version,
        detail: words::beside(&row.name, &[&row.role, &row.organisation], " · "),
        name: row.name.clone(),
        group: row.participant_group.label(locale),
        time: row
            .checked_in_at
            .map(|at| dates::clock(&at.with_timezone(&zone), locale))
            .unwrap_or_default(),
        how: how(row, locale),
        code: may_keep.then(|| row.check_in_code.clone()),
        unnamed: rules::is_office(row),
        person_href: person_href(row),
        signed: row.signature_id.is_some(),
        loses_signature: rules::loses_signature(row),
        sign_href: sign_href(row),
    }
}
