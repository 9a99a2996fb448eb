//! Every hour the program removes what has had its time: ended sessions, spent throttles, keys of repeated requests,
//! finished jobs, files that were handed in and never used; and puts the reminders that are due into the queue. Each may
//! run twice, so several processes need no agreement about who does it.

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;

use crate::{
    access::{self, Ctx},
    complaints, deadlines,
    documents::uploads,
    follow_up, invitations,
    platform::{context::App, error::Result, jobs, throttle},
    privacy, registrations, reports,
};

const PAUSE: Duration = Duration::from_secs(60 * 60);
/// How often the deadlines of complaints are looked at: the morning mail goes out when the office opens.
const WATCH: Duration = Duration::from_secs(5 * 60);
/// How often the noted changes of the inbox's numbers are added up: few stay to be summed by who looks.
const FOLD: Duration = Duration::from_secs(15);

/// Sweeps at once and then every hour, until `stop` turns true. A fault is told and waits for the next hour.
pub async fn run(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(PAUSE);
    let mut looks = tokio::time::interval(WATCH);
    let mut folds = tokio::time::interval(FOLD);
    while !*stop.borrow() {
        tokio::select! {
            _ = ticks.tick() => {
                if let Err(error) = sweep(&app).await {
                    tracing::error!(%error, "housekeeping failed and is tried again in an hour");
                }
            }
            _ = looks.tick() => {
                if let Err(error) = complaints::clocks::watch(&app).await {
                    tracing::error!(%error, "deadlines could not be looked at; tried again in five minutes");
                }
                if let Err(error) = privacy::watch(&app).await {
                    tracing::error!(%error, "clocks of data requests could not be looked at; tried again in five minutes");
                }
            }
            _ = folds.tick() => {
                if let Err(error) = complaints::finding::fold(&app.db).await {
                    tracing::error!(%error, "the numbers of the inbox could not be added up; tried again soon");
                }
            }
            changed = stop.changed() => {
                if changed.is_err() {
                    return;
                }
            }
        }
    }
}

/// One round.
pub async fn sweep(app: &Arc<App>) -> Result<()> {
    let now = app.clock.now();
    access::sweep(&app.db, now).await?;
    throttle::sweep(&app.db, now).await?;
    complaints::sweep(app, now).await?;
    uploads::sweep(app, now).await?;
    jobs::sweep(&app.db, now).await?;
    invitations::sweep(app).await?;
    registrations::sweep(app).await?;
    deadlines::check_again(app).await?;
    complaints::retention::run_due(app).await?;
    remind_organisers(app).await
}

/// Tells organisers of forums that stand still; a row that is unique makes it once per stage and week.
async fn remind_organisers(app: &Arc<App>) -> Result<()> {
    if app.config.forum.stage_reminder_days == 0 {
        return Ok(());
    }
    let ctx = Ctx::system(app);
    for standstill in reports::held_up(&ctx).await? {
        follow_up::remind(&ctx, &standstill).await?;
    }
    Ok(())
}
