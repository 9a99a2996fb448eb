//! "Siapa yang datang?": asked after a check-in for an office, and open for every row until the list is closed.

use poem::{Request, Response, Route, get, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    correcting::{self, Correction, Known, Phone},
    entity::{AttendanceId, attendance},
    pages::{Told, base_of, by_module},
    rules, service,
};
use crate::{
    access::{Ctx, SignedIn},
    audit,
    calendar::dates,
    documents,
    forums::ForumId,
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
        words,
    },
};

pub fn routes(route: Route) -> Route {
    route.at(
        "/kerja/forum/:id/kehadiran/:row/orang",
        get(show).post(save),
    )
}

/// Where a row is put right.
pub(super) fn person_href(row: &attendance::Model) -> String {
    format!("{}/{}/orang", base_of(row.forum_id), row.id)
}

#[derive(Serialize)]
struct PersonPage {
    back_href: String,
    forum_title: String,
    /// The office on the letter, while nobody said who came.
    unnamed: bool,
    office: Option<String>,
    detail: String,
    code: String,
    came: Option<String>,
    closed: Option<String>,
    action: String,
    version: i32,
    /// The telephone number that is kept, masked.
    phone_hint: String,
    has_phone: bool,
    form: FormView,
    history: Vec<EntryView>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct EntryView {
    title: String,
    when: String,
    who: String,
    text: String,
    kind: &'static str,
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "attendance/person";
    fn title(&self, locale: Locale) -> String {
        let key = match self.unnamed {
            true => "attendance-who-came",
            false => "attendance-person-title",
        };
        t(locale, key)
    }
}

fn page_of(ctx: &Ctx, known: Known, form: Option<&Form>, faults: &[FieldError]) -> PersonPage {
    let locale = ctx.locale();
    let row = known.row;
    let unnamed = rules::is_office(&row);
    let mut fields = FormView::new()
        .field("name", true, 200)
        .field("position", false, 200)
        .field("organisation", false, 200)
        .field("phone", false, 40)
        .field("phone_removed", false, 0)
        .with("position", &row.role)
        .with("organisation", &row.organisation);
    if !unnamed {
        fields = fields.with("name", &row.name);
    }
    if let Some(form) = form {
        fields = fields.typed(form);
    }
    let (form, errors) = fields.refused(faults, locale);
    let has_phone = row.phone.is_some();
    let phone_hint = match has_phone {
        true => Message::new("attendance-phone-kept")
            .with("phone", known.masked_phone)
            .text(locale),
        false => t(locale, "attendance-phone-hint"),
    };
    PersonPage {
        back_href: base_of(row.forum_id),
        forum_title: known.forum.title,
        unnamed,
        detail: words::said_once(&[&row.role, &row.organisation], " · "),
        came: row
            .checked_in_at
            .map(|at| dates::date_time(&at.with_timezone(&known.zone), locale)),
        closed: known.closed.map(|closed| closed.notice(locale)),
        action: person_href(&row),
        version: row.version,
        phone_hint,
        has_phone,
        form,
        history: history(&known.history, known.zone, locale),
        errors,
        code: row.check_in_code,
        office: row.office,
    }
}

fn history(events: &[audit::Model], zone: chrono_tz::Tz, locale: Locale) -> Vec<EntryView> {
    let view = |event: &audit::Model| {
        let title = match event.verb.as_str() {
            "attendance.checked_in" => "attendance-history-in",
            "attendance.undone" => "attendance-history-undone",
            "attendance.signed" => "attendance-history-signed",
            "attendance.signature_removed" => "attendance-history-unsigned",
            "attendance.corrected" => "attendance-history-corrected",
            _ => return None,
        };
        let fields = event.data["fields"].as_array();
        let fields = fields.into_iter().flatten().filter_map(|one| one.as_str());
        let fields: Vec<String> = fields
            .map(|field| t(locale, &format!("attendance-{field}")))
            .collect();
        Some(EntryView {
            title: t(locale, title),
            when: dates::date_time(&event.at.with_timezone(&zone), locale),
            who: event.actor_name.clone(),
            text: fields.join(", "),
            kind: "plain",
        })
    };
    events.iter().rev().filter_map(view).collect()
}

fn ids(id: &str, row: &str) -> Result<(ForumId, AttendanceId)> {
    Ok((ForumId::parse(id)?, AttendanceId::parse(row)?))
}

#[handler]
async fn show(
    SignedIn(ctx): SignedIn,
    Path((id, row)): Path<(String, String)>,
) -> Result<Response> {
    let (id, row) = ids(&id, &row)?;
    let known = correcting::of(&ctx, id, row).await?;
    ctx.page(&page_of(&ctx, known, None, &[]))
}

/// A field that a form does not have is left as it is: the door asks for less than the page.
fn correction(form: &Form) -> Result<Correction> {
    let mut check = Check::new();
    let has = |name: &str| !form.all(name).is_empty();
    let name = if form.get("name").trim().is_empty() {
        check.fault("name", Message::new("attendance-name-needed"));
        String::new()
    } else {
        documents::typed_name(&mut check, "name", form.get("name"), (2, 200))
    };
    let mut line = |name: &str| {
        let typed = check.optional(name, form.get(name), 200);
        has(name).then(|| typed.unwrap_or_default())
    };
    let (role, organisation) = (line("position"), line("organisation"));
    let phone = match check.phone("phone", form.get("phone")) {
        Some(phone) => Phone::New(phone),
        None if form.is_on("phone_removed") => Phone::Removed,
        None => Phone::Kept,
    };
    check.finish()?;
    Ok(Correction {
        name,
        role,
        organisation,
        phone,
    })
}

#[handler]
async fn save(
    SignedIn(ctx): SignedIn,
    request: &Request,
    Path((id, row)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, row) = ids(&id, &row)?;
    service::may_work(&ctx, id).await?;
    let version = form.get("version").parse().unwrap_or(0);
    let saved = match correction(&form) {
        Ok(new) => correcting::correct(&ctx, id, (row, version), new).await,
        Err(fault) => Err(fault),
    };
    let told = |name: &str| Message::new("attendance-person-saved").with("name", name);
    if by_module(request) {
        let saved = saved.map(|row| Told {
            outcome: "in",
            message: told(&row.name).text(ctx.locale()),
            name: row.name,
            ..Told::default()
        });
        return Told::answer(&ctx, saved);
    }
    let (faults, status) = match saved {
        Ok(row) => return Ok(ctx.redirect_with(&base_of(id), FlashKind::Ok, &told(&row.name))),
        Err(Error::Invalid(faults)) => (faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict { .. }) => {
            // What was typed stays; the reader sees what stands there now, and decides.
            let row = correcting::of(&ctx, id, row).await?.row;
            let texts = [
                row.name,
                words::said_once(&[&row.role, &row.organisation], ", "),
            ];
            let texts = texts.into_iter().filter(|text| !text.is_empty());
            let who = texts.collect::<Vec<_>>().join(", ");
            let message = Message::new("attendance-person-changed").with("who", who);
            let field = "name".to_owned();
            (vec![FieldError { field, message }], StatusCode::CONFLICT)
        }
        Err(error) => return Err(error),
    };
    let known = correcting::of(&ctx, id, row).await?;
    let page = page_of(&ctx, known, Some(&form), &faults);
    ctx.page_of(None, status, &page)
}
