//! The copy of somebody's data as an archive: a paper to read, a file for programs, and the files themselves.

use std::io::{Cursor, Write as _};

use serde_json::json;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{entity::request::Model as Request, store};
use crate::{
    access::Ctx,
    calendar::dates,
    complaints::{
        ComplaintId,
        personal::{self, PersonalCopy},
    },
    documents::{
        self, Kind,
        data::{Fact, Letter, LetterSection},
        letterhead_of,
    },
    organisation::{self, Unit},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
    },
};

/// The archive of a case for its person.
pub async fn archive(ctx: &Ctx, request: &Request, case: ComplaintId) -> Result<Vec<u8>> {
    let locale = Locale::parse(&request.locale).unwrap_or_default();
    let unit = organisation::unit(&ctx.app.db, request.unit_id).await?;
    let mut copy = personal::personal_copy(ctx, case, locale).await?;
    let asked = store::requests_about(&ctx.app.db, case).await?;
    copy.sections.push(requests_section(&unit, &asked, locale)?);
    let paper = paper(ctx, request, &unit, &copy, locale)?;
    let pdf = documents::render(&ctx.app, Kind::PersonalData, &paper, ctx.now).await?;
    let data = json!({
        "format": "rembuk.personal-data.1",
        "request": request.number,
        "unit": unit.name,
        "generated_at": ctx.now,
        "law": "UU 27/2022",
        "data": copy.json,
        "requests": asked.iter().map(|one| json!({
            "number": one.number, "wish": one.wish, "state": one.state,
            "received_at": one.received_at, "answered_at": one.answered_at,
        })).collect::<Vec<_>>(),
    });
    let json = serde_json::to_vec_pretty(&data).map_err(anyhow::Error::from)?;
    let mut files = vec![
        ("data-pribadi.pdf".to_owned(), pdf),
        ("data.json".to_owned(), json),
    ];
    for (place, (name, bytes)) in copy.files.into_iter().enumerate() {
        files.push((format!("berkas/{:02}-{name}", place + 1), bytes));
    }
    packed(files)
}

/// What the person asked for before, and now.
fn requests_section(unit: &Unit, asked: &[Request], locale: Locale) -> Result<LetterSection> {
    let zone = organisation::zone_of(unit)?;
    let facts = asked.iter().map(|one| {
        let at = dates::date_time(&one.received_at.with_timezone(&zone), locale);
        let wish = t(locale, &format!("privacy-wish-{}", one.wish.code()));
        Fact::new(at, format!("{} · {wish}", one.number))
    });
    Ok(LetterSection {
        heading: t(locale, "personal-requests"),
        facts: facts.collect(),
        body: Vec::new(),
    })
}

fn packed(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(name, options).map_err(anyhow::Error::from)?;
        zip.write_all(&bytes).map_err(anyhow::Error::from)?;
    }
    let bytes = zip.finish().map_err(anyhow::Error::from)?;
    Ok(bytes.into_inner())
}

fn paper(
    ctx: &Ctx,
    request: &Request,
    unit: &Unit,
    copy: &PersonalCopy,
    locale: Locale,
) -> Result<Letter> {
    let zone = organisation::zone_of(unit)?;
    let date = dates::date(ctx.today_in(zone), locale);
    let words = |key: &str| {
        Message::new(key)
            .with("number", &request.number)
            .text(locale)
    };
    Ok(Letter {
        title: words("personal-paper-title"),
        letterhead: letterhead_of(unit),
        place_date: format!("{}, {date}", unit.city),
        number: String::new(),
        classification: t(locale, "personal-paper-classification"),
        attachments: String::new(),
        subject: words("personal-paper-title"),
        addressees: vec![words("personal-paper-addressee")],
        address_place: String::new(),
        opening: vec![t(locale, "personal-paper-opening")],
        facts: Vec::new(),
        body: Vec::new(),
        sections: copy.sections.clone(),
        closing: vec![t(locale, "personal-paper-closing")],
        signatory: None,
        copies: Vec::new(),
        verification: None,
        qr: None,
    })
}
