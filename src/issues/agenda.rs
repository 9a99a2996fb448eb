//! An issue that left the agenda of its forum waits for a decision again; when a forum is announced, those who raised what
//! stands on its agenda hear of it.

use std::sync::Arc;

use futures::future::BoxFuture;
use sea_orm::ActiveValue::Set;

use super::{
    entity::{IssueId, issue},
    rules::{Move, State},
    service, store,
    telling::{TellVoices, topic_on_agenda},
};
use crate::{
    access::Ctx,
    forums::{self, AgendaLeft, AgendaTold, Forum, LetGo, ProposalKind},
    platform::{
        context::App,
        db::Tx,
        error::{Error, Result},
        jobs::{self, Job, JobError},
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

/// Given to the routes: what stood on the agenda of a draft waits for a decision again when the draft is deleted.
pub const LET_GO: LetGo = let_go;

fn let_go<'a>(tx: &'a Tx, ctx: &'a Ctx, forum: &'a Forum) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        for of in store::of_forum(tx, forum.unit_id, forum.id).await? {
            let row = issue::ActiveModel {
                // What went on to an action or an end only forgets the draft.
                state: Set(of.state.after(Move::LeaveAgenda).unwrap_or(of.state)),
                forum_id: Set(None),
                ..Default::default()
            };
            store::save(tx, &of, row).await?;
            service::record(tx, ctx, &of, "issue.left_agenda", serde_json::json!({})).await?;
        }
        Ok(())
    })
}

async fn go_on(left: &AgendaLeft, app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    let tx = app.db.begin_write().await?;
    for id in &left.issues {
        reopen(&tx, &ctx, id).await?;
    }
    Ok(tx.commit().await?)
}

/// Enqueues what each matter's voices hear.
async fn announce(told: &AgendaTold, app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    let tx = app.db.begin_write().await?;
    let forum = match forums::by_id(&tx, told.forum).await {
        Ok(forum) => forum,
        Err(Error::NotFound) => return Ok(()),
        Err(other) => return Err(other),
    };
    for line in forums::agenda_sources(&tx, &forum).await? {
        match line.kind {
            ProposalKind::Issue => {
                let of = store::get(&tx, IssueId::parse(&line.source_id)?).await?;
                // Somebody decided otherwise meanwhile.
                if of.state == State::OnAgenda {
                    let news = TellVoices::on_agenda(&of, &forum);
                    jobs::enqueue(&tx, &news, ctx.now).await?;
                }
            }
            ProposalKind::Topic => topic_on_agenda(&tx, &ctx, &line.source_id, &forum).await?,
            ProposalKind::Complaints | ProposalKind::Action => {}
        }
    }
    Ok(tx.commit().await?)
}

impl Job for AgendaTold {
    const NAME: &'static str = "forum.agenda_told";

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        Ok(announce(&self, &app).await?)
    }
}

impl Job for AgendaLeft {
    const NAME: &'static str = "forum.agenda_left";

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        Ok(go_on(&self, &app).await?)
    }
}
