//! Use cases of the suggestion box.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::{rules, store};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        entity::complaint,
        intake::Filed,
        retention::EraseBytes,
        rules::Channel,
        ways::{
            channels,
            entity::{
                box_scan,
                opening::{self, Model, OpeningId, Witnesses},
            },
            entry::{self, Noted},
            paper::Paper,
        },
    },
    documents::{FileId, UploadedFile, uploads},
    organisation::{self, Unit, UnitId},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
        jobs,
        web::forms::Form,
    },
};

/// More sheets than a box holds are a slip of the pen.
const MOST_SHEETS: i64 = 2000;
const MOST_WITNESSES: usize = 12;
const MOST_SCANS: usize = 40;
const LISTED: u64 = 200;

impl From<rules::Open> for Error {
    fn from(open: rules::Open) -> Self {
        let rules::Open::Unexplained { entered, counted } = open;
        let key = if entered > counted {
            "ways-box-unexplained-more"
        } else {
            "ways-box-unexplained"
        };
        Self::field(
            "close_reason",
            Message::new(key)
                .with("entered", entered)
                .with("counted", counted),
        )
    }
}

/// A batch with how far it is.
pub struct Batch {
    pub opening: Model,
    pub entered: i32,
}

pub async fn listed(ctx: &Ctx, unit: UnitId) -> Result<Vec<Batch>> {
    ctx.require(Permission::RegisterComplaint, unit)?;
    let db = &ctx.app.db;
    let entered = store::entered_of(db, unit).await?;
    let openings = store::of_unit(db, unit, LISTED).await?;
    Ok(openings
        .into_iter()
        .map(|opening| Batch {
            entered: entered.get(&opening.id).copied().unwrap_or_default(),
            opening,
        })
        .collect())
}

/// One batch with its sheets and scans.
pub struct Whole {
    pub opening: Model,
    pub unit: Unit,
    /// In their order; all of them, or the last ones.
    pub sheets: Vec<(i32, complaint::Model)>,
    /// How many there are.
    pub entered: i32,
    pub scans: Vec<UploadedFile>,
}

/// The batch with so many of its last sheets, or with all.
pub async fn whole(ctx: &Ctx, id: OpeningId, last: Option<u64>) -> Result<Whole> {
    let db = &ctx.app.db;
    let opening = visible(ctx, db, id).await?;
    let mut scans = Vec::new();
    for file in store::scans(db, &opening).await? {
        scans.push(uploads::get(db, file).await?);
    }
    Ok(Whole {
        unit: organisation::unit(db, opening.unit_id).await?,
        sheets: store::sheets(db, &opening, last).await?,
        entered: store::entered(db, id).await?,
        scans,
        opening,
    })
}

/// A batch of another unit does not exist.
async fn visible(ctx: &Ctx, db: &impl sea_orm::ConnectionTrait, id: OpeningId) -> Result<Model> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let found = store::get(db, id).await?;
    if ctx.may(Permission::RegisterComplaint, found.unit_id) {
        Ok(found)
    } else {
        Err(Error::NotFound)
    }
}

/// What became of an opening that somebody took down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    New(OpeningId),
    /// It had been taken down before, the same in everything.
    Known(OpeningId),
}

/// The opening that was taken down before for this box at this moment: one box is opened once at a time.
async fn known(tx: &Tx, unit: UnitId, new: &Opening) -> Result<Option<Opened>> {
    let place = new.place.to_lowercase();
    let there = store::at(tx, unit, new.at).await?;
    let Some(found) = there
        .into_iter()
        .find(|one| one.place.to_lowercase() == place)
    else {
        return Ok(None);
    };
    if found.counted == new.counted && found.witnesses.0 == new.witnesses {
        return Ok(Some(Opened::Known(found.id)));
    }
    let message = Message::new("ways-box-known").with("counted", found.counted);
    Err(Error::field("opened_time", message))
}

/// An opening as it was typed.
struct Opening {
    at: DateTime<Utc>,
    place: String,
    witnesses: Vec<String>,
    counted: i32,
}

