//! When a forum may be closed, where an action may go on, and when a stage stands still.

use chrono::{Datelike as _, NaiveDate};

use crate::{
    forums::Stage,
    platform::{error::Error, i18n::Message},
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
    found
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
    use super::*;

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
        };
        assert_eq!(obstacles(Stage::Report, &open).len(), 3);
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
