//! The form as it is shown: a question is one row of four answers, each in words.

use serde::Serialize;

use super::service::Form as Asked;
use crate::{
    platform::{
        error::{FieldError, Result},
        i18n::{Locale, Message, t},
        web::forms::{ErrorLine, Form, FormView},
    },
    standards::StandardId,
    surveys::{defaults::profile, entity::setup::question, store::periods},
};

const FACES: [&str; 4] = [
    "emoji-frown",
    "emoji-neutral",
    "emoji-smile",
    "emoji-laughing",
];

#[derive(Serialize)]
pub struct QuestionView {
    pub name: String,
    pub number: usize,
    /// Stable id of the element.
    pub element_id: String,
    pub question: String,
    pub error: Option<String>,
    pub options: Vec<AnswerView>,
}

#[derive(Serialize)]
pub struct AnswerView {
    pub value: usize,
    pub label: String,
    /// Beside the words, never instead of them.
    pub face: &'static str,
    pub selected: bool,
}

/// The name of the n-th question in the form, from 1.
#[must_use]
pub fn field_name(number: usize) -> String {
    format!("u{number}")
}

/// The words of an element for a service: its own, else those of all services.
#[must_use]
pub fn wording<'a>(
    questions: &'a [question::Model],
    element: &str,
    service: StandardId,
) -> Option<&'a question::Model> {
    let mut of_element = questions.iter().filter(|one| one.element_id == element);
    let own = of_element
        .clone()
        .find(|one| one.service_id == Some(service));
    own.or_else(|| of_element.find(|one| one.service_id.is_none()))
}

/// The questions in the order of the period, with what was chosen and what is wrong.
pub async fn questions(
    db: &impl sea_orm::ConnectionTrait,
    asked: &Asked,
    service: StandardId,
    (typed, faults): (Option<&Form>, &[FieldError]),
    locale: Locale,
) -> Result<Vec<QuestionView>> {
    let words = periods::questions(db, &asked.period).await?;
    let rows = asked.elements.iter().zip(1..).map(|(element, number)| {
        let name = field_name(number);
        let chosen = typed.map_or("", |form| form.get(&name));
        let words = wording(&words, &element.element_id, service);
        let (question, answers) = match words {
            Some(words) => {
                let (question, answers) = words.wording(locale);
                (question.to_owned(), answers.clone())
            }
            None => (
                element.name(locale).to_owned(),
                [1, 2, 3, 4].map(|n| n.to_string()),
            ),
        };
        let options = answers.into_iter().zip(FACES).zip(1..);
        QuestionView {
            error: faults
                .iter()
                .find(|fault| fault.field == name)
                .map(|fault| fault.message.text(locale)),
            number,
            element_id: element.element_id.clone(),
            question,
            options: options
                .map(|((label, face), value): (_, usize)| AnswerView {
                    selected: chosen == value.to_string(),
                    value,
                    label,
                    face,
                })
                .collect(),
            name,
        }
    });
    Ok(rows.collect())
}

/// The fields beside the questions.
#[must_use]
pub fn fields(locale: Locale) -> FormView {
    let none = (String::new(), t(locale, "surveys-profile-none"));
    let names = ["sex", "age_band", "education", "occupation"];
    let view = FormView::new().field("comment", false, super::rules::LONGEST_COMMENT);
    names.into_iter().fold(view, |view, name| {
        let field = profile().iter().find(|one| one.field == name);
        let choices = field.into_iter().flat_map(|field| &field.choice);
        let choices = choices.map(|one| (one.code.clone(), one.label(locale).to_owned()));
        view.choice(
            name,
            false,
            std::iter::once(none.clone()).chain(choices).collect(),
        )
    })
}

/// The form with what was typed, and the summary of what is wrong.
#[must_use]
pub fn shown(
    typed: Option<&Form>,
    faults: &[FieldError],
    locale: Locale,
) -> (FormView, Vec<ErrorLine>) {
    let view = fields(locale);
    let view = match typed {
        Some(form) => view.typed(form),
        None => view,
    };
    view.refused(faults, locale)
}

/// "Kira-kira satu menit, 9 pertanyaan".
#[must_use]
pub fn lead(asked: &Asked, locale: Locale) -> String {
    let least = super::rules::least_answered(asked.elements.len(), asked.period.least_percent);
    Message::new("surveys-form-lead")
        .with("questions", asked.elements.len())
        .with("least", least)
        .text(locale)
}