/// Takes down that a box was opened. Sent twice it is one opening.
pub async fn open(ctx: &Ctx, unit: &Unit, form: &Form) -> Result<Opened> {
    let new = read(ctx, unit, form)?;
    let tx = ctx.app.db.begin_write().await?;
    channels::require_open(&tx, unit.id, Channel::SuggestionBox).await?;
    organisation::hold(&tx, unit.id).await?;
    if let Some(known) = known(&tx, unit.id, &new).await? {
        return Ok(known);
    }
    let id = OpeningId::new();
    let told = json!({ "place": new.place, "counted": new.counted });
    let row = opening::ActiveModel {
        id: Set(id),
        unit_id: Set(unit.id),
        opened_at: Set(new.at),
        place: Set(new.place),
        witnesses: Set(Witnesses(new.witnesses)),
        counted: Set(new.counted),
        closed_at: Set(None),
        close_reason: Set(None),
        person_id: Set(ctx.person_id()),
        created_at: Set(ctx.now),
        version: Set(1),
    };
    store::insert(&tx, row).await?;
    let entry = audit::Entry::new("box_opening", id.0, "box.opened")
        .in_unit(unit.id)
        .with(told);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(Opened::New(id))
}

/// Reads the form, or says everything that is wrong with it.
fn read(ctx: &Ctx, unit: &Unit, form: &Form) -> Result<Opening> {
    ctx.require(Permission::RegisterComplaint, unit.id)?;
    let mut check = Check::new();
    let day = check.date("opened_on", form.get("opened_on"));
    let time = check.clock("opened_time", form.get("opened_time"), entry::clock_of);
    let today = ctx.today_in(organisation::zone_of(unit)?);
    let (typed, sure) = (form.get("opened_on"), form.get("received_sure"));
    entry::ask_again(&mut check, "opened_on", typed, today, sure);
    let place = check.line("place", form.get("place"), 3, 160);
    let witnesses = rules::names_of(&check.text("witnesses", form.get("witnesses"), 3, 1500));
    if witnesses.len() > MOST_WITNESSES || witnesses.iter().any(|name| name.chars().count() > 120) {
        let message = Message::new("ways-box-witnesses-many").with("most", MOST_WITNESSES);
        check.fault("witnesses", message);
    }
    let counted = check.number("counted", form.get("counted"), 0, MOST_SHEETS);
    check.finish()?;
    let opened_at = entry::moment(ctx, unit, day, time.unwrap_or_default())?;
    if opened_at > ctx.now {
        let message = Message::new("complaints-received-in-future");
        return Err(Error::field("opened_on", message));
    }
    Ok(Opening {
        at: opened_at,
        place,
        witnesses,
        counted: i32::try_from(counted).unwrap_or_default(),
    })
}

/// Enters one sheet as a case, received when the box was opened.
pub async fn enter(ctx: &Ctx, id: OpeningId, form: &Form) -> Result<Filed> {
    let opening = visible(ctx, &ctx.app.db, id).await?;
    if opening.closed_at.is_some() {
        return Err(closed());
    }
    let unit = organisation::unit(&ctx.app.db, opening.unit_id).await?;
    let noted = Noted::sheet(ctx, &unit, form).await?;
    let paper = Paper {
        opening: Some(id),
        ..noted.paper
    };
    let noted = Noted {
        channel: Channel::SuggestionBox,
        received_at: opening.opened_at,
        paper,
        ..noted
    };
    entry::take_down(ctx, &unit, noted).await
}

fn closed() -> Error {
    Error::rule("box.closed", Message::new("rule-box-closed"))
}

/// The next place in a batch, as part of the transaction that keeps the sheet. More sheets than were counted are
/// taken too: nothing that somebody typed is lost, and closing asks why.
pub async fn take_sheet(tx: &Tx, unit: UnitId, id: OpeningId) -> Result<i32> {
    if !store::hold(tx, unit, id).await? {
        return Err(closed());
    }
    Ok(store::last_sheet(tx, id).await? + 1)
}

