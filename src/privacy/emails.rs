//! Mails about requests and breaches. Like those about complaints they say that something happened and where to read it,
//! never what was written.

use serde::Serialize;

use super::{entity::request::Model as Request, requests};
use crate::{
    access::{self, Ctx, Role},
    calendar::dates,
    organisation::{self, Unit, UnitId},
    platform::{
        db::Tx,
        error::Result,
        i18n::{Locale, Message, t},
        mail::{self, Outgoing, SendMail},
        web::pages::Email,
    },
};

/// Mails to account holders are in Indonesian, like all others to them.
const LANGUAGE: Locale = Locale::Id;

#[derive(Serialize)]
struct ToPerson {
    headline: String,
    text: String,
    unit: String,
    /// What the address is good for.
    link: String,
    url: String,
}

impl Email for ToPerson {
    const TEMPLATE: &'static str = "data_request";
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Received,
    Answered,
    /// Somebody asked with number and code: to the address that the case knows.
    Known,
}

/// To the person who asked, at each address.
pub async fn to_person(
    tx: &Tx,
    ctx: &Ctx,
    of: &Request,
    unit: &Unit,
    addresses: &[String],
    told: Told,
) -> Result<()> {
    if addresses.is_empty() {
        return Ok(());
    }
    let locale = Locale::parse(&of.locale).unwrap_or_default();
    let zone = organisation::zone_of(unit)?;
    let key = match told {
        Told::Received => "received",
        Told::Answered => "answered",
        Told::Known => "known",
    };
    let words = |part: &str| {
        Message::new(&format!("privacy-mail-{key}-{part}"))
            .with("number", &of.number)
            .with("unit", &unit.name)
            .with(
                "wish",
                t(locale, &format!("privacy-wish-{}", of.wish.code())),
            )
            .with(
                "due",
                dates::date_time(&of.due_at.with_timezone(&zone), locale),
            )
            .text(locale)
    };
    let email = ToPerson {
        headline: words("subject"),
        text: words("text"),
        unit: unit.name.clone(),
        link: words("link"),
        url: match told {
            Told::Known => requests::objection_link(&ctx.app, of.id),
            Told::Received | Told::Answered => ctx
                .app
                .url(&format!("/data-pribadi/status?nomor={}", of.number)),
        },
    };
    let rendered = ctx.app.templates.email(locale, &email)?;
    for address in addresses {
        let mail = Outgoing {
            to_name: String::new(),
            to_address: address.clone(),
            subject: rendered.subject.clone(),
            text: rendered.text.clone(),
            html: rendered.html.clone(),
            calendar: None,
            attachments: Vec::new(),
            about_kind: "data_request",
            about_id: of.id.0,
        };
        mail::queue_private::<SendMail>(tx, &ctx.app, ctx.now, mail).await?;
    }
    Ok(())
}

/// To the staff: a clock of three times 24 hours runs.
#[derive(Serialize)]
struct Clock {
    headline: String,
    text: String,
    due: String,
    url: String,
}

impl Email for Clock {
    const TEMPLATE: &'static str = "privacy_clock";
}

/// What a clock is about.
pub struct About {
    pub unit: UnitId,
    pub kind: &'static str,
    pub id: uuid::Uuid,
    pub number: String,
    pub due: String,
    pub path: String,
}

/// Tells people of these roles what the text `privacy-clock-<key>` says; where nobody has them, head and
/// administrator of the unit: a clock that nobody hears of runs all the same.
pub async fn clock(tx: &Tx, ctx: &Ctx, about: &About, key: &str, roles: &[Role]) -> Result<usize> {
    let words = |part: &str| {
        Message::new(&format!("privacy-clock-{key}-{part}"))
            .with("number", &about.number)
            .with("due", &about.due)
            .text(LANGUAGE)
    };
    let email = Clock {
        headline: words("subject"),
        text: words("text"),
        due: about.due.clone(),
        url: ctx.app.url(&about.path),
    };
    let rendered = ctx.app.templates.email(LANGUAGE, &email)?;
    let mut meant = access::people_with(tx, roles, about.unit, None).await?;
    if meant.is_empty() {
        meant = access::people_with(tx, &[Role::Head, Role::UnitAdmin], about.unit, None).await?;
    }
    let people = access::absences::present(tx, about.unit, ctx.now, meant).await?;
    let count = people.len();
    mail::queue_for_each::<SendMail>(
        tx,
        &ctx.app,
        ctx.now,
        &rendered,
        (about.kind, about.id),
        people,
    )
    .await?;
    Ok(count)
}

pub fn about_request(of: &Request, unit: &Unit) -> Result<About> {
    let zone = organisation::zone_of(unit)?;
    Ok(About {
        unit: unit.id,
        kind: "data_request",
        id: of.id.0,
        number: of.number.clone(),
        due: dates::date_time(&of.due_at.with_timezone(&zone), LANGUAGE),
        path: format!("/kerja/permintaan-data/{}", of.id),
    })
}

/// To the officers: somebody asked.
pub async fn to_officers(tx: &Tx, ctx: &Ctx, of: &Request, unit: &Unit) -> Result<()> {
    let about = about_request(of, unit)?;
    clock(tx, ctx, &about, "request-new", &[Role::ComplaintOfficer]).await?;
    Ok(())
}
