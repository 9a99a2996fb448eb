//! "Somebody told this already": published cases that may be about the same are shown before a complaint is sent, and
//! whoever wants only to know how one goes on leaves an address, confirms it by a link, and files nothing.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use uuid::Uuid;

use super::{entity::follower, store};
use crate::{
    access::Ctx,
    audit,
    complaints::{
        emails,
        entity::complaint,
        knowing::published::{self, Similar as SimilarCase},
        rules::Event,
        store as cases,
    },
    organisation::{self, Unit, UnitId},
    platform::{
        check::Check,
        context::App,
        crypto::{Purpose, same},
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
        throttle::{self, Throttle},
        web::pages::Email,
    },
};

/// An address that was not confirmed is forgotten after so long.
pub(super) const CONFIRM_DAYS: i64 = 3;
const WISHES_PER_HOUR: u32 = 20;
/// The part of the texts about a case whose page went with it.
const WITHDRAWN: &str = "withdrawn";
/// To one address: nobody's mailbox is filled by somebody else.
const MAILS_PER_DAY: u32 = 3;

/// Published cases of the unit that may be about the same. What is published is decided by an officer, in moderated
/// words.
pub async fn similar_cases(
    db: &impl ConnectionTrait,
    unit: UnitId,
    words: &str,
) -> Result<Vec<SimilarCase>> {
    published::similar(db, unit, words).await
}

/// To whoever wants to follow, and later with what is new.
#[derive(Serialize)]
struct FollowMail {
    unit: String,
    headline: String,
    text: String,
    /// The page for everybody; none once there is none.
    case_url: Option<String>,
    /// Confirms, or stops.
    link: String,
    link_words: String,
}

impl Email for FollowMail {
    const TEMPLATE: &'static str = "case_followed";
}

fn bound_to(id: Uuid) -> String {
    format!("case_follower:{id}")
}

fn token(app: &App, id: Uuid) -> String {
    let mark = app.keys.hash(Purpose::Tokens, &format!("follow:{id}"));
    format!("{id}.{mark}")
}

/// Somebody leaves an address for news of one of the cases that are shown beside their words.
pub async fn follow(ctx: &Ctx, unit: &Unit, case: &SimilarCase, typed: &str) -> Result<()> {
    let mut check = Check::new();
    let address = check.email("follow_email", typed);
    if typed.trim().is_empty() {
        check.fault("follow_email", Message::new("field-required"));
    }
    check.finish()?;
    let address = address.ok_or(Error::NotFound)?;
    let network = ctx.request.network();
    let wishes = Throttle::new("follow", &network, WISHES_PER_HOUR, Duration::hours(1));
    throttle::take(&ctx.app, ctx.now, &[&wishes]).await?;
    let plain = address.to_lowercase();
    let to_address = Throttle::new("follow-address", &plain, MAILS_PER_DAY, Duration::days(1));
    match throttle::take(&ctx.app, ctx.now, &[&to_address]).await {
        Ok(()) => {}
        // The page says the same: whose address is asked for often is nobody's business.
        Err(Error::TooMany { .. }) => return Ok(()),
        Err(error) => return Err(error),
    }
    let tx = ctx.app.db.begin_write().await?;
    let of = cases::get(&tx, case.complaint).await?;
    let mark = format!("follower:{}:{plain}", of.id);
    let address_hash = ctx.app.keys.hash(Purpose::Tokens, &mark);
    if let Some(known) = store::follower_at(&tx, &of, &address_hash).await? {
        if known.confirmed_at.is_none() {
            mail(&tx, ctx, (&of, unit), &known, "confirm").await?;
        }
        tx.commit().await?;
        return Ok(());
    }
    let id = Uuid::now_v7();
    let row = follower::Model {
        id,
        unit_id: unit.id,
        complaint_id: of.id,
        address: ctx.app.keys.seal(&address, &bound_to(id))?,
        address_hash,
        href: case.href.clone(),
        locale: ctx.locale().code().to_owned(),
        created_at: ctx.now,
        confirmed_at: None,
    };
    mail(&tx, ctx, (&of, unit), &row, "confirm").await?;
    store::insert_follower(&tx, row).await?;
    tx.commit().await?;
    Ok(())
}

