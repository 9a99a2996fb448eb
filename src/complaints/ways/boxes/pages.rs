//! `/kerja/kotak-saran`: the openings of suggestion boxes, and entering the sheets of one.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    record,
    service::{self, Opened, Whole},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    complaints::{
        explain::Chip,
        rules::Kind,
        viewing,
        ways::{entity::OpeningId, entry},
        words,
    },
    documents::{FileId, pages::handed_in, size_text},
    organisation,
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

const PAGE: &str = "/kerja/kotak-saran";
/// Sheets that the page lists; the record lists all.
const LATEST: u64 = 12;

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/kotak-saran", get(list).post(open))
        .at("/kerja/kotak-saran/:id", get(show).post(enter))
        .at("/kerja/kotak-saran/:id/tutup", post(close))
        .at("/kerja/kotak-saran/:id/pindaian", post(scan))
        .at("/kerja/kotak-saran/:id/pindaian/:file", get(show_scan))
        .at("/kerja/kotak-saran/:id/berita-acara", post(issue))
        .at("/kerja/kotak-saran/:id/berita-acara.pdf", get(record_pdf))
}

#[derive(Serialize)]
struct ListPage {
    errors: Vec<ErrorLine>,
    rows: Vec<RowView>,
    today: String,
    /// The day that was asked about.
    sure: String,
    form: FormView,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    opened: String,
    place: String,
    progress: String,
    state: Chip,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "complaints/ways/boxes";
    fn title(&self, locale: Locale) -> String {
        t(locale, "ways-box-title")
    }
}

#[derive(Serialize)]
struct BatchPage {
    errors: Vec<ErrorLine>,
    title: String,
    place: String,
    witnesses: String,
    state: Chip,
    progress: String,
    percent: i32,
    record_href: String,
    record: RecordView,
    version: i32,
    form_key: String,
    /// None once it is closed.
    enter: Option<EnterView>,
    close_reason: String,
    /// What was typed of a sheet while the opening was closed; empty elsewhere.
    unsaved: String,
    scans_action: String,
    scans: Vec<FileView>,
    kept: Vec<String>,
    rows: Vec<SheetView>,
    more: Option<String>,
    form: FormView,
}

/// Where the record stands.
#[derive(Serialize, Default)]
struct RecordView {
    /// None while the batch is open, and once it is issued.
    action: Option<String>,
    hint: String,
    issued: Option<IssuedView>,
}

#[derive(Serialize)]
struct IssuedView {
    number: String,
    at: String,
    verify_href: String,
}

#[derive(Serialize)]
struct EnterView {
    title: String,
    action: String,
    close_action: String,
    close_note: String,
    /// Every sheet is entered: closing is what comes next.
    done: bool,
}

#[derive(Serialize)]
struct FileView {
    name: String,
    size: String,
    href: String,
}

#[derive(Serialize)]
struct SheetView {
    sheet: i32,
    number: String,
    href: String,
    subject: String,
}

