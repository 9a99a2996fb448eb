//! `/kerja/libur/unit`: when a unit alone is closed, whether it works on collective leave, and its office hours. Each
//! form tells before how many deadlines would move.

use chrono::{NaiveDate, NaiveTime, Weekday};
use poem::{Response, Route, get, handler, http::StatusCode, web::Query};
use serde::{Deserialize, Serialize};

use super::{
    policy_pages::{UnitLink, unit_of},
    preview::{self, PreviewView},
    unit_days::{self, CLOSES, Draft, OPENS},
};
use crate::{
    access::{self, Ctx, Permission, SignedIn},
    calendar::{self, OwnDays, WEEK, dates},
    organisation::{self, Unit},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
    },
};

const PAGE: &str = "/kerja/libur/unit";

pub(super) fn routes(route: Route) -> Route {
    route.at("/kerja/libur/unit", get(show_days).post(change_days))
}

#[derive(Deserialize)]
struct Asked {
    unit: Option<String>,
}

#[derive(Serialize)]
struct UnitDaysPage {
    errors: Vec<ErrorLine>,
    unit: String,
    unit_code: String,
    /// Empty when there is only one.
    units: Vec<UnitLink>,
    version: i32,
    closures: Vec<ClosureView>,
    leave: String,
    week: Vec<DayView>,
    changes: Vec<ChangeView>,
    /// Null for those who only read.
    form: Option<FormView>,
    /// What the change that was typed would do; null before it was asked for.
    preview: Option<PreviewView>,
}

#[derive(Serialize)]
struct ClosureView {
    id: String,
    days: String,
    reason: String,
}

#[derive(Serialize)]
struct DayView {
    name: String,
    /// When it is open, or that it is not.
    text: String,
    opens: FieldView,
    closes: FieldView,
}

#[derive(Serialize)]
struct ChangeView {
    text: String,
    moved: String,
    when: String,
}

impl Page for UnitDaysPage {
    const TEMPLATE: &'static str = "deadlines/office";
    fn title(&self, locale: Locale) -> String {
        t(locale, "office-days-title")
    }
}

/// Of each form the field of its reason.
fn reason_field(what: &str) -> &'static str {
    match what {
        "reopen" => "reopen_reason",
        "leave" => "leave_reason",
        "hours" => "hours_reason",
        _ => "close_reason",
    }
}

fn fields(own: &OwnDays, locale: Locale) -> FormView {
    let yes_no = ["yes", "no"].map(|code| {
        let text = t(locale, &format!("office-days-leave-{code}"));
        (code.to_owned(), text)
    });
    let mut view = FormView::new()
        .field("from", true, 10)
        .field("to", false, 10)
        .field("close_reason", true, 300)
        .field("reopen_reason", true, 300)
        .choice("works", true, yes_no.to_vec())
        .field("leave_reason", true, 300)
        .field("hours_reason", true, 300)
        .with(
            "works",
            if own.work_collective_leave {
                "yes"
            } else {
                "no"
            },
        );
    let names = OPENS.into_iter().zip(CLOSES);
    for (weekday, (opens, closes)) in WEEK.into_iter().zip(names) {
        let open = own.hours.on(weekday);
        let text = |time: NaiveTime| time.format("%H:%M").to_string();
        view = view
            .field(opens, false, 8)
            .field(closes, false, 8)
            .with(
                opens,
                open.map(|open| text(open.opens())).unwrap_or_default(),
            )
            .with(
                closes,
                open.map(|open| text(open.closes())).unwrap_or_default(),
            );
    }
    view
}

fn days_text(from: NaiveDate, to: NaiveDate, locale: Locale) -> String {
    let first = dates::long_date(from, locale);
    match from == to {
        true => first,
        false => Message::new("deadlines-days")
            .with("from", first)
            .with("to", dates::long_date(to, locale))
            .text(locale),
    }
}

/// The name of a weekday, by any day that is one.
fn weekday_name(weekday: Weekday, locale: Locale) -> String {
    let day = NaiveDate::from_isoywd_opt(2026, 2, weekday).unwrap_or_default();
    dates::weekday(day, locale).to_owned()
}

fn week(own: &OwnDays, view: &mut FormView, locale: Locale) -> Vec<DayView> {
    let mut days = Vec::with_capacity(WEEK.len());
    for (number, weekday) in WEEK.into_iter().enumerate() {
        let text = match own.hours.on(weekday) {
            Some(open) => format!(
                "{}–{}",
                open.opens().format("%H.%M"),
                open.closes().format("%H.%M")
            ),
            None => t(locale, "office-days-closed"),
        };
        days.push(DayView {
            name: weekday_name(weekday, locale),
            text,
            opens: view.fields.remove(OPENS[number]).unwrap_or_default(),
            closes: view.fields.remove(CLOSES[number]).unwrap_or_default(),
        });
    }
    days
}

async fn changes(ctx: &Ctx, unit: &Unit, locale: Locale) -> Result<Vec<ChangeView>> {
    let db = &ctx.app.db;
    let found = calendar::own_changes(db, unit.id, 20).await?;
    let people = found.iter().filter_map(|change| change.person_id).collect();
    let names = access::person_names(db, people).await?;
    let zone = organisation::zone_of(unit)?;
    let views = found.into_iter().map(|change| {
        let who = change.person_id.and_then(|id| names.get(&id).cloned());
        let at = dates::date_time(&change.at.with_timezone(&zone), locale);
        ChangeView {
            text: change.told,
            moved: Message::new("deadlines-moved")
                .with("count", change.moved)
                .text(locale),
            when: match who {
                Some(who) => format!("{at} · {who}"),
                None => at,
            },
        }
    });
    Ok(views.collect())
}

