//! Files of citizens. Pictures are written anew (no place, no camera, nothing behind them), a PDF must be a PDF and
//! nothing else; then each waits until a job has looked at it once more, with ClamAV where it is set. Until then, and
//! for ever where something was found, nobody opens it.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde::{Deserialize, Serialize};

use super::{
    entity::file_check::{self, FileState},
    pdf::{self, PdfFault},
    store,
};
use crate::{
    access::Ctx,
    audit,
    complaints::{
        emails::{self, Look},
        entity::complaint,
    },
    documents::{FileId, FileType, uploads},
    organisation::{self, UnitId},
    platform::{
        clamd::{self, Verdict},
        config::CITIZENS_FILES,
        context::App,
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
        jobs::{self, Job, JobError},
        pictures::{self, NoPicture},
        throttle::{self, Throttle},
        web::forms::Upload,
    },
};

/// Of one form, and of one page later.
pub const MOST_FILES: usize = CITIZENS_FILES;
/// Files of one network in an hour: each is decoded, which costs a second.
const PER_HOUR: u32 = 120;

/// What is written down when a file of a case is found bad.
const SEALED: &str = "complaint.file_sealed";
/// How long after its check a file is looked at once more.
const MISSED_DAYS: i64 = 2;

/// A file that a form holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    pub id: FileId,
    pub name: String,
    pub size: i64,
    /// What it was called where it came from, when that is another name: a picture is written anew as a JPEG.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
}

impl KeptFile {
    /// Its name, and the one that its owner would look for.
    #[must_use]
    pub fn told(&self, locale: Locale) -> String {
        match &self.given {
            None => self.name.clone(),
            Some(given) => Message::new("filing-file-renamed")
                .with("name", &self.name)
                .with("given", given)
                .text(locale),
        }
    }
}

/// Takes files in, where `there` are already; the first fault refuses all of them and names the file.
pub async fn take_in(
    ctx: &Ctx,
    unit: UnitId,
    there: usize,
    uploads: Vec<Upload>,
) -> Result<Vec<KeptFile>> {
    if there + uploads.len() > MOST_FILES {
        let message = Message::new("filing-files-many").with("most", MOST_FILES);
        return Err(Error::field("files", message));
    }
    let address = ctx.request.network();
    let throttle = Throttle::new("complaint-file", &address, PER_HOUR, Duration::hours(1));
    let mut ready = Vec::new();
    for upload in uploads {
        throttle::take(&ctx.app, ctx.now, &[&throttle]).await?;
        let name = shown(&upload.name);
        let most = ctx.app.config.filing.file_kb * 1024;
        let bytes = clean(&ctx.app, &name, upload.bytes, most).await?;
        ready.push((upload.name, bytes));
    }
    let mut kept = Vec::new();
    for (name, bytes) in ready {
        kept.push(keep(ctx, unit, &name, bytes).await?);
    }
    Ok(kept)
}

/// A name as a message may hold it: what turns the reading direction or is not seen would hide its ending.
fn shown(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: char| c.is_alphanumeric() || " -_.()".contains(c);
    last.chars().filter(|c| plain(*c)).take(60).collect()
}

/// What may be kept of a file of the staff: pictures and PDFs as of those of citizens, who may be shown them; papers of
/// an office program as they are, and whoever keeps them says what else is none.
pub async fn of_staff(app: &App, name: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    match FileType::sniff(&bytes).is_some_and(FileType::is_scan) {
        true => clean(app, &shown(name), bytes, app.config.http.max_upload).await,
        false => Ok(bytes),
    }
}

/// What may be kept of a file, or a fault that says why nothing may.
async fn clean(app: &App, name: &str, bytes: Vec<u8>, most: usize) -> Result<Vec<u8>> {
    looked_at(app, bytes, most).await?.map_err(|key| {
        let message = Message::new(key)
            .with("name", name)
            .with("most", most / (1024 * 1024));
        Error::field("files", message)
    })
}

