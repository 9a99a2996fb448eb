//! Signed sheets that come back from the hall: a photograph or a scan is kept, and its rows are ticked against it.

use chrono_tz::Tz;
use sea_orm::ConnectionTrait;

use super::{
    checking_in::{self, Attempt, Who},
    closing::Closed,
    details::Details,
    entity::{AttendanceId, ScanId, scan},
    rules::Method,
    service::{self, Person},
    store,
    visits::Calendar,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    documents::{UploadedFile, uploads},
    forums::{self, Forum, ForumId},
    platform::{
        error::{Error, Result},
        i18n::Message,
    },
};

/// A sheet with its file.
pub struct Scan {
    pub row: scan::Model,
    pub file: UploadedFile,
}

impl Scan {
    /// Whether a browser can show it beside the list.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        self.file.content_type.starts_with("image/")
    }
}

/// The sheets of a forum, and whether its list is closed.
pub async fn of(ctx: &Ctx, id: ForumId) -> Result<(Forum, Tz, Vec<Scan>, Option<Closed>)> {
    let forum = forums::work_at(ctx, id, Permission::CheckIn).await?;
    let db = &ctx.app.db;
    let mut scans = Vec::new();
    for row in store::scans(db, &forum).await? {
        let file = uploads::get(db, row.file_id).await?;
        scans.push(Scan { row, file });
    }
    let zone = service::zone_of(db, &forum).await?;
    let closed = store::closing(db, id).await?;
    Ok((forum, zone, scans, closed))
}

/// One of them; of another forum it does not exist.
pub async fn one(ctx: &Ctx, id: ForumId, scan: ScanId) -> Result<(Forum, Scan)> {
    let forum = forums::work_at(ctx, id, Permission::CheckIn).await?;
    let row = store::scan(&ctx.app.db, id, scan).await?;
    let file = uploads::get(&ctx.app.db, row.file_id).await?;
    Ok((forum, Scan { row, file }))
}

/// Keeps a sheet. A workbook or a letter is none.
pub async fn keep(ctx: &Ctx, id: ForumId, name: &str, bytes: Vec<u8>) -> Result<ScanId> {
    let forum = forums::work_at(ctx, id, Permission::CheckIn).await?;
    let zone = service::zone_of(&ctx.app.db, &forum).await?;
    let kind = infer::get(&bytes).map(|kind| kind.mime_type());
    let fits = matches!(
        kind,
        Some("image/jpeg" | "image/png" | "image/webp" | "application/pdf")
    );
    if !fits {
        return Err(Error::field("file", Message::new("attendance-scan-kind")));
    }
    let file = uploads::store_scan(ctx, forum.unit_id, name, bytes).await?;
    let tx = ctx.app.db.begin_write().await?;
    service::open_list(&tx, ctx, id, zone).await?;
    uploads::attach(&tx, forum.unit_id, &[file]).await?;
    let row = scan::Model {
        id: ScanId::new(),
        unit_id: forum.unit_id,
        forum_id: id,
        file_id: file,
        person_id: ctx.person_id(),
        created_at: ctx.now,
    };
    let scan = row.id;
    store::insert_scan(&tx, row).await?;
    let entry = audit::Entry::new("forum", id.0, "attendance.sheet_attached")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "file": file }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(scan)
}

/// The sheets as files, for the report. They show signatures and telephone numbers.
pub async fn scanned_sheets(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<UploadedFile>> {
    let mut files = Vec::new();
    for row in store::scans(db, forum).await? {
        files.push(uploads::get(db, row.file_id).await?);
    }
    Ok(files)
}

/// The picture or PDF itself. It shows signatures and telephone numbers: whoever sees it is written down.
pub async fn bytes(ctx: &Ctx, id: ForumId, scan: ScanId) -> Result<(UploadedFile, Vec<u8>)> {
    let (forum, scan) = one(ctx, id, scan).await?;
    let bytes = uploads::bytes(&ctx.app, &scan.file).await?;
    let tx = ctx.app.db.begin_write().await?;
    let entry = audit::Entry::new("forum", forum.id.0, "attendance.sheet_seen")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "scan": scan.row.id }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok((scan.file, bytes))
}

