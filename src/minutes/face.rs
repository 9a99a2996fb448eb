//! What other capabilities may know of minutes and photos.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    entity::note,
    rules::Status,
    store::{self, Content},
};
use crate::{
    forums::{self, AgendaItem, ForumId},
    platform::error::Result,
};

/// The minutes of a forum: those in force, or those being written where none are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub status: Status,
    pub minute_taker: String,
    pub approver_name: String,
    pub approver_position: String,
    /// Every agenda item, in order, also those without a note.
    pub items: Vec<AgendaNotes>,
    pub results: Vec<String>,
    /// 1 for the first, one more for each correction of what was final.
    pub revision: i32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaNotes {
    pub agenda_id: Uuid,
    pub activity: String,
    /// One text of each who wrote.
    pub notes: Vec<String>,
}

/// A photo as the report prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub caption: String,
    /// For [`crate::platform::files::Files::get`].
    pub file_key: String,
    pub content_type: String,
    pub position: i32,
    /// Faces are personal data: only these go into what everybody reads.
    pub publishable: bool,
}

/// Whether the minutes of a forum were submitted and wait for their approver.
pub async fn waits(db: &impl ConnectionTrait, forum: ForumId) -> Result<bool> {
    let newest = store::newest(db, forum).await?;
    Ok(newest.is_some_and(|head| head.status == Status::Review))
}

/// Whether what the minutes say stands: they were submitted or approved, and no correction is being written.
pub async fn is_fixed(db: &impl ConnectionTrait, forum: ForumId) -> Result<bool> {
    let newest = store::newest(db, forum).await?;
    Ok(newest.is_some_and(|head| matches!(head.status, Status::Review | Status::Final)))
}

/// The minutes of a forum; none before they are begun.
pub async fn record(db: &impl ConnectionTrait, forum: ForumId) -> Result<Option<Record>> {
    let head = match store::in_force(db, forum).await? {
        Some(head) => Some(head),
        None => store::newest(db, forum).await?,
    };
    let Some(head) = head else {
        return Ok(None);
    };
    let forum = forums::by_id(db, forum).await?;
    let agenda = forums::agenda(db, &forum).await?;
    let content = store::content(db, head).await?;
    let items = by_item(&agenda, &content.notes)
        .into_iter()
        .map(|(agenda_id, activity, notes)| AgendaNotes {
            agenda_id,
            activity,
            notes: notes.into_iter().map(|note| note.text.clone()).collect(),
        })
        .collect();
    let Content { head, .. } = content;
    Ok(Some(Record {
        status: head.status,
        minute_taker: head.minute_taker,
        approver_name: head.approver_name,
        approver_position: head.approver_position,
        items,
        results: head.results.0,
        revision: head.revision,
    }))
}

/// The photos of a forum in their order.
pub async fn photos(db: &impl ConnectionTrait, forum: ForumId) -> Result<Vec<Photo>> {
    let rows = store::photos(db, forum).await?;
    let photos = rows.into_iter().map(|row| Photo {
        caption: row.caption,
        file_key: row.file_key,
        content_type: row.content_type,
        position: row.position,
        publishable: row.publishable,
    });
    Ok(photos.collect())
}

/// The notes of each agenda item. A note finds its item by the key, or by the name after the agenda was
/// written anew; what fits nowhere stands at the end, so that nothing that was written disappears.
pub(super) fn by_item<'a>(
    agenda: &[AgendaItem],
    notes: &'a [note::Model],
) -> Vec<(Uuid, String, Vec<&'a note::Model>)> {
    let mut items: Vec<(Uuid, String, Vec<&note::Model>)> = agenda
        .iter()
        .map(|item| (item.id, item.activity.clone(), Vec::new()))
        .collect();
    for note in notes {
        let at = items
            .iter()
            .position(|(id, ..)| *id == note.agenda_id)
            .or_else(|| items.iter().position(|(_, name, _)| *name == note.activity));
        match at.and_then(|at| items.get_mut(at)) {
            Some((.., there)) => there.push(note),
            None => items.push((note.agenda_id, note.activity.clone(), vec![note])),
        }
    }
    items
}
