//! One issue: its chain in both directions, its voices, and what can be decided now.

use poem::{
    Response, handler,
    http::StatusCode,
    web::{Path, Query as Address},
};
use serde::{Deserialize, Serialize};

use super::{LIST, Link, address, places::Places, state_chip, told};
use crate::{
    access::{Ctx, Permission, SignedIn},
    action_plans::{self, Chip, LinkedAction, Status},
    audit,
    calendar::dates,
    issues::{
        entity::{IssueId, issue_voice},
        rules::{Move, State},
        views::{self, Detail},
        voices::{self, Found},
    },
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    q: String,
}

#[derive(Serialize)]
struct ShowPage {
    errors: Vec<ErrorLine>,
    back_href: &'static str,
    path: String,
    version: i32,
    code: String,
    heading: String,
    words: String,
    why: Option<String>,
    state: Chip,
    decision: Option<String>,
    reason_given: Option<String>,
    voices: Vec<LinkView>,
    decided: Vec<LinkView>,
    agenda: Vec<LinkView>,
    actions: Vec<LinkView>,
    proofs: Vec<LinkView>,
    linked: Vec<VoiceView>,
    q: String,
    searched: bool,
    found: Vec<FoundView>,
    entries: Vec<EntryView>,
    may: May,
    reason: FieldView,
    refuse_reason: FieldView,
    resolve_reason: FieldView,
    title: FieldView,
    words_field: FieldView,
    action: FieldView,
    act_href: String,
}

#[derive(Serialize)]
struct LinkView {
    title: String,
    text: String,
    href: Option<String>,
    chip: Option<Chip>,
    gap: bool,
}

#[derive(Serialize)]
struct VoiceView {
    row: String,
    kind: String,
    label: String,
    href: Option<String>,
    /// Other issues in which it stands too.
    elsewhere: Vec<Link>,
}

#[derive(Serialize)]
struct FoundView {
    kind: String,
    kind_label: String,
    id: String,
    label: String,
    text: String,
    /// It stands in this issue already.
    here: bool,
    elsewhere: Vec<Link>,
    /// An element is linked for a period.
    periods: Vec<PeriodView>,
}

#[derive(Serialize)]
struct PeriodView {
    id: String,
    title: String,
}

#[derive(Serialize)]
struct EntryView {
    title: String,
    when: String,
    who: String,
    text: String,
    kind: &'static str,
}

/// What this person can do now.
#[derive(Serialize)]
struct May {
    manage: bool,
    unlink: bool,
    open: bool,
    offer: bool,
    take_back: bool,
    act: bool,
    refuse: bool,
    resolve: bool,
    any: bool,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "issues/show";
    fn title(&self, _: Locale) -> String {
        format!("{} {}", self.code, self.heading)
    }
}

#[handler]
pub async fn show_issue(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Address(wanted): Address<Wanted>,
) -> Result<Response> {
    page(&ctx, IssueId::parse(&id)?, &wanted.q, None).await
}

fn what_may(ctx: &Ctx, of: &Detail) -> May {
    let issue = &of.row.issue;
    let manage = ctx.may(Permission::ManageIssues, of.unit.id);
    let decide = ctx.may(Permission::DecideIssue, of.unit.id);
    let can = |step| issue.state.after(step).is_ok();
    let open = manage && can(Move::Open) && (issue.state.is_alive() || decide);
    let way = manage && can(Move::PutOnAgenda);
    let act = manage && can(Move::Act) && ctx.may(Permission::ManageActions, of.unit.id);
    // An action that goes on settles it by itself, when it is verified.
    let goes_on = of.row.actions.iter().any(|action| !action.is_settled());
    let refuse = decide && can(Move::Refuse);
    let resolve = decide && can(Move::Resolve) && !goes_on;
    May {
        manage,
        unlink: manage && issue.state.is_alive(),
        open,
        offer: way && issue.offered_at.is_none(),
        take_back: way && issue.offered_at.is_some(),
        act,
        refuse,
        resolve,
        any: open || way || act || refuse || resolve,
    }
}

fn view() -> FormView {
    FormView::new()
        .field("reason", true, 1000)
        .field("refuse_reason", true, 1000)
        .field("resolve_reason", true, 1000)
        .field("title", true, 160)
        .field("words", false, 2000)
}

