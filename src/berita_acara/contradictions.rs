//! What free words say against the record. Day, hour, place and the number of people come from the forum and its
//! attendance list; words around them that tell another day, another house or another number contradict the same paper.

use chrono::{Datelike as _, NaiveDate};

use crate::{
    forums::prose::{House, Prose},
    platform::words::plain,
};

/// That a sentence tells of the forum itself, and what it says of it. "Kegiatan" and "acara" may be any other.
const FORUM: [&[&str]; 3] = [&["forum"], &["fkp"], &["konsultasi", "publik"]];
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
const PARTS: [&str; 33] = [
    "perwakilan",
    "wakil",
    "dari",
    "unsur",
    "pejabat",
    "narasumber",
    "tamu",
    "undangan",
    "pengguna",
    "petugas",
    "pegawai",
    "laki",
    "pria",
    "perempuan",
    "wanita",
    "ibu",
    "bapak",
    "tua",
    "anak",
    "remaja",
    "pemuda",
    "lansia",
    "lanjut",
    "penyandang",
    "disabilitas",
    "difabel",
    "warga",
    "masyarakat",
    "tokoh",
    "mahasiswa",
    "pelajar",
    "akademisi",
    "wartawan",
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

/// What sentences about the holding of the forum say against it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Another date, and everywhere a weekday that is not that of its date.
    pub wrong: Vec<String>,
    /// Another weekday, house or number of people: free words may mean something else by them.
    pub doubtful: Vec<String>,
}

/// The words that say something else than the record: another date, another day of the week, another house.
#[must_use]
pub fn contradictions(text: &str, known: &Known) -> Vec<String> {
    let prose = Prose::of(text);
    let mut found = wrong_weekdays(text);
    found.extend(other_dates(&prose, &known.dates));
    found.extend(doubts(&prose, known));
    each_once(found)
}

fn doubts(prose: &Prose<'_>, known: &Known) -> Vec<String> {
    let mut found = other_weekdays(prose, &known.dates);
    found.extend(other_houses(prose, &known.places));
    found.extend(other_counts(prose, known.present));
    found
}

/// The same for a text that may tell of other days too: only its sentences about the holding of the forum are judged.
#[must_use]
pub fn in_sentences(text: &str, known: &Known) -> Said {
    let mut found = Said {
        wrong: wrong_weekdays(text),
        doubtful: Vec::new(),
    };
    let sentences = text
        .split(['\n', ';'])
        .flat_map(|line| line.split_inclusive(". "));
    for sentence in sentences {
        let words = plain(sentence);
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        let is_forum = FORUM
            .iter()
            .any(|name| words.windows(name.len()).any(|run| run == *name));
        if is_forum && has(&HELD) && !has(&OTHER) {
            let prose = Prose::of(sentence);
            found.wrong.extend(other_dates(&prose, &known.dates));
            found.doubtful.extend(doubts(&prose, known));
        }
    }
    Said {
        wrong: each_once(found.wrong),
        doubtful: each_once(found.doubtful),
    }
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

/// `Senin, 24 Desember 2026`, which is a Thursday; or a date that no calendar has. A date without a year is not judged.
#[must_use]
pub fn wrong_weekdays(text: &str) -> Vec<String> {
    let dates = Prose::of(text).dates().into_iter();
    dates
        .filter(|said| said.year.is_some_and(|year| said.is_wrong(year)))
        .map(|said| said.text)
        .collect()
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

fn other_dates(prose: &Prose<'_>, dates: &[NaiveDate]) -> Vec<String> {
    let mut said = prose.dates();
    said.retain(|said| !dates.iter().any(|date| said.means(*date)));
    said.into_iter().map(|said| said.alone).collect()
}

fn years_in(title: &str) -> Vec<i32> {
    let said = Prose::of(title).years().into_iter();
    said.filter(|said| said.after_tahun && !said.of_law)
        .map(|said| said.year)
        .collect()
}

fn law_years(line: &str) -> Vec<i32> {
    let said = Prose::of(line).years().into_iter();
    said.filter(|said| said.of_law)
        .map(|said| said.year)
        .collect()
}

/// `dihadiri oleh 500 (lima ratus) orang`: another number than the attendance list has.
fn other_counts(prose: &Prose<'_>, present: usize) -> Vec<String> {
    let words = prose.plain_words();
    let mut found = Vec::new();
    for (at, _) in words.iter().enumerate().filter(|(at, word)| {
        let denied = *at > 0 && matches!(words[at - 1], "tidak" | "belum");
        CAME.contains(word) && !denied
    }) {
        let rest = &words[at + 1..];
        let between = rest.iter().take_while(|word| BEFORE_COUNT.contains(word));
        let rest = &rest[between.count()..];
        let Some(count) = rest.first().and_then(|word| word.parse::<usize>().ok()) else {
            continue;
        };
        // The number is often said in words again.
        let near = rest.iter().skip(1).take(6);
        let mut near = near.take_while(|word| word.parse::<usize>().is_err());
        let Some(people) = near.position(|word| matches!(*word, "orang" | "peserta")) else {
            continue;
        };
        let after = rest.get(people + 2).copied().unwrap_or_default();
        let is_part = count < present && PARTS.contains(&after);
        if present > 0 && count != present && !is_part {
            found.push(format!("{count} {}", rest[people + 1]));
        }
    }
    found
}

fn other_weekdays(prose: &Prose<'_>, dates: &[NaiveDate]) -> Vec<String> {
    let mut said = prose.weekdays();
    said.retain(|(day, _)| !dates.iter().any(|date| date.weekday() == *day));
    said.into_iter().map(|(_, word)| word).collect()
}

/// `di Hotel Lain`: a house with a name of which some word stands in none of the places.
fn other_houses(prose: &Prose<'_>, places: &[String]) -> Vec<String> {
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    let names = prose.houses().into_iter().filter_map(|house| house.named);
    names
        .filter(|name| !House::is_known(name, &places))
        .map(|name| format!("di {name}"))
        .collect()
}

#[cfg(test)]
#[path = "contradictions_tests.rs"]
mod tests;
