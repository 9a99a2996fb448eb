//! Every hour the program removes what has had its time: ended sessions, spent throttles, keys of repeated requests,
//! finished jobs, files that were handed in and never used; and puts the reminders that are due into the queue. Each may
//! run twice, so several processes need no agreement about who does it.

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch, time::Interval};

use crate::{
    access::{self, Ctx},
    action_plans, audit, complaints, deadlines,
    documents::uploads,
    evidence_bundle, follow_up, invitations,
    platform::{context::App, error::Result, jobs, throttle},
    privacy, registrations, reports, survey_voices, surveys,
};

const PAUSE: Duration = Duration::from_secs(60 * 60);
/// How often the deadlines of complaints are looked at: the morning mail goes out when the office opens. Networks of the
/// survey are forgotten as often: the form promises a quarter of an hour.
const WATCH: Duration = Duration::from_secs(5 * 60);
/// How often the noted changes of the inbox's numbers are added up: few stay to be summed by who looks.
const FOLD: Duration = Duration::from_secs(15);

/// Sweeps at once and then every hour, until `stop` turns true. A fault is told and waits for the next hour.
pub async fn run(app: Arc<App>, stop: watch::Receiver<bool>) {
    // Each at its own pace: a long sweep must not keep the deadlines or the inbox's numbers waiting.
    tokio::join!(
        sweeping(&app, stop.clone()),
        watching(&app, stop.clone()),
        folding(&app, stop),
    );
}

/// Waits for the next time; false once it is to stop.
async fn comes(ticks: &mut Interval, stop: &mut watch::Receiver<bool>) -> bool {
    loop {
        if *stop.borrow() {
            return false;
        }
        tokio::select! {
            _ = ticks.tick() => return true,
            changed = stop.changed() => {
                if changed.is_err() {
                    return false;
                }
            }
        }
    }
}

async fn sweeping(app: &Arc<App>, mut stop: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(PAUSE);
    while comes(&mut ticks, &mut stop).await {
        if sweep(app).await.is_err() {
            tracing::error!("housekeeping was not whole and is tried again in an hour");
        }
    }
}

async fn watching(app: &Arc<App>, mut stop: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(WATCH);
    while comes(&mut ticks, &mut stop).await {
        if let Err(error) = complaints::clocks::watch(app, survey_voices::AFTERWARDS).await {
            tracing::error!(%error, "deadlines could not be looked at; tried again in five minutes");
        }
        if let Err(error) = action_plans::remind(app).await {
            tracing::error!(%error, "reminders of actions could not be written; tried again in five minutes");
        }
        if let Err(error) = surveys::forget_networks(&app.db, app.clock.now()).await {
            tracing::error!(%error, "networks of survey answers could not be forgotten; tried again in five minutes");
        }
        if let Err(error) = privacy::watch(app).await {
            tracing::error!(%error, "clocks of data requests could not be looked at; tried again in five minutes");
        }
    }
}

async fn folding(app: &Arc<App>, mut stop: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(FOLD);
    while comes(&mut ticks, &mut stop).await {
        if let Err(error) = complaints::finding::fold(&app.db).await {
            tracing::error!(%error, "the numbers of the inbox could not be added up; tried again soon");
        }
    }
}

/// One round of every step; the last fault, if there was one.
pub async fn sweep(app: &Arc<App>) -> Result<()> {
    let (now, db) = (app.clock.now(), &app.db);
    let steps = [
        ("sessions", access::sweep(db, now).await),
        ("throttles", throttle::sweep(db, now).await),
        ("complaints", complaints::sweep(app, now).await),
        ("uploads", uploads::sweep(app, now).await),
        ("jobs", finished_jobs(app).await),
        ("invitations", invitations::sweep(app).await),
        ("printed papers", invitations::printing::sweep(app).await),
        ("evidence", evidence_bundle::sweep(app, now).await),
        ("registrations", registrations::sweep(app).await),
        ("survey links", surveys::sweep(db, now).await),
        ("reminders", registrations::queue_due(app).await),
        ("deadlines", deadlines::check_again(app).await),
        ("closures", deadlines::check_units_again(app).await),
        ("data requests", privacy::sweep(app).await),
        ("retention", complaints::retention::run_due(app).await),
        ("forums", remind_organisers(app).await),
        ("history", audit::seal(app).await),
    ];
    // One that fails keeps none of those behind it: what is away today would else stop retention and reminders, too.
    let mut whole = Ok(());
    for (step, outcome) in steps {
        if let Err(error) = outcome {
            tracing::error!(%error, step, "a step of housekeeping failed and is tried again in an hour");
            whole = Err(error);
        }
    }
    whole
}

async fn finished_jobs(app: &App) -> Result<()> {
    jobs::sweep(&app.db, app.clock.now()).await?;
    Ok(())
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
