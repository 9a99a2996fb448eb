//! The chain from voice to proof, with its gaps, and the history of an item.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    Chip,
    show::{short, words},
    status_chip,
};
use crate::{
    action_plans::{
        SourceKind, Status,
        entity::{
            action_progress::Model as Progress,
            action_source::{Model as Source, Voice},
        },
        proof::Proof,
        views::Detail,
    },
    audit,
    calendar::dates,
    platform::{
        i18n::{Locale, Message, t},
        traces,
    },
};

/// Five columns; a box that should be there and is not, is a gap.
#[derive(Serialize)]
pub struct Chain {
    voices: Vec<LinkView>,
    agenda: Vec<LinkView>,
    agreements: Vec<LinkView>,
    actions: Vec<LinkView>,
    proofs: Vec<LinkView>,
}

#[derive(Serialize)]
struct LinkView {
    title: String,
    text: String,
    href: Option<String>,
    chip: Option<Chip>,
    gap: bool,
}

impl LinkView {
    fn new(title: String, text: String) -> Self {
        Self {
            title,
            text,
            href: None,
            chip: None,
            gap: false,
        }
    }

    fn said(locale: Locale, title: &str, text: &str, gap: bool) -> Self {
        Self {
            gap,
            ..Self::new(t(locale, title), t(locale, text))
        }
    }
}

/// One entry of the timeline.
#[derive(Serialize)]
pub struct Entry {
    title: String,
    when: String,
    who: String,
    text: String,
    kind: &'static str,
}

impl SourceKind {
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Complaint => "action-source-complaint",
            Self::ForumInput => "action-source-forum-input",
            Self::AgreedPoint => "action-source-agreed-point",
            Self::SurveyElement => "action-source-survey-element",
            Self::Issue => "action-source-issue",
        }
    }
}

/// Without `proof` nothing is said about measuring. `issues` says whether the reader may open issues; otherwise they stand there without a door.
pub fn of(detail: &Detail, proof: Option<&Proof>, issues: bool, locale: Locale) -> Chain {
    let sources = &detail.row.sources;
    let of_kind = |kind: SourceKind| sources.iter().filter(move |one| one.kind == kind);
    let mut voices: Vec<LinkView> = of_kind(SourceKind::Complaint)
        .chain(of_kind(SourceKind::ForumInput))
        .chain(of_kind(SourceKind::SurveyElement))
        .chain(of_kind(SourceKind::Issue))
        .map(|source| LinkView {
            href: source
                .href
                .clone()
                .filter(|_| issues || source.kind != SourceKind::Issue),
            ..source_view(source, locale)
        })
        .collect();
    let direct = |voice: &&Voice| {
        let mut sources = sources.iter();
        sources.any(|one| one.kind == voice.kind && one.source_id == voice.id)
    };
    let mut behind: Vec<&Voice> = Vec::new();
    for voice in sources.iter().flat_map(|source| &source.voices.0) {
        if !direct(&voice) && !behind.contains(&voice) {
            behind.push(voice);
        }
    }
    voices.extend(behind.into_iter().map(|voice| LinkView {
        href: Some(voice.href.clone()),
        ..LinkView::new(t(locale, voice.kind.label_key()), short(&voice.label))
    }));
    if voices.is_empty() {
        voices.push(LinkView::said(
            locale,
            "action-gap-voice",
            "action-gap-voice-text",
            true,
        ));
    }
    let mut agreements: Vec<LinkView> = of_kind(SourceKind::AgreedPoint)
        .map(|source| source_view(source, locale))
        .collect();
    if agreements.is_empty() {
        // An input was heard at a forum, but no point of the record says what was agreed about it.
        let heard = of_kind(SourceKind::ForumInput).next().is_some();
        let title = if heard {
            "action-gap-agreement"
        } else {
            "action-no-forum"
        };
        let text = if heard {
            "action-gap-agreement-text"
        } else {
            "action-no-agreement-text"
        };
        agreements.push(LinkView::said(locale, title, text, heard));
    }
    Chain {
        voices,
        agenda: agenda(sources, locale),
        agreements,
        actions: vec![action(detail, locale)],
        proofs: proofs(detail, proof, locale),
    }
}

fn source_view(source: &Source, locale: Locale) -> LinkView {
    LinkView {
        href: source.href.clone(),
        ..LinkView::new(
            t(locale, source.kind.label_key()),
            short(source.label(locale)),
        )
    }
}

