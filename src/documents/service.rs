//! Use cases of the register: typeset, issue, find again. What was issued is never typeset a second time:
//! the stored bytes are the document.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde::Serialize;
use uuid::Uuid;

use super::{
    data::Verification,
    entity::{
        DocumentId,
        document::{ActiveModel, Model as Document},
    },
    numbers::{Numbered, number_free},
    render::{self, Kind, Places},
    rules, store, whole,
};
use crate::{
    access::Ctx,
    audit,
    organisation::{self, UnitId},
    platform::{
        context::App,
        crypto::{random_code, sha256_hex},
        db::Tx,
        error::{Error, Result},
    },
};

pub use store::{about, document, latest};

/// A document that is ready to be issued.
#[derive(Clone, Debug)]
pub struct New {
    pub unit: UnitId,
    /// Whose head the paper carries, where that is another unit.
    pub issuer: Option<UnitId>,
    pub kind: Kind,
    pub number: Option<String>,
    /// Shown to everybody who verifies the paper: what it is about, without names of private persons.
    pub subject: String,
    /// The table of the thing that it is about: `forum`.
    pub about_kind: &'static str,
    pub about_id: Uuid,
    /// The PDF, made by [`render`] before the transaction began.
    pub bytes: Vec<u8>,
    /// From [`new_code`]; it already stands inside the PDF.
    pub verification_code: String,
    /// For the organiser and the head alone; others learn only that it exists.
    pub restricted: bool,
    /// Left out, it is the last document of this kind about the same thing.
    pub supersedes: Option<DocumentId>,
}

/// A fresh verification code, made before the PDF so that it can stand in it.
#[must_use]
pub fn new_code() -> String {
    random_code(rules::CODE_LENGTH)
}

/// The public address that says what a document is; for the QR code.
#[must_use]
pub fn verification_url(app: &App, code: &str) -> String {
    app.url(&format!("/verifikasi/{code}"))
}

/// What a paper prints about its verification: the code in groups and the address as people type it.
#[must_use]
pub fn verification(app: &App, code: &str) -> Verification {
    let url = app.url("/verifikasi");
    let typed = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    Verification {
        code: rules::grouped(code),
        url: Some(typed.to_owned()),
        notes: Vec::new(),
    }
}

/// Typesets a document. Takes some tens of milliseconds of a core: call it before `begin_write`, so that
/// nobody waits for the database meanwhile.
pub async fn render(
    app: &App,
    kind: Kind,
    data: &impl Serialize,
    stamp: DateTime<Utc>,
) -> Result<Vec<u8>> {
    typeset(app, data, move |data| render::render(kind, data, stamp)).await
}

/// The first pages as pictures (SVG): what is being written, on the screen.
pub async fn pictures(
    app: &App,
    kind: Kind,
    data: &impl Serialize,
    stamp: DateTime<Utc>,
    most: usize,
) -> Result<Vec<String>> {
    let set = move |data: &serde_json::Value| render::pictures(kind, data, stamp, most);
    typeset(app, data, set).await
}

/// Where the headings of a document come to stand: for a copy in another format that names the same pages.
pub async fn places(
    app: &App,
    kind: Kind,
    data: &impl Serialize,
    stamp: DateTime<Utc>,
) -> Result<Places> {
    typeset(app, data, move |data| render::places(kind, data, stamp)).await
}

/// How many pages a PDF has, as people read it; a dash for one that cannot be read, as somebody uploaded it.
pub async fn pages_of(pdf: &[u8]) -> String {
    let bytes = pdf.to_vec();
    let count = tokio::task::spawn_blocking(move || whole::pages(bytes));
    match count.await {
        Ok(Some(pages)) => pages.to_string(),
        Ok(None) | Err(_) => "–".to_owned(),
    }
}

async fn typeset<T: Send + 'static>(
    app: &App,
    data: &impl Serialize,
    set: impl FnOnce(&serde_json::Value) -> Result<T, render::RenderError> + Send + 'static,
) -> Result<T> {
    let data = serde_json::to_value(data).map_err(anyhow::Error::from)?;
    let _turn = app
        .typesetting
        .acquire()
        .await
        .map_err(anyhow::Error::from)?;
    let made = tokio::task::spawn_blocking(move || set(&data))
        .await
        .map_err(anyhow::Error::from)?;
    Ok(made.map_err(anyhow::Error::from)?)
}

/// A document whose bytes are stored already; only [`issue`] makes it one of the register.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its bytes are gone from memory.
    new: New,
    sha256: String,
    size: i64,
    file_key: String,
    data: Option<(String, String)>,
}

/// Stores the bytes. The store may be far away: call it before `begin_write`. What is never issued stays
/// behind as bytes that nothing names.
pub async fn put(app: &App, mut new: New) -> Result<Stored> {
    let bytes = std::mem::take(&mut new.bytes);
    Ok(Stored {
        sha256: sha256_hex(&bytes),
        size: i64::try_from(bytes.len()).map_err(anyhow::Error::from)?,
        file_key: app.files.put("documents", bytes).await?,
        data: None,
        new,
    })
}

