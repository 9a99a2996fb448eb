//! `/kerja/disposisi`: the rules in their order, a form for one of them, and a box to try them.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    entity::Model as Rule,
    service::{self, Overview, Typed},
};
use crate::{
    access::{Ctx, SignedIn, UnitLink, unit_links},
    complaints::{rules::Channel, words},
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

const PAGE: &str = "/kerja/disposisi";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/disposisi", get(show).post(add))
        .at("/kerja/disposisi/:id", get(show_one).post(change))
        .at("/kerja/disposisi/:id/naik", post(earlier))
        .at("/kerja/disposisi/:id/hapus", post(remove))
        .at("/kerja/pengaduan/:number/usulan", post(accept))
}

#[derive(Deserialize, Default)]
struct Tried {
    unit: Option<String>,
    coba: Option<String>,
    layanan: Option<String>,
    saluran: Option<String>,
}

#[derive(Serialize)]
struct RoutingPage {
    errors: Vec<ErrorLine>,
    unit: String,
    unit_code: String,
    units: Vec<UnitLink>,
    /// The page without a rule.
    base: String,
    rows: Vec<RowView>,
    form: FormView,
    action: String,
    heading: String,
    version: i32,
    remove_action: Option<String>,
    trial: FormView,
    /// Null before something was tried.
    answer: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    place: usize,
    name: String,
    href: String,
    conditions: String,
    to: String,
    automatic: bool,
    active: bool,
    up: Option<String>,
}

impl Page for RoutingPage {
    const TEMPLATE: &'static str = "complaints/routing";
    fn title(&self, locale: Locale) -> String {
        t(locale, "routing-title")
    }
}

fn with_none(
    key: &str,
    mut options: Vec<(String, String)>,
    locale: Locale,
) -> Vec<(String, String)> {
    options.insert(0, (String::new(), t(locale, key)));
    options
}

fn fields(overview: &Overview, locale: Locale) -> FormView {
    let divisions = overview.divisions.iter();
    let divisions = divisions.map(|one| (one.code.clone(), one.name.clone()));
    let people = overview.people.iter();
    let people = people.map(|(id, name, _)| (id.to_string(), name.clone()));
    FormView::new()
        .field("name", true, 80)
        .choice(
            "service",
            false,
            with_none("routing-any-service", overview.services.clone(), locale),
        )
        .choice(
            "channel",
            false,
            with_none("routing-any-channel", channels(locale), locale),
        )
        .field("words", false, 500)
        .choice(
            "division",
            true,
            with_none(
                "complaints-case-choose-division",
                divisions.collect(),
                locale,
            ),
        )
        .choice(
            "person",
            false,
            with_none("complaints-case-anybody", people.collect(), locale),
        )
        .field("instruction", false, 1000)
        .field("automatic", false, 0)
        .field("active", false, 0)
        .with("active", "true")
}

/// The web, and the ways that the office records itself.
fn channels(locale: Locale) -> Vec<(String, String)> {
    std::iter::once(Channel::Web)
        .chain(Channel::by_staff())
        .map(|channel| (channel.code(), words::channel(channel, locale)))
        .collect()
}

fn filled(view: FormView, overview: &Overview, rule: &Rule) -> FormView {
    let division = overview
        .divisions
        .iter()
        .find(|one| one.id == rule.division_id);
    let on = |yes: bool| if yes { "true" } else { "" };
    view.with("name", rule.name.clone())
        .with("service", rule.service_code.clone().unwrap_or_default())
        .with(
            "channel",
            rule.channel.map(Channel::code).unwrap_or_default(),
        )
        .with("words", rule.words.clone())
        .with(
            "division",
            division.map(|one| one.code.clone()).unwrap_or_default(),
        )
        .with(
            "person",
            rule.person_id.map(|id| id.to_string()).unwrap_or_default(),
        )
        .with("instruction", rule.instruction.clone().unwrap_or_default())
        .with("automatic", on(rule.automatic))
        .with("active", on(rule.active))
}

fn conditions(overview: &Overview, rule: &Rule, locale: Locale) -> String {
    let mut all = Vec::new();
    if let Some(code) = &rule.service_code {
        let known = overview.services.iter().find(|(known, _)| known == code);
        all.push(known.map_or_else(|| code.clone(), |(_, name)| name.clone()));
    }
    if let Some(channel) = rule.channel {
        all.push(words::channel(channel, locale));
    }
    if !rule.words.is_empty() {
        all.push(format!("“{}”", rule.words.replace(", ", "” / “")));
    }
    if all.is_empty() {
        return t(locale, "routing-everything");
    }
    all.join(" · ")
}

