//! The book as CSV, workbook and paper.

use std::sync::Arc;

use chrono_tz::Tz;
use futures::{Stream, StreamExt as _};
use poem::Body;

use super::{
    rules::{Column, beginning},
    service::{Book, Line},
};
use crate::{
    access::Ctx,
    documents::{
        data::{PaperColumn, PaperTable},
        table_paper::{self as paper, Paper},
    },
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        tables::{self as sheets, Row, Sheet},
    },
};

/// Paper of more lines than these nobody signs, and it would keep the typesetter busy.
pub const MOST_ON_PAPER: u64 = 1000;
/// Letters of a text on paper; the files have the whole.
const LETTERS: usize = 320;

fn rows(
    book: Arc<Book>,
    columns: Vec<Column>,
    locale: Locale,
) -> impl Stream<Item = Result<Vec<Row>>> + Send + 'static {
    book.lines().map(move |lines| {
        let lines = lines?;
        Ok(lines
            .iter()
            .map(|line| line.row(&columns, locale))
            .collect())
    })
}

pub async fn csv(ctx: &Ctx, book: Book) -> Result<Body> {
    book.note_taken("csv").await?;
    let locale = ctx.locale();
    let columns = Column::of_file(book.identity);
    let heading = columns
        .iter()
        .map(|column| sheets::Cell::text(t(locale, column.label())))
        .collect();
    Ok(sheets::csv_stream(
        heading,
        rows(Arc::new(book), columns, locale),
    ))
}

pub async fn xlsx(ctx: &Ctx, book: Book) -> Result<Body> {
    let locale = ctx.locale();
    if book.count().await? > sheets::MOST_ROWS {
        let message = Message::new("book-too-long-for-sheet");
        return Err(Error::rule("register.too_long", message));
    }
    book.note_taken("xlsx").await?;
    let columns = Column::of_file(book.identity);
    let title = Message::new("book-sheet-title")
        .with("unit", &book.unit.name)
        .with("period", book.period.words(locale));
    let note = if book.identity {
        "book-note-identity"
    } else {
        "book-note-no-identity"
    };
    let sheet = Sheet {
        name: t(locale, "book-sheet-name"),
        top: vec![title.text(locale), t(locale, note)],
        columns: columns
            .iter()
            .map(|column| (t(locale, column.label()), column.width()))
            .collect(),
    };
    sheets::workbook_stream(sheet, rows(Arc::new(book), columns, locale)).await
}

/// The columns on paper: those that belong together share one.
fn paper_columns(identity: bool) -> Vec<PaperColumn> {
    let mut columns = vec![
        ("book-column-position", 4, true),
        ("book-paper-number", 15, false),
        ("book-paper-way", 10, false),
    ];
    if identity {
        columns.push(("book-column-reporter", 18, false));
    }
    columns.extend([
        ("book-paper-text", 38, false),
        ("book-paper-division", 15, false),
        ("book-column-due", 10, false),
        ("book-paper-answered", 11, false),
        ("book-column-answer", 30, false),
        ("book-paper-status", 12, false),
    ]);
    columns
        .into_iter()
        .map(|(label, share, numeric)| PaperColumn {
            label: t(Locale::Id, label),
            share,
            numeric,
        })
        .collect()
}

fn lines_of(parts: &[&str]) -> String {
    let said: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    said.join("\n")
}

fn paper_row(line: &Line, identity: bool) -> Vec<String> {
    let locale = Locale::Id;
    let when = |at: &chrono::DateTime<Tz>| Line::short(at, locale);
    let mut row = vec![
        line.position.to_string(),
        lines_of(&[&line.number, &when(&line.received)]),
        lines_of(&[&line.channel, &line.kind]),
    ];
    if identity {
        row.push(lines_of(&[
            &line.reporter,
            &line.contact.replace(", ", "\n"),
        ]));
    }
    let days = line.days.map(|days| {
        Message::new("book-paper-days")
            .with("days", days)
            .text(locale)
    });
    row.extend([
        lines_of(&[&line.subject, &beginning(&line.description, LETTERS)]),
        lines_of(&[&line.division, &line.service, &line.category]),
        when(&line.due),
        lines_of(&[
            &line.answered.as_ref().map(when).unwrap_or_default(),
            &days.unwrap_or_default(),
            &line.in_time_words(locale),
        ]),
        beginning(&line.answer, LETTERS),
        lines_of(&[&line.status, &line.remarks]),
    ]);
    row
}

pub async fn pdf(ctx: &Ctx, book: Book) -> Result<Vec<u8>> {
    let count = book.count().await?;
    if count > MOST_ON_PAPER {
        let message = Message::new("book-too-long-for-paper")
            .with("count", count)
            .with("most", MOST_ON_PAPER);
        return Err(Error::rule("register.too_long", message));
    }
    book.note_taken("pdf").await?;
    // An office's paper speaks Indonesian, whoever prints it.
    let mut ctx = ctx.clone();
    ctx.request.locale = Locale::Id;
    let book = Arc::new(book.for_reader(&ctx));
    let mut rows = Vec::new();
    let mut pieces = std::pin::pin!(book.clone().lines());
    while let Some(lines) = pieces.next().await {
        rows.extend(lines?.iter().map(|line| paper_row(line, book.identity)));
    }
    let note = if book.identity {
        "book-note-identity"
    } else {
        "book-note-no-identity"
    };
    let table = PaperTable {
        title: None,
        chart: None,
        columns: paper_columns(book.identity),
        rows,
        sums_up: false,
        empty: paper::nothing(),
    };
    let paper = Paper {
        name: t(Locale::Id, "book-title"),
        period: book.period.words(Locale::Id),
        facts: vec![
            (t(Locale::Id, "knowing-paper-unit"), book.unit.name.clone()),
            (
                t(Locale::Id, "knowing-paper-count"),
                Message::new("book-paper-count")
                    .with("count", count)
                    .text(Locale::Id),
            ),
        ],
        tables: vec![table],
        notes: vec![t(Locale::Id, note), t(Locale::Id, "book-paper-short")],
    };
    paper::pdf(&ctx, &book.unit, paper).await
}
