//! Another e-mail address or telephone number. The code alone must not turn news away to somebody else: the old and
//! the new address each confirm by a link before anything changes. A number cannot open a link; there the e-mail
//! address that is known is asked.

use chrono::Duration;
use sea_orm::ActiveValue::Set;
use serde::Serialize;
use uuid::Uuid;

use super::{
    entity::contact_change::{self, ContactField},
    store,
};
use crate::{
    access::Ctx,
    audit,
    complaints::{
        ComplaintId, emails,
        entity::complaint,
        identity::{self, Identity},
        rules, store as cases,
    },
    organisation::{self, Unit},
    platform::{
        check::Check,
        crypto::{self, Purpose},
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        throttle::{self, Throttle},
        web::pages::Email,
    },
};

/// How long a link is good for, and how long a wish is remembered.
const OPEN_DAYS: i64 = 3;
pub(super) const KEPT_DAYS: i64 = 30;
const WISHES_PER_DAY: u32 = 5;

/// What happens next with a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// So many addresses have a link now.
    Links(usize),
    /// Nobody could be asked: it holds at once.
    Done,
}

/// A wish that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    pub field: ContactField,
    /// With most of it hidden.
    pub value: String,
    pub old_missing: bool,
    pub new_missing: bool,
}

/// What became of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// The other address has to confirm too.
    Half,
    Done,
}

/// To an address that is asked.
#[derive(Serialize)]
struct ConfirmMail {
    number: String,
    unit: String,
    headline: String,
    text: String,
    link: String,
    days: i64,
}

impl Email for ConfirmMail {
    const TEMPLATE: &'static str = "contact_confirm";
}

fn code(field: ContactField) -> &'static str {
    match field {
        ContactField::Email => "email",
        ContactField::Phone => "phone",
    }
}

pub(super) fn bound_to(id: Uuid) -> String {
    format!("contact_change:{id}")
}

fn hash_of(ctx: &Ctx, token: &str) -> String {
    ctx.app
        .keys
        .hash(Purpose::Tokens, &format!("contact:{token}"))
}

fn masked(value: &str) -> String {
    match value.split_once('@') {
        Some((name, host)) => format!("{}@{host}", rules::masked(name)),
        None => rules::masked(value),
    }
}

/// Enough to recognise it, too little to use it: `w•••••@surat.example`, `•••••0012`.
#[must_use]
pub fn hidden(field: ContactField, value: &str) -> String {
    match field {
        ContactField::Email => masked(value),
        ContactField::Phone => {
            let digits: Vec<char> = value.chars().filter(char::is_ascii_digit).collect();
            let last: String = digits[digits.len().saturating_sub(4)..].iter().collect();
            format!("•••••{last}")
        }
    }
}

/// The citizen wants another contact; nothing typed takes it away.
pub async fn ask_change(
    ctx: &Ctx,
    id: ComplaintId,
    field: ContactField,
    typed: &str,
) -> Result<Asked> {
    let ctx = &super::citizen(ctx);
    let mut check = Check::new();
    let name = format!("new_{}", code(field));
    let value = match field {
        ContactField::Email => check.email(&name, typed),
        ContactField::Phone => check.phone(&name, typed),
    };
    check.finish()?;
    let wishes = Throttle::new(
        "contact-change",
        &id.to_string(),
        WISHES_PER_DAY,
        Duration::days(1),
    );
    throttle::take(&ctx.app, ctx.now, &[&wishes]).await?;
    let tx = ctx.app.db.begin_write().await?;
    let of = cases::get(&tx, id).await?;
    let unit = organisation::unit(&tx, of.unit_id).await?;
    let known = identity::read(&tx, &ctx.app, id).await?;
    let same = match field {
        ContactField::Email => known.email == value,
        ContactField::Phone => known.phone == value,
    };
    if same {
        return Err(Error::field(name, Message::new("filing-contact-same")));
    }
    store::drop_changes(&tx, &of, field).await?;
    let asked = keep_wish(&tx, ctx, (&of, &unit), field, (value, &known)).await?;
    tx.commit().await?;
    Ok(asked)
}

