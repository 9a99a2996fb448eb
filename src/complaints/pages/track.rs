//! Number and code open the status page, or the code alone.

use poem::{Response, handler, http::StatusCode, web::Query};
use serde::{Deserialize, Serialize};

use super::status;
use crate::{
    access::{Ctx, Public},
    complaints::tracking,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

#[derive(Serialize)]
struct TrackPage {
    errors: Vec<ErrorLine>,
    fields: FormView,
}

impl Page for TrackPage {
    const TEMPLATE: &'static str = "complaints/track";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-track-title")
    }
}

fn page(ctx: &Ctx, number: &str, faults: &[FieldError]) -> Result<Response> {
    let view = FormView::new()
        .field("number", false, 30)
        .field("code", true, 30)
        .with("number", number);
    let (fields, errors) = view.refused(faults, ctx.locale());
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::NOT_FOUND
    };
    ctx.page_of(None, status, &TrackPage { errors, fields })
}

#[derive(Deserialize)]
pub(super) struct Known {
    nomor: Option<String>,
}

#[handler]
pub(super) fn show_form(Public(ctx): Public, Query(query): Query<Known>) -> Result<Response> {
    let number: String = query.nomor.unwrap_or_default().chars().take(30).collect();
    page(&ctx, &number, &[])
}

#[handler]
pub(super) async fn open_case(Public(ctx): Public, form: Form) -> Result<Response> {
    match tracking::open(&ctx, form.get("number"), form.get("code")).await {
        Ok(found) => {
            let mut response = ctx.redirect("/pengaduan/status");
            status::allow(&ctx, &mut response, found.id);
            Ok(response)
        }
        // The same words whichever of the two is wrong. The code is not written back.
        Err(Error::NotFound) => {
            let fault = FieldError {
                field: "code".to_owned(),
                message: Message::new(match form.get("number").trim() {
                    "" => "complaints-track-wrong-code",
                    _ => "complaints-track-wrong",
                }),
            };
            page(&ctx, form.get("number"), &[fault])
        }
        Err(error) => Err(error),
    }
}
