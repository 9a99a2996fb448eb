//! Reading a list, and confirming it. The uploaded file is kept between the steps; when all of its rows are in, it goes.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use serde_json::json;

use super::{
    columns::{self, Mapping, Part},
    rows::{self, Around, Known, Reading},
    store,
    taking::{List, refuse_taken, take},
};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        rules::Channel,
        services,
        ways::{channels, entity::import},
    },
    documents::{FileId, UploadedFile, uploads},
    organisation::{self, Unit},
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
        sheets::{self, Table},
        words::folded,
    },
};

/// A year of a large office; more is several lists.
pub const MOST_ROWS: usize = 10_000;

/// What an officer looks at before confirming.
pub struct Preview {
    pub file: UploadedFile,
    pub table: Arc<Table>,
    pub mapping: Mapping,
    pub reading: Reading,
}

/// The unit whose lists the caller takes in.
pub fn require(ctx: &Ctx, unit: &Unit) -> Result<()> {
    ctx.require(Permission::RegisterComplaint, unit.id)
}

/// Reading ten thousand rows takes a while: not on the threads that answer others.
async fn table_of(bytes: Vec<u8>) -> Result<Arc<Table>> {
    let read = tokio::task::spawn_blocking(move || sheets::read(&bytes, MOST_ROWS));
    let read = read.await.map_err(anyhow::Error::from)?;
    let table = read.map_err(|why| Error::field("file", why.message()))?;
    Ok(Arc::new(table))
}

/// Takes in a file that can be read as a table; what cannot is refused with the reason.
pub async fn upload(ctx: &Ctx, unit: &Unit, name: &str, bytes: Vec<u8>) -> Result<FileId> {
    require(ctx, unit)?;
    channels::require_open(&ctx.app.db, unit.id, Channel::Sp4nLapor).await?;
    let limit = ctx.app.config.http.max_upload;
    if bytes.len() > limit {
        return Err(Error::TooLarge { limit_bytes: limit });
    }
    table_of(bytes.clone()).await?;
    uploads::store_table(ctx, unit.id, name, bytes).await
}

/// A list under a mapping, against what is known.
async fn reading_of(
    db: &impl sea_orm::ConnectionTrait,
    ctx: &Ctx,
    unit: &Unit,
    table: &Arc<Table>,
    mapping: &Mapping,
) -> Result<Reading> {
    let ids = rows::tracking_ids(table, mapping);
    let known = store::known(db, &ctx.app, unit.id, &ids).await?;
    let known: HashMap<String, Known> = known.into_iter().map(|(id, _, what)| (id, what)).collect();
    let services = services::offered(db, unit.id).await?;
    let zone = organisation::zone_of(unit)?;
    let now = ctx.now.with_timezone(&zone);
    let (table, mapping) = (table.clone(), mapping.clone());
    let read = tokio::task::spawn_blocking(move || {
        let around = Around {
            known: &known,
            services: &services,
            now: now.naive_local(),
            zone,
        };
        rows::read_rows(&table, &mapping, &around)
    });
    Ok(read.await.map_err(anyhow::Error::from)?)
}

/// Reads a file that was taken in; without a mapping, with what the unit chose last and what the headings say.
pub async fn look(
    ctx: &Ctx,
    unit: &Unit,
    file: FileId,
    mapping: Option<Mapping>,
) -> Result<Preview> {
    require(ctx, unit)?;
    let db = &ctx.app.db;
    let file = uploads::unused(&ctx.app, unit.id, file).await?;
    let table = table_of(uploads::bytes(&ctx.app, &file).await?).await?;
    let mapping = match mapping {
        Some(mapping) => mapping,
        None => columns::guess(&table, &store::headings(db, unit.id).await?),
    };
    let reading = if mapping.is_readable() {
        reading_of(db, ctx, unit, &table, &mapping).await?
    } else {
        Reading::default()
    };
    Ok(Preview {
        file,
        table,
        mapping,
        reading,
    })
}

/// What the officer confirmed.
#[derive(Clone, Debug)]
pub struct Choice {
    pub mapping: Mapping,
    /// How many rows were seen as new: another number was not confirmed.
    pub seen: usize,
    /// Whether what changed there is written down here.
    pub take_changes: bool,
}

