//! `/kerja/survei/kode`: printed codes with their posters.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::codes;
use crate::{
    access::{self, Ctx, Permission, SignedIn, UnitLink},
    documents::{self, Kind, data::Poster},
    organisation::Unit,
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
    standards::{self, StandardId},
    surveys::{
        answering::offered,
        entity::setup::{PointKind, SurveyPointId, point},
    },
};

const HERE: &str = "/kerja/survei/kode";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/survei/kode", get(list).post(add))
        .at("/kerja/survei/kode/:code/poster.pdf", get(poster))
        .at("/kerja/survei/kode/:code/pakai", post(switch))
}

#[derive(Serialize)]
struct CodesPage {
    units: Vec<UnitLink>,
    action: String,
    rows: Vec<RowView>,
    form: FormView,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct RowView {
    name: String,
    what: String,
    url: String,
    href: String,
    active: bool,
    /// An open survey asks about it today.
    asked: bool,
    version: i32,
    poster_href: String,
    switch_action: String,
}

impl Page for CodesPage {
    const TEMPLATE: &'static str = "surveys/codes";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-codes-title")
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    unit: String,
}

fn kind_words(kind: PointKind, locale: Locale) -> String {
    t(locale, &format!("surveys-code-{}", kind.code()))
}

fn form_of(services: &[(StandardId, String, String)], locale: Locale) -> FormView {
    let kinds = [PointKind::Unit, PointKind::Service, PointKind::Counter];
    let kinds = kinds.map(|kind| (kind.code(), kind_words(kind, locale)));
    let none = (String::new(), t(locale, "surveys-code-any-service"));
    let named = services
        .iter()
        .map(|(_, code, name)| (code.clone(), name.clone()));
    FormView::new()
        .choice("kind", true, kinds.to_vec())
        .choice(
            "service",
            false,
            std::iter::once(none).chain(named).collect(),
        )
        .field("name", false, 60)
        .with("kind", PointKind::Counter.code())
}

async fn page_of(
    ctx: &Ctx,
    (unit, all): (&Unit, &[Unit]),
    typed: Option<&Form>,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let services = standards::services(&ctx.app.db, unit.id).await?;
    let form = form_of(&services, locale);
    let form = match typed {
        Some(typed) => form.typed(typed),
        None => form,
    };
    let (form, errors) = form.refused(faults, locale);
    let asked = offered::services(ctx, unit).await?;
    let rows = codes::of_unit(ctx, unit.id).await?.into_iter().map(|one| {
        let of = services.iter().find(|(id, ..)| Some(*id) == one.service_id);
        let href = format!("/s/{}", one.code);
        RowView {
            name: codes::called(&one, &services, &unit.name).to_owned(),
            what: match (one.kind, of) {
                (PointKind::Counter, Some((_, _, name))) => {
                    format!("{} · {name}", kind_words(one.kind, locale))
                }
                (kind, _) => kind_words(kind, locale),
            },
            url: ctx.app.url(&href),
            href,
            active: one.active,
            asked: match of {
                Some((_, code, _)) => asked.iter().any(|(known, _)| known == code),
                None => !asked.is_empty(),
            },
            version: one.version,
            poster_href: format!("{HERE}/{}/poster.pdf?unit={}", one.id, unit.code),
            switch_action: format!("{HERE}/{}/pakai?unit={}", one.id, unit.code),
        }
    });
    let page = CodesPage {
        units: access::unit_links(HERE, unit, all),
        action: format!("{HERE}?unit={}", unit.code),
        rows: rows.collect(),
        form,
        errors,
    };
    let status = match page.errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ctx.page_of(None, status, &page)
}

async fn place(ctx: &Ctx, wanted: &Wanted) -> Result<(Unit, Vec<Unit>)> {
    access::working_in(ctx, Permission::ManageSurveys, &wanted.unit).await
}

#[handler]
async fn list(SignedIn(ctx): SignedIn, Query(wanted): Query<Wanted>) -> Result<Response> {
    let (unit, all) = place(&ctx, &wanted).await?;
    page_of(&ctx, (&unit, &all), None, &[]).await
}

async fn made(ctx: &Ctx, unit: &Unit, form: &Form) -> Result<()> {
    let services = standards::services(&ctx.app.db, unit.id).await?;
    let mut check = Check::new();
    let kind = check.choice("kind", form.get("kind"), PointKind::parse);
    let service = match form.get("service") {
        "" => None,
        code => {
            let find = |code: &str| services.iter().find(|(_, known, _)| known == code);
            check.choice("service", code, |code| find(code).map(|(id, ..)| *id))
        }
    };
    let name = check.optional("name", form.get("name"), 60);
    match (kind, service, &name) {
        (Some(PointKind::Service), None, _) => {
            check.fault("service", Message::new("field-choose"));
        }
        (Some(PointKind::Counter), _, None) => {
            check.fault("name", Message::new("field-required"));
        }
        _ => {}
    }
    check.finish()?;
    let kind = kind.unwrap_or(PointKind::Counter);
    let service = service.filter(|_| kind != PointKind::Unit);
    let name = name.filter(|_| kind == PointKind::Counter);
    codes::add(ctx, unit.id, (kind, service), &name.unwrap_or_default()).await?;
    Ok(())
}

fn back(ctx: &Ctx, unit: &Unit, key: &str) -> Response {
    let path = format!("{HERE}?unit={}", unit.code);
    ctx.redirect_with(&path, FlashKind::Ok, &Message::new(key))
}

#[handler]
async fn add(
    SignedIn(ctx): SignedIn,
    Query(wanted): Query<Wanted>,
    form: Form,
) -> Result<Response> {
    let (unit, all) = place(&ctx, &wanted).await?;
    match made(&ctx, &unit, &form).await {
        Ok(()) => Ok(back(&ctx, &unit, "surveys-code-added")),
        Err(Error::Invalid(faults)) => page_of(&ctx, (&unit, &all), Some(&form), &faults).await,
        Err(error) => Err(error),
    }
}

#[handler]
async fn switch(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    form: Form,
) -> Result<Response> {
    let (unit, _) = place(&ctx, &wanted).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let on = form.is_on("on");
    let id = SurveyPointId::parse(&id)?;
    codes::switch(&ctx, unit.id, (id, version), on).await?;
    let key = match on {
        true => "surveys-code-on",
        false => "surveys-code-switched-off",
    };
    Ok(back(&ctx, &unit, key))
}

/// An address as people type it.
fn typed(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

/// What hangs on the wall is Indonesian, whoever prints it.
fn sheet(ctx: &Ctx, unit: &Unit, row: &point::Model, service: Option<String>) -> Poster {
    const ID: Locale = Locale::Id;
    let url = ctx.app.url(&format!("/s/{}", row.code));
    let title = t(ID, "surveys-poster");
    Poster {
        title: format!("{title}: {}", unit.name),
        unit: unit.name.clone(),
        forum: service.unwrap_or(title),
        when: row.name.clone(),
        place: String::new(),
        invitation: t(ID, "surveys-poster-do"),
        or: t(ID, "surveys-poster-or"),
        url: typed(&url).to_owned(),
        help: t(ID, "surveys-poster-help"),
        alt: t(ID, "surveys-poster-alt"),
        qr: url,
    }
}

#[handler]
async fn poster(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    let (unit, _) = place(&ctx, &wanted).await?;
    let row = codes::one(&ctx, unit.id, SurveyPointId::parse(&id)?).await?;
    let service = match row.service_id {
        Some(id) => Some(standards::get(&ctx.app.db, id).await?.name),
        None => None,
    };
    let data = sheet(&ctx, &unit, &row, service);
    let bytes = documents::render(&ctx.app, Kind::Poster, &data, ctx.now).await?;
    let name = format!("poster-survei-{}.pdf", row.code);
    Ok(ctx.download(&name, "application/pdf", bytes))
}
