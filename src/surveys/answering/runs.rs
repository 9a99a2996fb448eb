//! Runs of answers from one network, and forms that come back too soon: what a machine does and the limit of a minute
//! lets through. Nothing is refused for it; the office is told and decides. To know what follows, the row of a run keeps
//! the moment of its last answer and a keyed hash of its network and day, and the answers keep the run. So for some ten
//! minutes the database joins an answer with about when and from which network it came; then both are forgotten, and a
//! run that stayed short with them. The form says so to who fills it.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    rules::{LEAST_RUN, follows},
    service::Form,
};
use crate::{
    access::Ctx,
    platform::{
        crypto::{Purpose, same},
        db::Tx,
        error::Result,
    },
    surveys::{entity::answers::run, store::runs},
};

/// So long a run is over before its network is forgotten: far longer than the gap within a run, and no longer than that.
const KEPT_MINUTES: i64 = 5;

/// Counts an answer to the run of its network. The throttle of the network was taken in this transaction: two answers
/// of one network at the same moment come one after the other.
pub async fn join(tx: &Tx, ctx: &Ctx, form: &Form) -> Result<Uuid> {
    let (period, day) = (&form.period, form.today);
    let named = format!("survey-run:{}:{day}:{}", period.id, ctx.request.network());
    let network = ctx.app.keys.hash(Purpose::Throttle, &named);
    let last = runs::of_network(tx, period.id, &network).await?;
    let last = last.filter(|run| run.last_at.is_some_and(|at| follows(at, ctx.now)));
    if let Some(run) = last {
        runs::add_one(tx, run.id, ctx.now).await?;
        return Ok(run.id);
    }
    let run = run::Model {
        id: Uuid::new_v4(),
        unit_id: period.unit_id,
        period_id: period.id,
        came_on: day,
        network: Some(network),
        last_at: Some(ctx.now),
        answers: 1,
    };
    let id = run.id;
    runs::insert(tx, run).await?;
    Ok(id)
}

/// Forgets networks and moments of runs that are over, and runs that stayed short.
pub async fn forget(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    runs::forget(db, now - Duration::minutes(KEPT_MINUTES), LEAST_RUN).await
}

fn stamp_hash(ctx: &Ctx, key: &str, second: i64) -> String {
    let text = format!("survey-form:{key}:{second}");
    ctx.app.keys.hash(Purpose::Forms, &text)
}

/// When a form was shown, so that nobody else can say it: it goes with the form and is kept nowhere.
#[must_use]
pub fn stamp(ctx: &Ctx, key: &str, shown: DateTime<Utc>) -> String {
    let second = shown.timestamp();
    format!("{second}.{}", stamp_hash(ctx, key, second))
}

/// When the form with this key was shown, if its stamp is ours.
#[must_use]
pub fn shown_at(ctx: &Ctx, key: &str, stamp: &str) -> Option<DateTime<Utc>> {
    let (second, hash) = stamp.split_once('.')?;
    let second: i64 = second.parse().ok()?;
    same(&stamp_hash(ctx, key, second), hash)
        .then(|| DateTime::from_timestamp(second, 0))
        .flatten()
}
