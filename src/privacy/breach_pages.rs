//! `/kerja/pelanggaran-data`: the register of breaches, one breach with its clock and log, and the notices.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    breaches::{self, Audience, Case, Typed},
    entity::breach::Model as Breach,
    hub::{ClockChip, clock_chip, told_chip},
    notices,
};
use crate::{
    access::{self, Ctx, Permission, SignedIn, UnitLink},
    calendar::dates,
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

const BASE: &str = "/kerja/pelanggaran-data";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/pelanggaran-data/baru", get(new).post(add))
        .at("/kerja/pelanggaran-data/:id", get(show).post(change))
        .at("/kerja/pelanggaran-data/:id/catatan", post(note))
        .at("/kerja/pelanggaran-data/:id/diberitahu", post(told))
        .at("/kerja/pelanggaran-data/:id/tutup", post(close))
        .at(
            "/kerja/pelanggaran-data/:id/pemberitahuan-orang.pdf",
            get(persons_pdf),
        )
        .at(
            "/kerja/pelanggaran-data/:id/pemberitahuan-lembaga.pdf",
            get(authority_pdf),
        )
}

#[derive(Serialize)]
struct NewPage {
    errors: Vec<ErrorLine>,
    form: FormView,
    today: String,
    units: Vec<UnitLink>,
    unit_code: String,
}

impl Page for NewPage {
    const TEMPLATE: &'static str = "privacy/breach_new";
    fn title(&self, locale: Locale) -> String {
        t(locale, "breach-new")
    }
}

#[derive(Serialize)]
struct BreachPage {
    errors: Vec<ErrorLine>,
    base: String,
    version: i32,
    number: String,
    title: String,
    /// Null once everybody was told, or it is closed.
    clock: Option<ClockChip>,
    closed: bool,
    /// Somebody was never told: closing it asks for a word on that.
    untold: bool,
    /// How it ended, or that everybody knows.
    state: Option<ClockChip>,
    due: String,
    /// What was owed first, where the clock was moved since.
    first_due: Option<String>,
    facts: Vec<Fact>,
    persons: String,
    authority: String,
    persons_text: String,
    authority_text: String,
    form: FormView,
    log: Vec<Entry>,
    today: String,
}

#[derive(Serialize)]
struct Fact {
    term: String,
    text: String,
}

/// One line of the partial `timeline`.
#[derive(Serialize)]
struct Entry {
    title: String,
    when: String,
    who: String,
    text: String,
    kind: &'static str,
}

impl Page for BreachPage {
    const TEMPLATE: &'static str = "privacy/breach";
    fn title(&self, _: Locale) -> String {
        self.number.clone()
    }
}

fn fields() -> FormView {
    FormView::new()
        .field("title", true, 150)
        .field("found_on", true, 10)
        .field("found_time", true, 5)
        .field("found_reason", false, 300)
        .field("what_happened", true, 5000)
        .field("data_kinds", true, 1000)
        .field("whose", true, 1000)
        .field("people", true, 10)
        .field("risk", false, 2000)
        .field("measures", false, 5000)
}

fn typed(form: &Form) -> Typed {
    let get = |name: &str| form.get(name).to_owned();
    Typed {
        title: get("title"),
        found_on: get("found_on"),
        found_time: get("found_time"),
        found_reason: get("found_reason"),
        what_happened: get("what_happened"),
        data_kinds: get("data_kinds"),
        whose: get("whose"),
        people: get("people"),
        risk: get("risk"),
        measures: get("measures"),
    }
}