/// The page of an issue, with a form that was refused and why.
pub async fn page(
    ctx: &Ctx,
    id: IssueId,
    q: &str,
    refused: Option<(&Form, Error)>,
) -> Result<Response> {
    let locale = ctx.locale();
    let of = views::show(ctx, id).await?;
    let issue = &of.row.issue;
    let may = what_may(ctx, &of);
    let mut actions = vec![(String::new(), t(locale, "complaints-case-choose-action"))];
    if may.act {
        let open = action_plans::open_items(&ctx.app.db, of.unit.id).await?;
        actions.extend(open.into_iter().map(|(id, title)| (id.to_string(), title)));
    }
    let mut fields = view()
        .choice("action", true, actions)
        .with("title", &issue.title)
        .with("words", &issue.words);
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some((form, error)) = refused {
        let (code, faults, lines) = told(error, "steps", locale)?;
        status = code;
        // Each form sends only its own fields; what was typed stays where the fault is.
        for fault in &faults {
            fields = fields.with(&fault.field, form.get(&fault.field));
        }
        (fields, errors) = fields.refused(&faults, locale);
        errors.extend(lines);
    }
    let found = if may.manage {
        voices::find(ctx, of.unit.id, q).await?
    } else {
        Vec::new()
    };
    let places = Places::of(ctx, issue, (&of.voices, &found)).await?;
    let mut field = |name: &str| fields.fields.remove(name).unwrap_or_default();
    let page = ShowPage {
        errors,
        back_href: LIST,
        path: address(issue.id),
        version: issue.version,
        code: issue.code.clone(),
        heading: issue.title.clone(),
        words: issue.words.clone(),
        why: issue.why.clone(),
        state: state_chip(issue.state, locale),
        decision: decision(&of, locale),
        reason_given: issue.reason.clone(),
        voices: voice_links(&of, locale),
        decided: decided_links(&of, locale),
        agenda: agenda_links(&of, locale),
        actions: action_links(&of, locale),
        proofs: proof_links(&of, locale),
        linked: of
            .voices
            .iter()
            .map(|one| voice_view(one, &places, locale))
            .collect(),
        searched: !q.trim().is_empty(),
        q: q.to_owned(),
        found: found
            .into_iter()
            .map(|one| found_view(one, &places, locale))
            .collect(),
        entries: timeline(&of, locale),
        may,
        reason: field("reason"),
        refuse_reason: field("refuse_reason"),
        resolve_reason: field("resolve_reason"),
        title: field("title"),
        words_field: field("words"),
        action: field("action"),
        act_href: format!("{}/tindakan", address(issue.id)),
    };
    ctx.page_of(None, status, &page)
}

fn local_day(of: &Detail, at: chrono::DateTime<chrono::Utc>, locale: Locale) -> String {
    dates::long_date(at.with_timezone(&of.zone).date_naive(), locale)
}

/// "Diputuskan oleh … pada …".
fn decision(of: &Detail, locale: Locale) -> Option<String> {
    let issue = &of.row.issue;
    let (name, at) = (issue.decided_name.as_ref()?, issue.decided_at?);
    let text = Message::new("issue-decided-by")
        .with("name", name)
        .with("day", local_day(of, at, locale));
    Some(text.text(locale))
}

fn label(voice: &issue_voice::Model, locale: Locale) -> String {
    let label = match (locale, &voice.label_en) {
        (Locale::En, Some(english)) => english,
        _ => &voice.label,
    };
    if voice.period.is_empty() {
        label.clone()
    } else {
        format!("{label} ({})", voice.period)
    }
}

fn voice_view(voice: &issue_voice::Model, places: &Places, locale: Locale) -> VoiceView {
    VoiceView {
        row: voice.id.to_string(),
        kind: t(locale, voice.kind.label_key()),
        label: label(voice, locale),
        href: voice.href.clone(),
        elsewhere: places.beside(voice),
    }
}

fn found_view(found: Found, places: &Places, locale: Locale) -> FoundView {
    let (here, elsewhere) = places.known(&found);
    FoundView {
        here,
        elsewhere,
        kind: found.kind.code(),
        kind_label: t(locale, found.kind.label_key()),
        periods: found
            .periods
            .into_iter()
            .map(|(id, title)| PeriodView { id, title })
            .collect(),
        id: found.id,
        label: found.label,
        text: found.text,
    }
}

fn plain(title: String, text: String) -> LinkView {
    LinkView {
        title,
        text,
        href: None,
        chip: None,
        gap: false,
    }
}

fn gap(locale: Locale, key: &str) -> LinkView {
    LinkView {
        gap: true,
        ..plain(t(locale, key), t(locale, &format!("{key}-text")))
    }
}

/// So many stand in the chain; the list below holds them all.
const IN_CHAIN: usize = 6;

fn voice_links(of: &Detail, locale: Locale) -> Vec<LinkView> {
    let mut links: Vec<LinkView> = of
        .voices
        .iter()
        .take(IN_CHAIN)
        .map(|voice| LinkView {
            href: voice.href.clone(),
            ..plain(t(locale, voice.kind.label_key()), label(voice, locale))
        })
        .collect();
    if links.is_empty() {
        links.push(gap(locale, "issue-gap-voice"));
    }
    if of.voices.len() > IN_CHAIN {
        let more = Message::new("issue-voices-more").with("count", of.voices.len() - IN_CHAIN);
        links.push(plain(more.text(locale), String::new()));
    }
    links
}

