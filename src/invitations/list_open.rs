//! Whether the list of recipients may still change, and whether anybody may still be put on it.

use super::{rules, service::state_of, store};
use crate::{
    access::Ctx,
    forums::{self, Forum},
    organisation,
    platform::{db::Tx, error::Result},
};

pub(super) async fn refuse_frozen(tx: &Tx, forum: &Forum) -> Result<()> {
    let letter = store::letter_of(tx, forum).await?;
    rules::may_change(state_of(letter.as_ref(), forum))?;
    Ok(())
}

/// Refuses further people where the list is frozen or the forum has begun.
pub(super) async fn refuse_more(tx: &Tx, ctx: &Ctx, forum: &Forum) -> Result<()> {
    refuse_frozen(tx, forum).await?;
    let unit = organisation::unit(tx, forum.unit_id).await?;
    forums::may_call_in(forum, organisation::zone_of(&unit)?, ctx.now)
}
