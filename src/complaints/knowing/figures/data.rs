//! Open data: the public figures and the published cases, in a form that programs read and that stays the same.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::service::{Figured, Open};
use crate::{
    access::Ctx,
    complaints::knowing::published::Case,
    organisation,
    platform::{
        error::Result,
        tables::{self as sheets, Cell, Row},
    },
};

/// Counts up when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// The file. Its fields stand on the page `/data`.
#[derive(Serialize)]
pub struct File {
    version: u32,
    title: &'static str,
    documentation: String,
    license: String,
    generated_at: String,
    period: Span,
    suppressed_below: i64,
    total: Record,
    by_month: Vec<Record>,
    by_service: Vec<Record>,
    by_unit: Vec<Record>,
    /// How many cases are published; `cases` holds the newest of them.
    cases_total: u64,
    cases: Vec<CaseRecord>,
}

#[derive(Serialize)]
struct Span {
    from: String,
    to: String,
}

#[derive(Serialize)]
struct Record {
    key: String,
    label: String,
    /// Of a service among those of several units.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    received: Option<i64>,
    answered: Option<i64>,
    on_time_percent: Option<f64>,
    median_working_days: Option<f64>,
}

#[derive(Serialize)]
struct CaseRecord {
    id: String,
    unit: String,
    service: Option<String>,
    title: String,
    text: String,
    answer: Option<String>,
    status: String,
    received_month: String,
    answer_working_days: Option<i32>,
    answered_in_time: Option<bool>,
    published_on: String,
    url: String,
}

impl From<&Open> for Record {
    fn from(open: &Open) -> Self {
        Self {
            key: open.key.clone(),
            label: open.label.clone(),
            unit: open.unit.clone(),
            received: open.received,
            answered: open.answered,
            on_time_percent: open.on_time_percent,
            median_working_days: open.median_working_days,
        }
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

fn case(ctx: &Ctx, figured: &Figured, of: Case) -> Result<Option<CaseRecord>> {
    let published = of.publication;
    let Some(unit) = figured
        .units
        .iter()
        .find(|unit| unit.id == published.unit_id)
    else {
        return Ok(None);
    };
    let zone = organisation::zone_of(unit)?;
    let local = |at: DateTime<Utc>| at.with_timezone(&zone);
    let path = format!("/pengaduan/publik/{}", published.id);
    Ok(Some(CaseRecord {
        id: published.id.to_string(),
        unit: unit.code.clone(),
        service: published.service_code,
        title: published.title,
        text: published.text,
        answer: published.answer,
        status: of.status.code(),
        // The day would tell too much.
        received_month: local(of.received_at).format("%Y-%m").to_string(),
        answer_working_days: of.answer_working_days,
        answered_in_time: of.answered_in_time,
        published_on: local(published.published_at).format("%Y-%m-%d").to_string(),
        url: ctx.app.url(&path),
    }))
}

/// The whole of it.
pub fn file(ctx: &Ctx, figured: &Figured, (cases, cases_total): (Vec<Case>, u64)) -> Result<File> {
    let records = |all: &[Open]| all.iter().map(Record::from).collect::<Vec<_>>();
    let mut told = Vec::with_capacity(cases.len());
    for of in cases {
        told.extend(case(ctx, figured, of)?);
    }
    Ok(File {
        version: VERSION,
        title: "Pengaduan masyarakat: statistik dan kasus terpublikasi",
        documentation: ctx.app.url("/data"),
        license: ctx.app.config.complaints.open_data_license.clone(),
        generated_at: instant(ctx.now),
        period: Span {
            from: figured.period.from.to_string(),
            to: figured.period.to.to_string(),
        },
        suppressed_below: figured.below,
        total: (&figured.total).into(),
        by_month: records(&figured.months),
        by_service: records(&figured.services),
        by_unit: records(&figured.by_unit),
        cases_total,
        cases: told,
    })
}

/// The columns of the CSV: one table, each row says which record it is.
pub const COLUMNS: [&str; 19] = [
    "record",
    "key",
    "label",
    "unit",
    "received",
    "answered",
    "on_time_percent",
    "median_working_days",
    "service",
    "title",
    "text",
    "answer",
    "status",
    "received_month",
    "answer_working_days",
    "answered_in_time",
    "published_on",
    "url",
    "generated_at",
];

impl File {
    pub fn csv(&self) -> Result<Vec<u8>> {
        let mut rows: Vec<Row> = vec![self.figures_row("total", &self.total)];
        for (record, all) in [
            ("month", &self.by_month),
            ("service", &self.by_service),
            ("unit", &self.by_unit),
        ] {
            rows.extend(all.iter().map(|one| self.figures_row(record, one)));
        }
        rows.extend(self.cases.iter().map(|of| self.case_row(of)));
        let heading: Row = COLUMNS.iter().map(|name| Cell::text(*name)).collect();
        sheets::csv(&heading, &rows)
    }

    fn figures_row(&self, record: &str, of: &Record) -> Row {
        let whole = |number: Option<i64>| number.map_or(Cell::Nothing, Cell::Whole);
        let mut row = vec![
            Cell::text(record),
            Cell::text(&of.key),
            Cell::text(&of.label),
            of.unit.as_ref().map_or(Cell::Nothing, Cell::text),
            whole(of.received),
            whole(of.answered),
            Cell::decimal(of.on_time_percent, 1),
            Cell::decimal(of.median_working_days, 1),
        ];
        row.resize(COLUMNS.len() - 1, Cell::Nothing);
        row.push(Cell::text(&self.generated_at));
        row
    }

    fn case_row(&self, of: &CaseRecord) -> Row {
        let text = |text: &Option<String>| text.as_ref().map_or(Cell::Nothing, Cell::text);
        let days = of.answer_working_days;
        vec![
            Cell::text("case"),
            Cell::text(&of.id),
            Cell::Nothing,
            Cell::text(&of.unit),
            Cell::Nothing,
            Cell::Nothing,
            Cell::Nothing,
            Cell::Nothing,
            text(&of.service),
            Cell::text(&of.title),
            Cell::text(&of.text),
            text(&of.answer),
            Cell::text(&of.status),
            Cell::text(&of.received_month),
            days.map_or(Cell::Nothing, |days| Cell::Whole(days.into())),
            of.answered_in_time
                .map_or(Cell::Nothing, |kept| Cell::text(kept.to_string())),
            Cell::text(&of.published_on),
            Cell::text(&of.url),
            Cell::text(&self.generated_at),
        ]
    }
}
