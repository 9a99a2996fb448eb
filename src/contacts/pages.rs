//! The contact book in the workspace.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{Contact, ContactFields, ContactId, PAGE, Wanted, forms::form_view, phone_of, service};
use crate::{
    access::{Ctx, Permission, SignedIn},
    organisation::{self, UnitId},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            address::encoded,
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

const LIST: &str = "/kerja/kontak";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/kontak", get(list))
        .at("/kerja/kontak/baru", get(new_contact).post(add_contact))
        .at("/kerja/kontak/:id", get(edit_contact).post(change_contact))
        .at("/kerja/kontak/:id/arsip", post(archive_contact))
}

#[derive(Serialize)]
struct ListPage {
    q: String,
    archived: bool,
    current_href: &'static str,
    archive_href: &'static str,
    rows: Vec<RowView>,
    pager: PagerView,
    empty: EmptyView,
}

#[derive(Serialize)]
struct PagerView {
    previous: Option<String>,
    next: Option<String>,
    summary: String,
}

#[derive(Serialize)]
struct EmptyView {
    title: String,
    text: String,
    action: Option<()>,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    addressee: String,
    institution: String,
    group: String,
    email: Option<String>,
    phone: Option<String>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "contacts/list";
    fn title(&self, locale: Locale) -> String {
        t(locale, "contacts-title")
    }
}

