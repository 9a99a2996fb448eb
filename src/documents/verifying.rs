//! Use cases of verification: anybody with a code, or with a file, learns what the register says about it.

use chrono::Duration;

use super::{
    entity::document::Model as Document,
    rules::{self, NoCode},
    store,
};
use crate::{
    access::Ctx,
    organisation::{self, Unit},
    platform::{
        crypto::sha256_hex,
        error::{Error, Result},
        throttle::{self, Throttle},
    },
};

/// What the register says about a code.
#[derive(Clone, Debug)]
pub struct Registered {
    pub document: Document,
    pub unit: Unit,
    /// Whose head the paper carries.
    pub issuer: Unit,
    /// The version that replaced it.
    pub newer: Option<Document>,
    /// The version that it replaced.
    pub older: Option<Document>,
}

#[derive(Clone, Debug)]
pub enum Answer {
    Registered(Box<Registered>),
    /// No document has this code.
    Unknown,
    /// No document can have it.
    NoCode(NoCode),
}

/// How a file compares with a document.
#[derive(Clone, Debug)]
pub enum Comparison {
    Same,
    /// It is another document of the register: an older version, for example.
    Another(Box<Document>),
    Different,
}

/// Thirty misses a quarter of an hour and address. A true code is always answered: many phones share one address, what
/// it opens is public, and 28^10 codes are out of reach of guessing.
async fn missed(ctx: &Ctx) -> Result<()> {
    let address = ctx.request.network();
    let misses = Throttle::new("verification", &address, 30, Duration::minutes(15));
    throttle::refuse_if_exhausted(&ctx.app, ctx.now, &[&misses]).await?;
    throttle::count(&ctx.app, ctx.now, &[&misses]).await
}

/// Finds a document by the code that somebody typed.
pub async fn by_typed_code(ctx: &Ctx, typed: &str) -> Result<Answer> {
    let code = match rules::normal_code(typed) {
        Ok(code) => code,
        Err(fault) => return Ok(Answer::NoCode(fault)),
    };
    match store::by_code(&ctx.app.db, &code).await? {
        Some(document) => Ok(Answer::Registered(Box::new(around(ctx, document).await?))),
        None => {
            missed(ctx).await?;
            Ok(Answer::Unknown)
        }
    }
}

async fn around(ctx: &Ctx, document: Document) -> Result<Registered> {
    let db = &ctx.app.db;
    let older = match document.supersedes {
        Some(id) => Some(store::document(db, id).await?),
        None => None,
    };
    Ok(Registered {
        unit: organisation::unit(db, document.unit_id).await?,
        issuer: organisation::unit(db, document.issuer_id.unwrap_or(document.unit_id)).await?,
        newer: store::replacing(db, document.id).await?,
        older,
        document,
    })
}

/// Finds a document by its file, when somebody has the file but not the code.
pub async fn by_file(ctx: &Ctx, bytes: &[u8]) -> Result<Option<Document>> {
    let found = store::by_sha256(&ctx.app.db, &sha256_hex(bytes)).await?;
    if found.is_none() {
        missed(ctx).await?;
    }
    Ok(found)
}

/// Compares a file with the document, byte by byte through its fingerprint.
pub async fn compare(ctx: &Ctx, document: &Document, bytes: &[u8]) -> Result<Comparison> {
    let sha256 = sha256_hex(bytes);
    if sha256 == document.sha256 {
        return Ok(Comparison::Same);
    }
    Ok(match store::by_sha256(&ctx.app.db, &sha256).await? {
        Some(another) => Comparison::Another(Box::new(another)),
        None => Comparison::Different,
    })
}

impl Answer {
    /// For pages that exist only for a document that is there.
    pub fn registered(self) -> Result<Registered> {
        match self {
            Self::Registered(registered) => Ok(*registered),
            Self::Unknown | Self::NoCode(_) => Err(Error::NotFound),
        }
    }
}
