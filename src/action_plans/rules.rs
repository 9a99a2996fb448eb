//! When an action moves on, what counts as evidence, and how late is late.

use chrono::NaiveDate;

use super::entity::action_item::Status;
use crate::{
    access::PersonId,
    organisation::UnitId,
    platform::{error::Error, i18n::Message},
};

/// What somebody wants to do with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Progress,
    Finish,
    Verify,
    SendBack,
    Cancel,
}

/// Why it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("{0:?} does not allow {1:?}")]
    Transition(Status, Move),
    #[error("there is no evidence")]
    NoEvidence,
    #[error("evidence of {0} lies in the future")]
    FutureEvidence(NaiveDate),
    #[error("who finished an action does not verify it")]
    OwnWork,
    #[error("the source belongs to another unit")]
    OtherUnit,
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Transition(..) => {
                Self::rule("action.transition", Message::new("rule-action-transition"))
            }
            Broken::NoEvidence => Self::rule(
                "action.no_evidence",
                Message::new("rule-action-no-evidence"),
            ),
            Broken::FutureEvidence(day) => Self::rule(
                "action.future_evidence",
                Message::new("rule-action-future-evidence").with("day", day),
            ),
            Broken::OwnWork => Self::rule("action.own_work", Message::new("rule-action-own-work")),
            Broken::OtherUnit => {
                Self::rule("action.other_unit", Message::new("rule-action-other-unit"))
            }
        }
    }
}

impl Status {
    /// The state after a move.
    pub fn after(self, step: Move) -> Result<Self, Broken> {
        match (self, step) {
            (Self::Open | Self::InProgress, Move::Progress) => Ok(Self::InProgress),
            (Self::Open | Self::InProgress, Move::Finish) => Ok(Self::Done),
            (Self::Done, Move::Verify) => Ok(Self::Verified),
            (Self::Done, Move::SendBack) => Ok(Self::InProgress),
            (Self::Open | Self::InProgress, Move::Cancel) => Ok(Self::Cancelled),
            (state, step) => Err(Broken::Transition(state, step)),
        }
    }

    /// Whether somebody still has to work on it: only such an action can be late.
    #[must_use]
    pub fn is_unfinished(self) -> bool {
        matches!(self, Self::Open | Self::InProgress)
    }

    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Open => "action-status-open",
            Self::InProgress => "action-status-in-progress",
            Self::Done => "action-status-done",
            Self::Verified => "action-status-verified",
            Self::Cancelled => "action-status-cancelled",
        }
    }

    #[must_use]
    pub fn chip_kind(self) -> &'static str {
        match self {
            Self::Open | Self::Cancelled => "plain",
            Self::InProgress => "info",
            Self::Done => "soon",
            Self::Verified => "ok",
        }
    }

    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Open => "clock",
            Self::InProgress => "arrow-repeat",
            Self::Done => "hourglass-split",
            Self::Verified => "patch-check",
            Self::Cancelled => "x-lg",
        }
    }
}

/// Finishing needs something to look at, and nothing that has yet to happen.
/// `evidence` holds the day of each progress entry that carries a file or a link.
pub fn finish(status: Status, evidence: &[NaiveDate], today: NaiveDate) -> Result<Status, Broken> {
    let next = status.after(Move::Finish)?;
    if evidence.is_empty() {
        return Err(Broken::NoEvidence);
    }
    match evidence.iter().find(|day| **day > today) {
        Some(day) => Err(Broken::FutureEvidence(*day)),
        None => Ok(next),
    }
}

/// Two pairs of eyes: who reported an action as finished does not judge the evidence.
pub fn verify(
    status: Status,
    finished_by: Option<PersonId>,
    verifier: Option<PersonId>,
) -> Result<Status, Broken> {
    let next = status.after(Move::Verify)?;
    if finished_by.is_some() && finished_by == verifier {
        return Err(Broken::OwnWork);
    }
    Ok(next)
}

/// Links stay inside a unit. A cancelled action is no answer to anything new.
pub fn may_link(action: UnitId, source: Option<UnitId>, status: Status) -> Result<(), Broken> {
    if source.is_some_and(|source| source != action) {
        return Err(Broken::OtherUnit);
    }
    if status == Status::Cancelled {
        return Err(Broken::Transition(status, Move::Progress));
    }
    Ok(())
}

/// How an action stands to its due day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// Late by so many working days; 0 over a weekend.
    Late(i64),
    /// Due in so many working days; 0 is today.
    Soon(i64),
    InTime(i64),
    /// Nothing is left to do for whoever owns it.
    Over,
}

