//! Mails about complaints. They say that something happened and where to read it, never what was written
//! and never the code: mailboxes are shared, with colleagues, in families, in internet cafés. Who has the
//! receipt can read the rest.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;
use serde::Serialize;

pub use super::told::Told;
use super::{
    entity::complaint,
    filing,
    identity::{self, Identity},
    rules, words,
};
use crate::{
    access::{self, Ctx, PersonId, Role},
    calendar::dates,
    organisation::{self, DivisionId, Unit, UnitId},
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

/// To those who handle it: it is yours now. Without any identity.
#[derive(Serialize)]
struct Assigned {
    number: String,
    /// Null for a confidential one.
    subject: Option<String>,
    division: String,
    due_line: String,
    case_url: String,
}

impl Email for Assigned {
    const TEMPLATE: &'static str = "complaint_assigned";
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

/// To members of the staff: look at this case.
#[derive(Serialize)]
struct Notice {
    number: String,
    headline: String,
    text: String,
    /// Null for a confidential one.
    subject: Option<String>,
    due_line: Option<String>,
    case_url: String,
}

impl Email for Notice {
    const TEMPLATE: &'static str = "complaint_notice";
}

/// Why somebody of the staff is to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    Mentioned {
        by: String,
    },
    /// The citizen added what was missing, or wrote, or was not satisfied, or does not want it any more.
    Completed,
    Wrote,
    Disputed,
    Withdrawn,
    /// The complaint in which it was handled ended without an answer.
    Freed,
    /// The citizen did not complete it in time.
    WaitOver,
    /// The solution that its class promises is due soon: until when.
    SolutionSoon {
        until: String,
    },
    /// The solution that its class promises is late.
    SolutionLate,
    /// A file of the citizen is kept sealed.
    Sealed,
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

/// Until when the answer is owed, or that it is late; nothing where nothing is owed any more.
pub(super) fn due_line(of: &complaint::Model, now: DateTime<Utc>, zone: Tz) -> Option<String> {
    let key = match (of.status.is_final(), rules::late(of.status, of.due_at, now)) {
        (true, _) => return None,
        (false, true) => "complaint-mail-due-over",
        (false, false) => "complaint-mail-received-due",
    };
    let line = Message::new(key).with("due", due(of, zone, Locale::Id));
    Some(line.text(Locale::Id))
}

/// Queues a mail to the reporter, if they gave an address.
pub(super) async fn to_reporter<E: Email>(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    reporter: &Identity,
    email: &E,
) -> Result<()> {
    if reporter.email.is_none() || filing::is_quiet(tx, of).await? {
        return Ok(());
    }
    first_to_reporter(tx, ctx, of, reporter, email).await
}

/// The first mail: nobody can have asked for quiet yet, and the intake is not slowed by looking.
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
        called: words::kind(of.kind, locale_of(of)).to_lowercase(),
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
        called: words::kind(of.kind, locale_of(of)).to_lowercase(),
        kind: of.kind.code(),
        unit: unit.name.clone(),
        track_url: track_url(ctx, of),
    };
    to_reporter(tx, ctx, of, reporter, &email).await
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
    let words = |part: &str| {
        Message::new(&format!("complaint-mail-news-{}-{part}", told.key()))
            .with("number", &of.number)
            .with("unit", &unit.name)
            .with("due", &due)
            .with("reason", reason)
            .text(locale_of(of))
    };
    let email = News {
        number: of.number.clone(),
        headline: words("subject"),
        text: words("text"),
        unit: unit.name.clone(),
        track_url: track_url(ctx, of),
        survey_url: match told {
            Told::Closed(survey) => survey.map(str::to_owned),
            _ => None,
        },
    };
    to_reporter(tx, ctx, of, &reporter, &email).await
}

/// Some of the staff: (id, name, e-mail address).
type People = Vec<(PersonId, String, String)>;

