//! `/kerja/kanal`: the register for who keeps it; `/pengaduan/kanal`: what the public reads of it.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::service::{self, Typed, WayView};
use crate::{
    access::{Ctx, Permission, Public, SignedIn},
    complaints::{
        rules::Channel,
        viewing,
        ways::entity::channel::{ChannelId, Model},
        words,
    },
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

const PAGE: &str = "/kerja/kanal";

pub fn routes(route: Route) -> Route {
    route
        .at("/pengaduan/kanal", get(show_public))
        .at("/kerja/kanal", get(show_register).post(add))
        .at("/kerja/kanal/isi", post(fill))
        .at("/kerja/kanal/:id", get(show_one).post(change))
}

#[derive(Serialize)]
struct RegisterPage {
    errors: Vec<ErrorLine>,
    rows: Vec<RowView>,
    public_href: String,
    form: FormView,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    icon: &'static str,
    kind: String,
    name: String,
    contact: String,
    responsible: String,
    note: String,
    active: bool,
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "complaints/ways/channels";
    fn title(&self, locale: Locale) -> String {
        t(locale, "ways-channels-title")
    }
}

#[derive(Serialize)]
struct OnePage {
    errors: Vec<ErrorLine>,
    action: String,
    name: String,
    version: i32,
    form: FormView,
}

impl Page for OnePage {
    const TEMPLATE: &'static str = "complaints/ways/channel";
    fn title(&self, _: Locale) -> String {
        self.name.clone()
    }
}

#[derive(Serialize)]
struct PublicPage {
    unit_name: String,
    new_href: String,
    ways: Vec<WayView>,
    contact_href: String,
}

impl Page for PublicPage {
    const TEMPLATE: &'static str = "complaints/ways/public";
    fn title(&self, locale: Locale) -> String {
        t(locale, "ways-public-title")
    }
}

fn fields(locale: Locale) -> FormView {
    let kinds = Channel::all().map(|kind| (kind.code(), words::channel(kind, locale)));
    FormView::new()
        .choice("kind", true, kinds.collect())
        .field("name", true, 80)
        .field("contact", true, 200)
        .field("responsible", true, 120)
        .field("note", false, 300)
        .field("active", false, 0)
        .with("kind", Channel::WalkIn.code())
        .with("active", "true")
}

fn status_of(faults: &[FieldError]) -> StatusCode {
    if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

async fn own_unit(ctx: &Ctx) -> Result<Unit> {
    ctx.require_scope(Permission::ManageChannels)?;
    viewing::home_unit(ctx).await
}

async fn register(ctx: &Ctx, form: FormView, faults: &[FieldError]) -> Result<Response> {
    let unit = own_unit(ctx).await?;
    let locale = ctx.locale();
    let rows = service::listed(&ctx.app.db, unit.id).await?;
    let (form, errors) = form.refused(faults, locale);
    let page = RegisterPage {
        errors,
        public_href: format!("/pengaduan/kanal?unit={}", unit.code),
        rows: rows
            .into_iter()
            .map(|row| RowView {
                href: format!("{PAGE}/{}", row.id),
                icon: service::icon_of(row.kind),
                kind: words::channel(row.kind, locale),
                name: row.name,
                contact: row.contact,
                responsible: row.responsible,
                note: row.note,
                active: row.active,
            })
            .collect(),
        form,
    };
    ctx.page_of(None, status_of(faults), &page)
}

#[handler]
async fn show_register(SignedIn(ctx): SignedIn) -> Result<Response> {
    register(&ctx, fields(ctx.locale()), &[]).await
}

#[handler]
async fn add(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let unit = own_unit(&ctx).await?;
    let outcome = match Typed::of(&form) {
        Ok(typed) => service::add(&ctx, &unit, typed).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(saved(&ctx)),
        Err(Error::Invalid(faults)) => {
            register(&ctx, fields(ctx.locale()).typed(&form), &faults).await
        }
        Err(error) => Err(error),
    }
}

fn saved(ctx: &Ctx) -> Response {
    ctx.redirect_with(PAGE, FlashKind::Ok, &Message::new("ways-channel-saved"))
}

#[handler]
async fn fill(SignedIn(ctx): SignedIn, _form: Form) -> Result<Response> {
    let unit = own_unit(&ctx).await?;
    service::add_from_contacts(&ctx, &unit).await?;
    Ok(saved(&ctx))
}

fn one(ctx: &Ctx, row: &Model, form: FormView, faults: &[FieldError]) -> Result<Response> {
    let (form, errors) = form.refused(faults, ctx.locale());
    let page = OnePage {
        errors,
        action: format!("{PAGE}/{}", row.id),
        name: row.name.clone(),
        version: row.version,
        form,
    };
    ctx.page_of(None, status_of(faults), &page)
}

#[handler]
async fn show_one(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    ctx.require_scope(Permission::ManageChannels)?;
    let row = service::opened(&ctx, ChannelId::parse(&id)?).await?;
    let form = fields(ctx.locale())
        .with("kind", row.kind.code())
        .with("name", row.name.as_str())
        .with("contact", row.contact.as_str())
        .with("responsible", row.responsible.as_str())
        .with("note", row.note.as_str())
        .with("active", if row.active { "true" } else { "" });
    one(&ctx, &row, form, &[])
}

#[handler]
async fn change(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    ctx.require_scope(Permission::ManageChannels)?;
    let id = ChannelId::parse(&id)?;
    let row = service::opened(&ctx, id).await?;
    let seen = form.get("version").parse().unwrap_or_default();
    let outcome = match Typed::of(&form) {
        Ok(typed) => service::change(&ctx, id, seen, typed).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(saved(&ctx)),
        Err(Error::Invalid(faults)) => one(&ctx, &row, fields(ctx.locale()).typed(&form), &faults),
        Err(error) => Err(error),
    }
}

#[derive(Deserialize)]
struct Chosen {
    unit: Option<String>,
}

#[handler]
async fn show_public(Public(ctx): Public, Query(chosen): Query<Chosen>) -> Result<Response> {
    let named = chosen.unit.filter(|code| !code.is_empty());
    let unit = match named {
        Some(code) => Some(organisation::unit_by_code(&ctx.app.db, &code).await?),
        None => organisation::default_unit(&ctx).await?,
    };
    let Some(unit) = unit.filter(|unit| unit.serves_public) else {
        return Ok(ctx.redirect("/kontak"));
    };
    let page = PublicPage {
        new_href: format!("/pengaduan/baru?unit={}", unit.code),
        contact_href: format!("/kontak?unit={}", unit.code),
        ways: service::public_ways(&ctx.app.db, unit.id, ctx.locale()).await?,
        unit_name: unit.name.clone(),
    };
    ctx.page_in(&organisation::brand_of(&unit), &page)
}
