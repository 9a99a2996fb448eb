//! The clock of 3 × 24 hours, and what may become of a request. Functions of values only.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{Iterable as _, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// 3 × 24 hours (UU 27/2022 articles 30, 32, 40, 41 and 46): hours of the clock, not of an office. No holiday stops them.
pub const CLOCK_HOURS: i64 = 72;

/// Until when something is owed that began at this moment.
#[must_use]
pub fn due(from: DateTime<Utc>) -> DateTime<Utc> {
    from + Duration::hours(CLOCK_HOURS)
}

/// How pressing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pressure {
    InTime,
    /// Half of the time is over.
    Half,
    /// Less than twelve hours are left.
    Soon,
    Late,
}

impl Pressure {
    /// The levels at which somebody is told; each once.
    #[must_use]
    pub fn level(self) -> i32 {
        match self {
            Self::InTime => 0,
            Self::Half => 1,
            Self::Soon => 2,
            Self::Late => 3,
        }
    }

    /// Further up: the head of the unit is told as well.
    #[must_use]
    pub fn escalates(self) -> bool {
        self >= Self::Soon
    }
}

#[must_use]
pub fn pressure(due_at: DateTime<Utc>, now: DateTime<Utc>) -> Pressure {
    let left = due_at - now;
    if left < Duration::zero() {
        Pressure::Late
    } else if left <= Duration::hours(12) {
        Pressure::Soon
    } else if left <= Duration::hours(CLOCK_HOURS / 2) {
        Pressure::Half
    } else {
        Pressure::InTime
    }
}

/// What somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// A copy of what is kept.
    Access,
    Correction,
    Deletion,
    /// No more contact.
    Stop,
}

impl Wish {
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::try_from_value(&code.to_owned()).ok()
    }
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Who it is has to be checked first.
    Received,
    /// It is the person themselves.
    Verified,
    Granted,
    Refused,
    Withdrawn,
}

/// What is done with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Verify,
    Grant,
    Refuse,
    Withdraw,
}

/// It cannot be done in this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a request that is {0:?}")]
pub struct Broken(pub State);

impl State {
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Verified)
    }

    /// Nothing is given to, and nothing is done for, somebody who was not checked.
    pub fn after(self, step: Move) -> Result<Self, Broken> {
        match (self, step) {
            (Self::Received, Move::Verify) => Ok(Self::Verified),
            (Self::Verified, Move::Grant) => Ok(Self::Granted),
            (Self::Received | Self::Verified, Move::Refuse) => Ok(Self::Refused),
            (Self::Received | Self::Verified, Move::Withdraw) => Ok(Self::Withdrawn),
            (other, _) => Err(Broken(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn three_times_twenty_four_hours_run_over_nights_sundays_and_holidays() {
        // Friday evening before the holidays of Nyepi and Idulfitri: Monday evening, whatever is closed.
        assert_eq!(due(at("2026-03-13T11:30:00Z")), at("2026-03-16T11:30:00Z"));
        assert_eq!(due(at("2026-03-17T02:00:00Z")), at("2026-03-20T02:00:00Z"));
    }

    #[test]
    fn the_pressure_grows_with_the_hours() {
        let due_at = at("2026-03-20T02:00:00Z");
        for (now, expected) in [
            ("2026-03-17T02:00:00Z", Pressure::InTime),
            ("2026-03-18T13:59:59Z", Pressure::InTime),
            ("2026-03-18T14:00:00Z", Pressure::Half),
            ("2026-03-19T14:00:00Z", Pressure::Soon),
            ("2026-03-20T02:00:00Z", Pressure::Soon),
            ("2026-03-20T02:00:01Z", Pressure::Late),
        ] {
            assert_eq!(pressure(due_at, at(now)), expected, "{now}");
        }
    }

    #[test]
    fn nobody_gets_anything_before_it_is_known_who_they_are() {
        use State::{Granted, Received, Refused, Verified, Withdrawn};
        for (state, step, after) in [
            (Received, Move::Verify, Ok(Verified)),
            (Received, Move::Grant, Err(Broken(Received))),
            (Received, Move::Refuse, Ok(Refused)),
            (Received, Move::Withdraw, Ok(Withdrawn)),
            (Verified, Move::Grant, Ok(Granted)),
            (Verified, Move::Verify, Err(Broken(Verified))),
            (Verified, Move::Refuse, Ok(Refused)),
            (Granted, Move::Refuse, Err(Broken(Granted))),
            (Refused, Move::Grant, Err(Broken(Refused))),
            (Withdrawn, Move::Grant, Err(Broken(Withdrawn))),
        ] {
            assert_eq!(state.after(step), after, "{state:?} {step:?}");
        }
    }
}
