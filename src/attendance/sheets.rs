//! The attendance list on paper: one copy with telephone numbers for the office, one with masked numbers
//! for everybody. The list may be printed at any time; when it is closed, both copies go into the register.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{
    closing::ClosedWith,
    entity::{AttendanceId, attendance, sheet},
    rules::{self, Method},
    service, signatures, store,
    visits::Calendar,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    calendar::dates,
    documents::{
        self, DocumentId, Kind,
        data::{self, AttendanceRow, Fact, Picture, PictureFormat, Verification},
    },
    forums::{self, Forum, ForumId, days},
    organisation::{self, Unit},
    platform::{
        context::App,
        db::Tx,
        error::{Error, Result},
        i18n::Locale,
        words,
    },
};

/// Both copies, typeset, stored and ready to be registered.
#[derive(Clone, Debug)]
pub struct Sheets {
    internal: documents::Stored,
    public: documents::Stored,
    /// Who was on the paper, and since when.
    seen: Vec<(AttendanceId, i32)>,
}

/// Whether the list of a forum is closed; then the registered copies, internal and public.
pub async fn closed(
    db: &impl ConnectionTrait,
    forum: ForumId,
) -> Result<Option<(DocumentId, DocumentId)>> {
    let sheet = store::sheet(db, forum).await?;
    Ok(sheet.map(|sheet| (sheet.document_id, sheet.public_document_id)))
}

/// Typesets and stores both copies. Called before the transaction that closes the list. `ended_early` is when the forum
/// was declared over, where that was before the hour in the head of the list.
pub async fn prepare_sheets(
    ctx: &Ctx,
    forum: &Forum,
    ended_early: Option<DateTime<Utc>>,
) -> Result<Sheets> {
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let rows = store::present(&ctx.app.db, forum).await?;
    service::somebody(ctx, organisation::zone_of(&unit)?, &rows)?;
    let (internal, public) = (documents::new_code(), documents::new_code());
    let drawn = drawn(&ctx.app, &rows).await?;
    let paper = |code: &str, masked: bool| {
        let drawn = if masked { &Drawn::new() } else { &drawn };
        paper(&ctx.app, forum, &unit, (&rows, drawn), masked, Some(code))
    };
    let (mut internal_data, mut public_data) = (paper(&internal, false)?, paper(&public, true)?);
    if let Some(note) = early_note(ctx, forum, &unit, ended_early)? {
        internal_data.notes.push(note.clone());
        public_data.notes.push(note);
    }
    // The public copy is the forum's document; the internal one is found only from the list itself.
    Ok(Sheets {
        internal: put(ctx, forum, "attendance", &internal_data, internal).await?,
        public: put(ctx, forum, "forum", &public_data, public).await?,
        seen: seen(&rows),
    })
}

/// What a list says that is closed before the hour in its head: when the forum was declared over, or, with the minutes that
/// declare no end, when the list was closed.
fn early_note(
    ctx: &Ctx,
    forum: &Forum,
    unit: &Unit,
    ended_early: Option<DateTime<Utc>>,
) -> Result<Option<String>> {
    let zone = organisation::zone_of(unit)?;
    let told = |at: DateTime<Utc>| dates::date_time(&at.with_timezone(&zone), Locale::Id);
    Ok(match ended_early {
        Some(at) => Some(format!(
            "Forum selesai lebih awal daripada susunan acaranya: menurut Berita Acara dinyatakan selesai {}.",
            told(at)
        )),
        None if forums::is_over(forum, zone, ctx.now) => None,
        None => Some(format!(
            "Daftar ini ditutup {}, sebelum jam selesai menurut susunan acara.",
            told(ctx.now)
        )),
    })
}

async fn put(
    ctx: &Ctx,
    forum: &Forum,
    about_kind: &'static str,
    data: &data::Attendance,
    code: String,
) -> Result<documents::Stored> {
    let new = documents::New {
        unit: forum.unit_id,
        kind: Kind::Attendance,
        number: None,
        subject: data.title.clone(),
        about_kind,
        about_id: forum.id.0,
        bytes: documents::render(&ctx.app, Kind::Attendance, data, ctx.now).await?,
        verification_code: code,
        restricted: false,
        issuer: None,
        supersedes: None,
    };
    documents::put_with(&ctx.app, new, data).await
}