/// Closes a batch whose sheets are all entered, or says why they are not.
pub async fn close(ctx: &Ctx, id: OpeningId, seen: i32, reason: &str) -> Result<()> {
    let mut check = Check::new();
    let reason = check.optional("close_reason", reason, 500);
    check.finish()?;
    let tx = ctx.app.db.begin_write().await?;
    let found = visible(ctx, &tx, id).await?;
    // Held before the sheets are counted: one that is being entered at this moment is in, or is refused.
    if !store::hold(&tx, found.unit_id, id).await? {
        return Err(closed());
    }
    if found.version != seen {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let entered = store::entered(&tx, id).await?;
    rules::may_close(entered, found.counted, reason.as_deref())?;
    let changes = opening::ActiveModel {
        closed_at: Set(Some(ctx.now)),
        close_reason: Set(reason.clone()),
        ..Default::default()
    };
    store::save(&tx, &found, changes).await?;
    if entered > 0 {
        // Whoever was anonymised before the pile was done had to wait for it.
        let keys = forget_pile(&tx, &found).await?;
        if !keys.is_empty() {
            jobs::enqueue(&tx, &EraseBytes { keys }, ctx.now).await?;
        }
    }
    let told = json!({ "entered": entered, "counted": found.counted, "reason": reason });
    let entry = audit::Entry::new("box_opening", id.0, "box.closed")
        .in_unit(found.unit_id)
        .with(told);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds scans of the sheets.
pub async fn add_scans(ctx: &Ctx, id: OpeningId, files: Vec<(String, Vec<u8>)>) -> Result<()> {
    let found = visible(ctx, &ctx.app.db, id).await?;
    let known = store::scans(&ctx.app.db, &found).await?.len();
    if files.is_empty() {
        return Err(Error::field("files", Message::new("documents-file-choose")));
    }
    if known + files.len() > MOST_SCANS {
        let message = Message::new("complaints-files-many").with("most", MOST_SCANS);
        return Err(Error::field("files", message));
    }
    let mut ids = Vec::new();
    for (name, bytes) in files {
        let kept = uploads::store_scan(ctx, found.unit_id, &name, bytes).await;
        ids.push(kept.map_err(|error| error.on_field("files"))?);
    }
    let tx = ctx.app.db.begin_write().await?;
    for file in uploads::attach(&tx, found.unit_id, &ids).await? {
        let row = box_scan::ActiveModel {
            file_id: Set(file.id),
            unit_id: Set(found.unit_id),
            opening_id: Set(id),
            created_at: Set(ctx.now),
        };
        store::insert_scan(&tx, row).await?;
    }
    let entry = audit::Entry::new("box_opening", id.0, "box.scanned")
        .in_unit(found.unit_id)
        .with(json!({ "files": ids.len() }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Opens a scan of this batch for the caller, and writes down that they looked: it shows handwriting, and often a name.
pub async fn open_scan(ctx: &Ctx, id: OpeningId, file: FileId) -> Result<()> {
    let found = visible(ctx, &ctx.app.db, id).await?;
    if !store::scans(&ctx.app.db, &found).await?.contains(&file) {
        return Err(Error::NotFound);
    }
    note(ctx, &found, "box.scan_opened", json!({ "file": file })).await
}

/// Everything for the record that the witnesses sign; that it was printed is kept.
pub async fn printed(ctx: &Ctx, id: OpeningId) -> Result<Whole> {
    let whole = whole(ctx, id, None).await?;
    note(ctx, &whole.opening, "box.record_printed", json!({})).await?;
    Ok(whole)
}

async fn note(ctx: &Ctx, of: &Model, verb: &'static str, told: serde_json::Value) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let entry = audit::Entry::new("box_opening", of.id.0, verb)
        .in_unit(of.unit_id)
        .with(told);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets the scans of the pile that a sheet was in, once no sheet of it can be read any more. Answers the keys of their
/// bytes.
pub async fn forget_scans(tx: &Tx, of: &complaint::Model) -> Result<Vec<String>> {
    let Some(opening) = store::opening_of(tx, of).await? else {
        return Ok(Vec::new());
    };
    // A sheet that nobody typed yet stands in the scans alone.
    if opening.closed_at.is_none() && store::entered(tx, opening.id).await? < opening.counted {
        return Ok(Vec::new());
    }
    forget_pile(tx, &opening).await
}

async fn forget_pile(tx: &Tx, opening: &Model) -> Result<Vec<String>> {
    if store::readable_sheets(tx, opening).await? > 0 {
        return Ok(Vec::new());
    }
    let files = store::scans(tx, opening).await?;
    store::delete_scans(tx, opening).await?;
    uploads::remove(tx, &files).await
}

/// `Lembar 3 dari kotak saran`
#[must_use]
pub fn sheet_label(sheet: i32, locale: Locale) -> String {
    Message::new("ways-box-sheet-of")
        .with("sheet", sheet)
        .text(locale)
}
