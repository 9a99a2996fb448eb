//! What free words say against the record. Day, hour, place and the number of people come from the forum and its
//! attendance list; words around them that tell another day, another house or another number contradict the same paper.

use chrono::{Datelike as _, NaiveDate};

use super::counting::{Counted, other_counts, other_things};
use crate::{
    calendar::dates,
    forums::prose::{House, Prose},
    platform::words::{in_full, plain},
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
/// What every forum may be called beside its own title.
const USUAL: &[&str] = &[
    "forum",
    "konsultasi",
    "publik",
    "fkp",
    "kegiatan",
    "rapat",
    "acara",
    "pertemuan",
    "sosialisasi",
    "diskusi",
    "penyelenggaraan",
    "pelaksanaan",
    "penetapan",
    "pembahasan",
    "penyusunan",
    "penyempurnaan",
    "perubahan",
    "peninjauan",
    "evaluasi",
    "rancangan",
    "hasil",
    "standar",
    "pelayanan",
    "layanan",
    "peningkatan",
    "kualitas",
    "mutu",
    "unit",
    "penyelenggara",
    "bersama",
    "pemangku",
    "kepentingan",
    "masyarakat",
    "dalam",
    "rangka",
    "untuk",
    "tentang",
    "dengan",
    "pada",
    "dan",
    "di",
    "oleh",
    "tahun",
    "provinsi",
    "kabupaten",
    "kota",
    "tema",
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
    pub counted: Counted,
}

/// What sentences about the holding of the forum say against it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Another date, and everywhere a weekday that is not that of its date.
    pub wrong: Vec<String>,
    /// Another number of people, or another house, in a sentence that tells of this forum; with the sentence.
    pub against: Vec<String>,
    /// What may mean something else in free words.
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
        ..Said::default()
    };
    let sentences = text
        .split(['\n', ';'])
        .flat_map(|line| line.split_inclusive(". "));
    for sentence in sentences {
        judge(sentence, known, &mut found);
    }
    for words in [&mut found.wrong, &mut found.against, &mut found.doubtful] {
        *words = each_once(std::mem::take(words));
    }
    found
}

fn judge(sentence: &str, known: &Known, found: &mut Said) {
    let words = plain(sentence);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    if has(&OTHER) {
        return;
    }
    let prose = Prose::of(sentence);
    let counts = other_counts(&prose, known.present);
    let houses = other_houses(&prose, &known.places);
    let things = other_things(sentence, &prose, known.present, &known.counted);
    if is_of_forum(&words, &[]) && has(&HELD) {
        found.wrong.extend(other_dates(&prose, &known.dates));
        found.doubtful.extend(other_weekdays(&prose, &known.dates));
        found.doubtful.extend(other_years(sentence, known));
        let beside = |said: String| format!("{said}: “{}”", sentence.trim());
        found.against.extend(counts.into_iter().map(beside));
        match is_of_forum(&words, &["ini"]) {
            true => found.against.extend(houses.into_iter().map(beside)),
            false => found.doubtful.extend(houses),
        }
    } else if !counts.is_empty() {
        found.doubtful.extend(counts);
        found.doubtful.extend(houses);
    }
    found.doubtful.extend(things);
}

/// Whether the words name the forum, with these behind its name.
fn is_of_forum(words: &[String], behind: &[&str]) -> bool {
    let named = |name: &&[&str]| {
        let whole: Vec<&str> = name.iter().chain(behind).copied().collect();
        words.windows(whole.len()).any(|run| run == whole)
    };
    FORUM.iter().any(named)
}

/// A text that tells of nothing but this forum, as what stands under a photo of it.
#[must_use]
pub fn about_it(text: &str, known: &Known) -> Said {
    let wrong = wrong_weekdays(text);
    let mut doubtful = contradictions(text, known);
    doubtful.extend(other_years(text, known));
    let things = other_things(text, &Prose::of(text), known.present, &known.counted);
    doubtful.extend(things);
    doubtful.retain(|words| !wrong.contains(words));
    Said {
        wrong,
        against: Vec::new(),
        doubtful: each_once(doubtful),
    }
}

/// The names that neither the forum nor its unit nor its places have: `Forum Konsultasi Publik Lain Sama Sekali` is
/// another one. Its own title may be shortened, and small words may stand beside it.
#[must_use]
pub fn other_names(subject: &str, names: &[String]) -> Vec<String> {
    let known = plain(&in_full(&names.join(" ")));
    let is_day =
        |word: &str| dates::weekday_named(word).is_some() || dates::month_named(word).is_some();
    let all_capitals = !subject.contains(char::is_lowercase);
    let is_own = |word: &str| {
        let small = word.to_lowercase();
        let is_short = word.len() < 7 && !word.contains(char::is_lowercase) && !all_capitals;
        !word.starts_with(char::is_uppercase)
            || is_short
            || is_day(&small)
            || USUAL.contains(&small.as_str())
            || plain(&in_full(word))
                .iter()
                .all(|part| known.contains(part) || USUAL.contains(&part.as_str()))
    };
    let words = subject.split(|c: char| !c.is_alphanumeric());
    let others: Vec<&str> = words
        .filter(|word| !word.is_empty() && !is_own(word))
        .collect();
    match others.is_empty() {
        true => Vec::new(),
        false => vec![others.join(" ")],
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
