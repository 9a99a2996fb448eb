//! "Rencana dan realisasi tindak lanjut": the plan of a unit and year beside what became of it, as workbook and paper.

use chrono_tz::Tz;

use crate::{
    access::Ctx,
    action_plans::{Budget, MeasureKind, SourceKind, YearRow, measures_in, plan_of},
    calendar::dates,
    documents::{
        data::{PaperColumn, PaperTable},
        drawable,
        table_paper::{self, Paper},
    },
    organisation::{self, Unit},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        tables::{self, Cell, Row, Sheet},
        words::folded,
    },
    proving::Measures,
};

/// (text, width of the sheet, share of the paper, a number)
const COLUMNS: [(&str, f64, u32, bool); 16] = [
    ("matrix-number", 6.0, 3, true),
    ("matrix-code", 14.0, 8, false),
    ("matrix-action", 40.0, 13, false),
    ("matrix-sources", 40.0, 18, false),
    ("matrix-owner", 30.0, 12, false),
    ("matrix-indicator", 30.0, 10, false),
    ("matrix-budget", 24.0, 12, false),
    ("matrix-baseline", 16.0, 7, false),
    ("matrix-due", 16.0, 7, false),
    ("matrix-milestones", 40.0, 14, false),
    ("matrix-progress", 14.0, 8, true),
    ("matrix-status", 20.0, 8, false),
    ("matrix-evidence", 10.0, 5, true),
    ("matrix-handed-in", 16.0, 7, false),
    ("matrix-speed", 20.0, 8, false),
    ("matrix-measured", 30.0, 10, false),
];

/// A source is named by its kind and what everybody may read of it: papers go out of the office.
fn sources(row: &YearRow, locale: Locale) -> String {
    let mut names: Vec<String> = Vec::new();
    let (complaints, others): (Vec<_>, Vec<_>) = row
        .sources
        .iter()
        .partition(|source| source.kind == SourceKind::Complaint);
    if !complaints.is_empty() {
        let count = Message::new("promise-complaints").with("count", complaints.len());
        names.push(count.text(locale));
    }
    for source in others {
        let label = source.public_label(locale).to_owned();
        if !names.contains(&label) {
            names.push(label);
        }
    }
    if names.is_empty() {
        t(locale, "action-sources-none")
    } else {
        names.join("; ")
    }
}

fn milestones(row: &YearRow, locale: Locale) -> String {
    let one = |title: &str, due, done: Option<chrono::NaiveDate>| {
        let due = dates::date_short(due, locale);
        match done {
            Some(day) => Message::new("matrix-milestone-done")
                .with("title", title)
                .with("due", due)
                .with("day", dates::date_short(day, locale))
                .text(locale),
            None => Message::new("matrix-milestone-open")
                .with("title", title)
                .with("due", due)
                .text(locale),
        }
    };
    let all = row.milestones.iter();
    let all: Vec<String> = all
        .map(|step| one(&step.title, step.due_on, step.done_on))
        .collect();
    all.join("; ")
}

fn status(row: &YearRow, locale: Locale) -> String {
    let label = t(locale, row.item.status.label_key());
    if row.late {
        let late = Message::new("action-standing-late").with("status", label);
        return late.text(locale);
    }
    label
}

fn cells(at: usize, (row, measured): (&YearRow, String), (zone, locale): (Tz, Locale)) -> Row {
    let item = &row.item;
    let day = |day| dates::date_short(day, locale);
    let owner = match (&row.division, &row.owner) {
        // "Kepala Bidang Fasilitasi" says which division.
        (Some(division), Some(owner)) if !folded(owner).contains(&folded(division)) => {
            format!("{owner}, {division}")
        }
        (_, Some(owner)) => owner.clone(),
        (division, None) => division.clone().unwrap_or_else(|| "–".to_owned()),
    };
    let indicator = format!("{}: {}", item.indicator, item.target);
    vec![
        Cell::Whole(i64::try_from(at).unwrap_or_default()),
        Cell::text(&item.code),
        Cell::text(&item.title),
        Cell::text(sources(row, locale)),
        Cell::text(owner),
        Cell::text(indicator),
        Cell::text(Budget::of(item).text(locale).unwrap_or_default()),
        Cell::text(day(item.baseline_due_on.unwrap_or(item.due_on))),
        Cell::text(day(item.due_on)),
        Cell::text(milestones(row, locale)),
        Cell::Whole(item.progress.into()),
        Cell::text(status(row, locale)),
        Cell::Whole(i64::try_from(row.evidence).unwrap_or_default()),
        Cell::text(row.handed_in(zone).map(day).unwrap_or_default()),
        Cell::text(t(locale, row.speed.label_key())),
        Cell::text(measured),
    ]
}

