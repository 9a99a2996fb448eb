//! Taking a seat. The forum is held while seats are counted, so that two who want the last one do not both get it.

use chrono::Duration;

use super::{
    Registration, RegistrationFields, RegistrationId,
    fields::Contact,
    notices,
    rules::{Broken, Closed},
    setting::{self, Offer},
    store,
};
use crate::{
    access::Ctx,
    audit,
    calendar::dates,
    forums::{self, ForumId},
    invitations, own_questions,
    platform::{
        context::App,
        crypto::{Purpose, random_token},
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
        throttle::{self, Throttle},
    },
};

/// From one address within an hour: a village hall shares the address of its network.
const REGISTRATIONS: u32 = 60;
/// How often a day the link goes again to an address that is typed anew.
const LINKS_AGAIN: u32 = 2;

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        let (code, key) = match broken {
            Broken::Closed(Closed::Full) => ("registration.full", "registrations-closed-full"),
            Broken::Closed(why) => ("registration.closed", closed_key(why)),
            Broken::Known => ("registration.known", "rule-registration-known"),
            Broken::Invited => ("registration.invited", "rule-registration-invited"),
            Broken::Ended => ("registration.ended", "rule-registration-ended"),
            Broken::Restricted => ("registration.restricted", "rule-registration-restricted"),
        };
        Error::rule(code, Message::new(key))
    }
}

/// The sentence for somebody who comes to a closed door.
#[must_use]
pub fn closed_key(why: Closed) -> &'static str {
    match why {
        Closed::NotAnnounced => "registrations-closed-not-announced",
        Closed::Restricted => "registrations-closed-restricted",
        Closed::Cancelled => "registrations-closed-cancelled",
        Closed::Off => "registrations-closed-off",
        Closed::Over => "registrations-closed-over",
        Closed::Begun => "registrations-closed-begun",
        Closed::Full => "registrations-closed-full",
    }
}

/// Why nobody can register, with the moment at which registration closed; none while it is open.
#[must_use]
pub fn closed_text(offer: &Offer, locale: Locale) -> Option<String> {
    let why = offer.open.err()?;
    let closed = offer.setting.as_ref().filter(|_| why == Closed::Over);
    let message = match closed {
        Some(row) => {
            let at = dates::date_time(&row.closes_at.with_timezone(&offer.zone), locale);
            Message::new("registrations-closed-at").with("at", at)
        }
        None => Message::new(closed_key(why)),
    };
    Some(message.text(locale))
}

/// Registers somebody. `form` is the key of the form: sent twice, it is one registration. Returns the way to the
/// personal page.
pub async fn register(
    ctx: &Ctx,
    id: ForumId,
    fields: RegistrationFields,
    form: &str,
) -> Result<String> {
    let form_hash = form_hash(ctx, id, form, &fields);
    if let Some(before) = store::by_form_hash(&ctx.app.db, &form_hash).await? {
        return own_path(&ctx.app, &before);
    }
    let network = ctx.request.network();
    let many = Throttle::new("registration", &network, REGISTRATIONS, Duration::hours(1));
    throttle::take(&ctx.app, ctx.now, &[&many]).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    if let Some(before) = store::by_form_hash(&tx, &form_hash).await? {
        return own_path(&ctx.app, &before);
    }
    let offer = setting::offer(&tx, forum, ctx.now).await?;
    let contact_hash = contact_hash(ctx, &fields.contact);
    let known = offer
        .expected
        .iter()
        .find(|one| one.contact_hash.as_ref() == Some(&contact_hash));
    if let Some(known) = known {
        // Whoever lost the link gets it again; what follows is kept, the refusal is not its end.
        let key = format!("{}", known.id);
        let again = Throttle::new("registration-link", &key, LINKS_AGAIN, Duration::days(1));
        if throttle::take_in(&tx, &ctx.app, ctx.now, &[&again])
            .await
            .is_ok()
        {
            notices::welcome(&tx, ctx, &offer, known).await?;
        }
        tx.commit().await?;
        return Err(Broken::Known.into());
    }
    offer.open.map_err(Broken::Closed)?;
    let of_group = offer.seats.iter().find(|one| one.group == fields.group);
    match of_group {
        None => {
            let message = Message::new("field-unknown-choice");
            return Err(Error::field("group", message));
        }
        Some(seats) if seats.left() == 0 => {
            let message = Message::new("rule-registration-group-full")
                .with("group", fields.group.label(ctx.locale()));
            return Err(Error::field("group", message));
        }
        Some(_) => {}
    }
    refuse_invited(&tx, &offer, &fields.contact).await?;
    let own = fields.own.clone();
    let row = new_row(ctx, &offer, fields, (form_hash, contact_hash))?;
    store::insert(&tx, row.clone()).await?;
    own_questions::save(&tx, ctx, &offer.forum, row.id.0, &own).await?;
    notices::welcome(&tx, ctx, &offer, &row).await?;
    noted(&tx, ctx, &row, "registration.made").await?;
    tx.commit().await?;
    own_path(&ctx.app, &row)
}

