//! Taking in a list. The uploaded file is kept between the steps, and confirming it removes it: pressed twice, or in two
//! tabs, each report is one case. All good rows go in together or none does.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::{DateTime, Datelike as _, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::{
    columns::{self, Mapping},
    rows::{self, Around, Reading, Report},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        entity::ComplaintId,
        explain::{self, Promise},
        filing::Extras,
        finding,
        identity::Identity,
        intake::{self, Filing},
        retention::EraseBytes,
        routing,
        rules::{self as case_rules, Channel, Kind},
        services, store as cases,
        ways::{
            channels, conversations,
            entity::{ImportId, import, sp4n_case},
        },
    },
    documents::{FileId, UploadedFile, uploads},
    organisation::{self, Unit},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        jobs,
        sheets::{self, Table},
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

/// A list under a mapping, against what is known; and the cases that it names.
struct Read {
    reading: Reading,
    cases: HashMap<String, ComplaintId>,
}

async fn reading_of(
    db: &impl sea_orm::ConnectionTrait,
    ctx: &Ctx,
    unit: &Unit,
    table: &Arc<Table>,
    mapping: &Mapping,
) -> Result<Read> {
    let ids = rows::tracking_ids(table, mapping);
    let mut cases = HashMap::new();
    let mut known = HashMap::new();
    for (id, case, what) in store::known(db, &ctx.app, unit.id, &ids).await? {
        cases.insert(id.clone(), case);
        known.insert(id, what);
    }
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
    let reading = read.await.map_err(anyhow::Error::from)?;
    Ok(Read { reading, cases })
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
        reading_of(db, ctx, unit, &table, &mapping).await?.reading
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
    let preview = look(ctx, unit, file, Some(choice.mapping.clone())).await?;
    let list = List {
        table: preview.table,
        mapping: choice.mapping,
        name: preview.file.name.clone(),
        take_changes: choice.take_changes,
    };
    if preview.reading.new.len() != choice.seen {
        return Err(changed_meanwhile());
    }
    take(
        ctx,
        unit,
        &list,
        preview.reading.new.len(),
        Some(&preview.file),
    )
    .await
}

fn changed_meanwhile() -> Error {
    Error::Conflict {
        code: "changed_meanwhile",
    }
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
    let reading = reading_of(db, ctx, unit, &table, &mapping).await?.reading;
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
    take(ctx, unit, &list, reading.new.len(), None).await
}

struct List {
    table: Arc<Table>,
    mapping: Mapping,
    name: String,
    take_changes: bool,
}

/// Puts the good rows into the register, all or none.
async fn take(
    ctx: &Ctx,
    unit: &Unit,
    list: &List,
    seen: usize,
    file: Option<&UploadedFile>,
) -> Result<Taken> {
    let first = reserve(ctx, unit, seen).await?;
    let tx = ctx.app.db.begin_write().await?;
    // Somebody may have taken in the same list since: what is a case now is known now.
    let read = reading_of(&tx, ctx, unit, &list.table, &list.mapping).await?;
    if read.reading.new.len() != seen {
        return Err(changed_meanwhile());
    }
    let first = match first {
        Some(first) => first,
        None => numbers(&tx, ctx, unit, seen).await?,
    };
    if let Some(file) = file {
        // Its rows are cases, sealed and forgotten when their time is over; the list would stay, in the clear.
        let key = uploads::use_up(&tx, file).await?;
        let keys = vec![key.ok_or_else(changed_meanwhile)?];
        jobs::enqueue(&tx, &EraseBytes { keys }, ctx.now).await?;
    }
    let changed = if list.take_changes {
        read.reading.changes.len()
    } else {
        0
    };
    let import = ImportId::new();
    let row = import::ActiveModel {
        id: Set(import),
        unit_id: Set(unit.id),
        person_id: Set(ctx.person_id()),
        person_name: Set(ctx
            .account()
            .map(|person| person.name.clone())
            .unwrap_or_default()),
        file_name: Set(list.name.clone()),
        stored: Set(whole(seen)),
        known: Set(whole(read.reading.same + read.reading.changes.len())),
        changed: Set(whole(changed)),
        faulty: Set(whole(read.reading.faulty_rows())),
        created_at: Set(ctx.now),
    };
    store::insert_import(&tx, row).await?;
    put(&tx, ctx, unit, (import, first), &read.reading.new).await?;
    if list.take_changes {
        write_changes(&tx, ctx, &read).await?;
    }
    let headings = list.mapping.headings(&list.table);
    store::keep_headings(&tx, ctx, unit.id, headings).await?;
    let told = json!({ "file": list.name, "stored": seen, "changed": changed });
    let entry = audit::Entry::new("sp4n_import", import.0, "sp4n.imported")
        .in_unit(unit.id)
        .with(told);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(Taken {
        reading: read.reading,
        stored: seen,
        changed,
    })
}

