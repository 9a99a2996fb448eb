//! Everything that was issued about a forum in one archive.

use serde::Serialize;

use super::{book, service};
use crate::{
    access::{Ctx, Permission},
    attendance, berita_acara,
    documents::{
        self, Document, Kind,
        archive::{self, Item},
        uploads,
    },
    forums::{Forum, ForumId, days},
    platform::error::Result,
};

#[derive(Serialize)]
struct About {
    forum: Subject,
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

/// The archive of a forum: every version of every paper, the scanned sheets of every version, and the editable report.
pub async fn archive(ctx: &Ctx, id: ForumId) -> Result<(Forum, Vec<u8>)> {
    let book = book::open(ctx, id, Permission::ReadRestricted).await?;
    service::phones_seen(ctx, &book).await?;
    let db = &ctx.app.db;
    let mut papers = documents::about(db, "forum", id.0).await?;
    papers.extend(documents::about(db, "attendance", id.0).await?);
    let mut files = Vec::new();
    for paper in &papers {
        let restricted = paper.restricted || paper.about_kind == "attendance";
        let item = Item::issued(&ctx.app, &name_of(paper), paper, restricted);
        files.push((item, documents::bytes(&ctx.app, paper).await?));
    }
    for (number, (of, scan)) in (1..).zip(book.scans.named()) {
        let of = of.file_name();
        let name = format!("{of}-pindaian-{number}{}", ending(&scan.content_type));
        let bytes = uploads::bytes(&ctx.app, scan).await?;
        files.push((Item::scan(&name, scan, &bytes), bytes));
    }
    let replaced = berita_acara::replaced_sheets(db, &book.forum).await?;
    for (number, (version, scan)) in (1..).zip(&replaced) {
        let of = Kind::BeritaAcara.file_name();
        let name = format!(
            "{of}-v{version}-pindaian-{number}{}",
            ending(&scan.content_type)
        );
        let bytes = uploads::bytes(&ctx.app, scan).await?;
        files.push((Item::scan(&name, scan, &bytes), bytes));
    }
    let (_, list) = attendance::workbook(ctx, id).await?;
    let item = Item::made("daftar-hadir.xlsx", "attendance-xlsx", &list, true);
    files.push((item, list));
    let editable = service::editable_of(ctx, &book).await?;
    let item = Item::made("laporan.docx", "report-docx", &editable, true);
    files.push((item, editable));
    let about = About {
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
    };
    let bytes = archive::packed(ctx, ("rembuk/bundle/1", book.zone), about, files).await?;
    Ok((book.forum, bytes))
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
    format!("{}{internal}-v{}.pdf", file_name(paper), paper.version)
}

/// `notulen`
pub(super) fn file_name(paper: &Document) -> &str {
    match paper.kind() {
        Some(kind) => kind.file_name(),
        None => &paper.kind,
    }
}
