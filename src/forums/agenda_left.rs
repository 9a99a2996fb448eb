//! Issues that left the agenda of a forum: their line was taken out, or the forum does not take place. This capability
//! knows no issues, so it only says which; the job is run by `issues`.

use futures::future::BoxFuture;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::{Forum, concept_store, entity::agenda_source::ProposalKind};
use crate::{
    access::Ctx,
    organisation::UnitId,
    platform::{db::Tx, error::Result, jobs},
};

/// What left an agenda.
#[derive(Debug, Serialize, Deserialize)]
pub struct AgendaLeft {
    pub unit: UnitId,
    /// Ids of issues.
    pub issues: Vec<String>,
}

/// Lets go of a draft before it is deleted, as part of that use case: issues that ever stood on its agenda keep its id.
/// Composition gives this function to the routes, because issues are another capability.
pub type LetGo = for<'a> fn(&'a Tx, &'a Ctx, &'a Forum) -> BoxFuture<'a, Result<()>>;

/// What else hangs on a forum that is called off, and belongs to capabilities that forums do not know. Composition gives
/// it to the routes.
#[derive(Clone, Copy)]
pub struct CallingOff {
    /// Before a draft is deleted.
    pub let_go: LetGo,
    /// With the cancelling of a forum that was announced.
    pub cancelled: LetGo,
    /// The promises that it was to take up again, as the question names them.
    pub expected: for<'a> fn(&'a Ctx, &'a Forum) -> BoxFuture<'a, Result<Vec<String>>>,
}

/// The issues on the agenda of a forum.
pub(super) async fn issues_on(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<String>> {
    let sources = concept_store::agenda_sources(db, forum).await?.into_iter();
    let issues = sources.filter(|one| one.kind == ProposalKind::Issue);
    Ok(issues.map(|one| one.source_id).collect())
}

/// Says which of those that stood there stand there no more; none where the forum is off.
pub(super) async fn tell(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    (before, now): (Vec<String>, &[String]),
) -> Result<()> {
    let left: Vec<String> = before.into_iter().filter(|id| !now.contains(id)).collect();
    if left.is_empty() {
        return Ok(());
    }
    let news = AgendaLeft {
        unit: forum.unit_id,
        issues: left,
    };
    jobs::enqueue(tx, &news, ctx.now).await
}
