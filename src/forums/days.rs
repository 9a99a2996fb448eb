//! The days of a forum: one, or several that need not follow each other. The first stands in the forum's own
//! columns, the others beside it.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _};
use chrono_tz::Tz;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use super::{AgendaItem, Forum, clock};
use crate::{
    calendar::{dates, days_text},
    platform::i18n::{Locale, Message},
};

/// One day, in the clock of the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    pub date: NaiveDate,
    pub starts: NaiveTime,
    /// Of an open end the hour that calendars hold.
    pub ends: NaiveTime,
    /// It goes on until it is finished. What was kept before ends could be open was announced so.
    #[serde(default = "until_finished")]
    pub open: bool,
}

fn until_finished() -> bool {
    true
}

/// A day as it is asked for; without an end it goes on until it is finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayIn {
    pub date: NaiveDate,
    pub starts: NaiveTime,
    pub ends: Option<NaiveTime>,
}

/// The days after the first, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct MoreDays(pub Vec<Day>);

/// More than that is a series of forums.
pub const MOST_DAYS: usize = 5;
/// From the first to the last: calendars keep one entry with the days between taken out.
pub const LONGEST_SPAN: i64 = 31;

impl Day {
    /// The end that people were told; none of an open one.
    #[must_use]
    pub fn told_end(&self) -> Option<NaiveTime> {
        (!self.open).then_some(self.ends)
    }

    #[must_use]
    pub fn starts_at(&self, zone: Tz) -> DateTime<Tz> {
        instant(self.date.and_time(self.starts), zone)
    }

    #[must_use]
    pub fn ends_at(&self, zone: Tz) -> DateTime<Tz> {
        instant(self.date.and_time(self.ends), zone)
    }
}

impl DayIn {
    /// The day to be kept. An open end stays where calendars have it already; a new one is so many hours away, at most
    /// at the end of the day.
    pub(super) fn kept(self, hours: u32, before: &[Day]) -> Day {
        let same = |day: &&Day| day.open && (day.date, day.starts) == (self.date, self.starts);
        let assumed = || match self
            .starts
            .overflowing_add_signed(TimeDelta::hours(hours.into()))
        {
            (ends, 0) => ends,
            _ => LAST_MINUTE,
        };
        let known = before.iter().find(same).map(|day| day.ends);
        Day {
            date: self.date,
            starts: self.starts,
            ends: self.ends.or(known).unwrap_or_else(assumed),
            open: self.ends.is_none(),
        }
    }
}

const LAST_MINUTE: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Indonesian zones know no summer time; elsewhere an hour that does not exist is read as UTC.
fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<Tz> {
    zone.from_local_datetime(&local)
        .earliest()
        .unwrap_or_else(|| zone.from_utc_datetime(&local))
}

/// All of them, the first one first; never empty.
#[must_use]
pub fn days(forum: &Forum) -> Vec<Day> {
    let first = first_day(forum);
    let more = forum.more_days.0.iter().copied();
    std::iter::once(first).chain(more).collect()
}

/// "08.00–13.00"; of several days each with its date.
#[must_use]
pub fn hours_of(days: &[Day], locale: Locale) -> Vec<String> {
    let hours = |day: &Day| hours_range(day, locale);
    match days {
        [one] => vec![hours(one)],
        _ => days
            .iter()
            .map(|day| format!("{} {}", dates::day_label(day.date, locale), hours(day)))
            .collect(),
    }
}

/// The day on which a forum begins.
#[must_use]
pub fn first_day(forum: &Forum) -> Day {
    Day {
        date: forum.date,
        starts: forum.starts,
        ends: forum.ends,
        open: forum.open_end,
    }
}

#[must_use]
pub fn dates_of(forum: &Forum) -> Vec<NaiveDate> {
    days(forum).iter().map(|day| day.date).collect()
}

#[must_use]
pub fn last_day(forum: &Forum) -> Day {
    days(forum).pop().unwrap_or_else(|| first_day(forum))
}

#[must_use]
pub fn has_several(forum: &Forum) -> bool {
    !forum.more_days.0.is_empty()
}

