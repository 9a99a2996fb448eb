//! The views of the inbox: which part of the queue each shows, and what is counted for it.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    filter::{Solutions, Span},
    store::Tally,
};
use crate::complaints::{explain, rules::Status, viewing::Days};

/// What is looked at; each has an address of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// What the caller is named for.
    Mine,
    /// What the caller's division has.
    Division,
    Unassigned,
    Late,
    /// The solution that a class promises is late.
    Solution,
    /// It is due on the next working day.
    SolutionTomorrow,
    /// The citizen wrote, and nobody answered.
    Heard,
    /// Something happened that no mail told the citizen, and no person did yet.
    Untold,
    Today,
    Tomorrow,
    Soon,
    /// Due on the second working day from now.
    DayAfter,
    /// Only the citizen can go on.
    Waiting,
    #[default]
    Open,
    All,
}

pub const VIEWS: [View; 15] = [
    View::Late,
    View::Solution,
    View::Heard,
    View::Untold,
    View::Today,
    View::Tomorrow,
    View::SolutionTomorrow,
    View::Soon,
    View::DayAfter,
    View::Unassigned,
    View::Mine,
    View::Division,
    View::Waiting,
    View::Open,
    View::All,
];

impl View {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Division => "division",
            Self::Unassigned => "unassigned",
            Self::Late => "late",
            Self::Solution => "solution",
            Self::SolutionTomorrow => "solution_tomorrow",
            Self::Heard => "heard",
            Self::Untold => "untold",
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
            Self::Soon => "soon",
            Self::DayAfter => "day_after",
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::All => "all",
        }
    }

    /// The key of a text about it.
    #[must_use]
    pub fn key(self, text: &str) -> String {
        format!("complaints-{text}-{}", self.code().replace('_', "-"))
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        VIEWS.into_iter().find(|view| view.code() == code)
    }

    pub(super) fn span(self, now: DateTime<Utc>, days: &Days) -> Span {
        let today = now.with_timezone(&days.zone).date_naive();
        let tonight = || explain::end_of(today, days.zone);
        let soon = || explain::soon_until(now, days.zone, &days.calendar);
        match self {
            // What the overview counts: due, but not late yet.
            Self::Soon => Span::due(now, soon()),
            // What a head asks in the evening: what will be late tomorrow if nobody answers it.
            Self::Tomorrow => Span::due(tonight(), soon()),
            Self::Today => Span::due(now, tonight()),
            // What Soon holds is not told twice.
            Self::DayAfter => Span::due(
                soon() + TimeDelta::microseconds(1),
                explain::day_after_until(now, days.zone, &days.calendar),
            ),
            other => other.span_without_days(now).unwrap_or(Span::ALL),
        }
    }

    /// Behind which moment, and up to which, the solutions are due that it holds; none where it is not about them.
    pub(super) fn solutions(self, now: DateTime<Utc>, days: &Days) -> Option<Solutions> {
        match self {
            Self::Solution => Some((None, now)),
            Self::SolutionTomorrow => {
                let today = now.with_timezone(&days.zone).date_naive();
                let tonight = explain::end_of(today, days.zone);
                let soon = explain::soon_until(now, days.zone, &days.calendar);
                Some((Some(tonight), soon))
            }
            _ => None,
        }
    }

    /// The part of the queue, where no calendar is needed to know it.
    pub(super) fn span_without_days(self, now: DateTime<Utc>) -> Option<Span> {
        match self {
            Self::Mine | Self::Division | Self::Open | Self::Heard => Some(Span::OPEN),
            // What waits for its citizen owes its answer all the same, and stands among the others.
            Self::Unassigned | Self::Waiting | Self::Solution | Self::SolutionTomorrow => {
                Some(Span::RUNNING)
            }
            Self::Late => Some(Span::late(now)),
            // Also a case that ended is told.
            Self::All | Self::Untold => Some(Span::ALL),
            Self::Today | Self::Tomorrow | Self::Soon | Self::DayAfter => None,
        }
    }

    /// What the kept numbers count for it; none where it is read off the queue.
    pub(super) fn tells(self) -> Option<fn(&Tally) -> bool> {
        match self {
            Self::Division | Self::Open => Some(|tally| !tally.status.is_final()),
            Self::Unassigned => {
                Some(|tally| tally.status.owes_answer() && tally.division.is_none())
            }
            Self::Waiting => Some(|tally| tally.status == Status::Incomplete),
            Self::All => Some(|_| true),
            Self::Mine
            | Self::Late
            | Self::Solution
            | Self::SolutionTomorrow
            | Self::Heard
            | Self::Untold
            | Self::Today
            | Self::Tomorrow
            | Self::Soon
            | Self::DayAfter => None,
        }
    }
}
