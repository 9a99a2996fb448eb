//! Who lost the secret code gets another one: by a link to the e-mail address on file, and to no other, or at the counter
//! from an officer who saw an identity card. Whoever asks is always answered the same, so that a stranger learns
//! nothing, and the old code holds until the link is used, so that asking takes nothing from anybody. Who gave neither
//! name nor contact cannot be told from a stranger: for them there is no way back.

use chrono::{Duration, TimeZone as _, Utc};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use serde_json::json;

use super::codes;
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        ComplaintId,
        emails::{self, Told},
        entity::complaint,
        handling,
        identity::{self, Identity},
        rules, store as cases,
    },
    organisation,
    platform::{
        check::Check,
        crypto::{Purpose, same},
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        throttle::{self, Throttle},
        web::pages::Email,
    },
};

/// How long a link is good for.
const LINK_HOURS: i64 = 24;
/// As often may one network ask about one number within an hour.
const ASKED_AN_HOUR: u32 = 5;
/// As many links go to one mailbox in a day, whoever asks for them.
const LINKS_A_DAY: u32 = 3;

/// To the address on file.
#[derive(Serialize)]
struct WayBackMail {
    number: String,
    unit: String,
    link: String,
    hours: i64,
}

impl Email for WayBackMail {
    const TEMPLATE: &'static str = "complaint_way_back";
}

/// Somebody names a complaint and the contact that they gave. Nothing tells whether there is such a complaint.
pub async fn ask_code(ctx: &Ctx, number: &str, contact: &str) -> Result<()> {
    let ctx = &super::citizen(ctx);
    let mut check = Check::new();
    let number = rules::read_number(&check.line("number", number, 3, 30));
    let contact = match contact {
        empty if empty.trim().is_empty() => {
            check.fault("contact", Message::new("field-required"));
            None
        }
        address if address.contains('@') => check.email("contact", address),
        phone => check.phone("contact", phone),
    };
    check.finish()?;
    let network = ctx.request.network();
    let window = Duration::hours(1);
    let asked = format!("{number} {network}");
    let by_number = Throttle::new("way-back", &asked, ASKED_AN_HOUR, window);
    let by_network = Throttle::new("way-back-network", &network, ASKED_AN_HOUR * 10, window);
    throttle::take(&ctx.app, ctx.now, &[&by_number, &by_network]).await?;
    let tx = ctx.app.db.begin_write().await?;
    if let Some(of) = cases::by_number(&tx, &number).await? {
        let known = identity::read(&tx, &ctx.app, of.id).await?;
        if contact.is_some_and(|contact| is_of(&known, &contact)) {
            send(&tx, ctx, &of, known).await?;
        }
    }
    Ok(tx.commit().await?)
}

fn is_of(known: &Identity, contact: &str) -> bool {
    let is_it = |kept: &Option<String>| {
        kept.as_ref()
            .is_some_and(|kept| kept.to_lowercase() == contact)
    };
    is_it(&known.email) || is_it(&known.phone)
}

/// Only to the mailbox: whom no mail reaches comes to the counter. More than some a day are left out without a word.
async fn send(tx: &Tx, ctx: &Ctx, of: &complaint::Model, known: Identity) -> Result<()> {
    let Some(address) = known.email else {
        return Ok(());
    };
    let links = Throttle::new(
        "way-back-links",
        &of.id.to_string(),
        LINKS_A_DAY,
        Duration::days(1),
    );
    match throttle::take_in(tx, &ctx.app, ctx.now, &[&links]).await {
        Err(Error::TooMany { .. }) => return Ok(()),
        other => other?,
    }
    let unit = organisation::unit(tx, of.unit_id).await?;
    let until = (ctx.now + Duration::hours(LINK_HOURS)).timestamp();
    let token = format!("{}.{until}.{}", of.id, mark(ctx, of, until)?);
    let email = WayBackMail {
        number: of.number.clone(),
        unit: unit.name,
        link: ctx.app.url(&format!("/kabar/kode/{token}")),
        hours: LINK_HOURS,
    };
    emails::to_address(tx, ctx, of, &address, &email).await?;
    let entry = audit::Entry::new("complaint", of.id.0, "complaint.code_asked").in_unit(of.unit_id);
    audit::record(tx, ctx, entry).await
}

/// Bound to the code that it replaces: once there is another, the link opens nothing any more.
fn mark(ctx: &Ctx, of: &complaint::Model, until: i64) -> Result<String> {
    let code = identity::open_code(&ctx.app, of)?;
    let bound = format!("way-back:{}:{until}:{code}", of.id);
    Ok(ctx.app.keys.hash(Purpose::Tokens, &bound))
}