fn target(overview: &Overview, rule: &Rule) -> String {
    let division = overview
        .divisions
        .iter()
        .find(|one| one.id == rule.division_id);
    let person = overview
        .people
        .iter()
        .find(|one| Some(one.0) == rule.person_id);
    let names = [
        division.map(|one| one.name.clone()),
        person.map(|one| one.1.clone()),
    ];
    names.into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

fn answer(overview: &Overview, tried: &Tried, locale: Locale) -> Option<String> {
    let get = |text: &Option<String>| text.clone().unwrap_or_default();
    let text = tried.coba.clone()?;
    let (service, channel) = (get(&tried.layanan), get(&tried.saluran));
    Some(
        match service::tried(&overview.rules, &service, &channel, &text) {
            None => t(locale, "routing-try-none"),
            Some((rule, word)) => {
                let key = match (rule.automatic, word.is_some()) {
                    (true, true) => "routing-try-automatic-word",
                    (true, false) => "routing-try-automatic",
                    (false, true) => "routing-try-proposed-word",
                    (false, false) => "routing-try-proposed",
                };
                Message::new(key)
                    .with("rule", &rule.name)
                    .with("to", target(overview, rule))
                    .with("word", word.unwrap_or_default())
                    .text(locale)
            }
        },
    )
}

async fn page(
    ctx: &Ctx,
    one: Option<&str>,
    form: Option<&Form>,
    faults: &[FieldError],
    tried: &Tried,
) -> Result<Response> {
    let locale = ctx.locale();
    let code = match (one, form) {
        (Some(id), _) => service::unit_of(ctx, id).await?,
        (None, Some(form)) => form.get("unit").to_owned(),
        (None, None) => tried.unit.clone().unwrap_or_default(),
    };
    let overview = service::overview(ctx, &code).await?;
    let current = match one {
        Some(id) => {
            let found = overview.rules.iter().find(|rule| rule.id.to_string() == id);
            Some(found.ok_or(Error::NotFound)?)
        }
        None => None,
    };
    let mut view = fields(&overview, locale);
    if let Some(rule) = current {
        view = filled(view, &overview, rule);
    }
    if let Some(form) = form {
        view = view.typed(form);
    }
    let (form, errors) = view.refused(faults, locale);
    let get = |text: &Option<String>| text.clone().unwrap_or_default();
    let page = RoutingPage {
        errors,
        rows: overview
            .rules
            .iter()
            .enumerate()
            .map(|(at, rule)| RowView {
                place: at + 1,
                name: rule.name.clone(),
                href: format!("{PAGE}/{}", rule.id),
                conditions: conditions(&overview, rule, locale),
                to: target(&overview, rule),
                automatic: rule.automatic,
                active: rule.active,
                up: (at > 0).then(|| format!("{PAGE}/{}/naik", rule.id)),
            })
            .collect(),
        form,
        action: current.map_or_else(|| PAGE.to_owned(), |rule| format!("{PAGE}/{}", rule.id)),
        heading: t(
            locale,
            if current.is_some() {
                "routing-change"
            } else {
                "routing-new"
            },
        ),
        version: current.map_or(0, |rule| rule.version),
        remove_action: current.map(|rule| format!("{PAGE}/{}/hapus", rule.id)),
        trial: FormView::new()
            .field("coba", false, 2000)
            .choice(
                "layanan",
                false,
                with_none("routing-any-service", overview.services.clone(), locale),
            )
            .choice(
                "saluran",
                false,
                with_none("routing-any-channel", channels(locale), locale),
            )
            .with("coba", get(&tried.coba))
            .with("layanan", get(&tried.layanan))
            .with("saluran", get(&tried.saluran)),
        answer: answer(&overview, tried, locale),
        units: unit_links(PAGE, &overview.unit, &overview.units),
        base: at(&overview.unit.code),
        unit_code: overview.unit.code,
        unit: overview.unit.name,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Query(tried): Query<Tried>) -> Result<Response> {
    page(&ctx, None, None, &[], &tried).await
}

#[handler]
async fn show_one(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    page(&ctx, Some(&id), None, &[], &Tried::default()).await
}

/// The page of a unit.
fn at(code: &str) -> String {
    match code {
        "" => PAGE.to_owned(),
        code => format!("{PAGE}?unit={code}"),
    }
}

fn typed(form: &Form) -> Typed {
    let get = |name: &str| form.get(name).to_owned();
    Typed {
        name: get("name"),
        service: get("service"),
        channel: get("channel"),
        words: get("words"),
        division: get("division"),
        person: get("person"),
        instruction: get("instruction"),
        automatic: form.is_on("automatic"),
        active: form.is_on("active"),
    }
}

async fn after(
    ctx: &Ctx,
    outcome: Result<()>,
    one: Option<&str>,
    form: &Form,
    done: &str,
) -> Result<Response> {
    match outcome {
        Ok(()) => Ok(ctx.redirect_with(&at(form.get("unit")), FlashKind::Ok, &Message::new(done))),
        Err(Error::Invalid(faults)) => page(ctx, one, Some(form), &faults, &Tried::default()).await,
        Err(other) => Err(other),
    }
}

#[handler]
async fn add(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let outcome = service::add(&ctx, form.get("unit"), &typed(&form)).await;
    after(&ctx, outcome, None, &form, "routing-added").await
}

#[handler]
async fn change(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let seen = form.get("version").parse().unwrap_or(0);
    let outcome = service::change(&ctx, &id, seen, &typed(&form)).await;
    after(&ctx, outcome, Some(&id), &form, "routing-changed").await
}

#[handler]
async fn earlier(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    service::earlier(&ctx, &id).await?;
    Ok(ctx.redirect(&at(form.get("unit"))))
}

#[handler]
async fn remove(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    service::remove(&ctx, &id).await?;
    Ok(ctx.redirect_with(
        &at(form.get("unit")),
        FlashKind::Ok,
        &Message::new("routing-removed"),
    ))
}

#[handler]
async fn accept(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let seen = form.get("version").parse().unwrap_or(0);
    service::accept(&ctx, &number, seen, form.get("rule")).await?;
    let path = format!(
        "/kerja/pengaduan/{}",
        crate::complaints::rules::read_number(&number)
    );
    Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new("complaints-assigned")))
}
