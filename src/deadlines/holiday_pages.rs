//! `/kerja/libur`: the holidays of a year with their decrees, what was changed and how many deadlines moved, and the
//! form for who may change them.

use chrono::Datelike as _;
use poem::{Response, Route, get, handler, http::StatusCode, web::Query};
use serde::{Deserialize, Serialize};

use super::{
    preview::{self, PreviewView},
    service::{self, HolidayDraft},
};
use crate::{
    access::{self, Ctx, Permission, SignedIn},
    calendar::{self, dates},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            address::encoded,
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

const PAGE: &str = "/kerja/libur";
const FIELDS: [&str; 6] = ["action", "date", "name", "category", "decree", "reason"];

pub(super) fn routes(route: Route) -> Route {
    route.at("/kerja/libur", get(show_holidays).post(change_holiday))
}

#[derive(Deserialize)]
struct Asked {
    tahun: Option<i32>,
    /// A holiday to be withdrawn: its date and category stand in the form.
    cabut: Option<String>,
    jenis: Option<String>,
}

#[derive(Serialize)]
struct HolidaysPage {
    errors: Vec<ErrorLine>,
    years: Vec<YearView>,
    heading: String,
    rows: Vec<RowView>,
    changes: Vec<ChangeView>,
    /// Null for those who only read.
    form: Option<FormView>,
    /// What the change in the form would do; null before it was asked for.
    preview: Option<PreviewView>,
    /// Closures, leave and hours of the unit itself can be changed.
    may_change_unit: bool,
}

#[derive(Serialize)]
struct YearView {
    label: String,
    href: String,
    active: bool,
}

#[derive(Serialize)]
struct RowView {
    day: String,
    name: String,
    category: String,
    leave: bool,
    estimated: bool,
    decree: String,
    withdraw_href: Option<String>,
}

#[derive(Serialize)]
struct ChangeView {
    title: String,
    when: String,
    text: String,
    moved: String,
}

impl Page for HolidaysPage {
    const TEMPLATE: &'static str = "deadlines/holidays";
    fn title(&self, locale: Locale) -> String {
        t(locale, "deadlines-holidays-title")
    }
}

fn fields(locale: Locale) -> FormView {
    let choice = |codes: &[&str], key: &str| -> Vec<(String, String)> {
        let options = codes.iter().map(|code| {
            let text = t(locale, &format!("{key}-{}", code.replace('_', "-")));
            ((*code).to_owned(), text)
        });
        options.collect()
    };
    FormView::new()
        .choice(
            "action",
            true,
            choice(&["add", "withdraw"], "deadlines-action"),
        )
        .field("date", true, 10)
        .field("name", false, 120)
        .choice(
            "category",
            true,
            choice(
                &["national_holiday", "collective_leave"],
                "deadlines-category",
            ),
        )
        .field("decree", true, 200)
        .field("reason", true, 500)
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
    year: Option<i32>,
    form: FormView,
    said: Said,
    status: StatusCode,
) -> Result<Response> {
    ctx.require_scope(Permission::ViewCalendar)?;
    let locale = ctx.locale();
    let may_change = !ctx.scope(Permission::ManageHolidays).is_empty();
    let now = ctx.now.year();
    let year = year.unwrap_or(now).clamp(now - 2, now + 3);
    let (form, mut errors) = form.refused(&said.faults, locale);
    errors.extend(said.lines);
    let db = &ctx.app.db;
    let rows = calendar::holidays_of(db, year).await?;
    let page = HolidaysPage {
        errors,
        heading: Message::new("deadlines-holidays-of")
            .with("year", year.to_string())
            .text(locale),
        years: (now - 1..=now + 2)
            .map(|each| YearView {
                label: each.to_string(),
                href: format!("{PAGE}?tahun={each}"),
                active: each == year,
            })
            .collect(),
        rows: rows
            .into_iter()
            .map(|row| RowView {
                day: dates::long_date(row.date, locale),
                withdraw_href: may_change.then(|| {
                    let date = row.date;
                    let category = encoded(&row.category);
                    format!("{PAGE}?tahun={year}&cabut={date}&jenis={category}#ubah")
                }),
                category: t(
                    locale,
                    &format!("deadlines-category-{}", row.category.replace('_', "-")),
                ),
                leave: row.category == "collective_leave",
                estimated: row.certainty == "estimated",
                name: row.name,
                decree: row.decree,
            })
            .collect(),
        changes: changes(ctx, locale).await?,
        form: may_change.then_some(form),
        preview: said.preview,
        may_change_unit: !ctx.scope(Permission::ManageUnit).is_empty(),
    };
    ctx.page_of(None, status, &page)
}

async fn changes(ctx: &Ctx, locale: Locale) -> Result<Vec<ChangeView>> {
    let db = &ctx.app.db;
    let found = calendar::changes(db, 20).await?;
    let people = found.iter().filter_map(|change| change.person_id).collect();
    let names = access::person_names(db, people).await?;
    let zone = ctx
        .account()
        .map_or(chrono_tz::Asia::Jakarta, |account| account.zone);
    let views = found.into_iter().map(|change| {
        let who = change.person_id.and_then(|id| names.get(&id).cloned());
        let at = dates::date_time(&change.at.with_timezone(&zone), locale);
        ChangeView {
            title: Message::new(&format!("deadlines-changed-{}", change.action))
                .with("date", dates::long_date(change.date, locale))
                .with("name", &change.name)
                .text(locale),
            when: match who {
                Some(who) => format!("{at} · {who}"),
                None => at,
            },
            text: format!("{}: {}", change.decree, change.reason),
            moved: Message::new("deadlines-moved")
                .with("count", change.moved)
                .text(locale),
        }
    });
    Ok(views.collect())
}

#[handler]
async fn show_holidays(SignedIn(ctx): SignedIn, Query(asked): Query<Asked>) -> Result<Response> {
    let mut form = fields(ctx.locale());
    if let (Some(date), Some(category)) = (asked.cabut, asked.jenis) {
        form = form
            .with("action", "withdraw")
            .with("date", date)
            .with("category", category);
    }
    page_of(&ctx, asked.tahun, form, Said::default(), StatusCode::OK).await
}

#[handler]
async fn change_holiday(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let [action, date, name, category, decree, reason] =
        FIELDS.map(|field| form.get(field).to_owned());
    let draft = HolidayDraft {
        action,
        date,
        name,
        category,
        decree,
        reason,
    };
    let locale = ctx.locale();
    let typed = fields(locale).typed(&form);
    let outcome = if form.is_on("preview") {
        match service::preview_holiday(&ctx, &draft).await {
            Ok(deadlines) => {
                let said = Said {
                    preview: Some(preview::view(&ctx, &deadlines)),
                    ..Said::default()
                };
                return page_of(&ctx, None, typed, said, StatusCode::OK).await;
            }
            Err(error) => Err(error),
        }
    } else {
        service::change_holiday(&ctx, &draft).await
    };
    let error = match outcome {
        Ok(changed) => {
            let year = changed.given.date.year();
            let told =
                Message::new("deadlines-holiday-changed").with("count", changed.deadlines.moved);
            let path = format!("{PAGE}?tahun={year}");
            return Ok(ctx.redirect_with(&path, FlashKind::Ok, &told));
        }
        Err(error) => error,
    };
    let status = error.status();
    let mut said = Said::default();
    match error {
        Error::Invalid(faults) => said.faults = faults,
        Error::Rule { .. } => said.lines.push(ErrorLine {
            field: "date".to_owned(),
            message: error.text(locale),
        }),
        other => return Err(other),
    }
    page_of(&ctx, None, typed, said, status).await
}
