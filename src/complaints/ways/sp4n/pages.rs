//! `/kerja/sp4n`: hand in a list, look at what was read, confirm; and what was taken in before.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    web::{Path, Query},
};
use serde::Serialize;

use super::{
    columns::{Mapping, Part},
    rows::Fault,
    service::{self, Choice, MOST_ROWS, Preview},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    complaints::{viewing, words},
    documents::{self, FileId},
    organisation::{self, Unit},
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
};

const PAGE: &str = "/kerja/sp4n";
/// Rows that the preview shows; the rest is counted.
const SHOWN: usize = 50;
const FAULTS_SHOWN: usize = 300;

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/sp4n", get(show).post(take_in))
        .at("/kerja/sp4n/:file", get(preview).post(confirm))
}

#[derive(Serialize)]
struct UploadPage {
    errors: Vec<ErrorLine>,
    limit: String,
    kept: Vec<String>,
    form: FormView,
    rows: Vec<ImportView>,
}

#[derive(Serialize)]
struct ImportView {
    when: String,
    who: String,
    file: String,
    told: String,
}

impl Page for UploadPage {
    const TEMPLATE: &'static str = "complaints/ways/sp4n";
    fn title(&self, locale: Locale) -> String {
        t(locale, "ways-sp4n-title")
    }
}

#[derive(Serialize)]
struct PreviewPage {
    /// What came in long ago, if the dates are right.
    old: Option<String>,
    action: String,
    file: String,
    heading: u32,
    columns: Vec<ColumnView>,
    hidden: Vec<HiddenView>,
    readable: bool,
    /// Something can be confirmed.
    ready: bool,
    accepted: usize,
    accepted_title: String,
    known_title: String,
    changes_title: String,
    faulty_title: String,
    confirm_label: String,
    rows: Vec<RowView>,
    more: Option<String>,
    changes: Vec<ChangeView>,
    faults: Vec<FaultView>,
    more_faults: Option<String>,
}

#[derive(Serialize)]
struct HiddenView {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
struct ColumnView {
    name: &'static str,
    label: String,
    options: Vec<OptionView>,
}

#[derive(Serialize)]
struct RowView {
    row: u32,
    tracking_id: String,
    subject: String,
    kind: String,
    received: String,
    /// Empty where the list has one day only.
    reported: String,
    status: String,
}

#[derive(Serialize)]
struct ChangeView {
    tracking_id: String,
    number: String,
    href: String,
    before: String,
    after: String,
}

#[derive(Serialize)]
struct FaultView {
    cell: String,
    shown: String,
    reason: String,
}

impl Page for PreviewPage {
    const TEMPLATE: &'static str = "complaints/ways/sp4n_preview";
    fn title(&self, locale: Locale) -> String {
        t(locale, "import-preview-title")
    }
}

async fn own_unit(ctx: &Ctx) -> Result<Unit> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let unit = viewing::home_unit(ctx).await?;
    service::require(ctx, &unit)?;
    Ok(unit)
}

