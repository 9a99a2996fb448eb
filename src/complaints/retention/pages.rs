//! `/kerja/retensi`: how long voices are kept and why, what comes due, what the runs did; and holding a case.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    holding,
    policies::{self, Choice, Chosen},
    rules,
    running::Tally,
    views::{self, Overview},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::{CERTAINTIES, dates},
    complaints::{rules::Kind, words},
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

const PAGE: &str = "/kerja/retensi";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/retensi", get(show).post(choose))
        .at("/kerja/retensi/jalankan", post(start))
        .at("/kerja/retensi/cabut", post(withdraw))
        .at("/kerja/pengaduan/:number/tahan", post(hold))
        .at("/kerja/pengaduan/:number/lepas-tahan", post(release))
}

#[derive(Deserialize)]
struct Asked {
    unit: Option<String>,
}

#[derive(Serialize)]
struct RetentionPage {
    errors: Vec<ErrorLine>,
    unit: String,
    unit_code: String,
    units: Vec<UnitLink>,
    terms: Vec<TermView>,
    coming: Vec<ComingView>,
    /// Something is only proposed: then the page says that nothing happens by it.
    proposed: bool,
    form: Option<FormView>,
    /// What the choice would anonymise, and when: asked before it is made.
    question: Option<String>,
    /// Due now; 0 hides the button.
    due: u64,
    runs: Vec<RunView>,
    holds: Vec<HoldView>,
    min_date: String,
    from_hint: String,
}

#[derive(Serialize)]
struct UnitLink {
    label: String,
    href: String,
    active: bool,
}

#[derive(Serialize)]
struct TermView {
    kind: String,
    months: String,
    source: String,
    certainty: String,
    certainty_kind: &'static str,
    since: String,
    chosen: bool,
    due: String,
    kept: u64,
    next: u64,
}

#[derive(Serialize)]
struct ComingView {
    id: String,
    kind: String,
    text: String,
    by: String,
}

#[derive(Serialize)]
struct RunView {
    at: String,
    by: String,
    text: String,
    finished: bool,
}

#[derive(Serialize)]
struct HoldView {
    number: String,
    /// Null for those who may not open the case.
    href: Option<String>,
    reason: String,
    at: String,
    by: String,
}

impl Page for RetentionPage {
    const TEMPLATE: &'static str = "complaints/retention";
    fn title(&self, locale: Locale) -> String {
        t(locale, "retention-title")
    }
}

async fn unit_of(ctx: &Ctx, code: Option<&str>) -> Result<(Unit, Vec<Unit>)> {
    let scope = ctx.require_scope(Permission::ViewRetention)?;
    let mut units = organisation::units(&ctx.app.db).await?;
    units.retain(|unit| scope.covers(unit.id, None));
    let found = match code.filter(|code| !code.is_empty()) {
        Some(code) => units.iter().find(|unit| unit.code == code),
        None => units.first(),
    };
    Ok((found.cloned().ok_or(Error::NotFound)?, units))
}

fn certainty(code: &str, locale: Locale) -> String {
    t(locale, &format!("policy-certainty-{code}"))
}

fn fields(now: &[Tally], today: chrono::NaiveDate, locale: Locale) -> FormView {
    let kinds = Kind::all().map(|kind| (kind.code(), words::kind(kind, locale)));
    let sure = CERTAINTIES.map(|code| (code.to_owned(), certainty(code, locale)));
    let first = now.first().map(|tally| &tally.policy.term);
    FormView::new()
        .choice("kind", true, kinds.collect())
        .field("months", true, 3)
        .field("source", true, 300)
        .choice("certainty", true, sure.into())
        .field("valid_from", true, 10)
        .field("reason", true, 300)
        .with(
            "kind",
            first.map_or_else(String::new, |term| term.kind.code()),
        )
        .with(
            "months",
            first.map_or_else(String::new, |term| term.months.to_string()),
        )
        .with("certainty", "unverified")
        .with("valid_from", rules::earliest(today, None, 0).to_string())
}

