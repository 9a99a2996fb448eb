//! What a forum lacks in each of its stages: one rule for its page, the API and the reminder. Errors stop
//! the way on, warnings tell. Facts of a stage that is not known yet are absent, and nothing is said of it.

use super::forum_missing_letter;
use crate::{
    forums::{Group, Stage},
    platform::i18n::{Locale, Message, t},
};

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, poem_openapi::Enum)]
#[oai(rename_all = "snake_case")]
pub enum Severity {
    /// Must be done to go on.
    Error,
    /// Should be known.
    Warning,
}

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub stage: Stage,
    pub severity: Severity,
    /// Stable: programs test for it, texts are found by it.
    pub code: &'static str,
    pub count: usize,
    pub names: Vec<Name>,
    /// Below the forum's own page; empty is that page.
    pub place: &'static str,
}

/// What is named: a group has its words in each language, a number or code is the same in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    Group(Group),
    Plain(String),
}

impl Name {
    fn text(&self, locale: Locale) -> String {
        match self {
            Self::Group(group) => group.label(locale),
            Self::Plain(text) => text.clone(),
        }
    }
}

impl Missing {
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        Message::new(&format!("forums-missing-{}", self.code))
            .with("count", self.count)
            .with("numbers", self.names(locale).join(", "))
            .text(locale)
    }

    #[must_use]
    pub fn names(&self, locale: Locale) -> Vec<String> {
        self.names.iter().map(|name| name.text(locale)).collect()
    }
}

/// What the stages tell about. Every part adds its own facts.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// One of its days is today.
    pub today: bool,
    /// It began: nothing is sent any more.
    pub started: bool,
    /// The last minute of the forum is over.
    pub day_passed: bool,
    /// It does not take place: nothing is missing of it but that people know so.
    pub cancelled: bool,
    /// Nobody is known who leads the unit and signs its report.
    pub headless: bool,
    pub preparation: Preparation,
    pub invitation: Invitation,
    pub session: Session,
    /// None where no notes are kept.
    pub minutes: Option<Minutes>,
    /// None before the record is begun.
    pub record: Option<Record>,
    /// None where no report is made.
    pub report: Option<Report>,
    pub follow_up: FollowUp,
}

#[derive(Clone, Debug, Default)]
pub struct Preparation {
    /// Team and agenda may still be changed, also while the forum runs.
    pub open: bool,
    pub team: usize,
    pub neutrality_note: bool,
    pub target: bool,
    pub planned: bool,
    pub agenda: usize,
    /// Overlaps, gaps and items outside the forum's hours.
    pub agenda_troubles: usize,
    /// Days without an item; of a forum of several days.
    pub empty_days: usize,
    /// Some take part online, and nobody knows where.
    pub link_missing: bool,
    /// Days on which offices are closed.
    pub days_off: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Invitation {
    pub letter: bool,
    pub number: bool,
    pub date: bool,
    pub issued: bool,
    /// What the checks of a letter found that is being written: what stops it, and what deserves a look.
    pub letter_faults: Vec<String>,
    pub letter_doubts: Vec<String>,
    /// Time or place changed since, and nobody has begun to correct the letter.
    pub outdated: bool,
    /// The next version is being written.
    pub correcting: bool,
    pub recipients: usize,
    pub to_send: usize,
    /// Those who were told by mail, of this day and place, or in any way of an earlier one.
    pub sent: usize,
    /// Those who were told by hand, of this day and place.
    pub handed: usize,
    /// Of the first, those who do not know the new day or place yet.
    pub updates: usize,
    pub failed: usize,
    /// Without a mail, so somebody has to bring it: never told, or told of another time.
    pub to_hand: usize,
    /// Those who were never told of the forum in any way.
    pub never_told: usize,
    /// Those who know time and place and hold a letter that was replaced.
    pub replaced: usize,
    /// Guests whose answer is about another time.
    pub unconfirmed: usize,
    /// Invited people who know an earlier time or place only.
    pub knows_old: usize,
    /// Those who registered by themselves and know another time or place, or not that it is cancelled.
    pub untold: usize,
    /// Invited people who do not know that the forum is cancelled.
    pub uncalled: usize,
    /// Invitations that were taken back when the forum was cancelled, and how many of those people were told.
    pub withdrawn: usize,
    pub called_off: usize,
    /// Questions that wait for an answer.
    pub questions: usize,
    pub coming: usize,
    pub empty_groups: Vec<Group>,
}

#[derive(Clone, Debug, Default)]
pub struct Session {
    pub present: usize,
    pub walk_ins: usize,
    pub groups: Vec<Group>,
    pub inputs: usize,
}

#[derive(Clone, Debug, Default)]
pub struct Minutes {
    pub is_final: bool,
    /// Their results are other words than the agreed points.
    pub differ: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Record {
    pub locked: bool,
    pub amending: bool,
    pub points: usize,
    /// Points, by their number, that only repeat what was said.
    pub repeated: Vec<usize>,
    pub signed: usize,
    pub signatories: usize,
    pub signing_groups: Vec<Group>,
}

#[derive(Clone, Debug, Default)]
pub struct Report {
    pub issued: bool,
    /// It is older than what it tells of.
    pub outdated: bool,
}

#[derive(Clone, Debug, Default)]
pub struct FollowUp {
    pub actions: usize,
    pub ended: usize,
    /// Points with neither action nor reason.
    pub open_points: Vec<i32>,
    pub inputs_without_action: Vec<String>,
    /// Codes of actions that are neither ended nor carried on.
    pub open_actions: Vec<String>,
    /// Those whose next forum was cancelled, each with that forum.
    pub stranded: Vec<String>,
    /// Codes of those that answer a point and lack owner or budget, or are due far away.
    pub incomplete: Vec<String>,
}

#[derive(Default)]
pub(super) struct List(Vec<Missing>);

impl List {
    pub(super) fn add(
        &mut self,
        stage: Stage,
        severity: Severity,
        code: &'static str,
        place: &'static str,
    ) {
        self.named(stage, severity, code, place, Vec::new(), 0);
    }

