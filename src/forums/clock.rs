//! When and where a forum is, in words and as instants. Its times are the clock of its unit.

use chrono::{DateTime, NaiveTime};
use chrono_tz::Tz;

use super::{Day, Forum, days};
use crate::{
    calendar::dates,
    platform::i18n::{Locale, Message},
};

/// The first moment of the first day, in the zone of the unit.
#[must_use]
pub fn starts_at(forum: &Forum, zone: Tz) -> DateTime<Tz> {
    days::day_of_item(forum, 1).starts_at(zone)
}

/// The last moment of the last day.
#[must_use]
pub fn ends_at(forum: &Forum, zone: Tz) -> DateTime<Tz> {
    days::last_day(forum).ends_at(zone)
}

/// "Selasa, 28 Oktober 2025, 08.00 WITA s.d. selesai". Days that begin at another hour are told one by one.
#[must_use]
pub fn when_text(forum: &Forum, zone: Tz, locale: Locale) -> String {
    let clock = |day: &Day| dates::clock(&day.starts_at(zone), locale);
    let mut days = days::days(forum);
    let alike = days.iter().all(|day| day.starts == forum.starts);
    let (before, day, last) = match days.pop() {
        Some(last) if !alike => (days, dates::long_date(last.date, locale), last),
        _ => {
            let first = days::day_of_item(forum, 1);
            (Vec::new(), days::long_dates(forum, locale), first)
        }
    };
    let before = before
        .iter()
        .map(|day| format!("{}, {}; ", dates::long_date(day.date, locale), clock(day)))
        .collect::<String>();
    let last = Message::new("forums-when")
        .with("day", day)
        .with("start", clock(&last))
        .text(locale);
    format!("{before}{last}")
}

/// "Harmony Room, Hotel Puri Senyiur".
#[must_use]
pub fn where_text(forum: &Forum) -> String {
    [&forum.venue_room, &forum.venue_name]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(", ")
}

/// "08.00–08.30"; in English "08:00–08:30".
#[must_use]
pub fn time_range(starts: NaiveTime, ends: NaiveTime, locale: Locale) -> String {
    let format = match locale {
        Locale::Id => "%H.%M",
        Locale::En => "%H:%M",
    };
    format!("{}–{}", starts.format(format), ends.format(format))
}
