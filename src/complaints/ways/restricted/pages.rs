//! `/kerja/pengaduan/:number/berkas-terbatas`: what is kept, adding to it, opening one with a reason.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::service;
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    complaints::ways::entity::restricted_file::RestrictedFileId,
    documents::size_text,
    organisation,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/kerja/pengaduan/:number/berkas-terbatas",
            get(show).post(add),
        )
        .at("/kerja/pengaduan/:number/berkas-terbatas/:file", post(open))
}

#[derive(Serialize)]
struct RestrictedPage {
    errors: Vec<ErrorLine>,
    number: String,
    case_href: String,
    action: String,
    rows: Vec<RowView>,
    kept: Vec<String>,
    form: FormView,
}

#[derive(Serialize)]
struct RowView {
    action: String,
    label: String,
    about: String,
}

impl Page for RestrictedPage {
    const TEMPLATE: &'static str = "complaints/ways/restricted";
    fn title(&self, locale: Locale) -> String {
        t(locale, "ways-restricted-title")
    }
}

fn kind_label(code: &str, locale: Locale) -> String {
    t(
        locale,
        &format!("ways-restricted-{}", code.replace('_', "-")),
    )
}

async fn page(ctx: &Ctx, number: &str, form: &Form, faults: &[FieldError]) -> Result<Response> {
    let of = service::case(ctx, number).await?;
    let locale = ctx.locale();
    let unit = organisation::unit(&ctx.app.db, of.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let base = format!("/kerja/pengaduan/{}", of.number);
    let action = format!("{base}/berkas-terbatas");
    let kinds = service::KINDS.iter();
    let kinds = kinds.map(|(_, code)| ((*code).to_owned(), kind_label(code, locale)));
    let view = FormView::new()
        .choice("kind", true, kinds.collect())
        .field("file", true, 0)
        .field("reason", true, 300)
        .typed(form);
    let view = match form.get("kind") {
        "" => view.with("kind", "identity_card"),
        _ => view,
    };
    let (view, errors) = view.refused(faults, locale);
    let files = service::files(&ctx.app.db, &of).await?;
    let page = RestrictedPage {
        errors,
        case_href: base,
        rows: files
            .into_iter()
            .map(|row| {
                let known = service::KINDS.iter().find(|(kind, _)| *kind == row.kind);
                RowView {
                    action: format!("{action}/{}", row.id),
                    label: kind_label(known.map_or("", |(_, code)| code), locale),
                    about: format!(
                        "{} · {}",
                        size_text(row.size, locale),
                        dates::date_time(&row.created_at.with_timezone(&zone), locale)
                    ),
                }
            })
            .collect(),
        action,
        number: of.number,
        kept: Vec::new(),
        form: view,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    ctx.require_scope(Permission::UnmaskReporter)?;
    page(&ctx, &number, &Form::default(), &[]).await
}

#[handler]
async fn add(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    mut form: Form,
) -> Result<Response> {
    ctx.require_scope(Permission::UnmaskReporter)?;
    let file = form.files.pop().map(|file| (file.name, file.bytes));
    let (name, bytes) = file.unwrap_or_default();
    match service::add(&ctx, &number, form.get("kind"), (&name, bytes)).await {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("/kerja/pengaduan/{number}/berkas-terbatas"),
            FlashKind::Ok,
            &Message::new("ways-restricted-added"),
        )),
        Err(Error::Invalid(faults)) => page(&ctx, &number, &form, &faults).await,
        Err(error) => Err(error),
    }
}

#[handler]
async fn open(
    SignedIn(ctx): SignedIn,
    Path((number, file)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    ctx.require_scope(Permission::UnmaskReporter)?;
    let id = RestrictedFileId::parse(&file)?;
    match service::open(&ctx, &number, id, form.get("reason")).await {
        Ok(opened) => Ok(ctx.attachment(&opened.name, &opened.content_type, opened.bytes)),
        Err(Error::Invalid(faults)) => page(&ctx, &number, &form, &faults).await,
        Err(error) => Err(error),
    }
}
