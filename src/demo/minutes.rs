//! The minutes of the forum of 28 October 2025: written on that day, approved three days later.

use chrono::{NaiveDate, TimeZone as _};
use serde::Deserialize;

use crate::{
    access::Ctx,
    forums::{self, ForumId},
    minutes::{self, HeaderText},
    organisation,
    platform::error::{Error, Result},
};

const MINUTES: &str = include_str!("../../fixtures/minutes-kaltim-2025.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    minute_taker: String,
    minute_taker_position: String,
    closing: String,
    approved_on: NaiveDate,
    results: Vec<String>,
    note: Vec<FileNote>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileNote {
    agenda: String,
    text: String,
}

/// Attaches the minutes to the forum, whose attendance and Berita Acara are there already.
pub async fn load(ctx: &Ctx, id: ForumId) -> Result<()> {
    let file: File = toml::from_str(MINUTES).map_err(anyhow::Error::from)?;
    let db = &ctx.app.db;
    let forum = forums::by_id(db, id).await?;
    let zone = organisation::zone_of(&organisation::unit(db, forum.unit_id).await?)?;
    let at = |day: NaiveDate, hour: u32| -> Ctx {
        let local = day.and_hms_opt(hour, 0, 0).unwrap_or_default();
        let time = zone.from_local_datetime(&local).earliest();
        let now = time.map_or(ctx.now, |time| time.to_utc());
        Ctx { now, ..ctx.clone() }
    };
    let writing = at(forum.date, 14);
    minutes::start(&writing, id).await?;
    let agenda = forums::agenda(db, &forum).await?;
    for note in file.note {
        let item = agenda
            .iter()
            .find(|item| item.activity.contains(&note.agenda));
        let item = item.ok_or(Error::NotFound)?;
        minutes::write_note(&writing, id, item.id, note.text).await?;
    }
    let text = HeaderText {
        minute_taker: file.minute_taker,
        minute_taker_position: file.minute_taker_position,
        approver: None,
        approver_position: String::new(),
        results: file.results,
        closing: file.closing,
    };
    minutes::change_header(&writing, id, text, None).await?;
    minutes::submit(&at(forum.date, 15), id).await?;
    minutes::approve(&at(file.approved_on, 9), id, None).await
}