#[derive(Serialize)]
struct ContactPage {
    heading: String,
    action: String,
    back_href: &'static str,
    version: Option<i32>,
    archived: bool,
    archive_action: Option<String>,
    /// One unit is no choice.
    several_units: bool,
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for ContactPage {
    const TEMPLATE: &'static str = "contacts/contact";
    fn title(&self, _: Locale) -> String {
        self.heading.clone()
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    arsip: String,
    halaman: Option<u64>,
}

#[handler]
async fn list(SignedIn(ctx): SignedIn, Query(asked): Query<Asked>) -> Result<Response> {
    let locale = ctx.locale();
    let wanted = Wanted {
        words: asked.q.chars().take(100).collect(),
        archived: asked.arsip == "1",
        page: asked.halaman.unwrap_or(1).clamp(1, 10_000) - 1,
        unit: None,
    };
    let mut found = service::search(&ctx, &wanted).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let page = ListPage {
        archived: wanted.archived,
        current_href: LIST,
        archive_href: "/kerja/kontak?arsip=1",
        rows: found
            .into_iter()
            .map(|contact| row_of(&ctx, contact))
            .collect::<Result<_>>()?,
        pager: pager_of(&wanted, more, locale),
        empty: empty_of(&wanted, locale),
        q: wanted.words,
    };
    ctx.page(&page)
}

fn pager_of(wanted: &Wanted, more: bool, locale: Locale) -> PagerView {
    let at = |page: u64| {
        let archive = if wanted.archived { "&arsip=1" } else { "" };
        format!(
            "{LIST}?q={}{archive}&halaman={page}",
            encoded(&wanted.words)
        )
    };
    PagerView {
        previous: (wanted.page > 0).then(|| at(wanted.page)),
        next: more.then(|| at(wanted.page + 2)),
        summary: Message::new("contacts-page")
            .with("page", wanted.page + 1)
            .text(locale),
    }
}

fn empty_of(wanted: &Wanted, locale: Locale) -> EmptyView {
    let key = match (wanted.words.is_empty(), wanted.archived) {
        (false, _) => "contacts-empty-search",
        (true, true) => "contacts-empty-archive",
        (true, false) => "contacts-empty",
    };
    EmptyView {
        title: t(locale, key),
        text: t(locale, &format!("{key}-text")),
        action: None,
    }
}

fn row_of(ctx: &Ctx, contact: Contact) -> Result<RowView> {
    Ok(RowView {
        href: format!("{LIST}/{}", contact.id),
        addressee: contact.addressee(),
        phone: phone_of(&ctx.app, &contact)?,
        group: contact.participant_group.label(ctx.locale()),
        institution: contact.institution,
        email: contact.email,
    })
}

/// The units whose book the caller keeps.
async fn own_units(ctx: &Ctx) -> Result<Vec<(UnitId, String)>> {
    let scope = ctx.require_scope(Permission::ManageForum)?;
    let units = organisation::units(&ctx.app.db).await?;
    Ok(units
        .into_iter()
        .filter(|unit| scope.covers(unit.id, None))
        .map(|unit| (unit.id, unit.name))
        .collect())
}

async fn new_form(ctx: &Ctx) -> Result<FormView> {
    let units = own_units(ctx).await?;
    let options = units.into_iter().map(|(id, name)| (id.to_string(), name));
    Ok(form_view(ctx.locale()).choice("unit", true, options.collect()))
}

fn page_of(
    ctx: &Ctx,
    known: Option<(&Contact, i32)>,
    form: FormView,
    faults: &[FieldError],
) -> Result<Response> {
    let (form, errors) = form.refused(faults, ctx.locale());
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = match known {
        Some((contact, version)) => ContactPage {
            heading: contact.addressee(),
            action: format!("{LIST}/{}", contact.id),
            back_href: LIST,
            version: Some(version),
            archived: contact.archived_at.is_some(),
            archive_action: Some(format!("{LIST}/{}/arsip", contact.id)),
            several_units: false,
            form,
            errors,
        },
        None => ContactPage {
            heading: t(ctx.locale(), "contacts-new"),
            action: format!("{LIST}/baru"),
            back_href: LIST,
            version: None,
            archived: false,
            archive_action: None,
            several_units: form
                .fields
                .get("unit")
                .is_some_and(|field| field.options.len() > 1),
            form,
            errors,
        },
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn new_contact(SignedIn(ctx): SignedIn) -> Result<Response> {
    let form = new_form(&ctx).await?;
    page_of(&ctx, None, form, &[])
}

#[handler]
async fn add_contact(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let units = own_units(&ctx).await?;
    let chosen = units
        .iter()
        .find(|(id, _)| id.to_string() == form.get("unit"));
    // One unit is no choice, and its field is not shown.
    let unit = match (chosen, units.as_slice()) {
        (Some((id, _)), _) | (None, [(id, _)]) => Ok(*id),
        _ => Err(Error::field("unit", Message::new("field-choose"))),
    };
    let added = match (unit, ContactFields::parse(&form)) {
        (Ok(unit), Ok(fields)) => service::add(&ctx, unit, fields, form.is_on("twin")).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match added {
        Ok(()) => Ok(saved(&ctx)),
        Err(Error::Invalid(faults)) => {
            let typed = new_form(&ctx).await?.typed(&form);
            page_of(&ctx, None, typed, &faults)
        }
        Err(error) => Err(error),
    }
}

fn saved(ctx: &Ctx) -> Response {
    ctx.redirect_with(LIST, FlashKind::Ok, &Message::new("contacts-saved"))
}

#[handler]
async fn edit_contact(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let contact = service::get(&ctx, ContactId::parse(&id)?).await?;
    let form = form_view(ctx.locale())
        .with("institution", &contact.institution)
        .with("name", &contact.name)
        .with("position", &contact.position)
        .with("participant_group", contact.participant_group.code())
        .with("email", contact.email.clone().unwrap_or_default())
        .with("phone", phone_of(&ctx.app, &contact)?.unwrap_or_default());
    page_of(&ctx, Some((&contact, contact.version)), form, &[])
}

fn version(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or_default()
}

#[handler]
async fn change_contact(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ContactId::parse(&id)?;
    let contact = service::get(&ctx, id).await?;
    let seen = version(&form);
    let changed = match ContactFields::parse(&form) {
        Ok(fields) => service::change(&ctx, id, seen, fields, form.is_on("twin")).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(saved(&ctx)),
        Err(Error::Invalid(faults)) => {
            let typed = form_view(ctx.locale()).typed(&form);
            page_of(&ctx, Some((&contact, seen)), typed, &faults)
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn archive_contact(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let away = form.is_on("away");
    service::archive(&ctx, ContactId::parse(&id)?, version(&form), away).await?;
    let key = if away {
        "contacts-archived"
    } else {
        "contacts-restored"
    };
    Ok(ctx.redirect_with(LIST, FlashKind::Ok, &Message::new(key)))
}
