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
            Broken::NoNextForum => (
                "follow_up.no_next_forum",
                Message::new("rule-follow-up-no-next-forum"),
            ),
            Broken::Ended => ("follow_up.ended", Message::new("rule-follow-up-ended")),
        };
        Error::rule(code, message)
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

/// A paper that nobody can finish once the forum is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, poem_openapi::Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum Unfinished {
    /// No letter of invitation was issued.
    Letter,
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
mod tests {
    use super::{
        Unfinished::{Correction, Letter, Minutes, Report, ReportOutdated},
        *,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_forum_closes_when_nothing_is_left_open() {
        let done = Closing {
            has_record: true,
            ..Closing::default()
        };
        assert_eq!(obstacles(Stage::FollowUp, &done), []);
        assert_eq!(obstacles(Stage::Closed, &done), [Broken::Closed]);
        let open = Closing {
            has_record: false,
            open_points: vec![2],
            open_actions: vec!["RA-2026-01".to_owned()],
            minutes_wait: true,
        };
        assert_eq!(obstacles(Stage::Report, &open).len(), 4);
        let waiting = Closing {
            minutes_wait: true,
            ..done
        };
        let found = obstacles(Stage::FollowUp, &waiting);
        assert_eq!(found, [Broken::MinutesWait]);
    }

    #[test]
    fn what_stays_unfinished_is_named_and_acknowledged_one_by_one() {
        let finished = Papers {
            letter: true,
            minutes: true,
            correcting: false,
            report: true,
            report_outdated: false,
        };
        let nothing = Papers {
            letter: false,
            minutes: false,
            correcting: true,
            report: false,
            report_outdated: false,
        };
        let old = Papers {
            report_outdated: true,
            ..finished
        };
        for (papers, expected) in [
            (finished, vec![]),
            (old, vec![ReportOutdated]),
            (nothing, vec![Letter, Minutes, Correction, Report]),
        ] {
            assert_eq!(unfinished(papers), expected, "{papers:?}");
        }
        let codes = |codes: &[&str]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
        for (acknowledged, expected) in [
            (codes(&[]), vec![Letter, Report]),
            (codes(&["letter"]), vec![Report]),
            (codes(&["report", "letter", "minutes"]), vec![]),
            (codes(&["report_outdated", "LETTER"]), vec![Letter, Report]),
        ] {
            let found = unseen(&[Letter, Report], &acknowledged);
            assert_eq!(found, expected, "{acknowledged:?}");
        }
        for one in [Letter, Minutes, Correction, Report, ReportOutdated] {
            let told = serde_json::to_value(one).unwrap();
            assert_eq!(told, one.code(), "the history knows it by its code");
        }
    }

    #[test]
    fn an_action_goes_on_in_a_later_forum_that_has_not_begun() {
        let (old, new) = (day("2025-10-28"), day("2026-05-20"));
        assert!(may_carry(old, new, Stage::Preparation).is_ok());
        assert!(may_carry(old, new, Stage::Invitation).is_ok());
        for (from, to, stage) in [
            (old, new, Stage::Session),
            (old, old, Stage::Preparation),
            (new, old, Stage::Preparation),
        ] {
            assert_eq!(may_carry(from, to, stage), Err(Broken::NoNextForum));
        }
    }

    #[test]
    fn a_promise_without_owner_or_budget_or_far_away_is_told() {
        let held = day("2026-03-17");
        for (owner, budget, due, expected) in [
            (true, Some(2026), "2026-12-31", vec![]),
            (true, Some(2027), "2027-12-31", vec![]),
            (true, Some(2028), "2028-01-03", vec![Gap::FarAway(2027)]),
            (true, None, "2026-06-30", vec![Gap::BudgetYear]),
            (false, Some(2026), "2026-06-30", vec![Gap::Owner]),
            (
                false,
                None,
                "2099-12-31",
                vec![Gap::Owner, Gap::BudgetYear, Gap::FarAway(2027)],
            ),
        ] {
            assert_eq!(gaps(owner, budget, day(due), held), expected, "{due}");
        }
    }

    #[test]
    fn a_report_is_outdated_by_a_newer_annex_or_another_answer() {
        let at = |hour: u32| day("2026-03-17").and_hms_opt(hour, 0, 0).unwrap().and_utc();
        for (annexes, answers, expected) in [
            (vec![], Newer::Differ(false), false),
            (vec![], Newer::Differ(true), true),
            (vec![9, 10], Newer::Differ(false), false),
            (vec![9, 11], Newer::Differ(false), true),
            (vec![], Newer::Since(vec![at(10)]), false),
            (vec![], Newer::Since(vec![at(9), at(11)]), true),
        ] {
            let annexes: Vec<_> = annexes.into_iter().map(at).collect();
            let found = is_outdated(at(10), &annexes, &answers);
            assert_eq!(found, expected, "{annexes:?} {answers:?}");
        }
    }

    #[test]
    fn what_a_report_tells_has_a_mark_of_its_own() {
        let planned =
            |codes: &[&str]| Became::Planned(codes.iter().map(|&code| code.to_owned()).collect());
        let cases = [
            (Became::Nothing, vec![]),
            (Became::Explained("Sudah selesai.".to_owned()), vec![]),
            (Became::Explained("Sudah lama.".to_owned()), vec![]),
            (planned(&["RA-2026-01"]), vec![]),
            (planned(&["RA-2026-01", "RA-2026-02"]), vec![]),
            (Became::Cancelled(vec!["RA-2026-01".to_owned()]), vec![]),
            (Became::Nothing, vec!["RA-2026-01".to_owned()]),
        ];
        let mark = |(became, inputs): &(Became, Vec<String>)| {
            told_mark(&[("butir".to_owned(), became.clone())], inputs).unwrap()
        };
        for (at, case) in cases.iter().enumerate() {
            assert_eq!(mark(case), mark(&case.clone()));
            let others = cases.iter().skip(at + 1);
            assert!(
                others.clone().all(|other| mark(other) != mark(case)),
                "{case:?}"
            );
        }
    }

    #[test]
    fn a_stage_stands_still_when_something_is_missing_and_nothing_happened() {
        let last = day("2026-03-10");
        for (missing, today, after, expected) in [
            (1, "2026-03-16", 7, false),
            (1, "2026-03-17", 7, true),
            (0, "2026-03-17", 7, false),
            (1, "2027-03-17", 0, false),
        ] {
            assert_eq!(stands_still(missing, last, day(today), after), expected);
        }
        assert_eq!(week_of(day("2026-12-31")), "2026-W53");
        assert_eq!(week_of(day("2027-01-01")), "2026-W53");
    }
}
