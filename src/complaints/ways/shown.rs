//! What a case's page says of the way it came in.

use serde::Serialize;

use super::{
    conversations,
    entity::{RestrictedFileId, conversation},
    entry, paper, restricted, sp4n,
};
use crate::{
    access::{Ctx, Permission},
    calendar::dates,
    complaints::{
        rules::{Channel, Sees},
        viewing::Case,
        words,
    },
    platform::{
        error::Result,
        i18n::{Locale, t},
    },
};

/// One line of the partial `facts`.
#[derive(Clone, Debug, Serialize)]
struct Line {
    term: String,
    text: String,
}

/// The panel beside a case; empty for a form of the web that nobody named elsewhere.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BesideCase {
    facts: Vec<Line>,
    /// The batch that the sheet is of.
    opening_href: Option<String>,
    opening_label: String,
    form_href: Option<String>,
    correct_href: Option<String>,
    code_href: Option<String>,
    restricted_href: Option<String>,
    restricted_label: String,
    incoming_href: Option<String>,
}

impl BesideCase {
    fn add(&mut self, locale: Locale, key: &str, text: Option<String>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.facts.push(Line {
                term: t(locale, key),
                text,
            });
        }
    }
}

/// `writable`: it is no tombstone and the caller reads its words; `works`: and handles it.
pub async fn beside_case(
    ctx: &Ctx,
    case: &Case,
    (writable, works): (bool, bool),
) -> Result<BesideCase> {
    let (db, of, locale) = (&ctx.app.db, &case.complaint, ctx.locale());
    let mut beside = BesideCase::default();
    let names = conversations::names(db, of).await?;
    for name in names
        .iter()
        .filter(|name| !conversations::is_forgotten(&name.external_id))
    {
        beside.facts.push(named(name, locale));
    }
    if let Some(there) = sp4n::of_case(db, of).await? {
        let written = there.reported_at.map(|at| at.with_timezone(&case.zone));
        let written = written.map(|at| dates::date_time(&at, locale));
        beside.add(locale, "ways-sp4n-reported", written);
        beside.add(locale, "ways-sp4n-status", Some(there.status));
        if case.sight.text {
            beside.add(locale, "ways-sp4n-disposition", Some(there.disposition));
        }
    }
    let base = format!("/kerja/pengaduan/{}", of.number);
    if let Some(row) = paper::of(db, of.id).await? {
        if case.sight.identity == Sees::All {
            let (address, speaker) = paper::opened(&ctx.app, &row)?;
            beside.add(locale, "ways-field-address", address);
            beside.add(locale, "ways-field-represented", speaker);
        }
        beside.add(locale, "ways-field-letter-number", row.letter_number);
        let written = row.letter_date.map(|day| dates::date(day, locale));
        beside.add(locale, "ways-field-letter-date", written);
        if let (Some(opening), Some(sheet)) = (row.opening_id, row.sheet) {
            beside.opening_label = super::boxes::sheet_label(sheet, locale);
            let opens = ctx.may(Permission::RegisterComplaint, of.unit_id);
            beside.opening_href = opens.then(|| format!("/kerja/kotak-saran/{opening}"));
        }
    }
    let records = ctx.may(Permission::RegisterComplaint, of.unit_id);
    beside.form_href =
        (records && of.channel != Channel::Web).then(|| format!("{base}/formulir.pdf"));
    beside.correct_href =
        (records && entry::may_correct(of)).then(|| format!("{base}/tanggal-diterima"));
    beside.code_href = (records && writable && !of.anonymous).then(|| format!("{base}/kode-baru"));
    if ctx.may(Permission::UnmaskReporter, of.unit_id) {
        let files: Vec<RestrictedFileId> = restricted::kept(db, of).await?;
        beside.restricted_href = Some(format!("{base}/berkas-terbatas"));
        beside.restricted_label = restricted::label(files.len(), locale);
    }
    beside.incoming_href = works.then(|| format!("{base}/pesan-masuk"));
    Ok(beside)
}

/// `SP4N-LAPOR!: 7654321`
fn named(name: &conversation::Model, locale: Locale) -> Line {
    Line {
        term: crate::platform::i18n::Message::new("ways-name-there")
            .with("channel", words::channel(name.channel, locale))
            .text(locale),
        text: name.external_id.clone(),
    }
}
