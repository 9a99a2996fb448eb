//! A forum with matters on its agenda that somebody raised was announced: only now may anybody be told of it. This
//! capability knows neither issues nor who raised them; the job is run by `issues`.

use serde::{Deserialize, Serialize};

use super::{Forum, ForumId, ProposalKind, Stage, concept_store};
use crate::{
    access::Ctx,
    platform::{db::Tx, error::Result, jobs},
};

/// Who raised what stands on its agenda hears of this forum.
#[derive(Debug, Serialize, Deserialize)]
pub struct AgendaTold {
    pub forum: ForumId,
}

/// Whether people may know that it takes place: a draft can still change its name, its day, or vanish.
#[must_use]
pub fn is_announced(forum: &Forum) -> bool {
    forum.stage != Stage::Preparation
}

/// Says so where the forum leaves its preparation.
pub(super) async fn tell(tx: &Tx, ctx: &Ctx, before: &Forum) -> Result<()> {
    if is_announced(before) {
        return Ok(());
    }
    let sources = concept_store::agenda_sources(tx, before).await?;
    let mut kinds = sources.iter().map(|one| one.kind);
    if kinds.any(|kind| matches!(kind, ProposalKind::Issue | ProposalKind::Topic)) {
        let news = AgendaTold { forum: before.id };
        jobs::enqueue(tx, &news, ctx.now).await?;
    }
    Ok(())
}