/// "Selasa, 28 Oktober 2025", "Selasa s.d. Rabu, 28 s.d. 29 Oktober 2025".
#[must_use]
pub fn long_dates(forum: &Forum, locale: Locale) -> String {
    days_text::long(&dates_of(forum), locale)
}

/// "28 Oktober 2025", "28 s.d. 29 Oktober 2025".
#[must_use]
pub fn short_dates(forum: &Forum, locale: Locale) -> String {
    days_text::plain(&dates_of(forum), locale)
}

/// From when until when: "08.00 WITA s.d. selesai", "08.00 s.d. 13.00 WITA".
#[must_use]
pub fn hours_text(day: &Day, zone: Tz, locale: Locale) -> String {
    let start = dates::clock(&day.starts_at(zone), locale);
    if day.open {
        return Message::new("forums-hours-open")
            .with("start", start)
            .text(locale);
    }
    // The zone is said once.
    let bare = start.split(' ').next().unwrap_or_default();
    Message::new("forums-hours")
        .with("start", bare)
        .with("end", dates::clock(&day.ends_at(zone), locale))
        .text(locale)
}

/// The same without the zone: "08.00–13.00", "08.00 s.d. selesai".
#[must_use]
pub fn hours_range(day: &Day, locale: Locale) -> String {
    if day.open {
        return Message::new("forums-hours-open")
            .with("start", clock::clock_time(day.starts, locale))
            .text(locale);
    }
    clock::time_range(day.starts, day.ends, locale)
}

/// Whether all days have the same hours, so that they are told once.
#[must_use]
pub fn are_alike(days: &[Day]) -> bool {
    let told = |day: &Day| (day.starts, day.told_end());
    days.windows(2).all(|pair| told(&pair[0]) == told(&pair[1]))
}

/// What stands behind "Pukul": "08.00 WITA s.d. selesai", each day by itself where their hours differ.
#[must_use]
pub fn hours_lines(forum: &Forum, zone: Tz) -> Vec<String> {
    let days = days(forum);
    let hours = |day: &Day| hours_text(day, zone, Locale::Id);
    if are_alike(&days) {
        return days.first().map(hours).into_iter().collect();
    }
    days.iter()
        .map(|day| {
            let date = dates::long_date(day.date, Locale::Id);
            format!("{date}: {}", hours(day))
        })
        .collect()
}

/// "Hari ke-2: Rabu, 29 Oktober 2025".
#[must_use]
pub fn day_title(number: usize, day: &Day, locale: Locale) -> String {
    Message::new("forums-day-title")
        .with("number", number)
        .with("day", dates::long_date(day.date, locale))
        .text(locale)
}

/// The day of an item. An item is never on a day that is not there; of what an old record says the last day is told.
#[must_use]
pub fn day_of_item(forum: &Forum, number: i32) -> Day {
    let days = days(forum);
    let at = usize::try_from(number).unwrap_or(1).max(1) - 1;
    days.get(at).copied().unwrap_or_else(|| last_day(forum))
}

/// How many days have no item yet.
#[must_use]
pub fn without_items(forum: &Forum, agenda: &[AgendaItem]) -> usize {
    let has = |number: &i32| agenda.iter().any(|item| item.day == *number);
    (1..)
        .take(days(forum).len())
        .filter(|number| !has(number))
        .count()
}

/// For each item what heads it: the day, above its first item; nothing in a forum of one day.
#[must_use]
pub fn day_headings(forum: &Forum, agenda: &[AgendaItem], locale: Locale) -> Vec<Option<String>> {
    let mut last = 0;
    agenda
        .iter()
        .map(|item| {
            let begins = has_several(forum) && item.day != last;
            last = item.day;
            begins.then(|| {
                let number = usize::try_from(item.day).unwrap_or(1);
                day_title(number, &day_of_item(forum, item.day), locale)
            })
        })
        .collect()
}

/// Where each old day is among the new ones; none: it is gone. As many days as before are the same days, moved.
/// Otherwise the date tells, and after it the place in the order.
#[must_use]
pub fn moved_days(old: &[NaiveDate], new: &[NaiveDate]) -> Vec<Option<usize>> {
    if old.len() == new.len() {
        return (0..old.len()).map(Some).collect();
    }
    let same: Vec<Option<usize>> = old
        .iter()
        .map(|day| new.iter().position(|other| other == day))
        .collect();
    (0..old.len())
        .map(|at| {
            let free = at < new.len() && !same.contains(&Some(at));
            same[at].or_else(|| free.then_some(at))
        })
        .collect()
}

