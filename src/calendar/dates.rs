//! Dates, clock times and numbers as Indonesian offices write them: "Selasa, 28 Oktober 2025",
//! "08.00 WITA", "39 (tiga puluh sembilan)", decimals with a comma; and their English companions.
//! Templates place text, they do not format it, so all of it is made here.

use chrono::{DateTime, Datelike, NaiveDate, Offset, Timelike, Weekday};
use chrono_tz::{Asia, OffsetName, Tz};

/// The language of a text; the name used here is short because every function takes it.
pub use crate::platform::i18n::Locale as Lang;

const WEEKDAYS_ID: [&str; 7] = [
    "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu",
];
const WEEKDAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
/// "Selasa".
pub fn weekday(date: NaiveDate, lang: Lang) -> &'static str {
    let names = match lang {
        Lang::Id => WEEKDAYS_ID,
        Lang::En => WEEKDAYS_EN,
    };
    names[date.weekday().num_days_from_monday() as usize]
}

/// "Oktober".
pub fn month(date: NaiveDate, lang: Lang) -> &'static str {
    lang.month(date.month0())
}

/// The weekday that an Indonesian word names, however it is capitalised.
pub fn weekday_named(word: &str) -> Option<Weekday> {
    let at = WEEKDAYS_ID
        .iter()
        .position(|name| name.eq_ignore_ascii_case(word))?;
    Weekday::try_from(u8::try_from(at).ok()?).ok()
}

/// The month that an Indonesian word names, from 1.
pub fn month_named(word: &str) -> Option<u32> {
    (1..=12).find(|month| Lang::Id.month(month - 1).eq_ignore_ascii_case(word))
}

/// The same of a month that is shortened as on calendars and forms: "Des", "Agt", "Sept".
pub fn month_said(word: &str) -> Option<u32> {
    const OTHERWISE: [(&str, u32); 6] = [
        ("peb", 2),
        ("agt", 8),
        ("ags", 8),
        ("agst", 8),
        ("sept", 9),
        ("nop", 11),
    ];
    let small = word.to_lowercase();
    let short =
        || (1..=12).find(|month| first_three(Lang::Id.month(month - 1)).eq_ignore_ascii_case(word));
    let otherwise = || {
        let known = OTHERWISE.iter().find(|(known, _)| *known == small)?;
        Some(known.1)
    };
    month_named(word).or_else(short).or_else(otherwise)
}

/// "Sel". Every name in both languages is told apart by its first three letters.
pub fn weekday_short(date: NaiveDate, lang: Lang) -> &'static str {
    first_three(weekday(date, lang))
}

/// "Okt". Agustus is "Agu", as on printed calendars.
pub fn month_short(date: NaiveDate, lang: Lang) -> &'static str {
    first_three(month(date, lang))
}

fn first_three(name: &'static str) -> &'static str {
    name.get(..3).unwrap_or(name)
}

/// "28 Oktober 2025".
pub fn date(date: NaiveDate, lang: Lang) -> String {
    format!("{} {} {}", date.day(), month(date, lang), date.year())
}

/// "28 Okt 2025".
pub fn date_short(date: NaiveDate, lang: Lang) -> String {
    format!("{} {} {}", date.day(), month_short(date, lang), date.year())
}

/// "Selasa, 28 Oktober 2025".
pub fn long_date(day: NaiveDate, lang: Lang) -> String {
    format!("{}, {}", weekday(day, lang), date(day, lang))
}

/// "Sel 17".
pub fn day_label(date: NaiveDate, lang: Lang) -> String {
    format!("{} {}", weekday_short(date, lang), date.day())
}

/// "08.00 WITA"; in English "08:00 WITA".
pub fn clock(time: &DateTime<Tz>, lang: Lang) -> String {
    // Not `time.hour()`: it panics at the ends of chrono's range.
    let utc = time.naive_utc();
    let local = utc.checked_add_offset(time.offset().fix()).unwrap_or(utc);
    let dot = match lang {
        Lang::Id => '.',
        Lang::En => ':',
    };
    format!(
        "{:02}{dot}{:02} {}",
        local.hour(),
        local.minute(),
        zone_name(time)
    )
}

/// "Selasa, 28 Oktober 2025 pukul 08.00 WITA"; in English "Tuesday, 28 October 2025, 08:00 WITA".
pub fn date_time(time: &DateTime<Tz>, lang: Lang) -> String {
    let utc = time.naive_utc();
    let day = utc
        .checked_add_offset(time.offset().fix())
        .unwrap_or(utc)
        .date();
    let at = match lang {
        Lang::Id => " pukul",
        Lang::En => ",",
    };
    format!("{}{at} {}", long_date(day, lang), clock(time, lang))
}

/// WIB, WITA or WIT by the zone. Elsewhere the zone's own letters, or its offset where tzdata has
/// only a number.
pub fn zone_name(time: &DateTime<Tz>) -> String {
    match time.timezone() {
        Asia::Jakarta | Asia::Pontianak => "WIB".into(),
        Asia::Makassar | Asia::Ujung_Pandang => "WITA".into(),
        Asia::Jayapura => "WIT".into(),
        _ => match time.offset().abbreviation() {
            Some(letters) if letters.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                letters.into()
            }
            _ => format!("UTC{}", time.offset().fix()),
        },
    }
}

