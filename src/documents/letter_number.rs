//! Letter numbers by the pattern of the office that signs: `400.12.5.5/{nomor}/DISDUKCAPIL/{tahun}`. The number itself
//! comes from the office's register of letters; the pattern shows slips of the pen, and what probably comes next.

use chrono::{Datelike as _, NaiveDate};

use crate::platform::{
    error::{Error, Result},
    i18n::Message,
};

const RUNNING: &str = "{nomor}";
const YEAR: &str = "{tahun}";

/// The running part of a number that was made by this pattern in this year.
#[must_use]
pub fn running(pattern: &str, number: &str, year: i32) -> Option<u64> {
    let pattern = pattern.replace(YEAR, &year.to_string());
    let (before, after) = pattern.split_once(RUNNING)?;
    let digits = number.strip_prefix(before)?.strip_suffix(after)?;
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// A number by this pattern, for people who are to see how one looks.
#[must_use]
pub fn example(pattern: &str, year: i32) -> String {
    made(pattern, "123", year)
}

fn made(pattern: &str, running: &str, year: i32) -> String {
    pattern
        .replace(YEAR, &year.to_string())
        .replace(RUNNING, running)
}

/// What is wrong with the number of an official paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// It does not look like `400.12.5.5/3865/DISDUKCAPIL/2025`: a classification first, no empty part, a year last.
    Shape,
    /// It bears another year than the paper.
    Year,
}

/// Judges a number for a paper of this year, if the paper has one yet. What the office's own pattern makes is right,
/// whatever it begins with.
#[must_use]
pub fn slip(pattern: &str, number: &str, year: Option<i32>) -> Option<Slip> {
    let parts: Vec<&str> = number.split('/').map(str::trim).collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let said = parts.last().filter(|part| part.len() == 4 && digits(part));
    let said: Option<i32> = said.and_then(|part| part.parse().ok());
    let own = |year| running(pattern, number, year).is_some();
    if year.or(said).is_some_and(own) {
        return None;
    }
    let classified = parts[0].split('.').all(digits);
    let filled = parts.iter().all(|part| !part.is_empty());
    let shaped = parts.len() >= 3 && classified && filled;
    match said {
        Some(said) if shaped || own(said) => year.filter(|year| *year != said).map(|_| Slip::Year),
        _ => Some(Slip::Shape),
    }
}

/// The same for a paper of a day that is entered into the register later: of December also with the number of January.
#[must_use]
pub fn slip_of_day(pattern: &str, number: &str, day: NaiveDate) -> Option<Slip> {
    let of = |year| slip(pattern, number, Some(year));
    let found = of(day.year())?;
    let late = day.month() == 12 && of(day.year() + 1).is_none();
    (!late).then_some(found)
}

/// Refuses the number of a paper of this day that does not fit; `other_year` is the text that says whose year is meant.
/// The register of letters may give the number later: none is no fault.
pub fn check(pattern: &str, number: &str, day: NaiveDate, other_year: &'static str) -> Result<()> {
    if number.is_empty() {
        return Ok(());
    }
    let key = match slip_of_day(pattern, number, day) {
        Some(Slip::Shape) => "documents-number-shape",
        Some(Slip::Year) => other_year,
        None => return Ok(()),
    };
    let message = Message::new(key).with("year", day.year().to_string());
    Err(Error::field("number", message))
}

/// The number after the highest one that was used this year; none before the year's first letter is known.
#[must_use]
pub fn next(pattern: &str, used: &[String], year: i32) -> Option<String> {
    let last = used
        .iter()
        .filter_map(|number| running(pattern, number, year))
        .max()?;
    Some(made(pattern, &last.checked_add(1)?.to_string(), year))
}

