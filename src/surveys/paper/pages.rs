//! `/kerja/survei/{id}/kertas`: batches of paper, and the quick entry of one.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    lines,
    service::{self, Held},
};
use crate::{
    access::{self, Ctx, Permission, SignedIn},
    calendar::dates,
    platform::{
        check::Check,
        crypto::random_token,
        error::{FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
    standards::StandardId,
    surveys::{
        defaults::{ProfileField, profile},
        entity::{
            answers::{BatchKind, SurveyBatchId, batch, response},
            setup::period,
        },
        setup::{
            pages::{period_of, told},
            reading::{self, Whole},
            views::{HeadView, base_of, days, head},
        },
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/survei/:id/kertas", get(list).post(begin))
        .at("/kerja/survei/:id/kertas/:batch", get(show).post(add))
        .at("/kerja/survei/:id/kertas/:batch/urungkan", post(undo))
        .at("/kerja/survei/:id/kertas/:batch/batalkan", post(take_back))
}

#[derive(Serialize)]
struct ListPage {
    head: HeadView,
    rows: Vec<RowView>,
    action: Option<String>,
    import_href: Option<String>,
    form: FormView,
    errors: Vec<ErrorLine>,
    refused: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    href: Option<String>,
    what: String,
    service: String,
    day: String,
    sheets: String,
    who: String,
    undo: Option<UndoView>,
}

/// Takes an import back.
#[derive(Serialize)]
struct UndoView {
    action: String,
    question: String,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "surveys/paper";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-paper-title")
    }
}

#[derive(Serialize)]
struct BatchPage {
    head: HeadView,
    list_href: String,
    service: String,
    day: String,
    count: String,
    /// None when nothing can be entered any more.
    action: Option<String>,
    /// Why the caller adds nothing to it.
    of_other: Option<String>,
    undo_action: String,
    last: Option<i32>,
    form_key: String,
    /// "U1 Persyaratan · U2 …".
    elements: String,
    line_hint: String,
    /// What the digits of the profile mean.
    keys: Vec<KeyView>,
    sheets: Vec<SheetView>,
    form: FormView,
    errors: Vec<ErrorLine>,
    refused: Option<String>,
}

#[derive(Serialize)]
struct KeyView {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct SheetView {
    number: i32,
    scores: String,
    profile: String,
    comment: String,
}

impl Page for BatchPage {
    const TEMPLATE: &'static str = "surveys/batch";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-paper-title")
    }
}

fn status_of(errors: &[ErrorLine], refused: Option<&String>) -> StatusCode {
    match errors.is_empty() && refused.is_none() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn name_in(whole: &Whole, batch: &batch::Model) -> String {
    name_of(whole, batch.service_id)
}

fn name_of(whole: &Whole, service: StandardId) -> String {
    let mut services = whole.services.iter();
    let found = services.find(|one| one.row.service_id == service);
    found.map_or_else(String::new, |one| one.name.clone())
}

/// Of the services that a batch holds the names, those with most sheets first; of an empty one that it was begun for.
fn services_in(whole: &Whole, batch: &batch::Model, held: &[Held]) -> String {
    let mut of: Vec<&Held> = held.iter().filter(|(id, ..)| *id == batch.id).collect();
    of.sort_by_key(|(_, _, sheets, ..)| std::cmp::Reverse(*sheets));
    match of.as_slice() {
        [] => name_in(whole, batch),
        [one] => name_of(whole, one.1),
        several => several
            .iter()
            .map(|(_, service, sheets, ..)| format!("{} ({sheets})", name_of(whole, *service)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// The day of its sheets, or the first and the last.
fn days_of(batch: &batch::Model, held: &[Held], locale: Locale) -> String {
    let of = || held.iter().filter(|(id, ..)| *id == batch.id);
    let first = of().map(|(.., first, _)| *first).min();
    let last = of().map(|(.., last)| *last).max();
    match (first, last) {
        (Some(first), Some(last)) if first != last => days(first, last, locale),
        (Some(day), _) => dates::date(day, locale),
        _ => dates::date(batch.answered_on, locale),
    }
}

async fn list_page(
    ctx: &Ctx,
    period: period::Model,
    typed: Option<&Form>,
    (faults, refused): (Vec<FieldError>, Option<String>),
) -> Result<Response> {
    let locale = ctx.locale();
    let batches = service::list(ctx, &period).await?;
    let held = service::held(ctx, &period).await?;
    let people = batches.iter().filter_map(|one| one.person_id).collect();
    let people = access::person_names(&ctx.app.db, people).await?;
    let whole = reading::whole(ctx, period).await?;
    let open = service::may_enter(&whole.period).is_ok();
    let base = base_of(whole.period.id);
    let services = whole.services.iter();
    let services = services.map(|one| (one.code.clone(), one.name.clone()));
    let last = whole.period.closes_on.min(whole.today);
    let form = FormView::new()
        .choice("service", true, services.collect())
        .field("answered_on", true, 0)
        .with("answered_on", last.to_string());
    let form = match typed {
        Some(typed) => form.typed(typed),
        None => form,
    };
    let (form, errors) = form.refused(&faults, locale);
    let rows = batches.iter().map(|one| {
        let who = one.person_id.and_then(|id| people.get(&id)).cloned();
        let what = match one.kind {
            BatchKind::Paper => t(locale, "surveys-batch-paper"),
            BatchKind::Import => one.file_name.clone(),
        };
        RowView {
            href: (one.kind == BatchKind::Paper).then(|| format!("{base}/kertas/{}", one.id)),
            what,
            service: services_in(&whole, one, &held),
            day: days_of(one, &held, locale),
            sheets: one.sheets.to_string(),
            who: who.unwrap_or_else(|| "Rembuk".to_owned()),
            undo: service::may_take_back(ctx, &whole.period, one).then(|| UndoView {
                action: format!("{base}/kertas/{}/batalkan", one.id),
                question: Message::new("surveys-import-undo-ask")
                    .with("count", one.sheets)
                    .text(locale),
            }),
        }
    });
    let page = ListPage {
        rows: rows.collect(),
        head: head(&whole, locale),
        action: open.then(|| format!("{base}/kertas")),
        import_href: open.then(|| format!("{base}/impor")),
        form,
        errors,
        refused,
    };
    let status = status_of(&page.errors, page.refused.as_ref());
    ctx.page_of(None, status, &page)
}

#[handler]
async fn list(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::EnterSurvey).await?;
    list_page(&ctx, period, None, (Vec::new(), None)).await
}

async fn begun(ctx: &Ctx, period: &period::Model, form: &Form) -> Result<SurveyBatchId> {
    let whole = reading::whole(ctx, period.clone()).await?;
    let mut check = Check::new();
    let find = |code: &str| {
        let mut services = whole.services.iter();
        let found = services.find(|one| one.code == code);
        found.map(|one| one.row.service_id)
    };
    let service = check.choice("service", form.get("service"), find);
    let day = check.date("answered_on", form.get("answered_on"));
    if let Some(message) = service::check_day(period, whole.today, day) {
        check.fault("answered_on", message);
    }
    check.finish()?;
    let service = service.ok_or(crate::platform::error::Error::NotFound)?;
    service::begin(ctx, period.id, service, day).await
}

#[handler]
async fn begin(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::EnterSurvey).await?;
    match begun(&ctx, &period, &form).await {
        Ok(batch) => Ok(ctx.redirect(&format!("{}/kertas/{batch}", base_of(period.id)))),
        Err(error) => {
            let told = told(error, ctx.locale())?;
            list_page(&ctx, period, Some(&form), told).await
        }
    }
}

/// What the digits of the profile mean.
fn keys(locale: Locale) -> Vec<KeyView> {
    let digits = |field: &ProfileField| {
        let choices = field.choice.iter();
        let choices = choices.map(|one| format!("{} {}", one.digit, one.label(locale)));
        choices.collect::<Vec<_>>().join(" · ")
    };
    profile()
        .iter()
        .map(|field| KeyView {
            term: field.label(locale).to_owned(),
            text: digits(field),
        })
        .collect()
}

fn sheet_view(row: &response::Model, locale: Locale) -> SheetView {
    let said = [&row.sex, &row.age_band, &row.education, &row.occupation];
    let words = profile().iter().zip(said).filter_map(|(field, code)| {
        let mut choices = field.choice.iter();
        let choice = choices.find(|one| Some(&one.code) == code.as_ref())?;
        Some(choice.label(locale))
    });
    SheetView {
        number: row.sheet.unwrap_or_default(),
        scores: row.scores.clone(),
        profile: words.collect::<Vec<_>>().join(", "),
        comment: row.comment.clone().unwrap_or_default(),
    }
}

async fn batch_page(
    ctx: &Ctx,
    period: period::Model,
    id: SurveyBatchId,
    typed: Option<&Form>,
    (faults, refused): (Vec<FieldError>, Option<String>),
) -> Result<Response> {
    let locale = ctx.locale();
    let (batch, last) = service::show(ctx, &period, id).await?;
    let whole = reading::whole(ctx, period).await?;
    let open = service::may_enter(&whole.period).is_ok() && batch.kind == BatchKind::Paper;
    let own = service::is_own(ctx, &batch);
    let form = FormView::new()
        .field("line", true, 1100)
        .field("lines", false, 0);
    let form = match typed {
        Some(typed) => form.typed(typed),
        None => form,
    };
    let (form, errors) = form.refused(&faults, locale);
    let list_href = format!("{}/kertas", base_of(whole.period.id));
    let here = format!("{list_href}/{}", batch.id);
    let key = typed.map(|typed| typed.get("form_key").to_owned());
    let page = BatchPage {
        list_href,
        service: name_in(&whole, &batch),
        day: dates::date(batch.answered_on, locale),
        count: Message::new("surveys-batch-count")
            .with("sheets", batch.sheets)
            .text(locale),
        undo_action: format!("{here}/urungkan"),
        action: (open && own).then_some(here),
        last: last.first().and_then(|row| row.sheet).filter(|_| open),
        form_key: key.unwrap_or_else(random_token),
        elements: whole
            .elements
            .iter()
            .map(|one| format!("{} {}", one.label, one.name(locale)))
            .collect::<Vec<_>>()
            .join(" · "),
        line_hint: Message::new("surveys-line-hint")
            .with("example", lines::example(whole.elements.len()))
            .text(locale),
        keys: keys(locale),
        sheets: last.iter().map(|row| sheet_view(row, locale)).collect(),
        head: head(&whole, locale),
        of_other: (open && !own).then(|| t(locale, "rule-survey-batch-of-other")),
        form,
        errors,
        refused,
    };
    let status = status_of(&page.errors, page.refused.as_ref());
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(
    SignedIn(ctx): SignedIn,
    Path((id, batch)): Path<(String, String)>,
) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::EnterSurvey).await?;
    let batch = SurveyBatchId::parse(&batch)?;
    batch_page(&ctx, period, batch, None, (Vec::new(), None)).await
}

#[handler]
async fn add(
    SignedIn(ctx): SignedIn,
    Path((id, batch)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::EnterSurvey).await?;
    let batch = SurveyBatchId::parse(&batch)?;
    let field = match form.get("line").is_empty() {
        true if !form.get("lines").is_empty() => "lines",
        _ => "line",
    };
    let sent = (field, form.get(field));
    match service::add(&ctx, (period.id, batch), sent, form.get("form_key")).await {
        Ok(count) => {
            let message = Message::new("surveys-sheets-added").with("count", count);
            let path = format!("{}/kertas/{batch}", base_of(period.id));
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &message))
        }
        Err(error) => {
            let told = told(error, ctx.locale())?;
            batch_page(&ctx, period, batch, Some(&form), told).await
        }
    }
}

#[handler]
async fn undo(
    SignedIn(ctx): SignedIn,
    Path((id, batch)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::EnterSurvey).await?;
    let batch = SurveyBatchId::parse(&batch)?;
    let sheet = form.get("sheet").parse().unwrap_or_default();
    service::undo(&ctx, (period.id, batch), sheet).await?;
    let path = format!("{}/kertas/{batch}", base_of(period.id));
    Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new("surveys-sheet-undone")))
}

#[handler]
async fn take_back(
    SignedIn(ctx): SignedIn,
    Path((id, batch)): Path<(String, String)>,
    _form: Form,
) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::EnterSurvey).await?;
    let batch = SurveyBatchId::parse(&batch)?;
    let count = service::take_back(&ctx, (period.id, batch)).await?;
    let message = Message::new("surveys-import-undone").with("count", count);
    let path = format!("{}/kertas", base_of(period.id));
    Ok(ctx.redirect_with(&path, FlashKind::Ok, &message))
}
