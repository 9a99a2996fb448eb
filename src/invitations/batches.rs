//! The invitations of one press of "send", so that a program can follow them. Nothing is counted here: how far
//! a batch is, is read from the mails that its jobs wrote, and so is right after a crash too.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, sea_query::Expr,
};

use super::{
    Batch, BatchId, Recipient, RecipientId, SendInvitation,
    entity::{batch, batch_item, recipient},
    sending::ABOUT,
};
use crate::{
    access::{Ctx, Permission},
    forums::{self, Forum},
    platform::{
        db::Tx,
        error::{Error, Result},
        jobs,
        mail::{self, MailId, MailStatus},
    },
};

/// How far a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub id: BatchId,
    /// What kind of work it is, for programs.
    pub kind: &'static str,
    pub total: usize,
    pub done: usize,
    pub failed: usize,
}

/// Notes whom a batch asks for. Its moment is that of the requests: the two are found by each other.
pub async fn begin(tx: &Tx, ctx: &Ctx, forum: &Forum, asked: Vec<RecipientId>) -> Result<Batch> {
    let batch = Batch {
        id: BatchId::new(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        total: i32::try_from(asked.len()).map_err(anyhow::Error::from)?,
        created_at: ctx.now,
    };
    batch::Entity::insert(batch.clone().into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    for some in asked.chunks(1000) {
        let items = some.iter().map(|recipient| {
            let item = batch_item::Model {
                id: uuid::Uuid::now_v7(),
                unit_id: forum.unit_id,
                batch_id: batch.id,
                recipient_id: *recipient,
                mail_id: None,
            };
            item.into_active_model().reset_all()
        });
        batch_item::Entity::insert_many(items)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(batch)
}

/// Notes which mail answers a request.
pub async fn wrote(
    tx: &Tx,
    recipient: &Recipient,
    requested_at: DateTime<Utc>,
    mail: MailId,
) -> Result<()> {
    let found = batch::Entity::find()
        .filter(batch::Column::UnitId.eq(recipient.unit_id))
        .filter(batch::Column::ForumId.eq(recipient.forum_id))
        .filter(batch::Column::CreatedAt.eq(requested_at))
        .all(tx)
        .await?;
    batch_item::Entity::update_many()
        .col_expr(batch_item::Column::MailId, Expr::value(mail.0))
        .filter(batch_item::Column::UnitId.eq(recipient.unit_id))
        .filter(batch_item::Column::BatchId.is_in(found.into_iter().map(|batch| batch.id)))
        .filter(batch_item::Column::RecipientId.eq(recipient.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// How far a batch is, for who may see its forum.
pub async fn progress(ctx: &Ctx, id: BatchId) -> Result<Progress> {
    let db = &ctx.app.db;
    let scope = ctx.require_scope(Permission::ViewForums)?;
    let batch = batch::Entity::find_by_id(id).one(db).await?;
    let batch = batch
        .filter(|batch| scope.covers(batch.unit_id, None))
        .ok_or(Error::NotFound)?;
    let forum = forums::by_id(db, batch.forum_id).await?;
    let items = batch_item::Entity::find()
        .filter(batch_item::Column::UnitId.eq(batch.unit_id))
        .filter(batch_item::Column::BatchId.eq(batch.id))
        .all(db)
        .await?;
    let ids: Vec<_> = items.iter().map(|item| item.recipient_id.0).collect();
    let mails = mail::about(db, ABOUT, &ids).await?;
    let status: HashMap<MailId, MailStatus> = mails
        .into_iter()
        .map(|mail| (mail.id, mail.status))
        .collect();
    let recipients: HashMap<RecipientId, Recipient> = recipient::Entity::find()
        .filter(recipient::Column::UnitId.eq(forum.unit_id))
        .filter(recipient::Column::ForumId.eq(forum.id))
        .all(db)
        .await?
        .into_iter()
        .map(|recipient| (recipient.id, recipient))
        .collect();
    let given_up = jobs::given_up::<SendInvitation>(db).await?;
    let mut progress = Progress {
        id,
        kind: "invitations.send",
        total: items.len(),
        done: 0,
        failed: 0,
    };
    for item in &items {
        let asked = recipients
            .get(&item.recipient_id)
            .filter(|recipient| recipient.requested_at == Some(batch.created_at));
        match item.mail_id.and_then(|mail| status.get(&mail)) {
            Some(MailStatus::Sent) => progress.done += 1,
            Some(MailStatus::Failed) => progress.failed += 1,
            Some(MailStatus::Queued) => {}
            // No mail comes any more: the request was taken back, or its job failed for good.
            None => {
                let lost = asked.is_none_or(|row| given_up.iter().any(|job| job.is_for(row)));
                progress.failed += usize::from(lost);
            }
        }
    }
    Ok(progress)
}
