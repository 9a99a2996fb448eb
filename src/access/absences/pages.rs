//! `/kerja/pengganti`: who is away, and who stands in.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::service::{self, Typed};
use crate::{
    access::{Ctx, SignedIn, UnitLink, unit_links},
    calendar::dates,
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

const PAGE: &str = "/kerja/pengganti";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/pengganti", get(show).post(add))
        .at("/kerja/pengganti/:id/batal", post(cancel))
}

#[derive(Serialize)]
struct AbsencePage {
    errors: Vec<ErrorLine>,
    unit: String,
    unit_code: String,
    units: Vec<UnitLink>,
    rows: Vec<RowView>,
    /// In whose place nobody can work; empty where somebody can for everybody.
    alone: String,
    form: FormView,
    today: String,
}

#[derive(Serialize)]
struct RowView {
    name: String,
    substitute: String,
    days: String,
    reason: String,
    now: bool,
    cancel: String,
}

impl Page for AbsencePage {
    const TEMPLATE: &'static str = "access/absences";
    fn title(&self, locale: Locale) -> String {
        t(locale, "absence-title")
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Of {
    unit: String,
}

fn at(code: &str) -> String {
    match code {
        "" => PAGE.to_owned(),
        code => format!("{PAGE}?unit={code}"),
    }
}

async fn page(
    ctx: &Ctx,
    code: &str,
    form: Option<&Form>,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let overview = service::overview(ctx, code).await?;
    let people: Vec<(String, String)> = overview
        .people
        .iter()
        .map(|(id, name, _)| (id.to_string(), name.clone()))
        .collect();
    let none = |mut options: Vec<(String, String)>| {
        options.insert(0, (String::new(), t(locale, "absence-choose")));
        options
    };
    let mut view = FormView::new()
        .choice("person", true, none(people.clone()))
        .choice("substitute", true, none(people))
        .field("from", true, 10)
        .field("to", true, 10)
        .field("reason", false, 200)
        .with("from", overview.today.to_string());
    if let Some(form) = form {
        view = view.typed(form);
    }
    let (form, errors) = view.refused(faults, locale);
    let page = AbsencePage {
        errors,
        alone: match overview.alone.as_slice() {
            [] => String::new(),
            names => Message::new("absence-alone")
                .with("names", names.join(", "))
                .text(locale),
        },
        units: unit_links(PAGE, &overview.unit, &overview.units),
        unit_code: overview.unit.code,
        unit: overview.unit.name,
        rows: overview
            .listed
            .into_iter()
            .map(|one| RowView {
                days: Message::new("absence-days")
                    .with("from", dates::date(one.row.from_day, locale))
                    .with("to", dates::date(one.row.to_day, locale))
                    .text(locale),
                name: one.name,
                substitute: one.substitute,
                reason: one.row.reason,
                now: one.now,
                cancel: format!("{PAGE}/{}/batal", one.row.id),
            })
            .collect(),
        form,
        today: overview.today.to_string(),
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Query(of): Query<Of>) -> Result<Response> {
    page(&ctx, &of.unit, None, &[]).await
}

#[handler]
async fn add(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let get = |name: &str| form.get(name).to_owned();
    let typed = Typed {
        person: get("person"),
        substitute: get("substitute"),
        from: get("from"),
        to: get("to"),
        reason: get("reason"),
    };
    let code = form.get("unit");
    match service::add(&ctx, code, &typed).await {
        Ok(()) => Ok(ctx.redirect_with(&at(code), FlashKind::Ok, &Message::new("absence-added"))),
        Err(Error::Invalid(faults)) => page(&ctx, code, Some(&form), &faults).await,
        Err(other) => Err(other),
    }
}

#[handler]
async fn cancel(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    service::cancel(&ctx, &id).await?;
    Ok(ctx.redirect_with(
        &at(form.get("unit")),
        FlashKind::Ok,
        &Message::new("absence-cancelled"),
    ))
}
