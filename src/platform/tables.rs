//! Tables as files. CSV is written while it is read, and so is a workbook: a hundred thousand rows cost no
//! more memory than five hundred. A cell that a spreadsheet would run as a formula stays a text.

use std::{
    fs::{File, OpenOptions},
    io::{Seek as _, SeekFrom},
    pin::pin,
};

use futures::{Stream, StreamExt as _};
use poem::{
    Body, Response,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};
use tokio::sync::mpsc::{Receiver, channel};

use super::error::{Error, Result};

pub const CSV: &str = "text/csv; charset=utf-8";
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// What a worksheet can hold, less its heading.
pub const MOST_ROWS: u64 = 1_048_000;

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Whole(i64),
    /// With so many digits behind the point.
    Decimal(f64, usize),
    /// There is no such number: nothing was answered, nothing came in before.
    Nothing,
}

pub type Row = Vec<Cell>;

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number that may not be there.
    #[must_use]
    pub fn decimal(value: Option<f64>, places: usize) -> Self {
        value.map_or(Self::Nothing, |value| Self::Decimal(value, places))
    }

    /// As a program reads it.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Text(text) => harmless(text),
            Self::Whole(number) => number.to_string(),
            Self::Decimal(number, places) => format!("{number:.places$}"),
            Self::Nothing => String::new(),
        }
    }
}

/// A text that no spreadsheet runs: what begins like a formula gets an apostrophe before it, which spreadsheets hide.
#[must_use]
pub fn harmless(text: &str) -> String {
    // Blanks before it do not stop a spreadsheet.
    match text.trim_start_matches(' ').chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            format!("'{text}")
        }
        _ => text.to_owned(),
    }
}

fn csv_text<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row.iter().map(Cell::plain))
            .map_err(anyhow::Error::from)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|fault| anyhow::anyhow!("csv: {fault}"))?;
    Ok(bytes)
}

/// A whole small table.
pub fn csv(heading: &Row, rows: &[Row]) -> Result<Vec<u8>> {
    let mut bytes = MARK.to_vec();
    bytes.extend(csv_text(std::iter::once(heading).chain(rows))?);
    Ok(bytes)
}

/// Without it spreadsheets read UTF-8 as something else.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A large table, sent while it is read. When reading fails in the middle the connection breaks: half a register must
/// not look like a whole one.
pub fn csv_stream(
    heading: Row,
    rows: impl Stream<Item = Result<Vec<Row>>> + Send + 'static,
) -> Body {
    let first = futures::stream::once(async move { csv(&heading, &[]) });
    let rest = rows.map(|chunk| csv_text(&chunk?));
    Body::from_bytes_stream(first.chain(rest).map(|chunk: Result<Vec<u8>>| {
        chunk.map_err(|error| {
            tracing::error!("an export broke off: {error:#}");
            std::io::Error::other("the export broke off")
        })
    }))
}

/// What stands around the rows of a worksheet.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// At most 31 characters.
    pub name: String,
    /// Lines above the heading.
    pub top: Vec<String>,
    /// Heading and width.
    pub columns: Vec<(String, f64)>,
}

/// A workbook of one large sheet. It is written beside the program's memory, into a file that nobody else can open and
/// that is gone when it has been sent.
pub async fn workbook_stream(
    sheet: Sheet,
    rows: impl Stream<Item = Result<Vec<Row>>> + Send,
) -> Result<Body> {
    let (send, receive) = channel::<Vec<Row>>(2);
    let writing = tokio::task::spawn_blocking(move || large(&sheet, receive));
    let mut rows = pin!(rows);
    while let Some(chunk) = rows.next().await {
        // A closed channel is a writer that failed; its own words follow.
        if send.send(chunk?).await.is_err() {
            break;
        }
    }
    drop(send);
    let file = writing
        .await
        .map_err(anyhow::Error::from)?
        .map_err(Error::Internal)?;
    Ok(Body::from_async_read(tokio::fs::File::from_std(file)))
}

fn large(sheet: &Sheet, mut rows: Receiver<Vec<Row>>) -> anyhow::Result<File> {
    let mut book = Workbook::new();
    let page = book.add_worksheet_with_constant_memory()?;
    let mut at = begin(page, sheet)?;
    let formats = Formats::new();
    while let Some(chunk) = rows.blocking_recv() {
        for row in &chunk {
            write(page, at, row, &formats)?;
            at += 1;
        }
    }
    let mut file = hidden_file()?;
    book.save_to_writer(&mut file)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}

