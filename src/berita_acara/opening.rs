//! The free words of the sentence that opens a record: "… telah dilaksanakan <kegiatan>". Day, hour and place stand before
//! them and come from the record, so words that name another day or another house contradict it.

use chrono::{Datelike as _, NaiveDate};

use super::rules::words_of;

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
];
/// From Monday.
const WEEKDAYS: [&str; 7] = [
    "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu",
];
/// What a house or a room is called by.
const HOUSES: [&str; 14] = [
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
    "rumah",
    "taman",
    "lapangan",
];
/// Where the name of a house has ended.
const ENDS: [&str; 9] = [
    "pada", "hari", "tanggal", "pukul", "tentang", "yang", "dengan", "untuk", "dan",
];

/// The words that say something else than the record: another date, another day of the week, another house.
#[must_use]
pub fn contradictions(opening: &str, dates: &[NaiveDate], places: &[&str]) -> Vec<String> {
    let words = words_of(opening);
    let mut found = other_dates(&words, dates);
    found.extend(other_weekdays(&words, dates));
    found.extend(other_houses(opening, places));
    found
}

/// `24 November 2026`, `24 November`, `24-11-2026`.
fn other_dates(words: &[String], dates: &[NaiveDate]) -> Vec<String> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let day = word
            .parse::<u32>()
            .ok()
            .filter(|day| (1..=31).contains(day));
        let (Some(day), Some(next)) = (day, words.get(at + 1)) else {
            continue;
        };
        let year = words.get(at + 2).and_then(|word| year_of(word));
        let named = MONTHS.iter().position(|name| name == next);
        let number = next.parse::<usize>().ok().filter(|_| year.is_some());
        let Some(month) = named.map(|month| month + 1).or(number) else {
            continue;
        };
        let is = |date: &NaiveDate| {
            date.day() == day
                && usize::try_from(date.month()) == Ok(month)
                && year.is_none_or(|year| date.year() == year)
        };
        if !dates.iter().any(is) {
            let end = at + if year.is_some() { 3 } else { 2 };
            found.push(words[at..end].join(" "));
        }
    }
    found
}

fn year_of(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| (1900..2200).contains(year))
}

fn other_weekdays(words: &[String], dates: &[NaiveDate]) -> Vec<String> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(day) = WEEKDAYS.iter().position(|name| name == word) else {
            continue;
        };
        // "Minggu" is also a week.
        let is_day = word != "minggu" || at > 0 && words[at - 1] == "hari";
        let mut days = dates
            .iter()
            .map(|date| date.weekday().num_days_from_monday());
        if is_day && !days.any(|known| usize::try_from(known) == Ok(day)) {
            found.push(word.clone());
        }
    }
    found
}

/// `di Hotel Lain`: a house of which some word stands in none of the places.
fn other_houses(opening: &str, places: &[&str]) -> Vec<String> {
    let known: Vec<String> = places.iter().flat_map(|place| words_of(place)).collect();
    let mut found = Vec::new();
    for part in opening.split([',', ';', '(', ')']) {
        let words = words_of(part);
        for (at, _) in words.iter().enumerate().filter(|(_, word)| *word == "di") {
            let house: Vec<&String> = words[at + 1..]
                .iter()
                .take_while(|word| !ENDS.contains(&word.as_str()))
                .collect();
            let is_house = house
                .first()
                .is_some_and(|word| HOUSES.contains(&word.as_str()));
            if is_house && house.iter().any(|word| !known.contains(word)) {
                let house: Vec<&str> = house.into_iter().map(String::as_str).collect();
                found.push(format!("di {}", house.join(" ")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_day_and_the_place_of_the_record_may_be_named() {
        let dates: [NaiveDate; 2] = ["2026-11-23", "2026-11-24"].map(|day| day.parse().unwrap());
        let places = ["Harmony Room, Hotel Contoh, Jalan Contoh 1 Samarinda"];
        for (opening, expected) in [
            (
                "Forum Konsultasi Publik Standar Pelayanan Tahun 2026",
                &[][..],
            ),
            (
                "Forum di Hotel Contoh Samarinda, Senin 23 November 2026",
                &[],
            ),
            ("Forum selama dua minggu di lingkungan Dinas Contoh", &[]),
            ("Forum pada 24-11-2026", &[]),
            (
                "Forum di Hotel Lain Balikpapan, Rabu 25 November 2026",
                &["25 november 2026", "rabu", "di hotel lain balikpapan"],
            ),
            ("Forum tanggal 24 Desember", &["24 desember"]),
            ("Forum pada hari Minggu", &["minggu"]),
            ("Forum tanggal 25/11/2026", &["25 11 2026"]),
            ("Rapat di aula pada pagi hari", &["di aula"]),
        ] {
            assert_eq!(
                contradictions(opening, &dates, &places),
                expected,
                "{opening}"
            );
        }
    }
}
