//! A form that is kept between its pages. The browser holds the key, the row its hash and the sealed content, so
//! that a reload, the way back and a phone that forgets its tabs lose nothing.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};

use super::{
    KeptFile,
    entity::form::{self, Held},
    ids_of, store,
};
use crate::{
    access::Ctx,
    complaints::{ComplaintId, intake::Draft},
    documents::uploads,
    organisation::{Unit, UnitId},
    platform::{
        context::App,
        crypto::{self, Purpose},
        error::{Error, Result},
        throttle::{self, Throttle},
    },
};

/// A form that nobody touches for so long is removed.
const KEPT_HOURS: i64 = 24;
/// However often somebody comes back: a file that no complaint uses is kept for a week.
const LONGEST_DAYS: i64 = 6;

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

fn held(content: &Content) -> Held {
    Held(ids_of(&content.files))
}

/// Who has not been touched, or not been begun, since these moments is over.
fn over(now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let untouched = now - Duration::hours(KEPT_HOURS);
    (untouched, now - Duration::days(LONGEST_DAYS))
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
        files: Set(held(&content)),
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
    let (untouched, begun) = over(ctx.now);
    let living = |row: &form::Model| row.updated_at > untouched && row.created_at > begun;
    let Some(row) = row.filter(living) else {
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
    let files = held(&begun.content);
    if store::save_form(&ctx.app.db, &hash, (content, files), ctx.now).await? {
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

/// Lets go of files that are gone, so that the form can be sent without them.
pub async fn drop_gone(ctx: &Ctx, begun: &mut Begun) -> Result<()> {
    let mut there = Vec::new();
    for file in std::mem::take(&mut begun.content.files) {
        match uploads::unused(&ctx.app, begun.unit, file.id).await {
            Ok(_) => there.push(file),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    begun.content.files = there;
    Ok(())
}

/// Removes forms whose time is over, with their photos: somebody meant to send them and did not.
pub(super) async fn sweep(app: &App, now: DateTime<Utc>) -> Result<()> {
    for row in store::forms_over(&app.db, over(now)).await? {
        // Touched at this moment, it lives on.
        if store::delete_form_as_seen(&app.db, &row).await? {
            for file in row.files.0 {
                uploads::discard(app, file).await?;
            }
        }
    }
    Ok(())
}
