//! What Indonesian prose says of days, hours, houses and years, in the words that were typed. Letter, record and report
//! print these from the forum; whether free words beside them agree is judged by those papers, and read here alone.

use std::ops::Range;

use chrono::{Datelike as _, NaiveDate, NaiveTime, Weekday};

use crate::{
    calendar::dates,
    platform::words::{in_full, plain},
};

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
/// What leads to where something takes place, be it a mere town: "bertempat di Balikpapan".
const HAPPENS: [&str; 12] = [
    "bertempat",
    "diselenggarakan",
    "dilaksanakan",
    "dilangsungkan",
    "diadakan",
    "digelar",
    "berlangsung",
    "berkumpul",
    "hadir",
    "wib",
    "wita",
    "wit",
];
/// What a town is called by, with or without it.
const KINDS: [&str; 6] = [
    "kota",
    "kabupaten",
    "provinsi",
    "kecamatan",
    "kelurahan",
    "desa",
];
/// What follows "di" and is no place of its own: "dilaksanakan di Lingkungan Pemerintah Provinsi".
const WIDE: [&str; 8] = [
    "lingkungan",
    "seluruh",
    "wilayah",
    "setiap",
    "semua",
    "daerah",
    "indonesia",
    "tempat",
];
/// Numbers in words are made of these.
const COUNTING: [&str; 22] = [
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "sebelas", "belas", "puluh", "seratus", "ratus", "seribu", "ribu", "juta", "miliar",
    "triliun", "sejuta",
];
/// What parts the numbers of a date, and of a letter's number.
const SIGNS: [&str; 3] = ["-", "/", "."];

/// A word where it stands.
#[derive(Clone, Debug)]
struct Word<'a> {
    at: usize,
    typed: &'a str,
    /// Small and without apostrophes: "Jum'at" is "jumat".
    plain: String,
}

/// A text and its words.
#[derive(Clone, Debug)]
pub struct Prose<'a> {
    text: &'a str,
    words: Vec<Word<'a>>,
}

/// A date as it stands in the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidDate {
    /// With the weekday beside it,
    pub text: String,
    /// and without.
    pub alone: String,
    pub day: u32,
    pub month: u32,
    pub year: Option<i32>,
    pub weekday: Option<Weekday>,
}

impl SaidDate {
    /// The day that is meant, in this year if the words name none; none that no calendar has.
    #[must_use]
    pub fn date(&self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year.unwrap_or(year), self.month, self.day)
    }

    /// "Senin, 10 Desember 2026", which is a Thursday; or a day that no calendar has.
    #[must_use]
    pub fn is_wrong(&self, year: i32) -> bool {
        let real = self.date(year).map(|date| date.weekday());
        real.is_none() || self.weekday.is_some_and(|said| Some(said) != real)
    }

    /// Whether the words mean this day, of whatever year if they name none.
    #[must_use]
    pub fn means(&self, date: NaiveDate) -> bool {
        (date.day(), date.month()) == (self.day, self.month)
            && self.year.is_none_or(|year| date.year() == year)
    }
}

/// A house or a room that "di" leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct House {
    pub text: String,
    /// Its name, where it is written with capitals: not "kantor kami". The words behind a name are small.
    pub named: Option<String>,
}

impl House {
    /// Whether all these words stand in the places, however shortened. "Kota Samarinda" is Samarinda.
    #[must_use]
    pub fn is_known(words: &str, places: &[&str]) -> bool {
        let known = plain(&in_full(&places.join(" ")));
        plain(&in_full(words))
            .iter()
            .all(|word| known.contains(word) || KINDS.contains(&word.as_str()))
    }
}

/// A year as the words name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaidYear {
    pub year: i32,
    /// "Tahun 2026".
    pub after_tahun: bool,
    /// "Nomor 15 Tahun 2014": the year of a regulation.
    pub of_law: bool,
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

fn year_of(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| (1900..2200).contains(year))
}

