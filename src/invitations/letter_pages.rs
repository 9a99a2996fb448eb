//! The letter as a form, and how it will look on paper.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{Datelike as _, NaiveDate};
use poem::{Request, Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    LetterFields,
    letter_check::proposed_date,
    offices,
    rules::{self, Classification},
    service::{self, Bundle},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::{self, dates},
    documents::{self, Kind, letter_number},
    forums::{self, ForumId},
    organisation::{self, Unit},
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
    /// The office that the form was made for: whoever chooses another gets its signatory first.
    shown_from: String,
    /// More than one office to choose from.
    choosing: bool,
    /// For those who may register another office.
    register_href: Option<String>,
    /// Said when another office was chosen just now.
    switched: Option<String>,
    /// Which letter this one takes the place of.
    replaces: Option<String>,
    number_hint: String,
    date_hint: String,
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

fn empty_form(locale: Locale, offices: &[Unit]) -> FormView {
    let offices = offices
        .iter()
        .map(|one| (one.id.to_string(), one.name.clone()))
        .collect();
    let classifications = [Classification::Ordinary, Classification::Restricted]
        .map(|value| (value.code(), value.label(locale)));
    FormView::new()
        .choice("from", true, offices)
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
async fn first_view(
    ctx: &Ctx,
    bundle: &Bundle,
    offices: &[Unit],
    next: Option<&str>,
) -> Result<FormView> {
    let fields = match &bundle.letter {
        Some(letter) => LetterFields::from(letter.clone()),
        None => usual_wording(ctx, bundle).await?,
    };
    let date = fields.letter_date.map(|day| day.to_string());
    let number = fields.number;
    let number = number.unwrap_or_else(|| proposed_number(bundle, next));
    Ok(empty_form(ctx.locale(), offices)
        .with("from", bundle.from.id.to_string())
        .with("number", number)
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
    let [position, name, rank, nip] = offices::signatory(ctx, &bundle.from).await?;
    let today = ctx.today_in(bundle.zone);
    let calendar = calendar::work_calendar(&ctx.app.db, bundle.unit.id).await?;
    Ok(LetterFields {
        number: None,
        letter_date: proposed_date(today, bundle.forum.date, false, &calendar),
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

/// The letter that is corrected, by its number and date, while the next version is written.
fn replaced(bundle: &Bundle) -> Option<(&str, NaiveDate)> {
    let letter = bundle.letter.as_ref()?;
    letter.reopened_at?;
    letter.replaces_number.as_deref().zip(letter.replaces_date)
}

/// A first letter's number is taken from the register; whoever corrects one gets the next by the letters known here.
fn proposed_number(bundle: &Bundle, next: Option<&str>) -> String {
    let next = next.filter(|_| replaced(bundle).is_some());
    next.unwrap_or_default().to_owned()
}

fn number_hint(ctx: &Ctx, bundle: &Bundle, next: Option<&str>) -> String {
    let pattern = &bundle.from.letter_number;
    let hint = match (next, replaced(bundle)) {
        (Some(next), Some((replaced, _))) => Message::new("invitations-number-correction")
            .with("replaced", replaced)
            .with("next", next),
        _ if pattern.is_empty() => Message::new("invitations-number-hint"),
        (None, _) => {
            let year = ctx.today_in(bundle.zone).year();
            Message::new("invitations-number-pattern")
                .with("office", &bundle.from.name)
                .with("example", letter_number::example(pattern, year))
        }
        (Some(next), None) => Message::new("invitations-number-next")
            .with("office", &bundle.from.name)
            .with("next", next),
    };
    hint.text(ctx.locale())
}

/// A correction may still be written on the day of the forum.
fn date_hint_key(bundle: &Bundle) -> &'static str {
    match replaced(bundle) {
        Some(_) => "invitations-letter-date-hint-correction",
        None => "invitations-letter-date-hint",
    }
}

/// How the form is shown this time.
struct Shown<'a> {
    form: FormView,
    /// The number that probably comes next.
    next: Option<&'a str>,
    version: i32,
    choosing: bool,
    switched: bool,
    faults: &'a [FieldError],
}

async fn page_of(ctx: &Ctx, bundle: &Bundle, shown: Shown<'_>) -> Result<Response> {
    let locale = ctx.locale();
    let (form, errors) = shown.form.refused(shown.faults, locale);
    let base = format!("/kerja/forum/{}/undangan", bundle.forum.id);
    let unit = &bundle.unit;
    let page = LetterPage {
        action: format!("{base}/surat"),
        preview_action: format!("{base}/surat/pratinjau"),
        number_hint: number_hint(ctx, bundle, shown.next),
        date_hint: t(locale, date_hint_key(bundle)),
        back_href: base,
        version: shown.version,
        from: bundle.from.name.clone(),
        shown_from: bundle.from.id.to_string(),
        choosing: shown.choosing,
        register_href: ctx
            .may(Permission::ManageUnit, unit.id)
            .then(|| format!("/kerja/instansi/{}/pengundang/baru", unit.code)),
        switched: shown.switched.then(|| {
            Message::new("invitations-from-switched")
                .with("office", &bundle.from.name)
                .text(locale)
        }),
        replaces: replaced(bundle).map(|(number, day)| {
            Message::new("invitations-letter-replaces")
                .with("number", number)
                .with("date", dates::date(day, locale))
                .text(locale)
        }),
        form,
        errors,
    };
    let status = if shown.faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(Some(&organisation::brand_of(unit)), status, &page)
}

#[handler]
async fn edit_letter(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let bundle = service::bundle(&ctx, ForumId::parse(&id)?, Permission::ManageForum).await?;
    rules::may_change(bundle.state())?;
    forums::may_call_in(&bundle.forum, bundle.zone, ctx.now)?;
    let offered = offices::offered(&ctx, &bundle).await?;
    let next = service::next_number(&ctx, &bundle).await?;
    let shown = Shown {
        form: first_view(&ctx, &bundle, &offered, next.as_deref()).await?,
        next: next.as_deref(),
        version: bundle.letter.as_ref().map_or(0, |letter| letter.version),
        choosing: offered.len() > 1,
        switched: false,
        faults: &[],
    };
    page_of(&ctx, &bundle, shown).await
}

/// What was typed, with place, signatory and number as the office has them that was chosen instead.
async fn switched(
    ctx: &Ctx,
    bundle: &Bundle,
    typed: FormView,
    next: Option<&str>,
) -> Result<FormView> {
    let [position, name, rank, nip] = offices::signatory(ctx, &bundle.from).await?;
    Ok(typed
        .with("number", proposed_number(bundle, next))
        .with("place", &bundle.from.city)
        .with("signatory_position", position)
        .with("signatory_name", name)
        .with("signatory_rank", rank)
        .with("signatory_nip", nip))
}

#[handler]
async fn write_letter(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let bundle = service::bundle(&ctx, id, Permission::ManageForum).await?;
    let offered = offices::offered(&ctx, &bundle).await?;
    let version = form.get("version").parse().unwrap_or(-1);
    let chosen = offices::chosen(form.get("from"))?;
    let bundle = offices::in_name_of(&ctx, bundle, chosen).await?;
    let typed = empty_form(ctx.locale(), &offered).typed(&form);
    let choosing = offered.len() > 1;
    // Under a new head the old signatory would sign: the form comes back with the office's own, to be looked at.
    if chosen.is_some() && form.get("shown_from") != bundle.from.id.to_string() {
        rules::may_change(bundle.state())?;
        let next = service::next_number(&ctx, &bundle).await?;
        let shown = Shown {
            form: switched(&ctx, &bundle, typed, next.as_deref()).await?,
            next: next.as_deref(),
            version,
            choosing,
            switched: true,
            faults: &[],
        };
        return page_of(&ctx, &bundle, shown).await;
    }
    let written = match LetterFields::parse(&form) {
        Ok(fields) => service::save_letter(&ctx, id, version, chosen, fields).await,
        Err(error) => Err(error),
    };
    match written {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("/kerja/forum/{id}/undangan"),
            FlashKind::Ok,
            &Message::new("invitations-letter-saved"),
        )),
        Err(Error::Invalid(faults)) => {
            let next = service::next_number(&ctx, &bundle).await?;
            let shown = Shown {
                form: typed,
                next: next.as_deref(),
                version,
                choosing,
                switched: false,
                faults: &faults,
            };
            page_of(&ctx, &bundle, shown).await
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
    let data = service::draft(&ctx, id, offices::chosen(form.get("from"))?, fields).await?;
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
