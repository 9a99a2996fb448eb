//! When and where a forum is, in words and as instants. Its times are the clock of its unit.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use super::{Day, Forum, Mode, days};
use crate::{
    calendar::dates,
    platform::i18n::{Locale, Message, t},
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

/// Whether its hours are over; a forum with an open end lasts as long as its last day.
#[must_use]
pub fn is_over(forum: &Forum, zone: Tz, now: DateTime<Utc>) -> bool {
    let day = days::last_day(forum);
    match day.open {
        true => day.date < now.with_timezone(&zone).date_naive(),
        false => day.ends_at(zone) <= now,
    }
}

/// "Selasa, 28 Oktober 2025, 08.00 WITA s.d. selesai". Days with other hours are told one by one.
#[must_use]
pub fn when_text(forum: &Forum, zone: Tz, locale: Locale) -> String {
    // Of several open ends only the last is said.
    let hours = |day: &Day| match day.open {
        true => dates::clock(&day.starts_at(zone), locale),
        false => days::hours_text(day, zone, locale),
    };
    let mut days = days::days(forum);
    let alike = days::are_alike(&days);
    let (before, day, last) = match days.pop() {
        Some(last) if !alike => (days, dates::long_date(last.date, locale), last),
        _ => {
            let first = days::day_of_item(forum, 1);
            (Vec::new(), days::long_dates(forum, locale), first)
        }
    };
    let before = before
        .iter()
        .map(|day| format!("{}, {}; ", dates::long_date(day.date, locale), hours(day)))
        .collect::<String>();
    let last = Message::new("forums-when")
        .with("day", day)
        .with("hours", days::hours_text(&last, zone, locale))
        .text(locale);
    format!("{before}{last}")
}

/// "Harmony Room, Hotel Puri Senyiur"; "secara daring" alone for a forum that nobody walks to, and both for a forum
/// that is held both ways. Papers and mails are Indonesian.
#[must_use]
pub fn where_text(forum: &Forum) -> String {
    where_in(forum, Locale::Id)
}

#[must_use]
pub fn where_in(forum: &Forum, locale: Locale) -> String {
    let room = [&forum.venue_room, &forum.venue_name]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match forum.mode {
        Mode::FaceToFace => room,
        Mode::Hybrid => Message::new("forums-where-both")
            .with("place", room)
            .text(locale),
        Mode::Online => t(locale, "forums-where-online"),
    }
}

/// The address that people go to; empty for a forum that is held online.
#[must_use]
pub fn address_of(forum: &Forum) -> &str {
    match forum.mode {
        Mode::Online => "",
        Mode::FaceToFace | Mode::Hybrid => &forum.venue_address,
    }
}

/// Where the link is found, or will be, for those who cannot see it here: on papers and on the page for everybody.
#[must_use]
pub fn link_note(forum: &Forum, locale: Locale) -> Option<String> {
    let key = match forum.online_link.is_empty() {
        true => "forums-link-note-later",
        false => "forums-link-note",
    };
    (forum.mode != Mode::FaceToFace).then(|| t(locale, key))
}

/// "08.00–08.30"; in English "08:00–08:30".
#[must_use]
pub fn time_range(starts: NaiveTime, ends: NaiveTime, locale: Locale) -> String {
    format!(
        "{}–{}",
        clock_time(starts, locale),
        clock_time(ends, locale)
    )
}

/// "08.00"; in English "08:00".
pub(super) fn clock_time(time: NaiveTime, locale: Locale) -> String {
    let format = match locale {
        Locale::Id => "%H.%M",
        Locale::En => "%H:%M",
    };
    time.format(format).to_string()
}
