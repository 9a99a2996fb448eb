//! Which action answers a topic. Each of its complaints becomes a source of that action, so that every citizen reads on
//! their own page what was promised. A topic of thousands would hold the database for seconds: the first ones are linked
//! at once, the rest by a job, piece by piece.

use std::sync::Arc;

use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{service::seen, store};
use crate::{
    access::{self, Ctx, Permission, PersonId},
    action_plans::ActionItemId,
    audit,
    complaints::{
        ComplaintId, actions,
        entity::topic::{self, TopicId},
    },
    platform::{
        context::App,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        jobs::{self, Job, JobError},
    },
};

/// Voices of one transaction.
const AT_ONCE: u64 = 200;

/// Says which action answers the topic.
pub async fn link(ctx: &Ctx, id: &str, version: i32, action: &str) -> Result<()> {
    let topic = seen(ctx, id, version).await?;
    ctx.require(Permission::ManageActions, topic.unit_id)?;
    if action.trim().is_empty() {
        return Err(Error::field("action", Message::new("field-choose")));
    }
    let action = ActionItemId::parse(action.trim())?;
    let person = ctx.person_id().ok_or(Error::Unauthenticated)?;
    let tx = ctx.app.db.begin_write().await?;
    let order = Order {
        topic: topic.id,
        action,
        person,
        id: Uuid::now_v7(),
    };
    link_piece(&tx, ctx, (&topic, &order), None).await?;
    let changes = topic::ActiveModel {
        action_id: Set(Some(action)),
        ..Default::default()
    };
    store::save(&tx, &topic, changes).await?;
    let entry = audit::Entry::new("complaint_topic", topic.id.0, "topic.linked")
        .in_unit(topic.unit_id)
        .with(json!({ "action": action }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Who said which action answers which topic, once: said again later, all voices are gone through again.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Order {
    topic: TopicId,
    action: ActionItemId,
    person: PersonId,
    #[serde(rename = "order", default)]
    id: Uuid,
}

/// Links the voices that follow, and leaves those behind them to the job.
async fn link_piece(
    tx: &Tx,
    ctx: &Ctx,
    (topic, order): (&topic::Model, &Order),
    after: Option<ComplaintId>,
) -> Result<()> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let voices = store::cases_after(tx, topic, &scope, (after, AT_ONCE)).await?;
    for of in &voices {
        actions::link(tx, ctx, &order.action.to_string(), of).await?;
        let entry = audit::Entry::new("complaint", of.id.0, "complaint.linked")
            .in_unit(of.unit_id)
            .with(json!({ "action": order.action, "topic": topic.id }));
        audit::record(tx, ctx, entry).await?;
    }
    if let Some(last) = voices.last().filter(|_| voices.len() as u64 == AT_ONCE) {
        let rest = LinkVoices {
            order: order.clone(),
            after: last.id,
        };
        jobs::enqueue(tx, &rest, ctx.now).await?;
    }
    Ok(())
}

/// Links the voices of a topic that come after one of them.
#[derive(Debug, Serialize, Deserialize)]
pub struct LinkVoices {
    #[serde(flatten)]
    order: Order,
    after: ComplaintId,
}

impl Job for LinkVoices {
    const NAME: &'static str = "complaint.link_voices";

    fn key(&self) -> Option<String> {
        Some(format!("{}:{}", self.order.id, self.after))
    }

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        match self.go_on(&app).await {
            Ok(()) => Ok(()),
            // Whoever ordered it may not do it any more, or the action is over: trying again changes nothing.
            Err(error @ (Error::Forbidden | Error::NotFound | Error::Rule { .. })) => {
                Err(JobError::GiveUp(error.into()))
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl LinkVoices {
    async fn go_on(self, app: &Arc<App>) -> Result<()> {
        let system = Ctx::system(app);
        let ctx = access::acting_as(&system, self.order.person, system.now).await?;
        let tx = ctx.app.db.begin_write().await?;
        let topic = store::one(&tx, self.order.topic).await?;
        // Another action answers it by now.
        if topic.action_id != Some(self.order.action) {
            return Ok(());
        }
        link_piece(&tx, &ctx, (&topic, &self.order), Some(self.after)).await?;
        tx.commit().await?;
        Ok(())
    }
}
