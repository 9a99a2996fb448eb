//! The third page: who you are, as far as you want to say, and who may know.

use poem::{Request, Response, handler, http::StatusCode};
use serde::Serialize;

use super::{At, DETAILS, arrive, dots, faults_of, onward};
use crate::{
    access::{Ctx, Public},
    complaints::{
        filing::{self, Begun},
        intake,
        pages::new::fields,
    },
    organisation,
    platform::{
        error::{FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

/// What this page asks.
const ASKED: [&str; 3] = ["name", "phone", "email"];

#[derive(Serialize)]
struct PersonPage {
    errors: Vec<ErrorLine>,
    dots: [bool; 4],
    form: String,
    fields: FormView,
    back_href: &'static str,
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "filing/person";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-new-section-you")
    }
}

async fn page(ctx: &Ctx, begun: &Begun, faults: &[FieldError]) -> Result<Response> {
    let content = &begun.content;
    let unit = organisation::unit(&ctx.app.db, begun.unit).await?;
    let on = |yes: bool| if yes { "true" } else { "" };
    let view = fields(ctx, &unit)
        .await?
        .with("name", &content.name)
        .with("phone", &content.phone)
        .with("email", &content.email)
        .with("anonymous", on(content.anonymous))
        .with("confidential", on(content.confidential));
    let (fields, errors) = view.refused(faults, ctx.locale());
    let page = PersonPage {
        errors,
        dots: dots(3),
        form: begun.key.clone(),
        fields,
        back_href: DETAILS,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(Some(&organisation::brand_of(&unit)), status, &page)
}

#[handler]
pub(super) async fn show(Public(ctx): Public, request: &Request) -> Result<Response> {
    match arrive(&ctx, request, None).await? {
        At::Elsewhere(response) => Ok(response),
        At::Here(begun) => page(&ctx, &begun, &[]).await,
    }
}

#[handler]
pub(super) async fn keep(Public(ctx): Public, request: &Request, form: Form) -> Result<Response> {
    let mut begun = match arrive(&ctx, request, Some(&form)).await? {
        At::Elsewhere(response) => return Ok(response),
        At::Here(begun) => begun,
    };
    let content = &mut begun.content;
    form.get("name").clone_into(&mut content.name);
    form.get("phone").clone_into(&mut content.phone);
    form.get("email").clone_into(&mut content.email);
    content.anonymous = form.is_on("anonymous");
    content.confidential = form.is_on("confidential");
    let mut faults = match intake::check(&ctx, &content.draft(), "").await {
        Ok(_) => Vec::new(),
        Err(error) => faults_of(error)?,
    };
    // What another page asks is told there.
    faults.retain(|fault| ASKED.contains(&fault.field.as_str()));
    // A choice that reads as nothing must not pass for "with my name".
    for choice in ["anonymous", "confidential"] {
        if !matches!(form.get(choice), "" | "false") && !form.is_on(choice) {
            faults.push(FieldError {
                field: choice.to_owned(),
                message: Message::new("field-unknown-choice"),
            });
        }
    }
    content.introduced = faults.is_empty();
    filing::save(&ctx, &begun).await?;
    if !faults.is_empty() {
        return page(&ctx, &begun, &faults).await;
    }
    Ok(onward(&ctx, &begun))
}