/// Where a day begins for those who come early, after the evening of the day before has ended.
const EARLY_HOURS: i64 = 4;
/// How long after midnight a day still goes on: an evening that runs over belongs to its day.
const RUNS_OVER_HOURS: i64 = 12;

fn opens(days: &[Day], at: usize) -> NaiveDateTime {
    let day = &days[at];
    let midnight = day.date.and_time(NaiveTime::MIN);
    let Some(before) = at.checked_sub(1).and_then(|at| days.get(at)) else {
        return midnight;
    };
    if closes_by_itself(before) <= midnight {
        return midnight;
    }
    let early = day.date.and_time(day.starts) - TimeDelta::hours(EARLY_HOURS);
    early.max(before.date.and_time(before.ends))
}

fn closes_by_itself(day: &Day) -> NaiveDateTime {
    day.date.and_time(NaiveTime::MIN) + TimeDelta::hours(24 + RUNS_OVER_HOURS)
}

/// Whether people come to the forum at this clock time of its unit.
#[must_use]
pub fn is_on(days: &[Day], local: NaiveDateTime) -> bool {
    (0..days.len()).any(|at| opens(days, at) <= local && local < closes_by_itself(&days[at]))
}

/// When arrivals are noted from, where a moment belongs to a day of the forum and nobody comes yet: only so many hours
/// before the start does somebody. Whoever comes while the evening before runs over still comes to that one.
#[must_use]
pub fn opens_later(days: &[Day], local: NaiveDateTime, hours: u32) -> Option<NaiveDateTime> {
    let early = TimeDelta::hours(hours.into());
    let on = |at: &usize| opens(days, *at) <= local && local < closes_by_itself(&days[*at]);
    let doors = (0..days.len()).filter(on);
    let door = |at: usize| {
        let starts = days[at].date.and_time(days[at].starts);
        starts
            .checked_sub_signed(early)
            .unwrap_or(NaiveDateTime::MIN)
    };
    let doors = doors.map(door);
    doors.min().filter(|door| local < *door)
}

/// Whether the last day has passed.
#[must_use]
pub fn is_over(days: &[Day], local: NaiveDateTime) -> bool {
    days.iter().all(|day| closes_by_itself(day) <= local)
}

