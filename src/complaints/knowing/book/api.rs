//! `/api/v1/reports/complaint-register`: the register book for programs, page by page or whole as CSV.

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;
use poem::Body;
use poem_openapi::{
    Object, OpenApi,
    param::Query,
    payload::{Binary, Json, Response},
};

use super::{Asked, Book, Line, files, pages::name_of};
use crate::{
    access::Token,
    complaints::ComplaintId,
    platform::{
        tables as sheets,
        web::{paging::Slice, tags::Tag},
    },
};

pub struct Api;

/// A line of the register book; words are in the reader's language.
#[derive(Object)]
struct RegisterLine {
    /// Its place in the span, from 1.
    position: i64,
    number: String,
    received_at: DateTime<FixedOffset>,
    channel: String,
    kind: String,
    /// Who complained; with `identity` only, never behind an anonymous complaint.
    reporter: Option<String>,
    contact: Option<String>,
    service: String,
    category: String,
    subject: String,
    description: String,
    division: String,
    due_at: DateTime<FixedOffset>,
    answered_at: Option<DateTime<FixedOffset>>,
    /// Working days until the first answer.
    answer_working_days: Option<i32>,
    answered_in_time: Option<bool>,
    answer: String,
    status: String,
    closed_at: Option<DateTime<FixedOffset>>,
    remarks: String,
}

/// A page of the register book.
#[derive(Object)]
struct RegisterPage {
    /// Code of the unit.
    unit: String,
    from: chrono::NaiveDate,
    to: chrono::NaiveDate,
    /// Lines of the whole span.
    total: u64,
    items: Vec<RegisterLine>,
    /// Give it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

fn line(of: Line) -> RegisterLine {
    let local = |at: DateTime<Tz>| at.fixed_offset();
    let said = |text: String| Some(text).filter(|text| !text.is_empty());
    RegisterLine {
        position: of.position,
        number: of.number,
        received_at: local(of.received),
        channel: of.channel,
        kind: of.kind,
        reporter: said(of.reporter),
        contact: said(of.contact),
        service: of.service,
        category: of.category,
        subject: of.subject,
        description: of.description,
        division: of.division,
        due_at: local(of.due),
        answered_at: of.answered.map(local),
        answer_working_days: of.days,
        answered_in_time: of.in_time,
        answer: of.answer,
        status: of.status,
        closed_at: of.closed.map(local),
        remarks: of.remarks,
    }
}

fn asked(
    unit: Query<Option<String>>,
    from: Query<Option<String>>,
    to: Query<Option<String>>,
    identity: Query<Option<bool>>,
) -> Asked {
    Asked {
        unit: unit.0.unwrap_or_default(),
        from: from.0.unwrap_or_default(),
        to: to.0.unwrap_or_default(),
        identity: identity.0.unwrap_or_default(),
    }
}

#[OpenApi(tag = "Tag::Complaints")]
impl Api {
    /// Read the register book
    ///
    /// Of the days `from` to `to` (left out: this year) in the order of receipt. With `identity=true` it names who
    /// complained, for who may read that, and it is written down who looked.
    #[oai(
        path = "/reports/complaint-register",
        method = "get",
        operation_id = "getComplaintRegister"
    )]
    #[expect(clippy::too_many_arguments, reason = "each is a query parameter")]
    async fn page(
        &self,
        Token(ctx): Token,
        unit: Query<Option<String>>,
        from: Query<Option<String>>,
        to: Query<Option<String>>,
        identity: Query<Option<bool>>,
        limit: Query<Option<u64>>,
        cursor: Query<Option<String>>,
    ) -> poem::Result<Json<RegisterPage>> {
        let book = Book::open(&ctx, &asked(unit, from, to, identity)).await?;
        if book.identity {
            book.note_taken("program").await?;
        }
        let slice: Slice<(DateTime<Utc>, ComplaintId, i64)> =
            Slice::read(cursor.0.as_deref(), limit.0)?;
        let after = slice.after.map(|(at, id, position)| ((at, id), position));
        let found = book.piece(after, slice.limit + 1).await?;
        let (found, next_cursor) = slice.cut(found, |((at, id), line)| (*at, *id, line.position));
        Ok(Json(RegisterPage {
            unit: book.unit.code.clone(),
            from: book.period.from,
            to: book.period.to,
            total: book.count().await?,
            items: found.into_iter().map(|(_, of)| line(of)).collect(),
            next_cursor,
        }))
    }

    /// The register book as CSV
    ///
    /// Whole and streamed; it is written down who took it.
    #[oai(
        path = "/reports/complaint-register.csv",
        method = "get",
        operation_id = "getComplaintRegisterCsv"
    )]
    async fn csv(
        &self,
        Token(ctx): Token,
        unit: Query<Option<String>>,
        from: Query<Option<String>>,
        to: Query<Option<String>>,
        identity: Query<Option<bool>>,
    ) -> poem::Result<Response<Binary<Body>>> {
        let book = Book::open(&ctx, &asked(unit, from, to, identity)).await?;
        let name = format!("attachment; filename=\"{}\"", name_of(&book, "csv"));
        let body = files::csv(&ctx, book).await?;
        Ok(Response::new(Binary(body))
            .header("content-type", sheets::CSV)
            .header("content-disposition", name))
    }
}