fn agenda(sources: &[Source], locale: Locale) -> Vec<LinkView> {
    let mut found: Vec<LinkView> = Vec::new();
    for source in sources {
        let Some(forum) = &source.forum else { continue };
        if !found.iter().any(|one| one.title == *forum) {
            found.push(LinkView {
                href: source.forum_href.clone(),
                ..LinkView::new(forum.clone(), String::new())
            });
        }
    }
    if found.is_empty() {
        found.push(LinkView::said(
            locale,
            "action-no-forum",
            "action-no-forum-text",
            false,
        ));
    }
    found
}

fn action(detail: &Detail, locale: Locale) -> LinkView {
    let item = &detail.row.item;
    LinkView {
        chip: Some(status_chip(item.status, locale)),
        ..LinkView::new(
            item.code.clone(),
            format!("{} · {}%", short(&item.title), item.progress),
        )
    }
}

fn proofs(detail: &Detail, proof: Option<&Proof>, locale: Locale) -> Vec<LinkView> {
    let with_evidence = detail.progress.iter().filter(|one| !one.files.0.is_empty());
    let mut proofs: Vec<LinkView> = with_evidence
        .map(|entry| {
            let day = dates::date_short(entry.happened_on, locale);
            LinkView::new(
                words(locale, "action-evidence-of", "day", day),
                short(&entry.note),
            )
        })
        .collect();
    let status = detail.row.item.status;
    if status == Status::Verified {
        if let Some(last) = proofs.last_mut() {
            last.chip = Some(status_chip(status, locale));
        }
    } else if proofs.is_empty() {
        proofs.push(LinkView::said(
            locale,
            "action-gap-evidence",
            "action-gap-evidence-text",
            true,
        ));
    } else {
        proofs.push(LinkView::said(
            locale,
            "action-gap-verified",
            "action-gap-verified-text",
            true,
        ));
    }
    let Some(proof) = proof else {
        return proofs;
    };
    let told = proof.elements.iter().flat_map(|element| {
        let told = element.told(locale).into_iter();
        told.map(move |told| LinkView {
            href: Some("#ukur-ulang".to_owned()),
            ..LinkView::new(
                told.title,
                format!("{} · {}", element.name(locale), told.figures),
            )
        })
    });
    proofs.extend(told);
    // The survey will be asked again; until then nobody knows whether it helped.
    let elements = detail.row.sources.iter();
    for source in elements.filter(|one| one.kind == SourceKind::SurveyElement) {
        let mut known = proof.elements.iter();
        let key = match known.find(|one| one.id == source.source_id) {
            Some(known) if known.short(locale).is_some() => continue,
            Some(known) => known.gap_key(),
            None => "action-gap-measured",
        };
        proofs.push(LinkView {
            gap: true,
            ..LinkView::new(t(locale, key), short(source.label(locale)))
        });
    }
    proofs
}

/// What happened, newest first, for the staff.
pub fn timeline(detail: &Detail, locale: Locale) -> Vec<Entry> {
    let mut all: Vec<(DateTime<Utc>, Entry)> = detail
        .progress
        .iter()
        .map(|entry| (entry.at, progress_entry(detail, entry, locale)))
        .collect();
    let told = detail.history.iter().filter_map(|event| {
        let entry = event_entry(detail, event, locale)?;
        Some((event.at, entry))
    });
    all.extend(told);
    // Of one moment, what was written last stands first.
    all.reverse();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.into_iter().map(|(_, entry)| entry).collect()
}

fn when(detail: &Detail, at: DateTime<Utc>, locale: Locale) -> String {
    dates::date_time(&at.with_timezone(&detail.zone), locale)
}

fn progress_entry(detail: &Detail, entry: &Progress, locale: Locale) -> Entry {
    let mut title = words(locale, "action-told-progress", "percent", entry.percent);
    if !entry.files.0.is_empty() {
        let count = entry.files.0.len();
        title = format!(
            "{title} · {}",
            words(locale, "action-evidence-count", "count", count)
        );
    }
    Entry {
        title,
        when: when(detail, entry.at, locale),
        who: entry.by_name.clone(),
        text: entry.note.clone(),
        kind: "plain",
    }
}

