//! The book on the screen, and its files.

use poem::{Request, Response, handler, http::StatusCode, web::Query};
use serde::{Deserialize, Serialize};

use super::{Asked, Book, Line, files, rules::beginning};
use crate::{
    access::{Ctx, SignedIn},
    complaints::{
        ComplaintId,
        knowing::{
            pages::{FilterView, Link, filter_view},
            period::Period,
        },
    },
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        tables as sheets,
        web::{forms::ErrorLine, pages::Page, paging::Slice, parameters},
    },
};

const HERE: &str = "/kerja/pengaduan/buku";
/// What the files of the page can be asked for.
const KNOWN: [&str; 4] = ["unit", "from", "to", "identity"];
/// Letters of a description on the screen.
const LETTERS: usize = 160;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    unit: String,
    from: String,
    to: String,
    identity: String,
    cursor: String,
}

impl Wanted {
    fn asked(&self) -> Asked {
        Asked {
            unit: self.unit.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            identity: matches!(self.identity.as_str(), "1" | "true" | "on"),
        }
    }
}

#[derive(Serialize)]
struct BookPage {
    errors: Vec<ErrorLine>,
    lead: String,
    filter: FilterView,
    may_identity: bool,
    identity: bool,
    rows: Vec<RowView>,
    downloads: Vec<Link>,
    pager: Pager,
    summary: String,
}

#[derive(Serialize)]
struct Pager {
    previous: Option<String>,
    next: Option<String>,
    summary: String,
}

#[derive(Serialize)]
struct RowView {
    position: i64,
    number: String,
    href: String,
    received: String,
    channel: String,
    kind: String,
    reporter: String,
    contact: String,
    subject: String,
    description: String,
    service: String,
    division: String,
    due: String,
    answered: String,
    days: String,
    in_time: String,
    status: String,
    remarks: String,
}

impl RowView {
    fn of(line: Line, locale: Locale) -> Self {
        let days = line.days.map(|days| {
            Message::new("book-paper-days")
                .with("days", days)
                .text(locale)
        });
        Self {
            position: line.position,
            href: format!("/kerja/pengaduan/{}", line.number),
            received: Line::short(&line.received, locale),
            due: Line::short(&line.due, locale),
            answered: line
                .answered
                .as_ref()
                .map(|at| Line::short(at, locale))
                .unwrap_or_default(),
            days: days.unwrap_or_default(),
            in_time: line.in_time_words(locale),
            description: beginning(&line.description, LETTERS),
            number: line.number,
            channel: line.channel,
            kind: line.kind,
            reporter: line.reporter,
            contact: line.contact,
            subject: line.subject,
            service: line.service,
            division: line.division,
            status: line.status,
            remarks: line.remarks,
        }
    }
}

impl Page for BookPage {
    const TEMPLATE: &'static str = "complaints/knowing/book";
    fn title(&self, locale: Locale) -> String {
        t(locale, "book-title")
    }
}

/// The same span again, perhaps with names and from another place.
fn address(path: &str, book: &Book, cursor: Option<&str>) -> String {
    let mut address = format!("{path}?unit={}&{}", book.unit.code, book.period.query());
    if book.identity {
        address.push_str("&identity=1");
    }
    if let Some(cursor) = cursor {
        address.push_str("&cursor=");
        address.push_str(cursor);
    }
    address
}

#[handler]
pub async fn show(SignedIn(ctx): SignedIn, Query(wanted): Query<Wanted>) -> Result<Response> {
    let locale = ctx.locale();
    let asked = wanted.asked();
    let (book, status, errors) = match Book::open(&ctx, &asked).await {
        Ok(book) => (book, StatusCode::OK, Vec::new()),
        Err(Error::Invalid(faults)) => {
            let lines = faults.iter().map(|fault| ErrorLine {
                field: fault.field.clone(),
                message: fault.message.text(locale),
            });
            let usual = Asked {
                unit: asked.unit.clone(),
                ..Asked::default()
            };
            let book = Book::open(&ctx, &usual).await?;
            (book, StatusCode::UNPROCESSABLE_ENTITY, lines.collect())
        }
        Err(other) => return Err(other),
    };
    if book.identity {
        book.note_taken("screen").await?;
    }
    let slice: Slice<(chrono::DateTime<chrono::Utc>, ComplaintId, i64)> =
        Slice::read(Some(&wanted.cursor), Some(50))?;
    let after = slice.after.map(|(at, id, position)| ((at, id), position));
    let found = book.piece(after, slice.limit + 1).await?;
    let (found, next) = slice.cut(found, |((at, id), line)| (*at, *id, line.position));
    let count = book.count().await?;
    let summary = Message::new("book-summary")
        .with("count", count)
        .with("period", book.period.words(locale))
        .text(locale);
    let filter = filter_view(
        &ctx,
        HERE,
        (&book.unit.code, &book.units),
        (book.period, book.zone),
        &asked_as(&asked, errors.is_empty(), book.period),
    );
    let page = BookPage {
        errors,
        lead: book.unit.name.clone(),
        filter,
        may_identity: book.may_identity,
        identity: book.identity,
        downloads: [
            ("xlsx", "book-get-xlsx"),
            ("csv", "book-get-csv"),
            ("pdf", "book-get-pdf"),
        ]
        .map(|(ending, label)| Link {
            href: address(&format!("{HERE}.{ending}"), &book, None),
            label: t(locale, label),
        })
        .into(),
        pager: Pager {
            previous: None,
            next: next.map(|cursor| address(HERE, &book, Some(&cursor))),
            summary: summary.clone(),
        },
        rows: found
            .into_iter()
            .map(|(_, line)| RowView::of(line, locale))
            .collect(),
        summary,
    };
    ctx.page_of(None, status, &page)
}

/// What the date fields show: what was typed where it was refused.
fn asked_as(asked: &Asked, fine: bool, period: Period) -> (String, String) {
    if fine {
        (period.from.to_string(), period.to.to_string())
    } else {
        (asked.from.clone(), asked.to.clone())
    }
}

/// Of the file in which the book is taken along.
pub(super) fn name_of(book: &Book, ending: &str) -> String {
    format!(
        "buku-register-{}-{}-{}.{ending}",
        book.unit.code, book.period.from, book.period.to
    )
}

async fn open(ctx: &Ctx, wanted: &Wanted) -> Result<Book> {
    Book::open(ctx, &wanted.asked()).await
}

#[handler]
pub async fn csv(
    request: &Request,
    SignedIn(ctx): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    parameters::refuse_others(request, &KNOWN)?;
    let book = open(&ctx, &wanted).await?;
    let name = name_of(&book, "csv");
    Ok(sheets::file(
        &name,
        sheets::CSV,
        files::csv(&ctx, book).await?,
    ))
}

#[handler]
pub async fn xlsx(
    request: &Request,
    SignedIn(ctx): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    parameters::refuse_others(request, &KNOWN)?;
    let book = open(&ctx, &wanted).await?;
    let name = name_of(&book, "xlsx");
    Ok(sheets::file(
        &name,
        sheets::XLSX,
        files::xlsx(&ctx, book).await?,
    ))
}

#[handler]
pub async fn pdf(
    request: &Request,
    SignedIn(ctx): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    parameters::refuse_others(request, &KNOWN)?;
    let book = open(&ctx, &wanted).await?;
    let name = name_of(&book, "pdf");
    let bytes = files::pdf(&ctx, book).await?;
    Ok(ctx.download(&name, "application/pdf", bytes))
}
