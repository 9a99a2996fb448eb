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
mod store;
mod views;
mod waiting;
mod watching;

pub use moving::{Cause, recalculate};
pub(super) use reading::{Reading, passed, read};
pub(super) use views::{ClocksView, for_citizen, for_staff};

use std::sync::Arc;

use sea_orm::ConnectionTrait;

use crate::{
    access::Ctx,
    platform::{context::App, error::Result},
};

/// One look at every unit: what runs out, what climbs, what is closed, and the morning mail. Each is said once,
/// and only while the office is open.
pub async fn watch(app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    for unit in crate::organisation::units(&app.db).await? {
        let Some(office) = reading::Office::open_now(&ctx, unit).await? else {
            continue;
        };
        watching::warn(&ctx, &office).await?;
        waiting::end_waits(&ctx, &office).await?;
        closing::close_silent(&ctx, &office).await?;
        digest::send(&ctx, &office).await?;
    }
    Ok(())
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
