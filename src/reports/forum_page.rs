//! The page of one forum: its six stages as a path, each with what is done and what is missing to go on.

use poem::{Response, Route, get, handler, web::Path};
use serde::Serialize;

use super::{
    forum_facts::{self, Read},
    forum_stages::{self, NextView, StageView},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    action_plans::{self, Chip, Clock, LinkedAction},
    attendance,
    calendar::dates,
    documents,
    follow_up::{self, Outcome},
    forums::{self, Forum, ForumId, Stage},
    invitations, organisation,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::pages::Page,
    },
};

pub fn routes(route: Route) -> Route {
    route.at("/kerja/forum/:id", get(show_forum))
}

#[derive(Serialize)]
struct ForumPage {
    back_href: &'static str,
    year: String,
    title: String,
    when: String,
    place: String,
    buttons: Vec<ButtonView>,
    stages: Vec<StageView>,
    next: Option<NextView>,
    /// It does not take place, and why.
    cancelled: Option<String>,
    /// Of a cancelled forum: those who registered and do not know it yet.
    untold: Option<String>,
    untold_href: String,
    /// Nothing of it changes any more: since when, and by whom.
    closed: Option<String>,
    facts: Vec<FactView>,
    agenda: Vec<AgendaView>,
    agenda_href: Option<String>,
    team: Vec<MemberView>,
    neutrality: String,
    points: Vec<PointView>,
    points_href: String,
    follow_up_href: String,
    inputs: Vec<InputView>,
    inputs_href: String,
    /// Promises of earlier forums that go on in this one.
    taken_up: Vec<ActionView>,
    groups: Vec<GaugeView>,
    groups_note: String,
    documents: Vec<FileView>,
}

#[derive(Serialize)]
pub struct ButtonView {
    pub href: String,
    pub label: String,
    pub icon: &'static str,
    pub kind: &'static str,
}