/// The signatures by row. The public copy is made without them.
pub(super) type Drawn = HashMap<AttendanceId, Picture>;

pub(super) async fn drawn(app: &App, rows: &[attendance::Model]) -> Result<Drawn> {
    let mut drawn = Drawn::new();
    for row in rows {
        if let Some(bytes) = signatures::bytes(app, row).await? {
            drawn.insert(row.id, Picture::new(PictureFormat::Png, &bytes));
        }
    }
    Ok(drawn)
}

fn seen(rows: &[attendance::Model]) -> Vec<(AttendanceId, i32)> {
    rows.iter().map(|row| (row.id, row.version)).collect()
}

/// Closes the list and registers both copies, if nobody came or went since they were typeset. Who is
/// being let in meanwhile is waited for, or finds the list closed.
pub async fn close(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    (sheets, with): (Sheets, ClosedWith),
) -> Result<()> {
    forums::hold(tx, forum.id).await?;
    if seen(&store::present(tx, forum).await?) != sheets.seen {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let internal = documents::issue(tx, ctx, sheets.internal).await?.id;
    let public = documents::issue(tx, ctx, sheets.public).await?.id;
    let row = sheet::ActiveModel {
        id: Set(uuid::Uuid::now_v7()),
        unit_id: Set(forum.unit_id),
        forum_id: Set(forum.id),
        closed_at: Set(ctx.now),
        document_id: Set(internal),
        public_document_id: Set(public),
        closed_with: Set(Some(with)),
    };
    store::insert_sheet(tx, row).await?;
    let entry = audit::Entry::new("forum", forum.id.0, "attendance.closed")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "present": sheets.seen.len() }));
    audit::record(tx, ctx, entry).await
}

/// The forum, for whoever may read its people's telephone numbers: who keeps the door, and who reads restricted papers,
/// because the report holds the same list.
pub(super) async fn with_phones(ctx: &Ctx, id: ForumId) -> Result<Forum> {
    let forum = forums::get(ctx, id, Permission::ViewForums).await?;
    if ctx.may(Permission::ReadRestricted, forum.unit_id) {
        return Ok(forum);
    }
    forums::work_at(ctx, id, Permission::CheckIn).await
}

/// The list as PDF: the registered copy once it is closed, the present state before. Whoever sees the
/// telephone numbers is written down.
pub async fn pdf(ctx: &Ctx, id: ForumId, public: bool) -> Result<(Forum, Vec<u8>)> {
    let forum = match public {
        true => forums::get(ctx, id, Permission::ViewForums).await?,
        false => with_phones(ctx, id).await?,
    };
    if !public {
        let tx = ctx.app.db.begin_write().await?;
        let entry =
            audit::Entry::new("forum", forum.id.0, "attendance.phones_seen").in_unit(forum.unit_id);
        audit::record(&tx, ctx, entry).await?;
        tx.commit().await?;
    }
    let db = &ctx.app.db;
    if let Some((internal, masked)) = closed(db, id).await? {
        let document = documents::document(db, if public { masked } else { internal }).await?;
        let bytes = documents::bytes(&ctx.app, &document).await?;
        return Ok((forum, bytes));
    }
    let unit = organisation::unit(db, forum.unit_id).await?;
    let rows = store::present(db, &forum).await?;
    let drawn = if public {
        Drawn::new()
    } else {
        drawn(&ctx.app, &rows).await?
    };
    let data = paper(&ctx.app, &forum, &unit, (&rows, &drawn), public, None)?;
    let bytes = documents::render(&ctx.app, Kind::Attendance, &data, ctx.now).await?;
    Ok((forum, bytes))
}

