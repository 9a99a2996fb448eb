//! Putting the rows of a list into the register: piece by piece, each in a transaction of its own, so that ten thousand
//! reports keep no citizen waiting. Every piece looks at what is known by then. A list that was cut short goes on where
//! it stopped when it is taken in again, and pressed twice, or in two tabs, each report is one case.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, Datelike as _, Duration, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::{
    columns::Mapping,
    rows::{Change, Known, Reading, Report},
    service::Taken,
    store,
};
use crate::{
    access::Ctx,
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
        store as cases,
        ways::{
            conversations,
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
        sheets::Table,
    },
};

/// Rows of one transaction: some tenths of a second, on SQLite the only writer's.
const PIECE: usize = 200;
/// How often a piece is looked at again when another list brought one of its reports at the same moment.
const TRIES: u32 = 3;

pub(super) struct List {
    pub table: Arc<Table>,
    pub mapping: Mapping,
    pub name: String,
    pub take_changes: bool,
}

/// Puts the good rows in.
pub(super) async fn take(
    ctx: &Ctx,
    unit: &Unit,
    list: &List,
    reading: Reading,
    file: Option<&UploadedFile>,
) -> Result<Taken> {
    let import = begin(ctx, unit, (list, file), &reading).await?;
    let (mut stored, mut changed) = (0, 0);
    for piece in reading.new.chunks(PIECE) {
        stored += put_in(ctx, unit, import, piece).await?;
    }
    if list.take_changes {
        for piece in reading.changes.chunks(PIECE) {
            changed += write_changes(ctx, unit, import, piece).await?;
        }
    }
    finish(ctx, unit, (import, list), (stored, changed), file).await?;
    Ok(Taken {
        reading,
        stored,
        changed,
    })
}

/// After so long without an end a list counts as cut short, and whoever confirms it again goes on with it.
const CUT_SHORT_MINUTES: i64 = 15;

/// Who confirms a list that somebody else takes in, or took in, is told so.
pub(super) async fn refuse_taken(ctx: &Ctx, unit: &Unit, file: FileId) -> Result<()> {
    match store::import_of(&ctx.app.db, unit.id, file).await? {
        Some(other) if !is_cut_short(ctx, &other) => Err(taken_by(unit, &other)?),
        _ => Ok(()),
    }
}

fn is_cut_short(ctx: &Ctx, of: &import::Model) -> bool {
    of.finished_at.is_none() && of.created_at < ctx.now - Duration::minutes(CUT_SHORT_MINUTES)
}

fn taken_by(unit: &Unit, other: &import::Model) -> Result<Error> {
    let at = other
        .created_at
        .with_timezone(&organisation::zone_of(unit)?);
    let message = Message::new("rule-sp4n-list-taken")
        .with("person", &other.person_name)
        .with("at", at.format("%H.%M").to_string());
    Ok(Error::rule("sp4n.list_taken", message))
}

/// The import of this list: a new one, or the one that was cut short. One list is taken in by one person.
async fn claim(tx: &Tx, ctx: &Ctx, unit: &Unit, row: import::ActiveModel) -> Result<ImportId> {
    let (Set(id), Set(file)) = (row.id.clone(), row.file_id.clone()) else {
        return Err(Error::NotFound);
    };
    if store::begin_import(tx, row).await? {
        return Ok(id);
    }
    let other = match file {
        Some(file) => store::import_of(tx, unit.id, file).await?,
        None => None,
    };
    let other = other.ok_or(Error::NotFound)?;
    if is_cut_short(ctx, &other) && store::take_over_import(tx, &other, ctx.now).await? {
        return Ok(other.id);
    }
    Err(taken_by(unit, &other)?)
}

