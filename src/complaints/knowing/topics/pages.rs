//! The pages of topics: all of them with what seems to become one, one with its cases, and the choice of a topic for
//! several cases of the inbox.

use poem::{Response, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    linking,
    rules::Growth,
    service::{self, Line, Shown},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    complaints::{explain::Chip, knowing::pages::Link, pages::ticked, words},
    platform::{
        charts::{self, Chart, Point},
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
    },
};

const LIST: &str = "/kerja/pengaduan/topik";

fn growth_chip(growth: Growth, locale: Locale) -> Option<Chip> {
    let (key, kind, icon) = match growth {
        Growth::Grows => ("topic-grows", "soon", "arrow-right"),
        Growth::Shrinks => ("topic-shrinks", "ok", "check-circle"),
        Growth::Same => ("topic-same", "plain", "clock"),
        Growth::Quiet => return None,
    };
    Some(Chip {
        kind,
        text: t(locale, key),
        icon,
    })
}

type Told = (StatusCode, Vec<FieldError>, Vec<ErrorLine>);

/// What a form is told; everything else is for the error page.
fn told(error: Error, field: &str, locale: Locale) -> Result<Told> {
    let status = error.status();
    match error {
        Error::Invalid(faults) => Ok((status, faults, Vec::new())),
        Error::Rule { .. } | Error::Conflict { .. } => {
            let line = ErrorLine {
                field: field.to_owned(),
                message: error.text(locale),
            };
            Ok((status, Vec::new(), vec![line]))
        }
        other => Err(other),
    }
}

#[derive(Serialize)]
struct ListPage {
    errors: Vec<ErrorLine>,
    lead: String,
    rows: Vec<RowView>,
    suggestions: Vec<SuggestionView>,
    may_manage: bool,
    title: FieldView,
    note: FieldView,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    title: String,
    total: i64,
    now: i64,
    growth: Option<Chip>,
    linked: bool,
    proposed: bool,
}

#[derive(Serialize)]
struct SuggestionView {
    words: String,
    count: String,
    numbers: Vec<String>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "complaints/knowing/topics";
    fn title(&self, locale: Locale) -> String {
        t(locale, "topic-list-title")
    }
}

fn row(line: Line, locale: Locale) -> RowView {
    RowView {
        href: format!("{LIST}/{}", line.topic.id),
        linked: line.topic.action_id.is_some(),
        proposed: line.topic.proposed_at.is_some(),
        title: line.topic.title,
        total: line.total,
        now: line.now,
        growth: growth_chip(line.growth, locale),
    }
}

fn fields() -> FormView {
    FormView::new()
        .field("title", true, 80)
        .field("note", false, 1000)
}

async fn list_page(ctx: &Ctx, refused: Option<(&Form, Error)>) -> Result<Response> {
    let locale = ctx.locale();
    let found = service::list(ctx).await?;
    let mut view = fields();
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some((form, error)) = refused {
        let (code, faults, lines) = told(error, "title", locale)?;
        status = code;
        (view, errors) = view.typed(form).refused(&faults, locale);
        errors.extend(lines);
    }
    let mut field = |name: &str| view.fields.remove(name).unwrap_or_default();
    let page = ListPage {
        errors,
        lead: found.unit.name.clone(),
        rows: found.lines.into_iter().map(|it| row(it, locale)).collect(),
        suggestions: found
            .suggestions
            .into_iter()
            .map(|one| SuggestionView {
                words: one.words,
                count: Message::new("topic-suggested-count")
                    .with("count", one.cases.len())
                    .text(locale),
                numbers: one.cases,
            })
            .collect(),
        may_manage: found.may_manage,
        title: field("title"),
        note: field("note"),
    };
    ctx.page_of(None, status, &page)
}

#[handler]
pub async fn list(SignedIn(ctx): SignedIn) -> Result<Response> {
    list_page(&ctx, None).await
}

/// The numbers that a form carries; those of the inbox have a version behind them.
fn numbers(form: &Form) -> Vec<String> {
    let mut numbers: Vec<String> = ticked(form)
        .into_iter()
        .map(|seen| seen.split(':').next().unwrap_or_default().to_owned())
        .filter(|number| !number.is_empty())
        .collect();
    numbers.dedup();
    numbers
}

#[handler]
pub async fn add(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    match service::add(&ctx, form.get("title"), form.get("note"), &numbers(&form)).await {
        Ok(id) => Ok(to_topic(&ctx, &id.to_string(), "topic-added")),
        Err(error) if form.get("from") == "choose" => {
            choose_page(&ctx, &form, Some((error, "title"))).await
        }
        Err(error) => list_page(&ctx, Some((&form, error))).await,
    }
}

