//! When a voice may be anonymised. Functions of values only.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};

use crate::complaints::rules::{Kind, Status};

/// How long voices of a kind are kept after they ended.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Term {
    pub kind: Kind,
    pub months: u32,
    /// The schedule or rule that the number comes from.
    pub source: String,
    /// `verified`, `secondary`, `unverified`.
    pub certainty: String,
}

/// What is known of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub status: Status,
    /// When it reached its last state.
    pub ended_at: DateTime<Utc>,
    pub held: bool,
    /// It is handled in another case, and that one is not ended.
    pub main_open: bool,
    /// Its person waits for an answer about the data.
    pub requested: bool,
    pub erased: bool,
}

/// Why a case stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    Open,
    Held,
    MainOpen,
    Requested,
    /// Its time is over on this day.
    Until(NaiveDate),
    Erased,
}

/// The day on which the time of a case is over: the same day of a later month, or its last.
#[must_use]
pub fn over_on(ended: NaiveDate, months: u32) -> NaiveDate {
    ended
        .checked_add_months(Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}

/// So many days lie between choosing a period and its first run: what is anonymised cannot be taken back, and somebody
/// else has to have the time to see a slip of the key.
pub const WAIT_DAYS: u64 = 7;

/// The first day on which a period of so many months may hold. A longer one than the unit chose before takes nothing
/// away and may hold at once.
#[must_use]
pub fn earliest(today: NaiveDate, chosen: Option<u32>, months: u32) -> NaiveDate {
    match chosen {
        Some(before) if months >= before => today,
        _ => today
            .checked_add_days(Days::new(WAIT_DAYS))
            .unwrap_or(today),
    }
}

/// Whether anything but time keeps the case: also asked when somebody wants their data deleted.
pub fn may_go(facts: &Facts) -> Result<(), Keep> {
    if facts.erased {
        Err(Keep::Erased)
    } else if !facts.status.is_final() {
        Err(Keep::Open)
    } else if facts.held {
        Err(Keep::Held)
    } else if facts.main_open {
        Err(Keep::MainOpen)
    } else if facts.requested {
        Err(Keep::Requested)
    } else {
        Ok(())
    }
}

/// Whether the case is anonymised today. The days are the unit's own.
pub fn is_over(
    facts: &Facts,
    months: u32,
    zone: chrono_tz::Tz,
    today: NaiveDate,
) -> Result<(), Keep> {
    may_go(facts)?;
    let over = over_on(facts.ended_at.with_timezone(&zone).date_naive(), months);
    if today > over {
        Ok(())
    } else {
        Err(Keep::Until(over))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_shorter_period_waits_a_week_and_a_longer_one_does_not() {
        for (chosen, months, first) in [
            (None, 60, "2026-03-24"),
            (Some(60), 6, "2026-03-24"),
            (Some(60), 60, "2026-03-17"),
            (Some(24), 60, "2026-03-17"),
        ] {
            let earliest = earliest(day("2026-03-17"), chosen, months);
            assert_eq!(earliest, day(first), "{chosen:?} {months}");
        }
    }

    #[test]
    fn months_end_on_the_same_day_or_the_last_of_the_month() {
        for (ended, months, over) in [
            ("2024-03-17", 24, "2026-03-17"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2025-01-31", 1, "2025-02-28"),
            ("2025-12-31", 2, "2026-02-28"),
        ] {
            assert_eq!(over_on(day(ended), months), day(over), "{ended} + {months}");
        }
    }

    #[test]
    fn open_held_merged_and_asked_for_cases_never_go_whatever_their_age() {
        let ended_at = "2020-01-01T01:00:00Z".parse().unwrap_or_default();
        let ended = Facts {
            status: Status::Closed,
            ended_at,
            held: false,
            main_open: false,
            requested: false,
            erased: false,
        };
        let zone = chrono_tz::Asia::Makassar;
        let ask = |facts: &Facts| is_over(facts, 24, zone, day("2026-03-17"));
        assert_eq!(ask(&ended), Ok(()));
        for status in Status::all().filter(|status| !status.is_final()) {
            assert_eq!(
                ask(&Facts { status, ..ended }),
                Err(Keep::Open),
                "{status:?}"
            );
        }
        for status in Status::all().filter(|status| status.is_final()) {
            assert_eq!(ask(&Facts { status, ..ended }), Ok(()), "{status:?}");
        }
        assert_eq!(
            ask(&Facts {
                held: true,
                ..ended
            }),
            Err(Keep::Held)
        );
        assert_eq!(
            ask(&Facts {
                main_open: true,
                ..ended
            }),
            Err(Keep::MainOpen)
        );
        assert_eq!(
            ask(&Facts {
                requested: true,
                ..ended
            }),
            Err(Keep::Requested)
        );
        assert_eq!(
            ask(&Facts {
                erased: true,
                ..ended
            }),
            Err(Keep::Erased)
        );
    }

    #[test]
    fn the_last_day_belongs_to_the_time_and_is_the_local_one() {
        let zone = chrono_tz::Asia::Makassar;
        // 00.30 on 18 March in Makassar, still 17 March in UTC.
        let facts = Facts {
            status: Status::Closed,
            ended_at: "2024-03-17T16:30:00Z".parse().unwrap_or_default(),
            held: false,
            main_open: false,
            requested: false,
            erased: false,
        };
        for (today, answer) in [
            ("2026-03-17", Err(Keep::Until(day("2026-03-18")))),
            ("2026-03-18", Err(Keep::Until(day("2026-03-18")))),
            ("2026-03-19", Ok(())),
        ] {
            assert_eq!(is_over(&facts, 24, zone, day(today)), answer, "{today}");
        }
    }
}
