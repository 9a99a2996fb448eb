//! What free words say against the record. Day, hour, place and the number of people come from the forum and its
//! attendance list; words around them that tell another day, another house or another number contradict the same paper.

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
/// That a sentence tells of the forum itself, and what it says of it.
const FORUM: [&str; 5] = ["forum", "fkp", "kegiatan", "acara", "konsultasi"];
const HELD: [&str; 9] = [
    "dilaksanakan",
    "diselenggarakan",
    "dilangsungkan",
    "diadakan",
    "digelar",
    "berlangsung",
    "bertempat",
    "dihadiri",
    "diikuti",
];
/// Or of another one.
const OTHER: [&str; 8] = [
    "lalu",
    "sebelumnya",
    "terdahulu",
    "berikutnya",
    "selanjutnya",
    "mendatang",
    "akan",
    "survei",
];
/// After these stands how many came, with no more than these between.
const CAME: [&str; 3] = ["dihadiri", "diikuti", "hadir"];
const BEFORE_COUNT: [&str; 7] = [
    "oleh", "sebanyak", "sejumlah", "sekitar", "kurang", "lebih", "total",
];
/// A smaller number of people with one of these behind it is a part of those who came.
const PARTS: [&str; 9] = [
    "perwakilan",
    "wakil",
    "dari",
    "unsur",
    "pejabat",
    "narasumber",
    "tamu",
    "pengguna",
    "petugas",
];
/// Where the name of a house has ended.
const ENDS: [&str; 9] = [
    "pada", "hari", "tanggal", "pukul", "tentang", "yang", "dengan", "untuk", "dan",
];

/// What the words must agree with.
#[derive(Clone, Debug)]
pub struct Known {
    pub dates: Vec<NaiveDate>,
    pub places: Vec<String>,
    /// How many the attendance list has; 0 before anybody came, when no number is judged.
    pub present: usize,
    /// The year in the name of the forum.
    pub year: i32,
    /// The record refers to the minutes by itself.
    pub cites_minutes: bool,
}

/// The words that say something else than the record: another date, another day of the week, another house.
#[must_use]
pub fn contradictions(text: &str, known: &Known) -> Vec<String> {
    let words = words_in(text);
    let mut found = wrong_weekdays(text);
    found.extend(other_dates(&words, &known.dates));
    found.extend(other_weekdays(&words, &known.dates));
    found.extend(other_houses(text, &known.places));
    found.extend(other_counts(text, known.present));
    each_once(found)
}

/// The same for a text that may tell of other days too: only its sentences about the holding of the forum are judged,
/// and everywhere a weekday that is not that of its date.
#[must_use]
pub fn in_sentences(text: &str, known: &Known) -> Vec<String> {
    let mut found = wrong_weekdays(text);
    let sentences = text
        .split(['\n', ';'])
        .flat_map(|line| line.split_inclusive(". "));
    for sentence in sentences {
        let words = words_in(sentence);
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        if has(&FORUM) && has(&HELD) && !has(&OTHER) {
            found.extend(contradictions(sentence, known));
        }
    }
    each_once(found)
}

/// A title that names a year names that of the forum; one that names none is left alone.
#[must_use]
pub fn other_years(title: &str, known: &Known) -> Vec<String> {
    let years = years_in(title);
    let right =
        |year: &i32| *year == known.year || known.dates.iter().any(|date| date.year() == *year);
    match years.is_empty() || years.iter().any(right) {
        true => Vec::new(),
        false => years.iter().map(|year| format!("tahun {year}")).collect(),
    }
}

/// Regulations of a year after the forum cannot be what it stood on.
#[must_use]
pub fn laws_to_come(lines: &[&str], known: &Known) -> Vec<String> {
    let latest = known.dates.iter().map(|date| date.year()).max();
    let latest = latest.unwrap_or(known.year);
    let mut lines = lines.to_vec();
    lines.retain(|line| law_years(line).iter().any(|year| *year > latest));
    lines.into_iter().map(str::to_owned).collect()
}

/// Typed lines that refer to what the record refers to by itself, with the day and the number that it knows.
#[must_use]
pub fn own_references(lines: &[&str], known: &Known) -> Vec<String> {
    let is_own = |line: &str| {
        let line = line.trim_start().to_lowercase();
        (known.cites_minutes && line.starts_with("notulen"))
            || (known.present > 0 && line.starts_with("daftar hadir"))
    };
    let lines = lines.iter().filter(|line| is_own(line));
    lines.map(|line| (*line).to_owned()).collect()
}

/// `Senin, 24 Desember 2026`, which is a Thursday; or a date that no calendar has.
#[must_use]
pub fn wrong_weekdays(text: &str) -> Vec<String> {
    let words = words_in(text);
    let mut found = Vec::new();
    for date in dates_in(&words) {
        let Some(year) = date.year else { continue };
        let before = |steps: usize| date.at.checked_sub(steps).map(|at| words[at].as_str());
        let named = match before(1) {
            Some("tanggal") => before(2),
            word => word,
        };
        let named = named.and_then(|word| WEEKDAYS.iter().position(|name| *name == word));
        let real = NaiveDate::from_ymd_opt(year, date.month, date.day)
            .map(|day| day.weekday().num_days_from_monday());
        let agrees = match (named, real) {
            (Some(named), Some(real)) => usize::try_from(real) == Ok(named),
            (None, Some(_)) => true,
            (_, None) => false,
        };
        if !agrees {
            let name = named.map(|at| format!("{} ", WEEKDAYS[at]));
            found.push(name.unwrap_or_default() + &date.said(&words));
        }
    }
    found
}