async fn new_page(
    ctx: &Ctx,
    code: &str,
    form: Option<&Form>,
    faults: &[FieldError],
) -> Result<Response> {
    let (unit, units) = access::working_in(ctx, Permission::HandleBreaches, code).await?;
    let now = ctx.now.with_timezone(&organisation::zone_of(&unit)?);
    let today = now.format("%Y-%m-%d").to_string();
    let mut view = fields()
        .with("found_on", today.clone())
        .with("found_time", now.format("%H:%M").to_string());
    if let Some(form) = form {
        view = view.typed(form);
    }
    let (form, errors) = view.refused(faults, ctx.locale());
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = NewPage {
        errors,
        form,
        today,
        units: access::unit_links(&format!("{BASE}/baru"), &unit, &units),
        unit_code: unit.code,
    };
    ctx.page_of(None, status, &page)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Of {
    unit: String,
}

#[handler]
async fn new(SignedIn(ctx): SignedIn, Query(of): Query<Of>) -> Result<Response> {
    new_page(&ctx, &of.unit, None, &[]).await
}

#[handler]
async fn add(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let code = form.get("unit");
    match breaches::add(&ctx, code, &typed(&form)).await {
        Ok(id) => {
            let path = format!("{BASE}/{id}");
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new("breach-added")))
        }
        Err(Error::Invalid(faults)) => new_page(&ctx, code, Some(&form), &faults).await,
        Err(other) => Err(other),
    }
}

fn filled(of: &Breach, zone: chrono_tz::Tz, now: chrono::DateTime<chrono_tz::Tz>) -> FormView {
    let found = of.found_at.with_timezone(&zone);
    fields()
        .with("title", of.title.clone())
        .with("found_on", found.format("%Y-%m-%d").to_string())
        .with("found_time", found.format("%H:%M").to_string())
        .with("what_happened", of.what_happened.clone())
        .with("data_kinds", of.data_kinds.clone())
        .with("whose", of.whose.clone())
        .with("people", of.people.to_string())
        .with("risk", of.risk.clone())
        .with("measures", of.measures.clone())
        .field("note", true, 3000)
        .field("told_on", true, 10)
        .field("told_time", true, 5)
        .field("how", true, 300)
        .field("closing", true, 2000)
        .field("untold", true, 5)
        .with("told_on", now.format("%Y-%m-%d").to_string())
        .with("told_time", now.format("%H:%M").to_string())
}

fn told_words(
    at: Option<chrono::DateTime<chrono::Utc>>,
    how: Option<&String>,
    zone: chrono_tz::Tz,
    locale: Locale,
) -> String {
    at.map_or_else(
        || t(locale, "breach-not-told"),
        |at| {
            Message::new("breach-told-at")
                .with("at", dates::date_time(&at.with_timezone(&zone), locale))
                .with("how", how.cloned().unwrap_or_default())
                .text(locale)
        },
    )
}

