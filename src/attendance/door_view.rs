//! What the pages of the door show.

use std::collections::HashMap;

use serde::Serialize;

use super::{
    desk,
    entity::AttendanceId,
    ledger::Undone,
    live_view::{Live, live_of, may_work, off_day, takes_arrivals},
    pages::{base_of, sign_href},
    party_view::{Parties, PartyView, party_view},
    rules,
    service::{Door, Waiting},
    team,
};
use crate::{
    access::{Ctx, Permission},
    calendar::dates,
    forums::{self, Forum, Group, days},
    platform::{
        error::{FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
        words::{self, folded},
    },
};

#[derive(Serialize)]
pub(super) struct DoorPage {
    forum_href: String,
    forum_title: String,
    when: String,
    place: String,
    /// Said when the forum is not today.
    rehearsal: Option<String>,
    closed: Option<String>,
    may_check_in: bool,
    /// Not after the last day: what was noted is still put right, and what a tablet kept is still sent.
    takes_arrivals: bool,
    /// Who can check people in, for those who may only look.
    look_only: Option<String>,
    /// How many of the forum's team are not on the list yet.
    team_missing: Option<String>,
    team_action: String,
    /// Who was let in just now and has not signed.
    pub just_in: Option<JustIn>,
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

/// Somebody who stands before the table and may sign at once.
#[derive(Serialize)]
pub(super) struct JustIn {
    text: String,
    name: String,
    version: i32,
    sign_href: String,
}

/// The row named in the address, as long as there is something to sign.
pub(super) fn just_in(ctx: &Ctx, door: &Door, row: &str) -> Option<JustIn> {
    let row = door.present.iter().find(|one| one.id.to_string() == row)?;
    let signs = door.may_keep && door.closed.is_none() && row.signature_id.is_none();
    signs.then(|| JustIn {
        text: Message::new("attendance-just-in")
            .with("name", &row.name)
            .text(ctx.locale()),
        name: row.name.clone(),
        version: row.version,
        sign_href: sign_href(row),
    })
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
    /// Begins the ids of its fields.
    field: String,
    /// Of an invitation for several.
    party: Option<PartyView>,
    /// Its first person came: only the next one is asked for.
    next_only: bool,
    /// The words that a search on the page looks through.
    find: String,
}

impl Page for DoorPage {
    const TEMPLATE: &'static str = "attendance/door";
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

/// What the page shows besides the list itself.
#[derive(Default)]
pub(super) struct Around {
    desk_on: bool,
    team_missing: usize,
    /// Those who work at the door, where the reader may only look.
    keepers: Option<Vec<String>>,
}

pub(super) async fn around(ctx: &Ctx, door: &Door) -> Result<Around> {
    let (db, forum) = (&ctx.app.db, &door.forum);
    if door.closed.is_some() {
        return Ok(Around::default());
    }
    if door.may_keep {
        return Ok(Around {
            desk_on: desk::is_on(db, forum.id).await?,
            team_missing: team::missing(db, forum).await?.len(),
            keepers: None,
        });
    }
    Ok(Around {
        keepers: Some(forums::who_may(db, forum, Permission::CheckIn).await?),
        ..Around::default()
    })
}

/// "Anda hanya dapat melihat daftar ini. Yang mencatat kehadiran: …".
fn look_only(keepers: &[String], locale: Locale) -> String {
    let key = match keepers.is_empty() {
        true => "attendance-look-only-nobody",
        false => "attendance-look-only",
    };
    let who = keepers.join(", ");
    Message::new(key).with("who", who).text(locale)
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
    around: &Around,
    typed: &Typed<'_>,
) -> DoorPage {
    let locale = ctx.locale();
    let id = door.forum.id;
    let may_check_in = door.may_keep;
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
        Waiting::Invited(one) | Waiting::Next(one, _) => one.organisation.clone(),
    });
    let walk_in = walk_in.suggesting("organisation", here.chain(coming).collect());
    let (code, _) = code.refused(typed.faults, locale);
    let (walk_in, errors) = walk_in.refused(typed.faults, locale);
    let base = base_of(id);
    let forum_href = format!("/kerja/forum/{id}");
    let coming = door.waiting.iter().filter(|one| !declined(one));
    let expected: usize = coming.map(people).sum();
    let parties = Parties {
        of: &door.parties,
        further: &door.further,
    };
    DoorPage {
        forum_title: door.forum.title.clone(),
        when: forums::when_text(&door.forum, door.zone, locale),
        place: forums::where_text(&door.forum),
        rehearsal: (may_check_in || door.forum.cancelled_at.is_some())
            .then(|| off_day(ctx, &door))
            .flatten(),
        closed: door.closed.map(|closed| closed.notice(locale)),
        may_check_in: may_work(&door),
        // What was typed stays in sight, also where it came too late.
        takes_arrivals: takes_arrivals(ctx, &door) || typed.form.is_some(),
        look_only: around
            .keepers
            .as_deref()
            .map(|keepers| look_only(keepers, locale)),
        team_missing: (around.team_missing > 0).then(|| {
            Message::new("attendance-team-hint")
                .with("count", around.team_missing)
                .text(locale)
        }),
        team_action: format!("{base}/panitia"),
        just_in: None,
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
            .filter(|one| parties.stands_alone(one))
            .enumerate()
            .map(|(key, one)| {
                let view = waiting_view(one, key, &parties, locale);
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
            desk_on: around.desk_on,
        }),
        public_list_href: format!("{forum_href}/daftar-hadir-umum.pdf"),
        base,
        forum_href,
    }
}

fn declined(one: &Waiting) -> bool {
    match one {
        Waiting::Row(_, declined) => *declined,
        Waiting::Invited(one) => one.declined,
        Waiting::Next(..) => false,
    }
}

/// How many people an entry stands for.
fn people(one: &Waiting) -> usize {
    match one {
        Waiting::Next(_, further) => *further,
        Waiting::Row(..) | Waiting::Invited(_) => 1,
    }
}

fn waiting_view(one: Waiting, key: usize, parties: &Parties<'_>, locale: Locale) -> WaitingView {
    let declined = declined(&one);
    let names = one.names(parties.further).join(" ");
    let party = party_view(&one, key, parties, locale);
    let next_only = matches!(one, Waiting::Next(..));
    let field = format!("who-{key}");
    match one {
        Waiting::Row(row, _) => {
            let detail = words::beside(&row.name, &[&row.role, &row.organisation], " · ");
            let came_before = !row.visits.0.is_empty();
            WaitingView {
                // An office on the letter is not a person: the door asks who came for it.
                ask_name: rules::is_office(&row),
                recipient: row
                    .recipient_id
                    .filter(|_| !came_before || rules::is_office(&row))
                    .map(|id| id.to_string()),
                came_before,
                find: folded(&format!(
                    "{} {detail} {} {names}",
                    row.name, row.check_in_code
                )),
                detail,
                name: row.name,
                group: row.participant_group.label(locale),
                code: Some(row.check_in_code),
                row: Some(row.id.to_string()),
                taken_back: None,
                declined,
                field,
                party,
                next_only,
            }
        }
        Waiting::Invited(one) | Waiting::Next(one, _) => {
            let one = if next_only {
                one.without_delegate()
            } else {
                one
            };
            let role = one.delegate_position.as_deref().unwrap_or_default();
            let name = one.delegate_name.as_ref().unwrap_or(&one.called).clone();
            let detail = words::beside(&name, &[role, &one.organisation], " · ");
            WaitingView {
                ask_name: next_only || one.office && one.delegate_name.is_none(),
                came_before: false,
                find: folded(&format!("{name} {detail} {} {names}", one.addressee)),
                name,
                detail,
                group: one.group.label(locale),
                code: None,
                row: None,
                recipient: Some(one.recipient.to_string()),
                taken_back: None,
                declined,
                field,
                party,
                next_only,
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