fn term_view(tally: &Tally, next: u64, locale: Locale) -> TermView {
    let term = &tally.policy.term;
    TermView {
        kind: words::kind(term.kind, locale),
        months: Message::new("retention-months")
            .with("months", term.months)
            .text(locale),
        source: term.source.clone(),
        certainty: certainty(&term.certainty, locale),
        certainty_kind: match term.certainty.as_str() {
            "verified" => "ok",
            "secondary" => "info",
            _ => "plain",
        },
        since: tally.policy.since.map_or_else(
            || t(locale, "retention-proposed"),
            |since| {
                Message::new("policy-since")
                    .with("date", dates::long_date(since, locale))
                    .text(locale)
            },
        ),
        chosen: tally.policy.is_chosen(),
        due: if tally.more {
            Message::new("retention-more")
                .with("count", tally.due)
                .text(locale)
        } else {
            tally.due.to_string()
        },
        kept: tally.kept,
        next,
    }
}

/// The first day that a choice may hold from, and in words. What is only proposed was never chosen: making it longer
/// shortens no wait.
fn first_day(now: &[Tally], today: chrono::NaiveDate, locale: Locale) -> (String, String) {
    let first = rules::earliest(today, None, 0);
    let chosen = now.iter().any(|tally| tally.policy.is_chosen());
    let (day, key) = match chosen {
        true => (today, "retention-field-from-hint-longer"),
        false => (first, "retention-field-from-hint"),
    };
    let hint = Message::new(key).with("date", dates::long_date(first, locale));
    (day.to_string(), hint.text(locale))
}

fn run_line(one: &views::Counted, locale: Locale) -> String {
    let words = |key: &str| {
        Message::new(key)
            .with("kind", words::kind(one.kind, locale))
            .with("done", one.done)
            .with("kept", one.kept)
            .with("failed", one.failed)
            .text(locale)
    };
    let line = words("retention-run-line");
    if one.failed > 0 {
        format!("{line}, {}", words("retention-run-failed"))
    } else {
        line
    }
}

