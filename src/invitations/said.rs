//! What the free words of a letter say of day, hour and house. The letter prints these from the forum; words beside it
//! that tell others contradict it on the same paper.

use chrono::{Datelike as _, NaiveDate, NaiveTime};

use crate::{calendar::dates, platform::i18n::Locale};

/// What a house or a room is called by.
const HOUSES: [&str; 11] = [
    "hotel",
    "gedung",
    "aula",
    "balai",
    "ruang",
    "ruangan",
    "kantor",
    "pendopo",
    "auditorium",
    "kampus",
    "universitas",
];

/// A date as it stands in the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidDate {
    pub text: String,
    /// None for a day that no calendar has.
    pub date: Option<NaiveDate>,
    /// The weekday beside it, from Monday.
    weekday: Option<u32>,
}

impl SaidDate {
    /// "Senin, 10 Desember 2026", which is a Thursday.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        let real = self.date.map(|date| date.weekday().num_days_from_monday());
        real.is_none() || self.weekday.is_some_and(|said| Some(said) != real)
    }
}

/// Words with the signs around them taken off, as they are written.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect()
}

fn weekday(word: &str) -> Option<u32> {
    let plain = word.to_lowercase().replace(['\'', '\u{2019}'], "");
    (0..7).zip(1..).find_map(|(number, day)| {
        // The first day of 2024 was a Monday.
        let date = NaiveDate::from_ymd_opt(2024, 1, day)?;
        (dates::weekday(date, Locale::Id).to_lowercase() == plain).then_some(number)
    })
}

fn month(word: &str) -> Option<u32> {
    let plain = word.to_lowercase();
    let names = |month: &u32| Locale::Id.month(month - 1).to_lowercase() == plain;
    (1..=12).find(names)
}

/// Dates with the month in words; one without a year is of the year of the forum.
#[must_use]
pub fn dates_in(text: &str, year: i32) -> Vec<SaidDate> {
    let words = words(text);
    let mut found = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let day = pair[0].parse().ok().filter(|day| (1..=31).contains(day));
        let (Some(day), Some(month)) = (day, month(pair[1])) else {
            continue;
        };
        let named = words.get(at + 2).and_then(|word| word.parse::<i32>().ok());
        let named = named.filter(|year| (1900..2200).contains(year));
        let before = |steps: usize| at.checked_sub(steps).map(|at| words[at]);
        let steps = match before(1) {
            Some(word) if word.eq_ignore_ascii_case("tanggal") => 2,
            _ => 1,
        };
        let weekday = before(steps).and_then(weekday);
        let begin = if weekday.is_some() { at - steps } else { at };
        let end = at + 2 + usize::from(named.is_some());
        found.push(SaidDate {
            text: words[begin..end].join(" "),
            date: NaiveDate::from_ymd_opt(named.unwrap_or(year), month, day),
            weekday,
        });
    }
    found
}

/// The hours behind "pukul" and "jam".
#[must_use]
pub fn hours_in(text: &str) -> Vec<NaiveTime> {
    let words = words(text);
    let behind = words.windows(2).filter(|pair| {
        let word = pair[0].to_lowercase();
        word == "pukul" || word == "jam"
    });
    behind
        .filter_map(|pair| {
            let (hour, minute) = pair[1].split_once(['.', ':'])?;
            NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
        })
        .collect()
}

/// "di Hotel Lain": houses of which some word stands in none of the known places.
#[must_use]
pub fn other_houses(text: &str, places: &str) -> Vec<String> {
    let known: Vec<String> = words(places)
        .iter()
        .map(|word| word.to_lowercase())
        .collect();
    let mut found = Vec::new();
    for part in text.split([',', ';', '.', '(', ')', '\n']) {
        let words = words(part);
        let says_where = |at: &usize| words[*at].eq_ignore_ascii_case("di");
        for at in (0..words.len()).filter(says_where) {
            // A house is named with capitals; the words after it are not.
            let named = |word: &&&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
            let house: Vec<&str> = words[at + 1..].iter().take_while(named).copied().collect();
            let is_house = house.len() > 1
                && house
                    .first()
                    .is_some_and(|word| HOUSES.contains(&word.to_lowercase().as_str()));
            if is_house
                && house
                    .iter()
                    .any(|word| !known.contains(&word.to_lowercase()))
            {
                found.push(house.join(" "));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekday_that_is_not_that_of_its_date_is_wrong() {
        for (text, said, wrong) in [
            (
                "pada hari Senin, 10 Desember 2026 pukul",
                "Senin 10 Desember 2026",
                true,
            ),
            (
                "pada hari Kamis tanggal 10 Desember 2026",
                "Kamis tanggal 10 Desember 2026",
                false,
            ),
            ("hari Jum'at, 11 Desember", "Jum'at 11 Desember", false),
            ("paling lambat 5 Desember 2026.", "5 Desember 2026", false),
            ("pada 31 November 2026", "31 November 2026", true),
        ] {
            let found = dates_in(text, 2026);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((found[0].text.as_str(), found[0].is_wrong()), (said, wrong));
        }
        assert_eq!(dates_in("Nomor 16 Tahun 2017, 3 orang, Mei 2026", 2026), []);
    }

    #[test]
    fn hours_and_houses_are_read_as_letters_write_them() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        assert_eq!(
            hours_in("pukul 08.00 s.d. selesai, jam 13:30 WITA"),
            [at(8, 0), at(13, 30)]
        );
        assert_eq!(hours_in("pukul delapan, pukul 25.00"), []);
        let places = "Harmony Room Hotel Contoh Jalan Contoh 1";
        for (text, houses) in [
            ("bertempat di Hotel Contoh, Samarinda", vec![]),
            ("di Hotel Lain, Balikpapan pukul 08.00", vec!["Hotel Lain"]),
            (
                "layanan di kantor kami dan di Gedung Baru yang",
                vec!["Gedung Baru"],
            ),
            ("di Samarinda", vec![]),
        ] {
            assert_eq!(other_houses(text, places), houses, "{text}");
        }
    }
}
