//! The clocks of complaints: what is due when and why, moving what a decree moves, putting off with a reason,
//! and saying in time what will be late. Everything here may run twice, in two processes, without harm.

pub mod api;
mod closing;
mod digest;
mod emails;
mod extending;
mod moving;
pub mod pages;
mod reading;
pub mod rules;
mod shares;
mod store;
mod views;
mod waiting;
mod watching;

pub use closing::{AskAfterwards, ClosedCase};
pub(super) use moving::made_by_calendar;
pub use moving::{Cause, MovedCase, Recount, recalculate, recalculate_one, recalculate_unit};
pub(super) use reading::{Reading, note_solution, passed, read};
pub(super) use views::{ClocksView, for_citizen, for_staff};

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait;

use crate::{
    access::Ctx,
    calendar,
    organisation::{Unit, UnitId},
    platform::{context::App, error::Result},
};

/// One look at every unit: what runs out, what climbs, what is closed, and the morning mail. Each is said once,
/// and only while the office is open. What fails in one unit is told and stops nothing else.
pub async fn watch(app: &Arc<App>, ask: AskAfterwards) -> Result<()> {
    let ctx = Ctx::system(app);
    for unit in crate::organisation::units(&app.db).await? {
        let (id, code) = (unit.id, unit.code.clone());
        let whole = match look_at(&ctx, unit, ask).await {
            Ok(Some(whole)) => whole,
            // Nobody looked, so what is known of the last look stands.
            Ok(None) => continue,
            Err(error) => {
                tracing::error!(unit.code = %code, %error, "deadlines of {code} could not be looked at");
                false
            }
        };
        if let Err(error) = store::note_look(&app.db, id, whole, ctx.now).await {
            tracing::error!(unit.code = %code, %error, "that {code} was looked at could not be noted");
        }
    }
    Ok(())
}

/// How far the looks of all units have come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// Codes of units whose last look went wrong.
    pub failed: Vec<String>,
    /// Codes of units at which nobody ever looked.
    pub unseen: Vec<String>,
    /// When the unit that was not looked at for the longest time was looked at; none before the first time.
    pub oldest: Option<DateTime<Utc>>,
    /// Codes of units whose office was open for more than a while since, and nobody looked.
    pub missed: Vec<String>,
}

/// Looks come every five minutes of office hours: a pause of this is more than a restart or one that was busy.
const PAUSE: TimeDelta = TimeDelta::minutes(30);

/// For `doctor`: whether somebody looks, everywhere.
pub async fn looks(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Looks> {
    let mut found = Looks::default();
    let looks = store::looks(db).await?;
    for unit in crate::organisation::units(db).await? {
        let Some(look) = looks.iter().find(|look| look.unit_id == unit.id) else {
            found.unseen.push(unit.code);
            continue;
        };
        if look.failed_at.is_some() {
            found.failed.push(unit.code.clone());
        } else if let Some(at) = look.looked_at
            && left_alone(db, &unit, at, now).await?
        {
            found.missed.push(unit.code.clone());
        }
        found.oldest = match (found.oldest, look.looked_at) {
            (Some(known), Some(at)) => Some(known.min(at)),
            (known, at) => known.or(at),
        };
    }
    Ok(found)
}

/// Whether the office was open for long since this look.
async fn left_alone(
    db: &impl ConnectionTrait,
    unit: &Unit,
    looked: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let zone = crate::organisation::zone_of(unit)?;
    let days = calendar::work_calendar(db, unit.id).await?;
    let (looked, now) = (looked.with_timezone(&zone), now.with_timezone(&zone));
    Ok(calendar::open_time_between(&looked, &now, &days) > PAUSE)
}

/// Whether every step went well; none outside the hours, when there is no look.
async fn look_at(ctx: &Ctx, unit: Unit, ask: AskAfterwards) -> Result<Option<bool>> {
    let Some(office) = reading::Office::open_now(ctx, unit).await? else {
        return Ok(None);
    };
    let mut whole = true;
    let code = &office.unit.code;
    for (step, done) in [
        ("warnings", watching::warn(ctx, &office).await),
        ("closing", closing::close_silent(ctx, &office, ask).await),
        ("morning mail", digest::send(ctx, &office).await),
    ] {
        if let Err(error) = done {
            tracing::error!(unit.code = %code, %error, "{step} of {code} failed and is tried again");
            whole = false;
        }
    }
    Ok(Some(whole))
}

/// Which morning mails went out is of no use after a month.
pub(super) async fn sweep(
    db: &impl ConnectionTrait,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    store::sweep_digests(db, now - chrono::Duration::days(30)).await
}

/// Open complaints whose deadline is missing or contradicts itself: always none.
pub async fn without_deadline(db: &impl ConnectionTrait) -> Result<(u64, u64)> {
    store::open_and_undated(db).await
}

/// How the database finds what the clocks have to look at: what tests hold against reading everything.
pub async fn look_plan(app: &App, unit: UnitId) -> Result<String> {
    let statement = store::look_statement(&app.db, unit, app.clock.now());
    super::finding::plan_of(&app.db, statement).await
}
