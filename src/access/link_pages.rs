//! Setting a password by link: asking for one, and the page that it opens.

use poem::{Response, Route, get, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    ctx::{Ctx, Public},
    links,
};
use crate::platform::{
    error::{Error, FieldError, Result},
    i18n::{Locale, Message, t},
    web::{
        cookies::FlashKind,
        forms::{ErrorLine, Form, FormView},
        pages::Page,
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/masuk/lupa", get(ask_form).post(ask))
        .at("/masuk/kata-sandi/:token", get(set_form).post(set))
}

#[derive(Serialize)]
struct AskPage {
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for AskPage {
    const TEMPLATE: &'static str = "access/forgotten";
    fn title(&self, locale: Locale) -> String {
        t(locale, "links-ask-title")
    }
}

fn ask_page(ctx: &Ctx, form: FormView, faults: &[FieldError]) -> Result<Response> {
    let (form, errors) = form.refused(faults, ctx.locale());
    ctx.page_of(None, status_of(faults), &AskPage { form, errors })
}

fn status_of(faults: &[FieldError]) -> StatusCode {
    match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

#[handler]
async fn ask_form(Public(ctx): Public) -> Result<Response> {
    ask_page(&ctx, FormView::new().field("email", true, 254), &[])
}

#[handler]
async fn ask(Public(ctx): Public, form: Form) -> Result<Response> {
    match links::forgotten(&ctx, form.get("email")).await {
        Ok(()) => Ok(ctx.redirect_with("/masuk", FlashKind::Ok, &Message::new("links-asked"))),
        Err(Error::Invalid(faults)) => {
            let typed = FormView::new().field("email", true, 254).typed(&form);
            ask_page(&ctx, typed, &faults)
        }
        Err(error) => Err(error),
    }
}

#[derive(Serialize)]
struct SetPage {
    /// Null where the link opens nothing any more.
    email: Option<String>,
    name: String,
    action: String,
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for SetPage {
    const TEMPLATE: &'static str = "access/set_password";
    fn title(&self, locale: Locale) -> String {
        t(locale, "links-set-title")
    }
}

async fn set_page(ctx: &Ctx, token: &str, faults: &[FieldError]) -> Result<Response> {
    let owner = match links::owner(ctx, token).await {
        Ok(owner) => Some(owner),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    let form = FormView::new().field("new_password", true, 200);
    let (form, errors) = form.refused(faults, ctx.locale());
    let status = match owner {
        Some(_) => status_of(faults),
        None => StatusCode::NOT_FOUND,
    };
    let page = SetPage {
        name: owner
            .as_ref()
            .map(|one| one.name.clone())
            .unwrap_or_default(),
        email: owner.map(|one| one.email),
        action: format!("/masuk/kata-sandi/{token}"),
        form,
        errors,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn set_form(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    set_page(&ctx, &token, &[]).await
}

#[handler]
async fn set(Public(ctx): Public, Path(token): Path<String>, form: Form) -> Result<Response> {
    match links::set_password(&ctx, &token, form.get("new_password")).await {
        Ok(()) => Ok(ctx.redirect_with("/masuk", FlashKind::Ok, &Message::new("links-set"))),
        Err(Error::Invalid(faults)) => set_page(&ctx, &token, &faults).await,
        Err(Error::NotFound) => set_page(&ctx, &token, &[]).await,
        Err(error) => Err(error),
    }
}