/// The whole number of somebody who typed only its running part.
#[must_use]
pub fn completed(pattern: &str, typed: String, year: i32) -> String {
    let plain = !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit());
    if plain && pattern.contains(RUNNING) {
        made(pattern, &typed, year)
    } else {
        typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATTERN: &str = "400.12.5.5/{nomor}/DISDUKCAPIL/{tahun}";

    #[test]
    fn a_number_fits_its_pattern_and_year() {
        for (number, found) in [
            ("400.12.5.5/3865/DISDUKCAPIL/2025", Some(3865)),
            ("400.12.5.5/3865/DISDUKCAPIL/2026", None),
            ("400.12.5.5//DISDUKCAPIL/2025", None),
            ("400.12.5.5/38a/DISDUKCAPIL/2025", None),
            ("400.12.5/3865/DISDUKCAPIL/2025", None),
            ("400.12.5.5/99999999999999999999/DISDUKCAPIL/2025", None),
            ("", None),
        ] {
            assert_eq!(running(PATTERN, number, 2025), found, "{number}");
        }
        assert_eq!(
            running("", "1", 2025),
            None,
            "an office without a pattern has none"
        );
    }

    #[test]
    fn the_register_of_january_numbers_papers_of_december() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (on, number, expected) in [
            ("2026-12-30", "400.12.5.5/1/DISDUKCAPIL/2026", None),
            ("2026-12-30", "400.12.5.5/1/DISDUKCAPIL/2027", None),
            (
                "2026-12-30",
                "400.12.5.5/1/DISDUKCAPIL/2028",
                Some(Slip::Year),
            ),
            (
                "2026-11-30",
                "400.12.5.5/1/DISDUKCAPIL/2027",
                Some(Slip::Year),
            ),
            ("2026-12-30", "abc", Some(Slip::Shape)),
        ] {
            assert_eq!(slip_of_day(PATTERN, number, day(on)), expected, "{number}");
        }
    }

    #[test]
    fn a_number_has_a_classification_and_the_year_of_its_paper() {
        for (number, expected) in [
            ("400.12.5.5/3865/DISDUKCAPIL/2026", None),
            ("400/1/2026", None),
            ("045/12/SKM/2026", None),
            ("400/1/2025", Some(Slip::Year)),
            ("400.12.5.5/3865/DISDUKCAPIL/2025", Some(Slip::Year)),
            ("abc", Some(Slip::Shape)),
            ("", Some(Slip::Shape)),
            ("400/2026", Some(Slip::Shape)),
            ("400//X/2026", Some(Slip::Shape)),
            ("BA/1/2026", Some(Slip::Shape)),
            ("400/1/ACAK", Some(Slip::Shape)),
            ("400/1/7", Some(Slip::Shape)),
            ("400/1/-2026", Some(Slip::Shape)),
        ] {
            assert_eq!(slip(PATTERN, number, Some(2026)), expected, "{number}");
        }
        assert_eq!(slip("", "400/1/2025", None), None, "a paper without a date");
        for (number, expected) in [
            ("BA/1/KANTAH/2026", None),
            ("BA/1/KANTAH/2025", Some(Slip::Year)),
            ("BA/1/LAIN/2026", Some(Slip::Shape)),
        ] {
            let own = slip("BA/{nomor}/KANTAH/{tahun}", number, Some(2026));
            assert_eq!(own, expected, "{number}");
        }
    }

    #[test]
    fn the_running_part_alone_is_enough() {
        let whole = "400.12.5.5/3865/DISDUKCAPIL/2025";
        assert_eq!(completed(PATTERN, "3865".into(), 2025), whole);
        assert_eq!(completed(PATTERN, whole.into(), 2025), whole);
        assert_eq!(completed("", "3865".into(), 2025), "3865");
        assert_eq!(completed(PATTERN, String::new(), 2025), "");
    }

    #[test]
    fn an_example_shows_no_marks_of_the_pattern() {
        let shown = example(PATTERN, 2026);
        assert_eq!(shown, "400.12.5.5/123/DISDUKCAPIL/2026");
        assert_eq!(running(PATTERN, &shown, 2026), Some(123));
    }

    #[test]
    fn the_next_number_follows_the_highest_of_the_year() {
        let used = [
            "400.12.5.5/12/DISDUKCAPIL/2025".to_owned(),
            "400.12.5.5/3865/DISDUKCAPIL/2025".to_owned(),
            "400.12.5.5/9000/DISDUKCAPIL/2024".to_owned(),
        ];
        assert_eq!(
            next(PATTERN, &used, 2025).as_deref(),
            Some("400.12.5.5/3866/DISDUKCAPIL/2025")
        );
        assert_eq!(next(PATTERN, &used, 2026), None);
    }
}