async fn begin(
    ctx: &Ctx,
    unit: &Unit,
    (list, file): (&List, Option<&UploadedFile>),
    reading: &Reading,
) -> Result<ImportId> {
    let tx = ctx.app.db.begin_write().await?;
    let id = ImportId::new();
    let row = import::ActiveModel {
        id: Set(id),
        unit_id: Set(unit.id),
        person_id: Set(ctx.person_id()),
        person_name: Set(ctx
            .account()
            .map(|person| person.name.clone())
            .unwrap_or_default()),
        file_name: Set(list.name.clone()),
        // These two grow with every piece.
        stored: Set(0),
        changed: Set(0),
        known: Set(whole(reading.same + reading.changes.len())),
        faulty: Set(whole(reading.faulty_rows())),
        created_at: Set(ctx.now),
        file_id: Set(file.map(|file| file.id)),
        finished_at: Set(None),
    };
    let id = claim(&tx, ctx, unit, row).await?;
    let headings = list.mapping.headings(&list.table);
    store::keep_headings(&tx, ctx, unit.id, headings).await?;
    let entry = audit::Entry::new("sp4n_import", id.0, "sp4n.import_begun")
        .in_unit(unit.id)
        .with(json!({ "file": list.name, "new": reading.new.len() }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// How many of a piece became cases now.
async fn put_in(ctx: &Ctx, unit: &Unit, import: ImportId, piece: &[Report]) -> Result<usize> {
    let mut tried = 1;
    loop {
        match put_once(ctx, unit, import, piece).await {
            // Another list was quicker with one of them. Looked at again, it is known.
            Err(Error::Conflict { .. }) if tried < TRIES => tried += 1,
            other => return other,
        }
    }
}

async fn put_once(ctx: &Ctx, unit: &Unit, import: ImportId, piece: &[Report]) -> Result<usize> {
    let reserved = reserve(ctx, unit, piece.len()).await?;
    let tx = ctx.app.db.begin_write().await?;
    let ids: Vec<String> = piece.iter().map(|row| row.tracking_id.clone()).collect();
    let known: HashSet<String> = store::known(&tx, &ctx.app, unit.id, &ids)
        .await?
        .into_iter()
        .map(|(id, ..)| id)
        .collect();
    let fresh: Vec<&Report> = piece
        .iter()
        .filter(|row| !known.contains(&row.tracking_id))
        .collect();
    if fresh.is_empty() {
        return Ok(0);
    }
    let first = match reserved {
        Some(first) => first,
        None => numbers(&tx, ctx, unit, fresh.len()).await?,
    };
    put(&tx, ctx, unit, (import, first), &fresh).await?;
    store::grow_import(&tx, import, (whole(fresh.len()), 0)).await?;
    tx.commit().await?;
    Ok(fresh.len())
}

async fn finish(
    ctx: &Ctx,
    unit: &Unit,
    (import, list): (ImportId, &List),
    (stored, changed): (usize, usize),
    file: Option<&UploadedFile>,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    if let Some(file) = file {
        // Its rows are cases, sealed and forgotten when their time is over; the list would stay, in the clear. Who comes
        // second finds it gone, and is told who took it in.
        if let Some(key) = uploads::use_up(&tx, file).await? {
            jobs::enqueue(&tx, &EraseBytes { keys: vec![key] }, ctx.now).await?;
        }
    }
    store::finish_import(&tx, import, ctx.now).await?;
    let told = json!({ "file": list.name, "stored": stored, "changed": changed });
    let entry = audit::Entry::new("sp4n_import", import.0, "sp4n.imported")
        .in_unit(unit.id)
        .with(told);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
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
    reports: &[&Report],
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
        conversations::name(tx, ctx, &row, Channel::Sp4nLapor, &report.tracking_id).await?;
        finding::refer(tx, row.id, &report.tracking_id).await?;
        conversations::keep_original(tx, ctx, &row, None, &report.original).await?;
        let there = sp4n_case::ActiveModel {
            complaint_id: Set(row.id),
            unit_id: Set(unit.id),
            import_id: Set(import),
            status: Set(report.status.clone()),
            disposition: Set(report.disposition.clone()),
            updated_at: Set(ctx.now),
            reported_at: Set(report.reported.map(|at| local(at, zone).to_utc())),
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

/// How many of a piece were written down. What was forgotten since the list was read stays so, and what another list
/// changed meanwhile is shown as a change again when this one is read once more.
async fn write_changes(
    ctx: &Ctx,
    unit: &Unit,
    import: ImportId,
    piece: &[Change],
) -> Result<usize> {
    let tx = ctx.app.db.begin_write().await?;
    let ids: Vec<String> = piece.iter().map(|row| row.tracking_id.clone()).collect();
    let known: HashMap<String, (ComplaintId, Known)> = store::known(&tx, &ctx.app, unit.id, &ids)
        .await?
        .into_iter()
        .map(|(id, case, known)| (id, (case, known)))
        .collect();
    let mut count = 0;
    for change in piece {
        let Some((id, _)) = known
            .get(&change.tracking_id)
            .filter(|(_, known)| change.still_fits(known))
        else {
            continue;
        };
        let now = (change.status.as_str(), change.disposition.as_str());
        store::change_case(&tx, ctx, *id, now).await?;
        let found = cases::get(&tx, *id).await?;
        let reason = format!("{} → {}", change.before, change.after);
        let entry = audit::Entry::new("complaint", id.0, "complaint.sp4n_changed")
            .in_unit(found.unit_id)
            .with(json!({ "reason": reason }));
        audit::record(&tx, ctx, entry).await?;
        count += 1;
    }
    store::grow_import(&tx, import, (0, whole(count))).await?;
    tx.commit().await?;
    Ok(count)
}