/// `working_days` from today to the due day, as the unit's calendar counts them; at most `soon` of them
/// are "soon", as the installation sets it.
#[must_use]
pub fn timing(
    status: Status,
    due_on: NaiveDate,
    today: NaiveDate,
    working_days: i64,
    soon: u32,
) -> Timing {
    if !status.is_unfinished() {
        Timing::Over
    } else if due_on < today {
        Timing::Late(working_days.abs())
    } else if working_days <= i64::from(soon) {
        Timing::Soon(working_days)
    } else {
        Timing::InTime(working_days)
    }
}

/// What stands on the bar: what the last entry says, and everything once it is reported as finished.
#[must_use]
pub fn percent(status: Status, last_entry: Option<i32>) -> i32 {
    match status {
        Status::Done | Status::Verified => 100,
        Status::Open | Status::InProgress | Status::Cancelled => last_entry.unwrap_or_default(),
    }
}

/// `RA-2026-01`.
#[must_use]
pub fn code(year: i32, number: i32) -> String {
    format!("RA-{year}-{number:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_moves_as_the_table_says() {
        use Status::{Cancelled, Done, InProgress, Open, Verified};
        let table = [
            // state, progress, finish, verify, send back, cancel
            (
                Open,
                [Some(InProgress), Some(Done), None, None, Some(Cancelled)],
            ),
            (
                InProgress,
                [Some(InProgress), Some(Done), None, None, Some(Cancelled)],
            ),
            (Done, [None, None, Some(Verified), Some(InProgress), None]),
            (Verified, [None; 5]),
            (Cancelled, [None; 5]),
        ];
        let moves = [
            Move::Progress,
            Move::Finish,
            Move::Verify,
            Move::SendBack,
            Move::Cancel,
        ];
        for (state, expected) in table {
            for (step, expected) in moves.into_iter().zip(expected) {
                assert_eq!(state.after(step).ok(), expected, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn finishing_needs_evidence_that_already_exists() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
        let today = day(17);
        for (evidence, expected) in [
            (vec![], Err(Broken::NoEvidence)),
            (vec![day(16)], Ok(Status::Done)),
            (vec![day(17)], Ok(Status::Done)),
            (vec![day(16), day(18)], Err(Broken::FutureEvidence(day(18)))),
        ] {
            assert_eq!(finish(Status::InProgress, &evidence, today), expected);
        }
        assert!(matches!(
            finish(Status::Verified, &[today], today),
            Err(Broken::Transition(..))
        ));
    }

    #[test]
    fn nobody_verifies_their_own_work() {
        let (one, other) = (PersonId::new(), PersonId::new());
        assert_eq!(
            verify(Status::Done, Some(one), Some(one)),
            Err(Broken::OwnWork)
        );
        assert_eq!(
            verify(Status::Done, Some(one), Some(other)),
            Ok(Status::Verified)
        );
        assert!(verify(Status::InProgress, Some(one), Some(other)).is_err());
    }

    #[test]
    fn links_stay_inside_a_unit() {
        let (one, other) = (UnitId::new(), UnitId::new());
        assert_eq!(may_link(one, Some(one), Status::Verified), Ok(()));
        assert_eq!(may_link(one, None, Status::Open), Ok(()));
        let elsewhere = may_link(one, Some(other), Status::Open);
        assert_eq!(elsewhere, Err(Broken::OtherUnit));
        assert!(may_link(one, Some(one), Status::Cancelled).is_err());
    }

    #[test]
    fn only_unfinished_actions_are_late_or_soon() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
        let today = day(17);
        for (status, due, working_days, expected) in [
            (Status::Open, day(16), -1, Timing::Late(1)),
            (Status::InProgress, day(14), 0, Timing::Late(0)),
            (Status::InProgress, day(17), 0, Timing::Soon(0)),
            (Status::InProgress, day(24), 5, Timing::Soon(5)),
            (Status::InProgress, day(25), 6, Timing::InTime(6)),
            (Status::Done, day(1), -12, Timing::Over),
            (Status::Verified, day(1), -12, Timing::Over),
        ] {
            assert_eq!(timing(status, due, today, working_days, 5), expected);
        }
    }

    #[test]
    fn the_bar_is_full_only_when_the_work_is_reported_as_finished() {
        assert_eq!(percent(Status::Open, None), 0);
        assert_eq!(percent(Status::InProgress, Some(55)), 55);
        assert_eq!(percent(Status::Done, Some(55)), 100);
    }

    #[test]
    fn codes_sort_within_a_year() {
        assert_eq!(code(2026, 1), "RA-2026-01");
        assert_eq!(code(2026, 112), "RA-2026-112");
    }
}
