//! The rows and chips of a record's page: points, signatories, versions.

use std::collections::HashMap;

use serde::Serialize;

use super::{
    entity::{AgreedPointId, berita_acara, signatory},
    face::Reason,
    paper, points,
    rules::Status,
    service::Book,
    store::{Content, Point},
    views::base_of,
};
use crate::{
    access::{Ctx, Permission},
    action_plans::{self, Chip, Clock, LinkedAction},
    calendar::{dates, days_text},
    platform::{
        i18n::{Locale, Message, t},
        words::said_once,
    },
};

#[derive(Serialize)]
pub struct ChipView {
    kind: &'static str,
    pub(super) text: String,
    icon: &'static str,
}

#[derive(Serialize)]
pub struct FactView {
    term: String,
    text: String,
}

#[derive(Serialize)]
pub struct PointView {
    id: String,
    number: usize,
    text: String,
    version: i32,
    first: bool,
    last: bool,
    /// It says what an input says: to be formulated, or said to be meant so, before the record is locked.
    repeats: bool,
    sources: Vec<ChipView>,
    actions: Vec<ActionView>,
    /// Why there is no action.
    reason: Option<ReasonView>,
    new_action_href: Option<String>,
    edit_href: String,
}

#[derive(Serialize)]
struct ReasonView {
    because: String,
    text: String,
}

/// What became of points: their actions by id, the reasons of those without by root.
pub struct Became<'a> {
    pub actions: &'a HashMap<AgreedPointId, Vec<LinkedAction>>,
    pub reasons: &'a HashMap<AgreedPointId, Reason>,
    pub clock: &'a Clock,
}

#[derive(Serialize)]
pub struct ActionView {
    href: String,
    label: String,
    chip: Chip,
}

#[derive(Serialize)]
pub struct SignatoryView {
    id: String,
    version: i32,
    name: String,
    detail: String,
    represents: String,
    signed: bool,
    /// The drawn signature.
    pub(super) picture: Option<String>,
    /// Why the person does not sign.
    reason: Option<String>,
    pub(super) chip: ChipView,
    edit_href: String,
}

#[derive(Serialize)]
pub struct VersionView {
    href: String,
    label: String,
    here: bool,
}

pub fn status_chip(status: Status, locale: Locale) -> ChipView {
    ChipView {
        kind: status.chip_kind(),
        text: t(locale, status.label_key()),
        icon: match status {
            Status::Draft => "pencil-square",
            Status::Locked => "lock",
            Status::Superseded => "arrow-repeat",
        },
    }
}

pub fn facts(content: &Content, book: &Book, locale: Locale) -> Vec<FactView> {
    let head = &content.head;
    let none = t(locale, "berita-acara-not-yet");
    let or_none = |text: &str| {
        if text.is_empty() {
            none.clone()
        } else {
            text.to_owned()
        }
    };
    let fact = |key: &str, text: String| FactView {
        term: t(locale, key),
        text,
    };
    // As the paper prints them: most of them nobody types.
    let references = paper::references(&book.forum, head, book.amended(), book.present.len());
    let ended = head.ended_early_at.map(|at| {
        let at = at.with_timezone(&book.zone);
        fact("berita-acara-ended-early", dates::date_time(&at, locale))
    });
    let mut facts = vec![
        fact("berita-acara-number", or_none(&head.number)),
        fact(
            "berita-acara-date-words",
            days_text::in_words(&crate::forums::days::dates_of(&book.forum)),
        ),
        fact("berita-acara-place", or_none(&head.place)),
        fact("berita-acara-opening", or_none(&head.opening_subject)),
        fact(
            "berita-acara-basis",
            or_none(&head.legal_basis.0.join("; ")),
        ),
        fact(
            "berita-acara-reference",
            match references.is_empty() {
                true => t(locale, "berita-acara-reference-none"),
                false => references.join(" "),
            },
        ),
        fact("berita-acara-closing", or_none(&head.closing)),
    ];
    facts.extend(ended);
    facts
}