fn to_topic(ctx: &Ctx, id: &str, key: &str) -> Response {
    let here = format!("{LIST}/{id}");
    ctx.redirect_with(&here, FlashKind::Ok, &Message::new(key))
}

#[derive(Serialize)]
struct ChoosePage {
    errors: Vec<ErrorLine>,
    lead: String,
    numbers: Vec<String>,
    topic: FieldView,
    title: FieldView,
    note: FieldView,
}

impl Page for ChoosePage {
    const TEMPLATE: &'static str = "complaints/knowing/topic_choose";
    fn title(&self, locale: Locale) -> String {
        t(locale, "topic-choose-title")
    }
}

async fn choose_page(ctx: &Ctx, form: &Form, refused: Option<(Error, &str)>) -> Result<Response> {
    let locale = ctx.locale();
    let found = service::list(ctx).await?;
    ctx.require(Permission::ManageTopics, found.unit.id)?;
    let numbers = numbers(form);
    if numbers.is_empty() {
        return Ok(ctx.redirect_with(
            "/kerja/pengaduan",
            FlashKind::Error,
            &Message::new("topic-choose-nothing"),
        ));
    }
    let mut options = vec![(String::new(), t(locale, "topic-choose"))];
    let topics = found.lines.into_iter();
    options.extend(topics.map(|line| (line.topic.id.to_string(), line.topic.title)));
    let mut view = fields()
        .choice("topic", true, options)
        .with("title", form.get("title"));
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some((error, at)) = refused {
        let (code, faults, lines) = told(error, at, locale)?;
        status = code;
        (view, errors) = view.typed(form).refused(&faults, locale);
        errors.extend(lines);
    }
    let mut field = |name: &str| view.fields.remove(name).unwrap_or_default();
    let page = ChoosePage {
        errors,
        lead: Message::new("topic-choose-lead")
            .with("count", numbers.len())
            .text(locale),
        numbers,
        topic: field("topic"),
        title: field("title"),
        note: field("note"),
    };
    ctx.page_of(None, status, &page)
}

/// What was ticked in the inbox comes here.
#[handler]
pub async fn choose(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    choose_page(&ctx, &form, None).await
}

#[handler]
pub async fn put_in(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let numbers = numbers(&form);
    match service::put_in(&ctx, form.get("topic"), &numbers).await {
        // From the page of one case, back to it.
        Ok(_) if form.get("from") == "case" => Ok(to_case(&ctx, &numbers, "topic-case-added")),
        Ok((id, added)) => Ok(ctx.redirect_with(
            &format!("{LIST}/{id}"),
            FlashKind::Ok,
            &Message::new("topic-cases-added").with("count", added),
        )),
        Err(error) => choose_page(&ctx, &form, Some((error, "topic"))).await,
    }
}

fn to_case(ctx: &Ctx, numbers: &[String], key: &str) -> Response {
    let number = numbers.first().map(String::as_str).unwrap_or_default();
    let here = format!("/kerja/pengaduan/{number}");
    ctx.redirect_with(&here, FlashKind::Ok, &Message::new(key))
}

#[derive(Serialize)]
struct ShowPage {
    errors: Vec<ErrorLine>,
    heading: String,
    note_text: Option<String>,
    growth: Option<Chip>,
    proposed: Option<String>,
    count: String,
    chart: String,
    months: Vec<MonthView>,
    cases: Vec<CaseView>,
    /// So many are not for the reader.
    unread: u64,
    action: Option<ActionView>,
    open_actions: Option<FieldView>,
    base: String,
    version: i32,
    may_manage: bool,
    is_proposed: bool,
    title: FieldView,
    note: FieldView,
    new_action: Option<Link>,
}

#[derive(Serialize)]
struct MonthView {
    label: String,
    count: i64,
}

#[derive(Serialize)]
struct CaseView {
    href: String,
    number: String,
    title: String,
    received: String,
    status: Chip,
}

#[derive(Serialize)]
struct ActionView {
    href: String,
    title: String,
    status: String,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "complaints/knowing/topic";
    fn title(&self, _: Locale) -> String {
        self.heading.clone()
    }
}

fn chart(of: &Shown, locale: Locale) -> String {
    let points: Vec<Point> = of
        .months
        .iter()
        .map(|(month, count)| Point::new(month.from.format("%m/%y").to_string(), [*count]))
        .collect();
    charts::columns(&Chart {
        id: "months",
        title: t(locale, "topic-chart-title"),
        description: Message::new("topic-chart-told")
            .with("count", of.count)
            .text(locale),
        points,
    })
}