pub(super) fn paper(
    app: &App,
    forum: &Forum,
    unit: &Unit,
    (rows, drawn): (&[attendance::Model], &Drawn),
    masked: bool,
    code: Option<&str>,
) -> Result<data::Attendance> {
    let zone = organisation::zone_of(unit)?;
    let day = days::long_dates(forum, Locale::Id);
    let calendar = Calendar::of(forum, zone);
    let verification: Option<Verification> = code.map(|code| documents::verification(app, code));
    let rows_on_paper = rows
        .iter()
        .zip(1..)
        .map(|(row, number)| on_paper(app, row, number, &calendar, masked, drawn.get(&row.id)))
        .collect::<Result<Vec<_>>>()?;
    Ok(data::Attendance {
        title: format!(
            "Daftar Hadir {}, {}",
            forum.title,
            days::short_dates(forum, Locale::Id)
        ),
        running: format!("Daftar Hadir · {} · {day}", forum.title),
        letterhead: documents::letterhead_of(unit),
        heading: vec!["DAFTAR HADIR".to_owned()],
        facts: facts(forum, zone, None),
        rows: rows_on_paper,
        notes: notes(&calendar, rows, masked, code.is_some()),
        signatory: None,
        qr: code.map(|code| documents::verification_url(app, code)),
        verification,
    })
}

/// The head of every attendance list of a forum; of the sheet of one day, that day alone.
pub(super) fn facts(forum: &Forum, zone: Tz, day: Option<usize>) -> Vec<Fact> {
    let of_day = day.and_then(|day| days::days(forum).get(day).copied());
    let (date, hours) = match of_day {
        Some(day) => (
            dates::long_date(day.date, Locale::Id),
            vec![days::hours_text(&day, zone, Locale::Id)],
        ),
        None => (
            days::long_dates(forum, Locale::Id),
            days::hours_lines(forum, zone),
        ),
    };
    vec![
        Fact::new("Kegiatan", forum.title.as_str()),
        Fact::new("Hari/Tanggal", date),
        Fact {
            label: "Pukul".to_owned(),
            lines: hours,
        },
        Fact::new("Tempat", forums::where_text(forum)),
    ]
}

fn notes(
    calendar: &Calendar,
    rows: &[attendance::Model],
    masked: bool,
    final_copy: bool,
) -> Vec<String> {
    let mut notes = vec![note(rows.len(), masked, final_copy)];
    notes.extend(calendar.sentence(rows).map(capitalised));
    notes
}

fn capitalised(sentence: String) -> String {
    sentence.replacen("hari", "Hari", 1)
}

fn note(count: usize, masked: bool, final_copy: bool) -> String {
    let count = dates::number_with_words(count as u64);
    let kind = if masked {
        "Salinan untuk umum: nomor telepon disamarkan (UU Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi)."
    } else {
        "Daftar ini memuat data pribadi dan tidak untuk diumumkan."
    };
    let state = if final_copy {
        ""
    } else {
        " Daftar belum ditutup: isinya masih dapat berubah."
    };
    format!("Hadir {count} orang. {kind}{state}")
}

fn on_paper(
    app: &App,
    row: &attendance::Model,
    number: usize,
    calendar: &Calendar,
    masked: bool,
    signature: Option<&Picture>,
) -> Result<AttendanceRow> {
    let phone = rules::shown_phone(&service::phone_of(app, row)?);
    let on_sheet = row.method == Some(Method::Sheet);
    let times: Vec<String> = row
        .visits
        .0
        .iter()
        .map(|visit| calendar.time_on_paper(visit))
        .collect();
    let time = times.join("\n");
    let mark = match (masked, row.signature_id.is_some(), on_sheet) {
        (_, false, true) => Some("di lembar kertas".to_owned()),
        (true, true, _) => Some("ditandatangani".to_owned()),
        _ => None,
    };
    Ok(AttendanceRow {
        number: number.to_string(),
        name: row.name.clone(),
        position: words::said_once(&[&row.role, &row.organisation], ", "),
        phone: if masked {
            rules::masked_phone(&phone)
        } else {
            phone
        },
        time,
        signature: signature.cloned(),
        mark,
        code: None,
        section: None,
    })
}
