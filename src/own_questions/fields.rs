//! The questions as fields of a form, and what came back. A field is named after the question and its version: an
//! answer to words that changed meanwhile is not taken for an answer to the new ones.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    OwnQuestion, OwnQuestionId,
    rules::{self, QuestionKind},
};
use crate::platform::{
    check::Check,
    error::FieldError,
    i18n::{Locale, t},
    web::forms::{Form, OptionView},
};

const LONGEST: usize = 500;

/// What somebody gave for each question that they were asked; none: left empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given(pub Vec<(OwnQuestionId, Option<String>)>);

/// One question as the partial `own_questions/fields` shows it.
#[derive(Clone, Debug, Serialize)]
pub struct AskedField {
    label: String,
    is_text: bool,
    field: OwnField,
}

#[derive(Clone, Debug, Serialize)]
struct OwnField {
    name: String,
    value: String,
    error: Option<String>,
    required: bool,
    maxlength: Option<usize>,
    options: Vec<OptionView>,
}

fn name_of(question: &OwnQuestion) -> String {
    format!("tanya-{}-{}", question.id.0.simple(), question.version)
}

/// The questions with what was answered before.
#[must_use]
pub fn asked_fields(
    questions: &[OwnQuestion],
    known: &BTreeMap<OwnQuestionId, String>,
    locale: Locale,
) -> Vec<AskedField> {
    let value = |question: &OwnQuestion| known.get(&question.id).cloned().unwrap_or_default();
    questions
        .iter()
        .map(|question| field_of(question, value(question), locale))
        .collect()
}

/// The questions with what was typed, and what is wrong with it.
#[must_use]
pub fn refused(
    questions: &[OwnQuestion],
    form: &Form,
    faults: &[FieldError],
    locale: Locale,
) -> Vec<AskedField> {
    questions
        .iter()
        .map(|question| {
            let name = name_of(question);
            let mut asked = field_of(question, form.get(&name).to_owned(), locale);
            let fault = faults.iter().find(|fault| fault.field == name);
            asked.field.error = fault.map(|fault| fault.message.text(locale));
            asked
        })
        .collect()
}

fn field_of(question: &OwnQuestion, value: String, locale: Locale) -> AskedField {
    let mut options = rules::options(question, locale);
    let is_text = question.kind == QuestionKind::Text;
    if !is_text && !question.needed {
        // A chosen round button cannot be let go otherwise.
        options.push((String::new(), t(locale, "own-questions-no-answer")));
    }
    let options = options.into_iter().map(|(of, label)| OptionView {
        selected: of == value,
        value: of,
        label,
        hint: None,
    });
    AskedField {
        label: question.wording.clone(),
        is_text,
        field: OwnField {
            name: name_of(question),
            options: options.collect(),
            error: None,
            required: question.needed,
            maxlength: is_text.then_some(LONGEST),
            value,
        },
    }
}

/// Reads the answers; a needed one that is missing is a fault.
pub fn parse(check: &mut Check, questions: &[OwnQuestion], form: &Form) -> Given {
    let read = |question: &OwnQuestion| {
        let name = name_of(question);
        let raw = form.get(&name);
        let answer = match question.kind {
            _ if raw.trim().is_empty() && !question.needed => None,
            QuestionKind::Text => Some(check.text(&name, raw, 1, LONGEST)),
            QuestionKind::Choice | QuestionKind::YesNo => {
                let options = rules::options(question, Locale::Id);
                check.choice(&name, raw, |chosen| {
                    let found = options.iter().find(|(value, _)| value == chosen);
                    found.map(|(value, _)| value.clone())
                })
            }
        };
        (question.id, answer)
    };
    Given(questions.iter().map(read).collect())
}
