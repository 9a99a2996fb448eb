//! The page on which points are written: beside the inputs that they answer, and freely. One form and one button, so that
//! nothing that was typed waits beside another one.

use poem::{Response, http::StatusCode};
use serde::Serialize;

use super::{
    forms,
    points::NewPoint,
    service::Book,
    untaken::{self, UntakenView, untaken},
    views::{Typed, base_of},
};
use crate::{
    access::Ctx,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

#[derive(Serialize)]
struct PointsPage {
    back_href: String,
    action: String,
    /// Those that stand already, in their order.
    there: Vec<String>,
    untaken: Vec<UntakenView>,
    form: FormView,
    /// Every input by its code, for a point of several.
    inputs: Vec<CodeView>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct CodeView {
    value: String,
    code: String,
    selected: bool,
}

impl Page for PointsPage {
    const TEMPLATE: &'static str = "berita_acara/points";
    fn title(&self, locale: Locale) -> String {
        t(locale, "berita-acara-points-write")
    }
}

/// The page, empty or with what was refused.
pub fn respond(ctx: &Ctx, book: &Book, typed: Option<&Typed<'_>>) -> Result<Response> {
    let content = book.content.as_ref().ok_or(Error::NotFound)?;
    let locale = ctx.locale();
    let base = base_of(book.forum.id);
    let (view, errors) = match typed {
        Some(typed) => forms::point_form()
            .typed(typed.form)
            .refused(typed.faults, locale),
        None => (forms::point_form(), Vec::new()),
    };
    let chosen = typed.map_or_else(Vec::new, |typed| typed.form.all("inputs"));
    let inputs = book.inputs.iter().map(|input| CodeView {
        selected: chosen.contains(&input.id.to_string().as_str()),
        value: input.id.to_string(),
        code: input.code.clone(),
    });
    let page = PointsPage {
        action: format!("{base}/butir"),
        back_href: base,
        there: content
            .points
            .iter()
            .map(|point| point.row.text.clone())
            .collect(),
        untaken: untaken(book, content, typed, locale),
        inputs: inputs.collect(),
        form: view,
        errors,
    };
    let status = match typed {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    ctx.page_of(None, status, &page)
}

/// Everything that was written on the page: all of it is kept, or nothing.
pub fn written(form: &Form) -> Result<Vec<NewPoint>> {
    let beside = untaken::new_points(form);
    let is_free = !form.get("text").trim().is_empty();
    let free = is_free.then(|| forms::new_point(form)).transpose();
    let (mut points, free) = match (beside, free) {
        (Ok(points), Ok(free)) => (points, free),
        (Err(Error::Invalid(mut faults)), Err(Error::Invalid(more))) => {
            faults.extend(more);
            return Err(Error::Invalid(faults));
        }
        (Err(error), _) | (_, Err(error)) => return Err(error),
    };
    points.extend(free);
    if points.is_empty() {
        return Err(Error::field(
            "text",
            Message::new("berita-acara-points-nothing"),
        ));
    }
    Ok(points)
}