fn each_once(mut found: Vec<String>) -> Vec<String> {
    let mut seen = Vec::new();
    found.retain(|words| {
        let is_new = !seen.contains(words);
        seen.push(words.clone());
        is_new
    });
    found
}

/// The words, with Friday written in one way.
fn words_in(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    words_of(
        &text
            .replace("jum'at", "jumat")
            .replace("jum\u{2019}at", "jumat"),
    )
}

/// A date that a text names, and where in its words.
struct Named {
    at: usize,
    length: usize,
    day: u32,
    month: u32,
    year: Option<i32>,
}

impl Named {
    fn said(&self, words: &[String]) -> String {
        words[self.at..self.at + self.length].join(" ")
    }
}

/// `24 November 2026`, `24 November`, `24-11-2026`.
fn dates_in(words: &[String]) -> Vec<Named> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let day = word.parse::<u32>().ok();
        let day = day.filter(|day| (1..=31).contains(day));
        let (Some(day), Some(next)) = (day, words.get(at + 1)) else {
            continue;
        };
        let year = words.get(at + 2).and_then(|word| year_of(word));
        let named = (1_u32..).zip(MONTHS).find(|(_, name)| name == next);
        let number = next.parse::<u32>().ok().filter(|_| year.is_some());
        let number = number.filter(|month| (1..=12).contains(month));
        let Some(month) = named.map(|(month, _)| month).or(number) else {
            continue;
        };
        let length = if year.is_some() { 3 } else { 2 };
        found.push(Named {
            at,
            length,
            day,
            month,
            year,
        });
    }
    found
}

fn other_dates(words: &[String], dates: &[NaiveDate]) -> Vec<String> {
    let mut named = dates_in(words);
    named.retain(|named| {
        let same = |date: &NaiveDate| {
            (date.day(), date.month()) == (named.day, named.month)
                && named.year.is_none_or(|year| date.year() == year)
        };
        !dates.iter().any(same)
    });
    named.iter().map(|named| named.said(words)).collect()
}

fn year_of(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| (1900..2200).contains(year))
}

/// The years after the word; with whether a number stands before it, as in `Nomor 15 Tahun 2014`.
fn said_years(text: &str) -> Vec<(bool, i32)> {
    let words = words_of(text);
    let at = |at: usize| words.get(at).map(String::as_str);
    let said = (0..words.len()).filter(|place| at(*place) == Some("tahun"));
    said.filter_map(|place| {
        let before = |back: usize| place.checked_sub(back).and_then(at);
        // A year may stand before the word as well: `Evaluasi Tahun 2025, Tahun 2026`.
        let numbered = before(2) != Some("tahun")
            && before(1).is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()));
        Some((numbered, at(place + 1).and_then(year_of)?))
    })
    .collect()
}

fn years_in(title: &str) -> Vec<i32> {
    let said = said_years(title).into_iter();
    said.filter(|(numbered, _)| !numbered)
        .map(|(_, year)| year)
        .collect()
}

fn law_years(line: &str) -> Vec<i32> {
    let said = said_years(line).into_iter();
    said.filter(|(numbered, _)| *numbered)
        .map(|(_, year)| year)
        .collect()
}

/// `dihadiri oleh 500 (lima ratus) orang`: another number than the attendance list has.
fn other_counts(text: &str, present: usize) -> Vec<String> {
    let words = words_of(text);
    let mut found = Vec::new();
    for (at, _) in words.iter().enumerate().filter(|(at, word)| {
        let denied = *at > 0 && matches!(words[at - 1].as_str(), "tidak" | "belum");
        CAME.contains(&word.as_str()) && !denied
    }) {
        let rest = &words[at + 1..];
        let between = rest
            .iter()
            .take_while(|word| BEFORE_COUNT.contains(&word.as_str()));
        let rest = &rest[between.count()..];
        let Some(count) = rest.first().and_then(|word| word.parse::<usize>().ok()) else {
            continue;
        };
        // The number is often said in words again.
        let near = rest.iter().skip(1).take(6);
        let mut near = near.take_while(|word| word.parse::<usize>().is_err());
        let Some(people) = near.position(|word| matches!(word.as_str(), "orang" | "peserta"))
        else {
            continue;
        };
        let after = rest.get(people + 2).map_or("", String::as_str);
        let is_part = count < present && PARTS.contains(&after);
        if present > 0 && count != present && !is_part {
            found.push(format!("{count} {}", rest[people + 1]));
        }
    }
    found
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
fn other_houses(opening: &str, places: &[String]) -> Vec<String> {
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
#[path = "contradictions_tests.rs"]
mod tests;