/// The opening of a Berita Acara: "Selasa tanggal Dua Puluh Delapan bulan Oktober tahun Dua Ribu Dua
/// Puluh Lima". An Indonesian document, so Indonesian only.
pub fn date_in_words(date: NaiveDate) -> String {
    format!(
        "{} tanggal {} bulan {} tahun {}",
        weekday(date, Lang::Id),
        capitalised(&number_words(u64::from(date.day()))),
        month(date, Lang::Id),
        capitalised(&number_words(u64::from(date.year().unsigned_abs()))),
    )
}

fn capitalised(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split(' ') {
        let mut letters = word.chars();
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}

/// "tiga puluh sembilan". One is "satu" but sepuluh, sebelas, seratus and seribu carry "se-".
pub fn number_words(n: u64) -> String {
    const ONES: [&str; 12] = [
        "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
        "sepuluh", "sebelas",
    ];
    let (size, name) = match n {
        0..12 => return ONES[n as usize].into(),
        12..20 => return format!("{} belas", ONES[n as usize - 10]),
        20..100 => (10, "puluh"),
        100..1_000 => (100, "ratus"),
        1_000..1_000_000 => (1_000, "ribu"),
        1_000_000..1_000_000_000 => (1_000_000, "juta"),
        1_000_000_000..1_000_000_000_000 => (1_000_000_000, "miliar"),
        _ => (1_000_000_000_000, "triliun"),
    };
    let head = match (n / size, name) {
        (1, "ratus" | "ribu") => format!("se{name}"),
        (many, _) => format!("{} {name}", number_words(many)),
    };
    match n % size {
        0 => head,
        rest => format!("{head} {}", number_words(rest)),
    }
}

/// "39 (tiga puluh sembilan)".
pub fn number_with_words(n: u64) -> String {
    format!("{} ({})", whole(n, Lang::Id), number_words(n))
}

/// "1.234"; in English "1,234".
pub fn whole(n: u64, lang: Lang) -> String {
    let separator = match lang {
        Lang::Id => '.',
        Lang::En => ',',
    };
    grouped(&n.to_string(), separator)
}

fn grouped(digits: &str, separator: char) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// "3,46"; in English "3.46". No grouping: the figures written this way are indices and percentages.
pub fn decimal(value: f64, places: usize, lang: Lang) -> String {
    let plain = format!("{value:.places$}");
    match lang {
        Lang::Id => plain.replace('.', ","),
        Lang::En => plain,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_written_as_offices_write_them() {
        let forum = day("2025-10-28");
        assert_eq!(long_date(forum, Lang::Id), "Selasa, 28 Oktober 2025");
        assert_eq!(long_date(forum, Lang::En), "Tuesday, 28 October 2025");
        assert_eq!(date(day("2026-08-01"), Lang::Id), "1 Agustus 2026");
        assert_eq!(date_short(day("2026-08-01"), Lang::Id), "1 Agu 2026");
        assert_eq!(day_label(day("2026-03-17"), Lang::Id), "Sel 17");
        assert_eq!(day_label(day("2026-03-17"), Lang::En), "Tue 17");
    }

    #[test]
    fn names_are_read_back() {
        for day in day("2026-01-01").iter_days().step_by(13).take(60) {
            let (name, month_name) = (weekday(day, Lang::Id), month(day, Lang::Id));
            assert_eq!(weekday_named(name), Some(day.weekday()));
            assert_eq!(weekday_named(&name.to_lowercase()), Some(day.weekday()));
            assert_eq!(month_named(&month_name.to_uppercase()), Some(day.month()));
        }
        assert_eq!((weekday_named("Monday"), month_named("Mar")), (None, None));
    }

    #[test]
    fn short_names_are_never_ambiguous() {
        for lang in [Lang::Id, Lang::En] {
            let days: std::collections::BTreeSet<_> = day("2026-01-01")
                .iter_days()
                .take(7)
                .map(|d| weekday_short(d, lang))
                .collect();
            let months: std::collections::BTreeSet<_> = day("2026-01-01")
                .iter_days()
                .take(365)
                .map(|d| month_short(d, lang))
                .collect();
            assert_eq!((days.len(), months.len()), (7, 12));
        }
    }

    #[test]
    fn the_clock_names_the_zone_of_the_unit() {
        let midnight = chrono::Utc.with_ymd_and_hms(2025, 10, 28, 0, 0, 0).unwrap();
        for (zone, indonesian) in [
            (Asia::Jakarta, "07.00 WIB"),
            (Asia::Pontianak, "07.00 WIB"),
            (Asia::Makassar, "08.00 WITA"),
            (Asia::Jayapura, "09.00 WIT"),
            (Asia::Kuala_Lumpur, "08.00 UTC+08:00"),
            (chrono_tz::Europe::Amsterdam, "01.00 CET"),
        ] {
            assert_eq!(clock(&midnight.with_timezone(&zone), Lang::Id), indonesian);
        }
        let wita = midnight.with_timezone(&Asia::Makassar);
        assert_eq!(clock(&wita, Lang::En), "08:00 WITA");
        assert_eq!(
            date_time(&wita, Lang::Id),
            "Selasa, 28 Oktober 2025 pukul 08.00 WITA"
        );
        assert_eq!(
            date_time(&wita, Lang::En),
            "Tuesday, 28 October 2025, 08:00 WITA"
        );
        let end = DateTime::<chrono::Utc>::MAX_UTC.with_timezone(&Asia::Makassar);
        assert!(date_time(&end, Lang::Id).ends_with("WITA"));
    }

    #[test]
    fn a_berita_acara_opens_with_the_date_in_words() {
        assert_eq!(
            date_in_words(day("2025-10-28")),
            "Selasa tanggal Dua Puluh Delapan bulan Oktober tahun Dua Ribu Dua Puluh Lima"
        );
        assert_eq!(
            date_in_words(day("2026-05-11")),
            "Senin tanggal Sebelas bulan Mei tahun Dua Ribu Dua Puluh Enam"
        );
    }

    #[test]
    fn numbers_have_words() {
        for (n, words) in [
            (0, "nol"),
            (10, "sepuluh"),
            (11, "sebelas"),
            (12, "dua belas"),
            (19, "sembilan belas"),
            (20, "dua puluh"),
            (39, "tiga puluh sembilan"),
            (100, "seratus"),
            (111, "seratus sebelas"),
            (999, "sembilan ratus sembilan puluh sembilan"),
            (1_000, "seribu"),
            (1_100, "seribu seratus"),
            (11_000, "sebelas ribu"),
            (21_000, "dua puluh satu ribu"),
            (101_001, "seratus satu ribu satu"),
            (1_001_000, "satu juta seribu"),
            (2_000_000_000, "dua miliar"),
            (1_000_000_000_000_000, "seribu triliun"),
        ] {
            assert_eq!(number_words(n), words, "{n}");
        }
        assert_eq!(number_with_words(39), "39 (tiga puluh sembilan)");
        assert_eq!(number_with_words(1_500), "1.500 (seribu lima ratus)");
        assert!(number_words(u64::MAX).ends_with("lima belas"));
    }

    #[test]
    fn figures_use_the_separators_of_the_language() {
        assert_eq!(decimal(86.528, 2, Lang::Id), "86,53");
        assert_eq!(decimal(86.528, 2, Lang::En), "86.53");
        assert_eq!(decimal(-0.5, 1, Lang::Id), "-0,5");
        for (n, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1.000"),
            (1_234_567, "1.234.567"),
        ] {
            assert_eq!(whole(n, Lang::Id), text);
        }
        assert_eq!(whole(1_234_567, Lang::En), "1,234,567");
    }
}