/// The same, or the text that says why nothing may.
async fn looked_at(
    app: &App,
    bytes: Vec<u8>,
    most: usize,
) -> Result<Result<Vec<u8>, &'static str>> {
    if bytes.is_empty() {
        return Ok(Err("filing-file-empty"));
    }
    if bytes.len() > most {
        return Ok(Err("filing-file-large"));
    }
    let Some(kind) = FileType::sniff(&bytes).filter(|kind| kind.is_scan()) else {
        return Ok(Err("filing-file-kind"));
    };
    if kind == FileType::Pdf {
        let (bytes, fault) = looked_into(app, bytes).await?;
        return Ok(match fault {
            None => Ok(bytes),
            Some(PdfFault::NotWhole) => Err("filing-file-pdf-damaged"),
            Some(PdfFault::Active) => Err("filing-file-pdf-active"),
            Some(PdfFault::Locked) => Err("filing-file-pdf-locked"),
            Some(PdfFault::Vast) => Err("filing-file-pdf-vast"),
        });
    }
    let made = drawn(app, bytes).await?;
    Ok(made.map_err(|fault| match fault {
        NoPicture::TooLarge => "filing-file-pixels",
        NoPicture::Unreadable => "filing-file-picture",
    }))
}

/// One PDF at a time, and not on the threads that answer others: it may have to be unpacked.
async fn looked_into(app: &App, bytes: Vec<u8>) -> Result<(Vec<u8>, Option<PdfFault>)> {
    let turn = app.decoding.acquire().await;
    let _turn = turn.map_err(anyhow::Error::from)?;
    let look = tokio::task::spawn_blocking(move || {
        let fault = pdf::pdf_fault(&bytes);
        (bytes, fault)
    });
    Ok(look.await.map_err(anyhow::Error::from)?)
}

/// One picture at a time: a large one takes a core and some hundred megabytes.
pub async fn drawn(app: &App, bytes: Vec<u8>) -> Result<Result<Vec<u8>, NoPicture>> {
    let turn = app.decoding.acquire().await;
    let _turn = turn.map_err(anyhow::Error::from)?;
    let made = tokio::task::spawn_blocking(move || pictures::photo(&bytes)).await;
    Ok(made.map_err(anyhow::Error::from)?.map(|made| made.bytes))
}

async fn keep(ctx: &Ctx, unit: UnitId, name: &str, bytes: Vec<u8>) -> Result<KeptFile> {
    let id = uploads::store_unlooked(ctx, unit, name, bytes).await?;
    let tx = ctx.app.db.begin_write().await?;
    let row = file_check::ActiveModel {
        file_id: Set(id),
        unit_id: Set(unit),
        state: Set(FileState::Waiting),
        created_at: Set(ctx.now),
        checked_at: Set(None),
    };
    store::insert_check(&tx, row).await?;
    jobs::enqueue(&tx, &CheckFile { file: id }, ctx.now).await?;
    let file = uploads::get(&tx, id).await?;
    tx.commit().await?;
    let given = shown(name);
    let same = given.to_lowercase() == file.name.to_lowercase();
    Ok(KeptFile {
        id,
        given: (!same).then_some(given),
        name: file.name,
        size: file.size,
    })
}

/// Looks at a file once more, before anybody opens it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckFile {
    pub file: FileId,
}

impl Job for CheckFile {
    const NAME: &'static str = "complaints.check_file";

    fn key(&self) -> Option<String> {
        Some(self.file.to_string())
    }

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        let check = store::check_of(&app.db, self.file).await?;
        if check.is_none_or(|check| check.state != FileState::Waiting) {
            return Ok(());
        }
        let file = match uploads::get(&app.db, self.file).await {
            Ok(file) => file,
            // Taken out of its form before its turn came.
            Err(Error::NotFound) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let bytes = uploads::bytes(&app, &file).await?;
        let state = state_of(&app, bytes).await?;
        settle(&Ctx::system(&app), self.file, file.unit_id, state).await?;
        Ok(())
    }
}

