//! When a forum may be closed, where an action may go on, and when a stage stands still.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    forums::Stage,
    platform::{
        crypto::sha256_hex,
        error::{Error, Result},
        i18n::Message,
    },
};

/// Why it is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("the forum is closed")]
    Closed,
    #[error("there is no record in force")]
    NoRecord,
    #[error("points without action or reason: {0:?}")]
    OpenPoints(Vec<i32>),
    #[error("unfinished actions: {0:?}")]
    OpenActions(Vec<String>),
    #[error("the minutes wait for approval")]
    MinutesWait,
    #[error("stages have errors: {0:?}")]
    Errors(Vec<String>),
    #[error("the other forum has begun or is older")]
    NoNextForum,
    #[error("the action is ended")]
    Ended,
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        let (code, message) = match broken {
            Broken::Closed => ("forum.closed", Message::new("rule-forum-closed")),
            Broken::NoRecord => (
                "follow_up.no_record",
                Message::new("rule-follow-up-no-record"),
            ),
            Broken::OpenPoints(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                let message = Message::new("rule-follow-up-open-points");
                (
                    "follow_up.open_points",
                    message.with("numbers", numbers.join(", ")),
                )
            }
            Broken::OpenActions(codes) => (
                "follow_up.open_actions",
                Message::new("rule-follow-up-open-actions").with("codes", codes.join(", ")),
            ),
            Broken::MinutesWait => (
                "follow_up.minutes_wait",
                Message::new("rule-follow-up-minutes-wait"),
            ),
            Broken::Errors(texts) => (
                "follow_up.errors",
                Message::new("rule-follow-up-errors").with("texts", texts.join("; ")),
            ),
            Broken::NoNextForum => (
                "follow_up.no_next_forum",
                Message::new("rule-follow-up-no-next-forum"),
            ),
            Broken::Ended => ("follow_up.ended", Message::new("rule-follow-up-ended")),
        };
        Error::rule(code, message)
    }
}

/// An action of a closed forum may still be carried on where it has nowhere to go: the forum that was to take it up does not
/// take place. It never comes back there: nothing is done in a closed forum.
pub fn may_carry_from(stage: Stage, is_open: bool, taken_back: bool) -> Result<(), Broken> {
    match stage {
        Stage::Closed if taken_back || !is_open => Err(Broken::Closed),
        _ => Ok(()),
    }
}

/// What counts when a forum is about to be closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    /// The record of what was agreed is in force.
    pub has_record: bool,
    /// Points that have neither action nor reason.
    pub open_points: Vec<i32>,
    /// Codes of actions that are neither ended nor carried into another forum.
    pub open_actions: Vec<String>,
    /// The minutes were submitted: once the forum is closed nobody could approve them.
    pub minutes_wait: bool,
}

/// Everything that stops the closing, at once.
#[must_use]
pub fn obstacles(stage: Stage, closing: &Closing) -> Vec<Broken> {
    let mut found = Vec::new();
    if stage == Stage::Closed {
        return vec![Broken::Closed];
    }
    found.extend((!closing.has_record).then_some(Broken::NoRecord));
    if !closing.open_points.is_empty() {
        found.push(Broken::OpenPoints(closing.open_points.clone()));
    }
    if !closing.open_actions.is_empty() {
        found.push(Broken::OpenActions(closing.open_actions.clone()));
    }
    found.extend(closing.minutes_wait.then_some(Broken::MinutesWait));
    found
}

/// An error that a stage of the forum shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocker {
    pub code: &'static str,
    pub text: String,
}

/// Errors of the stages that the closing judges by itself: by an obstacle of its own, or by what is ticked.
const JUDGED: [&str; 5] = [
    "points-action",
    "actions",
    "actions-stranded",
    "report",
    "attendance",
];

/// The errors of the stages that nothing else of the closing asks about. Before a record is in force that alone is said.
#[must_use]
pub fn stage_errors(has_record: bool, errors: Vec<Blocker>) -> Option<Broken> {
    let left = errors.into_iter().filter(|one| !JUDGED.contains(&one.code));
    let texts: Vec<String> = left.map(|one| one.text).collect();
    (has_record && !texts.is_empty()).then_some(Broken::Errors(texts))
}

/// A paper that nobody can finish once the forum is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, poem_openapi::Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum Unfinished {
    /// No letter of invitation was issued.
    Letter,
    /// Nobody is on the attendance list.
    Attendance,
    /// The minutes were begun and are not final.
    Minutes,
    /// A correction of the Berita Acara is a draft.
    Correction,
    /// No report was issued.
    Report,
    /// The report is older than what it tells of.
    ReportOutdated,
}

impl Unfinished {
    /// As it stands in forms, in the API and in the history.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Attendance => "attendance",
            Self::Minutes => "minutes",
            Self::Correction => "correction",
            Self::Report => "report",
            Self::ReportOutdated => "report_outdated",
        }
    }

    /// Of the sentence that tells it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Letter => "follow-up-unfinished-letter",
            Self::Attendance => "follow-up-unfinished-attendance",
            Self::Minutes => "follow-up-unfinished-minutes",
            Self::Correction => "follow-up-unfinished-correction",
            Self::Report => "follow-up-unfinished-report",
            Self::ReportOutdated => "follow-up-unfinished-report-outdated",
        }
    }
}