impl<'a> Prose<'a> {
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let outside = |c: char| !c.is_alphanumeric() && !is_apostrophe(c);
        let mut words = Vec::new();
        let mut at = 0;
        for part in text.split_inclusive(outside) {
            let run = part.trim_end_matches(outside);
            let tail = run.trim_start_matches(is_apostrophe);
            let typed = tail.trim_end_matches(is_apostrophe);
            if !typed.is_empty() {
                words.push(Word {
                    at: at + run.len() - tail.len(),
                    typed,
                    plain: typed.to_lowercase().replace(is_apostrophe, ""),
                });
            }
            at += part.len();
        }
        Self { text, words }
    }

    /// The words for comparing.
    #[must_use]
    pub fn plain_words(&self) -> Vec<&str> {
        self.words.iter().map(|word| word.plain.as_str()).collect()
    }

    /// Some of the words as they were typed, on one line.
    #[must_use]
    pub fn typed(&self, words: Range<usize>) -> String {
        let words = &self.words[words];
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return String::new();
        };
        let text = &self.text[first.at..last.at + last.typed.len()];
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.words.get(at).map(|word| word.plain.as_str())
    }

    fn before(&self, at: usize, steps: usize) -> Option<&str> {
        self.word(at.checked_sub(steps)?)
    }

    /// What stands between this word and the next.
    fn gap(&self, at: usize) -> &'a str {
        let (Some(word), Some(next)) = (self.words.get(at), self.words.get(at + 1)) else {
            return "";
        };
        &self.text[word.at + word.typed.len()..next.at]
    }

    /// `24 November 2026`, `24 Nov 2026`, `24 November`, `24-11-2026`, with the weekday before it.
    #[must_use]
    pub fn dates(&self) -> Vec<SaidDate> {
        let places = 0..self.words.len();
        places.filter_map(|at| self.date_at(at)).collect()
    }

    fn date_at(&self, at: usize) -> Option<SaidDate> {
        let day = self.word(at)?.parse::<u32>().ok();
        let day = day.filter(|day| (1..=31).contains(day))?;
        let month = self.word(at + 1)?;
        let year = self.word(at + 2).and_then(year_of);
        let month = dates::month_said(month).or_else(|| {
            let number = month.parse::<u32>().ok();
            let number = number.filter(|_| self.is_numeric_date(at));
            number.filter(|month| year.is_some() && (1..=12).contains(month))
        })?;
        let steps = match self.before(at, 1) {
            Some("tanggal") => 2,
            _ => 1,
        };
        let weekday = self.before(at, steps).and_then(dates::weekday_named);
        let begin = weekday.map_or(at, |_| at - steps);
        let end = at + 2 + usize::from(year.is_some());
        Some(SaidDate {
            text: self.typed(begin..end),
            alone: self.typed(at..end),
            day,
            month,
            year,
            weekday,
        })
    }

    /// Three numbers with one sign between them and no further number: `400/12/11/2026` is that of a letter, and so
    /// is `Nomor 5/3/2026`.
    fn is_numeric_date(&self, at: usize) -> bool {
        if matches!(self.before(at, 1), Some("nomor" | "no")) {
            return false;
        }
        let sign = self.gap(at).trim();
        let before = at.checked_sub(1).map_or("", |before| self.gap(before));
        let glued = [before, self.gap(at + 2)];
        SIGNS.contains(&sign)
            && self.gap(at + 1).trim() == sign
            && !glued.iter().any(|gap| SIGNS.contains(gap))
    }

    /// The weekdays, with or without a date. "Minggu" is also a week.
    #[must_use]
    pub fn weekdays(&self) -> Vec<(Weekday, String)> {
        let named = self
            .words
            .iter()
            .enumerate()
            .filter(|(at, word)| word.plain != "minggu" || self.before(*at, 1) == Some("hari"));
        named
            .filter_map(|(_, word)| {
                let day = dates::weekday_named(&word.plain)?;
                Some((day, word.typed.to_owned()))
            })
            .collect()
    }

    /// The hours behind "pukul" and "jam".
    #[must_use]
    pub fn hours(&self) -> Vec<NaiveTime> {
        let behind =
            (1..self.words.len()).filter(|at| matches!(self.before(*at, 1), Some("pukul" | "jam")));
        behind
            .filter(|at| matches!(self.gap(*at), "." | ":"))
            .filter_map(|at| {
                let (hour, minute) = (self.word(at)?, self.word(at + 1)?);
                NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
            })
            .collect()
    }

    /// `di Hotel Lain Balikpapan`; a town alone where the words say that something takes place in it.
    #[must_use]
    pub fn houses(&self) -> Vec<House> {
        let led = (1..self.words.len()).filter(|at| self.before(*at, 1) == Some("di"));
        led.filter_map(|at| self.house_at(at)).collect()
    }

    fn house_at(&self, begin: usize) -> Option<House> {
        let house = self.word(begin).is_some_and(|word| HOUSES.contains(&word));
        let capital = |word: &Word<'_>| word.typed.starts_with(char::is_uppercase);
        let place = house || self.takes_place(begin) && self.words.get(begin).is_some_and(capital);
        if !place {
            return None;
        }
        let goes_on = |at: &usize| {
            let word = self.word(*at);
            !self.parts_after(at - 1) && word.is_some_and(|word| !ENDS.contains(&word))
        };
        let end = begin + 1 + (begin + 1..).take_while(goes_on).count();
        let small = |word: &&Word<'_>| word.typed.starts_with(char::is_lowercase);
        let named = self.words[begin..end]
            .iter()
            .take_while(|word| !small(word));
        let named = named.count();
        Some(House {
            text: self.typed(begin..end),
            named: (named > usize::from(house)).then(|| self.typed(begin..begin + named)),
        })
    }

    /// Whether the words before "di" say that something happens there: a verb, or the day and the hour of it.
    fn takes_place(&self, begin: usize) -> bool {
        if self.word(begin).is_some_and(|word| WIDE.contains(&word)) {
            return false;
        }
        let happens = self
            .before(begin, 2)
            .is_some_and(|word| HAPPENS.contains(&word));
        let dated = self.before(begin, 2).and_then(year_of).is_some()
            && self.before(begin, 3).and_then(dates::month_said).is_some();
        happens || dated
    }

    /// Numbers whose words in brackets say another: `500 (empat ratus)`.
    #[must_use]
    pub fn wrong_numbers(&self) -> Vec<String> {
        let places = 0..self.words.len();
        places.filter_map(|at| self.wrong_number_at(at)).collect()
    }

    fn wrong_number_at(&self, last: usize) -> Option<String> {
        let digits = |at: usize| {
            let word = self.word(at)?;
            word.bytes()
                .all(|byte| byte.is_ascii_digit())
                .then_some(word)
        };
        digits(last).filter(|_| self.gap(last).trim() == "(")?;
        // "1.500" is one number.
        let mut first = last;
        while first > 0
            && self.gap(first - 1) == "."
            && digits(first).is_some_and(|word| word.len() == 3)
            && digits(first - 1).is_some()
        {
            first -= 1;
        }
        let figure: String = (first..=last).filter_map(digits).collect();
        let inside = (last + 1..self.words.len()).take_while(|at| !self.gap(at - 1).contains(')'));
        let end = last + 1 + inside.count();
        let words: Vec<&str> = (last + 1..end).filter_map(|at| self.word(at)).collect();
        let counts = !words.is_empty() && words.iter().all(|word| COUNTING.contains(word));
        let right = dates::number_words(figure.parse().ok()?);
        (counts && words.join(" ") != right).then(|| format!("{})", self.typed(first..end)))
    }

    /// Whether a house ends with this word; the dot of "Jl." is no end.
    fn parts_after(&self, at: usize) -> bool {
        let gap = self.gap(at);
        let is_short = |word: &str| in_full(word) != word;
        let dotted = gap.contains('.') && !self.word(at).is_some_and(is_short);
        dotted || gap.contains([',', ';', '(', ')', '\n'])
    }

    #[must_use]
    pub fn years(&self) -> Vec<SaidYear> {
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let years = self.words.iter().enumerate().filter_map(|(at, word)| {
            let year = year_of(&word.plain)?;
            let after_tahun = self.before(at, 1) == Some("tahun");
            // A year may stand before the word as well: `Evaluasi Tahun 2025, Tahun 2026`.
            let of_law = after_tahun
                && self.before(at, 3) != Some("tahun")
                && self.before(at, 2).is_some_and(is_number);
            Some(SaidYear {
                year,
                after_tahun,
                of_law,
            })
        });
        years.collect()
    }
}

#[cfg(test)]
#[path = "prose_tests.rs"]
mod tests;