/// Whoever is invited has a place and a page of their own.
async fn refuse_invited(tx: &Tx, offer: &Offer, contact: &Contact) -> Result<()> {
    let Contact::Email(address) = contact else {
        return Ok(());
    };
    let invited = invitations::recipients(tx, &offer.forum).await?;
    match invited
        .iter()
        .any(|one| one.email.as_deref() == Some(address.as_str()))
    {
        true => Err(Broken::Invited.into()),
        false => Ok(()),
    }
}

fn new_row(
    ctx: &Ctx,
    offer: &Offer,
    fields: RegistrationFields,
    (form_hash, contact_hash): (String, String),
) -> Result<Registration> {
    let id = RegistrationId::new();
    let token = random_token();
    let keys = &ctx.app.keys;
    let sealed = keys.seal(fields.contact.text(), &contact_row(id))?;
    let (email, phone) = match fields.contact {
        Contact::Email(_) => (Some(sealed), None),
        Contact::Phone(_) => (None, Some(sealed)),
    };
    Ok(Registration {
        id,
        unit_id: offer.forum.unit_id,
        forum_id: offer.forum.id,
        name: fields.name,
        role: fields.role,
        organisation: fields.organisation,
        participant_group: fields.group,
        email,
        phone,
        contact_hash: Some(contact_hash),
        token_hash: keys.hash(Purpose::Tokens, &token),
        token_sealed: keys.seal(&token, &token_row(id))?,
        form_hash,
        locale: ctx.locale().code().to_owned(),
        told_sequence: offer.forum.sequence,
        reminded_at: None,
        ended_at: None,
        ended_by: None,
        ended_reason: None,
        version: 1,
        created_at: ctx.now,
    })
}

fn form_hash(ctx: &Ctx, forum: ForumId, form: &str, fields: &RegistrationFields) -> String {
    // A form without a key is its own: a key that others could guess would lead to a personal page.
    let own = random_token();
    let key = if form.len() < 32 { own.as_str() } else { form };
    let contact = fields.contact.text();
    let text = format!("registration:{forum}:{key}:{contact}:{}", fields.name);
    ctx.app.keys.hash(Purpose::Tokens, &text)
}

fn contact_hash(ctx: &Ctx, contact: &Contact) -> String {
    let text = format!("registration-contact:{}", contact.text());
    ctx.app.keys.hash(Purpose::Tokens, &text)
}

fn contact_row(id: RegistrationId) -> String {
    format!("registration:{id}:contact")
}

fn token_row(id: RegistrationId) -> String {
    format!("registration:{id}")
}

fn opened(app: &App, id: RegistrationId, sealed: Option<&Vec<u8>>) -> Result<Option<String>> {
    sealed
        .map(|sealed| app.keys.open(sealed, &contact_row(id)))
        .transpose()
        .map_err(Error::from)
}

/// The telephone number, for the organiser and the door.
pub fn phone_of(app: &App, row: &Registration) -> Result<Option<String>> {
    opened(app, row.id, row.phone.as_ref())
}

pub fn email_of(app: &App, row: &Registration) -> Result<Option<String>> {
    opened(app, row.id, row.email.as_ref())
}

/// The way to the personal page.
pub fn own_path(app: &App, row: &Registration) -> Result<String> {
    let token = app.keys.open(&row.token_sealed, &token_row(row.id))?;
    Ok(format!("/pendaftaran/{token}"))
}

/// The address of the personal page.
pub fn url_of(app: &App, row: &Registration) -> Result<String> {
    Ok(app.url(&own_path(app, row)?))
}

pub async fn noted(tx: &Tx, ctx: &Ctx, row: &Registration, verb: &'static str) -> Result<()> {
    let entry = audit::Entry::new("forum", row.forum_id.0, verb)
        .in_unit(row.unit_id)
        .with(serde_json::json!({ "registration": row.id, "group": row.participant_group }));
    audit::record(tx, ctx, entry).await
}
