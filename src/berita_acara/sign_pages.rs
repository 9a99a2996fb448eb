//! Signing: the tablet that is handed around, the reason why somebody does not sign, and scans of the sheet
//! that was signed by hand.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Data, Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    MinutesFixed, ReasonLookup,
    entity::{SignatoryId, signatory},
    forms::{find_signatory, version_of},
    pages::{back, refused},
    paper, parts,
    placing::{self, Right},
    scans,
    service::{self, Book},
    signed_text,
    signing::{self, SeenRow},
    views::base_of,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    documents::{FileId, pages::handed_in},
    forums::{self, ForumId},
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        signature::Signature,
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
            "/kerja/forum/:id/berita-acara/penanda-tangan/:who/layar",
            get(show_screen).post(save_screen),
        )
        .at(
            "/kerja/forum/:id/berita-acara/penanda-tangan/:who/gambar",
            get(show_drawing),
        )
        .at(
            "/kerja/forum/:id/berita-acara/penanda-tangan/:who/alasan",
            post(save_reason),
        )
        .at(
            "/kerja/forum/:id/berita-acara/buka-naskah",
            post(reopen_text),
        )
        .at("/kerja/forum/:id/berita-acara/tempat", post(agree_on_place))
        .at("/kerja/forum/:id/berita-acara/pindaian", post(add_scan))
        .at(
            "/kerja/forum/:id/berita-acara/pindaian/:file",
            get(show_scan),
        )
        .at(
            "/kerja/forum/:id/berita-acara/pindaian/:file/hapus",
            post(remove_scan),
        )
}

/// What the person who signs sees: what it is about, and room to sign.
#[derive(Serialize)]
struct ScreenPage {
    back_href: String,
    action: String,
    reason_action: String,
    pdf_href: String,
    /// The way to another signature, for somebody who has signed.
    again_href: Option<String>,
    /// How they signed, and the drawing if it is one.
    signed: Option<String>,
    drawing: Option<String>,
    version: i32,
    name: String,
    represents: String,
    title: String,
    number: String,
    today: String,
    points: Vec<String>,
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for ScreenPage {
    const TEMPLATE: &'static str = "berita_acara/screen";
    fn title(&self, locale: Locale) -> String {
        t(locale, "berita-acara-screen-title")
    }
}

/// Whoever has signed is asked before another signature, or a reason, takes the place of theirs.
#[derive(Default, Deserialize)]
struct Asked {
    ulang: Option<String>,
}

impl Asked {
    fn again(&self) -> bool {
        self.ulang.is_some()
    }

