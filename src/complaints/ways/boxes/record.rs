//! The record of opening a box (berita acara): who was there, what was found, what became of each sheet. It is signed
//! on paper by the witnesses.

use super::service::Whole;
use crate::{
    access::{Ctx, Permission},
    calendar::dates,
    complaints::words,
    documents::{
        self, Kind,
        data::{Fact, Record, RecordTable, Signatory},
        letterhead_of,
    },
    organisation,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
    },
};

pub async fn pdf(ctx: &Ctx, whole: &Whole) -> Result<Vec<u8>> {
    ctx.require(Permission::RegisterComplaint, whole.unit.id)?;
    // Official paper is in the official language.
    let locale = Locale::Id;
    let label = |key: &str| t(locale, key);
    let zone = organisation::zone_of(&whole.unit)?;
    let opened = whole.opening.opened_at.with_timezone(&zone);
    let day = dates::long_date(opened.date_naive(), locale);
    let counted = u64::try_from(whole.opening.counted).unwrap_or_default();
    let entered = u64::try_from(whole.entered).unwrap_or_default();
    let sheets = |count| {
        Message::new("ways-box-record-sheets")
            .with("count", dates::number_with_words(count))
            .text(locale)
    };
    let title = Message::new("ways-box-record-title")
        .with("day", &day)
        .text(locale);
    let mut closing = Vec::new();
    if let Some(reason) = &whole.opening.close_reason {
        let message = Message::new("ways-box-record-reason").with("reason", reason);
        closing.push(message.text(locale));
    }
    if whole.opening.closed_at.is_none() {
        closing.push(label("ways-box-record-open"));
    }
    closing.push(label("ways-box-record-closing"));
    let record = Record {
        running: title.clone(),
        title,
        letterhead: letterhead_of(&whole.unit),
        heading: vec![label("ways-box-record-heading")],
        lead: vec![
            Message::new("ways-box-record-lead")
                .with("words", dates::date_in_words(opened.date_naive()))
                .with("place", &whole.opening.place)
                .text(locale),
        ],
        facts: vec![
            Fact::new(label("ways-box-record-day"), day),
            Fact::new(label("ways-box-record-time"), dates::clock(&opened, locale)),
            Fact::new(label("ways-box-place"), whole.opening.place.clone()),
            Fact::new(label("ways-box-counted"), sheets(counted)),
            Fact::new(label("ways-box-entered"), sheets(entered)),
        ],
        sections: Vec::new(),
        table: (!whole.sheets.is_empty()).then(|| table(whole)),
        closing,
        signatories: signatories(ctx, whole),
        notes: vec![label("ways-box-record-note")],
        slip: None,
        qr: None,
    };
    documents::render(&ctx.app, Kind::Record, &record, ctx.now).await
}

/// Which sheet became which case. What stands on it is not told to the witnesses, who are no officers: the first words
/// of a sheet are often a name.
fn table(whole: &Whole) -> RecordTable {
    let label = |key: &str| t(Locale::Id, key);
    let rows = whole.sheets.iter().map(|(sheet, case)| {
        [
            sheet.to_string(),
            case.number.clone(),
            words::kind(case.kind, Locale::Id),
        ]
    });
    RecordTable {
        heading: label("ways-box-record-table"),
        columns: [
            label("ways-box-record-column-sheet"),
            label("ways-form-slip-number"),
            label("complaints-fact-kind"),
        ],
        rows: rows.collect(),
    }
}

fn signatories(ctx: &Ctx, whole: &Whole) -> Vec<Signatory> {
    let label = |key: &str| t(Locale::Id, key);
    let signs = |position: String, name: String| Signatory {
        place_date: None,
        position: vec![position],
        name,
        rank: None,
        nip: None,
        signature: None,
        mark: None,
    };
    let officer = ctx.account().map(|person| person.name.clone());
    let mut all = vec![signs(
        label("ways-form-officer"),
        officer.unwrap_or_else(|| ".".repeat(40)),
    )];
    let witnesses = whole.opening.witnesses.0.iter().enumerate();
    all.extend(witnesses.map(|(at, name)| {
        let position = Message::new("ways-box-record-witness")
            .with("n", at + 1)
            .text(Locale::Id);
        signs(position, name.clone())
    }));
    all
}
