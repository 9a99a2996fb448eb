//! Who lost the secret code: `/lupa-kode` sends a link to the address on file, the link makes another code, and so does an
//! officer at the counter. A new code is shown once, on the page that made it.

use poem::{
    Response, handler,
    http::StatusCode,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{status, told};
use crate::{
    access::{Ctx, Permission, Public, SignedIn},
    complaints::{entity::complaint, filing, handling, rules, viewing},
    platform::{
        crypto,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

#[derive(Serialize)]
struct LostPage {
    errors: Vec<ErrorLine>,
    form: FormView,
}

impl Page for LostPage {
    const TEMPLATE: &'static str = "filing/lost_code";
    fn title(&self, locale: Locale) -> String {
        t(locale, "filing-lost-title")
    }
}

fn fields() -> FormView {
    FormView::new()
        .field("number", true, 30)
        .field("contact", true, 254)
}

fn lost_page(ctx: &Ctx, form: FormView, faults: &[FieldError]) -> Result<Response> {
    let (form, errors) = form.refused(faults, ctx.locale());
    ctx.page_of(None, status_of(faults), &LostPage { errors, form })
}

fn status_of(faults: &[FieldError]) -> StatusCode {
    match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

#[derive(Deserialize)]
pub(super) struct Known {
    nomor: Option<String>,
}

#[handler]
pub(super) fn ask_form(Public(ctx): Public, Query(known): Query<Known>) -> Result<Response> {
    let number: String = known.nomor.unwrap_or_default().chars().take(30).collect();
    lost_page(&ctx, fields().with("number", number), &[])
}

#[handler]
pub(super) async fn ask(Public(ctx): Public, form: Form) -> Result<Response> {
    match filing::ask_code(&ctx, form.get("number"), form.get("contact")).await {
        // The same words whatever was typed.
        Ok(()) => {
            let asked = Message::new("filing-lost-asked");
            Ok(ctx.redirect_with("/lacak", FlashKind::Info, &asked))
        }
        Err(Error::Invalid(faults)) => lost_page(&ctx, fields().typed(&form), &faults),
        Err(error) => Err(error),
    }
}

#[derive(Serialize)]
struct RenewPage {
    number: String,
    /// None where the link opens nothing any more.
    action: Option<String>,
    /// The new code in groups of four; empty before it is made.
    code: String,
}

impl Page for RenewPage {
    const TEMPLATE: &'static str = "filing/renew_code";
    fn title(&self, locale: Locale) -> String {
        t(locale, "filing-renew-title")
    }
}

fn spaced(code: &str) -> String {
    rules::grouped(code).join(" ")
}

#[handler]
pub(super) async fn show_link(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    let (status, number, action) = match filing::way_back_of(&ctx, &token).await {
        Ok(of) => (
            StatusCode::OK,
            of.number,
            Some(format!("/kabar/kode/{token}")),
        ),
        Err(Error::NotFound) => (StatusCode::NOT_FOUND, String::new(), None),
        Err(error) => return Err(error),
    };
    let page = RenewPage {
        number,
        action,
        code: String::new(),
    };
    ctx.page_of(None, status, &page)
}

#[handler]
pub(super) async fn renew(
    Public(ctx): Public,
    Path(token): Path<String>,
    _form: Form,
) -> Result<Response> {
    match filing::renew_by_link(&ctx, &token).await {
        Ok((of, code)) => {
            let mut response = ctx.page(&RenewPage {
                number: of.number,
                action: None,
                code: spaced(&code),
            })?;
            status::allow(&ctx, &mut response, of.id);
            Ok(response)
        }
        // Pressed twice, or too late: the page says where another link comes from.
        Err(Error::NotFound) => Ok(ctx.redirect(&format!("/kabar/kode/{token}"))),
        Err(error) => Err(error),
    }
}

#[derive(Serialize)]
struct CounterPage {
    errors: Vec<ErrorLine>,
    number: String,
    case_href: String,
    /// None where nobody can be taken for the complainant, and once it is made.
    action: Option<String>,
    refused: String,
    code: String,
    /// Sent twice the form makes one code.
    form_key: String,
    form: FormView,
}

impl Page for CounterPage {
    const TEMPLATE: &'static str = "complaints/new_code";
    fn title(&self, locale: Locale) -> String {
        t(locale, "filing-code-title")
    }
}

impl CounterPage {
    fn of(of: &complaint::Model) -> Self {
        let base = format!("/kerja/pengaduan/{}", of.number);
        Self {
            errors: Vec::new(),
            number: of.number.clone(),
            action: Some(format!("{base}/kode-baru")),
            case_href: base,
            refused: String::new(),
            code: String::new(),
            form_key: crypto::random_token(),
            form: FormView::new()
                .field("identity_seen", true, 0)
                .field("reason", true, 300),
        }
    }
}

async fn counter_page(
    ctx: &Ctx,
    number: &str,
    refused: Option<(&Form, Error)>,
) -> Result<Response> {
    let of = viewing::found(ctx, number).await?;
    ctx.require(Permission::RegisterComplaint, of.unit_id)?;
    handling::require_text(ctx, &of)?;
    let mut page = CounterPage::of(&of);
    let mut status = StatusCode::OK;
    if let Some(why) = filing::unowned(&ctx.app.db, ctx, &of).await? {
        page.refused = why.text(ctx.locale());
        page.action = None;
    } else if let Some((form, error)) = refused {
        let told = told(error, "reason", ctx.locale())?;
        status = told.status;
        if !form.get("form_key").is_empty() {
            page.form_key = form.get("form_key").to_owned();
        }
        (page.form, page.errors) = page.form.typed(form).refused(&told.faults, ctx.locale());
        page.errors.extend(told.lines);
    }
    ctx.page_of(None, status, &page)
}

#[handler]
pub(super) async fn show_counter(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    counter_page(&ctx, &number, None).await
}

#[handler]
pub(super) async fn renew_at_counter(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let said = (form.is_on("identity_seen"), form.get("reason"));
    match filing::renew_at_counter(&ctx, &number, said, form.get("form_key")).await {
        Ok((of, code)) => ctx.page(&CounterPage {
            action: None,
            code: spaced(&code),
            ..CounterPage::of(&of)
        }),
        Err(error) => counter_page(&ctx, &number, Some((&form, error))).await,
    }
}
