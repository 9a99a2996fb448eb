//! Dates as lists of SP4N-LAPOR write them: a spreadsheet's number, `17/03/2026 10:05`, `2026-03-17T10:05:00`,
//! `17 Maret 2026, 10.05 WITA`, `17/03/2026 10:05 PM`. SP4N-LAPOR counts in WIB: a zone that is
//! written is read, half past eleven on Friday in Jakarta is Saturday in Samarinda.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _};
use chrono_tz::Tz;

const MONTHS: [&[&str]; 12] = [
    &["januari", "january", "jan"],
    &["februari", "february", "pebruari", "feb", "peb"],
    &["maret", "march", "mar"],
    &["april", "apr"],
    &["mei", "may"],
    &["juni", "june", "jun"],
    &["juli", "july", "jul"],
    &["agustus", "august", "agu", "agt", "aug"],
    &["september", "sep", "sept"],
    &["oktober", "october", "okt", "oct"],
    &["november", "nopember", "nov", "nop"],
    &["desember", "december", "des", "dec"],
];

/// Zones as they are written, in hours.
const ZONES: [(&str, i64); 5] = [("wib", 7), ("wita", 8), ("wit", 9), ("utc", 0), ("gmt", 0)];

/// The moment that a cell means, as the unit's clock showed it. A day without a clock time is its beginning: the law's
/// day 0 all the same.
#[must_use]
pub fn moment(text: &str, zone: Tz) -> Option<NaiveDateTime> {
    let text = text.trim();
    let found = match serial(text) {
        Some(found) => found,
        None => match written(text)? {
            (found, None) => found,
            (found, Some(ahead)) => zone
                .from_utc_datetime(&found.checked_sub_signed(ahead)?)
                .naive_local(),
        },
    };
    let sane = (2000..2200).contains(&chrono::Datelike::year(&found));
    sane.then_some(found)
}

/// Days since the end of 1899, as spreadsheets count.
fn serial(text: &str) -> Option<NaiveDateTime> {
    let days: f64 = text.parse().ok()?;
    if !(36_000.0..110_000.0).contains(&days) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the bounds above"
    )]
    let (whole, seconds) = (days as u64, ((days.fract() * 86_400.0).round()) as i64);
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(whole))?;
    day.and_time(NaiveTime::MIN)
        .checked_add_signed(TimeDelta::seconds(seconds))
}

/// The moment as it is written, and how far its zone is ahead of UTC where it says so.
fn written(text: &str) -> Option<(NaiveDateTime, Option<TimeDelta>)> {
    let lower = spaced(text);
    let words: Vec<&str> = lower.split_whitespace().collect();
    let joined = words
        .iter()
        .position(|word| word.contains(['/', '-']) && word.chars().any(|c| c.is_ascii_digit()));
    let (day, rest) = match joined {
        Some(at) => (numeric(words[at])?, &words[at + 1..]),
        None => named(&words)?,
    };
    let (time, ahead) = clock(rest)?;
    Some((day.and_time(time), ahead))
}

/// Small letters; the T of ISO parts day and time, the one in Oktober does not.
fn spaced(text: &str) -> String {
    let letters: Vec<char> = text.to_lowercase().chars().collect();
    let digit = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let parts = letters.iter().enumerate().map(|(at, c)| match c {
        ',' => ' ',
        't' if digit(at.checked_sub(1)) && digit(at.checked_add(1)) => ' ',
        other => *other,
    });
    parts.collect()
}

