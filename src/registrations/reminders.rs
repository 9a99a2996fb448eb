//! One reminder before the forum to those who registered with an address: on the day on which the invited have theirs,
//! or the day after they registered. Housekeeping looks every hour and puts one job a day into the queue, where
//! somebody waits; the row says who had it.

use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};

use super::{Registration, entity::registration, notices, setting, store};
use crate::{
    access::Ctx,
    audit,
    forums::{self, Forum, ForumId, Stage},
    invitations, organisation,
    platform::{
        context::App,
        error::Result,
        jobs::{self, Job, JobError},
    },
};

/// Reminds those who registered for a forum.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemindRegistered {
    pub forum: ForumId,
    /// When it was due: for a forum that is moved afterwards this job is void.
    pub due: DateTime<Utc>,
    pub on: NaiveDate,
}

impl Job for RemindRegistered {
    const NAME: &'static str = "registration.remind";

    fn key(&self) -> Option<String> {
        Some(format!(
            "{}:{}:{}",
            self.forum,
            self.due.timestamp(),
            self.on
        ))
    }

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        Ok(remind(&app, &self).await?)
    }
}

/// The moment that is due now, if one is: not before its day, and not once the forum has begun.
async fn due_now(ctx: &Ctx, forum: &Forum) -> Result<Option<DateTime<Utc>>> {
    if forum.stage != Stage::Invitation || forum.cancelled_at.is_some() {
        return Ok(None);
    }
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let starts = forums::starts_at(forum, organisation::zone_of(&unit)?).to_utc();
    let due = invitations::reminder_due(ctx, forum, &unit).await?;
    Ok(due.filter(|due| (*due..starts).contains(&ctx.now)))
}

/// Puts the reminders that are due into the queue; twice is once.
pub async fn queue_due(app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    for forum in forums::list(&ctx).await? {
        let Some(due) = due_now(&ctx, &forum).await? else {
            continue;
        };
        let expected = store::expected(&app.db, &forum).await?;
        if expected.iter().any(|row| waits(row, &forum, ctx.now)) {
            let job = RemindRegistered {
                forum: forum.id,
                due,
                on: ctx.now.date_naive(),
            };
            let tx = app.db.begin_write().await?;
            jobs::enqueue(&tx, &job, ctx.now).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// Knows the forum as it is now, has an address, was not reminded yet, and did not register a moment ago.
fn waits(row: &Registration, forum: &Forum, now: DateTime<Utc>) -> bool {
    row.ended_at.is_none()
        && row.email.is_some()
        && row.reminded_at.is_none()
        && row.told_sequence == forum.sequence
        && row.created_at <= now - Duration::days(1)
}

/// The job's work: a mail to each who waits for one, so that a second run goes on where the first one ended.
async fn remind(app: &Arc<App>, job: &RemindRegistered) -> Result<()> {
    let ctx = Ctx::system(app);
    let forum = forums::by_id(&app.db, job.forum).await?;
    if due_now(&ctx, &forum).await? != Some(job.due) {
        return Ok(());
    }
    let offer = setting::offer(&app.db, forum, ctx.now).await?;
    let mut count = 0;
    for row in &offer.expected {
        let tx = app.db.begin_write().await?;
        let held = store::hold(&tx, offer.forum.id, row.id).await?;
        if waits(&held, &offer.forum, ctx.now) {
            notices::reminder(&tx, &ctx, &offer, &held).await?;
            let columns = registration::ActiveModel {
                reminded_at: Set(Some(ctx.now)),
                ..Default::default()
            };
            store::write(&tx, held.id, columns).await?;
            count += 1;
        }
        tx.commit().await?;
    }
    let tx = app.db.begin_write().await?;
    let entry = audit::Entry::new("forum", offer.forum.id.0, "registration.reminded")
        .in_unit(offer.forum.unit_id)
        .with(serde_json::json!({ "registrations": count }));
    audit::record(&tx, &ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}
