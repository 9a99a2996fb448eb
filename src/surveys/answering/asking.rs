//! What a form asks, for programs.

use super::{form_view::wording, rules::least_answered, service::Form};
use crate::{
    access::Ctx,
    platform::{
        error::{Error, Result},
        i18n::Locale,
    },
    standards,
    surveys::{
        api::{SurveyChoice, SurveyProfileField, SurveyQuestion},
        defaults::profile,
        store::periods,
    },
};

/// How many have to be answered, and the questions in the words for this service.
pub async fn questions(
    ctx: &Ctx,
    form: &Form,
    service: &str,
) -> Result<(usize, Vec<SurveyQuestion>)> {
    let db = &ctx.app.db;
    let standard = standards::by_code(db, form.unit.id, service).await?;
    let standard = standard.ok_or(Error::NotFound)?;
    let asked = periods::services(db, form.period.id).await?;
    if !asked.iter().any(|row| row.service_id == standard.id) {
        return Err(Error::NotFound);
    }
    let words = periods::questions(db, &form.period).await?;
    let questions = form.elements.iter().filter_map(|element| {
        let words = wording(&words, &element.element_id, standard.id)?;
        let (question, answers) = words.wording(ctx.locale());
        Some(SurveyQuestion {
            element: element.element_id.clone(),
            question: question.to_owned(),
            answers: answers.to_vec(),
        })
    });
    let least = least_answered(form.elements.len(), form.period.least_percent);
    Ok((least, questions.collect()))
}

#[must_use]
pub fn profile_fields(locale: Locale) -> Vec<SurveyProfileField> {
    profile()
        .iter()
        .map(|field| SurveyProfileField {
            field: field.field.clone(),
            label: field.label(locale).to_owned(),
            source: field.source.clone(),
            choices: field
                .choice
                .iter()
                .map(|one| SurveyChoice {
                    code: one.code.clone(),
                    label: one.label(locale).to_owned(),
                })
                .collect(),
        })
        .collect()
}