fn hidden_file() -> std::io::Result<File> {
    let path = std::env::temp_dir().join(format!("rembuk-{}.xlsx", uuid::Uuid::new_v4()));
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

/// A workbook of some small sheets.
pub fn workbook(sheets: &[(Sheet, Vec<Row>)]) -> Result<Vec<u8>> {
    let made = || -> std::result::Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let formats = Formats::new();
        for (sheet, rows) in sheets {
            let page = book.add_worksheet();
            let first = begin(page, sheet)?;
            for (row, at) in rows.iter().zip(first..) {
                write(page, at, row, &formats)?;
            }
        }
        book.save_to_buffer()
    };
    Ok(made().map_err(anyhow::Error::from)?)
}

struct Formats {
    text: Format,
    whole: Format,
    decimals: [Format; 3],
}

impl Formats {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            text: top(),
            whole: top().set_num_format("0"),
            decimals: ["0", "0.0", "0.00"].map(|shown| top().set_num_format(shown)),
        }
    }
}

/// Writes what stands above the rows; tells where they begin.
fn begin(page: &mut Worksheet, sheet: &Sheet) -> std::result::Result<u32, XlsxError> {
    let bold = Format::new().set_bold();
    page.set_name(&sheet.name)?;
    for ((_, width), column) in sheet.columns.iter().zip(0..) {
        page.set_column_width(column, *width)?;
    }
    let mut at = 0;
    for line in &sheet.top {
        page.write_string_with_format(at, 0, line, &bold)?;
        at += 1;
    }
    for ((heading, _), column) in sheet.columns.iter().zip(0..) {
        page.write_string_with_format(at, column, heading, &bold)?;
    }
    page.set_freeze_panes(at + 1, 0)?;
    Ok(at + 1)
}

fn write(
    page: &mut Worksheet,
    at: u32,
    row: &Row,
    formats: &Formats,
) -> std::result::Result<(), XlsxError> {
    for (cell, column) in row.iter().zip(0..) {
        match cell {
            // A string cell is never run, whatever it begins with; saved as CSV from there it would be.
            Cell::Text(text) => {
                page.write_string_with_format(at, column, harmless(text), &formats.text)?;
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "counts of complaints are far below 2^52"
            )]
            Cell::Whole(number) => {
                page.write_number_with_format(at, column, *number as f64, &formats.whole)?;
            }
            Cell::Decimal(number, places) => {
                let format = &formats.decimals[(*places).min(2)];
                page.write_number_with_format(at, column, *number, format)?;
            }
            Cell::Nothing => {}
        }
    }
    Ok(())
}

/// The answer that carries a file.
#[must_use]
pub fn file(name: &str, content_type: &str, body: Body) -> Response {
    Response::builder()
        .header(CONTENT_TYPE, content_type)
        .header(
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        )
        .body(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_stays_a_text() {
        for (typed, written) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+62811", "'+62811"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("  =1", "'  =1"),
            ("＝1", "'＝1"),
            ("a=1", "a=1"),
            ("KTP-el", "KTP-el"),
            ("", ""),
        ] {
            assert_eq!(harmless(typed), written, "{typed:?}");
        }
    }

    #[test]
    fn csv_quotes_what_it_must() {
        let row = vec![
            Cell::text("a \"b\", c\nd"),
            Cell::Whole(3),
            Cell::decimal(Some(66.666), 1),
            Cell::Nothing,
        ];
        let bytes = csv(&vec![Cell::text("Perihal")], &[row]).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\u{FEFF}Perihal\r\n\"a \"\"b\"\", c\nd\",3,66.7,\r\n"
        );
    }

    #[tokio::test]
    async fn a_large_workbook_is_a_workbook() {
        let sheet = Sheet {
            name: "Buku".into(),
            top: vec!["Buku register".into()],
            columns: vec![("Perihal".into(), 20.0), ("Hari".into(), 8.0)],
        };
        let chunks = (0..3).map(|_| Ok(vec![vec![Cell::text("=1+1"), Cell::Whole(2)]; 4]));
        let body = workbook_stream(sheet, futures::stream::iter(chunks))
            .await
            .unwrap();
        let bytes = body.into_vec().await.unwrap();
        use calamine::{Data, Reader as _};
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range("Buku").unwrap();
        assert_eq!(range.height(), 2 + 12);
        assert_eq!(range.get_value((2, 0)), Some(&Data::String("'=1+1".into())));
        assert_eq!(range.get_value((13, 1)), Some(&Data::Float(2.0)));
    }
}
