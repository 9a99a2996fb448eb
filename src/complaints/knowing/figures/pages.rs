//! Public statistics, the page that explains the open data, and the data.

use poem::{Body, Request, Response, handler, http::header, web::Query};
use serde::{Deserialize, Serialize};

use super::{
    data::{self, File},
    service::{self, Figured, Open},
};
use crate::{
    access::{Ctx, Public},
    calendar::dates,
    complaints::knowing::{
        pages::{Choice, Link, choices_of},
        period::Period,
        published,
        recap::pages::{CellView, Kpi, Legend, SectionView, TableView},
    },
    organisation::{self, Unit},
    platform::{
        charts::{self, Chart, Point},
        error::{Error, Result},
        i18n::{Locale, Message, t},
        tables as sheets,
        throttle::{self, Throttle},
        web::{pages::Page, parameters},
    },
};

/// The newest published cases that the data hold.
const MOST_CASES: u64 = 5000;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    unit: String,
    year: String,
}

/// The unit that the address names; `all` for every one, left out the one whose pages stand at "/".
async fn unit_of(ctx: &Ctx, code: &str) -> Result<Option<Unit>> {
    match code.trim() {
        "all" => Ok(None),
        "" => organisation::default_unit(ctx).await,
        code => organisation::unit_by_code(&ctx.app.db, code)
            .await
            .map(Some),
    }
}

/// So many years before this one have figures.
const YEARS_BACK: i32 = 4;

/// A whole year, or the last twelve months where none is named: spans that anybody could choose would tell small
/// counts by their difference. A year without figures is a fault: those of other months would be taken for its own.
fn period_of(ctx: &Ctx, unit: Option<&Unit>, year: &str) -> Result<Period> {
    let zone = match unit {
        Some(unit) => organisation::zone_of(unit)?,
        None => chrono_tz::Asia::Jakarta,
    };
    let today = ctx.today_in(zone);
    if year.trim().is_empty() {
        return Ok(Period::last_twelve(today));
    }
    let this_year = chrono::Datelike::year(&today);
    let years = this_year - YEARS_BACK..=this_year;
    let year = year.trim().parse().ok();
    let whole = year.filter(|year| years.contains(year)).and_then(|year| {
        let day = |month, day| chrono::NaiveDate::from_ymd_opt(year, month, day);
        Some(Period {
            from: day(1, 1)?,
            to: day(12, 31)?.min(today),
        })
    });
    whole.ok_or_else(|| {
        let message = Message::new("figures-no-year")
            .with("from", (this_year - YEARS_BACK).to_string())
            .with("to", this_year.to_string());
        Error::field("year", message)
    })
}

#[derive(Serialize)]
struct FiguresPage {
    lead: String,
    units: Vec<Choice>,
    years: Vec<Choice>,
    kpis: Vec<Kpi>,
    nothing: bool,
    sections: Vec<SectionView>,
    notes: Vec<String>,
    links: Vec<Link>,
}

impl Page for FiguresPage {
    const TEMPLATE: &'static str = "complaints/knowing/statistics";
    fn title(&self, locale: Locale) -> String {
        t(locale, "figures-title")
    }
}

fn whole(number: Option<i64>, below: i64, locale: Locale) -> String {
    match number {
        Some(number) => dates::whole(u64::try_from(number).unwrap_or(0), locale),
        None => format!("< {below}"),
    }
}

/// A count in a table: what was left out beside a small one may be larger than the bound.
fn count_cell(number: Option<i64>, locale: Locale) -> String {
    match number {
        Some(number) => dates::whole(u64::try_from(number).unwrap_or(0), locale),
        None => t(locale, "figures-veiled"),
    }
}

fn percent(number: Option<f64>, locale: Locale) -> String {
    number.map_or_else(
        || "–".to_owned(),
        |number| format!("{}%", dates::decimal(number, 1, locale)),
    )
}

fn days(number: Option<f64>, locale: Locale) -> String {
    number.map_or_else(
        || "–".to_owned(),
        |number| dates::decimal(number, 1, locale),
    )
}

fn table(first: &str, rows: &[Open], locale: Locale) -> TableView {
    let heads = [
        first,
        "recap-received",
        "recap-answered",
        "recap-on-time",
        "recap-median",
    ];
    TableView {
        headings: heads.iter().map(|key| t(locale, key)).collect(),
        rows: rows
            .iter()
            .map(|row| {
                let texts = vec![
                    row.label.clone(),
                    count_cell(row.received, locale),
                    count_cell(row.answered, locale),
                    percent(row.on_time_percent, locale),
                    days(row.median_working_days, locale),
                ];
                CellView::row(texts, 1, None)
            })
            .collect(),
        total: Vec::new(),
    }
}

