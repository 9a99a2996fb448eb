//! The questions of a category as fields of a form: on the citizen's second page, and where an officer takes down what
//! somebody told.

use serde::Serialize;

use super::{
    categories::Sort,
    rules::{ABOUT, ABOUT_FIELDS, ABOUT_LETTERS, FIELDS, QuestionKind},
};
use crate::platform::{
    i18n::{Locale, t},
    web::forms::{FieldView, Form, FormView},
};

/// What the partial `filing/questions` shows.
#[derive(Serialize)]
pub struct QuestionView {
    /// Which partial shows it.
    shape: &'static str,
    label: String,
    field: FieldView,
    /// Beside a day: for who does not remember it.
    about: Option<FieldView>,
}

fn shape(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Text => "text",
        QuestionKind::Choice => "select",
        QuestionKind::Date => "date",
        QuestionKind::YesNo => "radios",
    }
}

/// Adds the fields of the questions, with what was answered.
#[must_use]
pub fn with_questions(
    mut view: FormView,
    sort: Option<&Sort>,
    answers: &[String],
    locale: Locale,
) -> FormView {
    let questions = sort.map(Sort::asked).unwrap_or_default();
    for (place, question) in questions.into_iter().enumerate().take(FIELDS.len()) {
        let (name, about) = (FIELDS[place], ABOUT_FIELDS[place]);
        view = match question.kind {
            QuestionKind::Text => view.field(name, question.required, 500),
            QuestionKind::Date => {
                view.field(name, question.required, 0)
                    .field(about, false, ABOUT_LETTERS)
            }
            QuestionKind::Choice => {
                let none = (String::new(), t(locale, "filing-choose"));
                let all = question.choices.into_iter().map(|one| (one.clone(), one));
                view.choice(
                    name,
                    question.required,
                    [none].into_iter().chain(all).collect(),
                )
            }
            QuestionKind::YesNo => view.choice(
                name,
                question.required,
                vec![
                    ("yes".to_owned(), t(locale, "filing-yes")),
                    ("no".to_owned(), t(locale, "filing-no")),
                ],
            ),
        };
        let answer = answers.get(place).map_or("", String::as_str);
        view = match answer.split_once(ABOUT) {
            Some((day, words)) if question.kind == QuestionKind::Date => {
                view.with(name, day).with(about, words)
            }
            _ => view.with(name, answer),
        };
    }
    view
}

/// The questions with their fields, which are taken out of the view.
pub fn questions(view: &mut FormView, sort: Option<&Sort>) -> Vec<QuestionView> {
    let rows = sort.into_iter().flat_map(|sort| &sort.questions);
    let mut field = |name: &str| view.fields.remove(name).unwrap_or_default();
    rows.zip(FIELDS.into_iter().zip(ABOUT_FIELDS))
        .map(|(row, (name, about))| QuestionView {
            shape: shape(row.kind),
            label: row.label.clone(),
            field: field(name),
            about: (row.kind == QuestionKind::Date).then(|| field(about)),
        })
        .collect()
}

/// The answers as they were typed; words beside a day stand for it, or behind it.
#[must_use]
pub fn answers_of(form: &Form) -> Vec<String> {
    let fields = FIELDS.into_iter().zip(ABOUT_FIELDS);
    let typed = fields.map(|(name, about)| (form.get(name), form.get(about).trim()));
    typed
        .map(|(answer, about)| match about {
            "" => answer.to_owned(),
            about => format!("{answer}{ABOUT}{about}"),
        })
        .collect()
}
