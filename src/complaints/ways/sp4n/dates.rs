//! Dates as lists of SP4N-LAPOR write them: a spreadsheet's number, `17/03/2026 10:05`, `2026-03-17T10:05:00`,
//! `17 Maret 2026, 10.05 WITA`.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

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

/// The local moment that a cell means. A day without a clock time is its beginning: the law's day 0 all the same.
#[must_use]
pub fn moment(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    let found = serial(text).or_else(|| written(text))?;
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

fn written(text: &str) -> Option<NaiveDateTime> {
    let lower = spaced(text);
    let words: Vec<&str> = lower.split_whitespace().collect();
    let joined = words
        .iter()
        .position(|word| word.contains(['/', '-']) && word.chars().any(|c| c.is_ascii_digit()));
    let (day, rest) = match joined {
        Some(at) => (numeric(words[at])?, &words[at + 1..]),
        None => named(&words)?,
    };
    Some(day.and_time(clock(rest).unwrap_or(NaiveTime::MIN)))
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

fn clock(words: &[&str]) -> Option<NaiveTime> {
    words.iter().find_map(|word| {
        let plain = word.trim_end_matches(['z', '+']).replace('.', ":");
        let plain = plain.split('+').next().unwrap_or_default().to_owned();
        NaiveTime::parse_from_str(&plain, "%H:%M:%S")
            .or_else(|_| NaiveTime::parse_from_str(&plain, "%H:%M"))
            .ok()
    })
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
        ] {
            let found = moment(text).map(|at| at.to_string());
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
        ] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
    }
}
