//! What everybody reads: the list of published cases, and the page of each.

use poem::{
    Response, handler,
    http::StatusCode,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::service::{self, Case, Search, Similar};
use crate::{
    access::{Ctx, Public},
    calendar::dates,
    complaints::{
        actions::Linked,
        entity::publication::PublicationId,
        explain::Chip,
        filing,
        knowing::{
            book::beginning,
            pages::{Choice, choices_of},
        },
        rules::Status,
        services, words,
    },
    organisation::{self, Unit},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        traces,
        web::{
            address::encoded,
            cookies::FlashKind,
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
            paging::Slice,
        },
    },
};

const HERE: &str = "/pengaduan/publik";
const LETTERS: usize = 180;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    unit: String,
    service: String,
    progress: String,
    q: String,
    cursor: String,
}

#[derive(Serialize)]
struct ListPage {
    lead: String,
    action: &'static str,
    q: String,
    units: Vec<Choice>,
    services: Vec<Choice>,
    progress: Vec<Choice>,
    clear_href: Option<String>,
    rows: Vec<RowView>,
    /// Something was asked for, so that an empty list means: nothing like it.
    asked: bool,
    pager: Pager,
    statistics_href: String,
}

#[derive(Serialize)]
struct Pager {
    previous: Option<String>,
    next: Option<String>,
    summary: String,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    title: String,
    text: String,
    facts: String,
    status: Chip,
    late: Option<Chip>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "complaints/knowing/published_list";
    fn title(&self, locale: Locale) -> String {
        t(locale, "published-title")
    }
}

fn with_any(key: &str, mut all: Vec<(String, String)>, locale: Locale) -> Vec<(String, String)> {
    all.insert(0, (String::new(), t(locale, key)));
    all
}

fn address(wanted: &Wanted, cursor: Option<&str>) -> String {
    let parts = [
        ("unit", wanted.unit.as_str()),
        ("service", &wanted.service),
        ("progress", &wanted.progress),
        ("q", &wanted.q),
        ("cursor", cursor.unwrap_or_default()),
    ];
    let given: Vec<String> = parts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    match given.is_empty() {
        true => HERE.to_owned(),
        false => format!("{HERE}?{}", given.join("&")),
    }
}

/// `Maret 2026`: the day would tell too much.
fn month(at: chrono::DateTime<chrono::Utc>, zone: chrono_tz::Tz, locale: Locale) -> String {
    let day = at.with_timezone(&zone).date_naive();
    format!(
        "{} {}",
        dates::month(day, locale),
        chrono::Datelike::year(&day)
    )
}

fn answered_words(case: &Case, locale: Locale) -> Option<String> {
    let days = case.answer_working_days?;
    let key = match case.answered_in_time {
        Some(true) => "published-answered-in-time",
        _ => "published-answered-late",
    };
    Some(Message::new(key).with("days", days).text(locale))
}

/// What is late is marked for everybody.
fn late_chip(case: &Case, ctx: &Ctx) -> Option<Chip> {
    case.is_overdue(ctx.now).then(|| Chip {
        kind: "late",
        text: t(ctx.locale(), "published-overdue"),
        icon: "exclamation-triangle",
    })
}

fn row(ctx: &Ctx, case: &Case, unit: &Unit) -> Result<RowView> {
    let locale = ctx.locale();
    let zone = organisation::zone_of(unit)?;
    let mut facts = vec![
        unit.short_name.clone(),
        month(case.received_at, zone, locale),
    ];
    facts.extend(answered_words(case, locale));
    Ok(RowView {
        href: format!("{HERE}/{}", case.publication.id),
        title: case.publication.title.clone(),
        text: beginning(&case.publication.text, LETTERS),
        facts: facts.join(" · "),
        status: words::status_chip(case.status, locale),
        late: late_chip(case, ctx),
    })
}

