//! What the tests of this capability share.

use chrono::{DateTime, NaiveDateTime, TimeZone};
use chrono_tz::{Asia::Makassar, Tz};

use super::decrees;
use super::rules::{OfficeHours, WorkCalendar};

/// The built-in decrees, the usual office hours, collective leave not worked.
pub fn calendar() -> WorkCalendar {
    let holidays = decrees::built_in().unwrap();
    WorkCalendar {
        known_until: holidays.known_until().unwrap(),
        holidays,
        hours: OfficeHours::default(),
        closures: Vec::new(),
        work_collective_leave: false,
    }
}

/// "2025-10-28 16:00" or with seconds, in WITA.
pub fn at(text: &str) -> DateTime<Tz> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S"))
        .unwrap();
    Makassar.from_local_datetime(&local).unwrap()
}
