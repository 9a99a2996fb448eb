//! `/data-pribadi`: anybody asks about their own data, and reads what became of it with number and code.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    entity::request::Model as Request,
    fulfilling,
    hub::{ClockChip, clock_chip, state_chip},
    requests,
    rules::{State, Wish},
    taking::{self, Typed},
};
use crate::{
    access::{Ctx, Public},
    audit,
    calendar::dates,
    complaints::rules::grouped,
    organisation,
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

pub fn routes(route: Route) -> Route {
    route
        .at("/data-pribadi", get(show_form).post(send))
        .at("/data-pribadi/status", get(ask_status).post(show_status))
        .at("/data-pribadi/salinan", post(copy))
        .at("/data-pribadi/cabut", post(withdraw))
        .at(
            "/data-pribadi/bukan-saya/:token",
            get(ask_objection).post(object),
        )
}

#[derive(Serialize)]
struct AskPage {
    errors: Vec<ErrorLine>,
    form: FormView,
    /// There is more than one unit to choose from.
    choose_unit: bool,
}

impl Page for AskPage {
    const TEMPLATE: &'static str = "privacy/ask";
    fn title(&self, locale: Locale) -> String {
        t(locale, "privacy-ask-title")
    }
}

#[derive(Deserialize)]
struct Known {
    nomor: Option<String>,
}

async fn form_page(
    ctx: &Ctx,
    form: Option<&Form>,
    number: &str,
    faults: &[FieldError],
    said: Option<String>,
) -> Result<Response> {
    let locale = ctx.locale();
    let units = organisation::units(&ctx.app.db).await?;
    let first = organisation::default_unit(ctx).await?;
    let options: Vec<(String, String)> = units
        .into_iter()
        .filter(|unit| unit.serves_public)
        .map(|unit| (unit.code, unit.name))
        .collect();
    let wishes = Wish::all().map(|wish| {
        let label = t(locale, &format!("privacy-wish-{}", wish.code()));
        (wish.code(), label)
    });
    let choose_unit = options.len() > 1;
    let mut view = FormView::new()
        .choice("wish", true, wishes.collect())
        .choice("unit", true, options)
        .field("number", false, 40)
        .field("code", false, 30)
        .field("name", false, 120)
        .field("email", false, 254)
        .field("phone", false, 40)
        .field("words", false, 3000)
        .with("wish", Wish::Access.code())
        .with("number", number)
        .with("unit", first.map(|unit| unit.code).unwrap_or_default());
    if let Some(field) = view.fields.get_mut("wish") {
        for option in &mut field.options {
            option.hint = Some(t(locale, &format!("privacy-wish-{}-hint", option.value)));
        }
    }
    if let Some(form) = form {
        // The code is not written back.
        view = view.typed(form).with("code", "");
    }
    let (form, mut errors) = view.refused(faults, locale);
    errors.extend(said.map(|message| ErrorLine {
        field: "wish".to_owned(),
        message,
    }));
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = AskPage {
        errors,
        form,
        choose_unit,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show_form(Public(ctx): Public, Query(known): Query<Known>) -> Result<Response> {
    let number: String = known.nomor.unwrap_or_default().chars().take(40).collect();
    form_page(&ctx, None, &number, &[], None).await
}

#[derive(Serialize)]
struct TakenPage {
    number: String,
    code: Vec<String>,
    due: String,
    wish: String,
    /// Who it is has to be checked at the counter.
    to_check: bool,
    unit: String,
    address: String,
}

impl Page for TakenPage {
    const TEMPLATE: &'static str = "privacy/taken";
    fn title(&self, locale: Locale) -> String {
        t(locale, "privacy-taken-title")
    }
}

#[handler]
async fn send(Public(ctx): Public, form: Form) -> Result<Response> {
    let get = |name: &str| form.get(name).to_owned();
    let typed = Typed {
        unit: get("unit"),
        wish: get("wish"),
        number: get("number"),
        code: get("code"),
        name: get("name"),
        email: get("email"),
        phone: get("phone"),
        words: get("words"),
    };
    let locale = ctx.locale();
    match taking::take(&ctx, &typed).await {
        Ok(taken) => {
            let zone = organisation::zone_of(&taken.unit)?;
            let of = &taken.request;
            let page = TakenPage {
                number: of.number.clone(),
                code: grouped(&taken.code),
                due: dates::date_time(&of.due_at.with_timezone(&zone), locale),
                wish: t(locale, &format!("privacy-wish-{}", of.wish.code())),
                to_check: of.state == State::Received,
                unit: taken.unit.name.clone(),
                address: taken.unit.address.clone(),
            };
            ctx.page_in(&organisation::brand_of(&taken.unit), &page)
        }
        Err(Error::Invalid(faults)) => form_page(&ctx, Some(&form), "", &faults, None).await,
        Err(error @ Error::Rule { .. }) => {
            form_page(&ctx, Some(&form), "", &[], Some(error.text(locale))).await
        }
        Err(other) => Err(other),
    }
}

#[derive(Serialize)]
struct StatusPage {
    errors: Vec<ErrorLine>,
    form: FormView,
    /// Null before number and code were given.
    found: Option<FoundView>,
}

#[derive(Serialize)]
struct FoundView {
    number: String,
    code: String,
    wish: String,
    state: ClockChip,
    clock: Option<ClockChip>,
    due: String,
    note: String,
    answer: Option<String>,
    copy: bool,
    open: bool,
    events: Vec<EventView>,
}

#[derive(Serialize)]
struct EventView {
    at: String,
    text: String,
}

impl Page for StatusPage {
    const TEMPLATE: &'static str = "privacy/status";
    fn title(&self, locale: Locale) -> String {
        t(locale, "privacy-status-title")
    }
}

fn status_form(number: &str) -> FormView {
    FormView::new()
        .field("number", true, 40)
        .field("code", true, 30)
        .with("number", number)
}

#[handler]
async fn ask_status(Public(ctx): Public, Query(known): Query<Known>) -> Result<Response> {
    let number: String = known.nomor.unwrap_or_default().chars().take(40).collect();
    let page = StatusPage {
        errors: Vec::new(),
        form: status_form(&number),
        found: None,
    };
    ctx.page(&page)
}

async fn found(ctx: &Ctx, of: &Request, code: &str) -> Result<FoundView> {
    let locale = ctx.locale();
    let unit = organisation::unit(&ctx.app.db, of.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let moment =
        |at: chrono::DateTime<chrono::Utc>| dates::date_time(&at.with_timezone(&zone), locale);
    let history = audit::history(&ctx.app.db, "data_request", of.id.0).await?;
    let events = history
        .into_iter()
        .filter(|event| event.verb != "data_request.read")
        .map(|event| EventView {
            at: moment(event.at),
            text: t(
                locale,
                &event.verb.replace("data_request.", "privacy-event-"),
            ),
        });
    let open = of.state.is_open();
    Ok(FoundView {
        number: of.number.clone(),
        code: code.to_owned(),
        wish: t(locale, &format!("privacy-wish-{}", of.wish.code())),
        state: state_chip(of.state, locale),
        clock: open.then(|| clock_chip(of.due_at, ctx.now, locale)),
        due: moment(of.due_at),
        note: Message::new(&format!("privacy-state-{}-note", of.state.code()))
            .with("unit", &unit.name)
            .text(locale),
        answer: requests::opened(&ctx.app, of)?.answer,
        copy: of.state == State::Granted
            && of.wish == Wish::Access
            && of.complaint_id.is_some()
            && !fulfilling::over(ctx, of),
        open,
        events: events.collect(),
    })
}

fn wrong(ctx: &Ctx, number: &str) -> Result<Response> {
    let fault = FieldError {
        field: "code".to_owned(),
        message: Message::new("privacy-status-wrong"),
    };
    let (form, errors) = status_form(number).refused(&[fault], ctx.locale());
    let page = StatusPage {
        errors,
        form,
        found: None,
    };
    ctx.page_of(None, StatusCode::NOT_FOUND, &page)
}

#[handler]
async fn show_status(Public(ctx): Public, form: Form) -> Result<Response> {
    let (number, code) = (form.get("number"), form.get("code"));
    match requests::by_code(&ctx, number, code).await {
        Ok(of) => {
            let page = StatusPage {
                errors: Vec::new(),
                form: status_form(&of.number),
                found: Some(found(&ctx, &of, code).await?),
            };
            ctx.page(&page)
        }
        Err(Error::NotFound) => wrong(&ctx, number),
        Err(other) => Err(other),
    }
}

#[handler]
async fn copy(Public(ctx): Public, form: Form) -> Result<Response> {
    let (number, code) = (form.get("number"), form.get("code"));
    match fulfilling::copy(&ctx, number, code).await {
        Ok((of, bytes)) => {
            Ok(ctx.attachment(&format!("{}.zip", of.number), "application/zip", bytes))
        }
        Err(Error::NotFound) => wrong(&ctx, number),
        Err(other) => Err(other),
    }
}

#[handler]
async fn withdraw(Public(ctx): Public, form: Form) -> Result<Response> {
    let (number, code) = (form.get("number"), form.get("code"));
    match requests::withdraw(&ctx, number, code).await {
        Ok(()) => {
            let of = requests::by_code(&ctx, number, code).await?;
            let page = StatusPage {
                errors: Vec::new(),
                form: status_form(&of.number),
                found: Some(found(&ctx, &of, code).await?),
            };
            ctx.page(&page)
        }
        Err(Error::NotFound) => wrong(&ctx, number),
        Err(other) => Err(other),
    }
}

#[derive(Serialize)]
struct ObjectionPage {
    action: String,
    number: String,
    wish: String,
    unit: String,
    received: String,
    /// There is still something to stop.
    open: bool,
    note: String,
}

impl Page for ObjectionPage {
    const TEMPLATE: &'static str = "privacy/objection";
    fn title(&self, locale: Locale) -> String {
        t(locale, "privacy-objection-title")
    }
}

/// Opening the link changes nothing: programs that look at mails open links too.
#[handler]
async fn ask_objection(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    let of = requests::by_objection(&ctx, &token).await?;
    let locale = ctx.locale();
    let unit = organisation::unit(&ctx.app.db, of.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let open = of.state.is_open();
    let key = match of.state {
        State::Received | State::Verified => "privacy-objection-open",
        State::Withdrawn => "privacy-objection-ended",
        State::Granted | State::Refused => "privacy-objection-late",
    };
    let page = ObjectionPage {
        action: format!("/data-pribadi/bukan-saya/{token}"),
        wish: t(locale, &format!("privacy-wish-{}", of.wish.code())),
        received: dates::date_time(&of.received_at.with_timezone(&zone), locale),
        note: Message::new(key).with("unit", &unit.name).text(locale),
        number: of.number,
        unit: unit.name.clone(),
        open,
    };
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

#[handler]
async fn object(Public(ctx): Public, Path(token): Path<String>, _: Form) -> Result<Response> {
    requests::object(&ctx, &token).await?;
    let path = format!("/data-pribadi/bukan-saya/{token}");
    Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new("privacy-objected")))
}
