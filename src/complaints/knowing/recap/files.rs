//! The recapitulation as CSV, workbook and paper.

use super::{
    drawing::{self, Drawn},
    service::Recap,
    tables::{self, Table},
};
use crate::{
    access::Ctx,
    documents::{
        data::{PaperChart, PaperColumn, PaperLegend, PaperTable, Picture, PictureFormat},
        drawable,
        table_paper::{self as paper, Paper},
    },
    platform::{
        charts::{PAPER_COLOURS, Point},
        error::Result,
        i18n::{Locale, t},
        tables::{self as sheets, Cell, Row, Sheet},
    },
};

/// The chosen groups with a stable key before each, for programs and for one's own calculations.
pub fn csv(of: &Recap, locale: Locale) -> Result<Vec<u8>> {
    let table = tables::groups(of, locale);
    let keyed = |key: &str, row: &Row| {
        let mut cells = vec![Cell::text(of.grouped_by()), Cell::text(key)];
        cells.extend(row.iter().cloned());
        cells
    };
    let mut heading = vec![
        Cell::text(t(locale, "recap-group-by")),
        Cell::text(t(locale, "recap-key")),
    ];
    heading.extend(table.headings.iter().map(Cell::text));
    let mut rows: Vec<Row> = of
        .groups
        .iter()
        .zip(&table.rows)
        .map(|(group, row)| match &group.second {
            Some((second, _)) => keyed(&format!("{},{second}", group.key), row),
            None => keyed(&group.key, row),
        })
        .collect();
    rows.extend(table.total.iter().map(|row| keyed("total", row)));
    sheets::csv(&heading, &rows)
}

/// A sheet for each table.
pub fn xlsx(of: &Recap, locale: Locale) -> Result<Vec<u8>> {
    let top = vec![
        format!("{} · {}", t(locale, "recap-title"), of.unit.name),
        of.period.words(locale),
    ];
    let sheets: Vec<(Sheet, Vec<Row>)> = tables::all(of, locale)
        .into_iter()
        .map(|table| {
            let rows = table.all_rows();
            let columns = table.headings.iter().enumerate().map(|(at, heading)| {
                let width = if at < table.names { 44.0 } else { 15.0 };
                (heading.clone(), width)
            });
            let sheet = Sheet {
                name: t(locale, &format!("recap-sheet-{}", table.key)),
                top: top.clone(),
                columns: columns.collect(),
            };
            (sheet, rows)
        })
        .collect();
    sheets::workbook(&sheets)
}

fn paper_chart(drawn: &Drawn) -> Option<PaperChart> {
    let mut chart = drawn.chart(Locale::Id)?;
    let points = chart.points.iter();
    chart.points = points
        .map(|point| Point::new(drawable(&point.label), point.values.clone()))
        .collect();
    let pictures = drawn.form.on_paper(&chart);
    let legend = drawn.legend.iter().zip(PAPER_COLOURS);
    Some(PaperChart {
        description: chart.description,
        pictures: pictures
            .iter()
            .map(|picture| Picture::new(PictureFormat::Svg, picture.as_bytes()))
            .collect(),
        legend: legend
            .map(|(label, colour)| PaperLegend {
                label: t(Locale::Id, label),
                colour: colour.to_owned(),
            })
            .collect(),
    })
}

fn paper_table(drawn: &Drawn) -> PaperTable {
    let table: &Table = &drawn.table;
    let columns = table.headings.iter().enumerate();
    PaperTable {
        chart: paper_chart(drawn),
        title: Some(table.title.clone()),
        columns: columns
            .map(|(at, heading)| PaperColumn {
                label: heading.clone(),
                share: match at < table.names {
                    true if table.names > 1 => 20,
                    true => 30,
                    false => 9,
                },
                numeric: at >= table.names,
            })
            .collect(),
        rows: table
            .all_rows()
            .iter()
            .map(|row| {
                row.iter()
                    .map(|cell| tables::shown(cell, Locale::Id))
                    .collect()
            })
            .collect(),
        sums_up: table.total.is_some(),
        empty: paper::nothing(),
    }
}

/// `of` must have been made for an Indonesian reader: an office's paper speaks that language.
pub async fn pdf(ctx: &Ctx, of: &Recap) -> Result<Vec<u8>> {
    let locale = Locale::Id;
    let fact = |key: &str, text: String| (t(locale, key), text);
    let paper = Paper {
        name: t(locale, "recap-title"),
        period: of.period.words(locale),
        facts: vec![
            fact("knowing-paper-unit", of.unit.name.clone()),
            fact("recap-compared", of.previous.words(locale)),
        ],
        tables: drawing::all(of, locale).iter().map(paper_table).collect(),
        notes: vec![t(locale, "recap-note-time"), t(locale, "recap-note-sum")],
    };
    paper::pdf(ctx, &of.unit, paper).await
}
