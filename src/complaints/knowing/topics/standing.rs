//! Topics as other capabilities see them: which grow, what they are called, and which voices they hold.

use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{
    rules::{self, Growth},
    service, store,
};
use crate::{
    access::{Ctx, Scope},
    action_plans::ActionItemId,
    complaints::{
        ComplaintId,
        entity::{
            complaint,
            topic::{self, TopicId},
        },
    },
    organisation::UnitId,
    platform::{db::Tx, error::Result},
};

/// A topic, and how often it came up in thirty days and in the thirty before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrowingTopic {
    pub id: String,
    pub title: String,
    pub now: i64,
    pub before: i64,
    pub grows: bool,
    /// The action that was said to answer it.
    pub action: Option<ActionItemId>,
}

/// The topics of a unit, counted over all its complaints.
pub async fn topic_figures(ctx: &Ctx, unit: UnitId) -> Result<Vec<GrowingTopic>> {
    let (db, whole) = (&ctx.app.db, Scope::everywhere());
    let [span, earlier] = service::spans(ctx);
    let now = store::counts(db, (unit, &whole), span).await?;
    let before = store::counts(db, (unit, &whole), earlier).await?;
    let topics = store::all(db, unit).await?.into_iter();
    Ok(topics
        .map(|topic| {
            let now = now.get(&topic.id).copied().unwrap_or(0);
            let before = before.get(&topic.id).copied().unwrap_or(0);
            GrowingTopic {
                id: topic.id.to_string(),
                title: topic.title,
                now,
                before,
                grows: rules::growth(now, before) == Growth::Grows,
                action: topic.action_id,
            }
        })
        .collect())
}

/// Unit and title of a topic; the words of a topic are the office's own and name nobody.
pub async fn named(db: &impl ConnectionTrait, id: &str) -> Result<(UnitId, String)> {
    let topic = store::one(db, TopicId::parse(id)?).await?;
    Ok((topic.unit_id, topic.title))
}

/// The topics in which a complaint stands: id and title.
pub async fn topics_of(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Vec<(String, String)>> {
    let topics = store::of_complaint(db, of).await?.into_iter();
    Ok(topics
        .map(|topic| (topic.id.to_string(), topic.title))
        .collect())
}

/// The complaints of a topic, by their ids.
pub async fn voices_of_topic(db: &impl ConnectionTrait, id: &str) -> Result<Vec<ComplaintId>> {
    store::voices(db, TopicId::parse(id)?).await
}

/// Says which action answers a topic, unless one does already. Its voices are linked by whoever says so.
pub async fn answer(tx: &Tx, id: &str, action: ActionItemId) -> Result<()> {
    let topic = store::one(tx, TopicId::parse(id)?).await?;
    if topic.action_id.is_some() {
        return Ok(());
    }
    let changes = topic::ActiveModel {
        action_id: Set(Some(action)),
        ..Default::default()
    };
    store::save(tx, &topic, changes).await
}