impl Page for BatchPage {
    const TEMPLATE: &'static str = "complaints/ways/box";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

fn state_chip(closed: bool, locale: Locale) -> Chip {
    let (kind, key, icon) = if closed {
        ("ok", "ways-box-closed", "check-circle")
    } else {
        ("info", "ways-box-open", "hourglass-split")
    };
    Chip {
        kind,
        text: t(locale, key),
        icon,
    }
}

fn progress(entered: i32, counted: i32, locale: Locale) -> String {
    Message::new("ways-box-progress")
        .with("entered", entered)
        .with("counted", counted)
        .text(locale)
}

fn status_of(faults: &[FieldError]) -> StatusCode {
    if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

async fn list_page(ctx: &Ctx, form: &Form, faults: &[FieldError]) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let unit = viewing::home_unit(ctx).await?;
    let locale = ctx.locale();
    let zone = organisation::zone_of(&unit)?;
    let now = ctx.now.with_timezone(&zone);
    let batches = service::listed(ctx, unit.id).await?;
    let mut view = FormView::new()
        .field("opened_on", true, 0)
        .field("opened_time", true, 5)
        .field("place", true, 160)
        .field("witnesses", true, 1500)
        .field("counted", true, 5)
        .with("opened_on", now.format("%Y-%m-%d").to_string())
        .with("opened_time", now.format("%H:%M").to_string())
        .suggesting(
            "place",
            batches
                .iter()
                .map(|one| one.opening.place.clone())
                .collect(),
        );
    if !faults.is_empty() {
        view = view.typed(form);
    }
    let sure = entry::pages::sure(Some(form), faults, "opened_on");
    let (form, errors) = view.refused(faults, locale);
    let page = ListPage {
        errors,
        sure,
        rows: batches
            .into_iter()
            .map(|one| RowView {
                href: format!("{PAGE}/{}", one.opening.id),
                opened: dates::date_time(&one.opening.opened_at.with_timezone(&zone), locale),
                progress: progress(one.entered, one.opening.counted, locale),
                state: state_chip(one.opening.closed_at.is_some(), locale),
                place: one.opening.place,
            })
            .collect(),
        today: now.format("%Y-%m-%d").to_string(),
        form,
    };
    ctx.page_of(None, status_of(faults), &page)
}

#[handler]
async fn list(SignedIn(ctx): SignedIn) -> Result<Response> {
    list_page(&ctx, &Form::default(), &[]).await
}

#[handler]
async fn open(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let unit = viewing::home_unit(&ctx).await?;
    match service::open(&ctx, &unit, &form).await {
        Ok(Opened::New(id)) => Ok(ctx.redirect(&format!("{PAGE}/{id}"))),
        Ok(Opened::Known(id)) => Ok(ctx.redirect_with(
            &format!("{PAGE}/{id}"),
            FlashKind::Info,
            &Message::new("ways-box-known-same"),
        )),
        Err(Error::Invalid(faults)) => list_page(&ctx, &form, &faults).await,
        Err(error) => Err(error),
    }
}

async fn fields(ctx: &Ctx, whole: &Whole) -> Result<FormView> {
    let locale = ctx.locale();
    let kinds = Kind::all().map(|kind| (kind.code(), words::kind(kind, locale)));
    let services = entry::services_of(&ctx.app.db, &whole.unit).await?;
    let names = services.into_iter().map(|(_, name)| name).collect();
    Ok(FormView::new()
        .field("description", true, 5000)
        .field("subject", false, 150)
        .choice("kind", true, kinds.collect())
        .field("service", false, 120)
        .suggesting("service", names)
        .field("name", false, 120)
        .field("phone", false, 40)
        .field("anonymous", false, 0)
        .field("close_reason", false, 500)
        .field("files", true, 0)
        .field("number", true, 80)
        .with("kind", Kind::default().code()))
}

async fn batch_page(
    ctx: &Ctx,
    id: OpeningId,
    form: Option<&Form>,
    faults: &[FieldError],
) -> Result<Response> {
    let whole = service::whole(ctx, id, Some(LATEST)).await?;
    let locale = ctx.locale();
    let mut view = fields(ctx, &whole).await?;
    if let Some(form) = form {
        view = view.typed(form);
        if form.get("kind").is_empty() {
            view = view.with("kind", Kind::default().code());
        }
    }
    let (view, errors) = view.refused(faults, locale);
    let record = record_view(ctx, &whole).await?;
    let page = BatchPage {
        record,
        ..batch(&whole, (view, errors), form, locale)?
    };
    ctx.page_of(None, status_of(faults), &page)
}

async fn record_view(ctx: &Ctx, whole: &Whole) -> Result<RecordView> {
    let of = &whole.opening;
    if let Some(document) = record::issued(&ctx.app.db, of).await? {
        let zone = organisation::zone_of(&whole.unit)?;
        return Ok(RecordView {
            issued: Some(IssuedView {
                number: document.number.unwrap_or_default(),
                at: dates::date_time(&document.issued_at.with_timezone(&zone), ctx.locale()),
                verify_href: format!("/verifikasi/{}", document.verification_code),
            }),
            ..RecordView::default()
        });
    }
    if of.closed_at.is_none() {
        return Ok(RecordView::default());
    }
    Ok(RecordView {
        action: Some(format!("{PAGE}/{}/berita-acara", of.id)),
        hint: record::number_hint(ctx, &whole.unit).await?,
        issued: None,
    })
}

fn batch(
    whole: &Whole,
    (form, errors): (FormView, Vec<ErrorLine>),
    typed: Option<&Form>,
    locale: Locale,
) -> Result<BatchPage> {
    let of = &whole.opening;
    let zone = organisation::zone_of(&whole.unit)?;
    let base = format!("{PAGE}/{}", of.id);
    let entered = whole.entered;
    let counted = |key: &str, n: i32| Message::new(key).with("n", n).text(locale);
    let key = typed.map(|form| form.get("form_key")).unwrap_or_default();
    let listed = i32::try_from(whole.sheets.len()).unwrap_or(i32::MAX);
    let hidden = entered.saturating_sub(listed);
    Ok(BatchPage {
        errors,
        title: Message::new("ways-box-of")
            .with(
                "at",
                dates::date_time(&of.opened_at.with_timezone(&zone), locale),
            )
            .text(locale),
        place: of.place.clone(),
        witnesses: of.witnesses.0.join(", "),
        state: state_chip(of.closed_at.is_some(), locale),
        progress: progress(entered, of.counted, locale),
        percent: (entered * 100)
            .checked_div(of.counted)
            .unwrap_or(100)
            .clamp(0, 100),
        record_href: format!("{base}/berita-acara.pdf"),
        record: RecordView::default(),
        version: of.version,
        form_key: if key.is_empty() {
            crypto::random_token()
        } else {
            key.to_owned()
        },
        enter: of.closed_at.is_none().then(|| EnterView {
            title: counted("ways-box-sheet", entered + 1),
            action: base.clone(),
            close_action: format!("{base}/tutup"),
            close_note: t(
                locale,
                if entered == of.counted {
                    "ways-box-close-equal"
                } else {
                    "ways-box-close-unequal"
                },
            ),
            done: entered >= of.counted,
        }),
        close_reason: of.close_reason.clone().unwrap_or_default(),
        unsaved: of.closed_at.and(typed).map(typed_of).unwrap_or_default(),
        scans_action: format!("{base}/pindaian"),
        scans: whole
            .scans
            .iter()
            .map(|file| FileView {
                href: format!("{base}/pindaian/{}", file.id),
                size: size_text(file.size, locale),
                name: file.name.clone(),
            })
            .collect(),
        kept: Vec::new(),
        rows: whole
            .sheets
            .iter()
            .rev()
            .map(|(sheet, case)| SheetView {
                sheet: *sheet,
                href: format!("/kerja/pengaduan/{}", case.number),
                number: case.number.clone(),
                subject: case.subject.clone(),
            })
            .collect(),
        more: (hidden > 0).then(|| {
            Message::new("ways-box-more")
                .with("count", hidden)
                .text(locale)
        }),
        form,
    })
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    batch_page(&ctx, OpeningId::parse(&id)?, None, &[]).await
}

/// The words of a sheet, to be copied.
fn typed_of(form: &Form) -> String {
    let names = ["description", "subject", "service", "name", "phone"];
    let words = names.map(|name| form.get(name).trim()).join("\n");
    words.trim().to_owned()
}

async fn refused(ctx: &Ctx, id: OpeningId, form: &Form, error: Error) -> Result<Response> {
    match error {
        Error::Invalid(faults) => batch_page(ctx, id, Some(form), &faults).await,
        // Closed while it was typed.
        Error::Rule { message, .. } if !form.get("description").is_empty() => {
            let field = "description".to_owned();
            batch_page(ctx, id, Some(form), &[FieldError { field, message }]).await
        }
        other => Err(other),
    }
}

#[handler]
async fn enter(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let id = OpeningId::parse(&id)?;
    match service::enter(&ctx, id, &form).await {
        Ok(filed) => Ok(ctx.redirect_with(
            &format!("{PAGE}/{id}"),
            FlashKind::Ok,
            &Message::new("ways-box-sheet-saved").with("number", &filed.complaint.number),
        )),
        Err(error) => refused(&ctx, id, &form, error).await,
    }
}

#[handler]
async fn close(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let id = OpeningId::parse(&id)?;
    let seen = form.get("version").parse().unwrap_or_default();
    match service::close(&ctx, id, seen, form.get("close_reason")).await {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("{PAGE}/{id}"),
            FlashKind::Ok,
            &Message::new("ways-box-closed-now"),
        )),
        Err(error) => refused(&ctx, id, &form, error).await,
    }
}