/// The complaint that a link is of; opening its page changes nothing, because programs that look at mails open links too.
pub async fn way_back_of(ctx: &Ctx, token: &str) -> Result<complaint::Model> {
    opened(&ctx.app.db, ctx, token).await
}

async fn opened(db: &impl ConnectionTrait, ctx: &Ctx, token: &str) -> Result<complaint::Model> {
    let mut parts = token.splitn(3, '.');
    let mut next = || parts.next().ok_or(Error::NotFound);
    let (id, until, given) = (ComplaintId::parse(next()?)?, next()?, next()?);
    let until: i64 = until.parse().map_err(|_| Error::NotFound)?;
    let ends = Utc
        .timestamp_opt(until, 0)
        .single()
        .ok_or(Error::NotFound)?;
    let of = cases::get(db, id).await?;
    let right = same(&mark(ctx, &of, until)?, given);
    if right && ends > ctx.now {
        Ok(of)
    } else {
        Err(Error::NotFound)
    }
}

/// Makes the new code; of two who press at once one does.
pub async fn renew_by_link(ctx: &Ctx, token: &str) -> Result<(complaint::Model, String)> {
    let ctx = &super::citizen(ctx);
    let tx = ctx.app.db.begin_write().await?;
    let of = opened(&tx, ctx, token).await?;
    cases::hold(&tx, of.id).await?;
    let of = opened(&tx, ctx, token).await?;
    let code = codes::renew(&tx, &ctx.app, &of).await?;
    let entry = audit::Entry::new("complaint", of.id.0, "complaint.code_renewed")
        .in_unit(of.unit_id)
        .with(json!({ "by": "mail" }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok((of, code))
}

/// Why nobody at the counter can be taken for the complainant.
pub async fn unowned(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    of: &complaint::Model,
) -> Result<Option<Error>> {
    let known = identity::read(db, &ctx.app, of.id).await?;
    let (code, key) = match (of.anonymous, known.name) {
        // Comparing an identity card would end the anonymity that was promised.
        (true, _) => ("complaint.code_anonymous", "rule-complaint-code-anonymous"),
        (false, None) => ("complaint.code_unowned", "rule-complaint-code-unowned"),
        (false, Some(_)) => return Ok(None),
    };
    Ok(Some(Error::rule(code, Message::new(key))))
}

/// So long after it was made, the form that made a code shows it again.
const SHOWN_AGAIN_MINUTES: i64 = 15;

/// Whether the code in force was just made by this very form of this officer: sent twice, a second code would leave
/// the first one, on the paper in the citizen's hand, dead.
async fn made_by(tx: &Tx, ctx: &Ctx, of: &complaint::Model, form: &str) -> Result<bool> {
    let made = audit::of_verb(tx, "complaint", of.id.0, "complaint.code_renewed").await?;
    Ok(made.last().is_some_and(|last| {
        last.data["form"] == form
            && last.person_id == ctx.person_id()
            && ctx.now - last.at < Duration::minutes(SHOWN_AGAIN_MINUTES)
    }))
}

/// An officer who saw an identity card makes the new code. Where there is a mailbox it hears of it: a stranger may have
/// brought the card.
pub async fn renew_at_counter(
    ctx: &Ctx,
    number: &str,
    (identity_seen, reason): (bool, &str),
    form_key: &str,
) -> Result<(complaint::Model, String)> {
    let tx = ctx.app.db.begin_write().await?;
    let (of, unit) = handling::open(&tx, ctx, number, None).await?;
    ctx.require(Permission::RegisterComplaint, of.unit_id)?;
    handling::require_text(ctx, &of)?;
    if let Some(error) = unowned(&tx, ctx, &of).await? {
        return Err(error);
    }
    let mut check = Check::new();
    if !identity_seen {
        check.fault("identity_seen", Message::new("filing-code-not-seen"));
    }
    let reason = check.line("reason", reason, 5, 300);
    check.finish()?;
    cases::hold(&tx, of.id).await?;
    let of = cases::get(&tx, of.id).await?;
    let form = ctx
        .app
        .keys
        .hash(Purpose::Forms, &format!("new-code:{form_key}"));
    if !form_key.is_empty() && made_by(&tx, ctx, &of, &form).await? {
        let code = identity::open_code(&ctx.app, &of)?;
        return Ok((of, code));
    }
    let code = codes::renew(&tx, &ctx.app, &of).await?;
    let entry = audit::Entry::new("complaint", of.id.0, "complaint.code_renewed")
        .in_unit(of.unit_id)
        .with(json!({ "by": "counter", "reason": reason, "form": form }));
    audit::record(&tx, ctx, entry).await?;
    let known = identity::read(&tx, &ctx.app, of.id).await?;
    if known.email.is_some() {
        emails::news(&tx, ctx, &of, &unit, Told::CodeRenewed).await?;
    }
    tx.commit().await?;
    Ok((of, code))
}
