//! `/kerja/survei/{id}/impor`: hand a list in, look at what was read, take it in.

use std::collections::BTreeMap;

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    web::{Path, Query},
};
use serde::Serialize;

use super::{
    columns::{self, DATE, SERVICE},
    import::{self, Look, Said},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    documents::{self, FileId},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        sheets,
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView, OptionView},
            pages::Page,
        },
    },
    surveys::{
        defaults::profile,
        entity::setup::{element, period},
        setup::{
            pages::{period_of, told},
            reading,
            views::{HeadView, RowField, base_of, head},
        },
    },
};

const FAULTS_SHOWN: usize = 200;

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/survei/:id/impor", get(hand_in).post(take_in))
        .at("/kerja/survei/:id/impor/:file", get(preview).post(confirm))
}

#[derive(Serialize)]
struct UploadPage {
    head: HeadView,
    action: String,
    paper_href: String,
    limit: String,
    kept: Vec<String>,
    form: FormView,
    errors: Vec<ErrorLine>,
    refused: Option<String>,
    /// Why nothing can be handed in any more.
    locked: Option<String>,
}

impl Page for UploadPage {
    const TEMPLATE: &'static str = "surveys/import_file";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-import-title")
    }
}

#[derive(Serialize)]
struct PreviewPage {
    head: HeadView,
    action: String,
    upload_href: String,
    file: String,
    heading: RowField,
    columns: Vec<ColumnView>,
    services: Vec<OptionView>,
    day: RowField,
    hidden: Vec<HiddenView>,
    readable: bool,
    seen: usize,
    summary: String,
    /// Sheets of the file with something in them that were not read.
    unread: Option<String>,
    /// Columns of the file that stand for nothing.
    unused: Option<String>,
    faults: Vec<FaultView>,
    more: Option<String>,
    can_confirm: bool,
    refused: Option<String>,
}

/// The mapping again, so that what is confirmed is what was seen.
#[derive(Serialize)]
struct HiddenView {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct ColumnView {
    name: String,
    label: String,
    options: Vec<OptionView>,
}

#[derive(Serialize)]
struct FaultView {
    cell: String,
    found: String,
    reason: String,
}

impl Page for PreviewPage {
    const TEMPLATE: &'static str = "surveys/import_preview";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-import-title")
    }
}

async fn upload_page(
    ctx: &Ctx,
    period: period::Model,
    (faults, refused): (Vec<FieldError>, Option<String>),
) -> Result<Response> {
    let locale = ctx.locale();
    let whole = reading::whole(ctx, period).await?;
    let (form, errors) = FormView::new()
        .field("file", true, 0)
        .refused(&faults, locale);
    let locked = super::service::may_enter(&whole.period).err();
    let size = i64::try_from(ctx.app.config.http.max_upload).unwrap_or(i64::MAX);
    let base = base_of(whole.period.id);
    let page = UploadPage {
        head: head(&whole, locale),
        action: format!("{base}/impor"),
        paper_href: format!("{base}/kertas"),
        limit: Message::new("surveys-import-hint")
            .with("size", documents::size_text(size, locale))
            .text(locale),
        kept: Vec::new(),
        form,
        errors,
        refused,
        locked: locked.map(|broken| Error::from(broken).text(locale)),
    };
    let status = match page.errors.is_empty() && page.refused.is_none() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn hand_in(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::EnterSurvey).await?;
    upload_page(&ctx, period, (Vec::new(), None)).await
}

#[handler]
async fn take_in(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::EnterSurvey).await?;
    let taken = match form.files.pop() {
        Some(file) => import::upload(&ctx, period.id, &file.name, file.bytes).await,
        None => Err(Error::field("file", Message::new("import-file-missing"))),
    };
    match taken {
        Ok(file) => Ok(ctx.redirect(&format!("{}/impor/{file}", base_of(period.id)))),
        Err(error) => {
            let told = told(error, ctx.locale())?;
            upload_page(&ctx, period, told).await
        }
    }
}

/// What a part is called on the page.
fn part_label(part: &str, elements: &[element::Model], locale: Locale) -> String {
    let number = part
        .strip_prefix('u')
        .and_then(|rest| rest.parse::<usize>().ok());
    if let Some(element) = number.and_then(|number| elements.get(number.wrapping_sub(1))) {
        return format!("{} {}", element.label, element.name(locale));
    }
    let field = profile().iter().find(|field| field.field == part);
    match (field, part) {
        (Some(field), _) => field.label(locale).to_owned(),
        (None, SERVICE) => t(locale, "surveys-part-service"),
        (None, DATE) => t(locale, "surveys-part-date"),
        (None, _) => t(locale, "surveys-part-comment"),
    }
}

fn column_view(part: String, look: &Look, locale: Locale) -> ColumnView {
    let chosen = look.mapping.columns.get(&part).copied();
    let none = OptionView {
        label: t(locale, "surveys-column-none"),
        selected: chosen.is_none(),
        ..OptionView::default()
    };
    let named = (0..sheets::width(&look.table)).map(|column| OptionView {
        value: column.to_string(),
        label: sheets::column_label(&look.table, look.mapping.heading, column),
        hint: None,
        selected: chosen == Some(column),
    });
    ColumnView {
        label: part_label(&part, &look.whole.elements, locale),
        name: format!("col_{part}"),
        options: std::iter::once(none).chain(named).collect(),
    }
}

/// The sheets that are left out, hidden ones too: somebody's answers may stand there.
fn unread_text(table: &sheets::Table, locale: Locale) -> Option<String> {
    let left: Vec<&str> = [&table.unread, &table.hidden_sheets]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    (!left.is_empty()).then(|| {
        Message::new("surveys-import-unread")
            .with("sheets", left.join(", "))
            .text(locale)
    })
}