/// The same, and keeps what the document was set from: as an annex it is set from that again, so that the
/// annex says what the paper says, whatever the record became since.
pub async fn put_with(app: &App, new: New, data: &impl Serialize) -> Result<Stored> {
    let json = serde_json::to_vec(data).map_err(anyhow::Error::from)?;
    let sha256 = sha256_hex(&json);
    let key = app.files.put("document-data", json).await?;
    Ok(Stored {
        data: Some((key, sha256)),
        ..put(app, new).await?
    })
}

/// Puts a document into the register. A second one of the same kind about the same thing is the next
/// version; the first stays as it was. A number that another paper bears is refused.
pub async fn issue(tx: &Tx, ctx: &Ctx, stored: Stored) -> Result<Document> {
    let Stored {
        new,
        sha256,
        size,
        file_key,
        data,
    } = stored;
    if let Some(number) = &new.number {
        let issuer = new.issuer.filter(|issuer| *issuer != new.unit);
        for unit in [Some(new.unit), issuer].into_iter().flatten() {
            // Two papers that are issued at the same moment ask one after the other.
            organisation::hold(tx, unit).await?;
            let wanted = Numbered {
                unit,
                kind: new.kind,
                about_kind: new.about_kind,
                about_id: new.about_id,
                number,
            };
            number_free(tx, ctx, &wanted).await?;
        }
    }
    let (data_key, data_sha256) = data.unzip();
    let previous = store::latest(tx, new.about_kind, new.about_id, new.kind).await?;
    let version = previous.as_ref().map_or(1, |previous| previous.version + 1);
    let document = Document {
        id: DocumentId::new(),
        unit_id: new.unit,
        issuer_id: new.issuer,
        kind: new.kind.as_str().to_owned(),
        number: new.number,
        subject: new.subject,
        version,
        sha256,
        size,
        file_key,
        data_key,
        data_sha256,
        verification_code: new.verification_code,
        issued_at: ctx.now,
        restricted: new.restricted,
        about_kind: new.about_kind.to_owned(),
        about_id: new.about_id,
        supersedes: new.supersedes.or(previous.map(|previous| previous.id)),
    };
    store::insert_document(tx, row_of(&document)).await?;
    let entry = audit::Entry::new("document", document.id.0, "document.issued")
        .in_unit(document.unit_id)
        .with(serde_json::json!({
            "kind": document.kind,
            "version": document.version,
            "sha256": document.sha256,
            "about_kind": document.about_kind,
            "about_id": document.about_id,
        }));
    audit::record(tx, ctx, entry).await?;
    Ok(document)
}

fn row_of(document: &Document) -> ActiveModel {
    let document = document.clone();
    ActiveModel {
        id: Set(document.id),
        unit_id: Set(document.unit_id),
        issuer_id: Set(document.issuer_id),
        kind: Set(document.kind),
        number: Set(document.number),
        subject: Set(document.subject),
        version: Set(document.version),
        sha256: Set(document.sha256),
        size: Set(document.size),
        file_key: Set(document.file_key),
        data_key: Set(document.data_key),
        data_sha256: Set(document.data_sha256),
        verification_code: Set(document.verification_code),
        issued_at: Set(document.issued_at),
        restricted: Set(document.restricted),
        about_kind: Set(document.about_kind),
        about_id: Set(document.about_id),
        supersedes: Set(document.supersedes),
    }
}

/// The stored file. Bytes that are not those that were issued are never handed out.
pub async fn bytes(app: &App, document: &Document) -> Result<Vec<u8>> {
    let bytes = app.files.get(&document.file_key).await?;
    if sha256_hex(&bytes) != document.sha256 {
        return Err(Error::Internal(anyhow::anyhow!(
            "the stored file of document {} was altered",
            document.id
        )));
    }
    Ok(bytes)
}

/// What a document was set from, where that was kept; never altered.
pub async fn source(app: &App, document: &Document) -> Result<Option<serde_json::Value>> {
    let Some(key) = &document.data_key else {
        return Ok(None);
    };
    let json = app.files.get(key).await?;
    if document.data_sha256.as_deref() != Some(sha256_hex(&json).as_str()) {
        return Err(Error::Internal(anyhow::anyhow!(
            "the kept data of document {} was altered",
            document.id
        )));
    }
    let data = serde_json::from_slice(&json).map_err(anyhow::Error::from)?;
    Ok(Some(data))
}

/// A document by the code that somebody typed; blanks, hyphens and small letters do not matter.
pub async fn by_code(db: &impl ConnectionTrait, typed: &str) -> Result<Option<Document>> {
    match rules::normal_code(typed) {
        Ok(code) => store::by_code(db, &code).await,
        Err(_) => Ok(None),
    }
}

/// Takes the papers about an anonymised thing out of the files: the register keeps that they were issued, with number
/// and fingerprint. Returns the keys of their bytes, for the job that removes them.
pub async fn forget_about(tx: &Tx, about_kind: &str, about_id: Uuid) -> Result<Vec<String>> {
    let mut keys = Vec::new();
    for paper in store::about(tx, about_kind, about_id).await? {
        store::forget_bytes(tx, paper.id).await?;
        keys.extend(paper.data_key);
        keys.push(paper.file_key);
    }
    keys.retain(|key| !key.is_empty());
    Ok(keys)
}