    pub(super) fn named(
        &mut self,
        stage: Stage,
        severity: Severity,
        code: &'static str,
        place: &'static str,
        names: Vec<Name>,
        count: usize,
    ) {
        self.0.push(Missing {
            stage,
            severity,
            code,
            count: count.max(names.len()),
            names,
            place,
        });
    }
}

use Severity::{Error, Warning};

/// What every stage lacks, in the order of the stages, errors first within each.
#[must_use]
pub fn missing(now: Stage, facts: &Facts) -> Vec<Missing> {
    let mut list = List::default();
    if facts.cancelled {
        forum_missing_letter::cancelled(&facts.invitation, &mut list);
        return list.0;
    }
    preparation(now, &facts.preparation, &mut list);
    if now == Stage::Preparation && facts.day_passed {
        list.add(Stage::Preparation, Warning, "past", "ubah");
    }
    if facts.headless && now < Stage::Closed {
        let stage = if now < Stage::Session {
            Stage::Preparation
        } else {
            Stage::Report
        };
        list.add(stage, Warning, "head", "");
    }
    // Once people have come, nobody is invited any more.
    if now <= Stage::Invitation && !facts.day_passed {
        forum_missing_letter::before(&facts.invitation, facts.started, &mut list);
    } else if now < Stage::Closed {
        forum_missing_letter::afterwards(&facts.invitation, &mut list);
    }
    // A forum that has begun can be told of by word of mouth only; that guests stand before another door is known
    // even afterwards.
    let late = facts.invitation.knows_old;
    if late > 0 && now < Stage::Closed && (facts.started || now > Stage::Invitation) {
        let severity = if facts.day_passed { Warning } else { Error };
        let (stage, place) = (Stage::Invitation, "undangan#beri-tahu");
        list.named(stage, severity, "not-told", place, Vec::new(), late);
    }
    session(&facts.session, facts.minutes.as_ref(), &mut list);
    record(facts, &mut list);
    let minutes = facts.minutes.as_ref().filter(|minutes| minutes.differ);
    if let Some(minutes) = minutes.filter(|_| now < Stage::Closed) {
        // No report goes out over two papers in force that contradict each other.
        let in_force = facts.record.as_ref().is_some_and(|record| record.locked);
        let severity = if minutes.is_final && in_force {
            Error
        } else {
            Warning
        };
        list.add(Stage::BeritaAcara, severity, "minutes-differ", "notulen");
    }
    let report = facts.report.as_ref();
    if report.is_some_and(|report| !report.issued) {
        list.add(Stage::Report, Error, "report", "laporan");
    }
    // A closed forum keeps its report as it is.
    if now < Stage::Closed && report.is_some_and(|report| report.outdated) {
        list.add(Stage::Report, Warning, "report-outdated", "laporan");
    }
    follow_up(&facts.follow_up, &mut list);
    let mut found = list.0;
    found.sort_by_key(|one| (one.stage, one.severity));
    found
}

fn preparation(now: Stage, facts: &Preparation, list: &mut List) {
    let stage = Stage::Preparation;
    // Once the forum has begun, the agenda is what its minutes hang on; the rest was for the time before.
    if now >= Stage::Session {
        if facts.agenda == 0 && now < Stage::Closed {
            let severity = if facts.open { Error } else { Warning };
            list.add(stage, severity, "agenda", "acara");
        }
        return;
    }
    if facts.agenda == 0 {
        list.add(stage, Error, "agenda", "acara");
    }
    if facts.agenda_troubles > 0 {
        let count = facts.agenda_troubles;
        list.named(stage, Warning, "agenda-times", "acara", Vec::new(), count);
    }
    if facts.agenda > 0 && facts.empty_days > 0 {
        let count = facts.empty_days;
        list.named(stage, Warning, "agenda-days", "acara", Vec::new(), count);
    }
    for (lacks, code, place) in [
        (facts.team == 0, "team", "acara"),
        (!facts.neutrality_note, "neutrality", "acara"),
        (!facts.target, "target", "ubah"),
        (!facts.planned, "quotas", "ubah"),
        (facts.link_missing, "link", "ubah"),
    ] {
        if lacks {
            list.add(stage, Warning, code, place);
        }
    }
    if !facts.days_off.is_empty() {
        let days = facts.days_off.iter().cloned().map(Name::Plain).collect();
        list.named(stage, Warning, "day-off", "ubah", days, 0);
    }
}

fn session(facts: &Session, minutes: Option<&Minutes>, list: &mut List) {
    let stage = Stage::Session;
    if facts.present == 0 {
        list.add(stage, Error, "attendance", "kehadiran");
    }
    if facts.inputs == 0 {
        list.add(stage, Warning, "inputs", "masukan");
    }
    if minutes.is_some_and(|minutes| !minutes.is_final) {
        list.add(stage, Warning, "minutes", "notulen");
    }
}

/// The record needs somebody of the organiser and somebody of each group that came.
fn record(facts: &Facts, list: &mut List) {
    let (stage, place) = (Stage::BeritaAcara, "berita-acara");
    let Some(record) = &facts.record else {
        list.add(stage, Error, "record", place);
        return;
    };
    if record.amending {
        list.add(stage, Warning, "amending", place);
    }
    if record.locked {
        return;
    }
    if record.points == 0 {
        list.add(stage, Error, "points", place);
    }
    if !record.repeated.is_empty() {
        let numbers = record.repeated.iter().map(ToString::to_string);
        let numbers = numbers.map(Name::Plain).collect();
        list.named(stage, Error, "points-repeat", place, numbers, 0);
    }
    if !record.signing_groups.contains(&Group::Organiser) {
        list.add(stage, Error, "organiser", place);
    }
    let unsigned: Vec<Name> = facts
        .session
        .groups
        .iter()
        .filter(|group| **group != Group::Organiser && !record.signing_groups.contains(group))
        .map(|group| Name::Group(*group))
        .collect();
    if !unsigned.is_empty() {
        list.named(stage, Error, "signing-groups", place, unsigned, 0);
    }
    if record.signed < record.signatories || record.signatories == 0 {
        let count = record.signatories - record.signed;
        list.named(stage, Error, "signatures", place, Vec::new(), count);
    }
    list.add(stage, Error, "lock", place);
}

fn follow_up(facts: &FollowUp, list: &mut List) {
    let (stage, place) = (Stage::FollowUp, "tindak-lanjut");
    let plain = |names: &[String]| names.iter().cloned().map(Name::Plain).collect::<Vec<_>>();
    let points: Vec<String> = facts.open_points.iter().map(ToString::to_string).collect();
    for (names, severity, code, place) in [
        (&points, Error, "points-action", place),
        (&facts.open_actions, Error, "actions", place),
        (&facts.stranded, Error, "actions-stranded", place),
        (&facts.incomplete, Warning, "actions-incomplete", place),
        (
            &facts.inputs_without_action,
            Warning,
            "inputs-action",
            "masukan",
        ),
    ] {
        if !names.is_empty() {
            list.named(stage, severity, code, place, plain(names), 0);
        }
    }
}

/// The next thing to do and where: what stops the stage that the forum is in, else what the coming stage
/// needs, else nothing but time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// `forums-next-<code>` says it.
    pub code: &'static str,
    pub place: &'static str,
}

impl Next {
    #[must_use]
    pub fn text(self, locale: Locale) -> String {
        t(locale, &format!("forums-next-{}", self.code))
    }
}

#[must_use]
pub fn next(now: Stage, facts: &Facts, missing: &[Missing]) -> Option<Next> {
    if now == Stage::Closed || facts.cancelled {
        return None;
    }
    let reached = now.max(if facts.day_passed {
        Stage::Session
    } else {
        Stage::Preparation
    });
    let step = |one: &Missing| Next {
        code: one.code,
        place: one.place,
    };
    let mut errors = missing.iter().filter(|one| one.severity == Error);
    let first = errors.next();
    match first {
        Some(one) if one.stage <= reached => Some(step(one)),
        // Nobody can hold the forum before its day.
        Some(one) if one.stage >= Stage::Session && reached <= Stage::Invitation => Some(Next {
            code: if facts.today { "today" } else { "wait" },
            place: "kehadiran",
        }),
        Some(one) => Some(step(one)),
        None => Some(Next {
            code: "close",
            place: "tindak-lanjut",
        }),
    }
}
