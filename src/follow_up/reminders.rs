//! Tells the organisers of a unit that a stage stands still: once per stage and week. Housekeeping asks every
//! hour; the row that is unique lets one process write the mails.

use chrono::NaiveDate;

use super::{
    emails::StageReminder,
    rules::{stands_still, week_of},
    store,
};
use crate::{
    access::{self, Ctx, Role},
    audit, calendar,
    forums::Forum,
    organisation,
    platform::{
        error::Result,
        i18n::Locale,
        mail::{self, SendMail},
    },
};

/// A forum and what it lacks, in words.
#[derive(Clone, Debug)]
pub struct Standstill {
    pub forum: Forum,
    pub missing: Vec<String>,
}

/// Mails to account holders are in Indonesian, like all others to them: an account has no language yet.
pub const LANGUAGE: Locale = Locale::Id;

/// The local day on which something last happened to a forum.
async fn last_day(ctx: &Ctx, forum: &Forum, zone: chrono_tz::Tz) -> Result<NaiveDate> {
    let last = audit::last_at(&ctx.app.db, "forum", forum.id.0).await?;
    let last = last.unwrap_or(forum.created_at);
    Ok(last.with_timezone(&zone).date_naive())
}

/// Writes the mails, if the forum stands still and none went out this week; returns how many. On a day when
/// nobody works nothing is sent.
pub async fn remind(ctx: &Ctx, standstill: &Standstill) -> Result<usize> {
    let (db, forum) = (&ctx.app.db, &standstill.forum);
    let unit = organisation::unit(db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let today = ctx.today_in(zone);
    let last = last_day(ctx, forum, zone).await?;
    let after = ctx.app.config.forum.stage_reminder_days;
    let work = calendar::work_calendar(db, unit.id).await?;
    if !stands_still(standstill.missing.len(), last, today, after)
        || !calendar::is_working_day(today, &work)
    {
        return Ok(0);
    }
    let email = StageReminder {
        forum: forum.title.clone(),
        stage: forum.stage.label(LANGUAGE),
        days: (today - last).num_days(),
        missing: standstill.missing.clone(),
        url: ctx.app.url(&format!("/kerja/forum/{}", forum.id)),
    };
    let words = ctx.app.templates.email(LANGUAGE, &email)?;
    let tx = db.begin_write().await?;
    if !store::first_reminder(&tx, forum, forum.stage, week_of(today), ctx.now).await? {
        return Ok(0);
    }
    let organisers = access::people_with(&tx, &[Role::Organiser], unit.id, None).await?;
    let count = organisers.len();
    mail::queue_for_each::<SendMail>(
        &tx,
        &ctx.app,
        ctx.now,
        &words,
        ("forum", forum.id.0),
        organisers,
    )
    .await?;
    tx.commit().await?;
    Ok(count)
}
