//! Papers packed together: a ZIP with a manifest by which each file can be checked years later: name, kind, number,
//! version, fingerprint, and where to verify it.

use std::io::{Cursor, Write as _};

use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use serde::Serialize;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{Document, UploadedFile, verification_url};
use crate::{
    access::Ctx,
    platform::{context::App, crypto::sha256_hex, error::Result},
};

/// A file of the archive as the manifest tells it.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    pub name: String,
    pub kind: String,
    pub number: Option<String>,
    pub version: Option<i32>,
    pub sha256: String,
    pub size: usize,
    /// In the archive with the offset of its unit.
    pub issued_at: Option<DateTime<FixedOffset>>,
    pub verification: Option<String>,
    /// Holds personal data or is for the office alone.
    pub restricted: bool,
}

impl Item {
    /// A paper of the register.
    #[must_use]
    pub fn issued(app: &App, name: &str, paper: &Document, restricted: bool) -> Self {
        Self {
            name: name.to_owned(),
            kind: paper.kind.clone(),
            number: paper.number.clone(),
            version: Some(paper.version),
            sha256: paper.sha256.clone(),
            size: usize::try_from(paper.size).unwrap_or_default(),
            issued_at: Some(paper.issued_at.fixed_offset()),
            verification: Some(verification_url(app, &paper.verification_code)),
            restricted,
        }
    }

    /// A file that is made for the archive, and so was never issued.
    #[must_use]
    pub fn made(name: &str, kind: &str, bytes: &[u8], restricted: bool) -> Self {
        Self {
            name: name.to_owned(),
            kind: kind.to_owned(),
            number: None,
            version: None,
            sha256: sha256_hex(bytes),
            size: bytes.len(),
            issued_at: None,
            verification: None,
            restricted,
        }
    }

    /// A scan of what was signed by hand.
    #[must_use]
    pub fn scan(name: &str, scan: &UploadedFile, bytes: &[u8]) -> Self {
        Self {
            sha256: scan.sha256.clone(),
            ..Self::made(name, "scan", bytes, true)
        }
    }
}

#[derive(Serialize)]
struct Manifest<'a, S> {
    format: &'a str,
    #[serde(flatten)]
    subject: S,
    made_at: String,
    /// Where everybody can verify a file by its code, or by the file itself.
    verify_at: String,
    files: &'a [Item],
}

/// Packs files with their manifest, `manifest.json`, which stands first. `subject` says in fields of its own what the
/// archive is about, the zone whose clock it has.
pub async fn packed(
    ctx: &Ctx,
    (format, zone): (&str, Tz),
    subject: impl Serialize,
    files: Vec<(Item, Vec<u8>)>,
) -> Result<Vec<u8>> {
    let (mut items, bytes): (Vec<Item>, Vec<Vec<u8>>) = files.into_iter().unzip();
    for item in &mut items {
        let local = |at: DateTime<FixedOffset>| at.with_timezone(&zone).fixed_offset();
        item.issued_at = item.issued_at.map(local);
    }
    let manifest = Manifest {
        format,
        subject,
        made_at: ctx.now.with_timezone(&zone).to_rfc3339(),
        verify_at: ctx.app.url("/verifikasi"),
        files: &items,
    };
    let manifest = serde_json::to_vec_pretty(&manifest).map_err(anyhow::Error::from)?;
    let names = items.into_iter().map(|item| item.name);
    let mut all = vec![("manifest.json".to_owned(), manifest)];
    all.extend(names.zip(bytes));
    let packed = tokio::task::spawn_blocking(move || pack(all)).await;
    Ok(packed.map_err(anyhow::Error::from)??)
}

/// What stands around a file in an archive, its name twice left aside.
const AROUND: usize = 200;

/// PDFs, workbooks and photos are compressed already; they are stored as they are. Each is let go once it is written:
/// the photos of a year are in memory once, not twice.
fn pack(files: Vec<(String, Vec<u8>)>) -> anyhow::Result<Vec<u8>> {
    let sizes = files.iter();
    let size = sizes.map(|(name, bytes)| 2 * name.len() + bytes.len() + AROUND);
    let mut archive = ZipWriter::new(Cursor::new(Vec::with_capacity(size.sum())));
    for (name, bytes) in files {
        let plain = name.ends_with(".json") || name.ends_with(".csv");
        let method = if plain {
            CompressionMethod::Deflated
        } else {
            CompressionMethod::Stored
        };
        archive.start_file(
            name.as_str(),
            SimpleFileOptions::default().compression_method(method),
        )?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
