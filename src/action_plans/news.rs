//! News about an action for those it comes from. This capability knows no other domain, so it only says what happened:
//! the job is run by `issues`, which knows whose voice a source is.

use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    LinkedAction,
    entity::{
        ActionItemId,
        action_source::{Model as Source, SourceKind},
    },
    links, store,
};
use crate::{
    access::Ctx,
    organisation::UnitId,
    platform::{db::Tx, error::Result, jobs},
};

/// What happened to an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionEvent {
    /// A source was linked: something was promised to it.
    Linked,
    Verified,
    Cancelled,
}

/// Tells the sources of an action what happened; a piece at a time.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellSources {
    pub action: ActionItemId,
    pub event: ActionEvent,
    /// The one source that was linked; none is all.
    pub only: Option<Uuid>,
    /// The last source of the piece before.
    pub after: Option<Uuid>,
}

impl TellSources {
    #[must_use]
    pub fn new(action: ActionItemId, event: ActionEvent) -> Self {
        Self {
            action,
            event,
            only: None,
            after: None,
        }
    }

    #[must_use]
    pub fn only(self, source: Uuid) -> Self {
        Self {
            only: Some(source),
            ..self
        }
    }
}

/// A complaint was taken off an action that goes on: who was told of the promise hears that it is not meant for them.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellUnlinked {
    pub action: ActionItemId,
    /// Its id: the link is gone.
    pub complaint: String,
}

/// The action that a complaint was taken off, and its unit; none where it was linked again, or the action ended.
pub async fn untold(
    db: &impl ConnectionTrait,
    news: &TellUnlinked,
) -> Result<Option<(UnitId, LinkedAction)>> {
    let item = store::get(db, news.action).await?;
    let again = store::source(db, news.action, SourceKind::Complaint, &news.complaint).await?;
    let goes_on = !item.status.is_settled() && again.is_none();
    Ok(goes_on.then(|| (item.unit_id, LinkedAction::of(item))))
}

/// Whether somebody stands behind such a source who can hear of it. Forums are told by their own pages, and nobody
/// knows who answered a survey.
#[must_use]
pub fn hears(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Complaint | SourceKind::Issue)
}

pub async fn enqueue(tx: &Tx, ctx: &Ctx, action: ActionItemId, event: ActionEvent) -> Result<()> {
    let sources = store::sources_of(tx, vec![action]).await?;
    if sources.iter().any(|source| hears(source.kind)) {
        jobs::enqueue(tx, &TellSources::new(action, event), ctx.now).await?;
    }
    Ok(())
}

/// What the job needs to know.
#[derive(Clone, Debug)]
pub struct Told {
    pub unit: UnitId,
    pub action: LinkedAction,
    /// Why it was given up.
    pub cancel_reason: Option<String>,
    /// Complaints and issues of this piece, in the order of their rows.
    pub sources: Vec<Source>,
    /// Whether more come after them.
    pub more: bool,
}

/// Reads the next piece of so many sources.
pub async fn told(db: &impl ConnectionTrait, news: &TellSources, most: usize) -> Result<Told> {
    let item = store::get(db, news.action).await?;
    let mut sources: Vec<Source> = match news.only {
        // Unlinked meanwhile: nothing was promised.
        Some(only) => store::source_by_id(db, only).await?.into_iter().collect(),
        None => store::sources_of(db, vec![news.action]).await?,
    };
    sources.retain(|source| hears(source.kind) && news.after.is_none_or(|after| source.id > after));
    sources.sort_by_key(|source| source.id);
    let more = sources.len() > most;
    sources.truncate(most);
    Ok(Told {
        unit: item.unit_id,
        cancel_reason: links::cancel_reason(db, news.action).await?,
        action: LinkedAction::of(item),
        sources,
        more,
    })
}
