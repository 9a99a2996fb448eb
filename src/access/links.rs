//! A password is set by its owner alone, through a link that reaches their mailbox: for a new account, and when a
//! password is forgotten. The link works once, for three days.

use chrono::Duration;
use sea_orm::ActiveValue::Set;
use serde::Serialize;

use super::{
    ctx::Ctx,
    entity::{PersonId, password_link, person},
    password, store,
};
use crate::{
    audit,
    platform::{
        check::Check,
        crypto::{self, Purpose},
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        mail::{self, Outgoing, SendMail},
        throttle::{self, Throttle},
        web::pages::Email,
    },
};

/// Long enough for a weekend, short enough for a mailbox that others read one day.
const LINK_HOURS: i64 = 72;
/// How often a link is sent to one address within an hour.
const LINKS_AN_HOUR: u32 = 3;

#[derive(Serialize)]
struct PasswordLink {
    name: String,
    /// The account is new; else the password was forgotten.
    new: bool,
    email: String,
    url: String,
    hours: i64,
}

impl Email for PasswordLink {
    const TEMPLATE: &'static str = "password_link";
}

/// Sends a link in the transaction of the caller.
pub(super) async fn send(tx: &Tx, ctx: &Ctx, person: &person::Model, new: bool) -> Result<()> {
    let token = crypto::random_token();
    let row = password_link::ActiveModel {
        token_hash: Set(ctx.app.keys.hash(Purpose::Tokens, &token)),
        person_id: Set(person.id),
        created_at: Set(ctx.now),
        expires_at: Set(ctx.now + Duration::hours(LINK_HOURS)),
    };
    store::replace_link(tx, row, person.id).await?;
    let email = PasswordLink {
        name: person.name.clone(),
        new,
        email: person.email.clone(),
        url: ctx.app.url(&format!("/masuk/kata-sandi/{token}")),
        hours: LINK_HOURS,
    };
    let words = ctx.app.templates.email(ctx.locale(), &email)?;
    let mail = Outgoing {
        to_name: person.name.clone(),
        to_address: person.email.clone(),
        subject: words.subject,
        text: words.text,
        html: words.html,
        calendar: None,
        attachments: Vec::new(),
        about_kind: "person",
        about_id: person.id.0,
    };
    mail::queue::<SendMail>(tx, &ctx.app, ctx.now, mail).await?;
    let entry = audit::Entry::new("person", person.id.0, "person.link_sent");
    audit::record(tx, ctx, entry).await
}

/// Sends a link to somebody who forgot the password. Nothing tells whether the address has an account.
pub async fn forgotten(ctx: &Ctx, email: &str) -> Result<()> {
    let mut check = Check::new();
    let email = check.email("email", email);
    if email.is_none() {
        check.fault("email", Message::new("field-required"));
    }
    check.finish()?;
    let email = email.unwrap_or_default();
    let window = Duration::hours(1);
    let by_account = Throttle::new("password-link", &email, LINKS_AN_HOUR, window);
    let network = ctx.request.network();
    let by_address = Throttle::new(
        "password-link-address",
        &network,
        LINKS_AN_HOUR * 10,
        window,
    );
    throttle::take(&ctx.app, ctx.now, &[&by_account, &by_address]).await?;
    let tx = ctx.app.db.begin_write().await?;
    let found = store::person_by_email(&tx, &email).await?;
    if let Some(person) = found.filter(|person| person.active) {
        send(&tx, ctx, &person, false).await?;
    }
    Ok(tx.commit().await?)
}

/// Whose link it is; one that was used, replaced or is too old opens nothing.
pub async fn owner(ctx: &Ctx, token: &str) -> Result<person::Model> {
    let hash = ctx.app.keys.hash(Purpose::Tokens, token);
    let link = store::live_link(&ctx.app.db, &hash, ctx.now).await?;
    let person: PersonId = link.ok_or(Error::NotFound)?.person_id;
    let found = store::person(&ctx.app.db, person).await?;
    found.filter(|person| person.active).ok_or(Error::NotFound)
}

/// Sets the password; the link is spent, and every session ends.
pub async fn set_password(ctx: &Ctx, token: &str, new: &str) -> Result<()> {
    let person = owner(ctx, token).await?;
    let mut check = Check::new();
    let about = [person.name.as_str(), person.email.as_str()];
    password::check_strength(&mut check, "new_password", new, &about);
    check.finish()?;
    let hash = password::hash_in_turn(&ctx.app, new.to_owned()).await?;
    let tx = ctx.app.db.begin_write().await?;
    // Asked again in the transaction: of two who press at once, one sets it.
    let token = ctx.app.keys.hash(Purpose::Tokens, token);
    if store::live_link(&tx, &token, ctx.now).await?.is_none() {
        return Err(Error::NotFound);
    }
    store::delete_links_of(&tx, person.id).await?;
    store::set_password(&tx, person.id, hash, ctx.now).await?;
    store::delete_sessions_of(&tx, person.id).await?;
    let entry = audit::Entry::new("person", person.id.0, "person.password_changed")
        .by(person.id, &person.name);
    audit::record(&tx, ctx, entry).await?;
    Ok(tx.commit().await?)
}
