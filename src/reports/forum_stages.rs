//! The six stages of a forum as its page shows them: a line for the path, what is missing, the next step.

use serde::Serialize;

use super::{
    forum_missing::{self, Facts, Missing, Severity},
    forum_missing_letter::LEFT_OUT,
};
use crate::{
    forums::{self, Forum, Stage, StageState},
    platform::i18n::{Locale, Message, t},
};

/// One step of the path, with what it lacks.
#[derive(Serialize)]
pub struct StageView {
    label: String,
    detail: String,
    /// `done`, `now`, `later`; `unfinished` where the forum has gone on and something of it is open; `stopped` of a
    /// forum that is cancelled.
    state: &'static str,
    state_label: String,
    href: Option<String>,
    /// What stops the way on,
    blockers: Vec<GapView>,
    /// and what deserves a look.
    doubts: Vec<GapView>,
    /// It lacks something, and the forum has come so far.
    open: bool,
    /// It lacks nothing, and the forum has come so far: of what is still to come nobody knows.
    complete: bool,
}

#[derive(Serialize)]
pub struct GapView {
    text: String,
    /// None for those who may not do it.
    href: Option<String>,
}

/// The next thing to do.
#[derive(Serialize)]
pub struct NextView {
    text: String,
    href: String,
}

/// The path with what each stage lacks, and the next step.
pub struct Shown {
    pub stages: Vec<StageView>,
    pub next: Option<NextView>,
}

pub fn address(forum: &Forum, place: &str) -> String {
    if place.is_empty() {
        format!("/kerja/forum/{}", forum.id)
    } else {
        format!("/kerja/forum/{}/{place}", forum.id)
    }
}

/// What is missing in the stages that the forum has come to: what holds it up now.
pub fn now_missing(forum: &Forum, facts: &Facts) -> Vec<Missing> {
    let mut missing = forum_missing::missing(forum.stage, facts);
    let reached = reached(forum, facts);
    missing.retain(|one| one.stage <= reached);
    missing
}

/// The day brings a forum to its session, whether or not anybody was let in.
fn reached(forum: &Forum, facts: &Facts) -> Stage {
    if facts.day_passed {
        forum.stage.max(Stage::Session)
    } else {
        forum.stage
    }
}

/// Team and agenda: changed until a record tells them.
const PLAN: &str = "acara";
/// Pages that only an organiser opens, and only before the forum has begun.
const TO_PREPARE: [&str; 4] = [PLAN, "ubah", "undangan/surat", "undangan/penerima/baru"];

/// What the page of a forum shows; who may not manage it gets no links to what only managing opens.
pub fn shown(forum: &Forum, facts: &Facts, may_manage: bool, locale: Locale) -> Shown {
    let prepares = may_manage && forum.stage < Stage::Session && forum.cancelled_at.is_none();
    let link = |place: &str| {
        let plans = may_manage && facts.preparation.open && place == PLAN;
        let opens = prepares || plans || !TO_PREPARE.contains(&place);
        opens.then(|| address(forum, place))
    };
    let missing = forum_missing::missing(forum.stage, facts);
    let reached = reached(forum, facts);
    let gap = |one: &Missing| GapView {
        text: one.text(locale),
        href: link(one.place),
    };
    let stages = forums::stage_path(forum.stage).map(|(stage, state)| {
        let mine = missing.iter().filter(|one| one.stage == stage);
        // A stage that lies behind and still has to be done something about is not done.
        let unfinished = state == StageState::Done
            && mine
                .clone()
                .any(|one| one.severity == Severity::Error || LEFT_OUT.contains(&one.code));
        let shown_as = match state {
            StageState::Done if unfinished => "unfinished",
            StageState::Done => "done",
            // Nothing goes on of a forum that does not take place.
            StageState::Now | StageState::Later if facts.cancelled => "stopped",
            StageState::Now => "now",
            StageState::Later => "later",
        };
        let come = stage <= reached;
        let lacks = mine.clone().next().is_some();
        let (blockers, doubts): (Vec<&Missing>, Vec<&Missing>) =
            mine.partition(|one| one.severity == Severity::Error);
        StageView {
            label: stage.label(locale),
            detail: detail(stage, facts, locale),
            state: shown_as,
            state_label: t(locale, &format!("forums-state-{shown_as}")),
            href: place_of(stage).and_then(link),
            open: lacks && come,
            complete: !lacks && come && !facts.cancelled,
            blockers: blockers.into_iter().map(gap).collect(),
            doubts: doubts.into_iter().map(gap).collect(),
        }
    });
    let next = forum_missing::next(forum.stage, facts, &missing).map(|next| NextView {
        text: next.text(locale),
        href: address(forum, next.place),
    });
    Shown {
        stages: stages.into(),
        next,
    }
}

/// Where a stage is worked on.
fn place_of(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Preparation => Some("acara"),
        Stage::Invitation => Some("undangan"),
        Stage::Session => Some("kehadiran"),
        Stage::BeritaAcara => Some("berita-acara"),
        Stage::FollowUp => Some("tindak-lanjut"),
        Stage::Report => Some("laporan"),
        Stage::Closed => None,
    }
}

/// What is done, in a line.
fn detail(stage: Stage, facts: &Facts, locale: Locale) -> String {
    let message = match stage {
        Stage::Preparation => Message::new("forums-detail-preparation")
            .with("team", facts.preparation.team)
            .with("agenda", facts.preparation.agenda),
        // Nobody is invited any more: the list holds only those who were never told of it.
        Stage::Invitation if facts.cancelled => Message::new("forums-detail-invitation-cancelled")
            .with("withdrawn", facts.invitation.withdrawn)
            .with("told", facts.invitation.called_off)
            .with("left", facts.invitation.uncalled),
        Stage::Invitation if facts.invitation.updates > 0 => {
            Message::new("forums-detail-invitation-updates")
                .with("invited", facts.invitation.recipients)
                .with("sent", facts.invitation.sent + facts.invitation.handed)
                .with("updates", facts.invitation.updates)
                .with("coming", facts.invitation.coming)
        }
        Stage::Invitation if facts.invitation.handed > 0 => {
            Message::new("forums-detail-invitation-handed")
                .with("invited", facts.invitation.recipients)
                .with("sent", facts.invitation.sent)
                .with("handed", facts.invitation.handed)
                .with("coming", facts.invitation.coming)
        }
        Stage::Invitation => Message::new("forums-detail-invitation")
            .with("invited", facts.invitation.recipients)
            .with("sent", facts.invitation.sent)
            .with("coming", facts.invitation.coming),
        Stage::Session => Message::new("forums-detail-session")
            .with("present", facts.session.present)
            .with("walk_ins", facts.session.walk_ins)
            .with("inputs", facts.session.inputs),
        Stage::BeritaAcara => match &facts.record {
            None => Message::new("forums-detail-record-none"),
            Some(record) => Message::new("forums-detail-record")
                .with("points", record.points)
                .with("signed", record.signed)
                .with("all", record.signatories),
        },
        Stage::Report => match facts.report.as_ref().map(|report| report.issued) {
            Some(true) => Message::new("forums-detail-report-issued"),
            Some(false) => Message::new("forums-detail-report-none"),
            None => Message::new("forums-detail-report"),
        },
        Stage::FollowUp | Stage::Closed => Message::new("forums-detail-follow-up")
            .with("actions", facts.follow_up.actions)
            .with("ended", facts.follow_up.ended),
    };
    message.text(locale)
}