/// Who works on a complaint: the named person, also an officer who stands in for a handler; where nobody is named, or
/// the named one has gone, the division; where that has nobody, the officers.
pub(super) async fn owners(
    db: &impl ConnectionTrait,
    unit: UnitId,
    division: Option<DivisionId>,
    named: Option<PersonId>,
) -> Result<People> {
    if let Some(named) = named {
        let roles = [Role::Handler, Role::ComplaintOfficer];
        let mut known = access::people_with(db, &roles, unit, None).await?;
        known.retain(|(id, ..)| *id == named);
        known.truncate(1);
        if !known.is_empty() {
            return Ok(known);
        }
    }
    let handlers = match division {
        Some(_) => access::people_with(db, &[Role::Handler], unit, division).await?,
        None => Vec::new(),
    };
    if handlers.is_empty() {
        return access::people_with(db, &[Role::ComplaintOfficer], unit, None).await;
    }
    Ok(handlers)
}

/// Tells those who work on it that the citizen did something.
pub async fn look(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
    why: &Look,
) -> Result<()> {
    let people = owners(tx, unit.id, of.division_id, of.assignee_id).await?;
    notice(tx, ctx, of, unit, why, people).await
}

/// The same to people who are named.
pub async fn notice(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
    why: &Look,
    people: Vec<(PersonId, String, String)>,
) -> Result<()> {
    let (key, by) = match why {
        Look::Mentioned { by } => ("mentioned", by.as_str()),
        Look::SolutionSoon { until } => ("solution-soon", until.as_str()),
        Look::Completed => ("completed", ""),
        Look::Wrote => ("wrote", ""),
        Look::Disputed => ("disputed", ""),
        Look::Withdrawn => ("withdrawn", ""),
        Look::Freed => ("freed", ""),
        Look::WaitOver => ("wait-over", ""),
        Look::SolutionLate => ("solution-late", ""),
        Look::Sealed => ("sealed", ""),
    };
    let words = |part: &str| {
        Message::new(&format!("complaint-mail-notice-{key}-{part}"))
            .with("number", &of.number)
            .with("by", by)
            .with("until", by)
            .text(Locale::Id)
    };
    let email = Notice {
        number: of.number.clone(),
        headline: words("subject"),
        text: words("text"),
        subject: (!of.confidential).then(|| of.subject.clone()),
        due_line: match why {
            Look::Withdrawn => None,
            _ => due_line(of, ctx.now, organisation::zone_of(unit)?),
        },
        case_url: ctx.app.url(&format!("/kerja/pengaduan/{}", of.number)),
    };
    let words = ctx.app.templates.email(Locale::Id, &email)?;
    to_staff(tx, ctx, of, people, &words).await
}

/// To the named person, or to all handlers of the division.
pub async fn assigned(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
    (division, division_name): (DivisionId, &str),
    person: Option<PersonId>,
) -> Result<()> {
    let told = owners(tx, unit.id, Some(division), person).await?;
    let zone = organisation::zone_of(unit)?;
    let email = Assigned {
        number: of.number.clone(),
        subject: (!of.confidential).then(|| of.subject.clone()),
        division: division_name.to_owned(),
        due_line: due_line(of, ctx.now, zone).unwrap_or_default(),
        case_url: ctx.app.url(&format!("/kerja/pengaduan/{}", of.number)),
    };
    let words = ctx.app.templates.email(Locale::Id, &email)?;
    to_staff(tx, ctx, of, told, &words).await
}

/// One mail to each of these members of the staff.
async fn to_staff(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    people: impl IntoIterator<Item = (PersonId, String, String)>,
    words: &RenderedEmail,
) -> Result<()> {
    let meant = people.into_iter().collect();
    let told = access::absences::present(tx, of.unit_id, ctx.now, meant).await?;
    for (_, name, address) in told {
        let mail = Outgoing {
            to_name: name,
            to_address: address,
            subject: words.subject.clone(),
            text: words.text.clone(),
            html: words.html.clone(),
            calendar: None,
            attachments: Vec::new(),
            about_kind: "complaint",
            about_id: of.id.0,
        };
        mail::queue::<SendMail>(tx, &ctx.app, ctx.now, mail).await?;
    }
    Ok(())
}
