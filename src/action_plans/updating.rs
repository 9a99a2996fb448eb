//! The link of a reminder: it names one action and one person, is signed, ends after some days, and lets that person
//! report progress without signing in. It opens nothing else.

use chrono::{DateTime, Duration, Utc};

use super::{
    entity::ActionItemId,
    service::{self, Report},
    views::{self, Detail},
};
use crate::{
    access::{self, Ctx, PersonId},
    platform::{
        context::App,
        crypto::{Purpose, same},
        error::{Error, Result},
    },
};

fn mark(app: &App, action: ActionItemId, person: PersonId, until: i64) -> String {
    let signed = format!("action-update:{action}:{person}:{until}");
    app.keys.hash(Purpose::Tokens, &signed)
}

/// The address that stands in the mail of this person.
#[must_use]
pub fn link(ctx: &Ctx, action: ActionItemId, person: PersonId) -> String {
    let days = i64::from(ctx.app.config.action_plans.update_link_days);
    let until = (ctx.now + Duration::days(days)).timestamp();
    let mark = mark(&ctx.app, action, person, until);
    ctx.app
        .url(&format!("/perbarui/{action}.{person}.{until}.{mark}"))
}

/// What such a link opens: the action as its person sees it, and until when.
pub struct Opened {
    pub ctx: Ctx,
    pub detail: Detail,
    pub until: DateTime<Utc>,
}

/// A link that was never made names nothing; one that ended says so.
pub async fn open(ctx: &Ctx, token: &str) -> Result<Opened> {
    let parts: Vec<&str> = token.split('.').collect();
    let [action, person, until, given] = parts.as_slice() else {
        return Err(Error::NotFound);
    };
    let (action, person) = (ActionItemId::parse(action)?, PersonId::parse(person)?);
    let until: i64 = until.parse().map_err(|_| Error::NotFound)?;
    if !same(&mark(&ctx.app, action, person, until), given) {
        return Err(Error::NotFound);
    }
    let until = DateTime::from_timestamp(until, 0).ok_or(Error::NotFound)?;
    if ctx.now > until {
        return Err(super::rules::Broken::LinkEnded.into());
    }
    // Whoever left the office, or the division, finds nothing here any more.
    let acting = access::acting_as(ctx, person, ctx.now).await?;
    let detail = views::show(&acting, action).await?;
    Ok(Opened {
        ctx: acting,
        detail,
        until,
    })
}

/// Reports by the link, as the person that it names. Pressed twice, the second press finds what the first one wrote.
pub async fn report(ctx: &Ctx, token: &str, version: i32, report: Report) -> Result<()> {
    let opened = open(ctx, token).await?;
    let id = opened.detail.row.item.id;
    let person = opened.ctx.person_id();
    let mut entries = opened.detail.progress.iter();
    let written = entries.any(|one| one.by_id == person && one.note == report.note);
    if written && version < opened.detail.row.item.version {
        return Ok(());
    }
    service::report(&opened.ctx, id, Some(version), report).await
}