async fn rows(ctx: &Ctx, unit: &Unit, year: i32, locale: Locale) -> Result<Vec<Row>> {
    let zone = organisation::zone_of(unit)?;
    let plan = plan_of(ctx, unit, year).await?;
    let measures = Measures::of(ctx, unit).await?;
    let mut by_action = measures_in(&ctx.app.db, unit.id, MeasureKind::Element).await?;
    let mut rows = Vec::with_capacity(plan.len());
    for (at, row) in (1..).zip(&plan) {
        let chosen = by_action.remove(&row.item.id).unwrap_or_default();
        let measured = measured(ctx, (&measures, chosen), row, locale).await?;
        rows.push(cells(at, (row, measured), (zone, locale)));
    }
    Ok(rows)
}

/// `U8: 2,710 → 3,321 (SKM Semester I 2026)`; empty while it was not measured on both sides.
async fn measured(
    ctx: &Ctx,
    (measures, chosen): (&Measures, Vec<String>),
    row: &YearRow,
    locale: Locale,
) -> Result<String> {
    let of = (&row.item, row.sources.as_slice());
    let elements = measures.elements(ctx, of, chosen).await?;
    let figures = elements.iter().filter_map(|one| one.latest(locale));
    Ok(figures.collect::<Vec<_>>().join("; "))
}

pub async fn xlsx(ctx: &Ctx, unit: &Unit, year: i32) -> Result<Vec<u8>> {
    let locale = ctx.locale();
    let sheet = Sheet {
        name: t(locale, "matrix-sheet"),
        top: vec![
            format!("{} · {}", t(locale, "matrix-title"), unit.name),
            year.to_string(),
        ],
        columns: COLUMNS
            .iter()
            .map(|(key, width, ..)| (t(locale, key), *width))
            .collect(),
    };
    tables::workbook(&[(sheet, rows(ctx, unit, year, locale).await?)])
}

/// Paper has no formulas to be harmed by, and no letters that its fonts lack.
fn on_paper(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => drawable(text),
        Cell::Whole(number) => number.to_string(),
        Cell::Decimal(number, places) => dates::decimal(*number, *places, Locale::Id),
        Cell::Nothing => "–".to_owned(),
    }
}

/// An office's paper is Indonesian.
pub async fn pdf(ctx: &Ctx, unit: &Unit, year: i32) -> Result<Vec<u8>> {
    let locale = Locale::Id;
    let table = PaperTable {
        title: None,
        chart: None,
        columns: COLUMNS
            .iter()
            .map(|(key, _, share, numeric)| PaperColumn {
                label: t(locale, key),
                share: *share,
                numeric: *numeric,
            })
            .collect(),
        rows: rows(ctx, unit, year, locale)
            .await?
            .iter()
            .map(|row| row.iter().map(on_paper).collect())
            .collect(),
        sums_up: false,
        empty: table_paper::nothing(),
    };
    let paper = Paper {
        name: t(locale, "matrix-title"),
        period: Message::new("matrix-year")
            .with("year", year.to_string())
            .text(locale),
        facts: vec![(t(locale, "knowing-paper-unit"), unit.name.clone())],
        tables: vec![table],
        notes: vec![
            t(locale, "matrix-note-progress"),
            t(locale, "matrix-note-speed"),
            t(locale, "proof-caveat"),
        ],
    };
    table_paper::pdf(ctx, unit, paper).await
}