#[handler]
async fn scan(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let id = OpeningId::parse(&id)?;
    let files = form.files.iter();
    let files = files.map(|file| (file.name.clone(), file.bytes.clone()));
    match service::add_scans(&ctx, id, files.collect()).await {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("{PAGE}/{id}"),
            FlashKind::Ok,
            &Message::new("ways-box-scanned"),
        )),
        Err(error) => refused(&ctx, id, &form, error).await,
    }
}

#[handler]
async fn show_scan(
    SignedIn(ctx): SignedIn,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let file = FileId::parse(&file)?;
    service::open_scan(&ctx, OpeningId::parse(&id)?, file).await?;
    handed_in(&ctx, file).await
}

#[handler]
async fn issue(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let id = OpeningId::parse(&id)?;
    match record::issue(&ctx, id, form.get("number")).await {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("{PAGE}/{id}"),
            FlashKind::Ok,
            &Message::new("ways-box-record-issued"),
        )),
        Err(error) => refused(&ctx, id, &form, error).await,
    }
}

#[handler]
async fn record_pdf(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let whole = service::printed(&ctx, OpeningId::parse(&id)?).await?;
    let bytes = record::pdf(&ctx, &whole).await?;
    Ok(ctx.download("berita-acara-kotak-saran.pdf", "application/pdf", bytes))
}
