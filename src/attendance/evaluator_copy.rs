//! The closed attendance list for who evaluates the office: by group and with the signatures, because that is what is
//! asked for, and with masked telephone numbers, because nobody needs those for it. It is made from the closed list
//! and never registered; the issued copies stay what they are.

use super::{
    entity::attendance,
    sheets::{self, Drawn},
    store,
};
use crate::{
    access::{Ctx, Permission},
    calendar::dates,
    documents::{self, Kind},
    forums::{self, ForumId},
    organisation,
    platform::{error::Result, i18n::Locale},
};

/// None while the list is not closed: what can still change is no evidence.
pub async fn of(ctx: &Ctx, id: ForumId) -> Result<Option<Vec<u8>>> {
    let forum = forums::get(ctx, id, Permission::ReadRestricted).await?;
    let db = &ctx.app.db;
    if sheets::closed(db, id).await?.is_none() {
        return Ok(None);
    }
    let unit = organisation::unit(db, forum.unit_id).await?;
    let mut rows = store::present(db, &forum).await?;
    rows.sort_by_key(|row| row.participant_group);
    let drawn: Drawn = sheets::drawn(&ctx.app, &rows).await?;
    let mut data = sheets::paper(&ctx.app, &forum, &unit, (&rows, &drawn), true, None)?;
    let mut group = None;
    for (line, row) in data.rows.iter_mut().zip(&rows) {
        if group != Some(row.participant_group) {
            group = Some(row.participant_group);
            line.section = Some(section(&rows, row));
        }
        // The signature itself stands there.
        if line.signature.is_some() {
            line.mark = None;
        }
    }
    data.notes = vec![format!(
        "Hadir {} orang. Salinan untuk penilai, dibuat dari daftar yang sudah ditutup: menurut unsur, dengan tanda tangan, nomor telepon disamarkan (UU Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi).",
        dates::number_with_words(rows.len() as u64)
    )];
    let bytes = documents::render(&ctx.app, Kind::Attendance, &data, ctx.now).await?;
    Ok(Some(bytes))
}

/// `Masyarakat pengguna (12 orang)`
fn section(rows: &[attendance::Model], first: &attendance::Model) -> String {
    let group = first.participant_group;
    let count = rows
        .iter()
        .filter(|row| row.participant_group == group)
        .count();
    format!("{} ({count} orang)", group.label(Locale::Id))
}
