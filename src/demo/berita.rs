//! Who came to the forum of 28 October 2025, what was agreed, and who signed: locked on that day.

use std::collections::HashMap;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::pictures;
use crate::{
    access::Ctx,
    attendance::{self, AttendanceId, Imported, Method, Person},
    berita_acara::{self, HeaderText, NewPoint, NewSignatory},
    calendar::dates,
    documents::uploads,
    forums::{self, Forum, Group},
    organisation,
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Locale,
    },
};

const RECORD: &str = include_str!("../../fixtures/forum-kaltim-2025.toml");

#[derive(Deserialize)]
struct File {
    forum: FileForum,
    letter: FileLetter,
    attendee: Vec<FileAttendee>,
    agreed_point: Vec<FilePoint>,
    signatory: Vec<FileSignatory>,
    berita_acara: FileRecord,
}

#[derive(Deserialize)]
struct FileForum {
    code: String,
    unit: String,
}

#[derive(Deserialize)]
struct FileLetter {
    number: String,
    date: NaiveDate,
    subject: String,
}

#[derive(Deserialize)]
struct FileAttendee {
    name: String,
    role: String,
    organisation: String,
    group: Group,
    phone: String,
    /// The position of the recipient on the list.
    recipient: Option<i32>,
}

#[derive(Deserialize)]
struct FilePoint {
    inputs: Vec<String>,
    text: String,
}

#[derive(Deserialize)]
struct FileSignatory {
    name: String,
    role: String,
    organisation: String,
    group: Group,
    represents: String,
}

#[derive(Deserialize)]
struct FileRecord {
    number: String,
    title: String,
    opening_subject: String,
    legal_basis: Vec<String>,
    closing: String,
}

/// Attaches the record to the forum of the file, which is there already with its inputs and recipients
/// (ids by their position on the list).
pub async fn load(ctx: &Ctx, recipients: &HashMap<i32, Uuid>) -> Result<()> {
    let file: File = toml::from_str(RECORD).map_err(anyhow::Error::from)?;
    let db = &ctx.app.db;
    let unit = organisation::unit_by_code(db, &file.forum.unit).await?;
    let forum = forums::by_code(db, unit.id, &file.forum.code)
        .await?
        .ok_or(Error::NotFound)?;
    let zone = organisation::zone_of(&unit)?;
    let starts = forums::starts_at(&forum, zone).with_timezone(&Utc);
    let ids = load_attendance(ctx, &forum, &file, recipients, starts).await?;
    // The record was written while the forum ended, and locked when everybody had signed.
    let then = |minutes| Ctx {
        now: starts + Duration::minutes(minutes),
        ..ctx.clone()
    };
    let writing = then(255);
    berita_acara::start(&writing, forum.id).await?;
    let text = (header(&forum, &file), true);
    berita_acara::change_header(&writing, forum.id, text, None).await?;
    load_points(&writing, &forum, &file).await?;
    let mut signatories = Vec::new();
    for signatory in &file.signatory {
        let new = NewSignatory {
            name: signatory.name.clone(),
            role: signatory.role.clone(),
            organisation: signatory.organisation.clone(),
            group: signatory.group,
            represents: signatory.represents.clone(),
            attendance: ids.get(&signatory.name).copied(),
        };
        signatories.push(berita_acara::add_signatory(&writing, forum.id, new).await?);
    }
    let signing = then(300);
    for (number, signatory) in signatories.into_iter().enumerate() {
        let drawn = pictures::signature(number).await?;
        let seen = berita_acara::SeenRow::signing(signatory, 1, false);
        berita_acara::draw(&signing, forum.id, seen, drawn).await?;
    }
    berita_acara::lock(&then(310), forum.id, None).await
}

/// People came from twenty minutes before the start on, one a minute; returns them by name.
async fn load_attendance(
    ctx: &Ctx,
    forum: &Forum,
    file: &File,
    recipients: &HashMap<i32, Uuid>,
    starts: DateTime<Utc>,
) -> Result<HashMap<String, AttendanceId>> {
    let signatures = pictures::handed_in(ctx, forum.unit_id).await?;
    let mut check = Check::new();
    let people: Vec<Imported> = file
        .attendee
        .iter()
        .zip(0..)
        .zip(signatures.iter().cycle())
        .map(|((attendee, minute), signature)| {
            let recipient = attendee
                .recipient
                .and_then(|position| recipients.get(&position).copied());
            let invited = recipient.is_some() || attendee.group == Group::Organiser;
            Imported {
                registered: false,
                person: Person {
                    name: attendee.name.clone(),
                    role: attendee.role.clone(),
                    organisation: attendee.organisation.clone(),
                    group: attendee.group,
                    phone: check.phone("phone", &attendee.phone),
                },
                recipient,
                at: starts + Duration::minutes(minute - 20),
                method: if invited {
                    Method::Name
                } else {
                    Method::WalkIn
                },
                signature: Some(*signature),
            }
        })
        .collect();
    check.finish()?;
    let tx = ctx.app.db.begin_write().await?;
    uploads::attach(&tx, forum.unit_id, &signatures).await?;
    let ids = attendance::import(&tx, ctx, forum, people).await?;
    tx.commit().await?;
    let names = file.attendee.iter().map(|attendee| attendee.name.clone());
    Ok(names.zip(ids).collect())
}

fn header(forum: &Forum, file: &File) -> HeaderText {
    let record = &file.berita_acara;
    let letter = &file.letter;
    HeaderText {
        number: record.number.clone(),
        place: format!("{}, {}", forums::where_text(forum), forum.venue_address),
        // The heading of the paper breaks where the name of the office begins and ends.
        title: record
            .title
            .replace(" (FKP) ", " (FKP)\n")
            .replace(" Provinsi ", "\nProvinsi "),
        opening_subject: record.opening_subject.clone(),
        legal_basis: record.legal_basis.clone(),
        reference: vec![format!(
            "Surat Sekretaris Daerah Provinsi Kalimantan Timur Nomor {} tanggal {} hal {}",
            letter.number,
            dates::date(letter.date, Locale::Id),
            letter.subject
        )],
        closing: record.closing.clone(),
    }
}

async fn load_points(ctx: &Ctx, forum: &Forum, file: &File) -> Result<()> {
    let inputs = forums::inputs(&ctx.app.db, forum).await?;
    for point in &file.agreed_point {
        let taken_up = point.inputs.iter().filter_map(|code| {
            inputs
                .iter()
                .find(|input| input.code == *code)
                .map(|input| input.id)
        });
        let new = NewPoint {
            beside: None,
            looked: true,
            text: point.text.clone(),
            inputs: taken_up.collect(),
        };
        berita_acara::add_points(ctx, forum.id, vec![new]).await?;
    }
    Ok(())
}
