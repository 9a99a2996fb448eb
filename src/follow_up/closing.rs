//! The end of a forum: nothing is left open, and of the papers that stay unfinished for ever somebody says so.

use futures::future::BoxFuture;
use sea_orm::ConnectionTrait;

use super::{
    outcome::{Outcome, outcome},
    reported::report_outdated,
    rules::{self, Blocker, Broken, Papers, Unfinished},
    service::{open_forum, record},
};
use crate::{
    access::{Ctx, Permission},
    attendance, audit, berita_acara,
    documents::{self, Kind},
    forums::{self, Forum, ForumId, Stage},
    platform::{
        error::{Error, FieldError, Result},
        i18n::Message,
    },
};

/// Reads the errors of the stages. Composition gives it to the routes: they are found in capabilities that are not known
/// here, by the rule that the page of the forum goes by.
#[derive(Clone, Copy)]
pub struct Checks(pub for<'a> fn(&'a Ctx, &'a Forum) -> BoxFuture<'a, Result<Vec<Blocker>>>);

/// What of the stages stops the closing.
pub(super) async fn stage_errors(
    ctx: &Ctx,
    forum: &Forum,
    found: &Outcome,
    checks: Checks,
) -> Result<Option<Broken>> {
    let errors = (checks.0)(ctx, forum).await?;
    Ok(rules::stage_errors(found.has_record, errors))
}

/// What stays as it is once the forum is closed.
pub(super) async fn unfinished(
    db: &impl ConnectionTrait,
    forum: &Forum,
    outcome: &Outcome,
) -> Result<Vec<Unfinished>> {
    let latest = |kind| documents::latest(db, "forum", forum.id.0, kind);
    let record = berita_acara::summary(db, forum).await?;
    Ok(rules::unfinished(Papers {
        letter: latest(Kind::Invitation).await?.is_some(),
        attendance: attendance::summary(db, forum).await?.present > 0,
        minutes: forum.minutes_begun_at.is_none() || latest(Kind::Minutes).await?.is_some(),
        correcting: record.is_some_and(|record| record.amending),
        report: latest(Kind::Report).await?.is_some(),
        report_outdated: report_outdated(db, forum, outcome).await?,
    }))
}

/// Closes a forum of which nothing is left open. `acknowledged` are the codes of what is unfinished and was seen to be.
pub async fn close(
    ctx: &Ctx,
    id: ForumId,
    acknowledged: &[String],
    checks: Checks,
) -> Result<Vec<Unfinished>> {
    let seen = forums::get(ctx, id, Permission::ManageForum).await?;
    let errors = match seen.stage {
        Stage::Closed => Vec::new(),
        _ => (checks.0)(ctx, &seen).await?,
    };
    let tx = ctx.app.db.begin_write().await?;
    let forum = open_forum(&tx, ctx, id).await?;
    let found = outcome(&tx, &forum).await?;
    let mut obstacles = rules::obstacles(forum.stage, &found.closing());
    obstacles.extend(rules::stage_errors(found.has_record, errors));
    if let Some(first) = obstacles.into_iter().next() {
        return Err(first.into());
    }
    let unfinished = unfinished(&tx, &forum, &found).await?;
    let unseen = rules::unseen(&unfinished, acknowledged);
    if !unseen.is_empty() {
        return Err(Error::Invalid(unseen.into_iter().map(fault).collect()));
    }
    forums::reach(&tx, ctx, id, Stage::Closed).await?;
    if !unfinished.is_empty() {
        let data = serde_json::json!({ "acknowledged": unfinished });
        record(&tx, ctx, &forum, LEFT, data).await?;
    }
    tx.commit().await?;
    Ok(unfinished)
}

/// The entry of the history that tells what was unfinished at the end.
const LEFT: &str = "forum.closed_unfinished";

/// What was unfinished when a forum was closed, as whoever closed it acknowledged.
pub(super) async fn left_unfinished(
    db: &impl ConnectionTrait,
    forum: &Forum,
) -> Result<Vec<Unfinished>> {
    let told = audit::of_verb_to(db, "forum", vec![forum.id.0], LEFT).await?;
    let last = told.into_iter().next_back();
    let listed = last.and_then(|entry| entry.data.get("acknowledged").cloned());
    let Some(listed) = listed else {
        return Ok(Vec::new());
    };
    Ok(serde_json::from_value(listed).map_err(anyhow::Error::from)?)
}

fn fault(unseen: Unfinished) -> FieldError {
    FieldError {
        field: format!("acknowledged.{}", unseen.code()),
        message: Message::new("follow-up-acknowledge-first").with("what", unseen.code()),
    }
}
