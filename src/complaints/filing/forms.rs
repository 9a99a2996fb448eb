//! A form that is kept between its pages. The browser holds the key, the row its hash and the sealed content, so
//! that a reload, the way back and a phone that forgets its tabs lose nothing.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};

use super::{KeptFile, entity::form, store};
use crate::{
    access::Ctx,
    complaints::{ComplaintId, intake::Draft},
    documents::uploads,
    organisation::{Unit, UnitId},
    platform::{
        crypto::{self, Purpose},
        error::{Error, Result},
        throttle::{self, Throttle},
    },
};

/// A form that nobody touches for so long is removed.
pub(super) const KEPT_HOURS: i64 = 24;

/// Beginning a form costs a row: so many times as many may be begun as may be sent without more ado.
const BEGUN_PER_SENT: u32 = 10;

/// What was typed so far, page by page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    pub unit: String,
    pub kind: String,
    pub service: String,
    pub category: String,
    pub subject: String,
    pub description: String,
    /// Of which version of the category's questions the answers are.
    pub asked: i32,
    pub answers: Vec<String>,
    pub files: Vec<KeptFile>,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub anonymous: bool,
    pub confidential: bool,
    /// The page of details was passed, and that of the person.
    pub detailed: bool,
    pub introduced: bool,
    /// Since when the sender knows that waiting, or work of the browser, is asked.
    pub work_from: Option<i64>,
}

impl Content {
    /// As the intake reads it.
    #[must_use]
    pub fn draft(&self) -> Draft {
        Draft {
            unit: self.unit.clone(),
            kind: self.kind.clone(),
            subject: self.subject.clone(),
            description: self.description.clone(),
            service: self.service.clone(),
            anonymous: self.anonymous,
            confidential: self.confidential,
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            brief: false,
        }
    }
}

/// A form that was found by its key.
#[derive(Clone, Debug)]
pub struct Begun {
    pub key: String,
    pub unit: UnitId,
    pub content: Content,
    /// It was sent.
    pub became: Option<ComplaintId>,
}

pub(super) fn hash_of(ctx: &Ctx, key: &str) -> String {
    ctx.app.keys.hash(Purpose::Tokens, &format!("form:{key}"))
}

fn bound_to(hash: &str) -> String {
    format!("complaint_form:{hash}")
}

fn sealed(ctx: &Ctx, hash: &str, content: &Content) -> Result<Vec<u8>> {
    let text = serde_json::to_string(content).map_err(anyhow::Error::from)?;
    Ok(ctx.app.keys.seal(&text, &bound_to(hash))?)
}

fn over(now: DateTime<Utc>) -> DateTime<Utc> {
    now - Duration::hours(KEPT_HOURS)
}

/// Begins a form. Strangers are limited by address.
pub async fn begin(ctx: &Ctx, unit: &Unit, content: Content) -> Result<Begun> {
    let most = ctx.app.config.limits.complaints_per_hour * BEGUN_PER_SENT;
    let address = ctx.request.network();
    let throttle = Throttle::new("complaint-form", &address, most, Duration::hours(1));
    throttle::take(&ctx.app, ctx.now, &[&throttle]).await?;
    let key = crypto::random_token();
    let hash = hash_of(ctx, &key);
    let row = form::ActiveModel {
        key_hash: Set(hash.clone()),
        unit_id: Set(unit.id),
        content: Set(Some(sealed(ctx, &hash, &content)?)),
        complaint_id: Set(None),
        created_at: Set(ctx.now),
        updated_at: Set(ctx.now),
    };
    store::insert_form(&ctx.app.db, row).await?;
    Ok(Begun {
        key,
        unit: unit.id,
        content,
        became: None,
    })
}

/// The form of this key, unless its time is over.
pub async fn open(ctx: &Ctx, key: &str) -> Result<Option<Begun>> {
    if !(16..=100).contains(&key.len()) {
        return Ok(None);
    }
    let hash = hash_of(ctx, key);
    let row = store::form(&ctx.app.db, &hash).await?;
    let Some(row) = row.filter(|row| row.updated_at > over(ctx.now)) else {
        return Ok(None);
    };
    let content = match &row.content {
        Some(bytes) => {
            let text = ctx.app.keys.open(bytes, &bound_to(&hash))?;
            serde_json::from_str(&text).map_err(anyhow::Error::from)?
        }
        None => Content::default(),
    };
    Ok(Some(Begun {
        key: key.to_owned(),
        unit: row.unit_id,
        content,
        became: row.complaint_id,
    }))
}

/// Keeps what was typed.
pub async fn save(ctx: &Ctx, begun: &Begun) -> Result<()> {
    let hash = hash_of(ctx, &begun.key);
    let content = sealed(ctx, &hash, &begun.content)?;
    if store::save_form(&ctx.app.db, &hash, content, ctx.now).await? {
        return Ok(());
    }
    // Sent meanwhile, in another window.
    Err(Error::Conflict {
        code: "changed_meanwhile",
    })
}

/// Removes a form and its files: the next person at this computer finds nothing.
pub async fn discard(ctx: &Ctx, begun: &Begun) -> Result<()> {
    store::delete_form(&ctx.app.db, &hash_of(ctx, &begun.key)).await?;
    remove_files(ctx, begun.content.files.clone()).await
}

/// Removes files that a form does not hold any more.
pub async fn remove_files(ctx: &Ctx, files: Vec<KeptFile>) -> Result<()> {
    for file in files {
        uploads::discard(&ctx.app, file.id).await?;
    }
    Ok(())
}