/// The day that a moment belongs to, counted from nought: the last one that has begun, before all of them the first.
#[must_use]
pub fn day_at(days: &[Day], local: NaiveDateTime) -> usize {
    (0..days.len())
        .rev()
        .find(|at| opens(days, *at) <= local)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: &str, starts: &str, ends: &str) -> Day {
        Day {
            date: date.parse().unwrap(),
            starts: starts.parse().unwrap(),
            ends: ends.parse().unwrap(),
            open: false,
        }
    }

    #[test]
    fn an_evening_that_runs_over_midnight_belongs_to_its_day() {
        let one = [day("2026-03-17", "08:00:00", "13:00:00")];
        let row = [one[0], day("2026-03-18", "08:00:00", "13:00:00")];
        let apart = [one[0], day("2026-03-20", "08:00:00", "13:00:00")];
        let late = [
            day("2026-03-17", "19:00:00", "23:30:00"),
            day("2026-03-18", "00:05:00", "02:00:00"),
        ];
        for (days, local, on, at) in [
            (&one[..], "2026-03-16T23:59:59", false, 0),
            (&one, "2026-03-17T00:00:00", true, 0),
            (&one, "2026-03-18T00:20:00", true, 0),
            (&one, "2026-03-18T12:00:00", false, 0),
            (&row, "2026-03-18T00:20:00", true, 0),
            (&row, "2026-03-18T03:59:59", true, 0),
            (&row, "2026-03-18T04:00:00", true, 1),
            (&row, "2026-03-19T00:20:00", true, 1),
            (&row, "2026-03-19T12:00:00", false, 1),
            (&apart, "2026-03-18T11:59:59", true, 0),
            (&apart, "2026-03-19T09:00:00", false, 0),
            (&apart, "2026-03-20T00:00:00", true, 1),
            (&late, "2026-03-17T23:29:00", true, 0),
            (&late, "2026-03-17T23:45:00", true, 1),
        ] {
            let local = local.parse().unwrap();
            assert_eq!(is_on(days, local), on, "{local}");
            assert_eq!(day_at(days, local), at, "{local}");
        }
    }

    #[test]
    fn nobody_comes_the_night_before() {
        let one = [day("2026-03-17", "21:00:00", "23:30:00")];
        let row = [one[0], day("2026-03-18", "21:00:00", "23:30:00")];
        let dawn = [day("2026-03-17", "01:20:00", "23:30:00")];
        for (days, local, hours, opens) in [
            (
                &one[..],
                "2026-03-17T01:12:00",
                6,
                Some("2026-03-17T15:00:00"),
            ),
            (&one, "2026-03-17T14:59:59", 6, Some("2026-03-17T15:00:00")),
            (&one, "2026-03-17T15:00:00", 6, None),
            (&one, "2026-03-18T00:20:00", 6, None),
            (&one, "2026-03-17T01:12:00", 24, None),
            // Not a day of it at all.
            (&one, "2026-03-16T20:00:00", 6, None),
            // The first evening runs over until noon.
            (&row, "2026-03-18T01:12:00", 6, None),
            (&dawn, "2026-03-17T00:00:00", 6, None),
        ] {
            let found = opens_later(days, local.parse().unwrap(), hours);
            let opens = opens.map(|opens: &str| opens.parse().unwrap());
            assert_eq!(found, opens, "{local} {hours}");
        }
    }

    #[test]
    fn an_open_end_stays_where_calendars_have_it() {
        let asked = |starts: &str, ends: Option<&str>| DayIn {
            date: "2026-03-17".parse().unwrap(),
            starts: starts.parse().unwrap(),
            ends: ends.map(|ends| ends.parse().unwrap()),
        };
        let open = Day {
            open: true,
            ..day("2026-03-17", "08:00:00", "12:00:00")
        };
        for (starts, ends, before, kept) in [
            ("08:00:00", Some("13:00:00"), None, "13:00:00"),
            ("08:00:00", None, None, "13:00:00"),
            // The setting was another one when the forum was made.
            ("08:00:00", None, Some(open), "12:00:00"),
            ("09:00:00", None, Some(open), "14:00:00"),
            ("20:00:00", None, None, "23:59:00"),
        ] {
            let before: Vec<Day> = before.into_iter().collect();
            let found = asked(starts, ends).kept(5, &before);
            assert_eq!(found.ends, kept.parse().unwrap(), "{starts} {ends:?}");
            assert_eq!(found.open, ends.is_none());
        }
        // What was kept before ends could be open was announced as open.
        let old = r#"{"date":"2026-03-17","starts":"08:00:00","ends":"12:00:00"}"#;
        assert_eq!(serde_json::from_str::<Day>(old).unwrap(), open);
    }

    #[test]
    fn items_follow_their_day() {
        let days = |texts: &[&str]| -> Vec<NaiveDate> {
            texts.iter().map(|text| text.parse().unwrap()).collect()
        };
        for (old, new, expected) in [
            // The whole forum a day later.
            (
                &["2026-03-17", "2026-03-18"][..],
                &["2026-03-18", "2026-03-19"][..],
                &[Some(0), Some(1)][..],
            ),
            // The second of three is taken out.
            (
                &["2026-03-17", "2026-03-18", "2026-03-19"],
                &["2026-03-17", "2026-03-19"],
                &[Some(0), None, Some(1)],
            ),
            // One more in front.
            (&["2026-03-18"], &["2026-03-17", "2026-03-18"], &[Some(1)]),
            // Another day altogether, and one more.
            (&["2026-03-18"], &["2026-04-01", "2026-04-02"], &[Some(0)]),
        ] {
            assert_eq!(
                moved_days(&days(old), &days(new)),
                expected,
                "{old:?} {new:?}"
            );
        }
    }
}
