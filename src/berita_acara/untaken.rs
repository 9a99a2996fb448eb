//! What was said and is no agreement yet: on the page where points are written each input has a field of its own, and one
//! button makes a point of every field that was written into. Nothing is filled in: a complaint is not yet an agreement.

use serde::Serialize;

use super::{points::NewPoint, service::Book, store::Content, views::Typed};
use crate::{
    forums::{ForumInput, ForumInputId},
    platform::{
        check::Check,
        error::Result,
        i18n::{Locale, Message},
        web::forms::Form,
    },
};

/// An input that no point takes up, with the field for what was agreed about it.
#[derive(Serialize)]
pub struct UntakenView {
    id: String,
    code: String,
    /// The group of who said it.
    from: String,
    text: String,
    /// What was answered at once, if anything.
    answer: Option<String>,
    written: String,
    error: Option<String>,
    /// Its field is in sight from the start: there are few, or something was written into it.
    open: bool,
}

/// So many fields are all in sight; of more, each opens with its input.
const FEW: usize = 6;

/// Whether no point takes it up.
fn is_free(content: &Content, input: &ForumInput) -> bool {
    let mut points = content.points.iter();
    !points.any(|point| point.inputs.contains(&input.id))
}

/// How many inputs no point takes up.
pub fn count(book: &Book, content: &Content) -> usize {
    let free = book.inputs.iter().filter(|input| is_free(content, input));
    free.count()
}

pub fn untaken(
    book: &Book,
    content: &Content,
    typed: Option<&Typed<'_>>,
    locale: Locale,
) -> Vec<UntakenView> {
    let view = |input: &ForumInput| {
        let id = input.id.to_string();
        // By its id: somebody else may have made a point of another one meanwhile.
        let at = typed.and_then(|typed| typed.form.all("taken").iter().position(|one| *one == id));
        let written = typed
            .zip(at)
            .and_then(|(typed, at)| typed.form.all("agreed").get(at).copied())
            .unwrap_or_default();
        // What was typed stays, although the input is a point by now.
        if !is_free(content, input) && written.trim().is_empty() {
            return None;
        }
        let field = at.map(|at| format!("agreed_{at}"));
        let fault = typed.and_then(|typed| {
            let mut faults = typed.faults.iter();
            faults.find(|fault| Some(&fault.field) == field.as_ref())
        });
        Some(UntakenView {
            code: input.code.clone(),
            from: input.raised_by_group.label(locale),
            text: input.text.clone(),
            answer: input.answer.clone(),
            open: !written.trim().is_empty() || fault.is_some(),
            written: written.to_owned(),
            error: fault.map(|fault| fault.message.text(locale)),
            id,
        })
    };
    let mut views: Vec<UntakenView> = book.inputs.iter().filter_map(view).collect();
    if views.len() <= FEW {
        views.iter_mut().for_each(|view| view.open = true);
    }
    views
}

/// The points that were written beside inputs; fields left empty are none.
pub fn new_points(form: &Form) -> Result<Vec<NewPoint>> {
    let mut check = Check::new();
    let mut points: Vec<NewPoint> = Vec::new();
    let taken = form.all("taken");
    for (at, text) in form.all("agreed").into_iter().enumerate() {
        if text.trim().is_empty() {
            continue;
        }
        let field = format!("agreed_{at}");
        let text = check.text(&field, text, 5, 2000);
        let Some(Ok(input)) = taken.get(at).map(|id| ForumInputId::parse(id)) else {
            check.fault(&field, Message::new("field-unknown-choice"));
            continue;
        };
        // One answer to two voices is one agreement.
        match points.iter_mut().find(|point| point.text == text) {
            Some(same) => same.inputs.push(input),
            None => points.push(NewPoint {
                text,
                inputs: vec![input],
                looked: form.is_on("looked"),
                beside: Some(field),
            }),
        }
    }
    check.finish()?;
    Ok(points)
}
