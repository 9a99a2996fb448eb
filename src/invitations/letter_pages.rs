//! The letter as a form, and how it will look on paper.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use poem::{Request, Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    LetterFields,
    rules::{self, Classification},
    service::{self, Bundle},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    documents::{self, Kind},
    forums::ForumId,
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
            "/kerja/forum/:id/undangan/surat",
            get(edit_letter).post(write_letter),
        )
        .at("/kerja/forum/:id/undangan/surat.pdf", get(preview_letter))
        .at(
            "/kerja/forum/:id/undangan/surat/pratinjau",
            post(preview_draft),
        )
}

#[derive(Serialize)]
struct LetterPage {
    action: String,
    preview_action: String,
    back_href: String,
    version: i32,
    from: String,
    number_hint: String,
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for LetterPage {
    const TEMPLATE: &'static str = "invitations/letter";
    fn title(&self, locale: Locale) -> String {
        t(locale, "invitations-letter-title")
    }
}

/// Pages of a letter that are shown as pictures; the PDF has all of them.
const MOST_PICTURES: usize = 6;

/// The letter page by page, as large as the screen allows: for narrow screens and for those without script.
#[derive(Serialize)]
struct PicturesPage {
    back_href: String,
    pages: Vec<PictureView>,
}

#[derive(Serialize)]
struct PictureView {
    number: usize,
    of: usize,
    src: String,
}

impl PicturesPage {
    fn of(forum: &ForumId, pages: &[String]) -> Self {
        let view = |(number, picture): (usize, &String)| PictureView {
            number,
            of: pages.len(),
            src: format!("data:image/svg+xml;base64,{}", STANDARD.encode(picture)),
        };
        Self {
            back_href: format!("/kerja/forum/{forum}/undangan/surat"),
            pages: (1..).zip(pages).map(view).collect(),
        }
    }
}

impl Page for PicturesPage {
    const TEMPLATE: &'static str = "invitations/letter_preview";
    fn title(&self, locale: Locale) -> String {
        t(locale, "invitations-letter-preview")
    }
}

fn empty_form(locale: Locale) -> FormView {
    let classifications = [Classification::Ordinary, Classification::Restricted]
        .map(|value| (value.code(), value.label(locale)));
    FormView::new()
        .field("number", false, 80)
        .field("letter_date", false, 0)
        .field("place", true, 80)
        .choice("classification", true, classifications.to_vec())
        .field("subject", true, 200)
        .field("addressee", true, 300)
        .field("place_line", true, 80)
        .field("opening", true, 2000)
        .field("body", true, 2000)
        .field("closing", true, 1000)
        .field("signatory_position", true, 150)
        .field("signatory_name", true, 150)
        .field("signatory_rank", false, 80)
        .field("signatory_nip", false, 30)
        .field("copies", false, 2000)
}

/// What the form shows first: the letter as it is, or the usual wording with the head of the inviting
/// unit as its signatory.
async fn first_view(ctx: &Ctx, bundle: &Bundle) -> Result<FormView> {
    let fields = match &bundle.letter {
        Some(letter) => LetterFields::from(letter.clone()),
        None => usual_wording(ctx, bundle).await?,
    };
    let date = fields.letter_date.map(|day| day.to_string());
    Ok(empty_form(ctx.locale())
        .with("number", fields.number.unwrap_or_default())
        .with("letter_date", date.unwrap_or_default())
        .with("place", fields.place)
        .with("classification", fields.classification.code())
        .with("subject", fields.subject)
        .with("addressee", fields.addressee)
        .with("place_line", fields.place_line)
        .with("opening", fields.opening)
        .with("body", fields.body)
        .with("closing", fields.closing)
        .with("signatory_position", fields.signatory_position)
        .with("signatory_name", fields.signatory_name)
        .with("signatory_rank", fields.signatory_rank)
        .with("signatory_nip", fields.signatory_nip)
        .with("copies", fields.copies.join("\n")))
}

/// Letters are Indonesian, whatever language the organiser reads.
async fn usual_wording(ctx: &Ctx, bundle: &Bundle) -> Result<LetterFields> {
    let words = |key: &str| {
        Message::new(key)
            .with("unit", &bundle.unit.name)
            .text(Locale::Id)
    };
    let head = match organisation::head_of(&ctx.app.db, bundle.from.id).await {
        Ok(official) => Some(official),
        Err(Error::NotFound) => None,
        Err(other) => return Err(other),
    };
    let (position, name, rank, nip) = head.map_or_else(Default::default, |official| {
        (official.office, official.name, official.rank, official.nip)
    });
    Ok(LetterFields {
        number: None,
        letter_date: None,
        place: bundle.from.city.clone(),
        classification: Classification::Ordinary,
        subject: words("invitations-usual-subject"),
        addressee: words("invitations-usual-addressee"),
        place_line: words("invitations-usual-place-line"),
        opening: words("invitations-usual-opening"),
        body: words("invitations-usual-body"),
        closing: words("invitations-usual-closing"),
        signatory_position: position,
        signatory_name: name,
        signatory_rank: rank,
        signatory_nip: nip,
        copies: Vec::new(),
    })
}

async fn number_hint(ctx: &Ctx, bundle: &Bundle) -> Result<String> {
    let pattern = &bundle.from.letter_number;
    let hint = match service::next_number(ctx, bundle).await? {
        _ if pattern.is_empty() => Message::new("invitations-number-hint"),
        None => Message::new("invitations-number-pattern").with("pattern", pattern),
        Some(next) => Message::new("invitations-number-next")
            .with("pattern", pattern)
            .with("next", next),
    };
    Ok(hint.text(ctx.locale()))
}

async fn page_of(
    ctx: &Ctx,
    bundle: &Bundle,
    form: FormView,
    version: i32,
    faults: &[FieldError],
) -> Result<Response> {
    let (form, errors) = form.refused(faults, ctx.locale());
    let base = format!("/kerja/forum/{}/undangan", bundle.forum.id);
    let page = LetterPage {
        action: format!("{base}/surat"),
        preview_action: format!("{base}/surat/pratinjau"),
        number_hint: number_hint(ctx, bundle).await?,
        back_href: base,
        version,
        from: bundle.from.name.clone(),
        form,
        errors,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(Some(&organisation::brand_of(&bundle.unit)), status, &page)
}

#[handler]
async fn edit_letter(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let bundle = service::bundle(&ctx, ForumId::parse(&id)?, Permission::ManageForum).await?;
    rules::may_change(bundle.state())?;
    let version = bundle.letter.as_ref().map_or(0, |letter| letter.version);
    let form = first_view(&ctx, &bundle).await?;
    page_of(&ctx, &bundle, form, version, &[]).await
}

#[handler]
async fn write_letter(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let bundle = service::bundle(&ctx, id, Permission::ManageForum).await?;
    let version = form.get("version").parse().unwrap_or(-1);
    let written = match LetterFields::parse(&form) {
        Ok(fields) => service::save_letter(&ctx, id, version, fields).await,
        Err(error) => Err(error),
    };
    match written {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("/kerja/forum/{id}/undangan"),
            FlashKind::Ok,
            &Message::new("invitations-letter-saved"),
        )),
        Err(Error::Invalid(faults)) => {
            let typed = empty_form(ctx.locale()).typed(&form);
            page_of(&ctx, &bundle, typed, version, &faults).await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn preview_letter(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let bytes = service::preview(&ctx, ForumId::parse(&id)?).await?;
    Ok(ctx.download("pratinjau-undangan.pdf", "application/pdf", bytes))
}

/// What is being written, before it is saved: a picture for the page's own script, a page of pictures to look at
/// closely, a PDF for everything else.
#[handler]
async fn preview_draft(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    request: &Request,
    form: Form,
) -> Result<Response> {
    let fields = LetterFields::unfinished(&form);
    let id = ForumId::parse(&id)?;
    let data = service::draft(&ctx, id, fields).await?;
    let app = &ctx.app;
    if request.header("accept") == Some("image/svg+xml") {
        let first = documents::pictures(app, Kind::Invitation, &data, ctx.now, 1).await?;
        return Ok(Response::builder()
            .content_type("image/svg+xml")
            .body(first.concat()));
    }
    if form.get("view") == "page" {
        let pages =
            documents::pictures(app, Kind::Invitation, &data, ctx.now, MOST_PICTURES).await?;
        return ctx.page(&PicturesPage::of(&id, &pages));
    }
    let bytes = documents::render(app, Kind::Invitation, &data, ctx.now).await?;
    Ok(ctx.download("pratinjau-undangan.pdf", "application/pdf", bytes))
}