fn facts(of: &Breach, found: String, locale: Locale) -> Vec<Fact> {
    let fact = |key: &str, text: &str| Fact {
        term: t(locale, key),
        text: text.to_owned(),
    };
    let people = of.people.to_string();
    [
        ("breach-found", found.as_str()),
        ("breach-what", of.what_happened.as_str()),
        ("breach-data-kinds", of.data_kinds.as_str()),
        ("breach-whose", of.whose.as_str()),
        ("breach-people", people.as_str()),
        ("breach-risk", of.risk.as_str()),
        ("breach-measures", of.measures.as_str()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(key, text)| fact(key, text))
    .collect()
}

async fn page(
    ctx: &Ctx,
    id: &str,
    form: Option<&Form>,
    faults: &[FieldError],
    said: Option<String>,
) -> Result<Response> {
    let locale = ctx.locale();
    let Case { breach, unit, log } = breaches::read(ctx, id).await?;
    let zone = organisation::zone_of(&unit)?;
    let now = ctx.now.with_timezone(&zone);
    let moment =
        |at: chrono::DateTime<chrono::Utc>| dates::date_time(&at.with_timezone(&zone), locale);
    let mut view = filled(&breach, zone, now);
    if let Some(form) = form {
        let names: Vec<&'static str> = view.fields.keys().copied().collect();
        let sent = names.into_iter().filter(|name| !form.all(name).is_empty());
        view = sent.fold(view, |view, name| view.with(name, form.get(name)));
    }
    let (form, mut errors) = view.refused(faults, locale);
    errors.extend(said.map(|message| ErrorLine {
        field: "note".to_owned(),
        message,
    }));
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = BreachPage {
        errors,
        base: format!("{BASE}/{}", breach.id),
        version: breach.version,
        number: breach.number.clone(),
        title: breach.title.clone(),
        clock: breach
            .owes()
            .then(|| clock_chip(breach.due_at, ctx.now, locale)),
        closed: breach.closed_at.is_some(),
        untold: breach.is_untold(),
        state: (!breach.owes()).then(|| told_chip(&breach, locale)),
        due: moment(breach.due_at),
        first_due: breach.first_due_at.map(moment),
        facts: facts(&breach, moment(breach.found_at), locale),
        persons: told_words(
            breach.persons_told_at,
            breach.persons_told_how.as_ref(),
            zone,
            locale,
        ),
        authority: told_words(
            breach.authority_told_at,
            breach.authority_told_how.as_ref(),
            zone,
            locale,
        ),
        persons_text: notices::text(ctx, &breach, &unit, Audience::Persons).await?,
        authority_text: notices::text(ctx, &breach, &unit, Audience::Authority).await?,
        form,
        log: log
            .into_iter()
            .rev()
            .map(|entry| Entry {
                title: t(
                    locale,
                    &format!("breach-act-{}", entry.act.replace('_', "-")),
                ),
                when: moment(entry.at),
                who: entry.person_name,
                text: entry.words,
                kind: "plain",
            })
            .collect(),
        today: now.format("%Y-%m-%d").to_string(),
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    page(&ctx, &id, None, &[], None).await
}

fn seen(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or(0)
}

async fn after(
    ctx: &Ctx,
    id: &str,
    form: &Form,
    outcome: Result<()>,
    done: &str,
) -> Result<Response> {
    match outcome {
        Ok(()) => {
            let path = format!("{BASE}/{id}");
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new(done)))
        }
        Err(Error::Invalid(faults)) => page(ctx, id, Some(form), &faults, None).await,
        Err(error @ Error::Rule { .. }) => {
            page(ctx, id, Some(form), &[], Some(error.text(ctx.locale()))).await
        }
        Err(other) => Err(other),
    }
}

#[handler]
async fn change(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let outcome = breaches::change(&ctx, &id, seen(&form), &typed(&form)).await;
    after(&ctx, &id, &form, outcome, "breach-changed").await
}

#[handler]
async fn note(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let outcome = breaches::note(&ctx, &id, seen(&form), form.get("note")).await;
    after(&ctx, &id, &form, outcome, "breach-noted").await
}

#[handler]
async fn told(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let given = (form.get("told_on"), form.get("told_time"), form.get("how"));
    let outcome = breaches::told(&ctx, &id, seen(&form), form.get("whom"), given).await;
    after(&ctx, &id, &form, outcome, "breach-told-noted").await
}

#[handler]
async fn close(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let outcome = {
        let knows = form.get("untold") == "true";
        breaches::close(&ctx, &id, seen(&form), form.get("closing"), knows).await
    };
    after(&ctx, &id, &form, outcome, "breach-closed-now").await
}

async fn notice(ctx: &Ctx, id: &str, to: Audience, name: &str) -> Result<Response> {
    let case = breaches::read(ctx, id).await?;
    let bytes = notices::pdf(ctx, &case.breach, &case.unit, to).await?;
    let name = format!("{name}-{}.pdf", case.breach.number);
    Ok(ctx.download(&name, "application/pdf", bytes))
}

#[handler]
async fn persons_pdf(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    notice(&ctx, &id, Audience::Persons, "pemberitahuan-orang").await
}

#[handler]
async fn authority_pdf(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    notice(&ctx, &id, Audience::Authority, "pemberitahuan-lembaga").await
}
