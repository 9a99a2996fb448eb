//! Signed sheets that came back: handed in, shown beside the list, ticked.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    http::header,
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    details::Details,
    door_view::{BlankView, blank_sheets, walk_in_form},
    entity::ScanId,
    pages::{base_of, walk_in, welcome},
    rules,
    scans::{self, Recorded, Scan, Ticked},
    service::{self, Door, Waiting},
};
use crate::{
    access::{Ctx, SignedIn},
    calendar::dates,
    documents,
    forums::{ForumId, Group},
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
        words,
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/kerja/forum/:id/kehadiran/lembar",
            get(show_all).post(hand_in),
        )
        .at(
            "/kerja/forum/:id/kehadiran/lembar/:scan",
            get(show_one).post(tick),
        )
        .at(
            "/kerja/forum/:id/kehadiran/lembar/:scan/tamu",
            post(add_guest),
        )
        .at(
            "/kerja/forum/:id/kehadiran/lembar/:scan/berkas",
            get(sheet_file),
        )
}

#[derive(Serialize)]
struct ScansPage {
    back_href: String,
    forum_title: String,
    blank: Vec<BlankView>,
    action: String,
    closed: Option<String>,
    file: FieldView,
    errors: Vec<ErrorLine>,
    scans: Vec<ScanView>,
}

#[derive(Serialize)]
struct ScanView {
    name: String,
    detail: String,
    href: String,
}

impl Page for ScansPage {
    const TEMPLATE: &'static str = "attendance/scans";
    fn title(&self, locale: Locale) -> String {
        t(locale, "attendance-scans-title")
    }
}

