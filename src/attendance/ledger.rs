//! Who let whom in, when, and who took it back. A device marks what it sends, so that what arrives twice counts once.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};
use uuid::Uuid;

use super::{
    entity::{AttendanceId, attendance, entry},
    rules::Method,
};
use crate::{
    access::{self, Ctx},
    forums::ForumId,
    platform::{
        crypto::Purpose,
        error::{Error, Result},
    },
};

/// The mark of a device, and a hash of what it asked with it.
#[derive(Clone, Debug)]
pub struct Mark {
    pub client_id: Uuid,
    asked: String,
}

impl Mark {
    pub fn new(ctx: &Ctx, client_id: Uuid, asked: &impl std::fmt::Debug) -> Self {
        Self {
            client_id,
            asked: ctx
                .app
                .keys
                .hash(Purpose::Forms, &format!("check-in:{asked:?}")),
        }
    }
}

/// Who let somebody in.
pub enum By {
    Person(String),
    Themselves,
    Unknown,
}

/// What was done with this mark before; the same mark with another request is a fault of the device.
pub async fn known(
    db: &impl ConnectionTrait,
    forum: ForumId,
    mark: &Mark,
) -> Result<Option<entry::Model>> {
    let found = entry::Entity::find()
        .filter(entry::Column::ForumId.eq(forum))
        .filter(entry::Column::ClientId.eq(mark.client_id))
        .one(db)
        .await?;
    match found {
        Some(entry) if entry.asked == mark.asked => Ok(Some(entry)),
        Some(_) => Err(Error::Conflict {
            code: "client_id_used",
        }),
        None => Ok(None),
    }
}

/// Notes that somebody was let in.
pub async fn note(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    row: &attendance::Model,
    (method, came_at): (Method, DateTime<Utc>),
    mark: Option<&Mark>,
) -> Result<()> {
    let note = entry::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(row.unit_id),
        forum_id: Set(row.forum_id),
        attendance_id: Set(row.id),
        client_id: Set(mark.map(|mark| mark.client_id)),
        asked: Set(mark.map(|mark| mark.asked.clone()).unwrap_or_default()),
        method: Set(method),
        came_at: Set(came_at),
        recorded_at: Set(ctx.now),
        person_id: Set(ctx.person_id()),
        undone_at: Set(None),
        undone_by: Set(None),
    };
    entry::Entity::insert(note)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// What was noted of a visit and not taken back. A list that was loaded as a whole has no notes.
async fn noted(
    db: &impl ConnectionTrait,
    row: AttendanceId,
    came_at: DateTime<Utc>,
) -> Result<Option<entry::Model>> {
    let notes = entry::Entity::find()
        .filter(entry::Column::AttendanceId.eq(row))
        .filter(entry::Column::UndoneAt.is_null())
        .order_by_desc(entry::Column::RecordedAt)
        .all(db)
        .await?;
    // The nearest: a database may keep less of a second than we do.
    let apart = |note: &entry::Model| (note.came_at - came_at).abs();
    Ok(notes.into_iter().min_by_key(apart))
}

/// Notes that a visit was taken back.
pub async fn note_undone(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    row: AttendanceId,
    came_at: DateTime<Utc>,
) -> Result<()> {
    let Some(note) = noted(db, row, came_at).await? else {
        return Ok(());
    };
    let change = entry::ActiveModel {
        undone_at: Set(Some(ctx.now)),
        undone_by: Set(ctx.person_id()),
        ..Default::default()
    };
    entry::Entity::update_many()
        .set(change)
        .filter(entry::Column::Id.eq(note.id))
        .exec(db)
        .await?;
    Ok(())
}

/// Who let somebody in who came then.
pub async fn by(
    db: &impl ConnectionTrait,
    row: AttendanceId,
    came_at: DateTime<Utc>,
) -> Result<By> {
    let Some(found) = noted(db, row, came_at).await? else {
        return Ok(By::Unknown);
    };
    let Some(person) = found.person_id else {
        return Ok(match found.method {
            Method::SelfService => By::Themselves,
            _ => By::Unknown,
        });
    };
    let mut names = access::person_names(db, vec![person]).await?;
    Ok(names.remove(&person).map_or(By::Unknown, By::Person))
}

/// When a check-in was taken back, and by whom.
#[derive(Clone, Debug)]
pub struct Undone {
    pub at: DateTime<Utc>,
    pub by: Option<String>,
}

/// The last time that each row of a forum was taken back.
pub async fn undone(
    db: &impl ConnectionTrait,
    forum: ForumId,
) -> Result<HashMap<AttendanceId, Undone>> {
    let found = entry::Entity::find()
        .filter(entry::Column::ForumId.eq(forum))
        .filter(entry::Column::UndoneAt.is_not_null())
        .order_by_asc(entry::Column::UndoneAt)
        .all(db)
        .await?;
    let people = found.iter().filter_map(|entry| entry.undone_by).collect();
    let names = access::person_names(db, people).await?;
    let undone = |entry: entry::Model| {
        let by = entry.undone_by.and_then(|by| names.get(&by).cloned());
        Some((
            entry.attendance_id,
            Undone {
                at: entry.undone_at?,
                by,
            },
        ))
    };
    Ok(found.into_iter().filter_map(undone).collect())
}
