//! Files on a complaint: what the office adds, for itself or for the citizen.

use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;
use uuid::Uuid;

use super::{open, place, require_text};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        entity::{complaint, file},
        filing::{self, FileState},
        retention, rules, store,
    },
    documents::{FileId, uploads},
    organisation::UnitId,
    platform::{
        error::{Error, Result},
        i18n::Message,
    },
};

/// As many as a form carries.
const MOST: usize = 10;

/// A file as pages and the API show it.
#[derive(Clone, Debug)]
pub struct Attached {
    pub id: FileId,
    pub name: String,
    pub size: i64,
    pub by_citizen: bool,
    pub for_citizen: bool,
    /// Opened by nobody unless it is clean.
    pub state: FileState,
}

/// Adds files: new ones by name and content, and those that a program handed in before.
pub async fn attach(
    ctx: &Ctx,
    number: &str,
    new: Vec<(String, Vec<u8>)>,
    known: Vec<FileId>,
    for_citizen: bool,
) -> Result<()> {
    let unit = may_attach(ctx, number).await?;
    if new.len() + known.len() > MOST {
        let message = Message::new("complaints-files-many").with("most", MOST);
        return Err(Error::field("files", message));
    }
    if new.is_empty() && known.is_empty() {
        return Err(Error::field("files", Message::new("field-required")));
    }
    let mut ids = Vec::with_capacity(known.len() + new.len());
    for id in known {
        ids.push(looked_at(ctx, unit, id).await?);
    }
    for (name, bytes) in new {
        let bytes = filing::of_staff(&ctx.app, &name, bytes).await?;
        let stored = uploads::store(ctx, unit, &name, bytes).await;
        ids.push(stored.map_err(|error| error.on_field("files"))?);
    }
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = open(&tx, ctx, number, None).await?;
    let files = uploads::attach(&tx, found.unit_id, &ids).await?;
    for one in &files {
        let row = file::ActiveModel {
            id: Set(Uuid::now_v7()),
            unit_id: Set(found.unit_id),
            complaint_id: Set(found.id),
            file_id: Set(one.id),
            by_citizen: Set(false),
            for_citizen: Set(for_citizen),
            person_id: Set(ctx.person_id()),
            created_at: Set(ctx.now),
        };
        store::insert_file(&tx, row).await?;
    }
    let names: Vec<&str> = files.iter().map(|one| one.name.as_str()).collect();
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.attached")
        .in_unit(found.unit_id)
        .with(json!({ "files": names, "for_citizen": for_citizen }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// A file that was handed in before, as it may be kept with a case: another one where something had to be left out.
async fn looked_at(ctx: &Ctx, unit: UnitId, id: FileId) -> Result<FileId> {
    // What is not there to be used is refused when it is attached.
    let file = match uploads::unused(&ctx.app, unit, id).await {
        Ok(file) => file,
        Err(Error::Internal(error)) => return Err(Error::Internal(error)),
        Err(_) => return Ok(id),
    };
    let bytes = ctx.app.files.get(&file.file_key).await?;
    let kept = filing::of_staff(&ctx.app, &file.name, bytes.clone()).await?;
    if kept == bytes {
        return Ok(id);
    }
    uploads::store(ctx, unit, &file.name, kept)
        .await
        .map_err(|error| error.on_field("files"))
}

/// Only once it is known that the sender may, a file is kept at all.
async fn may_attach(ctx: &Ctx, number: &str) -> Result<UnitId> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let found = store::visible(&ctx.app.db, &scope, &rules::read_number(number)).await?;
    ctx.require(Permission::AnswerComplaint, place(&found))?;
    require_text(ctx, &found)?;
    retention::require_whole(&ctx.app.db, found.id).await?;
    Ok(found.unit_id)
}

/// The files of a complaint, oldest first.
pub async fn attached(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Vec<Attached>> {
    let mut all = Vec::new();
    let rows = store::files(db, of).await?;
    let ids: Vec<FileId> = rows.iter().map(|row| row.file_id).collect();
    let states = filing::states(db, &ids).await?;
    for row in rows {
        let file = uploads::get(db, row.file_id).await?;
        all.push(Attached {
            id: row.file_id,
            name: file.name,
            size: file.size,
            by_citizen: row.by_citizen,
            for_citizen: row.for_citizen,
            state: states
                .get(&row.file_id)
                .copied()
                .unwrap_or(FileState::Clean),
        });
    }
    Ok(all)
}

/// Whether the caller may open this file of this case.
pub async fn require_file(ctx: &Ctx, number: &str, id: FileId) -> Result<()> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let db = &ctx.app.db;
    let found = store::visible(db, &scope, &rules::read_number(number)).await?;
    require_text(ctx, &found)?;
    store::file_of(db, &found, id).await?;
    filing::openable(db, id).await?;
    Ok(())
}

/// The same for the citizen who opened the complaint: only what is meant for them.
pub async fn require_public_file(ctx: &Ctx, of: &complaint::Model, id: FileId) -> Result<()> {
    match store::file_of(&ctx.app.db, of, id).await? {
        row if row.for_citizen || row.by_citizen => filing::openable(&ctx.app.db, id).await,
        _ => Err(Error::NotFound),
    }
}