pub fn point_views(
    ctx: &Ctx,
    book: &Book,
    content: &Content,
    became: &Became<'_>,
) -> Vec<PointView> {
    let may_act = content.head.status == Status::Locked
        && ctx.may(Permission::ManageActions, book.forum.unit_id);
    let count = content.points.len();
    let repeated = points::still_inputs(&content.points, &book.inputs);
    let draft = content.head.status == Status::Draft;
    let views = content.points.iter().enumerate().map(|(at, point)| {
        let none = Vec::new();
        let linked = became.actions.get(&point.row.id).unwrap_or(&none);
        // An action that goes on answers; a reason then belongs to the past.
        let acted = linked
            .iter()
            .any(|action| action.status != action_plans::Status::Cancelled);
        let reason = became.reasons.get(&point.row.root_id);
        let reason = reason.filter(|_| !acted && !draft);
        PointView {
            id: point.row.id.to_string(),
            number: at + 1,
            text: point.row.text.clone(),
            version: point.row.version,
            first: at == 0,
            last: at + 1 == count,
            repeats: draft && repeated.contains(&(at + 1)),
            sources: sources(book, point),
            actions: linked
                .iter()
                .map(|action| action_view(action, became.clock, ctx.locale()))
                .collect(),
            reason: reason.map(|reason| ReasonView {
                because: t(ctx.locale(), reason.because_key),
                text: reason.text.clone(),
            }),
            new_action_href: (may_act && reason.is_none()).then(|| {
                format!(
                    "/kerja/rencana-aksi/baru?sumber=agreed_point:{}",
                    point.row.id
                )
            }),
            edit_href: format!("{}/butir/{}", base_of(book.forum.id), point.row.id),
        }
    });
    views.collect()
}

pub fn sources(book: &Book, point: &Point) -> Vec<ChipView> {
    book.inputs
        .iter()
        .filter(|input| point.inputs.contains(&input.id))
        .map(|input| ChipView {
            kind: "info",
            text: input.code.clone(),
            icon: "chat-left-text",
        })
        .collect()
}

pub fn action_view(action: &LinkedAction, clock: &Clock, locale: Locale) -> ActionView {
    ActionView {
        href: action.href.clone(),
        label: format!("{} · {}", action.code, action.title),
        chip: action_plans::linked_chip(action, clock, locale),
    }
}

pub fn signatory_view(one: &signatory::Model, base: &str, locale: Locale) -> SignatoryView {
    let chip = match one.signed_on {
        Some(day) if one.signature_key.is_some() => ChipView {
            kind: "ok",
            text: Message::new("berita-acara-drawn-on")
                .with("day", dates::date(day, locale))
                .text(locale),
            icon: "pen",
        },
        _ if one.missing_reason.is_some() => ChipView {
            kind: "plain",
            text: t(locale, "berita-acara-excused"),
            icon: "x-lg",
        },
        Some(day) if one.signed_on_paper => ChipView {
            kind: "ok",
            text: Message::new("berita-acara-signed-on")
                .with("day", dates::date(day, locale))
                .text(locale),
            icon: "check-lg",
        },
        _ => ChipView {
            kind: "soon",
            text: t(locale, "berita-acara-unsigned"),
            icon: "pen",
        },
    };
    SignatoryView {
        id: one.id.to_string(),
        version: one.version,
        name: one.name.clone(),
        detail: said_once(&[&one.role, &one.organisation], ", "),
        represents: said_once(
            &[&one.represents, &one.participant_group.label(locale)],
            " · ",
        ),
        signed: one.has_signed() || one.missing_reason.is_some(),
        picture: one
            .signature_key
            .is_some()
            .then(|| format!("{base}/penanda-tangan/{}/gambar", one.id)),
        reason: one.missing_reason.clone(),
        chip,
        edit_href: format!("{base}/penanda-tangan/{}", one.id),
    }
}

pub fn amendment(book: &Book, content: &Content, locale: Locale) -> Option<String> {
    let old = book.amended()?;
    Some(
        Message::new("berita-acara-amends")
            .with("version", old.version_no)
            .with("number", &old.number)
            .with("reason", &content.head.amendment_reason)
            .text(locale),
    )
}

pub fn versions(book: &Book, content: &Content, locale: Locale) -> Vec<VersionView> {
    if book.versions.len() < 2 {
        return Vec::new();
    }
    let base = base_of(book.forum.id);
    let one = |version: &berita_acara::Model| VersionView {
        href: format!("{base}?versi={}", version.version_no),
        label: Message::new("berita-acara-version-status")
            .with("number", version.version_no)
            .with("status", t(locale, version.status.label_key()))
            .text(locale),
        here: version.id == content.head.id,
    };
    book.versions.iter().rev().map(one).collect()
}