fn decided_links(of: &Detail, locale: Locale) -> Vec<LinkView> {
    let issue = &of.row.issue;
    let text = decision(of, locale).unwrap_or_default();
    if issue.state == State::Proposed {
        return vec![gap(locale, "issue-gap-decision")];
    }
    vec![LinkView {
        chip: Some(state_chip(issue.state, locale)),
        ..plain(issue.code.clone(), text)
    }]
}

fn agenda_links(of: &Detail, locale: Locale) -> Vec<LinkView> {
    let issue = &of.row.issue;
    match &of.forum {
        Some((forum, true)) => vec![LinkView {
            href: Some(format!("/kerja/forum/{}", forum.id)),
            ..plain(
                forum.title.clone(),
                crate::forums::days::short_dates(forum, locale),
            )
        }],
        _ if !of.agreed_at.is_empty() => {
            let forums = of.agreed_at.iter();
            let link = |(title, href): &(String, Option<String>)| LinkView {
                href: href.clone(),
                ..plain(title.clone(), String::new())
            };
            forums.map(link).collect()
        }
        Some((_, false)) => vec![gap(locale, "issue-gap-agenda")],
        None if issue.offered_at.is_some() => vec![gap(locale, "issue-gap-offered")],
        None => vec![plain(
            t(locale, "action-no-forum"),
            t(locale, "action-no-forum-text"),
        )],
    }
}

fn action_link(action: &LinkedAction, of: &Detail, locale: Locale) -> LinkView {
    LinkView {
        href: Some(action.href.clone()),
        chip: Some(action_plans::linked_chip(action, &of.clock, locale)),
        ..plain(
            action.code.clone(),
            format!("{} · {}%", action.title, action.progress),
        )
    }
}

fn action_links(of: &Detail, locale: Locale) -> Vec<LinkView> {
    let links: Vec<LinkView> = of
        .row
        .actions
        .iter()
        .map(|action| action_link(action, of, locale))
        .collect();
    match (links.is_empty(), of.row.issue.state) {
        (false, _) => links,
        (true, State::Refused) => vec![plain(t(locale, "issue-no-action"), String::new())],
        (true, State::Resolved) => vec![plain(
            t(locale, "issue-no-action"),
            t(locale, "issue-resolved-otherwise"),
        )],
        (true, _) => vec![gap(locale, "issue-gap-action")],
    }
}

fn proof_links(of: &Detail, locale: Locale) -> Vec<LinkView> {
    let verified = of.row.actions.iter();
    let verified = verified.filter(|action| action.status == Status::Verified);
    let links: Vec<LinkView> = verified
        .map(|action| LinkView {
            href: Some(action.href.clone()),
            ..plain(action.code.clone(), t(locale, action.status.label_key()))
        })
        .collect();
    match (links.is_empty(), of.row.issue.state.is_alive()) {
        (false, _) => links,
        (true, true) => vec![gap(locale, "issue-gap-proof")],
        (true, false) => vec![plain(t(locale, "issue-no-proof"), String::new())],
    }
}

fn timeline(of: &Detail, locale: Locale) -> Vec<EntryView> {
    let mut entries: Vec<EntryView> = of
        .history
        .iter()
        .filter_map(|event| entry(of, event, locale))
        .collect();
    entries.reverse();
    entries
}

fn entry(of: &Detail, event: &audit::Model, locale: Locale) -> Option<EntryView> {
    let given = |name: &str| event.data[name].as_str().unwrap_or_default().to_owned();
    let (key, kind, text) = match event.verb.as_str() {
        "issue.added" => ("issue-told-added", "plain", given("why")),
        "issue.changed" => ("issue-told-changed", "plain", given("title_before")),
        "issue.voice_linked" => ("issue-told-voice-linked", "plain", given("label")),
        "issue.voice_unlinked" => ("issue-told-voice-unlinked", "plain", given("label")),
        "issue.opened" => ("issue-told-opened", "soon", given("reason")),
        "issue.offered" => ("issue-told-offered", "plain", String::new()),
        "issue.offer_withdrawn" => ("issue-told-offer-withdrawn", "plain", String::new()),
        "issue.on_agenda" => ("issue-told-on-agenda", "ok", given("forum")),
        "issue.left_agenda" => ("issue-told-left-agenda", "soon", String::new()),
        "issue.in_action" => ("issue-told-in-action", "ok", String::new()),
        "issue.fell_back" => ("issue-told-fell-back", "late", String::new()),
        "issue.refused" => ("issue-told-refused", "late", given("reason")),
        "issue.resolved" => ("issue-told-resolved", "ok", given("reason")),
        _ => return None,
    };
    Some(EntryView {
        title: t(locale, key),
        when: dates::date_time(&event.at.with_timezone(&of.zone), locale),
        who: event.actor_name.clone(),
        text,
        kind,
    })
}
