//! The organiser's page of registration: the switch with seats and closing time, and those who registered.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    Offer, Opening, Registration, RegistrationId, managing,
    rules::{self, EndedBy},
    service,
    setting::{self, seats_field},
    telling_pages::{self, CalledView, TellView},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    forums::{self, Forum, ForumId, Group},
    invitations, organisation,
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
    route
        .at("/kerja/forum/:id/pendaftaran", get(show).post(save))
        .at(
            "/kerja/forum/:id/pendaftaran/:registration/hapus",
            post(remove),
        )
}

/// A hall has no more.
const MOST_SEATS: i64 = 5000;

#[derive(Serialize)]
struct DeskPage {
    forum_title: String,
    forum_href: String,
    questions_href: String,
    answers_href: String,
    /// "Terbuka" and so on.
    state_kind: &'static str,
    state_icon: &'static str,
    state: String,
    public_href: Option<String>,
    public_url: String,
    action: String,
    version: i32,
    seats: Vec<SeatView>,
    form: FormView,
    restricted: bool,
    summary: String,
    rows: Vec<RowView>,
    ended: Vec<EndedView>,
    /// Who is still to be told of a change.
    telling: Option<TellView>,
    /// Who was told by telephone, each with a way to take a wrong tick back.
    called: Vec<CalledView>,
    /// The forum is closed or does not take place: there is nothing to set any more.
    over: Option<String>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct SeatView {
    field: FieldOf,
    label: String,
    hint: String,
}

#[derive(Serialize)]
struct FieldOf {
    name: &'static str,
    value: String,
    error: Option<String>,
    required: bool,
    maxlength: Option<usize>,
    options: Vec<String>,
}

#[derive(Serialize)]
struct RowView {
    number: usize,
    name: String,
    detail: String,
    group: String,
    contact: String,
    since: String,
    version: i32,
    remove_action: String,
    id: String,
}

#[derive(Serialize)]
struct EndedView {
    name: String,
    text: String,
}

impl Page for DeskPage {
    const TEMPLATE: &'static str = "registrations/desk";
    fn title(&self, locale: Locale) -> String {
        t(locale, "registrations-title")
    }
}

/// Everybody but the office's own people.
fn groups() -> Vec<Group> {
    let mut groups = Group::all();
    groups.retain(|group| *group != Group::Organiser);
    groups
}

fn empty_form() -> FormView {
    let view = FormView::new()
        .choice("open", true, Vec::new())
        .field("closes_on", true, 0)
        .field("closes_time", true, 5);
    groups()
        .into_iter()
        .fold(view, |view, group| view.field(seats_field(group), false, 4))
}

fn options(locale: Locale) -> Vec<(String, String)> {
    ["yes", "no"]
        .map(|value| {
            let key = format!("registrations-open-{value}");
            (value.to_owned(), t(locale, &key))
        })
        .to_vec()
}

/// What stands in the form before anybody set it: the plan less the invited, until the proposed closing.
fn known_form(
    offer: &Offer,
    proposed: &[(Group, i32)],
    now: DateTime<Utc>,
    locale: Locale,
) -> FormView {
    let (closes, on) = match &offer.setting {
        Some(row) => (row.closes_at.with_timezone(&offer.zone), row.open),
        None => {
            let starts = forums::starts_at(&offer.forum, offer.zone);
            (rules::proposed_closing(starts, now), false)
        }
    };
    let (date, time) = (closes.date_naive(), closes.time());
    let seats: Vec<(Group, i32)> = match &offer.setting {
        Some(_) => {
            let known = offer.seats.iter();
            known
                .map(|one| (one.group, i32::try_from(one.seats).unwrap_or_default()))
                .collect()
        }
        None => proposed.to_vec(),
    };
    let form = empty_form()
        .choice("open", true, options(locale))
        .with("open", if on { "yes" } else { "no" })
        .with("closes_on", date.to_string())
        .with("closes_time", time.format("%H:%M").to_string());
    seats.into_iter().fold(form, |form, (group, seats)| {
        form.with(seats_field(group), seats.to_string())
    })
}

fn parsed(form: &Form, zone: Tz) -> Result<Opening> {
    let mut check = Check::new();
    let on = check.choice("open", form.get("open"), |raw| match raw {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    });
    let mut seats = Vec::new();
    for group in groups() {
        let field = seats_field(group);
        if !form.get(field).trim().is_empty() {
            let number = check.number(field, form.get(field), 0, MOST_SEATS);
            seats.push((group, i32::try_from(number).unwrap_or_default()));
        }
    }
    let date = check.date("closes_on", form.get("closes_on"));
    let raw = form.get("closes_time").trim().replace('.', ":");
    let time = check.choice("closes_time", &raw, |raw| {
        let long = NaiveTime::parse_from_str(raw, "%H:%M:%S").ok();
        long.or_else(|| NaiveTime::parse_from_str(raw, "%H:%M").ok())
    });
    let closes = date.and_time(time.unwrap_or_default());
    let closes_at: Option<DateTime<Tz>> = closes.and_local_timezone(zone).earliest();
    if closes_at.is_none() {
        check.fault("closes_on", Message::new("field-date"));
    }
    check.finish()?;
    Ok(Opening {
        on: on.unwrap_or_default(),
        seats,
        closes_at: closes_at.map_or_else(DateTime::<Utc>::default, |at| at.to_utc()),
    })
}

/// How many of each group are planned, and how many people the letter invites.
async fn planned(ctx: &Ctx, forum: &Forum) -> Result<(Vec<(Group, i32)>, Vec<(Group, i32)>)> {
    let db = &ctx.app.db;
    let invited = invitations::recipients(db, forum).await?.into_iter();
    let invited = invited.map(|one| (one.participant_group, one.quota));
    Ok((forums::quotas(db, forum).await?, invited.collect()))
}

async fn page_of(
    ctx: &Ctx,
    id: ForumId,
    typed: Option<&Form>,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let (offer, all) = managing::of(ctx, id).await?;
    let (plan, invited) = planned(ctx, &offer.forum).await?;
    let proposed = rules::proposed(&plan, &invited);
    let mut form = known_form(&offer, &proposed, ctx.now, locale);
    let mut version = offer.setting.as_ref().map_or(0, |row| row.version);
    if let Some(typed) = typed {
        form = form.typed(typed);
        version = typed.get("version").parse().unwrap_or_default();
    }
    let (form, errors) = form.refused(faults, locale);
    let base = format!("/kerja/forum/{id}");
    let (state_kind, state_icon) = match offer.open {
        Ok(()) => ("ok", "check-circle"),
        Err(rules::Closed::NotAnnounced | rules::Closed::Full) => ("soon", "clock"),
        Err(_) => ("plain", "lock"),
    };
    let public = format!("/forum/{id}/daftar");
    let page = DeskPage {
        forum_title: offer.forum.title.clone(),
        forum_href: base.clone(),
        questions_href: format!("{base}/pertanyaan"),
        answers_href: format!("{base}/jawaban"),
        state_kind,
        state_icon,
        state: service::closed_text(&offer, locale)
            .unwrap_or_else(|| t(locale, "registrations-is-open")),
        public_href: offer.open.is_ok().then(|| public.clone()),
        public_url: ctx.app.url(&public),
        action: format!("{base}/pendaftaran"),
        version,
        seats: seat_views(&offer, &form, (&plan, &invited), locale),
        form,
        restricted: offer.open == Err(rules::Closed::Restricted),
        summary: Message::new("registrations-count")
            .with("count", offer.expected.len())
            .with(
                "seats",
                offer.seats.iter().map(|one| one.seats).sum::<usize>(),
            )
            .text(locale),
        rows: offer
            .expected
            .iter()
            .zip(1..)
            .map(|(row, number)| row_view(ctx, &offer, row, number))
            .collect::<Result<_>>()?,
        ended: all
            .iter()
            .filter_map(|row| ended_view(row, &offer, locale))
            .collect(),
        telling: telling_pages::view(ctx, &offer)?,
        called: telling_pages::called(ctx, &offer).await?,
        over: over_of(ctx, &offer).await?,
        errors,
    };
    let status = match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ctx.page_of(Some(&organisation::brand_of(&offer.unit)), status, &page)
}

async fn over_of(ctx: &Ctx, offer: &Offer) -> Result<Option<String>> {
    let locale = ctx.locale();
    if forums::may_work(&offer.forum).is_ok() {
        return Ok(None);
    }
    let closed = forums::closed_text(&ctx.app.db, &offer.forum, offer.zone, locale).await?;
    let key = match offer.forum.cancelled_at {
        Some(_) => "forums-cancelled",
        None => "forums-stage-closed",
    };
    Ok(Some(closed.unwrap_or_else(|| t(locale, key))))
}

/// How many of each group.
type People = [(Group, i32)];

fn seat_views(
    offer: &Offer,
    form: &FormView,
    (plan, invited): (&People, &People),
    locale: Locale,
) -> Vec<SeatView> {
    let sum = |of: &People, group: Group| -> i32 {
        let mine = of.iter().filter(|(other, _)| *other == group);
        mine.map(|(_, people)| people).sum()
    };
    let view = |group: Group| {
        let field = form.fields.get(seats_field(group))?;
        let taken = offer.seats.iter().find(|one| one.group == group);
        Some(SeatView {
            label: group.label(locale),
            hint: Message::new("registrations-seats-hint")
                .with("planned", sum(plan, group))
                .with("invited", sum(invited, group))
                .with("taken", taken.map_or(0, |one| one.taken))
                .text(locale),
            field: FieldOf {
                name: field.name,
                value: field.value.clone(),
                error: field.error.clone(),
                required: true,
                maxlength: field.maxlength,
                options: Vec::new(),
            },
        })
    };
    groups().into_iter().filter_map(view).collect()
}

fn row_view(ctx: &Ctx, offer: &Offer, row: &Registration, number: usize) -> Result<RowView> {
    let locale = ctx.locale();
    let contact = match service::email_of(&ctx.app, row)? {
        Some(email) => Some(email),
        None => service::phone_of(&ctx.app, row)?,
    };
    Ok(RowView {
        number,
        name: row.name.clone(),
        detail: words::beside(&row.name, &[&row.role, &row.organisation], " · "),
        group: row.participant_group.label(locale),
        contact: contact.unwrap_or_else(|| t(locale, "registrations-contact-gone")),
        since: dates::date_time(&row.created_at.with_timezone(&offer.zone), locale),
        version: row.version,
        remove_action: format!("/kerja/forum/{}/pendaftaran/{}/hapus", row.forum_id, row.id),
        id: row.id.0.simple().to_string(),
    })
}

fn ended_view(row: &Registration, offer: &Offer, locale: Locale) -> Option<EndedView> {
    let (at, by) = row.ended_at.zip(row.ended_by)?;
    let key = match by {
        EndedBy::Person => "registrations-ended-list-person",
        EndedBy::Organiser => "registrations-ended-list-organiser",
    };
    let at = dates::date_time(&at.with_timezone(&offer.zone), locale);
    let mut text = Message::new(key).with("at", at).text(locale);
    if let Some(reason) = &row.ended_reason {
        text.push_str(": ");
        text.push_str(reason);
    }
    Some(EndedView {
        name: row.name.clone(),
        text,
    })
}

fn base_of(id: ForumId) -> String {
    format!("/kerja/forum/{id}/pendaftaran")
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    page_of(&ctx, ForumId::parse(&id)?, None, &[]).await
}

#[handler]
async fn save(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let (offer, _) = managing::of(&ctx, id).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let saved = match parsed(&form, offer.zone) {
        Ok(new) => setting::open(&ctx, id, version, new).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => {
            let message = Message::new("registrations-saved");
            Ok(ctx.redirect_with(&base_of(id), FlashKind::Ok, &message))
        }
        Err(Error::Invalid(faults)) => page_of(&ctx, id, Some(&form), &faults).await,
        Err(error) => Err(error),
    }
}

#[handler]
async fn remove(
    SignedIn(ctx): SignedIn,
    Path((id, registration)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, registration) = (ForumId::parse(&id)?, RegistrationId::parse(&registration)?);
    forums::get(&ctx, id, Permission::ManageForum).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let mut check = Check::new();
    let reason = check.line("reason", form.get("reason"), 5, 300);
    let removed = match check.finish() {
        Ok(()) => managing::remove(&ctx, id, (registration, version), &reason).await,
        Err(error) => Err(error),
    };
    match removed {
        Ok(()) => {
            let message = Message::new("registrations-removed");
            Ok(ctx.redirect_with(&base_of(id), FlashKind::Ok, &message))
        }
        // The reason of one row among many has its own field.
        Err(Error::Invalid(faults)) => {
            let field = format!("reason-{}", registration.0.simple());
            let faults: Vec<FieldError> = faults
                .into_iter()
                .map(|fault| FieldError {
                    field: field.clone(),
                    ..fault
                })
                .collect();
            page_of(&ctx, id, None, &faults).await
        }
        Err(error) => Err(error),
    }
}