/// What is found in the bytes as they are kept. Without an answer of ClamAV there is no state: the job comes back.
async fn state_of(app: &App, bytes: Vec<u8>) -> Result<FileState, JobError> {
    let socket = &app.config.clamav.socket;
    if !socket.is_empty() && clamd::scan(socket, &bytes).await? == Verdict::Found {
        return Ok(FileState::Infected);
    }
    let whole = match FileType::sniff(&bytes) {
        Some(FileType::Pdf) => looked_into(app, bytes).await?.1.is_none(),
        Some(_) => drawn(app, bytes).await?.is_ok(),
        None => false,
    };
    Ok(if whole {
        FileState::Clean
    } else {
        FileState::Damaged
    })
}

async fn settle(ctx: &Ctx, file: FileId, unit: UnitId, state: FileState) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    store::set_check(&tx, file, state, ctx.now).await?;
    let entry = audit::Entry::new("file", file.0, "file.checked")
        .in_unit(unit)
        .with(serde_json::json!({ "state": state }));
    audit::record(&tx, ctx, entry).await?;
    if state != FileState::Clean
        && let Some(of) = store::complaint_of_file(&tx, unit, file).await?
    {
        tell_sealed(&tx, ctx, &of, &[file]).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Tells the office that these files of a case stay sealed.
pub(super) async fn tell_sealed(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    files: &[FileId],
) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    for file in files {
        let entry = audit::Entry::new("complaint", of.id.0, SEALED)
            .in_unit(of.unit_id)
            .with(serde_json::json!({ "file": file }));
        audit::record(tx, ctx, entry).await?;
    }
    let unit = organisation::unit(tx, of.unit_id).await?;
    emails::look(tx, ctx, of, &unit, &Look::Sealed).await
}

/// A file may be judged in the moment in which its form is sent: then neither transaction sees the other's row, and
/// nobody was told. Looked at once more here.
pub(super) async fn tell_missed(ctx: &Ctx) -> Result<()> {
    for check in store::sealed_since(&ctx.app.db, ctx.now - Duration::days(MISSED_DAYS)).await? {
        let file = check.file_id;
        let tx = ctx.app.db.begin_write().await?;
        // Holds the row: of two that look at the same moment, the second sees what the first told.
        store::hold_check(&tx, file).await?;
        let Some(of) = store::complaint_of_file(&tx, check.unit_id, file).await? else {
            continue;
        };
        let told = audit::of_verb(&tx, "complaint", of.id.0, SEALED).await?;
        if told.iter().any(|entry| names_file(&entry.data, file)) {
            continue;
        }
        tell_sealed(&tx, ctx, &of, &[file]).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn names_file(data: &serde_json::Value, file: FileId) -> bool {
    data["file"].as_str() == Some(file.to_string().as_str())
}

/// What is known of files; one that no stranger handed in is clean.
pub async fn states(
    db: &impl ConnectionTrait,
    files: &[FileId],
) -> Result<std::collections::HashMap<FileId, FileState>> {
    let found = store::checks_of(db, files).await?;
    Ok(found
        .into_iter()
        .map(|check| (check.file_id, check.state))
        .collect())
}

/// Refuses a file that nobody may open.
pub async fn openable(db: &impl ConnectionTrait, file: FileId) -> Result<()> {
    match store::check_of(db, file).await?.map(|check| check.state) {
        None | Some(FileState::Clean) => Ok(()),
        Some(FileState::Waiting) => Err(Error::rule(
            "complaint.file_checking",
            Message::new("rule-complaint-file-checking"),
        )),
        Some(FileState::Infected | FileState::Damaged) => Err(Error::rule(
            "complaint.file_sealed",
            Message::new("rule-complaint-file-sealed"),
        )),
    }
}

/// Forgets what was found long ago: of a clean file, which is open without it, and of one that is gone.
pub(super) async fn sweep(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<()> {
    store::sweep_checks(db, before).await?;
    // What was found bad stays for ever, so the rows are walked through: else the oldest would never be reached.
    let mut after = None;
    loop {
        let piece = store::old_checks(db, before, after).await?;
        let Some(last) = piece.last() else {
            return Ok(());
        };
        after = Some(last.file_id);
        for check in piece {
            match uploads::get(db, check.file_id).await {
                Ok(_) => {}
                Err(Error::NotFound) => store::delete_check(db, check.file_id).await?,
                Err(error) => return Err(error),
            }
        }
    }
}