#[handler]
pub async fn list(Public(ctx): Public, Query(mut wanted): Query<Wanted>) -> Result<Response> {
    let locale = ctx.locale();
    let db = &ctx.app.db;
    wanted.q = wanted.q.chars().take(200).collect();
    let chosen = match wanted.unit.as_str() {
        "" => organisation::default_unit(&ctx).await?,
        "all" => None,
        code => Some(organisation::unit_by_code(db, code).await?),
    };
    let units = organisation::units(db).await?;
    let slice: Slice<(chrono::DateTime<chrono::Utc>, PublicationId)> =
        Slice::read(Some(&wanted.cursor), None)?;
    let search = Search {
        unit: chosen.as_ref().map(|unit| unit.id),
        service: wanted.service.clone(),
        progress: wanted.progress.clone(),
        q: wanted.q.clone(),
    };
    let found = service::listed(db, &search, &slice).await?;
    let mut rows = Vec::new();
    for case in &found.cases {
        let unit = units
            .iter()
            .find(|unit| unit.id == case.publication.unit_id);
        if let Some(unit) = unit {
            rows.push(row(&ctx, case, unit)?);
        }
    }
    let services = match &chosen {
        Some(unit) => with_any(
            "published-any-service",
            services::offered(db, unit.id).await?,
            locale,
        ),
        None => Vec::new(),
    };
    let progress = ["", "waiting", "answered", "ended"].map(|code| {
        let key = if code.is_empty() { "any" } else { code };
        (
            code.to_owned(),
            t(locale, &format!("published-progress-{key}")),
        )
    });
    let asked = !(wanted.service.is_empty() && wanted.progress.is_empty() && wanted.q.is_empty());
    let mut choices: Vec<(String, String)> = units
        .iter()
        .map(|unit| (unit.code.clone(), unit.name.clone()))
        .collect();
    choices.insert(0, ("all".to_owned(), t(locale, "published-any-unit")));
    let code = chosen.as_ref().map_or("all", |unit| &unit.code);
    let clear = Wanted {
        unit: wanted.unit.clone(),
        ..Wanted::default()
    };
    let page = ListPage {
        lead: t(locale, "published-lead"),
        action: HERE,
        q: wanted.q.clone(),
        units: if units.len() > 1 {
            choices_of(&choices, code)
        } else {
            Vec::new()
        },
        services: choices_of(&services, &wanted.service),
        progress: choices_of(&progress, &wanted.progress),
        clear_href: asked.then(|| address(&clear, None)),
        statistics_href: format!("/statistik?unit={code}"),
        pager: Pager {
            previous: None,
            next: found.next.map(|cursor| address(&wanted, Some(&cursor))),
            summary: Message::new("published-summary")
                .with("count", rows.len())
                .text(locale),
        },
        rows,
        asked,
    };
    match &chosen {
        Some(unit) => ctx.page_in(&organisation::brand_of(unit), &page),
        None => ctx.page(&page),
    }
}

#[derive(Serialize)]
struct ShowPage {
    title: String,
    text: String,
    answer: Option<String>,
    status: Chip,
    late: Option<Chip>,
    path: Vec<StepView>,
    facts: Vec<FactView>,
    promises: Vec<PromiseView>,
    follow: Option<FollowView>,
    errors: Vec<ErrorLine>,
    list_href: String,
    new_href: String,
}

/// For whoever waits for the answer of this case too.
#[derive(Serialize)]
struct FollowView {
    action: String,
    field: FieldView,
}

#[derive(Serialize)]
struct StepView {
    label: String,
    detail: String,
    state: &'static str,
    href: Option<String>,
}