fn section(
    (id, title, first): (&'static str, &str, &str),
    rows: &[Open],
    draw: fn(&Chart<'_>) -> String,
    points: Vec<Point>,
    legend: &[&str],
    locale: Locale,
) -> SectionView {
    let shown: i64 = rows.iter().filter_map(|row| row.received).sum();
    let empty = points
        .iter()
        .flat_map(|point| &point.values)
        .all(|value| *value == 0);
    let chart = Chart {
        id,
        title: t(locale, title),
        description: Message::new("figures-chart-told")
            .with("count", shown)
            .text(locale),
        points,
    };
    SectionView {
        id: id.to_owned(),
        title: t(locale, title),
        chart: match empty {
            true => String::new(),
            false => draw(&chart),
        },
        nothing: match (empty, rows.iter().any(|row| row.received.is_none())) {
            (true, true) => t(locale, "figures-chart-masked"),
            (true, false) => t(locale, "figures-chart-nothing"),
            (false, _) => String::new(),
        },
        legend: legend
            .iter()
            .zip(["s1", "s2"])
            .map(|(label, class)| Legend {
                class,
                label: t(locale, label),
            })
            .collect(),
        table: table(first, rows, locale),
    }
}

fn sections(of: &Figured, locale: Locale) -> Vec<SectionView> {
    let both = ["recap-received", "recap-answered"];
    let months = of
        .months
        .iter()
        .zip(of.period.months())
        .map(|(row, month)| {
            let counts = [row.received.unwrap_or(0), row.answered.unwrap_or(0)];
            Point::new(month.from.format("%m/%y").to_string(), counts)
        })
        .collect();
    let ranking = |rows: &[Open]| -> Vec<Point> {
        let shown = rows.iter().filter(|row| row.received.is_some());
        shown
            .map(|row| Point::new(&row.label, [row.received.unwrap_or(0)]))
            .collect()
    };
    let mut sections = vec![section(
        ("months", "recap-title-month", "recap-by-month"),
        &of.months,
        charts::columns,
        months,
        &both,
        locale,
    )];
    for (name, rows) in [
        (
            ("services", "recap-title-service", "recap-by-service"),
            &of.services,
        ),
        (("units", "figures-by-unit", "figures-unit"), &of.by_unit),
    ] {
        if !rows.is_empty() {
            let points = ranking(rows);
            sections.push(section(name, rows, charts::bars, points, &[], locale));
        }
    }
    sections
}

fn kpis(of: &Figured, locale: Locale) -> Vec<Kpi> {
    let total = &of.total;
    let kpi = |value: String, key: &str| Kpi {
        value,
        label: t(locale, key),
        note: String::new(),
    };
    vec![
        kpi(whole(total.received, of.below, locale), "recap-received"),
        kpi(whole(total.answered, of.below, locale), "recap-answered"),
        kpi(percent(total.on_time_percent, locale), "recap-on-time"),
        kpi(days(total.median_working_days, locale), "recap-median"),
        kpi(whole(of.overdue, of.below, locale), "figures-overdue"),
    ]
}

#[handler]
pub async fn show(Public(ctx): Public, Query(wanted): Query<Wanted>) -> Result<Response> {
    hold_back(&ctx).await?;
    let locale = ctx.locale();
    let unit = unit_of(&ctx, &wanted.unit).await?;
    // An old or mistyped link still shows a person figures, and says of which months.
    let period = match period_of(&ctx, unit.as_ref(), &wanted.year) {
        Err(Error::Invalid(_)) => period_of(&ctx, unit.as_ref(), "")?,
        read => read?,
    };
    let of = service::figures(&ctx, unit.clone(), period).await?;
    let code = unit
        .as_ref()
        .map_or("all", |unit| unit.code.as_str())
        .to_owned();
    let mut units: Vec<(String, String)> = organisation::units(&ctx.app.db)
        .await?
        .into_iter()
        .map(|unit| (unit.code, unit.name))
        .collect();
    units.insert(0, ("all".to_owned(), t(locale, "published-any-unit")));
    let this_year = chrono::Datelike::year(&period.to);
    let today = chrono::Datelike::year(&ctx.now);
    let mut years = vec![(String::new(), t(locale, "figures-last-twelve"))];
    years.extend(
        (today - 2..=today)
            .rev()
            .map(|year| (year.to_string(), year.to_string())),
    );
    let chosen = if wanted.year.trim() == this_year.to_string() {
        wanted.year.trim()
    } else {
        ""
    };
    let name = match &unit {
        Some(unit) => unit.name.clone(),
        None => t(locale, "published-any-unit"),
    };
    let link = |href: String, key: &str| Link {
        href,
        label: t(locale, key),
    };
    let page = FiguresPage {
        lead: format!("{name} · {}", period.words(locale)),
        units: choices_of(&units, &code),
        years: choices_of(&years, chosen),
        kpis: kpis(&of, locale),
        nothing: of.total.received == Some(0),
        sections: sections(&of, locale),
        notes: vec![
            t(locale, "recap-note-time"),
            Message::new("figures-note-veiled")
                .with("below", of.below)
                .text(locale),
        ],
        links: vec![
            link(format!("/pengaduan/publik?unit={code}"), "published-title"),
            link("/data".to_owned(), "figures-open-data"),
        ],
    };
    match &unit {
        Some(unit) => ctx.page_in(&organisation::brand_of(unit), &page),
        None => ctx.page(&page),
    }
}

#[derive(Serialize)]
struct AboutPage {
    license: String,
    below: i64,
    most_cases: u64,
    fields: Vec<FieldRow>,
    json_href: &'static str,
    csv_href: &'static str,
}

#[derive(Serialize)]
struct FieldRow {
    name: &'static str,
    text: String,
}

impl Page for AboutPage {
    const TEMPLATE: &'static str = "complaints/knowing/data";
    fn title(&self, locale: Locale) -> String {
        t(locale, "figures-open-data")
    }
}

#[handler]
pub async fn about(Public(ctx): Public) -> Result<Response> {
    let locale = ctx.locale();
    let page = AboutPage {
        license: ctx.app.config.complaints.open_data_license.clone(),
        below: i64::from(ctx.app.config.complaints.suppress_below),
        most_cases: MOST_CASES,
        fields: data::COLUMNS
            .into_iter()
            .map(|name| FieldRow {
                name,
                text: t(locale, &format!("data-field-{}", name.replace('_', "-"))),
            })
            .collect(),
        json_href: "/data/complaints.json",
        csv_href: "/data/complaints.csv",
    };
    match organisation::default_unit(&ctx).await? {
        Some(unit) => ctx.page_in(&organisation::brand_of(&unit), &page),
        None => ctx.page(&page),
    }
}

/// As many views of these pages as a network opens within an hour: each counts over years of complaints.
const AN_HOUR: u32 = 1200;

async fn hold_back(ctx: &Ctx) -> Result<()> {
    let network = ctx.request.network();
    let limit = Throttle::new("figures", &network, AN_HOUR, chrono::Duration::hours(1));
    throttle::take(&ctx.app, ctx.now, &[&limit]).await
}

/// Data of every unit unless one is named, in Indonesian for everybody: a program must not get other words with
/// another browser.
async fn file(ctx: &mut Ctx, wanted: &Wanted) -> Result<File> {
    hold_back(ctx).await?;
    ctx.request.locale = Locale::Id;
    let unit = match wanted.unit.trim() {
        "" => None,
        code => unit_of(ctx, code).await?,
    };
    let period = period_of(ctx, unit.as_ref(), &wanted.year)?;
    let of_unit = unit.as_ref().map(|unit| unit.id);
    let figured = service::figures(ctx, unit, period).await?;
    let found = published::open_data(&ctx.app.db, of_unit, MOST_CASES).await?;
    data::file(ctx, &figured, found)
}

/// Anybody's page may read it.
fn open_to_all(content_type: &str, bytes: Vec<u8>) -> Response {
    Response::builder()
        .header(header::CONTENT_TYPE, content_type)
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header("cross-origin-resource-policy", "cross-origin")
        .body(Body::from(bytes))
}

/// A program that asks for months or a service must not take the whole for them.
fn only_known(request: &Request) -> Result<()> {
    parameters::refuse_others(request, &["unit", "year"])
}

#[handler]
pub async fn json(
    request: &Request,
    Public(mut ctx): Public,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    only_known(request)?;
    let file = file(&mut ctx, &wanted).await?;
    let bytes = serde_json::to_vec_pretty(&file).map_err(anyhow::Error::from)?;
    Ok(open_to_all("application/json; charset=utf-8", bytes))
}

#[handler]
pub async fn csv(
    request: &Request,
    Public(mut ctx): Public,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    only_known(request)?;
    let file = file(&mut ctx, &wanted).await?;
    Ok(open_to_all(sheets::CSV, file.csv()?))
}
