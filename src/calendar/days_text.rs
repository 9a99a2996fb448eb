//! Several days in words. One day reads as everywhere; days in a row are a span, others a list:
//! "Selasa s.d. Rabu, 28 s.d. 29 Oktober 2025", "28 Oktober 2025 dan 30 Oktober 2025".

use chrono::{Datelike, NaiveDate};

use super::dates::{self, Lang};
use crate::platform::i18n::{Locale, Message};

fn in_a_row(days: &[NaiveDate]) -> bool {
    days.windows(2)
        .all(|pair| pair[0].succ_opt() == Some(pair[1]))
}

/// "Selasa, 28 Oktober 2025"; "Selasa s.d. Rabu, 28 s.d. 29 Oktober 2025"; or each of them.
#[must_use]
pub fn long(days: &[NaiveDate], lang: Lang) -> String {
    match days {
        [] => String::new(),
        [day] => dates::long_date(*day, lang),
        [first, .., last] if in_a_row(days) => format!(
            "{} {} {}, {}",
            dates::weekday(*first, lang),
            to(lang),
            dates::weekday(*last, lang),
            span(*first, *last, lang)
        ),
        _ => listed(days.iter().map(|day| dates::long_date(*day, lang)), lang),
    }
}

/// The same without weekdays: "28 Oktober 2025", "28 s.d. 29 Oktober 2025".
#[must_use]
pub fn plain(days: &[NaiveDate], lang: Lang) -> String {
    match days {
        [] => String::new(),
        [day] => dates::date(*day, lang),
        [first, .., last] if in_a_row(days) => span(*first, *last, lang),
        _ => listed(days.iter().map(|day| dates::date(*day, lang)), lang),
    }
}

/// "28-10-2025", "28-10-2025 s.d. 29-10-2025".
#[must_use]
pub fn digits(days: &[NaiveDate]) -> String {
    let text = |day: &NaiveDate| day.format("%d-%m-%Y").to_string();
    match days {
        [first, .., last] if in_a_row(days) => format!("{} s.d. {}", text(first), text(last)),
        _ => listed(days.iter().map(text), Lang::Id),
    }
}

/// The days that a sentence in words names, each with what stands before it: the ends of a span, or all of a list.
#[must_use]
pub fn spoken(days: &[NaiveDate]) -> Vec<(&'static str, NaiveDate)> {
    match days {
        [first, .., last] if in_a_row(days) => vec![("", *first), (" sampai dengan ", *last)],
        _ => {
            let end = days.len().saturating_sub(1);
            let before = |at: usize| match at {
                0 => "",
                at if at < end => ", ",
                1 => " dan ",
                _ => ", dan ",
            };
            let days = days.iter().enumerate();
            days.map(|(at, day)| (before(at), *day)).collect()
        }
    }
}

/// A period by its ends: "Senin, 4 Mei 2026 sampai Jumat, 8 Mei 2026". One day stands alone.
#[must_use]
pub fn from_to(from: NaiveDate, to: NaiveDate, locale: Locale) -> String {
    let first = dates::long_date(from, locale);
    match from == to {
        true => first,
        false => Message::new("deadlines-days")
            .with("from", first)
            .with("to", dates::long_date(to, locale))
            .text(locale),
    }
}

/// The opening of a Berita Acara over several days: [`dates::date_in_words`] of each that is spoken.
#[must_use]
pub fn in_words(days: &[NaiveDate]) -> String {
    spoken(days)
        .into_iter()
        .map(|(before, day)| format!("{before}{}", dates::date_in_words(day)))
        .collect()
}

fn to(lang: Lang) -> &'static str {
    match lang {
        Lang::Id => "s.d.",
        Lang::En => "to",
    }
}

fn span(first: NaiveDate, last: NaiveDate, lang: Lang) -> String {
    let begin = if first.year() != last.year() {
        dates::date(first, lang)
    } else if first.month() != last.month() {
        format!("{} {}", first.day(), dates::month(first, lang))
    } else {
        first.day().to_string()
    };
    format!("{begin} {} {}", to(lang), dates::date(last, lang))
}

/// The parts may hold commas, so more than two are parted by semicolons.
fn listed(parts: impl Iterator<Item = String>, lang: Lang) -> String {
    let and = match lang {
        Lang::Id => "dan",
        Lang::En => "and",
    };
    let mut parts: Vec<String> = parts.collect();
    let Some(last) = parts.pop() else {
        return String::new();
    };
    match parts.len() {
        0 => last,
        1 => format!("{} {and} {last}", parts[0]),
        _ => format!("{}; {and} {last}", parts.join("; ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(texts: &[&str]) -> Vec<NaiveDate> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn one_day_reads_as_it_always_did() {
        let one = days(&["2025-10-28"]);
        assert_eq!(long(&one, Lang::Id), "Selasa, 28 Oktober 2025");
        assert_eq!(plain(&one, Lang::En), "28 October 2025");
        assert_eq!(digits(&one), "28-10-2025");
        assert_eq!(in_words(&one), dates::date_in_words(one[0]));
    }

    #[test]
    fn days_in_a_row_are_a_span_and_others_a_list() {
        for (texts, expected) in [
            (
                &["2025-10-28", "2025-10-29"][..],
                "Selasa s.d. Rabu, 28 s.d. 29 Oktober 2025",
            ),
            (
                &["2025-10-30", "2025-10-31", "2025-11-01"],
                "Kamis s.d. Sabtu, 30 Oktober s.d. 1 November 2025",
            ),
            (
                &["2025-12-31", "2026-01-01"],
                "Rabu s.d. Kamis, 31 Desember 2025 s.d. 1 Januari 2026",
            ),
            (
                &["2025-10-28", "2025-10-30"],
                "Selasa, 28 Oktober 2025 dan Kamis, 30 Oktober 2025",
            ),
            (
                &["2025-10-27", "2025-10-28", "2025-10-30"],
                "Senin, 27 Oktober 2025; Selasa, 28 Oktober 2025; dan Kamis, 30 Oktober 2025",
            ),
        ] {
            assert_eq!(long(&days(texts), Lang::Id), expected);
        }
        let two = days(&["2025-10-28", "2025-10-29"]);
        assert_eq!(
            long(&two, Lang::En),
            "Tuesday to Wednesday, 28 to 29 October 2025"
        );
        assert_eq!(plain(&two, Lang::Id), "28 s.d. 29 Oktober 2025");
        assert_eq!(digits(&two), "28-10-2025 s.d. 29-10-2025");
    }

    #[test]
    fn a_record_says_in_words_from_which_day_to_which() {
        let words = |texts: &[&str]| in_words(&days(texts));
        assert_eq!(
            words(&["2025-10-28", "2025-10-29", "2025-10-30"]),
            "Selasa tanggal Dua Puluh Delapan bulan Oktober tahun Dua Ribu Dua Puluh Lima sampai dengan Kamis tanggal \
             Tiga Puluh bulan Oktober tahun Dua Ribu Dua Puluh Lima"
        );
        let apart = words(&["2025-10-27", "2025-10-28", "2025-10-30"]);
        assert!(apart.contains("Lima, Selasa tanggal") && apart.contains("Lima, dan Kamis"));
    }
}
