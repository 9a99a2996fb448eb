//! Which forums lack something: asked every hour by housekeeping, which has the organisers told.

use super::{forum_facts, forum_stages};
use crate::{
    access::Ctx,
    follow_up::{LANGUAGE, Standstill},
    forums::{self, Stage},
    platform::error::Result,
};

/// Every forum that is not closed, with what holds it up. Those without are left out.
pub async fn held_up(ctx: &Ctx) -> Result<Vec<Standstill>> {
    let mut found = Vec::new();
    for forum in forums::list(ctx).await? {
        if forum.stage == Stage::Closed || forum.cancelled_at.is_some() {
            continue;
        }
        let read = forum_facts::read(ctx, &forum).await?;
        let mut missing = forum_stages::now_missing(&forum, &read.facts);
        // A day that is over is nothing to complete.
        missing.retain(|one| one.code != "past");
        if !missing.is_empty() {
            found.push(Standstill {
                missing: missing.iter().map(|one| one.text(LANGUAGE)).collect(),
                forum,
            });
        }
    }
    Ok(found)
}
