//! What stops the closing of a forum: the errors that its page and `/missing` show, by the same rule.

use futures::future::BoxFuture;

use super::{
    forum_facts,
    forum_missing::{self, Severity},
};
use crate::{
    access::Ctx,
    follow_up::{Blocker, Checks},
    forums::Forum,
    platform::error::Result,
};

/// Given to the routes, because the checks read capabilities that the follow-up does not know.
pub const CHECKS: Checks = Checks(errors);

fn errors<'a>(ctx: &'a Ctx, forum: &'a Forum) -> BoxFuture<'a, Result<Vec<Blocker>>> {
    Box::pin(async move {
        let read = forum_facts::read(ctx, forum).await?;
        let found = forum_missing::missing(forum.stage, &read.facts).into_iter();
        let errors = found.filter(|one| one.severity == Severity::Error);
        Ok(errors
            .map(|one| Blocker {
                code: one.code,
                text: one.text(ctx.locale()),
            })
            .collect())
    })
}
