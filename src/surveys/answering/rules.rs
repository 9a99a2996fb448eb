//! What a sheet of answers may hold, and what of its coming looks like a machine.

use chrono::{DateTime, Utc};

use crate::surveys::entity::setup::element;

/// The answer of one element: 1 to 4, or none.
pub type Score = Option<u8>;

pub const LONGEST_COMMENT: usize = 1000;
/// A tablet without network may bring answers so many days later.
pub const LATEST_DAYS: i64 = 14;

/// Answers of one network that follow one another within so many seconds are one run. At a counter the next person is
/// hardly ever done so soon, and never many times in a row. A choice of ours.
pub const RUN_GAP_SECONDS: i64 = 30;
/// A run of so many answers is shown to the office; a family around one telephone is fewer. A choice of ours.
pub const LEAST_RUN: i32 = 10;
/// Nobody reads a question with its four answers and chooses in less. A choice of ours.
const SECONDS_A_QUESTION: i64 = 1;

/// Whether an answer belongs to the run whose last one came then. Of two at once the earlier may be kept after the later.
#[must_use]
pub fn follows(last: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (now - last).num_seconds().abs() <= RUN_GAP_SECONDS
}

/// Whether a form with so many questions came back sooner than it is read. One that says nothing of when it was shown,
/// or something false, is none of ours.
#[must_use]
pub fn is_swift(shown: Option<DateTime<Utc>>, now: DateTime<Utc>, questions: usize) -> bool {
    let least = i64::try_from(questions).unwrap_or(i64::MAX) * SECONDS_A_QUESTION;
    shown.is_none_or(|shown| (now - shown).num_seconds() < least)
}

/// `1` to `4`; blank, `-` and `0` are no answer; anything else is a fault.
pub fn score(written: &str) -> Result<Score, ()> {
    match written.trim() {
        "" | "-" | "–" | "0" => Ok(None),
        "1" => Ok(Some(1)),
        "2" => Ok(Some(2)),
        "3" => Ok(Some(3)),
        "4" => Ok(Some(4)),
        _ => Err(()),
    }
}

/// As a row keeps them: one character an element.
#[must_use]
pub fn kept(scores: &[Score]) -> String {
    let one = |score: &Score| score.map_or('-', |score| char::from(b'0' + score));
    scores.iter().map(one).collect()
}

/// So many elements have to be answered, of so many: a share rounded up, at least one.
#[must_use]
pub fn least_answered(elements: usize, percent: i32) -> usize {
    let percent = usize::try_from(percent.clamp(0, 100)).unwrap_or_default();
    (elements * percent).div_ceil(100).max(1)
}

#[must_use]
pub fn answered(scores: &[Score]) -> usize {
    scores.iter().flatten().count()
}

/// The place of an element in the scores, by its stable id or its name within the period.
#[must_use]
pub fn place(elements: &[element::Model], named: &str) -> Option<usize> {
    elements
        .iter()
        .position(|one| one.element_id == named || one.label.eq_ignore_ascii_case(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_one_to_four_or_nothing() {
        for (written, expected) in [
            ("1", Ok(Some(1))),
            (" 4 ", Ok(Some(4))),
            ("", Ok(None)),
            ("-", Ok(None)),
            ("0", Ok(None)),
            ("5", Err(())),
            ("3,5", Err(())),
            ("3.0", Err(())),
            ("-1", Err(())),
            ("٣", Err(())),
            ("sangat", Err(())),
        ] {
            assert_eq!(score(written), expected, "{written}");
        }
    }

    #[test]
    fn a_sheet_is_kept_as_one_character_an_element() {
        assert_eq!(kept(&[Some(4), None, Some(1)]), "4-1");
        assert_eq!(kept(&[]), "");
    }

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    #[test]
    fn a_run_goes_on_while_the_next_comes_within_half_a_minute() {
        for (last, now, expected) in [
            (0, 0, true),
            (0, 30, true),
            (0, 31, false),
            (5, 0, true),
            (31, 0, false),
        ] {
            assert_eq!(follows(at(last), at(now)), expected, "{last} {now}");
        }
    }

    #[test]
    fn nine_questions_are_not_read_in_eight_seconds() {
        for (shown, now, questions, swift) in [
            (Some(0), 8, 9, true),
            (Some(0), 9, 9, false),
            (Some(0), 3600, 9, false),
            (Some(0), 2, 3, true),
            (None, 3600, 9, true),
        ] {
            assert_eq!(is_swift(shown.map(at), at(now), questions), swift, "{now}");
        }
    }

    #[test]
    fn half_of_nine_is_five() {
        for (elements, percent, least) in [
            (9, 50, 5),
            (10, 50, 5),
            (9, 100, 9),
            (9, 0, 1),
            (1, 50, 1),
            (14, 50, 7),
        ] {
            assert_eq!(least_answered(elements, percent), least);
        }
    }
}