#[derive(Serialize)]
struct FactView {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct AgendaView {
    /// Heads the first item of a day, where there are several.
    day: Option<String>,
    time: String,
    length: String,
    title: String,
    who: String,
    troubles: Vec<String>,
    /// What it was proposed from.
    sources: Vec<SourceView>,
}

#[derive(Serialize)]
struct SourceView {
    text: String,
    href: Option<String>,
}

#[derive(Serialize)]
struct MemberView {
    name: String,
    role: String,
}

#[derive(Serialize)]
struct InputView {
    code: String,
    text: String,
    group: String,
    actions: Vec<ActionView>,
    /// How it was answered without an action: at once, or by a point.
    answered: Option<String>,
}

#[derive(Serialize)]
struct PointView {
    number: i32,
    text: String,
    /// Neither action nor reason.
    open: bool,
    /// The words before the reason.
    because: String,
    reason: Option<String>,
    actions: Vec<ActionView>,
}

#[derive(Serialize)]
struct ActionView {
    href: String,
    label: String,
    chip: Chip,
}

impl ActionView {
    fn of(action: LinkedAction, clock: &Clock, locale: Locale) -> Self {
        Self {
            label: format!("{} · {}", action.code, action.title),
            chip: action_plans::linked_chip(&action, clock, locale),
            href: action.href,
        }
    }
}

#[derive(Serialize)]
struct GaugeView {
    label: String,
    value: usize,
    text: String,
}

#[derive(Serialize)]
struct FileView {
    name: String,
    size: String,
    href: String,
}

impl Page for ForumPage {
    const TEMPLATE: &'static str = "forums/show";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

#[handler]
async fn show_forum(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let forum = forums::get(&ctx, ForumId::parse(&id)?, Permission::ViewForums).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let page = page_of(&ctx, &forum, &unit).await?;
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

async fn page_of(ctx: &Ctx, forum: &Forum, unit: &organisation::Unit) -> Result<ForumPage> {
    let locale = ctx.locale();
    let base = format!("/kerja/forum/{}", forum.id);
    let read = forum_facts::read(ctx, forum).await?;
    let (groups, groups_note) = groups_of(&read.deliveries, &read.came, locale);
    let may_manage = ctx.may(Permission::ManageForum, forum.unit_id);
    let plan_open = read.facts.preparation.open;
    let shown = forum_stages::shown(forum, &read.facts, may_manage, locale);
    let editable = may_manage && forum.stage < Stage::Session && forum.cancelled_at.is_none();
    let clock = Clock::of(ctx, unit).await?;
    let zone = organisation::zone_of(unit)?;
    let points = point_views(&read.outcome, &clock, locale);
    let inputs = input_views(&read, &clock, locale);
    let agenda = agenda_views(forum, &read, locale);
    Ok(ForumPage {
        back_href: "/kerja/forum",
        year: forum.year.to_string(),
        title: forum.title.clone(),
        when: forums::when_text(forum, zone, locale),
        place: forums::where_in(forum, locale),
        cancelled: forum.cancelled_at.map(|at| {
            let at = dates::date_time(&at.with_timezone(&zone), locale);
            Message::new("forums-cancelled-note")
                .with("at", at)
                .with("reason", &forum.cancel_reason)
                .text(locale)
        }),
        untold: match forum.cancelled_at {
            Some(_) if may_manage => read.untold.text(locale),
            _ => None,
        },
        untold_href: format!("{base}/pendaftaran#beri-tahu"),
        closed: match forums::closed_text(&ctx.app.db, forum, zone, locale).await? {
            None if forum.stage == Stage::Closed => Some(forum.stage.label(locale)),
            told => told,
        },
        buttons: buttons_of(forum, &base, editable, may_manage, locale),
        stages: shown.stages,
        next: shown.next.filter(|_| may_manage),
        facts: facts_of(forum, locale),
        agenda,
        agenda_href: (may_manage && plan_open).then(|| format!("{base}/acara")),
        team: read
            .team
            .into_iter()
            .map(|person| MemberView {
                name: person.name,
                role: person.role,
            })
            .collect(),
        neutrality: forum.neutrality_note.clone(),
        points,
        points_href: format!("{base}/berita-acara"),
        follow_up_href: format!("{base}/tindak-lanjut"),
        inputs,
        inputs_href: format!("{base}/masukan"),
        taken_up: follow_up::carried_into(&ctx.app.db, forum)
            .await?
            .into_iter()
            .map(|action| ActionView::of(action, &clock, locale))
            .collect(),
        groups,
        groups_note,
        documents: documents_of(ctx, forum, &base).await?,
    })
}

/// The agenda with what is odd about its times.
fn agenda_views(forum: &Forum, read: &Read, locale: Locale) -> Vec<AgendaView> {
    let troubles = forums::agenda_troubles(forum, &read.agenda);
    read.agenda
        .iter()
        .zip(forums::days::day_headings(forum, &read.agenda, locale))
        .enumerate()
        .map(|(index, (item, day))| AgendaView {
            day,
            time: forums::time_range(item.starts, item.ends, locale),
            length: forums::minutes_text(item.starts, item.ends, locale),
            title: item.activity.clone(),
            who: item.person_in_charge.clone(),
            sources: read
                .agenda_sources
                .iter()
                .filter(|source| source.agenda_id == item.id)
                .map(|source| SourceView {
                    text: source.text(locale),
                    href: source.href(),
                })
                .collect(),
            troubles: troubles
                .iter()
                .filter(|(at, _)| *at == index)
                .map(|(_, trouble)| trouble.text(locale))
                .collect(),
        })
        .collect()
}

/// The inputs, each with the actions it led to.
fn input_views(read: &Read, clock: &Clock, locale: Locale) -> Vec<InputView> {
    let linked = |input: &forums::ForumInput| {
        let actions = read.outcome.inputs.get(&input.id);
        actions.cloned().unwrap_or_default()
    };
    read.inputs
        .iter()
        .map(|input| InputView {
            actions: linked(input)
                .into_iter()
                .map(|action| ActionView::of(action, clock, locale))
                .collect(),
            answered: answered(read, input, locale),
            code: input.code.clone(),
            text: input.text.clone(),
            group: input.raised_by_group.label(locale),
        })
        .collect()
}

/// What answers an input beside its actions: the agreed points that take it up, or what was said at once.
fn answered(read: &Read, input: &forums::ForumInput, locale: Locale) -> Option<String> {
    let points = read.outcome.points.iter();
    let points = points.filter(|point| point.inputs.contains(&input.id));
    let numbers: Vec<String> = points.map(|point| point.number.to_string()).collect();
    match (numbers.is_empty(), &input.answer) {
        (false, _) => Some(
            Message::new("forums-inputs-in-points")
                .with("numbers", numbers.join(", "))
                .text(locale),
        ),
        (true, Some(_)) => Some(t(locale, "forums-inputs-answered")),
        (true, None) => None,
    }
}

/// The points of the record in force, each with the actions it led to; none before it is locked.
fn point_views(outcome: &Outcome, clock: &Clock, locale: Locale) -> Vec<PointView> {
    let points = outcome.points.iter().cloned();
    points
        .map(|point| PointView {
            number: point.number,
            open: point.is_open(),
            because: t(locale, point.because_key()),
            reason: point.stands_without().map(str::to_owned),
            text: point.text,
            actions: point
                .actions
                .into_iter()
                .map(|action| ActionView::of(action, clock, locale))
                .collect(),
        })
        .collect()
}

fn buttons_of(
    forum: &Forum,
    base: &str,
    editable: bool,
    may_manage: bool,
    locale: Locale,
) -> Vec<ButtonView> {
    let mut buttons = Vec::new();
    let mut add = |href: String, key: &str, icon: &'static str, kind: &'static str| {
        buttons.push(ButtonView {
            href,
            label: t(locale, key),
            icon,
            kind,
        });
    };
    let minutes = format!("{base}/notulen");
    add(minutes, "minutes-title", "journal-text", "");
    if may_manage {
        let copy = format!("/kerja/forum/baru?dari={}", forum.id);
        add(copy, "forums-copy", "copy", "");
        let seats = format!("{base}/pendaftaran");
        add(seats, "registrations-title", "person-plus", "");
    }
    if editable {
        add(format!("{base}/ubah"), "forums-edit", "pencil-square", "");
        let href = format!("{base}/undangan");
        add(href, "forums-to-invitations", "envelope", "");
        let key = match forum.stage {
            Stage::Preparation => "forums-delete",
            _ => "forums-cancel-forum",
        };
        add(format!("{base}/batalkan"), key, "x-lg", "");
    }
    buttons
}

fn facts_of(forum: &Forum, locale: Locale) -> Vec<FactView> {
    [
        ("forums-field-theme", forum.theme.clone()),
        ("forums-field-scope", forum.scope.label(locale)),
        ("forums-field-mode", forum.mode.label(locale)),
        ("forums-field-address", forums::address_of(forum).to_owned()),
        ("forums-field-link", forum.online_link.clone()),
        ("forums-field-target", forum.target.clone()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(key, text)| FactView {
        term: t(locale, key),
        text,
    })
    .collect()
}

/// Before the forum: how many of each group said that somebody will come. From the first arrival on: who
/// came, of those invited.
fn groups_of(
    deliveries: &[invitations::Delivery],
    came: &attendance::Summary,
    locale: Locale,
) -> (Vec<GaugeView>, String) {
    let count = |number: u32| usize::try_from(number).unwrap_or_default();
    let gauge = |group: forums::Group, part: usize, all: usize| {
        // Who registered by themselves said so with it.
        let mut of_group = came.by_group.iter().filter(|one| one.group == group);
        let registered = of_group.next().map_or(0, |one| count(one.registered));
        let value = ((part + registered) * 100).checked_div(all + registered)?;
        let key = match (registered, all) {
            (0, _) => "forums-of",
            (_, 0) => "forums-registered",
            _ => "forums-of-registered",
        };
        Some(GaugeView {
            label: group.label(locale),
            value: value.min(100),
            text: Message::new(key)
                .with("part", part)
                .with("all", all)
                .with("registered", registered)
                .text(locale),
        })
    };
    if came.present > 0 {
        let groups = came.by_group.iter();
        let groups = groups
            .map(|group| GaugeView {
                label: group.group.label(locale),
                value: count(group.percent()),
                text: attendance::group_text(group, locale),
            })
            .collect();
        let note = Message::new("forums-groups-came-note").with("walk_ins", came.walk_ins);
        return (groups, note.text(locale));
    }
    let coming = |group: forums::Group| {
        use invitations::Answer::{Accepted, Delegated};
        let mine = deliveries
            .iter()
            .filter(|delivery| delivery.recipient.participant_group == group);
        // People, as at the door and on the list of recipients.
        let people = |one: &invitations::Delivery| one.recipient.people();
        let says_yes = |one: &&invitations::Delivery| {
            matches!(one.recipient.answer, Accepted | Delegated) && one.confirmed
        };
        let yes = mine.clone().filter(says_yes).map(people).sum();
        gauge(group, yes, mine.map(people).sum())
    };
    let groups = forums::Group::all().into_iter().filter_map(coming);
    let mut note = t(locale, "forums-groups-invited-note");
    if deliveries.iter().any(|one| one.recipient.quota > 1) {
        note = format!("{note} {}", t(locale, "forums-groups-by-person"));
    }
    (groups.collect(), note)
}

async fn documents_of(ctx: &Ctx, forum: &Forum, base: &str) -> Result<Vec<FileView>> {
    let mut views = Vec::new();
    let may_read = ctx.may(Permission::ReadRestricted, forum.unit_id);
    for kind in documents::Kind::ALL {
        let found = documents::latest(&ctx.app.db, "forum", forum.id.0, kind).await?;
        if let Some(document) = found.filter(|document| may_read || !document.restricted) {
            views.push(FileView {
                name: t(ctx.locale(), &format!("forums-document-{kind}")),
                size: documents::size_text(document.size, ctx.locale()),
                href: format!("{base}/dokumen/{kind}.pdf"),
            });
        }
    }
    Ok(views)
}