#[derive(Serialize)]
struct FactView {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct PromiseView {
    title: String,
    href: String,
    status: String,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "complaints/knowing/published_case";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

/// Received, worked on, answered, closed: how far it is. What ended otherwise ends the path there.
fn path(case: &Case, unit: &Unit, locale: Locale) -> Result<Vec<StepView>> {
    let zone = organisation::zone_of(unit)?;
    let step = |key: &str, detail: String, state: &'static str| StepView {
        label: t(locale, key),
        detail,
        state,
        href: None,
    };
    let received = month(case.received_at, zone, locale);
    let mut steps = vec![step("published-step-received", received, "done")];
    let over_without = case.status.is_final() && case.answered_at.is_none();
    if over_without {
        let ended = words::status(case.status, locale);
        steps.push(StepView {
            label: ended,
            detail: String::new(),
            state: "now",
            href: None,
        });
        return Ok(steps);
    }
    let rank = match case.status {
        Status::Closed | Status::Rejected | Status::OutOfAuthority | Status::Withdrawn => 3,
        Status::Answered => 2,
        Status::Assigned | Status::InProgress | Status::Reopened => 1,
        Status::Received | Status::Incomplete | Status::Verified => 0,
    };
    let state = |at: i32| match at.cmp(&rank) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => "now",
        std::cmp::Ordering::Greater => "later",
    };
    if rank == 0 {
        steps[0].state = "now";
    }
    steps.push(step("published-step-working", String::new(), state(1)));
    let answered = answered_words(case, locale).unwrap_or_default();
    steps.push(step("published-step-answered", answered, state(2)));
    steps.push(step("published-step-closed", String::new(), state(3)));
    Ok(steps)
}

async fn facts(ctx: &Ctx, case: &Case, unit: &Unit) -> Result<Vec<FactView>> {
    let locale = ctx.locale();
    let zone = organisation::zone_of(unit)?;
    let fact = |key: &str, text: String| FactView {
        term: t(locale, key),
        text,
    };
    let mut facts = vec![
        fact("published-fact-unit", unit.name.clone()),
        fact(
            "published-fact-received",
            month(case.received_at, zone, locale),
        ),
    ];
    if let Some(code) = &case.publication.service_code {
        let title = services::title(&ctx.app.db, unit.id, code).await?;
        facts.push(fact("published-fact-service", title));
    }
    if let Some(words) = answered_words(case, locale) {
        facts.push(fact("published-fact-answered", words));
    }
    Ok(facts)
}

#[handler]
pub async fn show(Public(ctx): Public, Path(id): Path<String>) -> Result<Response> {
    let shown = service::shown(&ctx, &id).await?;
    page(&ctx, shown, ("", &[])).await
}

/// Whoever waits for the answer too leaves an address, and confirms it by a link.
#[handler]
pub async fn follow(Public(ctx): Public, Path(id): Path<String>, form: Form) -> Result<Response> {
    let (case, unit, promises) = service::shown(&ctx, &id).await?;
    if !case.can_be_followed() {
        return Ok(ctx.redirect(&format!("{HERE}/{id}")));
    }
    let typed = form.get("follow_email");
    let similar = Similar::from(case.clone());
    match filing::follow(&ctx, &unit, &similar, typed).await {
        Ok(()) => {
            let message = Message::new("published-follow-asked");
            Ok(ctx.redirect_with(&similar.href, FlashKind::Ok, &message))
        }
        Err(Error::Invalid(faults)) => page(&ctx, (case, unit, promises), (typed, &faults)).await,
        Err(error) => Err(error),
    }
}

async fn page(
    ctx: &Ctx,
    (case, unit, promises): (Case, Unit, Vec<Linked>),
    (typed, faults): (&str, &[FieldError]),
) -> Result<Response> {
    let locale = ctx.locale();
    let view = FormView::new().field("follow_email", true, 254);
    let (mut view, errors) = view.with("follow_email", typed).refused(faults, locale);
    let field = view.fields.remove("follow_email").unwrap_or_default();
    let page = ShowPage {
        status: words::status_chip(case.status, locale),
        late: late_chip(&case, ctx),
        path: path(&case, &unit, locale)?,
        facts: facts(ctx, &case, &unit).await?,
        follow: case.can_be_followed().then(|| FollowView {
            action: format!("{HERE}/{}/ikuti", case.publication.id),
            field,
        }),
        errors,
        promises: promises
            .into_iter()
            .map(|promise| PromiseView {
                title: traces::for_everybody(&promise.title),
                href: promise.public_href,
                status: promise.status,
            })
            .collect(),
        list_href: format!("{HERE}?unit={}", unit.code),
        new_href: format!("/pengaduan/baru?unit={}", unit.code),
        title: case.publication.title,
        text: case.publication.text,
        answer: case.publication.answer,
    };
    let status = match faults {
        [] => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ctx.page_of(Some(&organisation::brand_of(&unit)), status, &page)
}