fn whole(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// On PostgreSQL the numbers are taken before the transaction, as for every intake: held until its end, the counter's
/// row would keep every citizen of the unit waiting. On SQLite there is one writer anyway.
async fn reserve(ctx: &Ctx, unit: &Unit, many: usize) -> Result<Option<i32>> {
    if ctx.app.db.is_sqlite() || many == 0 {
        return Ok(None);
    }
    let bookkeeping = ctx.app.db.bookkeeping();
    numbers(bookkeeping, ctx, unit, many).await.map(Some)
}

/// Takes so many numbers; returns the first.
async fn numbers(
    db: &impl sea_orm::ConnectionTrait,
    ctx: &Ctx,
    unit: &Unit,
    many: usize,
) -> Result<i32> {
    if many == 0 {
        return Ok(0);
    }
    let year = ctx.today_in(organisation::zone_of(unit)?).year();
    let last = cases::reserve_numbers(db, unit.id, year, whole(many)).await?;
    Ok(last - whole(many) + 1)
}

async fn put(
    tx: &Tx,
    ctx: &Ctx,
    unit: &Unit,
    (import, first): (ImportId, i32),
    reports: &[Report],
) -> Result<()> {
    let zone = organisation::zone_of(unit)?;
    let year = ctx.today_in(zone).year();
    let mut promises = Promises::default();
    let all = routing::rules_of(tx, unit.id).await?;
    for (count, report) in (first..).zip(reports) {
        let received = local(report.received, zone);
        let promise = promises.of(tx, unit, received, report.kind).await?;
        let number = case_rules::number(&unit.complaint_prefix, year, count);
        let came = (Channel::Sp4nLapor, received.to_utc());
        let filing = filing(unit, report);
        let row = intake::take_over(tx, ctx, &filing, came, number, promise).await?;
        conversations::name(tx, ctx, &row, Channel::Sp4nLapor, &report.tracking_id)
            .await
            .map_err(|error| match error {
                // Another list was quicker.
                Error::Conflict { .. } => changed_meanwhile(),
                other => other,
            })?;
        finding::refer(tx, row.id, &report.tracking_id).await?;
        conversations::keep_original(tx, ctx, &row, None, &report.original).await?;
        let there = sp4n_case::ActiveModel {
            complaint_id: Set(row.id),
            unit_id: Set(unit.id),
            import_id: Set(import),
            status: Set(report.status.clone()),
            disposition: Set(report.disposition.clone()),
            updated_at: Set(ctx.now),
        };
        store::insert_case(tx, there).await?;
        // Last: what is handed over is complete.
        routing::by_rules(tx, ctx, row, unit, &all).await?;
    }
    Ok(())
}

/// A clock time that a change of clocks left out does not exist in Indonesia; elsewhere the day's begin will do.
fn local(at: NaiveDateTime, zone: Tz) -> DateTime<Tz> {
    zone.from_local_datetime(&at)
        .earliest()
        .unwrap_or_else(|| zone.from_utc_datetime(&at))
}

fn filing(unit: &Unit, report: &Report) -> Filing {
    Filing {
        unit: unit.clone(),
        kind: report.kind,
        subject: report.subject.clone(),
        description: report.description.clone(),
        service: report.service.clone(),
        anonymous: report.anonymous,
        confidential: report.confidential,
        identity: Identity {
            name: report.name.clone(),
            email: None,
            phone: None,
        },
        extras: Extras::default(),
    }
}

/// Deadlines that were counted already: a list has many reports of the same day.
#[derive(Default)]
struct Promises {
    known: BTreeMap<(DateTime<Utc>, String), Promise>,
}

impl Promises {
    async fn of(
        &mut self,
        tx: &Tx,
        unit: &Unit,
        received: DateTime<Tz>,
        kind: Kind,
    ) -> Result<Promise> {
        let key = (received.to_utc(), kind.code());
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let promise = explain::promise(tx, unit.id, received, kind).await?;
        self.known.insert(key, promise.clone());
        Ok(promise)
    }
}

async fn write_changes(tx: &Tx, ctx: &Ctx, read: &Read) -> Result<()> {
    for change in &read.reading.changes {
        let Some(id) = read.cases.get(&change.tracking_id) else {
            continue;
        };
        let now = (change.status.as_str(), change.disposition.as_str());
        store::change_case(tx, ctx, *id, now).await?;
        let found = cases::get(tx, *id).await?;
        let reason = format!("{} → {}", change.before, change.after);
        let entry = audit::Entry::new("complaint", id.0, "complaint.sp4n_changed")
            .in_unit(found.unit_id)
            .with(json!({ "reason": reason }));
        audit::record(tx, ctx, entry).await?;
    }
    Ok(())
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