/// What the page says beside the days.
#[derive(Default)]
struct Said {
    faults: Vec<FieldError>,
    lines: Vec<ErrorLine>,
    preview: Option<PreviewView>,
}

async fn page_of(
    ctx: &Ctx,
    (unit, units): (Unit, Vec<Unit>),
    form: Option<&Form>,
    said: Said,
    status: StatusCode,
) -> Result<Response> {
    let locale = ctx.locale();
    let own = calendar::own_days(&ctx.app.db, unit.id).await?;
    let mut view = fields(&own, locale);
    if let Some(form) = form {
        view = typed(view, form);
    }
    let (mut view, mut errors) = view.refused(&said.faults, locale);
    errors.extend(said.lines);
    let several = units.len() > 1;
    let leave = match own.work_collective_leave {
        true => "office-days-leave-yes",
        false => "office-days-leave-no",
    };
    let page = UnitDaysPage {
        errors,
        units: units
            .into_iter()
            .filter(|_| several)
            .map(|each| UnitLink {
                active: each.id == unit.id,
                href: format!("{PAGE}?unit={}", each.code),
                label: each.short_name,
            })
            .collect(),
        // What was typed goes with the version that was seen, until it was said that somebody else changed it.
        version: form
            .filter(|_| status != StatusCode::CONFLICT)
            .and_then(|form| form.get("version").parse().ok())
            .unwrap_or(own.version),
        closures: own
            .closures
            .iter()
            .map(|row| ClosureView {
                id: row.id.to_string(),
                days: days_text(row.from_day, row.to_day, locale),
                reason: row.reason.clone(),
            })
            .collect(),
        leave: t(locale, leave),
        week: week(&own, &mut view, locale),
        changes: changes(ctx, &unit, locale).await?,
        form: ctx.may(Permission::ManageUnit, unit.id).then_some(view),
        preview: said.preview,
        unit_code: unit.code,
        unit: unit.name,
    };
    ctx.page_of(None, status, &page)
}

/// Only the form that was sent shows what was typed; the others keep what is.
fn typed(view: FormView, form: &Form) -> FormView {
    let what = form.get("what");
    let mut names: Vec<&str> = vec![reason_field(what)];
    match what {
        "close" => names.extend(["from", "to"]),
        "leave" => names.push("works"),
        "hours" => names.extend(OPENS.into_iter().chain(CLOSES)),
        _ => {}
    }
    names
        .into_iter()
        .fold(view, |view, name| view.with(name, form.get(name)))
}

#[handler]
async fn show_days(SignedIn(ctx): SignedIn, Query(asked): Query<Asked>) -> Result<Response> {
    let unit = unit_of(&ctx, asked.unit.as_deref()).await?;
    page_of(&ctx, unit, None, Said::default(), StatusCode::OK).await
}

#[handler]
async fn change_days(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let (unit, units) = unit_of(&ctx, Some(form.get("unit"))).await?;
    let what = form.get("what");
    let text = |name: &str| form.get(name).to_owned();
    let draft = Draft {
        what: what.to_owned(),
        from: text("from"),
        to: text("to"),
        closure: text("closure"),
        works: text("works"),
        hours: std::array::from_fn(|day| (text(OPENS[day]), text(CLOSES[day]))),
        version: form.get("version").parse().unwrap_or_default(),
        reason: text(reason_field(what)),
        reason_field: reason_field(what),
    };
    let outcome = match form.is_on("preview") {
        true => unit_days::preview(&ctx, unit.id, &draft).await,
        false => unit_days::change(&ctx, unit.id, &draft).await,
    };
    let locale = ctx.locale();
    let error = match outcome {
        Ok(deadlines) if form.is_on("preview") => {
            let said = Said {
                preview: Some(preview::view(&ctx, &deadlines)),
                ..Said::default()
            };
            return page_of(&ctx, (unit, units), Some(&form), said, StatusCode::OK).await;
        }
        Ok(deadlines) => {
            let told = Message::new("office-days-changed").with("count", deadlines.moved);
            let path = format!("{PAGE}?unit={}", unit.code);
            return Ok(ctx.redirect_with(&path, FlashKind::Ok, &told));
        }
        Err(error) => error,
    };
    let status = error.status();
    // Each closure has a field of its own for why it is taken back.
    let place = match what {
        "reopen" => form.get("closure"),
        other => reason_field(other),
    };
    let line = |message: String| ErrorLine {
        field: place.to_owned(),
        message,
    };
    let mut said = Said::default();
    match error {
        Error::Invalid(faults) if what == "reopen" => {
            let lines = faults.iter().map(|fault| line(fault.message.text(locale)));
            said.lines.extend(lines);
        }
        Error::Invalid(faults) => said.faults = faults,
        Error::Rule { .. } | Error::Conflict { .. } => said.lines.push(line(error.text(locale))),
        other => return Err(other),
    }
    page_of(&ctx, (unit, units), Some(&form), said, status).await
}
