//! Everything that was issued about a forum in one archive, with a manifest by which each file can be
//! checked years later: name, kind, number, version, fingerprint, and where to verify it.

use std::io::{Cursor, Write as _};

use serde::Serialize;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{book, service};
use crate::{
    access::{Ctx, Permission},
    attendance,
    documents::{self, Document, uploads},
    forums::{Forum, ForumId, days},
    platform::{crypto::sha256_hex, error::Result},
};

#[derive(Serialize)]
struct Manifest {
    format: &'static str,
    forum: Subject,
    made_at: String,
    /// Where everybody can verify a file by its code, or by the file itself.
    verify_at: String,
    files: Vec<Item>,
}

#[derive(Serialize)]
struct Subject {
    code: String,
    title: String,
    /// The first day.
    date: String,
    dates: Vec<String>,
    unit: String,
}

#[derive(Serialize)]
struct Item {
    name: String,
    kind: String,
    number: Option<String>,
    version: Option<i32>,
    sha256: String,
    size: usize,
    issued_at: Option<String>,
    verification: Option<String>,
    restricted: bool,
}

/// The archive of a forum: every version of every paper, the scanned sheets, and the editable report.
pub async fn archive(ctx: &Ctx, id: ForumId) -> Result<(Forum, Vec<u8>)> {
    let book = book::open(ctx, id, Permission::ReadRestricted).await?;
    service::phones_seen(ctx, &book).await?;
    let db = &ctx.app.db;
    let mut papers = documents::about(db, "forum", id.0).await?;
    papers.extend(documents::about(db, "attendance", id.0).await?);
    let mut files = Vec::new();
    let mut items = Vec::new();
    for paper in &papers {
        let bytes = documents::bytes(&ctx.app, paper).await?;
        items.push(item(ctx, paper, bytes.len()));
        files.push((name_of(paper), bytes));
    }
    for (number, (of, scan)) in (1..).zip(book.scans.named()) {
        let name = format!("{of}-pindaian-{number}{}", ending(&scan.content_type));
        let bytes = uploads::bytes(&ctx.app, scan).await?;
        items.push(Item {
            name: name.clone(),
            kind: "scan".to_owned(),
            number: None,
            version: None,
            sha256: scan.sha256.clone(),
            size: bytes.len(),
            issued_at: None,
            verification: None,
            restricted: true,
        });
        files.push((name, bytes));
    }
    let (_, list) = attendance::workbook(ctx, id).await?;
    items.push(made("attendance.xlsx", "attendance-xlsx", &list));
    files.push(("attendance.xlsx".to_owned(), list));
    let editable = service::editable_of(ctx, &book).await?;
    items.push(made("report.docx", "report-docx", &editable));
    files.push(("report.docx".to_owned(), editable));
    let manifest = Manifest {
        format: "rembuk/bundle/1",
        forum: Subject {
            code: book.forum.code.clone(),
            title: book.forum.title.clone(),
            date: book.forum.date.to_string(),
            dates: days::dates_of(&book.forum)
                .iter()
                .map(ToString::to_string)
                .collect(),
            unit: book.unit.name.clone(),
        },
        made_at: ctx.now.to_rfc3339(),
        verify_at: ctx.app.url("/verifikasi"),
        files: items,
    };
    let manifest = serde_json::to_vec_pretty(&manifest).map_err(anyhow::Error::from)?;
    files.insert(0, ("manifest.json".to_owned(), manifest));
    let bytes = tokio::task::spawn_blocking(move || pack(&files))
        .await
        .map_err(anyhow::Error::from)??;
    Ok((book.forum, bytes))
}

/// A file that is made for the archive, and so was never issued.
fn made(name: &str, kind: &str, bytes: &[u8]) -> Item {
    Item {
        name: name.to_owned(),
        kind: kind.to_owned(),
        number: None,
        version: None,
        sha256: sha256_hex(bytes),
        size: bytes.len(),
        issued_at: None,
        verification: None,
        restricted: true,
    }
}

fn ending(content_type: &str) -> &'static str {
    match content_type {
        "application/pdf" => ".pdf",
        "image/png" => ".png",
        "image/webp" => ".webp",
        _ => ".jpg",
    }
}

/// `berita-acara-v2.pdf`; the attendance list of the office stands apart from the public one.
pub(super) fn name_of(paper: &Document) -> String {
    let internal = if paper.about_kind == "attendance" {
        "-internal"
    } else {
        ""
    };
    format!("{}{internal}-v{}.pdf", paper.kind, paper.version)
}

fn item(ctx: &Ctx, paper: &Document, size: usize) -> Item {
    Item {
        name: name_of(paper),
        kind: paper.kind.clone(),
        number: paper.number.clone(),
        version: Some(paper.version),
        sha256: paper.sha256.clone(),
        size,
        issued_at: Some(paper.issued_at.to_rfc3339()),
        verification: Some(documents::verification_url(
            &ctx.app,
            &paper.verification_code,
        )),
        restricted: paper.restricted || paper.about_kind == "attendance",
    }
}

/// PDFs are compressed already; they are stored as they are.
fn pack(files: &[(String, Vec<u8>)]) -> anyhow::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let method = if name.ends_with(".json") {
            CompressionMethod::Deflated
        } else {
            CompressionMethod::Stored
        };
        archive.start_file(
            name.as_str(),
            SimpleFileOptions::default().compression_method(method),
        )?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