fn cases(of: &Shown, locale: Locale) -> Vec<CaseView> {
    of.cases
        .iter()
        .map(|case| CaseView {
            href: format!("/kerja/pengaduan/{}", case.number),
            number: case.number.clone(),
            title: case.subject.clone(),
            received: dates::date_short(
                case.received_at.with_timezone(&of.zone).date_naive(),
                locale,
            ),
            status: words::standing_chip(case, locale),
        })
        .collect()
}

/// A new action begins with the latest complaint of the topic; the others are linked when the topic is.
fn new_action(of: &Shown, locale: Locale) -> Option<Link> {
    let latest = of
        .cases
        .first()
        .filter(|_| of.may_link && of.action.is_none())?;
    Some(Link {
        href: format!("/kerja/rencana-aksi/baru?sumber=complaint:{}", latest.id),
        label: t(locale, "topic-action-new"),
    })
}

async fn show_page(ctx: &Ctx, id: &str, refused: Option<(&Form, Error, &str)>) -> Result<Response> {
    let locale = ctx.locale();
    let of = service::show(ctx, id).await?;
    let topic = &of.topic;
    let mut actions = vec![(String::new(), t(locale, "complaints-case-choose-action"))];
    actions.extend(of.open_actions.iter().cloned());
    let mut view = fields()
        .with("title", &topic.title)
        .with("note", topic.note.clone().unwrap_or_default())
        .choice("action", true, actions);
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some((form, error, at)) = refused {
        let (code, faults, lines) = told(error, at, locale)?;
        status = code;
        if at == "title" {
            view = view
                .with("title", form.get("title"))
                .with("note", form.get("note"));
        }
        (view, errors) = view.refused(&faults, locale);
        errors.extend(lines);
    }
    let proposed = topic.proposed_at.map(|at| {
        let day = dates::date(at.with_timezone(&of.zone).date_naive(), locale);
        Message::new("topic-proposed-since")
            .with("day", day)
            .text(locale)
    });
    let mut field = |name: &str| view.fields.remove(name).unwrap_or_default();
    let page = ShowPage {
        errors,
        heading: topic.title.clone(),
        note_text: topic.note.clone(),
        growth: growth_chip(of.growth, locale),
        is_proposed: proposed.is_some(),
        proposed,
        count: Message::new("topic-count")
            .with("count", of.count)
            .text(locale),
        chart: chart(&of, locale),
        months: of
            .months
            .iter()
            .map(|(month, count)| MonthView {
                label: month.month_label(locale),
                count: *count,
            })
            .collect(),
        cases: cases(&of, locale),
        unread: of.unread,
        new_action: new_action(&of, locale),
        action: of.action.as_ref().map(|(action, chip)| ActionView {
            href: action.href.clone(),
            title: format!("{} · {}", action.code, action.title),
            status: format!("{}, {}%", chip.text, action.progress),
        }),
        open_actions: (!of.open_actions.is_empty()).then(|| field("action")),
        base: format!("{LIST}/{}", topic.id),
        version: topic.version,
        may_manage: of.may_manage,
        title: field("title"),
        note: field("note"),
    };
    ctx.page_of(None, status, &page)
}

#[handler]
pub async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    show_page(&ctx, &id, None).await
}

fn version(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or(0)
}

#[handler]
pub async fn change(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let (title, note) = (form.get("title"), form.get("note"));
    match service::change(&ctx, &id, version(&form), title, note).await {
        Ok(()) => Ok(to_topic(&ctx, &id, "topic-changed")),
        Err(error) => show_page(&ctx, &id, Some((&form, error, "title"))).await,
    }
}

#[handler]
pub async fn take_out(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let numbers = numbers(&form);
    let number = numbers.first().map(String::as_str).unwrap_or_default();
    service::take_out(&ctx, &id, number).await?;
    if form.get("from") == "case" {
        return Ok(to_case(&ctx, &numbers, "topic-case-removed"));
    }
    Ok(to_topic(&ctx, &id, "topic-case-removed"))
}

#[handler]
pub async fn link(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    match linking::link(&ctx, &id, version(&form), form.get("action")).await {
        Ok(()) => Ok(to_topic(&ctx, &id, "topic-linked")),
        Err(error) => show_page(&ctx, &id, Some((&form, error, "action"))).await,
    }
}

#[handler]
pub async fn propose(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let offered = form.get("offered") == "1";
    service::propose(&ctx, &id, version(&form), offered).await?;
    let key = if offered {
        "topic-proposed-done"
    } else {
        "topic-proposal-back"
    };
    Ok(to_topic(&ctx, &id, key))
}

#[handler]
pub async fn remove(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    service::remove(&ctx, &id, version(&form)).await?;
    Ok(ctx.redirect_with(LIST, FlashKind::Ok, &Message::new("topic-removed")))
}