async fn page(
    ctx: &Ctx,
    (unit, units): (Unit, Vec<Unit>),
    form: Option<&Form>,
    faults: &[FieldError],
    question: Option<String>,
) -> Result<Response> {
    let locale = ctx.locale();
    let Overview {
        tallies,
        coming,
        next,
        runs,
        holds,
    } = views::overview(ctx, unit.id).await?;
    let zone = organisation::zone_of(&unit)?;
    let today = ctx.today_in(zone);
    let moment =
        |at: chrono::DateTime<chrono::Utc>| dates::date_time(&at.with_timezone(&zone), locale);
    let mut view = fields(&tallies, today, locale);
    if let Some(form) = form {
        view = view.typed(form);
    }
    let (view, errors) = view.refused(faults, locale);
    let reads = ctx.may(Permission::ViewComplaints, unit.id);
    let soon = |kind: Kind| {
        let found = next.iter().find(|(of, _)| *of == kind);
        found.map_or(0, |(_, count)| *count)
    };
    let chosen = tallies.iter().filter(|tally| tally.policy.is_chosen());
    let (min_date, from_hint) = first_day(&tallies, today, locale);
    let single = units.len() < 2;
    let page = RetentionPage {
        errors,
        question,
        due: chosen.map(|tally| tally.due).sum(),
        proposed: tallies.iter().any(|tally| !tally.policy.is_chosen()),
        terms: tallies
            .iter()
            .map(|tally| term_view(tally, soon(tally.policy.term.kind), locale))
            .collect(),
        coming: coming
            .into_iter()
            .map(|(one, by)| ComingView {
                id: one.id.to_string(),
                kind: words::kind(one.kind, locale),
                text: Message::new("retention-coming")
                    .with("months", one.months)
                    .with("date", dates::long_date(one.valid_from, locale))
                    .text(locale),
                by,
            })
            .collect(),
        form: ctx
            .may(Permission::ManageRetention, unit.id)
            .then_some(view),
        runs: runs
            .into_iter()
            .map(|run| RunView {
                at: moment(run.started_at),
                by: run.by.unwrap_or_else(|| t(locale, "trail-who-system")),
                finished: run.finished,
                text: run
                    .counts
                    .into_iter()
                    .map(|one| run_line(&one, locale))
                    .collect::<Vec<_>>()
                    .join("; "),
            })
            .collect(),
        holds: holds
            .into_iter()
            .map(|one| HoldView {
                href: reads.then(|| format!("/kerja/pengaduan/{}", one.number)),
                number: one.number,
                reason: one.reason,
                at: moment(one.at),
                by: one.by,
            })
            .collect(),
        units: units
            .into_iter()
            .filter(|_| !single)
            .map(|each| UnitLink {
                active: each.id == unit.id,
                href: format!("{PAGE}?unit={}", each.code),
                label: each.short_name,
            })
            .collect(),
        min_date,
        from_hint,
        unit_code: unit.code,
        unit: unit.name,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Query(asked): Query<Asked>) -> Result<Response> {
    let unit = unit_of(&ctx, asked.unit.as_deref()).await?;
    page(&ctx, unit, None, &[], None).await
}

#[handler]
async fn choose(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let (unit, units) = unit_of(&ctx, Some(form.get("unit"))).await?;
    let typed = Chosen {
        kind: form.get("kind").to_owned(),
        months: form.get("months").to_owned(),
        source: form.get("source").to_owned(),
        certainty: form.get("certainty").to_owned(),
        valid_from: form.get("valid_from").to_owned(),
        reason: form.get("reason").to_owned(),
        confirmed: form.get("confirmed") == "yes",
    };
    match policies::choose(&ctx, unit.id, &typed).await {
        Ok(Choice::Made) => {
            let path = format!("{PAGE}?unit={}", unit.code);
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new("retention-chosen")))
        }
        Ok(Choice::Asks(count, on)) => {
            let question = Message::new("retention-question")
                .with("count", count)
                .with("date", dates::long_date(on, ctx.locale()))
                .text(ctx.locale());
            page(&ctx, (unit, units), Some(&form), &[], Some(question)).await
        }
        Err(Error::Invalid(faults)) => page(&ctx, (unit, units), Some(&form), &faults, None).await,
        Err(other) => Err(other),
    }
}

#[handler]
async fn withdraw(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let (unit, _) = unit_of(&ctx, Some(form.get("unit"))).await?;
    let id = form.get("id").parse().map_err(|_| Error::NotFound)?;
    policies::withdraw(&ctx, unit.id, id).await?;
    let path = format!("{PAGE}?unit={}", unit.code);
    Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new("retention-withdrawn")))
}

#[handler]
async fn start(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let (unit, _) = unit_of(&ctx, Some(form.get("unit"))).await?;
    views::start(&ctx, unit.id).await?;
    let path = format!("{PAGE}?unit={}", unit.code);
    Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new("retention-started")))
}

/// Back to the case; a fault is told there.
fn back(ctx: &Ctx, number: &str, outcome: Result<()>, done: &str) -> Result<Response> {
    let number = crate::complaints::rules::read_number(number);
    let path = format!("/kerja/pengaduan/{number}#pelindungan");
    match outcome {
        Ok(()) => Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new(done))),
        Err(Error::Invalid(_)) => {
            Ok(ctx.redirect_with(&path, FlashKind::Error, &Message::new("hold-reason-needed")))
        }
        Err(other) => Err(other),
    }
}

#[handler]
async fn hold(SignedIn(ctx): SignedIn, Path(number): Path<String>, form: Form) -> Result<Response> {
    let outcome = holding::place(&ctx, &number, form.get("hold_reason")).await;
    back(&ctx, &number, outcome, "hold-placed")
}

#[handler]
async fn release(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let outcome = holding::release(&ctx, &number, form.get("hold_reason")).await;
    back(&ctx, &number, outcome, "hold-released")
}