/// The columns that are left out: somebody may have meant one of them.
fn unused_text(look: &Look, locale: Locale) -> Option<String> {
    let left = columns::unused(&look.table, &look.mapping).into_iter();
    let left: Vec<String> = left
        .map(|column| sheets::column_label(&look.table, look.mapping.heading, column))
        .collect();
    (!left.is_empty()).then(|| {
        Message::new("surveys-import-unused")
            .with("columns", left.join("; "))
            .text(locale)
    })
}

fn hidden_fields(look: &Look, code: &str) -> Vec<HiddenView> {
    let hide = |name: &str, value: String| HiddenView {
        name: name.to_owned(),
        value,
    };
    let mut hidden = vec![
        hide("heading", look.mapping.heading.to_string()),
        hide("usual_service", code.to_owned()),
        hide("usual_day", look.usual.1.to_string()),
    ];
    for (part, column) in &look.mapping.columns {
        hidden.push(hide(&format!("col_{part}"), column.to_string()));
    }
    hidden
}

fn service_options(look: &Look, code: &str) -> Vec<OptionView> {
    let services = look.whole.services.iter();
    let options = services.map(|one| OptionView {
        value: one.code.clone(),
        label: one.name.clone(),
        hint: None,
        selected: one.code == code,
    });
    options.collect()
}

fn preview_page(look: &Look, refused: Option<String>, locale: Locale) -> PreviewPage {
    let base = base_of(look.whole.period.id);
    let parts = columns::parts(&look.whole.elements);
    let reading = &look.reading;
    let faults = reading
        .faults
        .iter()
        .take(FAULTS_SHOWN)
        .map(|fault| FaultView {
            cell: match fault.column {
                Some(column) => format!("{}{}", sheets::column_name(column), fault.row),
                None => Message::new("surveys-row")
                    .with("row", fault.row)
                    .text(locale),
            },
            found: fault.found.clone(),
            reason: fault.message.text(locale),
        });
    let service = look
        .whole
        .services
        .iter()
        .find(|one| one.row.service_id == look.usual.0);
    let code = service.map_or("", |one| one.code.as_str());
    PreviewPage {
        head: head(&look.whole, locale),
        action: format!("{base}/impor/{}", look.file.id),
        upload_href: format!("{base}/impor"),
        file: look.file.name.clone(),
        heading: RowField::new(
            "heading".to_owned(),
            look.mapping.heading.to_string(),
            true,
            3,
        ),
        services: service_options(look, code),
        day: RowField::new("usual_day".to_owned(), look.usual.1.to_string(), true, 10),
        hidden: hidden_fields(look, code),
        readable: columns::has_scores(&look.mapping, look.whole.elements.len()),
        seen: reading.accepted.len(),
        summary: Message::new("surveys-import-summary")
            .with("good", reading.accepted.len())
            .with("faults", reading.faults.len())
            .with("blank", reading.blank)
            .text(locale),
        unread: unread_text(&look.table, locale),
        unused: unused_text(look, locale),
        faults: faults.collect(),
        more: (reading.faults.len() > FAULTS_SHOWN).then(|| {
            Message::new("surveys-import-more")
                .with("count", reading.faults.len() - FAULTS_SHOWN)
                .text(locale)
        }),
        can_confirm: reading.faults.is_empty() && !reading.accepted.is_empty(),
        columns: parts
            .into_iter()
            .map(|part| column_view(part, look, locale))
            .collect(),
        refused,
    }
}

async fn said_of(
    ctx: &Ctx,
    period: &period::Model,
    fields: &BTreeMap<String, String>,
) -> Result<Said> {
    let whole = reading::whole(ctx, period.clone()).await?;
    Ok(import::said(fields, &columns::parts(&whole.elements)))
}

#[handler]
async fn preview(
    SignedIn(ctx): SignedIn,
    Path((id, file)): Path<(String, String)>,
    Query(fields): Query<BTreeMap<String, String>>,
) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::EnterSurvey).await?;
    let said = said_of(&ctx, &period, &fields).await?;
    let look = import::look(&ctx, period, FileId::parse(&file)?, &said).await?;
    ctx.page(&preview_page(&look, None, ctx.locale()))
}

#[handler]
async fn confirm(
    SignedIn(ctx): SignedIn,
    Path((id, file)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::EnterSurvey).await?;
    let file = FileId::parse(&file)?;
    let whole = reading::whole(&ctx, period.clone()).await?;
    let parts = columns::parts(&whole.elements);
    let names = parts.iter().map(|part| format!("col_{part}"));
    let names = names.chain(["heading", "usual_service", "usual_day"].map(str::to_owned));
    let fields: BTreeMap<String, String> = names
        .map(|name| {
            let text = form.get(&name).to_owned();
            (name, text)
        })
        .collect();
    let said = import::said(&fields, &parts);
    let seen = form.get("seen").parse().unwrap_or_default();
    match import::confirm(&ctx, period.id, file, &said, seen).await {
        Ok(count) => {
            let message = Message::new("surveys-imported").with("count", count);
            let path = format!("{}/kertas", base_of(period.id));
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &message))
        }
        // Pressed twice: what was taken stands in the list of batches.
        Err(Error::NotFound) => {
            let path = format!("{}/kertas", base_of(period.id));
            let message = Message::new("surveys-import-gone");
            Ok(ctx.redirect_with(&path, FlashKind::Info, &message))
        }
        Err(error) => {
            let (_, refused) = told(error, ctx.locale())?;
            let look = import::look(&ctx, period, file, &said).await?;
            let page = preview_page(&look, refused, ctx.locale());
            ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}
