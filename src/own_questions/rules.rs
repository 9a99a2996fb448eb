//! What a question may be, when it may change, and how answers are counted.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::entity::{answer, question};
use crate::platform::i18n::{Locale, Message, t};

/// A form of more is not filled in two minutes.
pub const MOST_QUESTIONS: usize = 10;
pub const MOST_CHOICES: usize = 12;

#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    poem_openapi::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum QuestionKind {
    Text,
    /// One of several.
    Choice,
    YesNo,
}

impl QuestionKind {
    pub const ALL: [Self; 3] = [Self::YesNo, Self::Choice, Self::Text];

    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::try_from_value(&code.to_owned()).ok()
    }

    #[must_use]
    pub fn label(self, locale: Locale) -> String {
        let code = self.code().replace('_', "-");
        t(locale, &format!("own-questions-kind-{code}"))
    }
}

/// A question as the organiser writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionFields {
    pub wording: String,
    pub kind: QuestionKind,
    pub choices: Vec<String>,
    pub needed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("somebody answered: the wording stays")]
    Answered,
    #[error("ten questions are asked already")]
    Many,
    #[error("the forum has begun")]
    Begun,
}

/// Whether one more may be asked.
pub fn may_ask(active: usize) -> Result<(), Broken> {
    match active < MOST_QUESTIONS {
        true => Ok(()),
        false => Err(Broken::Many),
    }
}

/// An answer to other words would be no answer: once somebody gave one, only whether it is needed may change.
pub fn may_change(
    question: &question::Model,
    fields: &QuestionFields,
    answered: bool,
) -> Result<(), Broken> {
    let same = question.wording == fields.wording
        && question.kind == fields.kind
        && question.choices.0 == fields.choices;
    match answered && !same {
        true => Err(Broken::Answered),
        false => Ok(()),
    }
}

pub const YES: &str = "yes";
pub const NO: &str = "no";

/// What may be chosen (value, label); none where a text is typed.
#[must_use]
pub fn options(question: &question::Model, locale: Locale) -> Vec<(String, String)> {
    match question.kind {
        QuestionKind::Text => Vec::new(),
        QuestionKind::Choice => {
            let choices = question.choices.0.iter();
            choices.map(|one| (one.clone(), one.clone())).collect()
        }
        QuestionKind::YesNo => [YES, NO]
            .map(|value| {
                (
                    value.to_owned(),
                    t(locale, &format!("own-questions-{value}")),
                )
            })
            .to_vec(),
    }
}

/// An answer as people read it.
#[must_use]
pub fn shown(question: &question::Model, answer: &str, locale: Locale) -> String {
    let options = options(question, locale);
    let found = options.into_iter().find(|(value, _)| value == answer);
    found.map_or_else(|| answer.to_owned(), |(_, label)| label)
}

/// How a question was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub answered: usize,
    /// (label, how many), in the order of the choices; none of a text.
    pub counts: Vec<(String, usize)>,
}

/// Counts the answers of those who still come.
#[must_use]
pub fn tally(
    question: &question::Model,
    answers: &[answer::Model],
    coming: impl Fn(Uuid) -> bool,
    locale: Locale,
) -> Tally {
    let mine: Vec<&answer::Model> = answers
        .iter()
        .filter(|one| one.question_id == question.id && coming(one.respondent_id))
        .collect();
    let count = |value: &str| mine.iter().filter(|one| one.answer == value).count();
    Tally {
        answered: mine.len(),
        counts: options(question, locale)
            .into_iter()
            .map(|(value, label)| (label, count(&value)))
            .collect(),
    }
}

/// The refusal in words.
#[must_use]
pub fn told(broken: Broken) -> (&'static str, Message) {
    let (code, key) = match broken {
        Broken::Answered => ("own_question.answered", "rule-own-question-answered"),
        Broken::Many => ("own_question.many", "rule-own-question-many"),
        Broken::Begun => ("own_question.begun", "rule-own-question-begun"),
    };
    (code, Message::new(key).with("most", MOST_QUESTIONS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{forums::ForumId, organisation::UnitId, own_questions::OwnQuestionId};

    fn question(kind: QuestionKind, choices: &[&str]) -> question::Model {
        question::Model {
            id: OwnQuestionId::new(),
            unit_id: UnitId::new(),
            forum_id: ForumId::new(),
            position: 1,
            kind,
            wording: "Perlu kursi roda?".into(),
            choices: question::Choices(choices.iter().map(|one| (*one).to_owned()).collect()),
            needed: true,
            active: true,
            version: 1,
            created_at: "2026-03-17T02:00:00Z".parse().unwrap(),
        }
    }

    fn fields(wording: &str, needed: bool) -> QuestionFields {
        QuestionFields {
            wording: wording.into(),
            kind: QuestionKind::YesNo,
            choices: Vec::new(),
            needed,
        }
    }

    #[test]
    fn the_wording_stays_once_somebody_answered() {
        let asked = question(QuestionKind::YesNo, &[]);
        for (wording, needed, answered, outcome) in [
            ("Perlu kursi roda?", false, true, Ok(())),
            ("Perlu parkir?", true, false, Ok(())),
            ("Perlu parkir?", true, true, Err(Broken::Answered)),
        ] {
            let new = fields(wording, needed);
            assert_eq!(may_change(&asked, &new, answered), outcome, "{wording}");
        }
        assert_eq!(may_ask(9), Ok(()));
        assert_eq!(may_ask(10), Err(Broken::Many));
    }

    #[test]
    fn answers_of_those_who_come_are_counted_by_choice() {
        let asked = question(QuestionKind::Choice, &["Pagi", "Siang"]);
        let gone = Uuid::now_v7();
        let said = |answer: &str, who: Uuid| answer::Model {
            id: Uuid::now_v7(),
            unit_id: asked.unit_id,
            forum_id: asked.forum_id,
            question_id: asked.id,
            respondent_id: who,
            answer: answer.into(),
            answered_at: asked.created_at,
        };
        let answers = [
            said("Siang", Uuid::now_v7()),
            said("Siang", Uuid::now_v7()),
            said("Pagi", gone),
        ];
        let found = tally(&asked, &answers, |who| who != gone, Locale::Id);
        assert_eq!(found.answered, 2);
        assert_eq!(found.counts, [("Pagi".into(), 0), ("Siang".into(), 2)]);
    }
}