/// The same for a correction that the office makes for somebody who is known by the code alone.
pub async fn wish_change(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    field: ContactField,
    value: String,
) -> Result<()> {
    let unit = organisation::unit(tx, of.unit_id).await?;
    let known = identity::read(tx, &ctx.app, of.id).await?;
    store::drop_changes(tx, of, field).await?;
    keep_wish(tx, ctx, (of, &unit), field, (Some(value), &known)).await?;
    Ok(())
}

async fn keep_wish(
    tx: &Tx,
    ctx: &Ctx,
    (of, unit): (&complaint::Model, &Unit),
    field: ContactField,
    (value, known): (Option<String>, &Identity),
) -> Result<Asked> {
    let id = Uuid::now_v7();
    // Who is asked: the address that is known, and the new one where it is an address.
    let old = known.email.clone();
    let new = value.clone().filter(|_| field == ContactField::Email);
    let (mut hashes, mut sent) = ([None, None], 0);
    for (place, (role, address)) in [("old", old), ("new", new)].into_iter().enumerate() {
        let Some(address) = address else { continue };
        let token = crypto::random_token();
        hashes[place] = Some(hash_of(ctx, &token));
        sent += 1;
        let wish = (field, value.as_deref().unwrap_or_default());
        mail(tx, ctx, (of, unit), wish, (role, &address, &token)).await?;
    }
    let [old_token, new_token] = hashes;
    let done = old_token.is_none() && new_token.is_none();
    let sealed = value
        .as_deref()
        .map(|value| ctx.app.keys.seal(value, &bound_to(id)));
    let row = contact_change::ActiveModel {
        id: Set(id),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        field: Set(field),
        value: Set(sealed.transpose()?),
        old_token: Set(old_token),
        new_token: Set(new_token),
        created_at: Set(ctx.now),
        old_confirmed_at: Set(None),
        new_confirmed_at: Set(None),
        done_at: Set(done.then_some(ctx.now)),
    };
    store::insert_change(tx, row).await?;
    note(tx, ctx, of, field, "complaint.contact_asked").await?;
    if done {
        take_effect(tx, ctx, of, field, value).await?;
        return Ok(Asked::Done);
    }
    Ok(Asked::Links(sent))
}

async fn mail(
    tx: &Tx,
    ctx: &Ctx,
    (of, unit): (&complaint::Model, &Unit),
    (field, wanted): (ContactField, &str),
    (role, address, token): (&str, &str, &str),
) -> Result<()> {
    let locale = emails::locale_of(of);
    let words = |part: &str| {
        Message::new(&format!("filing-mail-contact-{role}-{part}"))
            .with("number", &of.number)
            .with("unit", &unit.name)
            .with("field", code(field))
            // Most of it hidden: the mailbox may be somebody else's by now, but its owner must know what is asked.
            .with("value", hidden(field, wanted))
            .text(locale)
    };
    let email = ConfirmMail {
        number: of.number.clone(),
        unit: unit.name.clone(),
        headline: words("subject"),
        text: words("text"),
        link: ctx.app.url(&format!("/kabar/kontak/{token}")),
        days: OPEN_DAYS,
    };
    emails::to_address(tx, ctx, of, address, &email).await
}

async fn note(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    field: ContactField,
    verb: &'static str,
) -> Result<()> {
    let entry = audit::Entry::new("complaint", of.id.0, verb)
        .in_unit(of.unit_id)
        .with(serde_json::json!({ "field": field }));
    audit::record(tx, ctx, entry).await
}

async fn take_effect(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    field: ContactField,
    value: Option<String>,
) -> Result<()> {
    let mut known = identity::read(tx, &ctx.app, of.id).await?;
    match field {
        ContactField::Email => known.email = value,
        ContactField::Phone => known.phone = value,
    }
    identity::replace(tx, &ctx.app, of, &known).await?;
    note(tx, ctx, of, field, "complaint.contact_changed").await
}

