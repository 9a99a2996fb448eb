//! The book of a span of days for who evaluates the office: every complaint with its days and what became of it,
//! without anybody's name and without their words. Who packs it may know how many complaints there were and when they
//! were answered; what people wrote stays with those who handle it.

use std::sync::Arc;

use chrono::NaiveDate;
use futures::StreamExt as _;

use super::{
    rules::Column,
    service::{Asked, Book},
};
use crate::{
    access::Ctx,
    platform::{
        error::{Error, Result},
        i18n::{Message, t},
        tables::{self as sheets, Sheet},
    },
};

const COLUMNS: [Column; 13] = [
    Column::Position,
    Column::Number,
    Column::Received,
    Column::Channel,
    Column::Kind,
    Column::Service,
    Column::Category,
    Column::Division,
    Column::Due,
    Column::Answered,
    Column::Days,
    Column::InTime,
    Column::Status,
];

async fn open(ctx: &Ctx, unit: &str, (from, to): (NaiveDate, NaiveDate)) -> Result<Book> {
    let asked = Asked {
        unit: unit.to_owned(),
        from: from.to_string(),
        to: to.to_string(),
        identity: false,
    };
    Book::open(ctx, &asked).await
}

/// How many complaints were received on these days.
pub async fn received(ctx: &Ctx, unit: &str, days: (NaiveDate, NaiveDate)) -> Result<u64> {
    open(ctx, unit, days).await?.count().await
}

/// The workbook.
pub async fn without_words(ctx: &Ctx, unit: &str, days: (NaiveDate, NaiveDate)) -> Result<Vec<u8>> {
    let locale = ctx.locale();
    let book = open(ctx, unit, days).await?;
    if book.count().await? > sheets::MOST_ROWS {
        let message = Message::new("book-too-long-for-sheet");
        return Err(Error::rule("register.too_long", message));
    }
    let title = Message::new("book-sheet-title")
        .with("unit", &book.unit.name)
        .with("period", book.period.words(locale));
    let sheet = Sheet {
        name: t(locale, "book-sheet-name"),
        top: vec![title.text(locale), t(locale, "book-note-no-words")],
        columns: COLUMNS
            .iter()
            .map(|column| (t(locale, column.label()), column.width()))
            .collect(),
    };
    let rows = Arc::new(book).lines().map(move |lines| {
        let lines = lines?;
        let rows = lines.iter().map(|line| line.row(&COLUMNS, locale));
        Ok(rows.collect())
    });
    let body = sheets::workbook_stream(sheet, rows).await?;
    let bytes = body.into_vec().await.map_err(anyhow::Error::from)?;
    Ok(bytes)
}