    fn seen(&self, who: SignatoryId, form: &Form) -> SeenRow {
        SeenRow::signing(who, version_of(form), self.again())
    }
}

fn screen_page(
    ctx: &Ctx,
    book: &Book,
    (row, again): (&signatory::Model, bool),
    typed: Option<(&Form, &[FieldError])>,
) -> Result<Response> {
    let content = book.content.as_ref().ok_or(Error::NotFound)?;
    let locale = ctx.locale();
    let base = base_of(book.forum.id);
    let view = FormView::new()
        .field("signature", true, 0)
        .field("reason", true, 300);
    let (view, faults, version) = match typed {
        // A drawing that was refused is not shown again: it is drawn anew.
        Some((form, faults)) => (
            view.with("reason", form.get("reason")),
            faults,
            version_of(form),
        ),
        None => (view, &[][..], row.version),
    };
    let (form, errors) = view.refused(faults, locale);
    let one = format!("{base}/penanda-tangan/{}", row.id);
    let shown = parts::signatory_view(row, &base, locale);
    let asked = if again { "?ulang=1" } else { "" };
    let page = ScreenPage {
        action: format!("{one}/layar{asked}"),
        reason_action: format!("{one}/alasan{asked}"),
        again_href: (row.has_signed() && !again).then(|| format!("{one}/layar?ulang=1")),
        signed: row.has_signed().then_some(shown.chip.text),
        drawing: shown.picture,
        pdf_href: format!("{base}.pdf"),
        back_href: base,
        version,
        name: row.name.clone(),
        represents: row.represents.clone(),
        title: paper::one_line(&content.head.title),
        number: content.head.number.clone(),
        today: dates::long_date(ctx.today_in(book.zone), locale),
        points: content
            .points
            .iter()
            .map(|point| point.row.text.clone())
            .collect(),
        form,
        errors,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(None, status, &page)
}

/// The draft, for somebody who may change it.
async fn draft_book(ctx: &Ctx, id: ForumId) -> Result<Book> {
    let book = service::book(ctx, id, None).await?;
    ctx.require(Permission::ManageForum, book.forum.unit_id)?;
    service::must_be_draft(ctx, &book)?;
    Ok(book)
}

fn row_of(book: &Book, who: SignatoryId) -> Result<&signatory::Model> {
    find_signatory(book.content.as_ref().ok_or(Error::NotFound)?, who)
}

#[handler]
async fn show_screen(
    SignedIn(ctx): SignedIn,
    Path((id, who)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let book = draft_book(&ctx, ForumId::parse(&id)?).await?;
    let row = row_of(&book, SignatoryId::parse(&who)?)?;
    screen_page(&ctx, &book, (row, asked.again()), None)
}

/// Tells that it is done, or shows the screen again with what is wrong.
async fn signed(
    ctx: &Ctx,
    (id, who, again): (ForumId, SignatoryId, bool),
    form: &Form,
    (done, key): (Result<()>, &str),
) -> Result<Response> {
    match done {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("{}#penanda-tangan", base_of(id)),
            FlashKind::Ok,
            &Message::new(key),
        )),
        Err(Error::Invalid(faults)) => {
            let book = draft_book(ctx, id).await?;
            let row = row_of(&book, who)?;
            screen_page(ctx, &book, (row, again), Some((form, &faults)))
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn save_screen(
    SignedIn(ctx): SignedIn,
    Path((id, who)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    form: Form,
) -> Result<Response> {
    let (id, who) = (ForumId::parse(&id)?, SignatoryId::parse(&who)?);
    let book = draft_book(&ctx, id).await?;
    let seen = asked.seen(who, &form);
    let drawn = match signing::may_replace(&ctx, row_of(&book, who)?, seen) {
        Ok(()) => Signature::of(&form).await,
        Err(fault) => Err(fault),
    };
    let done = match drawn {
        Ok(drawing) => signing::draw(&ctx, id, seen, drawing).await,
        Err(fault) => Err(fault),
    };
    let told = (done, "berita-acara-drawn");
    signed(&ctx, (id, who, asked.again()), &form, told).await
}

#[handler]
async fn save_reason(
    SignedIn(ctx): SignedIn,
    Path((id, who)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    form: Form,
) -> Result<Response> {
    let (id, who) = (ForumId::parse(&id)?, SignatoryId::parse(&who)?);
    draft_book(&ctx, id).await?;
    let mut check = Check::new();
    let reason = check.line("reason", form.get("reason"), 5, 300);
    let done = match check.finish() {
        Ok(()) => signing::excuse(&ctx, id, asked.seen(who, &form), reason).await,
        Err(fault) => Err(fault),
    };
    let told = (done, "berita-acara-excused-saved");
    signed(&ctx, (id, who, asked.again()), &form, told).await
}

#[handler]
async fn show_drawing(
    SignedIn(ctx): SignedIn,
    Path((id, who)): Path<(String, String)>,
) -> Result<Response> {
    let (id, who) = (ForumId::parse(&id)?, SignatoryId::parse(&who)?);
    let bytes = signing::picture(&ctx, id, who).await?;
    Ok(ctx.download("tanda-tangan.png", "image/png", bytes))
}

/// Makes record and forum name one place.
#[handler]
async fn agree_on_place(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(minutes_fixed): Data<&MinutesFixed>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::ManageForum).await?;
    let right = match form.get("right") {
        "forum" => Right::Forum,
        "record" => Right::Record,
        _ => return Err(Error::field("right", Message::new("field-choose"))),
    };
    placing::agree_on_place(&ctx, id, right, *minutes_fixed).await?;
    Ok(back(&ctx, id, "berita-acara-place-agreed"))
}

/// Takes the signatures back, because the text has to change.
#[handler]
async fn reopen_text(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let taken = signed_text::reopen(&ctx, id).await?;
    let told = Message::new("berita-acara-reopened").with("count", taken);
    Ok(ctx.redirect_with(&base_of(id), FlashKind::Ok, &told))
}

#[handler]
async fn add_scan(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(reasons): Data<&ReasonLookup>,
    mut form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    match scans::add(&ctx, id, std::mem::take(&mut form.files)).await {
        Ok(()) => Ok(ctx.redirect_with(
            &base_of(id),
            FlashKind::Ok,
            &Message::new("berita-acara-scan-added"),
        )),
        Err(Error::Invalid(faults)) => refused(&ctx, id, &form, &faults, Some(reasons)).await,
        Err(error) => Err(error),
    }
}

#[handler]
async fn show_scan(
    SignedIn(ctx): SignedIn,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response> {
    let (id, file) = (ForumId::parse(&id)?, FileId::parse(&file)?);
    let file = scans::of_forum(&ctx, id, file).await?;
    handed_in(&ctx, file).await
}

#[handler]
async fn remove_scan(
    SignedIn(ctx): SignedIn,
    Path((id, file)): Path<(String, String)>,
    _form: Form,
) -> Result<Response> {
    let (id, file) = (ForumId::parse(&id)?, FileId::parse(&file)?);
    scans::remove(&ctx, id, file).await?;
    Ok(ctx.redirect_with(
        &base_of(id),
        FlashKind::Ok,
        &Message::new("berita-acara-scan-removed"),
    ))
}
