//! The standard answers of the unit: a list, and a form for each.

use poem::{Response, handler, http::StatusCode, web::Path};
use serde::Serialize;

use crate::{
    access::{Ctx, SignedIn},
    complaints::standard_answers::{self as answers, PLACEHOLDERS, Typed},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
    },
};

const LIST: &str = "/kerja/pengaduan/jawaban-baku";

#[derive(Serialize)]
struct StandardPage {
    errors: Vec<ErrorLine>,
    rows: Vec<Row>,
    placeholders: String,
    action: String,
    /// What is edited; none for a new one.
    remove_action: Option<String>,
    heading: String,
    version: i32,
    title: FieldView,
    text: FieldView,
}

#[derive(Serialize)]
struct Row {
    href: String,
    title: String,
    text: String,
    current: bool,
}

impl Page for StandardPage {
    const TEMPLATE: &'static str = "complaints/standard";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-standard-title")
    }
}

async fn page(ctx: &Ctx, id: Option<&str>, refused: Option<(&Form, Error)>) -> Result<Response> {
    let locale = ctx.locale();
    let all = answers::list(ctx).await?;
    let edited = match id {
        Some(id) => Some(answers::one(ctx, id).await?),
        None => None,
    };
    let mut view = FormView::new()
        .field("title", true, 80)
        .field("text", true, 4000);
    if let Some(edited) = &edited {
        view = view.with("title", &edited.title).with("text", &edited.text);
    }
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some((form, error)) = refused {
        view = view.typed(form);
        let told = super::told(error, "title", locale)?;
        status = told.status;
        (view, errors) = view.refused(&told.faults, locale);
        errors.extend(told.lines);
    }
    let mut field = |name: &str| view.fields.remove(name).unwrap_or_default();
    let key = match edited {
        Some(_) => "complaints-standard-change",
        None => "complaints-standard-new",
    };
    let page = StandardPage {
        errors,
        rows: all
            .into_iter()
            .map(|one| Row {
                href: format!("{LIST}/{}", one.id),
                current: edited.as_ref().is_some_and(|edited| edited.id == one.id),
                title: one.title,
                text: beginning(&one.text),
            })
            .collect(),
        placeholders: PLACEHOLDERS.map(|word| format!("{{{word}}}")).join("  "),
        action: match &edited {
            Some(edited) => format!("{LIST}/{}", edited.id),
            None => LIST.to_owned(),
        },
        remove_action: edited
            .as_ref()
            .map(|edited| format!("{LIST}/{}/hapus", edited.id)),
        heading: t(locale, key),
        version: edited.as_ref().map_or(0, |edited| edited.version),
        title: field("title"),
        text: field("text"),
    };
    ctx.page_of(None, status, &page)
}

/// Enough to recognise it.
fn beginning(text: &str) -> String {
    let short: String = text.chars().take(140).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}

fn typed(form: &Form) -> Typed {
    Typed {
        title: form.get("title").to_owned(),
        text: form.get("text").to_owned(),
    }
}

fn back(ctx: &Ctx, key: &str) -> Response {
    ctx.redirect_with(LIST, FlashKind::Ok, &Message::new(key))
}

#[handler]
pub(super) async fn list(SignedIn(ctx): SignedIn) -> Result<Response> {
    page(&ctx, None, None).await
}

#[handler]
pub(super) async fn add(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    match answers::add(&ctx, &typed(&form)).await {
        Ok(()) => Ok(back(&ctx, "complaints-standard-added")),
        Err(error) => page(&ctx, None, Some((&form, error))).await,
    }
}

#[handler]
pub(super) async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    page(&ctx, Some(&id), None).await
}

fn version(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or(0)
}

#[handler]
pub(super) async fn change(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    match answers::change(&ctx, &id, version(&form), &typed(&form)).await {
        Ok(()) => Ok(back(&ctx, "complaints-standard-changed")),
        Err(error) => page(&ctx, Some(&id), Some((&form, error))).await,
    }
}

#[handler]
pub(super) async fn remove(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    answers::remove(&ctx, &id, version(&form)).await?;
    Ok(back(&ctx, "complaints-standard-removed"))
}
