//! The minutes of the forum of 28 October 2025: written on that day, approved three days later.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeZone as _};
use serde::Deserialize;

use super::pictures;
use crate::{
    access::{self, Ctx, PersonId},
    berita_acara,
    forums::{self, Forum, ForumId, InputFields},
    minutes::{self, Handing, HeaderText},
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
    note: Vec<FileNote>,
    answer: Vec<FileAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileAnswer {
    input: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileNote {
    agenda: String,
    text: String,
}

/// The minutes are begun as the forum begins, so that the Berita Acara of that day can refer to them.
pub async fn begin(ctx: &Ctx, id: ForumId, people: &HashMap<String, PersonId>) -> Result<()> {
    let organiser = people.get("kaltim-penyelenggara").ok_or(Error::NotFound)?;
    let db = &ctx.app.db;
    let forum = forums::by_id(db, id).await?;
    let zone = organisation::zone_of(&organisation::unit(db, forum.unit_id).await?)?;
    let opening = forums::starts_at(&forum, zone).to_utc();
    let writing = access::acting_as(ctx, *organiser, opening).await?;
    minutes::start(&writing, id).await
}

/// Writes the minutes that were begun; attendance and Berita Acara are there already.
pub async fn load(ctx: &Ctx, id: ForumId, people: &HashMap<String, PersonId>) -> Result<()> {
    let organiser = people.get("kaltim-penyelenggara").ok_or(Error::NotFound)?;
    let leader = people.get("kaltim-kepala").ok_or(Error::NotFound)?;
    let file: File = toml::from_str(MINUTES).map_err(anyhow::Error::from)?;
    let db = &ctx.app.db;
    let forum = forums::by_id(db, id).await?;
    let zone = organisation::zone_of(&organisation::unit(db, forum.unit_id).await?)?;
    let at = |day: NaiveDate, hour: u32| {
        let local = day.and_hms_opt(hour, 0, 0).unwrap_or_default();
        let time = zone.from_local_datetime(&local).earliest();
        time.map_or(ctx.now, |time| time.to_utc())
    };
    let writing = access::acting_as(ctx, *organiser, at(forum.date, 14)).await?;
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
        // What was written down is what was agreed: two papers of one day do not contradict each other.
        results: berita_acara::agreed_texts(db, id).await?,
        closing: file.closing,
    };
    minutes::change_header(&writing, id, text, None).await?;
    answer(&writing, &forum, &file.answer).await?;
    pictures::photograph(&writing, id).await?;
    let submitting = access::acting_as(ctx, *organiser, at(forum.date, 15)).await?;
    let loaded = Handing {
        by_mail: false,
        looked: true,
    };
    minutes::submit(&submitting, id, loaded).await?;
    let approving = access::acting_as(ctx, *leader, at(file.approved_on, 9)).await?;
    minutes::approve(&approving, id, None).await
}

async fn answer(ctx: &Ctx, forum: &Forum, answers: &[FileAnswer]) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    for input in forums::inputs(&tx, forum).await? {
        let Some(given) = answers.iter().find(|one| one.input == input.code) else {
            continue;
        };
        let fields = InputFields {
            group: input.raised_by_group,
            speaker: None,
            text: input.text.clone(),
            element: input.element.clone(),
            component: None,
            service: None,
            agenda: None,
            answer: Some(given.text.clone()),
            origin: None,
        };
        forums::change_input(&tx, ctx, &input, fields, String::new()).await?;
    }
    tx.commit().await?;
    Ok(())
}
