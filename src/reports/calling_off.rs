//! What hangs on a forum that is called off, put together: issues of its agenda, and promises that it was to take up again.

use futures::future::BoxFuture;

use crate::{
    access::Ctx,
    follow_up,
    forums::{CallingOff, Forum},
    issues,
    platform::{db::Tx, error::Result},
};

pub const CALLING_OFF: CallingOff = CallingOff {
    let_go,
    cancelled,
    expected,
};

fn let_go<'a>(tx: &'a Tx, ctx: &'a Ctx, forum: &'a Forum) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        (issues::LET_GO)(tx, ctx, forum).await?;
        follow_up::take_back_carried(tx, ctx, forum).await
    })
}

fn cancelled<'a>(tx: &'a Tx, ctx: &'a Ctx, forum: &'a Forum) -> BoxFuture<'a, Result<()>> {
    Box::pin(follow_up::note_cancelled(tx, ctx, forum))
}

fn expected<'a>(ctx: &'a Ctx, forum: &'a Forum) -> BoxFuture<'a, Result<Vec<String>>> {
    Box::pin(async move {
        let actions = follow_up::carried_into(&ctx.app.db, forum).await?;
        let named = actions.into_iter();
        Ok(named
            .map(|action| format!("{} ({})", action.code, action.title))
            .collect())
    })
}
