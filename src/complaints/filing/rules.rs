//! What is taken in and what is asked: functions of values only.

use chrono::NaiveDate;
use sea_orm::{Iterable as _, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::platform::{check::Check, i18n::Message};

/// More would make the page long, and a form has room for so many names.
pub const MOST_QUESTIONS: usize = 8;

/// The names of the questions' fields, in their order.
pub const FIELDS: [&str; MOST_QUESTIONS] = [
    "answer1", "answer2", "answer3", "answer4", "answer5", "answer6", "answer7", "answer8",
];

/// Beside a question for a day: the words of who does not remember it.
pub const ABOUT_FIELDS: [&str; MOST_QUESTIONS] = [
    "about1", "about2", "about3", "about4", "about5", "about6", "about7", "about8",
];

/// Stands before such words in an answer, behind the day where one is given too: `~awal Oktober`, `2026-10-03~siang`.
pub const ABOUT: char = '~';
pub const ABOUT_LETTERS: usize = 150;

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    Text,
    Choice,
    Date,
    YesNo,
}

impl QuestionKind {
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::try_from_value(&code.to_owned()).ok()
    }
}

/// A question as it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub label: String,
    pub kind: QuestionKind,
    pub required: bool,
    pub choices: Vec<String>,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Words(String),
    Day(NaiveDate),
    /// A day, and what somebody wrote beside it.
    About(NaiveDate, String),
    Yes,
    No,
}

/// Reads the answers in the order of the questions; what may stay empty and does is none.
pub fn read_answers(
    check: &mut Check,
    questions: &[Question],
    raw: &[String],
) -> Vec<Option<Answer>> {
    let mut answers = Vec::with_capacity(questions.len());
    let fields = FIELDS.into_iter().zip(ABOUT_FIELDS);
    for ((question, names), place) in questions.iter().zip(fields).zip(0..) {
        let typed = raw.get(place).map_or("", String::as_str);
        answers.push(read_answer(check, question, names, typed));
    }
    answers
}

fn read_answer(
    check: &mut Check,
    question: &Question,
    (field, about): (&str, &str),
    typed: &str,
) -> Option<Answer> {
    if typed.trim().is_empty() {
        if question.required {
            // Who does not know the day must not be kept from complaining.
            let message = match question.kind {
                QuestionKind::Date => "filing-day-required",
                _ => "field-required",
            };
            check.fault(field, Message::new(message));
        }
        return None;
    }
    match question.kind {
        QuestionKind::Text => check.optional(field, typed, 500).map(Answer::Words),
        QuestionKind::Date => Some(match typed.split_once(ABOUT) {
            None => Answer::Day(check.date(field, typed)),
            Some((day, words)) => {
                let words = check.line(about, words, 3, ABOUT_LETTERS);
                match day.trim().is_empty() {
                    true => Answer::Words(words),
                    false => Answer::About(check.date(field, day), words),
                }
            }
        }),
        QuestionKind::Choice => check
            .choice(field, typed, |value| {
                question.choices.iter().find(|one| *one == value).cloned()
            })
            .map(Answer::Words),
        QuestionKind::YesNo => check.choice(field, typed, |value| match value {
            "yes" => Some(Answer::Yes),
            "no" => Some(Answer::No),
            _ => None,
        }),
    }
}

/// Whether a hash begins with so many zero bits.
#[must_use]
pub fn has_zero_bits(hash: &[u8], bits: u32) -> bool {
    let mut left = bits;
    for byte in hash {
        let zeros = byte.leading_zeros();
        if zeros >= left {
            return true;
        }
        if zeros < 8 {
            return false;
        }
        left -= 8;
    }
    left == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: QuestionKind, required: bool) -> Question {
        Question {
            label: "Sejak kapan?".to_owned(),
            kind,
            required,
            choices: vec!["Loket 1".to_owned(), "Loket 2".to_owned()],
        }
    }

    #[test]
    fn an_answer_fits_its_question() {
        use QuestionKind::{Choice, Date, Text, YesNo};
        for (kind, required, typed, expected) in [
            (Text, false, "", Ok(None)),
            (Text, true, "  ", Err(())),
            (
                Text,
                true,
                " tiga kali ",
                Ok(Some(Answer::Words("tiga kali".to_owned()))),
            ),
            (Text, true, "<b>tiga</b>", Err(())),
            (
                Choice,
                true,
                "Loket 2",
                Ok(Some(Answer::Words("Loket 2".to_owned()))),
            ),
            (Choice, true, "Loket 3", Err(())),
            (Choice, false, "", Ok(None)),
            (YesNo, true, "yes", Ok(Some(Answer::Yes))),
            (YesNo, true, "no", Ok(Some(Answer::No))),
            (YesNo, true, "perhaps", Err(())),
            (Date, true, "2026-02-30", Err(())),
            (Date, true, "", Err(())),
            (
                Date,
                true,
                "~ tidak ingat",
                Ok(Some(Answer::Words("tidak ingat".to_owned()))),
            ),
            (Date, true, "~", Err(())),
            (
                Date,
                true,
                "2026-03-02~ siang",
                Ok(Some(Answer::About(
                    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap(),
                    "siang".to_owned(),
                ))),
            ),
            (Date, true, "2026-02-30~siang", Err(())),
        ] {
            let mut check = Check::new();
            let asked = [question(kind, required)];
            let answers = read_answers(&mut check, &asked, &[typed.to_owned()]);
            let outcome = match check.finish() {
                Ok(()) => Ok(answers.into_iter().next().flatten()),
                Err(_) => Err(()),
            };
            assert_eq!(outcome, expected, "{kind:?} {typed}");
        }
    }

    #[test]
    fn a_fault_stands_on_the_field_in_which_it_was_typed() {
        for (typed, field) in [
            ("2026-02-30", "answer1"),
            ("2026-02-30~siang", "answer1"),
            ("~x", "about1"),
            ("2026-03-02~x", "about1"),
        ] {
            let mut check = Check::new();
            let asked = [question(QuestionKind::Date, true)];
            read_answers(&mut check, &asked, &[typed.to_owned()]);
            let faults = match check.finish() {
                Err(crate::platform::error::Error::Invalid(faults)) => faults,
                other => panic!("{typed}: {other:?}"),
            };
            let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
            assert_eq!(fields, [field], "{typed}");
        }
    }

    #[test]
    fn zero_bits_are_counted_over_bytes() {
        for (hash, bits, enough) in [
            ([0xFF_u8, 0, 0], 0, true),
            ([0x00, 0xFF, 0], 8, true),
            ([0x00, 0xFF, 0], 9, false),
            ([0x00, 0x0F, 0], 12, true),
            ([0x00, 0x1F, 0], 12, false),
            ([0, 0, 0], 24, true),
            ([0, 0, 0], 25, false),
        ] {
            assert_eq!(has_zero_bits(&hash, bits), enough, "{hash:?} {bits}");
        }
    }
}
