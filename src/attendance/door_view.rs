//! What the pages of the door show.

use std::collections::HashMap;

use serde::Serialize;

use super::{
    desk,
    entity::{AttendanceId, attendance},
    ledger::Undone,
    pages::{base_of, sign_href},
    rules,
    service::{Door, Waiting},
};
use crate::{
    access::{Ctx, Permission},
    calendar::dates,
    forums::{self, Forum, Group, days},
    platform::{
        error::FieldError,
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

/// The last arrivals that stand on the page; the others are found by their name.
const LAST_ARRIVALS: usize = 40;

#[derive(Serialize)]
pub(super) struct DoorPage {
    forum_href: String,
    forum_title: String,
    when: String,
    place: String,
    /// Said when the forum is not today.
    rehearsal: Option<String>,
    closed: bool,
    may_check_in: bool,
    q: String,
    waiting: Vec<WaitingView>,
    waiting_text: String,
    can_prepare: bool,
    code: FormView,
    walk_in: FormView,
    errors: Vec<ErrorLine>,
    base: String,
    /// Names what a device keeps for this forum.
    key: String,
    prepare_action: String,
    live: Live,
    papers: Option<Papers>,
    public_list_href: String,
}

/// The sheet for the door of one day.
#[derive(Serialize)]
pub(super) struct BlankView {
    /// The day, where there are several.
    day: Option<String>,
    href: String,
    by_name_href: String,
}

/// One sheet for each day.
pub(super) fn blank_sheets(forum: &Forum, locale: Locale) -> Vec<BlankView> {
    let base = format!("/kerja/forum/{}/daftar-hadir-kosong.pdf", forum.id);
    if !days::has_several(forum) {
        return vec![BlankView {
            day: None,
            by_name_href: format!("{base}?urut=nama"),
            href: base,
        }];
    }
    let days = days::days(forum).into_iter().zip(1..);
    days.map(|(day, number)| BlankView {
        day: Some(days::day_title(number, &day, locale)),
        href: format!("{base}?hari={number}"),
        by_name_href: format!("{base}?hari={number}&urut=nama"),
    })
    .collect()
}

/// Ways of the organiser around the door.
#[derive(Serialize)]
struct Papers {
    list_href: String,
    workbook_href: String,
    blank: Vec<BlankView>,
    scans_href: String,
    desk_href: String,
    desk_on: bool,
}

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
struct WaitingView {
    name: String,
    detail: String,
    group: String,
    code: Option<String>,
    /// Hidden fields of the button.
    row: Option<String>,
    recipient: Option<String>,
    /// The letter names an office only: the door asks who came.
    ask_name: bool,
    /// Came on another day of this forum.
    came_before: bool,
    /// "dibatalkan pukul 10.12 WITA oleh …".
    taken_back: Option<String>,
    /// Answered that nobody comes, and now stands at the door.
    declined: bool,
    key: usize,
    /// The words that a search on the page looks through.
    find: String,
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
    code: String,
    signed: bool,
    sign_href: String,
}

impl Page for DoorPage {
    const TEMPLATE: &'static str = "attendance/door";
    fn title(&self, locale: Locale) -> String {
        t(locale, "attendance-title")
    }
}

impl Page for LivePage {
    const TEMPLATE: &'static str = "attendance/live";
    fn title(&self, locale: Locale) -> String {
        t(locale, "attendance-title")
    }
}

/// The fields of somebody who is on no list.
pub(super) fn walk_in_form(locale: Locale) -> FormView {
    let choose = (String::new(), t(locale, "attendance-choose-group"));
    let groups = [
        Group::Users,
        Group::Stakeholders,
        Group::Experts,
        Group::CivilSociety,
        Group::Media,
        Group::Organiser,
    ];
    let options = groups.map(|group| (group.code(), group.label(locale)));
    FormView::new()
        .field("name", true, 200)
        .field("position", false, 200)
        .field("organisation", false, 200)
        .field("phone", false, 40)
        .choice(
            "group",
            true,
            std::iter::once(choose).chain(options).collect(),
        )
}

/// Said when people do not come to the forum at this moment.
fn off_day(ctx: &Ctx, door: &Door) -> Option<String> {
    if door.closed || door.calendar.is_on(ctx.now) {
        return None;
    }
    let locale = ctx.locale();
    let last = days::last_day(&door.forum).date;
    let key = match ctx.today_in(door.zone) {
        today if today < door.forum.date => "attendance-before-day",
        today if today < last => "attendance-between-days",
        _ => "attendance-after-day",
    };
    let day = days::long_dates(&door.forum, locale);
    Some(Message::new(key).with("day", day).text(locale))
}

/// What was typed into the forms of the door, and what is wrong with it.
#[derive(Default)]
pub(super) struct Typed<'a> {
    pub form: Option<&'a Form>,
    pub faults: &'a [FieldError],
}

pub(super) fn page_of(
    ctx: &Ctx,
    door: Door,
    q: &str,
    desk_on: bool,
    typed: &Typed<'_>,
) -> DoorPage {
    let locale = ctx.locale();
    let id = door.forum.id;
    let may_check_in = ctx.may(Permission::CheckIn, door.forum.unit_id);
    let (mut code, mut walk_in) = (
        FormView::new().field("code", true, 20),
        walk_in_form(locale),
    );
    if let Some(form) = typed.form {
        code = code.typed(form);
        walk_in = walk_in.typed(form);
    }
    let here = door.present.iter().map(|row| row.organisation.clone());
    let coming = door.waiting.iter().map(|one| match one {
        Waiting::Row(row, _) => row.organisation.clone(),
        Waiting::Invited(one) => one.organisation.clone(),
    });
    let walk_in = walk_in.suggesting("organisation", here.chain(coming).collect());
    let (code, _) = code.refused(typed.faults, locale);
    let (walk_in, errors) = walk_in.refused(typed.faults, locale);
    let base = base_of(id);
    let forum_href = format!("/kerja/forum/{id}");
    let expected = door.waiting.iter().filter(|one| !declined(one)).count();
    DoorPage {
        forum_title: door.forum.title.clone(),
        when: forums::when_text(&door.forum, door.zone, locale),
        place: forums::where_text(&door.forum),
        rehearsal: off_day(ctx, &door),
        closed: door.closed,
        may_check_in: may_check_in && !door.closed,
        q: q.to_owned(),
        live: live_of(ctx, &door, q),
        waiting_text: Message::new("attendance-waiting-count")
            .with("count", expected)
            .text(locale),
        can_prepare: door
            .waiting
            .iter()
            .any(|one| matches!(one, Waiting::Invited(one) if !one.declined)),
        waiting: door
            .waiting
            .into_iter()
            .enumerate()
            .map(|(key, one)| {
                let view = waiting_view(one, key, locale);
                taken_back(view, &door.undone, door.zone, locale)
            })
            .collect(),
        code,
        walk_in,
        errors,
        key: id.to_string(),
        prepare_action: format!("{base}/siapkan"),
        papers: may_check_in.then(|| Papers {
            list_href: format!("{forum_href}/daftar-hadir.pdf"),
            workbook_href: format!("{forum_href}/daftar-hadir.xlsx"),
            blank: blank_sheets(&door.forum, locale),
            scans_href: format!("{base}/lembar"),
            desk_href: format!("{base}/mandiri"),
            desk_on,
        }),
        public_list_href: format!("{forum_href}/daftar-hadir-umum.pdf"),
        base,
        forum_href,
    }
}

pub(super) fn live_of(ctx: &Ctx, door: &Door, q: &str) -> Live {
    let locale = ctx.locale();
    let id = door.forum.id;
    let may_check_in = ctx.may(Permission::CheckIn, door.forum.unit_id) && !door.closed;
    let invited: u32 = door.groups.iter().map(|group| group.invited).sum();
    let there: u32 = door.groups.iter().map(|group| group.present).sum();
    let found = door.present.len();
    let shown = if q.is_empty() && may_check_in {
        LAST_ARRIVALS
    } else {
        usize::MAX
    };
    Live {
        // A search stands still, so that nobody's row moves away.
        href: (q.is_empty() && !door.closed).then(|| format!("{}/terkini", base_of(id))),
        base: base_of(id),
        may_check_in,
        day: door.day,
        day_title: door
            .calendar
            .has_several()
            .then(|| door.calendar.title(door.day, locale)),
        by_day: by_day(door, locale),
        present_text: Message::new("attendance-present-of")
            .with("present", there)
            .with("invited", invited)
            .with("walkins", door.walk_ins)
            .text(locale),
        groups: door
            .groups
            .iter()
            .map(|group| group_view(group, locale))
            .collect(),
        present: door
            .present
            .iter()
            .take(shown)
            .map(|row| present_view(row, door.zone, locale))
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
        value: (group.came * 100).checked_div(group.invited).unwrap_or(0),
        text: group_text(group, locale),
    }
}

/// "29 hadir, 28 diundang".
pub fn group_text(group: &rules::GroupCount, locale: Locale) -> String {
    Message::new("attendance-of")
        .with("present", group.present)
        .with("invited", group.invited)
        .text(locale)
}

fn declined(one: &Waiting) -> bool {
    match one {
        Waiting::Row(_, declined) => *declined,
        Waiting::Invited(one) => one.declined,
    }
}

fn waiting_view(one: Waiting, key: usize, locale: Locale) -> WaitingView {
    let declined = declined(&one);
    match one {
        Waiting::Row(row, _) => {
            let detail = rules::place_text(&row.role, &row.organisation, " · ");
            let came_before = !row.visits.0.is_empty();
            WaitingView {
                // An office on the letter is not a person: the door asks who came for it.
                ask_name: row.recipient_id.is_some() && row.role.is_empty() && !came_before,
                came_before,
                find: rules::folded(&format!("{} {detail} {}", row.name, row.check_in_code)),
                detail,
                name: row.name,
                group: row.participant_group.label(locale),
                code: Some(row.check_in_code),
                recipient: row
                    .recipient_id
                    .filter(|_| !came_before)
                    .map(|id| id.to_string()),
                row: Some(row.id.to_string()),
                taken_back: None,
                declined,
                key,
            }
        }
        Waiting::Invited(one) => {
            let role = one.delegate_position.as_deref().unwrap_or_default();
            let name = one.delegate_name.as_ref().unwrap_or(&one.addressee);
            let detail = rules::place_text(role, &one.organisation, " · ");
            WaitingView {
                ask_name: one.delegate_name.is_none(),
                came_before: false,
                find: rules::folded(&format!("{name} {detail} {}", one.addressee)),
                name: name.clone(),
                detail,
                group: one.group.label(locale),
                code: None,
                row: None,
                recipient: Some(one.recipient.to_string()),
                taken_back: None,
                declined,
                key,
            }
        }
    }
}

/// A check-in that was taken back says when and by whom.
fn taken_back(
    view: WaitingView,
    undone: &HashMap<AttendanceId, Undone>,
    zone: chrono_tz::Tz,
    locale: Locale,
) -> WaitingView {
    let row = view
        .row
        .as_deref()
        .and_then(|row| AttendanceId::parse(row).ok());
    let Some(undone) = row.and_then(|row| undone.get(&row)) else {
        return view;
    };
    let message = Message::new("attendance-taken-back")
        .with(
            "time",
            dates::clock(&undone.at.with_timezone(&zone), locale),
        )
        .with("by", undone.by.as_deref().unwrap_or("–"));
    WaitingView {
        taken_back: Some(message.text(locale)),
        ..view
    }
}

fn present_view(row: &attendance::Model, zone: chrono_tz::Tz, locale: Locale) -> PresentView {
    PresentView {
        id: row.id.to_string(),
        version: row.version,
        detail: rules::place_text(&row.role, &row.organisation, " · "),
        name: row.name.clone(),
        group: row.participant_group.label(locale),
        time: row
            .checked_in_at
            .map(|at| dates::clock(&at.with_timezone(&zone), locale))
            .unwrap_or_default(),
        how: row
            .method
            .map(|method| t(locale, &method.text_key()))
            .unwrap_or_default(),
        code: row.check_in_code.clone(),
        signed: row.signature_id.is_some(),
        sign_href: sign_href(row),
    }
}

/// Whether people may check in by themselves now: the organiser sees it at the door.
pub(super) async fn desk_is_on(ctx: &Ctx, door: &Door) -> crate::platform::error::Result<bool> {
    desk::is_on(&ctx.app.db, door.forum.id).await
}