async fn mail(
    tx: &Tx,
    ctx: &Ctx,
    (of, unit): (&complaint::Model, &Unit),
    to: &follower::Model,
    part: &str,
) -> Result<()> {
    let locale = Locale::parse(&to.locale).unwrap_or_default();
    let words = |end: &str| {
        Message::new(&format!("filing-mail-follow-{part}-{end}"))
            .with("unit", &unit.name)
            .text(locale)
    };
    let email = FollowMail {
        unit: unit.name.clone(),
        headline: words("subject"),
        text: words("text"),
        case_url: (part != WITHDRAWN).then(|| ctx.app.url(&to.href)),
        link: ctx
            .app
            .url(&format!("/kabar/ikuti/{}", token(&ctx.app, to.id))),
        link_words: words("link"),
    };
    let address = ctx.app.keys.open(&to.address, &bound_to(to.id))?;
    emails::to_follower(tx, ctx, of, (&address, locale), &email).await
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    pub confirmed: bool,
    pub href: String,
}

async fn by_token(
    db: &impl ConnectionTrait,
    app: &App,
    given: &str,
    now: DateTime<Utc>,
) -> Result<follower::Model> {
    let id = given.split('.').next().and_then(|id| id.parse().ok());
    let id = id.filter(|id| same(&token(app, *id), given));
    let row = store::follower(db, id.ok_or(Error::NotFound)?).await?;
    let open = now - Duration::days(CONFIRM_DAYS);
    row.filter(|row| row.confirmed_at.is_some() || row.created_at > open)
        .ok_or(Error::NotFound)
}

pub async fn followed(ctx: &Ctx, given: &str) -> Result<Followed> {
    let row = by_token(&ctx.app.db, &ctx.app, given, ctx.now).await?;
    Ok(Followed {
        confirmed: row.confirmed_at.is_some(),
        href: row.href,
    })
}

/// The link's button: begins to follow, or stops.
pub async fn turn(ctx: &Ctx, given: &str, on: bool) -> Result<()> {
    let ctx = &super::citizen(ctx);
    let tx = ctx.app.db.begin_write().await?;
    let row = by_token(&tx, &ctx.app, given, ctx.now).await?;
    let (id, unit, of) = (row.id, row.unit_id, row.complaint_id);
    if on {
        store::confirm_follower(&tx, id, ctx.now).await?;
    } else {
        store::delete_follower(&tx, id).await?;
    }
    let entry = audit::Entry::new("complaint", of.0, "complaint.followed")
        .in_unit(unit)
        .with(serde_json::json!({ "on": on }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Tells those who follow that the answer stands on the public page, once it does: the page shows moderated words, and
/// a case that was taken away is told of to nobody.
pub async fn tell_followers(tx: &Tx, ctx: &Ctx, of: &complaint::Model) -> Result<()> {
    match published::is_public(tx, of).await? {
        true => tell(tx, ctx, of, "news").await,
        false => Ok(()),
    }
}

/// The same when a case ends without an answer: whoever waits for one would wait for ever. One that was withdrawn
/// stands on no page any more, so all that is told of it is that nothing will come.
pub async fn tell_of_end(tx: &Tx, ctx: &Ctx, of: &complaint::Model, by: Event) -> Result<()> {
    let part = match by {
        Event::Withdraw | Event::WithdrawMerged => WITHDRAWN,
        Event::Reject | Event::Forward => "ended",
        _ => return Ok(()),
    };
    match published::was_public(tx, of).await? {
        true => tell(tx, ctx, of, part).await,
        false => Ok(()),
    }
}

async fn tell(tx: &Tx, ctx: &Ctx, of: &complaint::Model, part: &str) -> Result<()> {
    let rows = store::followers(tx, of).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let unit = organisation::unit(tx, of.unit_id).await?;
    for row in rows {
        mail(tx, ctx, (of, &unit), &row, part).await?;
    }
    Ok(())
}
