//! Files that people hand in: looked at by content, kept under a random key, used by one thing.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ActiveValue::Set;

use super::{
    entity::{
        FileId,
        file::{ActiveModel, Model as File},
    },
    rules::{self, FileType},
    store, whole,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    organisation::{self, UnitId},
    platform::{
        clamd::{self, Verdict},
        context::App,
        crypto::sha256_hex,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

pub use store::file as get;

/// Long enough for a form that is finished after the weekend.
const KEPT_UNUSED_DAYS: i64 = 7;

/// A list of people or reports that nobody confirmed goes sooner: it holds what is sealed everywhere else.
const TABLES_KEPT_UNUSED_HOURS: i64 = 24;

/// Where files are kept, and lists of rows apart from them.
const FOLDER: &str = "uploads";
const TABLES: &str = "tables";

/// Told where every kind of file is taken.
const ANY: &str = "documents-file-kind";

/// Keeps a file of the staff for a thing of the unit that is about to be made. The calling use case says who may.
/// What is never attached is removed by [`sweep`].
pub async fn store(ctx: &Ctx, unit: UnitId, name: &str, bytes: Vec<u8>) -> Result<FileId> {
    Ok(
        keep(ctx, unit, (FOLDER, name), bytes, (FileType::sniff, ANY))
            .await?
            .id,
    )
}

/// The same of what shows that something was done: what no reader opens shows nothing.
pub async fn store_evidence(ctx: &Ctx, unit: UnitId, name: &str, bytes: Vec<u8>) -> Result<FileId> {
    kind_of(&ctx.app, &bytes, (FileType::sniff, ANY))?;
    whole::refuse_unread(&bytes).await?;
    store(ctx, unit, name, bytes).await
}

/// Looks in the same way at files that were handed in before and nothing uses yet; the fault is one of `files`.
pub async fn refuse_unread(app: &App, unit: UnitId, ids: &[FileId]) -> Result<()> {
    for file in store::unattached(&app.db, unit, ids).await? {
        let looked = whole::refuse_unread(&bytes(app, &file).await?).await;
        looked.map_err(|error| error.on_field("files"))?;
    }
    Ok(())
}

/// As `store` without a look for viruses: of what the program made itself, and of a citizen's file, which stays closed
/// until a job has looked at it.
pub async fn store_unlooked(ctx: &Ctx, unit: UnitId, name: &str, bytes: Vec<u8>) -> Result<FileId> {
    let kind = kind_of(&ctx.app, &bytes, (FileType::sniff, ANY))?;
    Ok(write(ctx, unit, (FOLDER, name), bytes, kind).await?.id)
}

/// Shows a file of the staff to ClamAV before it is kept, where one is set. Unlike citizens' files these are not sealed
/// and looked at later: who hands one in is there to be told, and everything that shows such files may trust them.
pub async fn free_of_viruses(app: &App, (field, name): (&str, &str), bytes: &[u8]) -> Result<()> {
    let socket = &app.config.clamav.socket;
    if socket.is_empty() || bytes.is_empty() {
        return Ok(());
    }
    match clamd::scan(socket, bytes).await {
        Ok(Verdict::Clean) => Ok(()),
        Ok(Verdict::Found) => Err(Error::field(
            field,
            Message::new("documents-file-infected").with("name", name),
        )),
        Err(error) => {
            tracing::error!(%error, "a file of the staff was refused: ClamAV gives no verdict");
            Err(Error::field(
                field,
                Message::new("documents-file-unchecked").with("name", name),
            ))
        }
    }
}

/// Takes in a list of rows, XLSX or separated text; whoever asks for it has read it and knows that it is one.
pub async fn store_table(ctx: &Ctx, unit: UnitId, name: &str, bytes: Vec<u8>) -> Result<FileId> {
    ctx.require(Permission::UploadFiles, unit)?;
    let kind = |bytes: &[u8]| match FileType::sniff(bytes) {
        Some(FileType::Xlsx) => Some(FileType::Xlsx),
        Some(_) => None,
        None => Some(FileType::Csv),
    };
    Ok(keep(ctx, unit, (TABLES, name), bytes, (kind, ANY))
        .await?
        .id)
}

/// Takes in a signed sheet as a scanner or a camera makes it: nothing else is offered where only that is asked for, and
/// what no reader opens is refused.
pub async fn store_scan(ctx: &Ctx, unit: UnitId, name: &str, bytes: Vec<u8>) -> Result<FileId> {
    if FileType::sniff(&bytes).is_some_and(FileType::is_scan) {
        whole::refuse_broken(&bytes).await?;
    }
    let kind = |bytes: &[u8]| FileType::sniff(bytes).filter(|kind| kind.is_scan());
    Ok(keep(
        ctx,
        unit,
        (FOLDER, name),
        bytes,
        (kind, "documents-file-scan"),
    )
    .await?
    .id)
}

/// What a scan is, for a capability that seals it itself and keeps it apart from all other files.
pub async fn look_at_scan(app: &App, name: &str, bytes: &[u8]) -> Result<&'static str> {
    let scan = |bytes: &[u8]| FileType::sniff(bytes).filter(|kind| kind.is_scan());
    let kind = kind_of(app, bytes, (scan, "documents-file-scan"))?;
    free_of_viruses(app, ("file", name), bytes).await?;
    Ok(kind.content_type())
}

/// A file of the unit that nothing uses yet.
pub async fn unused(app: &App, unit: UnitId, id: FileId) -> Result<File> {
    let mut found = store::unattached(&app.db, unit, &[id]).await?;
    found.pop().ok_or(Error::NotFound)
}

/// A member of staff hands in a file; the unit may be left out by who works in one only.
pub async fn upload(ctx: &Ctx, unit: Option<&str>, name: &str, bytes: Vec<u8>) -> Result<File> {
    let scope = ctx.require_scope(Permission::UploadFiles)?;
    let unit = match (unit, scope.units.as_slice()) {
        (Some(code), _) => organisation::unit_by_code(&ctx.app.db, code).await?.id,
        (None, [only]) => *only,
        (None, _) => return Err(Error::field("unit", Message::new("field-required"))),
    };
    ctx.require(Permission::UploadFiles, unit)?;
    keep(ctx, unit, (FOLDER, name), bytes, (FileType::sniff, ANY)).await
}

async fn keep(
    ctx: &Ctx,
    unit: UnitId,
    place: (&str, &str),
    bytes: Vec<u8>,
    wanted: (impl Fn(&[u8]) -> Option<FileType>, &str),
) -> Result<File> {
    let kind = kind_of(&ctx.app, &bytes, wanted)?;
    free_of_viruses(&ctx.app, ("file", place.1), &bytes).await?;
    write(ctx, unit, place, bytes, kind).await
}

/// What a file is by its content; refused where it is none of those that are taken, empty or too large.
fn kind_of(
    app: &App,
    bytes: &[u8],
    (sniff, other_kind): (impl Fn(&[u8]) -> Option<FileType>, &str),
) -> Result<FileType> {
    let refuse = |key: &str| Error::field("file", Message::new(key));
    let limit = app.config.http.max_upload;
    if bytes.is_empty() {
        return Err(refuse("documents-file-empty"));
    }
    if bytes.len() > limit {
        return Err(Error::TooLarge { limit_bytes: limit });
    }
    sniff(bytes).ok_or_else(|| refuse(other_kind))
}

async fn write(
    ctx: &Ctx,
    unit: UnitId,
    (folder, name): (&str, &str),
    bytes: Vec<u8>,
    kind: FileType,
) -> Result<File> {
    let size = i64::try_from(bytes.len()).map_err(anyhow::Error::from)?;
    let sha256 = sha256_hex(&bytes);
    let file_key = ctx.app.files.put(folder, bytes).await?;
    let file = File {
        id: FileId::new(),
        unit_id: unit,
        name: rules::clean_name(name, kind),
        content_type: kind.content_type().to_owned(),
        size,
        sha256,
        file_key,
        uploaded_by: ctx.person_id(),
        created_at: ctx.now,
        attached: false,
    };
    let tx = ctx.app.db.begin_write().await?;
    store::insert_file(&tx, row_of(&file)).await?;
    let entry = audit::Entry::new("file", file.id.0, "file.uploaded").in_unit(unit);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(file)
}

fn row_of(file: &File) -> ActiveModel {
    let file = file.clone();
    ActiveModel {
        id: Set(file.id),
        unit_id: Set(file.unit_id),
        name: Set(file.name),
        content_type: Set(file.content_type),
        size: Set(file.size),
        sha256: Set(file.sha256),
        file_key: Set(file.file_key),
        uploaded_by: Set(file.uploaded_by),
        created_at: Set(file.created_at),
        attached: Set(file.attached),
    }
}

/// Says that a thing of the unit now uses these files, in the order given. A file of another unit, or one
/// that something uses already, is refused: attaching must not open what somebody else handed in.
pub async fn attach(tx: &Tx, unit: UnitId, ids: &[FileId]) -> Result<Vec<File>> {
    let mut found = store::unattached(tx, unit, ids).await?;
    let place = |id: &FileId| ids.iter().position(|given| given == id);
    let missing = ids
        .iter()
        .any(|id| !found.iter().any(|file| file.id == *id));
    // Counted, because between reading and writing something else may have taken one, or the sweep.
    if missing || store::set_attached(tx, ids).await? != found.len() as u64 {
        return Err(Error::field(
            "files",
            Message::new("documents-file-unknown"),
        ));
    }
    found.sort_by_key(|file| place(&file.id));
    Ok(found)
}

/// Uses a list up: its rows stand elsewhere now, so it goes. Answers the key of its bytes, for the job that removes them
/// once this is committed; none when the list was used before.
pub async fn use_up(tx: &Tx, file: &File) -> Result<Option<String>> {
    let gone = store::delete_unattached(tx, file.id).await?;
    Ok(gone.then(|| file.file_key.clone()))
}

/// Removes files that were handed in a week ago and never used, and lists of rows of yesterday. The row goes first:
/// bytes without a row are harmless.
pub async fn sweep(app: &App, now: DateTime<Utc>) -> Result<()> {
    let db = &app.db;
    let mut over = store::forgotten(db, now - Duration::days(KEPT_UNUSED_DAYS), "").await?;
    let yesterday = now - Duration::hours(TABLES_KEPT_UNUSED_HOURS);
    over.extend(store::forgotten(db, yesterday, TABLES).await?);
    for file in over {
        if store::delete_unattached(&app.db, file.id).await? {
            app.files.delete(&file.file_key).await?;
        }
    }
    Ok(())
}

/// Removes a file that nothing uses yet: its sender took it back.
pub async fn discard(app: &App, id: FileId) -> Result<()> {
    let file = match store::file(&app.db, id).await {
        Ok(file) => file,
        Err(Error::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    if store::delete_unattached(&app.db, id).await? {
        app.files.delete(&file.file_key).await?;
    }
    Ok(())
}

/// The content of a file.
pub async fn bytes(app: &App, file: &File) -> Result<Vec<u8>> {
    Ok(app.files.get(&file.file_key).await?)
}

/// Forgets files of a thing that is anonymised; returns the keys of their bytes, for the job that removes them.
pub async fn remove(tx: &Tx, ids: &[FileId]) -> Result<Vec<String>> {
    let mut keys = Vec::new();
    for id in ids {
        let file = store::file(tx, *id).await?;
        store::delete_file(tx, *id).await?;
        keys.push(file.file_key);
    }
    Ok(keys)
}