fn event_entry(detail: &Detail, event: &audit::Model, locale: Locale) -> Option<Entry> {
    let text = |name: &str| event.data[name].as_str().unwrap_or_default().to_owned();
    let (key, kind, text) = match event.verb.as_str() {
        "action.created" => ("action-told-created", "plain", String::new()),
        "action.changed" => ("action-told-changed", "plain", moved_due_day(event, locale)),
        "action.extended" => ("action-told-due", "soon", extended(event, locale)),
        "action.milestone_added" => ("action-told-milestone", "plain", text("title")),
        "action.milestone_removed" => ("action-told-milestone-removed", "plain", text("title")),
        "action.linked" => ("action-told-linked", "plain", text("label")),
        "action.unlinked" => ("action-told-unlinked", "plain", text("label")),
        "action.measure_added" => ("action-told-measure", "plain", text("label")),
        "action.measure_removed" => ("action-told-measure-removed", "plain", text("label")),
        "action.finished" => ("action-told-finished", "soon", String::new()),
        "action.verified" => ("action-told-verified", "ok", String::new()),
        "action.sent_back" => ("action-told-sent-back", "late", text("reason")),
        "action.cancelled" => ("action-told-cancelled", "late", text("reason")),
        "action.carried" => ("action-told-carried", "soon", text("forum")),
        "action.taken_back" => ("action-told-taken-back", "soon", text("forum")),
        "action.carried_in_vain" => ("action-told-carried-in-vain", "late", text("forum")),
        // Progress has rows of its own, with the note.
        _ => return None,
    };
    Some(Entry {
        title: t(locale, key),
        when: when(detail, event.at, locale),
        who: event.actor_name.clone(),
        text,
        kind,
    })
}

/// From which day to which the due day moved; empty when it stayed.
pub fn moved_due_day(event: &audit::Model, locale: Locale) -> String {
    let day = |name: &str| {
        let text = event.data[name].as_str().unwrap_or_default();
        text.parse().ok().map(|day| dates::long_date(day, locale))
    };
    match (day("due_from"), day("due_to")) {
        (Some(from), Some(to)) if from != to => Message::new("action-told-due-moved")
            .with("from", from)
            .with("to", to)
            .text(locale),
        _ => String::new(),
    }
}

/// From which day to which, and why.
fn extended(event: &audit::Model, locale: Locale) -> String {
    let reason = event.data["reason"].as_str().unwrap_or_default();
    format!("{} {reason}", moved_due_day(event, locale))
}

/// What everybody reads of the history: days and states, no names, no notes.
pub fn public_timeline(detail: &Detail, locale: Locale) -> Vec<Entry> {
    let day =
        |at: DateTime<Utc>| dates::long_date(at.with_timezone(&detail.zone).date_naive(), locale);
    let plain = |at, key: &str, kind, text: String| {
        (
            at,
            Entry {
                title: t(locale, key),
                when: day(at),
                who: String::new(),
                text: traces::for_everybody(&text),
                kind,
            },
        )
    };
    let mut all: Vec<(DateTime<Utc>, Entry)> = Vec::new();
    for event in &detail.history {
        let entry = match event.verb.as_str() {
            "action.created" => plain(event.at, "action-told-created", "plain", String::new()),
            "action.changed" => {
                let moved = moved_due_day(event, locale);
                if moved.is_empty() {
                    continue;
                }
                plain(event.at, "action-told-due", "soon", moved)
            }
            "action.extended" => {
                plain(event.at, "action-told-due", "soon", extended(event, locale))
            }
            "action.finished" => plain(event.at, "action-told-finished", "soon", String::new()),
            "action.verified" => plain(event.at, "action-told-verified", "ok", String::new()),
            "action.sent_back" => plain(event.at, "action-told-sent-back", "late", String::new()),
            "action.carried" => {
                let forum = event.data["forum"].as_str().unwrap_or_default();
                plain(event.at, "action-told-carried", "soon", forum.to_owned())
            }
            "action.taken_back" => {
                let forum = event.data["forum"].as_str().unwrap_or_default();
                plain(event.at, "action-told-taken-back", "soon", forum.to_owned())
            }
            "action.carried_in_vain" => {
                let forum = event.data["forum"].as_str().unwrap_or_default();
                plain(
                    event.at,
                    "action-told-carried-in-vain",
                    "late",
                    forum.to_owned(),
                )
            }
            "action.cancelled" => {
                let reason = event.data["reason"].as_str().unwrap_or_default();
                plain(event.at, "action-told-cancelled", "late", reason.to_owned())
            }
            _ => continue,
        };
        all.push(entry);
    }
    for entry in &detail.progress {
        let text = match entry.files.0.len() {
            0 => String::new(),
            count => words(locale, "action-evidence-count", "count", count),
        };
        all.push((
            entry.at,
            Entry {
                title: words(locale, "action-told-progress", "percent", entry.percent),
                when: day(entry.at),
                who: String::new(),
                text,
                kind: "plain",
            },
        ));
    }
    // Of one moment, what was written last stands first.
    all.reverse();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.into_iter().map(|(_, entry)| entry).collect()
}