/// Who has not been ticked yet for a day, which day that is, and whether the list is closed. A sheet is of a day that
/// has begun; where none is named, of the newest.
pub async fn open_rows(ctx: &Ctx, forum: &Forum, day: Option<usize>) -> Result<service::Door> {
    let zone = service::zone_of(&ctx.app.db, forum).await?;
    let newest = Calendar::of(forum, zone).day_at(ctx.now);
    let day = day.map_or(newest, |day| day.min(newest));
    service::door_of(ctx, forum.id, "", Some(day)).await
}

/// Somebody whose row on the sheet carries a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticked {
    Row(AttendanceId),
    Recipient(uuid::Uuid),
}

impl Ticked {
    /// `row:<id>`, `recipient:<id>` or, of an invitation for several, `next:<id>:<number>`, as the check boxes say.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        let id = match kind {
            "next" => id.split_once(':')?.0,
            _ => id,
        };
        let id = id.parse().ok()?;
        match kind {
            "row" => Some(Self::Row(AttendanceId(id))),
            "recipient" | "next" => Some(Self::Recipient(id)),
            _ => None,
        }
    }
}

/// What was read off a sheet and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Recorded {
    /// How many of the ticked rows are new.
    pub ticked: usize,
    pub guest: Option<checking_in::CheckedIn>,
}

/// Lets everybody in whose row was ticked, and the guest who wrote their name on an empty row: all of them or nobody.
/// Who was ticked and came in meanwhile is passed over. Whoever signed for an office is named beside it.
pub async fn record(
    ctx: &Ctx,
    id: ForumId,
    (scan, day): (ScanId, Option<usize>),
    ticked: Vec<(Ticked, Details)>,
    guest: Option<Person>,
) -> Result<Recorded> {
    let (forum, scan) = one(ctx, id, scan).await?;
    let zone = service::zone_of(&ctx.app.db, &forum).await?;
    if ticked.is_empty() && guest.is_none() {
        return Err(Error::field("ticked", Message::new("attendance-tick-none")));
    }
    let tx = ctx.app.db.begin_write().await?;
    service::open_list(&tx, ctx, id, zone).await?;
    let mut recorded = Recorded::default();
    for (one, details) in ticked {
        let who = match one {
            Ticked::Row(row) => Who::Row(row),
            Ticked::Recipient(id) => Who::Recipient { id, details },
        };
        let attempt = by_sheet(ctx, &forum, zone, (who, day));
        match checking_in::let_in(&tx, ctx, &forum, zone, attempt).await {
            Ok(_) => recorded.ticked += 1,
            Err(Error::Rule {
                code: "attendance.already_in",
                ..
            }) => {}
            Err(error) => return Err(error),
        }
    }
    if let Some(person) = guest {
        let attempt = by_sheet(ctx, &forum, zone, (Who::WalkIn(person), day));
        recorded.guest = Some(checking_in::let_in(&tx, ctx, &forum, zone, attempt).await?);
    }
    let entry = audit::Entry::new("forum", id.0, "attendance.sheet_ticked")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({
            "scan": scan.row.id, "rows": recorded.ticked, "guest": recorded.guest.is_some(),
        }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(recorded)
}

/// Paper does not say when somebody came. A sheet that is ticked after its day counts from the beginning of that day,
/// so that nobody came on a later one.
fn by_sheet(ctx: &Ctx, forum: &Forum, zone: Tz, (who, day): (Who, Option<usize>)) -> Attempt {
    let calendar = Calendar::of(forum, zone);
    let newest = calendar.day_at(ctx.now);
    let day = day.map_or(newest, |day| day.min(newest));
    let begin = calendar.starts_at(day).filter(|begin| *begin < ctx.now);
    let late = day < newest || !calendar.is_on(ctx.now);
    Attempt {
        came_at: begin.filter(|_| late),
        any_day: true,
        method: Some(Method::Sheet),
        ..Attempt::now(who)
    }
}
