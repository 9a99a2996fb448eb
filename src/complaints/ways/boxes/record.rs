//! The record of opening a box (berita acara): who was there, what was found, what became of each sheet. It is signed
//! on paper by the witnesses. Once the batch is closed it gets a number and a place in the register of documents, where
//! everybody can verify it; before, what is printed is a draft.

use chrono::Datelike as _;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::service::{self, Whole};
use crate::{
    access::{Ctx, Permission},
    audit,
    calendar::dates,
    complaints::{
        ways::entity::opening::{Model, OpeningId},
        words,
    },
    documents::{
        self, Document, Kind, New, Numbered,
        data::{Fact, Record, RecordTable, Signatory},
        letter_number, letterhead_of,
    },
    organisation::{self, Unit},
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::{Locale, Message, t},
    },
};

const ABOUT: &str = "box_opening";

/// The registered record, if there is one.
pub async fn issued(db: &impl ConnectionTrait, of: &Model) -> Result<Option<Document>> {
    documents::latest(db, ABOUT, of.id.0, Kind::Record).await
}

/// The registered paper, byte by byte; before that a draft.
pub async fn pdf(ctx: &Ctx, whole: &Whole) -> Result<Vec<u8>> {
    ctx.require(Permission::RegisterComplaint, whole.unit.id)?;
    match issued(&ctx.app.db, &whole.opening).await? {
        Some(document) => documents::bytes(&ctx.app, &document).await,
        None => {
            let data = data(ctx, whole, None)?;
            documents::render(&ctx.app, Kind::Record, &data, ctx.now).await
        }
    }
}

/// The year of the office, by which its papers are numbered.
fn year(ctx: &Ctx, unit: &Unit) -> Result<i32> {
    Ok(ctx.today_in(organisation::zone_of(unit)?).year())
}

/// How the office numbers its papers, and what probably comes next.
pub async fn number_hint(ctx: &Ctx, unit: &Unit) -> Result<String> {
    let used = documents::numbers_of(&ctx.app.db, ctx, unit.id).await?;
    let next = letter_number::next(&unit.letter_number, &used, year(ctx, unit)?);
    let message = match next {
        Some(next) => Message::new("ways-box-record-hint-next").with("next", next),
        None if unit.letter_number.is_empty() => Message::new("ways-box-record-hint"),
        None => Message::new("ways-box-record-hint-pattern").with("pattern", &unit.letter_number),
    };
    Ok(message.text(ctx.locale()))
}

/// Issues the record of a closed batch: from now on it is the paper with this number.
pub async fn issue(ctx: &Ctx, id: OpeningId, typed: &str) -> Result<()> {
    let db = &ctx.app.db;
    let whole = service::whole(ctx, id, None).await?;
    let unit = &whole.unit;
    if whole.opening.closed_at.is_none() {
        return Err(Error::rule(
            "box.not_closed",
            Message::new("rule-box-not-closed"),
        ));
    }
    let mut check = Check::new();
    let number = check.line("number", typed, 1, 80);
    check.finish()?;
    let number = letter_number::completed(&unit.letter_number, number, year(ctx, unit)?);
    let wanted = Numbered {
        unit: unit.id,
        kind: Kind::Record,
        about_kind: ABOUT,
        about_id: id.0,
        number: &number,
    };
    documents::number_fits(db, ctx, &wanted).await?;
    let code = documents::new_code();
    let data = data(ctx, &whole, Some((&number, &code)))?;
    let new = New {
        unit: unit.id,
        issuer: None,
        kind: Kind::Record,
        number: Some(number),
        subject: data.title.clone(),
        about_kind: ABOUT,
        about_id: id.0,
        bytes: documents::render(&ctx.app, Kind::Record, &data, ctx.now).await?,
        verification_code: code,
        // It names the witnesses.
        restricted: true,
        supersedes: None,
    };
    let stored = documents::put_with(&ctx.app, new, &data).await?;
    let tx = db.begin_write().await?;
    // Of two officers at once the second is told: a closed batch has one record.
    organisation::hold(&tx, unit.id).await?;
    if issued(&tx, &whole.opening).await?.is_some() {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let document = documents::issue(&tx, ctx, stored).await?;
    let entry = audit::Entry::new(ABOUT, id.0, "box.record_issued")
        .in_unit(unit.id)
        .with(json!({ "document": document.id, "number": document.number }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// What the paper says; without number and code it is a draft.
fn data(ctx: &Ctx, whole: &Whole, seal: Option<(&str, &str)>) -> Result<Record> {
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
    let mut heading = vec![label("ways-box-record-heading")];
    let mut notes = vec![label("ways-box-record-note")];
    match seal {
        Some((number, _)) => {
            let message = Message::new("ways-box-record-numbered").with("number", number);
            heading.push(message.text(locale));
        }
        None => notes.push(label("ways-box-record-draft")),
    }
    Ok(Record {
        running: title.clone(),
        title,
        letterhead: letterhead_of(&whole.unit),
        heading,
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
        notes,
        slip: None,
        verification: seal.map(|(_, code)| documents::verification(&ctx.app, code)),
        qr: seal.map(|(_, code)| documents::verification_url(&ctx.app, code)),
    })
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
