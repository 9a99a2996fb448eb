//! An issue that left the agenda of its forum waits for a decision again.

use std::sync::Arc;

use sea_orm::ActiveValue::Set;

use super::{
    entity::{IssueId, issue},
    rules::{Move, State},
    service, store,
};
use crate::{
    access::Ctx,
    forums::{self, AgendaLeft, ProposalKind},
    platform::{
        context::App,
        db::Tx,
        error::{Error, Result},
        jobs::{Job, JobError},
    },
};

/// Whether a forum that takes place still has it on its agenda.
async fn stands(tx: &Tx, of: &issue::Model) -> Result<bool> {
    let id = of.id.to_string();
    for line in forums::agendas_from(tx, of.unit_id, ProposalKind::Issue, &id).await? {
        if forums::by_id(tx, line.forum_id)
            .await?
            .cancelled_at
            .is_none()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn reopen(tx: &Tx, ctx: &Ctx, id: &str) -> Result<()> {
    let of = match store::get(tx, IssueId::parse(id)?).await {
        Ok(of) => of,
        Err(Error::NotFound) => return Ok(()),
        Err(other) => return Err(other),
    };
    // Somebody decided otherwise meanwhile, or put it on another agenda.
    if of.state != State::OnAgenda || stands(tx, &of).await? {
        return Ok(());
    }
    let row = issue::ActiveModel {
        state: Set(of.state.after(Move::LeaveAgenda)?),
        forum_id: Set(None),
        ..Default::default()
    };
    store::save(tx, &of, row).await?;
    service::record(tx, ctx, &of, "issue.left_agenda", serde_json::json!({})).await
}

async fn go_on(left: &AgendaLeft, app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    let tx = app.db.begin_write().await?;
    for id in &left.issues {
        reopen(&tx, &ctx, id).await?;
    }
    Ok(tx.commit().await?)
}

impl Job for AgendaLeft {
    const NAME: &'static str = "forum.agenda_left";

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        Ok(go_on(&self, &app).await?)
    }
}
