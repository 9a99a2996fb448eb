//! Use cases of notes: each person has an own text for each agenda item, so that several can write at
//! once. Anybody of the organisers may improve the text of another; who comes second is told.

use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{
    entity::{NoteId, note},
    service::{Written, draft, record},
    store,
};
use crate::{
    access::{Ctx, Permission},
    forums::{self, ForumId},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, t},
    },
};

/// Stands for the agenda item of what was said outside of any: a forum without an agenda has minutes too.
pub(super) const GENERAL: Uuid = Uuid::nil();
/// What it is called.
pub(super) const GENERAL_LABEL: &str = "minutes-general";

/// The note that a text was meant for, and what became of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub note: NoteId,
    pub written: Written,
}

fn writer(ctx: &Ctx) -> String {
    ctx.account()
        .map(|one| one.name.clone())
        .unwrap_or_default()
}

/// Writes the caller's own text for an agenda item. Who has one there already (another tab, the same form
/// sent twice) does not lose it.
pub async fn write(ctx: &Ctx, id: ForumId, agenda: Uuid, text: String) -> Result<Outcome> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, id).await?;
    let activity = if agenda == GENERAL {
        t(Locale::Id, GENERAL_LABEL)
    } else {
        let items = forums::agenda(&tx, &forum).await?;
        let item = items.into_iter().find(|item| item.id == agenda);
        item.ok_or(Error::NotFound)?.activity
    };
    let there = store::content(&tx, head.clone()).await?.notes;
    let own = there
        .into_iter()
        .find(|note| note.agenda_id == agenda && note.author_id == ctx.person_id());
    if let Some(own) = own {
        return Ok(Outcome {
            note: own.id,
            written: met(&own, &text),
        });
    }
    let row = note::Model {
        id: NoteId::new(),
        unit_id: head.unit_id,
        minutes_id: head.id,
        agenda_id: agenda,
        activity,
        author_id: ctx.person_id(),
        author_name: writer(ctx),
        text,
        version: 1,
        changed_by: writer(ctx),
        changed_at: ctx.now,
        created_at: ctx.now,
    };
    let note = row.id;
    store::insert_note(&tx, row).await?;
    record(&tx, ctx, &forum, head.id, "note", "minutes.note_written").await?;
    tx.commit().await?;
    Ok(Outcome {
        note,
        written: Written::Kept,
    })
}

/// Somebody's text came first; if it says the same, nothing is lost.
fn met(there: &note::Model, text: &str) -> Written {
    if there.text == text {
        Written::Kept
    } else {
        Written::Overtaken
    }
}

/// Writes a note anew. `seen` is the version that the writer looked at.
pub async fn change(
    ctx: &Ctx,
    id: ForumId,
    note: NoteId,
    seen: i32,
    text: String,
) -> Result<Written> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, id).await?;
    let row = store::note(&tx, head.id, note).await?;
    if row.version != seen || row.text == text {
        return Ok(met(&row, &text));
    }
    let change = note::ActiveModel {
        text: Set(text),
        changed_by: Set(writer(ctx)),
        changed_at: Set(ctx.now),
        ..Default::default()
    };
    store::save_note(&tx, row.id, seen, change).await?;
    record(&tx, ctx, &forum, head.id, "note", "minutes.note_changed").await?;
    tx.commit().await?;
    Ok(Written::Kept)
}

/// Takes a note away; the states that were saved still have it.
pub async fn remove(ctx: &Ctx, id: ForumId, note: NoteId, seen: i32) -> Result<()> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, id).await?;
    let row = store::note(&tx, head.id, note).await?;
    store::delete_note(&tx, row.id, seen).await?;
    record(
        &tx,
        ctx,
        &forum,
        head.id,
        "note_removed",
        "minutes.note_removed",
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The notes of a revision for the next one.
pub(super) async fn copy(tx: &Tx, notes: &[note::Model], to: super::MinutesId) -> Result<()> {
    for note in notes {
        let row = note::Model {
            id: NoteId::new(),
            minutes_id: to,
            version: 1,
            ..note.clone()
        };
        store::insert_note(tx, row).await?;
    }
    Ok(())
}
