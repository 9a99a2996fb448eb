//! `/kerja/pengaduan/:number/surat`: writing, issuing and reading the letter of clarification.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    paper,
    service::{self, CLASSIFICATIONS, Desk, Typed},
};
use crate::{
    access::{Ctx, SignedIn},
    calendar::dates,
    complaints::rules,
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
        .at("/kerja/pengaduan/:number/surat", get(show).post(save))
        .at("/kerja/pengaduan/:number/surat/pratinjau.pdf", get(preview))
        .at("/kerja/pengaduan/:number/surat/terbitkan", post(issue))
        .at("/kerja/pengaduan/:number/surat/betulkan", post(correct))
        .at("/kerja/pengaduan/:number/surat.pdf", get(pdf))
        .at("/kerja/pengaduan/:number/surat.docx", get(docx))
}

#[derive(Serialize)]
struct LetterPage {
    errors: Vec<ErrorLine>,
    case_href: String,
    number: String,
    base: String,
    version: i32,
    /// Null once it is issued.
    form: Option<FormView>,
    kept: bool,
    anonymous: bool,
    addressee: Vec<String>,
    pattern: String,
    next: String,
    issued: Option<IssuedView>,
}

#[derive(Serialize)]
struct IssuedView {
    number: String,
    at: String,
    verify_href: String,
    subject: String,
    body: String,
}

impl Page for LetterPage {
    const TEMPLATE: &'static str = "complaints/letter";
    fn title(&self, locale: Locale) -> String {
        t(locale, "letter-title")
    }
}

fn fields(desk: &Desk) -> FormView {
    let letter = &desk.letter;
    let officials = desk
        .officials
        .iter()
        .map(|one| (one.id.to_string(), format!("{} – {}", one.name, one.office)));
    let sorts = CLASSIFICATIONS.map(|sort| (sort.to_owned(), sort.to_owned()));
    FormView::new()
        // A draft may wait for it, a letter does not leave without.
        .field("number", true, 80)
        .choice("classification", true, sorts.into())
        .field("subject", true, 200)
        .field("addressee", false, service::ADDRESSEE)
        .field("address_place", false, 100)
        .field("body", true, 8000)
        .field("copies", false, 1000)
        .choice("signatory", true, officials.collect())
        .with("number", letter.number.clone())
        .with("classification", letter.classification.clone())
        .with("subject", letter.subject.clone())
        .with("addressee", letter.addressee.clone())
        .with("address_place", letter.address_place.clone())
        .with("body", letter.body.clone())
        .with("copies", letter.copies.clone())
        .with(
            "signatory",
            letter
                .signatory_id
                .map(|id| id.to_string())
                .unwrap_or_default(),
        )
}

async fn page(
    ctx: &Ctx,
    number: &str,
    form: Option<&Form>,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let desk = service::desk(ctx, number).await?;
    let mut view = fields(&desk);
    if let Some(form) = form {
        view = view.typed(form);
    }
    let (view, errors) = view.refused(faults, locale);
    let zone = organisation::zone_of(&desk.unit)?;
    let issued = match (desk.letter.issued_at, desk.letter.document_id) {
        (Some(at), Some(id)) => Some(IssuedView {
            number: desk.letter.number.clone(),
            at: dates::date_time(&at.with_timezone(&zone), locale),
            verify_href: service::verification_path(ctx, id).await?,
            subject: desk.letter.subject.clone(),
            body: desk.letter.body.clone(),
        }),
        _ => None,
    };
    let base = format!("/kerja/pengaduan/{}", desk.of.number);
    let page = LetterPage {
        errors,
        version: desk.letter.version,
        form: issued.is_none().then_some(view),
        kept: desk.kept,
        anonymous: desk.of.anonymous,
        addressee: paper::addressees(&desk.of, &desk.letter.addressee),
        pattern: desk.unit.letter_number.clone(),
        next: desk.next.unwrap_or_default(),
        issued,
        number: desk.of.number,
        case_href: base.clone(),
        base: format!("{base}/surat"),
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
    page(&ctx, &number, None, &[]).await
}

fn typed(form: &Form) -> Typed {
    let get = |name: &str| form.get(name).to_owned();
    Typed {
        number: get("number"),
        classification: get("classification"),
        subject: get("subject"),
        addressee: get("addressee"),
        address_place: get("address_place"),
        body: get("body"),
        copies: get("copies"),
        signatory: get("signatory"),
    }
}

/// The own second press finds what the first one wrote.
async fn pressed(ctx: &Ctx, number: &str, form: &Form, issued: bool) -> Result<bool> {
    service::stands(ctx, number, &typed(form), issued).await
}

fn done(ctx: &Ctx, number: &str, key: &str) -> Response {
    let path = format!("/kerja/pengaduan/{}/surat", rules::read_number(number));
    ctx.redirect_with(&path, FlashKind::Ok, &Message::new(key))
}

#[handler]
async fn save(SignedIn(ctx): SignedIn, Path(number): Path<String>, form: Form) -> Result<Response> {
    let seen = form.get("version").parse().unwrap_or(-1);
    match service::save(&ctx, &number, seen, &typed(&form)).await {
        Ok(()) => Ok(done(&ctx, &number, "letter-saved")),
        Err(error) if error.is_conflict() && pressed(&ctx, &number, &form, false).await? => {
            Ok(done(&ctx, &number, "letter-saved"))
        }
        Err(Error::Invalid(faults)) => page(&ctx, &number, Some(&form), &faults).await,
        Err(other) => Err(other),
    }
}

/// Saves what stands in the form and issues it.
#[handler]
async fn issue(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let seen: i32 = form.get("version").parse().unwrap_or(-1);
    let outcome = match service::save(&ctx, &number, seen, &typed(&form)).await {
        Ok(()) => service::issue(&ctx, &number, seen + 1).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(done(&ctx, &number, "letter-issued")),
        Err(error) if error.is_conflict() && pressed(&ctx, &number, &form, true).await? => {
            Ok(done(&ctx, &number, "letter-issued"))
        }
        Err(Error::Invalid(faults)) => page(&ctx, &number, Some(&form), &faults).await,
        Err(other) => Err(other),
    }
}

#[handler]
async fn correct(SignedIn(ctx): SignedIn, Path(number): Path<String>, _: Form) -> Result<Response> {
    service::correct(&ctx, &number).await?;
    Ok(done(&ctx, &number, "letter-correcting"))
}

#[handler]
async fn preview(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    let bytes = service::preview(&ctx, &number).await?;
    Ok(ctx.download("pratinjau.pdf", "application/pdf", bytes))
}

#[handler]
async fn pdf(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    let bytes = service::pdf(&ctx, &number).await?;
    let name = format!("surat-klarifikasi-{}.pdf", rules::read_number(&number));
    Ok(ctx.download(&name, "application/pdf", bytes))
}

#[handler]
async fn docx(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    let bytes = service::word(&ctx, &number).await?;
    let name = format!("surat-klarifikasi-{}.docx", rules::read_number(&number));
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    Ok(ctx.download(&name, kind, bytes))
}
