//! What comes with the program as readable files: the usual questions, and what a respondent may say about themselves.

use std::sync::LazyLock;

use serde::Deserialize;

use super::entity::setup::FourAnswers;
use crate::platform::i18n::Locale;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionsFile {
    question: Vec<UsualQuestion>,
}

/// How an element is asked when the unit says nothing else.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsualQuestion {
    pub element: String,
    pub id: String,
    pub en: String,
    pub answers_id: FourAnswers,
    pub answers_en: FourAnswers,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    field: Vec<ProfileField>,
}

/// One thing that a respondent may say about themselves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileField {
    /// `sex`, `age_band`, `education` or `occupation`.
    pub field: String,
    id: String,
    en: String,
    /// The regulation that prescribes the choices, or `setting`.
    pub source: String,
    pub choice: Vec<ProfileChoice>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileChoice {
    /// Kept in answers; never changes.
    pub code: String,
    /// What is typed from a sheet of paper.
    pub digit: String,
    id: String,
    en: String,
    /// How lists of offices shorten it, such as `L` and `P`; empty where nothing is usual.
    #[serde(default)]
    short: String,
}

/// The parts of a profile in the order in which they are asked.
pub const PROFILE: [&str; 4] = ["sex", "age_band", "education", "occupation"];

static QUESTIONS: LazyLock<Vec<UsualQuestion>> = LazyLock::new(|| {
    let file = toml::from_str(include_str!("../../fixtures/skm-questions.toml"));
    file.map(|file: QuestionsFile| file.question)
        .unwrap_or_default()
});

static FIELDS: LazyLock<Vec<ProfileField>> = LazyLock::new(|| {
    let file = toml::from_str(include_str!("../../fixtures/skm-profile.toml"));
    file.map(|file: ProfileFile| file.field).unwrap_or_default()
});

/// The usual question of an element; of an own element there is none.
#[must_use]
pub fn usual_question(element: &str) -> Option<&'static UsualQuestion> {
    QUESTIONS.iter().find(|one| one.element == element)
}

/// What may be said about oneself, with its choices.
#[must_use]
pub fn profile() -> &'static [ProfileField] {
    &FIELDS
}

impl ProfileField {
    #[must_use]
    pub fn label(&self, locale: Locale) -> &str {
        match locale {
            Locale::Id => &self.id,
            Locale::En => &self.en,
        }
    }

    /// The code for what was written: the code itself, its words in either language, its digit, or how it is shortened.
    #[must_use]
    pub fn code_of(&self, written: &str) -> Option<&'static str> {
        let written = written.trim().to_lowercase();
        let own = profile().iter().find(|one| one.field == self.field)?;
        let found = own.choice.iter().find(|choice| {
            choice.code == written
                || choice.digit == written
                || choice.id.to_lowercase() == written
                || choice.en.to_lowercase() == written
                || !written.is_empty() && choice.short.to_lowercase() == written
        });
        found.map(|choice| choice.code.as_str())
    }

    /// What may be written, for who wrote something else: `1 Perempuan, 2 Laki-laki`.
    #[must_use]
    pub fn choices(&self, locale: Locale) -> String {
        let told = |choice: &ProfileChoice| match choice.short.is_empty() {
            true => format!("{} {}", choice.digit, choice.label(locale)),
            false => format!(
                "{} {} ({})",
                choice.digit,
                choice.label(locale),
                choice.short
            ),
        };
        self.choice.iter().map(told).collect::<Vec<_>>().join(", ")
    }
}

impl ProfileChoice {
    #[must_use]
    pub fn label(&self, locale: Locale) -> &str {
        match locale {
            Locale::Id => &self.id,
            Locale::En => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_can_be_read_and_are_whole() {
        for element in [
            "requirements",
            "procedure",
            "time",
            "cost",
            "product",
            "competence",
            "behaviour",
            "complaint_handling",
            "facilities",
        ] {
            let question = usual_question(element).expect(element);
            let answers = question.answers_id.0.iter().chain(&question.answers_en.0);
            assert!(answers.into_iter().all(|answer| !answer.is_empty()));
        }
        let fields: Vec<&str> = profile().iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, PROFILE);
        for field in profile() {
            assert!(field.choice.len() < 10, "one digit each");
        }
    }

    #[test]
    fn a_profile_is_known_by_code_words_and_digit() {
        for (written, code) in [
            ("female", Some("female")),
            (" Perempuan ", Some("female")),
            ("2", Some("male")),
            ("Male", Some("male")),
            ("L", Some("male")),
            (" p ", Some("female")),
            ("X", None),
            ("", None),
            ("3", None),
        ] {
            assert_eq!(profile()[0].code_of(written), code, "{written}");
        }
        assert_eq!(profile()[1].code_of(""), None);
        let choices = profile()[0].choices(Locale::Id);
        assert_eq!(choices, "1 Perempuan (P), 2 Laki-laki (L)");
    }
}