/// How the papers of a forum stand.
#[derive(Clone, Copy, Debug)]
pub struct Papers {
    /// A letter was issued.
    pub letter: bool,
    /// Somebody is on the attendance list.
    pub attendance: bool,
    /// The minutes are final, or none are kept.
    pub minutes: bool,
    /// A correction of the Berita Acara is being written.
    pub correcting: bool,
    /// A report was issued.
    pub report: bool,
    pub report_outdated: bool,
}

/// What would stay unfinished, in the order of the papers.
#[must_use]
pub fn unfinished(papers: Papers) -> Vec<Unfinished> {
    [
        (!papers.letter, Unfinished::Letter),
        (!papers.attendance, Unfinished::Attendance),
        (!papers.minutes, Unfinished::Minutes),
        (papers.correcting, Unfinished::Correction),
        (!papers.report, Unfinished::Report),
        (
            papers.report && papers.report_outdated,
            Unfinished::ReportOutdated,
        ),
    ]
    .into_iter()
    .filter_map(|(is, what)| is.then_some(what))
    .collect()
}

/// Which of the unfinished nobody said that they had seen. More than is needed may be acknowledged: the paper may have
/// been finished meanwhile.
#[must_use]
pub fn unseen(unfinished: &[Unfinished], acknowledged: &[String]) -> Vec<Unfinished> {
    let seen = |one: &Unfinished| acknowledged.iter().any(|code| code == one.code());
    unfinished
        .iter()
        .copied()
        .filter(|one| !seen(one))
        .collect()
}

/// What became of an agreed point, as a report tells it. When an action is due and how far it is may change without
/// making a report untrue: it told what was promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// Codes of its actions.
    Planned(Vec<String>),
    /// The reason why there is none.
    Explained(String),
    /// Codes of actions that were all given up.
    Cancelled(Vec<String>),
    Nothing,
}

/// The mark of what a report tells: of every point by its root, and the actions that inputs led to. Kept for years, so
/// its form never changes.
pub fn told_mark(points: &[(String, Became)], inputs: &[String]) -> Result<String> {
    let told = serde_json::to_vec(&(points, inputs)).map_err(anyhow::Error::from)?;
    Ok(sha256_hex(&told))
}

/// How the answers of now stand to those that the report tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Newer {
    /// What it tells was kept: whether it is something else now.
    Differ(bool),
    /// It was not kept: when the answers of now came to be.
    Since(Vec<DateTime<Utc>>),
}

/// Whether a report is older than its annexes, or tells other answers than there are now.
#[must_use]
pub fn is_outdated(issued_at: DateTime<Utc>, annexes: &[DateTime<Utc>], answers: &Newer) -> bool {
    let after = |at: &DateTime<Utc>| *at > issued_at;
    let answers = match answers {
        Newer::Differ(differ) => *differ,
        Newer::Since(times) => times.iter().any(after),
    };
    answers || annexes.iter().any(after)
}

/// What makes a promise of a forum likely to be forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// A division answers for it, and no office in it.
    Owner,
    /// No budget pays for it: right only where it costs nothing.
    BudgetYear,
    /// It is due when the next forum, which is held every year, has long been over: nobody can ask there. The last year
    /// that is near.
    FarAway(i32),
}

impl Gap {
    /// The words that tell it.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Owner => Message::new("follow-up-gap-owner"),
            Self::BudgetYear => Message::new("follow-up-gap-budget-year"),
            Self::FarAway(year) => {
                Message::new("follow-up-gap-far-away").with("year", year.to_string())
            }
        }
    }
}

/// What an action lacks that answers a point of a forum held on a day; each is told and none stops anything.
#[must_use]
pub fn gaps(
    has_owner: bool,
    budget_year: Option<i32>,
    due_on: NaiveDate,
    held_on: NaiveDate,
) -> Vec<Gap> {
    let last = held_on.year() + 1;
    [
        (!has_owner, Gap::Owner),
        (budget_year.is_none(), Gap::BudgetYear),
        (due_on.year() > last, Gap::FarAway(last)),
    ]
    .into_iter()
    .filter_map(|(is, gap)| is.then_some(gap))
    .collect()
}

/// A forum that has begun has its agenda; one that is older is not the next.
pub fn may_carry(from: NaiveDate, to: NaiveDate, stage: Stage) -> Result<(), Broken> {
    if to > from && stage < Stage::Session {
        Ok(())
    } else {
        Err(Broken::NoNextForum)
    }
}

/// Whether the organiser should be told: something is missing and nothing has happened for so many days.
/// 0 days switches reminders off.
#[must_use]
pub fn stands_still(missing: usize, last: NaiveDate, today: NaiveDate, after_days: u32) -> bool {
    after_days > 0 && missing > 0 && (today - last).num_days() >= i64::from(after_days)
}

/// `2026-W12`: a week begins on Monday.
#[must_use]
pub fn week_of(day: NaiveDate) -> String {
    let week = day.iso_week();
    format!("{}-W{:02}", week.year(), week.week())
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
