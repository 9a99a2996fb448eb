//! The attendance list as a workbook for the office's own statistics. Every cell is text: a name that begins with `=`
//! stays a name.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{
    entity::attendance,
    rules::{self, Method, Standing},
    service, sheets, store,
    visits::Calendar,
};
use crate::{
    access::{Ctx, Permission},
    audit, documents,
    forums::{self, Day, Forum, ForumId},
    platform::{
        error::Result,
        i18n::{Locale, t},
    },
};

pub const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Heading and width of the columns before and behind those of the days.
const BEFORE: [(&str, f64); 7] = [
    ("No.", 6.0),
    ("Nama", 32.0),
    ("Jabatan", 30.0),
    ("Instansi", 36.0),
    ("Unsur", 26.0),
    ("Undangan", 14.0),
    ("Nomor telepon", 18.0),
];
const HOW: (&str, f64) = ("Cara masuk", 18.0);
/// Lets somebody in: for those who keep the door alone.
const CODE: (&str, f64) = ("Kode", 10.0);
/// Of one day.
const WHEN: [(&str, f64); 2] = [("Tanggal", 12.0), ("Pukul", 9.0)];

/// Said while the list is open.
const PRIVATE: &str = "Memuat data pribadi: hanya untuk penyelenggara, tidak untuk diumumkan.";

/// One day has its date and time, several have a column each.
fn columns(calendar: &Calendar, with_codes: bool) -> Vec<(String, f64)> {
    let named = |(heading, width): (&str, f64)| (heading.to_owned(), width);
    let mut columns: Vec<_> = BEFORE.map(named).into();
    if calendar.has_several() {
        let heading = |day: &Day| (format!("Hadir {}", day.date.format("%d-%m-%Y")), 18.0);
        columns.extend(calendar.days.iter().map(heading));
    } else {
        columns.extend(WHEN.map(named));
    }
    columns.push(named(HOW));
    columns.extend(with_codes.then(|| named(CODE)));
    columns
}

/// Everybody who is in. Whoever sees the telephone numbers is written down.
pub async fn of(ctx: &Ctx, id: ForumId) -> Result<(Forum, Vec<u8>)> {
    let forum = sheets::with_phones(ctx, id).await?;
    let zone = service::zone_of(&ctx.app.db, &forum).await?;
    let calendar = Calendar::of(&forum, zone);
    let keeps = forums::may_work_at(ctx, &forum, Permission::CheckIn).await?;
    let rows = store::present(&ctx.app.db, &forum).await?;
    let mut lines = Vec::with_capacity(rows.len());
    for (row, number) in rows.iter().zip(1..) {
        let mut cells = line(ctx, row, number, (&calendar, zone))?;
        cells.extend(keeps.then(|| row.check_in_code.clone()));
        lines.push(cells);
    }
    let told = told(ctx, &forum).await?;
    let bytes = written((&forum, &told), &columns(&calendar, keeps), &lines);
    let bytes = bytes.map_err(anyhow::Error::from)?;
    let tx = ctx.app.db.begin_write().await?;
    let entry =
        audit::Entry::new("forum", forum.id.0, "attendance.phones_seen").in_unit(forum.unit_id);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok((forum, bytes))
}

/// What the registered paper of a closed list says below its rows: how many came, on which days, and whether the forum
/// ended before its hour. The workbook says the same.
async fn told(ctx: &Ctx, forum: &Forum) -> Result<String> {
    let Some((internal, _)) = sheets::closed(&ctx.app.db, forum.id).await? else {
        return Ok(PRIVATE.to_owned());
    };
    let paper = documents::document(&ctx.app.db, internal).await?;
    let data = documents::source(&ctx.app, &paper)
        .await?
        .unwrap_or_default();
    let notes = data["notes"].as_array().cloned().unwrap_or_default();
    let notes: Vec<&str> = notes.iter().filter_map(serde_json::Value::as_str).collect();
    Ok(match notes.is_empty() {
        true => PRIVATE.to_owned(),
        false => notes.join(" "),
    })
}

fn line(
    ctx: &Ctx,
    row: &attendance::Model,
    number: usize,
    (calendar, zone): (&Calendar, chrono_tz::Tz),
) -> Result<Vec<String>> {
    let came = row.checked_in_at.map(|at| at.with_timezone(&zone));
    let came = |format: &str| {
        came.map(|at| at.format(format).to_string())
            .unwrap_or_default()
    };
    let how = row
        .method
        .map(|method| t(Locale::Id, &method.text_key()))
        .unwrap_or_default();
    let mut cells = vec![
        number.to_string(),
        row.name.clone(),
        row.role.clone(),
        row.organisation.clone(),
        row.participant_group.label(Locale::Id),
        match rules::standing(row) {
            Standing::Invited => "Diundang",
            Standing::Registered => "Mendaftar",
            Standing::Organiser => "Penyelenggara",
            Standing::Guest => "Tamu",
        }
        .to_owned(),
        rules::shown_phone(&service::phone_of(&ctx.app, row)?),
    ];
    if calendar.has_several() {
        let days = 0..calendar.days.len();
        cells.extend(days.map(|day| on_day(calendar, row, day, zone)));
    } else {
        cells.extend([came("%d-%m-%Y"), came("%H.%M")]);
    }
    cells.push(how);
    Ok(cells)
}

/// The time of a visit; paper tells none, so there a word stands for it.
fn on_day(calendar: &Calendar, row: &attendance::Model, day: usize, zone: chrono_tz::Tz) -> String {
    match calendar.visit(row, day) {
        None => String::new(),
        Some(visit) if visit.method == Method::Sheet => "hadir".to_owned(),
        Some(visit) => visit.at.with_timezone(&zone).format("%H.%M").to_string(),
    }
}

fn written(
    (forum, told): (&Forum, &str),
    columns: &[(String, f64)],
    lines: &[Vec<String>],
) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name("Daftar hadir")?;
    for ((heading, width), column) in columns.iter().zip(0..) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(2, column, heading, &bold)?;
    }
    sheet.write_string_with_format(0, 0, format!("Daftar hadir {}", forum.title), &bold)?;
    sheet.write_string(1, 0, told)?;
    for (cells, row) in lines.iter().zip(3..) {
        for (cell, column) in cells.iter().zip(0..) {
            sheet.write_string(row, column, cell)?;
        }
    }
    sheet.set_freeze_panes(3, 2)?;
    book.save_to_buffer()
}