async fn upload_page(ctx: &Ctx, id: &str, faults: &[FieldError]) -> Result<Response> {
    let unit = own_unit(ctx).await?;
    let locale = ctx.locale();
    let zone = organisation::zone_of(&unit)?;
    let form = FormView::new()
        .field("file", true, 0)
        .field("id", true, 40)
        .with("id", id);
    let (form, errors) = form.refused(faults, locale);
    let size = i64::try_from(ctx.app.config.http.max_upload).unwrap_or(i64::MAX);
    let rows = service::history(ctx, &unit).await?;
    let page = UploadPage {
        errors,
        limit: Message::new("import-file-hint")
            .with("rows", MOST_ROWS)
            .with("size", documents::size_text(size, locale))
            .text(locale),
        kept: Vec::new(),
        form,
        rows: rows
            .into_iter()
            .map(|row| ImportView {
                when: dates::date_time(&row.created_at.with_timezone(&zone), locale),
                told: Message::new("ways-sp4n-told")
                    .with("stored", row.stored)
                    .with("known", row.known)
                    .with("changed", row.changed)
                    .with("faulty", row.faulty)
                    .text(locale),
                who: row.person_name,
                file: row.file_name,
            })
            .collect(),
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(
    SignedIn(ctx): SignedIn,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response> {
    let Some(typed) = asked.get("id").filter(|typed| !typed.trim().is_empty()) else {
        return upload_page(&ctx, "", &[]).await;
    };
    let unit = own_unit(&ctx).await?;
    match service::find(&ctx, &unit, typed).await? {
        Some(number) => Ok(ctx.redirect(&format!("/kerja/pengaduan/{number}"))),
        None => {
            let fault = FieldError {
                field: "id".to_owned(),
                message: Message::new("ways-sp4n-id-unknown"),
            };
            upload_page(&ctx, typed, &[fault]).await
        }
    }
}

#[handler]
async fn take_in(SignedIn(ctx): SignedIn, mut form: Form) -> Result<Response> {
    let unit = own_unit(&ctx).await?;
    let taken = match form.files.pop() {
        Some(file) => service::upload(&ctx, &unit, &file.name, file.bytes).await,
        None => Err(Error::field("file", Message::new("import-file-missing"))),
    };
    match taken {
        Ok(file) => Ok(ctx.redirect(&format!("{PAGE}/{file}"))),
        Err(Error::Invalid(faults)) => upload_page(&ctx, "", &faults).await,
        Err(error) => Err(error),
    }
}

/// The mapping as the form sends it: column numbers from 0, empty for none. None where nothing was sent: then the
/// guess holds.
fn corrected<'a>(sent: impl Fn(&str) -> Option<&'a str>) -> Option<Mapping> {
    let heading = sent("heading")?;
    let columns = Part::ALL
        .into_iter()
        .filter_map(|part| Some((part, sent(part.code())?.parse().ok()?)));
    Some(Mapping {
        heading: heading.trim().parse().unwrap_or_default(),
        columns: columns.collect(),
    })
}

#[handler]
async fn preview(
    SignedIn(ctx): SignedIn,
    Path(file): Path<String>,
    Query(sent): Query<HashMap<String, String>>,
) -> Result<Response> {
    let unit = own_unit(&ctx).await?;
    let mapping = corrected(|name| sent.get(name).map(String::as_str));
    let read = service::look(&ctx, &unit, FileId::parse(&file)?, mapping).await?;
    ctx.page(&preview_page(&read, ctx.locale()))
}

fn preview_page(read: &Preview, locale: Locale) -> PreviewPage {
    let reading = &read.reading;
    let (accepted, left_out) = (reading.new.len(), reading.faulty_rows());
    let counted = |key: &str, count: usize| Message::new(key).with("count", count).text(locale);
    let button = if left_out == 0 {
        Message::new("ways-sp4n-confirm").with("count", accepted)
    } else {
        Message::new("ways-sp4n-confirm-some")
            .with("count", accepted)
            .with("left", left_out)
    };
    PreviewPage {
        action: format!("{PAGE}/{}", read.file.id),
        file: read.file.name.clone(),
        heading: read.mapping.heading,
        columns: Part::ALL
            .into_iter()
            .map(|part| column_view(part, read, locale))
            .collect(),
        hidden: hidden_fields(&read.mapping),
        readable: read.mapping.is_readable(),
        ready: accepted > 0 || !reading.changes.is_empty(),
        accepted,
        accepted_title: counted("ways-sp4n-new", accepted),
        known_title: counted("ways-sp4n-known", reading.same),
        old: (!reading.old.is_empty()).then(|| {
            let rows: Vec<String> = reading.old.iter().take(10).map(u32::to_string).collect();
            Message::new("ways-sp4n-old")
                .with("count", reading.old.len())
                .with("rows", rows.join(", "))
                .text(locale)
        }),
        changes_title: counted("ways-sp4n-changes", reading.changes.len()),
        faulty_title: counted("import-faulty", left_out),
        confirm_label: button.text(locale),
        rows: reading
            .new
            .iter()
            .take(SHOWN)
            .map(|row| RowView {
                row: row.row,
                tracking_id: row.tracking_id.clone(),
                subject: row.subject.clone(),
                kind: words::kind(row.kind, locale),
                received: moment(row.received, locale),
                reported: row.reported.map_or_else(String::new, |at| {
                    Message::new("ways-sp4n-reported-on")
                        .with("at", moment(at, locale))
                        .text(locale)
                }),
                status: row.status.clone(),
            })
            .collect(),
        more: (accepted > SHOWN).then(|| counted("import-more", accepted - SHOWN)),
        changes: reading
            .changes
            .iter()
            .take(FAULTS_SHOWN)
            .map(|change| ChangeView {
                tracking_id: change.tracking_id.clone(),
                href: format!("/kerja/pengaduan/{}", change.number),
                number: change.number.clone(),
                before: change.before.clone(),
                after: change.after.clone(),
            })
            .collect(),
        faults: reading
            .faults
            .iter()
            .take(FAULTS_SHOWN)
            .map(|fault| fault_view(fault, read, locale))
            .collect(),
        more_faults: (reading.faults.len() > FAULTS_SHOWN)
            .then(|| counted("import-more", reading.faults.len() - FAULTS_SHOWN)),
    }
}

fn moment(at: NaiveDateTime, locale: Locale) -> String {
    format!("{} {}", dates::date(at.date(), locale), at.format("%H.%M"))
}

fn column_view(part: Part, read: &Preview, locale: Locale) -> ColumnView {
    let chosen = read.mapping.columns.get(&part).copied();
    let none = OptionView {
        label: t(locale, "import-column-none"),
        selected: chosen.is_none(),
        ..OptionView::default()
    };
    let named = (0..sheets::width(&read.table)).map(|column| OptionView {
        value: column.to_string(),
        label: sheets::column_label(&read.table, read.mapping.heading, column),
        hint: None,
        selected: chosen == Some(column),
    });
    ColumnView {
        name: part.code(),
        label: t(
            locale,
            &format!("ways-sp4n-part-{}", part.code().replace('_', "-")),
        ),
        options: std::iter::once(none).chain(named).collect(),
    }
}

/// The mapping again, so that what is confirmed is what was seen.
fn hidden_fields(mapping: &Mapping) -> Vec<HiddenView> {
    let heading = HiddenView {
        name: "heading",
        value: mapping.heading.to_string(),
    };
    let columns = mapping.columns.iter().map(|(part, column)| HiddenView {
        name: part.code(),
        value: column.to_string(),
    });
    std::iter::once(heading).chain(columns).collect()
}

fn fault_view(fault: &Fault, read: &Preview, locale: Locale) -> FaultView {
    let line = read
        .table
        .lines
        .iter()
        .find(|line| line.number == fault.row);
    let column = fault
        .column
        .or_else(|| read.mapping.columns.get(&Part::TrackingId).copied());
    let shown = column.and_then(|column| line.map(|line| line.text(column)));
    FaultView {
        cell: fault.cell().unwrap_or_else(|| {
            Message::new("import-row-number")
                .with("row", fault.row)
                .text(locale)
        }),
        shown: shown.unwrap_or_default().chars().take(60).collect(),
        reason: fault.message.text(locale),
    }
}

#[handler]
async fn confirm(
    SignedIn(ctx): SignedIn,
    Path(file): Path<String>,
    form: Form,
) -> Result<Response> {
    let unit = own_unit(&ctx).await?;
    let sent = |name: &str| Some(form.get(name)).filter(|value| !value.is_empty());
    let choice = Choice {
        mapping: corrected(sent).unwrap_or_default(),
        seen: form.get("seen").parse().unwrap_or_default(),
        take_changes: form.is_on("take_changes"),
    };
    let taken = match service::confirm(&ctx, &unit, FileId::parse(&file)?, choice).await {
        // Somebody else was quicker: the page of the lists says who, and with what.
        Err(Error::Rule { message, .. }) => {
            return Ok(ctx.redirect_with(PAGE, FlashKind::Info, &message));
        }
        other => other?,
    };
    let told = Message::new("ways-sp4n-done")
        .with("count", taken.stored)
        .with("changed", taken.changed);
    Ok(ctx.redirect_with(PAGE, FlashKind::Ok, &told))
}
