//! Mails about complaints. They say that something happened and where to read it, never what was written
//! and never the code: mailboxes are shared, with colleagues, in families, in internet cafés. Who has the
//! receipt can read the rest.

mod staff;

use chrono_tz::Tz;
use serde::Serialize;

pub use super::told::Told;
pub(super) use staff::owners;
pub use staff::{Look, assigned, look, notice};

use super::{
    calling,
    entity::complaint,
    filing,
    identity::{self, Identity},
    rules::Teller,
    words,
};
use crate::{
    access::Ctx,
    calendar::dates,
    organisation::{self, Unit},
    platform::{
        db::Tx,
        error::Result,
        i18n::{Locale, Message, t},
        mail::{self, Outgoing, SendMail},
        web::pages::{Email, RenderedEmail},
    },
};

/// To the reporter: it has arrived, and until when it will be answered.
#[derive(Serialize)]
struct Received {
    number: String,
    /// What it is called, at the head of a sentence and inside one.
    voice: String,
    called: String,
    kind: String,
    unit: String,
    due: String,
    track_url: String,
}

impl Email for Received {
    const TEMPLATE: &'static str = "complaint_received";
}

/// To the reporter: there is an answer.
#[derive(Serialize)]
struct Answered {
    number: String,
    /// What it is called, at the head of a sentence and inside one.
    voice: String,
    called: String,
    kind: String,
    unit: String,
    track_url: String,
}

impl Email for Answered {
    const TEMPLATE: &'static str = "complaint_answered";
}

/// To the reporter: something else happened.
#[derive(Serialize)]
struct News {
    number: String,
    headline: String,
    text: String,
    unit: String,
    track_url: String,
    /// The link for one answer of the survey.
    survey_url: Option<String>,
}

impl Email for News {
    const TEMPLATE: &'static str = "complaint_news";
}

pub(super) fn locale_of(of: &complaint::Model) -> Locale {
    Locale::parse(&of.locale).unwrap_or_default()
}

pub(super) fn track_url(ctx: &Ctx, of: &complaint::Model) -> String {
    ctx.app.url(&format!("/lacak?nomor={}", of.number))
}

fn due(of: &complaint::Model, zone: Tz, locale: Locale) -> String {
    dates::date_time(&of.due_at.with_timezone(&zone), locale)
}

/// Queues a mail to the reporter; whom no mail reaches is told by somebody of the office.
pub(super) async fn to_reporter<E: Email>(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    reporter: &Identity,
    email: &E,
) -> Result<()> {
    let teller = calling::teller_of(tx, of, reporter).await?;
    if teller == Teller::Nobody || filing::is_quiet(tx, of).await? {
        return Ok(());
    }
    let words = ctx.app.templates.email(locale_of(of), email)?;
    match &reporter.email {
        Some(address) => private(tx, ctx, of, address, with_quiet_link(ctx, of, words)).await,
        None => calling::note(tx, ctx, of, reporter, words.subject).await,
    }
}

/// The same of what ends the case: where no way leads to them, somebody has to note that they could not be told.
async fn of_the_end<E: Email>(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    reporter: &Identity,
    email: &E,
) -> Result<()> {
    if calling::is_unreached(tx, of, reporter).await? {
        let words = ctx.app.templates.email(locale_of(of), email)?;
        return calling::waits(tx, ctx, of, words.subject).await;
    }
    to_reporter(tx, ctx, of, reporter, email).await
}

/// The first mail: nobody can have asked for quiet yet, and the intake is not slowed by looking. Who has no address has
/// the receipt, on the screen or on paper.
async fn first_to_reporter<E: Email>(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    reporter: &Identity,
    email: &E,
) -> Result<()> {
    let Some(address) = &reporter.email else {
        return Ok(());
    };
    let words = with_quiet_link(ctx, of, ctx.app.templates.email(locale_of(of), email)?);
    private(tx, ctx, of, address, words).await
}