/// `17/03/2026`, `17-Mar-26`, `2026-03-17`: the day stands first in Indonesia, unless the year does.
fn numeric(word: &str) -> Option<NaiveDate> {
    let parts: Vec<u32> = word
        .split(['/', '-'])
        .map(|part| part.parse().ok().or_else(|| month_of(part)))
        .collect::<Option<_>>()?;
    let [first, month, last] = parts[..] else {
        return None;
    };
    let (year, day) = if first > 31 {
        (first, last)
    } else {
        (last, first)
    };
    let year = if year < 100 { 2000 + year } else { year };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// `Selasa 17 Maret 2026`.
fn named<'a>(words: &'a [&'a str]) -> Option<(NaiveDate, &'a [&'a str])> {
    let at = words.iter().position(|word| month_of(word).is_some())?;
    let day: u32 = words.get(at.checked_sub(1)?)?.parse().ok()?;
    let year: i32 = words.get(at + 1)?.parse().ok()?;
    let month = month_of(words[at])?;
    Some((
        NaiveDate::from_ymd_opt(year, month, day)?,
        words.get(at + 2..).unwrap_or_default(),
    ))
}

fn month_of(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    u32::try_from(at + 1).ok()
}

/// `10.05`, `10:05:09Z`, `10:05 PM`, `10:05 WIB`, `10:05+07:00`; the day's beginning where there is none. What looks
/// like a clock time and is none makes the whole unreadable.
fn clock(words: &[&str]) -> Option<(NaiveTime, Option<TimeDelta>)> {
    let mut parts = None;
    let mut ahead = None;
    let mut half = None;
    for word in words {
        let plain = word.trim_matches(['(', ')', ',']);
        let letters: String = plain.chars().filter(|c| *c != '.').collect();
        if let Some((_, hours)) = ZONES.iter().find(|(name, _)| *name == letters) {
            ahead = Some(TimeDelta::hours(*hours));
        } else if matches!(letters.as_str(), "am" | "pm") {
            half = Some(letters == "pm");
        } else if let Some(offset) = plain.strip_prefix('+') {
            ahead = Some(offset_of(offset)?);
        } else if parts.is_none() && plain.starts_with(|c: char| c.is_ascii_digit()) {
            let (time, zone) = match (plain.split_once('+'), plain.strip_suffix('z')) {
                (Some((time, offset)), _) => (time, Some(offset_of(offset)?)),
                (None, Some(time)) => (time, Some(TimeDelta::zero())),
                (None, None) => (plain, None),
            };
            ahead = zone.or(ahead);
            let (time, end) = time.split_at(time.find(['a', 'p']).unwrap_or(time.len()));
            half = match end {
                "" => half,
                "am" => Some(false),
                "pm" => Some(true),
                _ => return None,
            };
            parts = Some(numbers(time)?);
        }
    }
    let [hour, minute, second] = parts.unwrap_or_default();
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Some((NaiveTime::from_hms_opt(hour, minute, second)?, ahead))
}

/// Hours, minutes and, where they are written, seconds; parts of a second are nobody's business.
fn numbers(time: &str) -> Option<[u32; 3]> {
    let all: Vec<u32> = time
        .split([':', '.'])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    match all[..] {
        [hour, minute] => Some([hour, minute, 0]),
        [hour, minute, second] | [hour, minute, second, _] => Some([hour, minute, second]),
        _ => None,
    }
}

/// `07:00`, `0700`, `7`.
fn offset_of(text: &str) -> Option<TimeDelta> {
    let digits: String = text.chars().filter(|c| *c != ':').collect();
    let number: i64 = digits.parse().ok()?;
    let (hours, minutes) = match digits.len() {
        1 | 2 => (number, 0),
        4 => (number / 100, number % 100),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then(|| TimeDelta::minutes(hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_spelling_of_a_date_is_read_and_nothing_else() {
        for (text, read) in [
            ("46098.5", "2026-03-17 12:00:00"),
            ("46098", "2026-03-17 00:00:00"),
            ("17/03/2026 10:05", "2026-03-17 10:05:00"),
            ("17-3-26", "2026-03-17 00:00:00"),
            ("2026-03-17", "2026-03-17 00:00:00"),
            ("2026-03-17T10:05:09", "2026-03-17 10:05:09"),
            ("17 Maret 2026, 10.05 WITA", "2026-03-17 10:05:00"),
            ("Selasa, 17 Agustus 2026 pukul 09.30", "2026-08-17 09:30:00"),
            ("1 Okt 2025", "2025-10-01 00:00:00"),
            ("17-Okt-2025 8:05", "2025-10-17 08:05:00"),
            ("17/03/2026 10:05 PM", "2026-03-17 22:05:00"),
            ("17/03/2026 12:05am", "2026-03-17 00:05:00"),
            ("17 Maret 2026 10.05 WIB", "2026-03-17 11:05:00"),
            ("20 Maret 2026, 23.30 WIB", "2026-03-21 00:30:00"),
            ("17 Maret 2026 10:05 WIT", "2026-03-17 09:05:00"),
            ("2026-03-17T10:05:00Z", "2026-03-17 18:05:00"),
            ("2026-03-17T10:05:00.000+07:00", "2026-03-17 11:05:00"),
            ("2026-03-17 10:05:00 +0800", "2026-03-17 10:05:00"),
            ("17/03/2026 10:05 (Selasa)", "2026-03-17 10:05:00"),
        ] {
            let found = moment(text, Tz::Asia__Makassar).map(|at| at.to_string());
            assert_eq!(found.as_deref(), Some(read), "{text}");
        }
        for wrong in [
            "",
            "kemarin",
            "32/01/2026",
            "2026-02-30",
            "17/03",
            "12",
            "17 Foo 2026",
            "1899-01-01",
            "17/03/2026 25:05",
            "17/03/2026 10",
            "17/03/2026 10:05+99:00",
        ] {
            assert_eq!(moment(wrong, Tz::Asia__Makassar), None, "{wrong}");
        }
    }
}