#[derive(Serialize)]
struct ScanPage {
    back_href: String,
    forum_title: String,
    name: String,
    file_href: String,
    is_picture: bool,
    closed: Option<String>,
    action: String,
    guest_action: String,
    /// The days that have begun, where there are several; and the one that is ticked, counted from one.
    days: Vec<DayView>,
    day: usize,
    groups: Vec<GroupView>,
    guest: FormView,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct DayView {
    label: String,
    href: String,
    active: bool,
}

#[derive(Serialize)]
struct GroupView {
    label: String,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    value: String,
    name: String,
    detail: String,
    code: String,
    /// An office is no person: whoever signed for it may be named.
    ask_name: bool,
    /// What was ticked and typed on a page that came back.
    ticked: bool,
    who: String,
}

impl Page for ScanPage {
    const TEMPLATE: &'static str = "attendance/scan";
    fn title(&self, locale: Locale) -> String {
        t(locale, "attendance-scan-title")
    }
}

async fn all_page(ctx: &Ctx, id: ForumId, faults: &[FieldError]) -> Result<ScansPage> {
    let locale = ctx.locale();
    let (forum, zone, found, closed) = scans::of(ctx, id).await?;
    let form = FormView::new().field("file", true, 0);
    let (mut form, errors) = form.refused(faults, locale);
    let own = format!("{}/lembar", base_of(id));
    let view = |scan: Scan| {
        let at = scan.row.created_at.with_timezone(&zone);
        let size = documents::size_text(scan.file.size, locale);
        ScanView {
            detail: format!("{} · {size}", dates::date_time(&at, locale)),
            href: format!("{own}/{}", scan.row.id),
            name: scan.file.name,
        }
    };
    Ok(ScansPage {
        back_href: base_of(id),
        blank: blank_sheets(&forum, locale),
        forum_title: forum.title,
        closed: closed.map(|closed| closed.notice(locale)),
        file: form.fields.remove("file").unwrap_or_default(),
        errors,
        scans: found.into_iter().map(view).collect(),
        action: own,
    })
}

#[handler]
async fn show_all(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let page = all_page(&ctx, ForumId::parse(&id)?, &[]).await?;
    ctx.page(&page)
}

#[handler]
async fn hand_in(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    service::may_work(&ctx, id).await?;
    let kept = match form.files.into_iter().next() {
        Some(file) => scans::keep(&ctx, id, &file.name, file.bytes).await,
        None => Err(Error::field("file", Message::new("field-required"))),
    };
    match kept {
        Ok(scan) => Ok(ctx.redirect_with(
            &format!("{}/lembar/{scan}", base_of(id)),
            FlashKind::Ok,
            &Message::new("attendance-scan-kept"),
        )),
        Err(Error::Invalid(faults)) => {
            let page = all_page(&ctx, id, &faults).await?;
            ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}

fn ids(id: &str, scan: &str) -> Result<(ForumId, ScanId)> {
    Ok((ForumId::parse(id)?, ScanId::parse(scan)?))
}

async fn one_page(
    ctx: &Ctx,
    (id, scan): (ForumId, ScanId),
    day: Option<usize>,
    form: Option<&Form>,
    faults: &[FieldError],
) -> Result<ScanPage> {
    let locale = ctx.locale();
    let (forum, scan) = scans::one(ctx, id, scan).await?;
    let mut guest = walk_in_form(locale);
    if let Some(form) = form {
        guest = guest.typed(form);
    }
    let (guest, errors) = guest.refused(faults, locale);
    let own = format!("{}/lembar/{}", base_of(id), scan.row.id);
    let door = scans::open_rows(ctx, &forum, day).await?;
    Ok(ScanPage {
        days: day_views(ctx, &door, &own),
        day: door.day + 1,
        back_href: format!("{}/lembar", base_of(id)),
        forum_title: forum.title,
        file_href: format!("{own}/berkas"),
        is_picture: scan.is_picture(),
        name: scan.file.name,
        closed: door.closed.map(|closed| closed.notice(locale)),
        guest_action: format!("{own}/tamu"),
        groups: groups_of(door.waiting, form, locale),
        guest,
        errors,
        action: own,
    })
}

/// A sheet is of one day: which, is chosen above its rows.
fn day_views(ctx: &Ctx, door: &Door, own: &str) -> Vec<DayView> {
    let newest = door.calendar.day_at(ctx.now);
    let view = |day: usize| DayView {
        label: door.calendar.title(day, ctx.locale()),
        href: format!("{own}?hari={}", day + 1),
        active: day == door.day,
    };
    let begun = (0..=newest).filter(|_| door.calendar.has_several());
    begun.map(view).collect()
}

/// The day that a form or an address names, counted from one there.
fn day_of(text: &str) -> Option<usize> {
    text.parse::<usize>().ok()?.checked_sub(1)
}

/// As the printed sheet has them: by group, then by name.
fn groups_of(waiting: Vec<Waiting>, form: Option<&Form>, locale: Locale) -> Vec<GroupView> {
    let mut rows: Vec<(Group, RowView)> = waiting
        .into_iter()
        .flat_map(|one| row_views(one, locale))
        .collect();
    if let Some(form) = form {
        let ticked = form.all("ticked");
        for (_, row) in &mut rows {
            row.ticked = ticked.contains(&row.value.as_str());
            form.get(&format!("who:{}", row.value))
                .clone_into(&mut row.who);
        }
    }
    rows.sort_by_cached_key(|(_, row)| row.name.to_lowercase());
    let mut groups: Vec<GroupView> = Vec::new();
    for group in Group::all() {
        let (own, others) = rows.into_iter().partition(|(of, _)| *of == group);
        rows = others;
        let own: Vec<(Group, RowView)> = own;
        if !own.is_empty() {
            groups.push(GroupView {
                label: group.label(locale),
                rows: own.into_iter().map(|(_, row)| row).collect(),
            });
        }
    }
    groups
}

/// Of an invitation for several each has a line, as on the sheet.
fn row_views(waiting: Waiting, locale: Locale) -> Vec<(Group, RowView)> {
    match waiting {
        Waiting::Next(one, further) => {
            let last = one.quota;
            let next = |number: usize| {
                let (group, view) = row_view(Waiting::Invited(one.clone().without_delegate()));
                let view = RowView {
                    value: format!("next:{}:{number}", one.recipient),
                    name: one.seat_name(number, locale),
                    ask_name: true,
                    ..view
                };
                (group, view)
            };
            (last + 1 - further..=last).map(next).collect()
        }
        one => vec![row_view(one)],
    }
}

fn row_view(waiting: Waiting) -> (Group, RowView) {
    match waiting {
        Waiting::Row(row, _) => {
            let office = row.recipient_id.filter(|_| rules::is_office(&row));
            let view = RowView {
                value: match office {
                    Some(recipient) => format!("recipient:{recipient}"),
                    None => format!("row:{}", row.id),
                },
                ask_name: office.is_some(),
                detail: words::beside(&row.name, &[&row.role, &row.organisation], " · "),
                name: row.name,
                code: row.check_in_code,
                ticked: false,
                who: String::new(),
            };
            (row.participant_group, view)
        }
        Waiting::Invited(one) | Waiting::Next(one, _) => {
            let (value, group) = (format!("recipient:{}", one.recipient), one.group);
            let ask_name = one.office && one.delegate_name.is_none();
            let person = one.into_person();
            let view = RowView {
                value,
                ask_name,
                detail: words::beside(&person.name, &[&person.role, &person.organisation], " · "),
                name: person.name,
                code: String::new(),
                ticked: false,
                who: String::new(),
            };
            (group, view)
        }
    }
}

#[derive(Deserialize)]
struct OfDay {
    hari: Option<String>,
}

#[handler]
async fn show_one(
    SignedIn(ctx): SignedIn,
    Path((id, scan)): Path<(String, String)>,
    Query(query): Query<OfDay>,
) -> Result<Response> {
    let day = day_of(&query.hari.unwrap_or_default());
    let page = one_page(&ctx, ids(&id, &scan)?, day, None, &[]).await?;
    ctx.page(&page)
}

/// The page again, with what is wrong.
async fn refused<T>(
    ctx: &Ctx,
    which: (ForumId, ScanId),
    form: &Form,
    field: &str,
    error: Error,
) -> Result<std::result::Result<T, Response>> {
    let faults = match error {
        Error::Invalid(faults) => faults,
        Error::Rule { message, .. } => vec![FieldError {
            field: field.to_owned(),
            message,
        }],
        error => return Err(error),
    };
    let day = day_of(form.get("hari"));
    let page = one_page(ctx, which, day, Some(form), &faults).await?;
    let response = ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)?;
    Ok(Err(response))
}

/// The ticked rows, and who signed for an office.
fn ticked(form: &Form) -> Result<Vec<(Ticked, Details)>> {
    let mut check = Check::new();
    let mut rows = Vec::new();
    for value in form.all("ticked") {
        let who = form.get(&format!("who:{value}"));
        let details = Details {
            name: documents::optional_name(&mut check, "ticked", who, 200),
            ..Details::default()
        };
        rows.push((Ticked::parse(value).ok_or(Error::NotFound)?, details));
    }
    check.finish()?;
    Ok(rows)
}

/// The same sheet of the same day.
fn back_to(id: ForumId, scan: &str, form: &Form) -> String {
    let own = format!("{}/lembar/{scan}", base_of(id));
    match day_of(form.get("hari")) {
        Some(day) => format!("{own}?hari={}", day + 1),
        None => own,
    }
}

#[handler]
async fn tick(
    SignedIn(ctx): SignedIn,
    Path((id, scan)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    // Both buttons send the whole page: a guest who is typed there comes along.
    let typed = ["name", "position", "organisation", "phone"];
    let has_guest = typed.iter().any(|name| !form.get(name).trim().is_empty());
    record(&ctx, (&id, &scan), &form, has_guest).await
}

#[handler]
async fn add_guest(
    SignedIn(ctx): SignedIn,
    Path((id, scan)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    record(&ctx, (&id, &scan), &form, true).await
}

/// The ticked rows, and the guest if there is one.
async fn record(
    ctx: &Ctx,
    (id, scan): (&str, &str),
    form: &Form,
    has_guest: bool,
) -> Result<Response> {
    let which = ids(id, scan)?;
    service::may_work(ctx, which.0).await?;
    let guest = has_guest.then(|| walk_in(form)).transpose();
    let day = day_of(form.get("hari"));
    let done = match (ticked(form), guest) {
        (Ok(ticked), Ok(guest)) => scans::record(ctx, which.0, (which.1, day), ticked, guest).await,
        (Err(fault), _) | (_, Err(fault)) => Err(fault),
    };
    // Ticks that were taken meanwhile are passed over, so a refusal is about the guest where there is one.
    let field = if has_guest { "name" } else { "ticked" };
    let done = match done {
        Ok(done) => Ok(done),
        Err(error) => refused(ctx, which, form, field, error).await?,
    };
    Ok(match done {
        Ok(done) => ctx.redirect_with(&back_to(which.0, scan, form), FlashKind::Ok, &told(&done)),
        Err(response) => response,
    })
}

fn told(done: &Recorded) -> Message {
    match &done.guest {
        None => Message::new("attendance-ticked").with("count", done.ticked),
        Some(guest) if done.ticked == 0 => welcome(guest),
        Some(guest) => Message::new("attendance-ticked-and-guest")
            .with("count", done.ticked)
            .with("name", &guest.row.name),
    }
}

#[handler]
async fn sheet_file(
    SignedIn(ctx): SignedIn,
    Path((id, scan)): Path<(String, String)>,
) -> Result<Response> {
    let (id, scan) = ids(&id, &scan)?;
    let (file, bytes) = scans::bytes(&ctx, id, scan).await?;
    if file.content_type.starts_with("image/") {
        return Ok(Response::builder()
            .header(header::CONTENT_TYPE, file.content_type)
            .body(bytes));
    }
    Ok(ctx.download(&file.name, &file.content_type, bytes))
}
