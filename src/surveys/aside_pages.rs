//! `/kerja/survei/{id}/beruntun`: answers that look like a machine's, and what was decided of them.

use std::collections::BTreeMap;

use poem::{Response, Route, get, handler, web::Path};
use serde::Serialize;

use super::{
    aside::{self, Part},
    entity::setup::period,
    pressed,
    setup::{
        pages::{period_of, told, which},
        reading::{self, Whole},
        rules::Phase,
        views::{HeadView, Refusal, RowField, base_of, head, refusal_of},
    },
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        traces,
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form},
            pages::Page,
        },
    },
};

const LONGEST_REASON: usize = 300;

pub fn routes(route: Route) -> Route {
    route.at("/kerja/survei/:id/beruntun", get(show).post(decide))
}

#[derive(Serialize)]
struct AsidePage {
    head: HeadView,
    action: String,
    /// Why nothing can be decided now.
    locked: Option<String>,
    parts: Vec<PartView>,
    refused: Option<String>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct PartView {
    code: String,
    at: usize,
    title: String,
    facts: Vec<String>,
    /// Each decision about it, the first first.
    decided: Vec<String>,
    can_set_aside: bool,
    can_take_back: bool,
    reason: RowField,
}

impl Page for AsidePage {
    const TEMPLATE: &'static str = "surveys/aside";
    fn title(&self, locale: Locale) -> String {
        t(locale, "survey-aside-title")
    }
}

/// The line of the period's page; none where nothing looks like a machine's.
pub async fn summary(ctx: &Ctx, period: &period::Model) -> Result<Option<String>> {
    let sums = aside::sums(&ctx.app.db, period).await?;
    if sums.in_runs + sums.swift == 0 {
        return Ok(None);
    }
    let message = Message::new("survey-aside-summary")
        .with("runs", sums.in_runs)
        .with("swift", sums.swift)
        .with("aside", sums.aside);
    Ok(Some(message.text(ctx.locale())))
}

/// What counts although it looks like a machine's, each part in a line.
pub async fn counting(ctx: &Ctx, period: &period::Model) -> Result<Vec<String>> {
    let parts = aside::counting(&ctx.app.db, period).await?;
    let titles = parts
        .iter()
        .map(|part| title_of(part, part.counted()).text(ctx.locale()));
    Ok(titles.collect())
}

/// `12 jawaban beruntun dari satu jaringan, 17 Maret 2026`, of so many of its answers.
fn title_of(part: &Part, answers: usize) -> Message {
    match &part.run {
        Some(run) => Message::new("survey-aside-run")
            .with("count", answers)
            .on("day", run.came_on),
        None => Message::new("survey-aside-swift").with("count", answers),
    }
}

/// What was decided of a part: each time by whom, when and why answers were set aside, and that the others count.
fn decisions(part: &Part, whole: &Whole, locale: Locale) -> Vec<String> {
    let asides = part.earlier.iter().chain(&part.aside);
    let mut told: Vec<Message> = asides
        .map(|aside| {
            let at = aside.made_at.with_timezone(&whole.zone);
            Message::new("survey-aside-done")
                .with("count", aside.answers)
                .with("name", &aside.made_by)
                .with("at", dates::date_time(&at, locale))
                .with("reason", &aside.reason)
        })
        .collect();
    if whole.phase == Phase::Frozen && part.counted() > 0 {
        told.push(Message::new(match whole.period.frozen_counted {
            Some(_) => "survey-aside-counted",
            None => "survey-aside-counted-unasked",
        }));
    }
    told.iter().map(|message| message.text(locale)).collect()
}

/// `Situs 28, Tablet kantor 2`
fn told_of(counts: BTreeMap<String, usize>) -> String {
    let words = counts
        .into_iter()
        .map(|(label, count)| format!("{label} {count}"));
    words.collect::<Vec<_>>().join(", ")
}

fn facts(part: &Part, whole: &Whole, locale: Locale) -> Vec<String> {
    let (mut ways, mut services) = (BTreeMap::new(), BTreeMap::new());
    for answer in &part.answers {
        let way = t(locale, &format!("survey-way-{}", answer.way.told().code()));
        *ways.entry(way).or_insert(0) += 1;
        let service = whole
            .services
            .iter()
            .find(|one| one.row.service_id == answer.service_id);
        let service = service.map_or_else(|| "–".to_owned(), |one| one.name.clone());
        *services.entry(service).or_insert(0) += 1;
    }
    let mut facts = vec![told_of(ways), told_of(services)];
    // While it runs nobody looks at single answers.
    if matches!(whole.phase, Phase::Closed | Phase::Frozen) && part.run.is_some() {
        let same = Message::new("survey-aside-same")
            .with("same", part.same())
            .with("all", part.answers.len());
        facts.push(same.text(locale));
    }
    facts
}

fn part_view(
    part: &Part,
    (at, sent): (usize, Option<&Form>),
    whole: &Whole,
    faults: &[FieldError],
    locale: Locale,
) -> PartView {
    let name = format!("reason_{at}");
    let typed = sent.map_or("", |form| form.get(&name));
    let fault = faults.iter().find(|fault| fault.field == name);
    let closed = whole.phase == Phase::Closed;
    PartView {
        at,
        title: title_of(part, part.answers.len()).text(locale),
        facts: facts(part, whole, locale),
        decided: decisions(part, whole, locale),
        can_set_aside: closed && part.counted() > 0,
        can_take_back: closed && part.aside.is_some(),
        reason: RowField {
            error: fault.map(|fault| fault.message.text(locale)),
            ..RowField::new(name, typed, true, LONGEST_REASON)
        },
        code: part.code.clone(),
    }
}

async fn page_of(
    ctx: &Ctx,
    period: period::Model,
    sent: Option<&Form>,
    (faults, refused): (Vec<FieldError>, Option<String>),
) -> Result<Response> {
    let locale = ctx.locale();
    let parts = aside::parts(&ctx.app.db, &period).await?;
    let whole = reading::whole(ctx, period).await?;
    let views = parts.iter().zip(1..);
    let views = views.map(|(part, at)| part_view(part, (at, sent), &whole, &faults, locale));
    let locked = match whole.phase {
        Phase::Closed => None,
        Phase::Frozen => Some("survey-aside-frozen"),
        Phase::Draft | Phase::Coming | Phase::Open => Some("survey-aside-open"),
    };
    let Refusal { errors, status } = refusal_of(&faults, refused.as_deref(), locale);
    let page = AsidePage {
        action: format!("{}/beruntun", base_of(whole.period.id)),
        parts: views.collect(),
        locked: locked.map(|key| t(locale, key)),
        head: head(&whole, locale),
        errors,
        refused,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    page_of(&ctx, period, None, (Vec::new(), None)).await
}

/// What was pressed: back, or aside with a reason.
async fn decided(ctx: &Ctx, period: &period::Model, form: &Form) -> Result<&'static str> {
    let (which, code) = (which(period, form), form.get("part"));
    if form.is_on("back") {
        let done = aside::take_back(ctx, which, code).await;
        settled(ctx, period, (aside::TAKEN_BACK, code, None), done).await?;
        return Ok("survey-aside-taken-back");
    }
    let name = format!("reason_{}", form.get("at"));
    let mut check = Check::new();
    let reason = check.line(&name, form.get(&name), 5, LONGEST_REASON);
    // Everybody reads it with the result.
    if let Some(fault) = traces::never_public(&reason) {
        check.fault(&name, fault);
    }
    check.finish()?;
    let done = aside::set_aside(ctx, which, (code, reason.clone())).await;
    settled(ctx, period, (aside::SET_ASIDE, code, Some(&reason)), done).await?;
    Ok("survey-aside-set")
}

/// Pressed twice by the same person, the second press finds the part as it was asked for.
async fn settled(
    ctx: &Ctx,
    period: &period::Model,
    (verb, code, reason): (&str, &str, Option<&str>),
    done: Result<()>,
) -> Result<()> {
    if !done.as_ref().is_err_and(Error::is_conflict) {
        return done;
    }
    let parts = aside::parts(&ctx.app.db, period).await?;
    let part = parts.into_iter().find(|part| part.code == code);
    let aside = part.and_then(|part| part.aside);
    let asked = aside.as_ref().map(|aside| aside.reason.as_str()) == reason;
    pressed::settled(ctx, (period.id, verb), asked, done).await
}

#[handler]
async fn decide(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    match decided(&ctx, &period, &form).await {
        Ok(key) => {
            let path = format!("{}/beruntun", base_of(period.id));
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new(key)))
        }
        Err(error) => {
            let told = told(error, ctx.locale())?;
            page_of(&ctx, period, Some(&form), told).await
        }
    }
}