/// The same mail with the link that stops all mails about this complaint.
pub(super) fn with_quiet_link(
    ctx: &Ctx,
    of: &complaint::Model,
    mut words: RenderedEmail,
) -> RenderedEmail {
    let link = filing::quiet_link(&ctx.app, of.id);
    let quiet = t(locale_of(of), "filing-mail-quiet");
    words.text = format!("{}\n\n{quiet}\n{link}\n", words.text.trim_end());
    words.html = format!(
        "{}<p><small>{quiet}<br><a href=\"{link}\">{link}</a></small></p>",
        words.html
    );
    words
}

/// Queues a mail to an address that is not the reporter's yet, or not any more: a question whether it is theirs.
pub(super) async fn to_address<E: Email>(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    address: &str,
    email: &E,
) -> Result<()> {
    let words = ctx.app.templates.email(locale_of(of), email)?;
    private(tx, ctx, of, address, words).await
}

/// To somebody who follows a published case.
pub(super) async fn to_follower<E: Email>(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    (address, locale): (&str, Locale),
    email: &E,
) -> Result<()> {
    let words = ctx.app.templates.email(locale, email)?;
    private(tx, ctx, of, address, words).await
}

async fn private(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    address: &str,
    words: RenderedEmail,
) -> Result<()> {
    let mail = Outgoing {
        to_name: String::new(),
        to_address: address.to_owned(),
        subject: words.subject,
        text: words.text,
        html: words.html,
        calendar: None,
        attachments: Vec::new(),
        about_kind: "complaint",
        about_id: of.id.0,
    };
    mail::queue_private::<SendMail>(tx, &ctx.app, ctx.now, mail).await?;
    Ok(())
}

pub async fn received(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
    reporter: &Identity,
) -> Result<()> {
    let zone = organisation::zone_of(unit)?;
    let email = Received {
        number: of.number.clone(),
        voice: words::kind(of.kind, locale_of(of)),
        called: words::called(of.kind, locale_of(of)),
        kind: of.kind.code(),
        unit: unit.name.clone(),
        due: due(of, zone, locale_of(of)),
        track_url: track_url(ctx, of),
    };
    first_to_reporter(tx, ctx, of, reporter, &email).await
}

pub async fn answered(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
    reporter: &Identity,
) -> Result<()> {
    let email = Answered {
        number: of.number.clone(),
        voice: words::kind(of.kind, locale_of(of)),
        called: words::called(of.kind, locale_of(of)),
        kind: of.kind.code(),
        unit: unit.name.clone(),
        track_url: track_url(ctx, of),
    };
    of_the_end(tx, ctx, of, reporter, &email).await
}

/// Tells the reporter that something happened, never what was written.
pub async fn news(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
    told: Told<'_>,
) -> Result<()> {
    let reporter = identity::read(tx, &ctx.app, of.id).await?;
    let due = due(of, organisation::zone_of(unit)?, locale_of(of));
    let reason = match told {
        Told::Moved(reason) => reason,
        _ => "",
    };
    let said = |part: &str| {
        Message::new(&format!("complaint-mail-news-{}-{part}", told.key()))
            .with("number", &of.number)
            .with("voice", words::kind(of.kind, locale_of(of)))
            .with("called", words::called(of.kind, locale_of(of)))
            .with("kind", of.kind.code())
            .with("unit", &unit.name)
            .with("due", &due)
            .with("reason", reason)
            .text(locale_of(of))
    };
    let email = News {
        number: of.number.clone(),
        headline: said("subject"),
        text: said("text"),
        unit: unit.name.clone(),
        track_url: track_url(ctx, of),
        survey_url: match told {
            Told::Closed(survey) => survey.map(str::to_owned),
            _ => None,
        },
    };
    match told.ends() {
        true => of_the_end(tx, ctx, of, &reporter, &email).await,
        false => to_reporter(tx, ctx, of, &reporter, &email).await,
    }
}