/// What came of a list.
#[derive(Clone, Debug)]
pub struct Taken {
    pub reading: Reading,
    pub stored: usize,
    pub changed: usize,
}

pub async fn confirm(ctx: &Ctx, unit: &Unit, file: FileId, choice: Choice) -> Result<Taken> {
    require(ctx, unit)?;
    refuse_taken(ctx, unit, file).await?;
    let preview = look(ctx, unit, file, Some(choice.mapping.clone())).await?;
    let list = List {
        table: preview.table,
        mapping: choice.mapping,
        name: preview.file.name.clone(),
        take_changes: choice.take_changes,
    };
    if preview.reading.new.len() != choice.seen {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    take(ctx, unit, &list, preview.reading, Some(&preview.file)).await
}

/// In one step, for programs: with faulty rows nothing is stored unless `skip_faulty`.
pub async fn import_file(
    ctx: &Ctx,
    unit: &Unit,
    (name, bytes): (String, Vec<u8>),
    (skip_faulty, take_changes): (bool, bool),
) -> Result<Taken> {
    require(ctx, unit)?;
    let db = &ctx.app.db;
    channels::require_open(db, unit.id, Channel::Sp4nLapor).await?;
    let table = table_of(bytes).await?;
    let mapping = columns::guess(&table, &store::headings(db, unit.id).await?);
    if !mapping.is_readable() {
        let message = Message::new("ways-sp4n-columns-unknown");
        return Err(Error::field("file", message));
    }
    let reading = reading_of(db, ctx, unit, &table, &mapping).await?;
    if !reading.faults.is_empty() && !skip_faulty {
        return Ok(Taken {
            reading,
            stored: 0,
            changed: 0,
        });
    }
    let list = List {
        table,
        mapping,
        name: name.chars().take(100).collect(),
        take_changes,
    };
    take(ctx, unit, &list, reading, None).await
}

/// The number of the case that a tracking id belongs to: what somebody on the telephone reads out.
pub async fn find(ctx: &Ctx, unit: &Unit, typed: &str) -> Result<Option<String>> {
    require(ctx, unit)?;
    let Some(id) = rows::tracking_id(typed) else {
        return Ok(None);
    };
    let found = store::known(&ctx.app.db, &ctx.app, unit.id, &[id]).await?;
    Ok(found.into_iter().next().map(|(_, _, known)| known.number))
}

/// Every list that was taken in, the newest first.
pub async fn history(ctx: &Ctx, unit: &Unit) -> Result<Vec<import::Model>> {
    require(ctx, unit)?;
    store::imports(&ctx.app.db, unit.id).await
}

/// The headings by which the unit's lists are read: part → words, as they were chosen last.
pub async fn headings(ctx: &Ctx, unit: &Unit) -> Result<BTreeMap<String, String>> {
    require(ctx, unit)?;
    store::headings(&ctx.app.db, unit.id).await
}

/// Chooses them anew, as confirming a list on the page does. What is left out is guessed from the words again.
pub async fn choose_headings(
    ctx: &Ctx,
    unit: &Unit,
    typed: &BTreeMap<String, String>,
) -> Result<()> {
    require(ctx, unit)?;
    let mut check = Check::new();
    let mut chosen: BTreeMap<String, String> = BTreeMap::new();
    for (part, heading) in typed {
        if !Part::ALL.iter().any(|known| known.code() == part) {
            check.fault(part, Message::new("field-unknown-choice"));
            continue;
        }
        let words = folded(&check.line(part, heading, 1, 200));
        if chosen.values().any(|taken| *taken == words) {
            check.fault(part, Message::new("ways-sp4n-heading-twice"));
        }
        chosen.insert(part.clone(), words);
    }
    check.finish()?;
    let tx = ctx.app.db.begin_write().await?;
    store::keep_headings(&tx, ctx, unit.id, chosen.clone()).await?;
    let entry = audit::Entry::new("unit", unit.id.0, "sp4n.columns_chosen")
        .in_unit(unit.id)
        .with(json!({ "headings": chosen }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}