/// The wishes of a complaint that wait for a link to be opened.
pub async fn pending(ctx: &Ctx, of: &complaint::Model) -> Result<Vec<Pending>> {
    let since = ctx.now - Duration::days(OPEN_DAYS);
    let mut all = Vec::new();
    for row in store::open_changes(&ctx.app.db, of, since).await? {
        let value = row.value.as_deref();
        let value = value.map(|sealed| ctx.app.keys.open(sealed, &bound_to(row.id)));
        all.push(Pending {
            field: row.field,
            value: hidden(row.field, &value.transpose()?.unwrap_or_default()),
            old_missing: row.old_token.is_some() && row.old_confirmed_at.is_none(),
            new_missing: row.new_token.is_some() && row.new_confirmed_at.is_none(),
        });
    }
    Ok(all)
}

/// What a link asks, with most of both contacts hidden.
pub struct Wish {
    pub number: String,
    /// Empty where there was none.
    pub before: String,
    /// Empty where it is to be taken away.
    pub after: String,
    /// The link went to the known address, and not to the new one.
    pub is_old: bool,
    /// Where this link was answered before.
    pub agreed: Option<Confirmed>,
}

/// The wish that a link is of; opening the page changes nothing, because programs that look at mails open links too.
pub async fn look_at_link(ctx: &Ctx, token: &str) -> Result<Wish> {
    let db = &ctx.app.db;
    let row = by_token(db, ctx, token).await?;
    let of = cases::get(db, row.complaint_id).await?;
    let known = identity::read(db, &ctx.app, of.id).await?;
    let before = match row.field {
        ContactField::Email => known.email,
        ContactField::Phone => known.phone,
    };
    let after = row.value.as_deref();
    let after = after.map(|sealed| ctx.app.keys.open(sealed, &bound_to(row.id)));
    let shown = |value: Option<String>| {
        let value = value.filter(|value| !value.is_empty());
        value.map_or_else(String::new, |value| hidden(row.field, &value))
    };
    let is_old = row.old_token.as_deref() == Some(hash_of(ctx, token).as_str());
    let this = match is_old {
        true => row.old_confirmed_at,
        false => row.new_confirmed_at,
    };
    Ok(Wish {
        number: of.number,
        before: shown(before),
        after: shown(after.transpose()?),
        is_old,
        agreed: match (row.done_at, this) {
            (Some(_), _) => Some(Confirmed::Done),
            (None, Some(_)) => Some(Confirmed::Half),
            (None, None) => None,
        },
    })
}

async fn by_token(
    db: &impl sea_orm::ConnectionTrait,
    ctx: &Ctx,
    token: &str,
) -> Result<contact_change::Model> {
    let since = ctx.now - Duration::days(OPEN_DAYS);
    let row = store::change_by_token(db, &hash_of(ctx, token), since).await?;
    row.ok_or(Error::NotFound)
}

/// One of the two addresses agrees. Opened twice it says the same again.
pub async fn confirm(ctx: &Ctx, token: &str) -> Result<Confirmed> {
    let ctx = &super::citizen(ctx);
    let tx = ctx.app.db.begin_write().await?;
    let row = by_token(&tx, ctx, token).await?;
    if row.done_at.is_some() {
        return Ok(Confirmed::Done);
    }
    let is_old = row.old_token.as_deref() == Some(hash_of(ctx, token).as_str());
    let of = cases::get(&tx, row.complaint_id).await?;
    // Both links at the same moment, or two changes of one person: the second waits here, and reads what the first wrote.
    cases::hold(&tx, of.id).await?;
    store::confirm_side(&tx, row.id, is_old, ctx.now).await?;
    let row = by_token(&tx, ctx, token).await?;
    if row.done_at.is_some() {
        return Ok(Confirmed::Done);
    }
    let whole = (row.old_token.is_none() || row.old_confirmed_at.is_some())
        && (row.new_token.is_none() || row.new_confirmed_at.is_some());
    if whole {
        let changes = contact_change::ActiveModel {
            id: Set(row.id),
            done_at: Set(Some(ctx.now)),
            ..Default::default()
        };
        store::update_change(&tx, changes).await?;
    }
    note(&tx, ctx, &of, row.field, "complaint.contact_confirmed").await?;
    if whole {
        let value = row.value.as_deref();
        let value = value.map(|sealed| ctx.app.keys.open(sealed, &bound_to(row.id)));
        take_effect(&tx, ctx, &of, row.field, value.transpose()?).await?;
    }
    tx.commit().await?;
    Ok(if whole {
        Confirmed::Done
    } else {
        Confirmed::Half
    })
}
