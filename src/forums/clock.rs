//! When and where a forum is, in words and as instants. Its times are the clock of its unit.

use chrono::{DateTime, NaiveTime, TimeZone as _};
use chrono_tz::Tz;

use super::Forum;
use crate::{
    calendar::dates,
    platform::i18n::{Locale, Message},
};

/// The first moment, in the zone of the unit. Indonesian zones know no summer time; elsewhere an hour
/// that does not exist is read as UTC.
#[must_use]
pub fn starts_at(forum: &Forum, zone: Tz) -> DateTime<Tz> {
    at(forum, forum.starts, zone)
}

#[must_use]
pub fn ends_at(forum: &Forum, zone: Tz) -> DateTime<Tz> {
    at(forum, forum.ends, zone)
}

fn at(forum: &Forum, time: NaiveTime, zone: Tz) -> DateTime<Tz> {
    let local = forum.date.and_time(time);
    zone.from_local_datetime(&local)
        .earliest()
        .unwrap_or_else(|| zone.from_utc_datetime(&local))
}

/// "Selasa, 28 Oktober 2025, 08.00 WITA s.d. selesai".
#[must_use]
pub fn when_text(forum: &Forum, zone: Tz, locale: Locale) -> String {
    Message::new("forums-when")
        .with("day", dates::long_date(forum.date, locale))
        .with("start", dates::clock(&starts_at(forum, zone), locale))
        .text(locale)
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
