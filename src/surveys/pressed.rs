//! A button that somebody pressed twice. The second press names a version that the first one has left behind; nobody else
//! changed anything, and what was asked for is done: it goes on with the message of the first.

use super::entity::setup::SurveyPeriodId;
use crate::{access::Ctx, audit, platform::error::Result};

/// Whether the last thing that happened to a period is this step, by the same person.
async fn was_last(ctx: &Ctx, period: SurveyPeriodId, verb: &str) -> Result<bool> {
    let last = audit::last(&ctx.app.db, "survey", period.0).await?;
    Ok(last.is_some_and(|last| {
        last.verb == verb && last.person_id.is_some() && last.person_id == ctx.person_id()
    }))
}

/// The outcome of a step. A conflict with one's own first press is none, where `asked` says that what stands there now is
/// what was asked for.
pub async fn settled(
    ctx: &Ctx,
    (period, verb): (SurveyPeriodId, &str),
    asked: bool,
    done: Result<()>,
) -> Result<()> {
    match done {
        Err(error) if error.is_conflict() && asked && was_last(ctx, period, verb).await? => Ok(()),
        done => done,
    }
}
