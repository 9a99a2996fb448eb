//! The six stages of a forum as a path: what each tells, and what is missing to go on.

use serde::Serialize;

use crate::{
    attendance,
    berita_acara::{self, Status},
    forums::{self, Forum, Stage, StageState},
    invitations,
    platform::i18n::{Locale, Message, t},
};

#[derive(Serialize)]
pub struct StageView {
    label: String,
    detail: String,
    state: StageState,
    href: Option<String>,
}

#[derive(Serialize)]
pub struct GapView {
    text: String,
    href: Option<String>,
}

/// What the stages tell about, read once.
pub struct Facts {
    pub team: usize,
    pub agenda: usize,
    pub letter: Option<invitations::Letter>,
    pub invited: invitations::Summary,
    pub came: attendance::Summary,
    pub inputs: usize,
    /// Codes of inputs that led to nothing.
    pub inputs_without_action: Vec<String>,
    pub record: Option<berita_acara::Summary>,
    pub actions: usize,
}

/// One stage: a line for the path, what is missing, where it is worked on.
struct Told {
    detail: String,
    missing: Vec<GapView>,
    href: Option<String>,
}

impl Told {
    fn new(detail: String, href: Option<String>) -> Self {
        Self {
            detail,
            missing: Vec::new(),
            href,
        }
    }

    fn misses(&mut self, text: String, href: &str) {
        self.missing.push(GapView {
            text,
            href: Some(href.to_owned()),
        });
    }
}

/// The path and, beside it, what is missing in the stage that the forum is in and in those before.
pub fn path_of(
    forum: &Forum,
    facts: &Facts,
    base: &str,
    locale: Locale,
) -> (Vec<StageView>, Vec<GapView>) {
    let mut missing = Vec::new();
    let mut stages = Vec::new();
    for (stage, state) in forums::stage_path(forum.stage) {
        let told = match stage {
            Stage::Preparation => preparation(facts, base, locale),
            Stage::Invitation => invitation(forum, facts, base, locale),
            Stage::Session => session(facts, base, locale),
            Stage::BeritaAcara => record(facts, base, locale),
            Stage::Report => Told::new(
                t(locale, "forums-detail-report"),
                Some(format!("{base}/laporan")),
            ),
            Stage::Closed => Told::new(String::new(), None),
            Stage::FollowUp => follow_up(facts, base, locale),
        };
        if state != StageState::Later {
            missing.extend(told.missing);
        }
        stages.push(StageView {
            label: stage.label(locale),
            detail: told.detail,
            state,
            href: told.href,
        });
    }
    (stages, missing)
}

fn preparation(facts: &Facts, base: &str, locale: Locale) -> Told {
    let detail = Message::new("forums-detail-preparation")
        .with("team", facts.team)
        .with("agenda", facts.agenda)
        .text(locale);
    let mut told = Told::new(detail, None);
    let here = format!("{base}/acara");
    if facts.team == 0 {
        told.misses(t(locale, "forums-missing-team"), &here);
    }
    if facts.agenda == 0 {
        told.misses(t(locale, "forums-missing-agenda"), &here);
    }
    told
}

fn invitation(forum: &Forum, facts: &Facts, base: &str, locale: Locale) -> Told {
    let here = format!("{base}/undangan");
    let issued = facts
        .letter
        .as_ref()
        .is_some_and(|letter| letter.issued_at.is_some());
    let invited = facts.invited;
    let detail = Message::new("forums-detail-invitation")
        .with("invited", invited.recipients)
        .with("sent", invited.sent)
        .with("coming", invited.coming())
        .text(locale);
    let mut told = Told::new(detail, Some(here.clone()));
    // Once people have come, nobody is invited any more.
    if forum.stage > Stage::Invitation {
        return told;
    }
    if facts.letter.is_none() {
        told.misses(t(locale, "forums-missing-letter"), &here);
    } else if !issued {
        told.misses(t(locale, "forums-missing-issue"), &here);
    }
    if invited.recipients == 0 {
        told.misses(t(locale, "forums-missing-recipients"), &here);
    }
    for (count, key) in [
        (invited.to_send, "forums-missing-sending"),
        (invited.failed, "forums-missing-failed"),
    ] {
        if issued && count > 0 {
            let text = Message::new(key).with("count", count).text(locale);
            told.misses(text, &here);
        }
    }
    told
}

fn session(facts: &Facts, base: &str, locale: Locale) -> Told {
    let detail = Message::new("forums-detail-session")
        .with("present", facts.came.present)
        .with("walk_ins", facts.came.walk_ins)
        .with("inputs", facts.inputs)
        .text(locale);
    let mut told = Told::new(detail, Some(format!("{base}/kehadiran")));
    if facts.inputs == 0 {
        let here = format!("{base}/masukan");
        told.misses(t(locale, "forums-missing-inputs"), &here);
    }
    told
}

fn record(facts: &Facts, base: &str, locale: Locale) -> Told {
    let here = format!("{base}/berita-acara");
    let Some(record) = &facts.record else {
        let mut told = Told::new(t(locale, "forums-detail-record-none"), Some(here.clone()));
        told.misses(t(locale, "forums-missing-record"), &here);
        return told;
    };
    let detail = Message::new("forums-detail-record")
        .with("points", record.points.len())
        .with("signed", record.signed)
        .with("all", record.signatories)
        .text(locale);
    let mut told = Told::new(detail, Some(here.clone()));
    if record.status == Status::Draft {
        told.misses(t(locale, "forums-missing-lock"), &here);
        if record.signed < record.signatories || record.signatories == 0 {
            told.misses(t(locale, "forums-missing-signatures"), &here);
        }
    }
    told
}

fn follow_up(facts: &Facts, base: &str, locale: Locale) -> Told {
    let detail = Message::new("forums-detail-follow-up")
        .with("actions", facts.actions)
        .text(locale);
    let mut told = Told::new(detail, Some("/kerja/rencana-aksi".to_owned()));
    let points: Vec<String> = facts
        .record
        .iter()
        .flat_map(|record| &record.points_without_action)
        .map(ToString::to_string)
        .collect();
    for (numbers, key, page) in [
        (&points, "forums-missing-points-action", "berita-acara"),
        (
            &facts.inputs_without_action,
            "forums-missing-inputs-action",
            "masukan",
        ),
    ] {
        if !numbers.is_empty() {
            let text = Message::new(key)
                .with("numbers", numbers.join(", "))
                .text(locale);
            told.misses(text, &format!("{base}/{page}"));
        }
    }
    told
}
