//! Use cases of the letter of clarification.

use chrono::Datelike as _;
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;
use uuid::Uuid;

use super::{
    docx, emails,
    entity::{ClarificationId, Model as Letter},
    paper::{self, Source},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        entity::{complaint, file},
        handling, identity,
        retention::require_whole,
        rules::{self, Sees},
        store as cases, trail, viewing, ways,
    },
    documents::{self, DocumentId, Kind, New, Numbered, data, letter_number, uploads},
    organisation::{self, Official, OfficialId, Unit},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
    },
};

/// What a letter says where neither place nor address is named.
const PLACE: &str = "Tempat";

/// A name and a postal address, in letters.
pub const ADDRESSEE: usize = 500;

pub const CLASSIFICATIONS: [&str; 4] = ["Biasa", "Penting", "Segera", "Rahasia"];

/// The letter of a case, for whoever writes it.
pub struct Desk {
    pub of: complaint::Model,
    pub unit: Unit,
    pub letter: Letter,
    /// It was saved before; else it is a proposal.
    pub kept: bool,
    pub officials: Vec<Official>,
    /// The number that probably comes next.
    pub next: Option<String>,
}

/// A letter as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub number: String,
    pub classification: String,
    pub subject: String,
    pub addressee: String,
    pub address_place: String,
    pub body: String,
    pub copies: String,
    pub signatory: String,
}

/// Whether a case has a letter: its number where it was issued, empty while it is written.
pub async fn standing(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Option<(String, bool)>> {
    let last = store::last(db, of).await?;
    Ok(last.map(|letter| (letter.number, letter.issued_at.is_some())))
}

async fn case(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    number: &str,
) -> Result<(complaint::Model, Unit)> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let found = cases::visible(db, &scope, &rules::read_number(number)).await?;
    ctx.require(Permission::IssueClarification, found.unit_id)?;
    let unit = organisation::unit(db, found.unit_id).await?;
    Ok((found, unit))
}

/// A letter answers: before there is an answer there is nothing to clarify.
async fn writable(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<()> {
    if of.answered_at.is_none() {
        return Err(Error::rule(
            "letter.not_answered",
            Message::new("rule-letter-not-answered"),
        ));
    }
    require_whole(db, of.id).await
}

/// What stands behind "di" where nobody wrote it: below an address, which names its town, nothing.
fn unnamed_place(addressee: &str) -> &'static str {
    match addressee.lines().count() {
        0 | 1 => PLACE,
        _ => "",
    }
}

async fn proposal(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
) -> Result<Letter> {
    let answer = cases::last_answer(db, of).await?;
    // A name that has to be asked for is not put on a paper unasked.
    let named = viewing::sight_of(ctx, of, false).identity == Sees::All && !of.anonymous;
    let (reporter, address) = if named {
        let reporter = identity::read(db, &ctx.app, of.id).await?.name;
        (reporter, ways::address_of(db, &ctx.app, of).await?)
    } else {
        (None, None)
    };
    let to: Vec<String> = reporter.into_iter().chain(address).collect();
    let addressee = to.join("\n");
    let head = organisation::head_of(db, unit.id).await.ok();
    Ok(Letter {
        id: ClarificationId::new(),
        unit_id: unit.id,
        complaint_id: of.id,
        number: String::new(),
        classification: CLASSIFICATIONS[0].to_owned(),
        subject: Message::new("letter-subject")
            .with("number", &of.number)
            .text(Locale::Id),
        address_place: unnamed_place(&addressee).to_owned(),
        addressee,
        body: answer.map_or_else(String::new, |answer| {
            paper::without_salutation(&answer.text)
        }),
        copies: String::new(),
        signatory_id: head.map(|head| head.id),
        document_id: None,
        issued_at: None,
        person_id: ctx.person_id(),
        created_at: ctx.now,
        version: 0,
    })
}

/// The letter of a case with what is needed to write it.
pub async fn desk(ctx: &Ctx, number: &str) -> Result<Desk> {
    let db = &ctx.app.db;
    let (of, unit) = case(db, ctx, number).await?;
    let kept = store::last(db, &of).await?;
    if kept.is_none() {
        writable(db, &of).await?;
    }
    let used = documents::numbers_of(db, ctx, unit.id).await?;
    let letter = match &kept {
        Some(letter) => letter.clone(),
        None => proposal(db, ctx, &of, &unit).await?,
    };
    if !letter.addressee.is_empty() {
        // The name stands in the form, as it does on the page of the case.
        let history = audit::history(db, "complaint", of.id.0).await?;
        viewing::note_shown(ctx, &of, &history).await?;
    }
    let year = ctx.today_in(organisation::zone_of(&unit)?).year();
    Ok(Desk {
        officials: organisation::officials(db, unit.id).await?,
        next: letter_number::next(&unit.letter_number, &used, year),
        letter,
        kept: kept.is_some(),
        of,
        unit,
    })
}

async fn checked(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    (of, unit): (&complaint::Model, &Unit),
    typed: &Typed,
    before: Letter,
) -> Result<Letter> {
    let mut check = Check::new();
    let year = ctx.today_in(organisation::zone_of(unit)?).year();
    let number = check
        .optional("number", &typed.number, 80)
        .unwrap_or_default();
    let number = letter_number::completed(&unit.letter_number, number, year);
    let classification = check.choice("classification", &typed.classification, |code| {
        CLASSIFICATIONS.into_iter().find(|known| *known == code)
    });
    let subject = check.line("subject", &typed.subject, 5, 200);
    let addressee = check.optional("addressee", &typed.addressee, ADDRESSEE);
    let addressee = addressee.filter(|_| !of.anonymous).unwrap_or_default();
    let place = check.optional("address_place", &typed.address_place, 100);
    let body = check.text("body", &typed.body, 10, 8000);
    let copies = check.optional("copies", &typed.copies, 1000);
    let officials = organisation::officials(db, unit.id).await?;
    let signatory = check.choice("signatory", &typed.signatory, |id| {
        let id = OfficialId::parse(id).ok()?;
        officials.iter().find(|one| one.id == id).map(|one| one.id)
    });
    check.finish()?;
    Ok(Letter {
        number,
        classification: classification.unwrap_or(CLASSIFICATIONS[0]).to_owned(),
        subject,
        // Also a street tells who it is.
        address_place: place
            .filter(|_| !of.anonymous)
            .unwrap_or_else(|| unnamed_place(&addressee).to_owned()),
        addressee,
        body,
        copies: copies.unwrap_or_default(),
        signatory_id: signatory,
        person_id: ctx.person_id(),
        ..before
    })
}

/// Keeps what was written. `seen` is the version of the form, 0 for a letter that was not saved yet.
pub async fn save(ctx: &Ctx, number: &str, seen: i32, typed: &Typed) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (of, unit) = case(&tx, ctx, number).await?;
    writable(&tx, &of).await?;
    let before = match store::last(&tx, &of).await? {
        Some(letter) => letter,
        None => proposal(&tx, ctx, &of, &unit).await?,
    };
    if before.version != seen || before.issued_at.is_some() {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let letter = checked(&tx, ctx, (&of, &unit), typed, before).await?;
    if letter.version == 0 {
        // Two people who begin at once: the complaint's row lets one of them in.
        cases::save(&tx, &of, handling::unchanged()).await?;
        let first = Letter {
            version: 1,
            ..letter
        };
        store::insert(&tx, first).await?;
        trail::note(&tx, ctx, &of, "complaint.letter_drafted", json!({})).await?;
    } else {
        store::save(&tx, letter).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Whether the letter says, by the caller's own hand, what was typed, and is issued or not: what a second press of the
/// same button finds.
pub async fn stands(ctx: &Ctx, number: &str, typed: &Typed, issued: bool) -> Result<bool> {
    let db = &ctx.app.db;
    let (of, _) = case(db, ctx, number).await?;
    let Some(letter) = store::last(db, &of).await? else {
        return Ok(false);
    };
    let same = |kept: &str, typed: &str| kept.split_whitespace().eq(typed.split_whitespace());
    Ok(letter.issued_at.is_some() == issued
        && letter.person_id.is_some()
        && letter.person_id == ctx.person_id()
        && same(&letter.number, &typed.number)
        && same(&letter.subject, &typed.subject)
        && same(&letter.body, &typed.body))
}

async fn official(db: &impl ConnectionTrait, letter: &Letter) -> Result<Option<Official>> {
    match letter.signatory_id {
        Some(id) => organisation::official(db, id).await.map(Some),
        None => Ok(None),
    }
}

/// The letter as it stands, for the screen; bears no code and is not registered.
pub async fn preview(ctx: &Ctx, number: &str) -> Result<Vec<u8>> {
    let data = draft_data(ctx, number).await?;
    trail::note_opened(ctx, number, "pratinjau.pdf").await?;
    documents::render(&ctx.app, Kind::ClarificationLetter, &data, ctx.now).await
}

async fn draft_data(ctx: &Ctx, number: &str) -> Result<data::Letter> {
    let desk = desk(ctx, number).await?;
    let signatory = official(&ctx.app.db, &desk.letter).await?;
    Source {
        of: &desk.of,
        letter: &desk.letter,
        unit: &desk.unit,
        signatory: signatory.as_ref(),
        at: ctx.now,
    }
    .data(None)
}

/// Issues the letter: from now on it is the paper with this number. It goes to the reporter by mail and onto the status
/// page.
pub async fn issue(ctx: &Ctx, number: &str, seen: i32) -> Result<()> {
    let db = &ctx.app.db;
    let (of, unit) = case(db, ctx, number).await?;
    writable(db, &of).await?;
    let letter = store::last(db, &of).await?.ok_or(Error::NotFound)?;
    if letter.version != seen || letter.issued_at.is_some() {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    if letter.number.is_empty() {
        return Err(Error::field("number", Message::new("letter-number-needed")));
    }
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    letter_number::check(
        &unit.letter_number,
        &letter.number,
        today,
        "letter-number-year",
    )?;
    let signatory = official(db, &letter).await?;
    if signatory.is_none() {
        return Err(Error::field("signatory", Message::new("field-choose")));
    }
    let wanted = Numbered {
        unit: unit.id,
        kind: Kind::ClarificationLetter,
        about_kind: "complaint",
        about_id: of.id.0,
        number: &letter.number,
    };
    documents::number_fits(db, ctx, &wanted).await?;
    let code = documents::new_code();
    let source = Source {
        of: &of,
        letter: &letter,
        unit: &unit,
        signatory: signatory.as_ref(),
        at: ctx.now,
    };
    let data = source.data(Some((
        documents::verification(&ctx.app, &code),
        documents::verification_url(&ctx.app, &code),
    )))?;
    let bytes = documents::render(&ctx.app, Kind::ClarificationLetter, &data, ctx.now).await?;
    let earlier = documents::latest(db, "complaint", of.id.0, Kind::ClarificationLetter).await?;
    // Two files of one name: nobody could tell which of them holds.
    let name = match &earlier {
        Some(earlier) => format!(
            "surat-klarifikasi-{}-perbaikan-{}.pdf",
            of.number, earlier.version
        ),
        None => format!("surat-klarifikasi-{}.pdf", of.number),
    };
    let copy = uploads::store_unlooked(ctx, unit.id, &name, bytes.clone()).await?;
    let new = New {
        unit: unit.id,
        issuer: None,
        kind: Kind::ClarificationLetter,
        number: Some(letter.number.clone()),
        subject: Message::new("letter-register-subject")
            .with("number", &of.number)
            .text(Locale::Id),
        about_kind: "complaint",
        about_id: of.id.0,
        bytes,
        verification_code: code,
        restricted: true,
        supersedes: None,
    };
    let stored = documents::put_with(&ctx.app, new, &data).await?;
    let tx = db.begin_write().await?;
    let document = documents::issue(&tx, ctx, stored).await?;
    let frozen = Letter {
        document_id: Some(document.id),
        issued_at: Some(ctx.now),
        ..letter
    };
    store::save(&tx, frozen).await?;
    for_citizen(&tx, ctx, &of, copy).await?;
    let mailed = emails::letter(&tx, ctx, &of, &unit, &document).await?;
    let told = json!({ "number": document.number, "version": document.version, "mailed": mailed });
    trail::note(&tx, ctx, &of, "complaint.letter_issued", told).await?;
    tx.commit().await?;
    Ok(())
}

/// The paper among the files of the status page: not everybody has an address for mails.
async fn for_citizen(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    id: documents::FileId,
) -> Result<()> {
    uploads::attach(tx, of.unit_id, &[id]).await?;
    let row = file::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        file_id: Set(id),
        by_citizen: Set(false),
        for_citizen: Set(true),
        person_id: Set(ctx.person_id()),
        created_at: Set(ctx.now),
    };
    cases::insert_file(tx, row).await
}

/// Begins a correction of an issued letter: the next version, under the same number.
pub async fn correct(ctx: &Ctx, number: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (of, _) = case(&tx, ctx, number).await?;
    writable(&tx, &of).await?;
    let last = store::last(&tx, &of).await?.ok_or(Error::NotFound)?;
    if last.issued_at.is_none() {
        return Ok(());
    }
    cases::save(&tx, &of, handling::unchanged()).await?;
    let next = Letter {
        id: ClarificationId::new(),
        document_id: None,
        issued_at: None,
        person_id: ctx.person_id(),
        created_at: ctx.now,
        version: 1,
        ..last
    };
    store::insert(&tx, next).await?;
    trail::note(&tx, ctx, &of, "complaint.letter_drafted", json!({})).await?;
    tx.commit().await?;
    Ok(())
}

async fn issued(ctx: &Ctx, number: &str) -> Result<documents::Document> {
    let db = &ctx.app.db;
    let (of, _) = case(db, ctx, number).await?;
    let found = documents::latest(db, "complaint", of.id.0, Kind::ClarificationLetter).await?;
    found
        .filter(|document| !document.file_key.is_empty())
        .ok_or(Error::NotFound)
}

/// The issued paper, byte by byte.
pub async fn pdf(ctx: &Ctx, number: &str) -> Result<Vec<u8>> {
    let document = issued(ctx, number).await?;
    trail::note_opened(ctx, number, "surat.pdf").await?;
    documents::bytes(&ctx.app, &document).await
}

/// The copy for word processors: of the issued paper, or of what is being written.
pub async fn word(ctx: &Ctx, number: &str) -> Result<Vec<u8>> {
    let data = match issued(ctx, number).await {
        Ok(document) => match documents::source(&ctx.app, &document).await? {
            Some(data) => serde_json::from_value(data).map_err(anyhow::Error::from)?,
            None => draft_data(ctx, number).await?,
        },
        Err(Error::NotFound) => draft_data(ctx, number).await?,
        Err(error) => return Err(error),
    };
    trail::note_opened(ctx, number, "surat.docx").await?;
    docx::file(&data)
}

/// The code under which everybody can verify the issued paper.
pub async fn verification_path(ctx: &Ctx, id: DocumentId) -> Result<String> {
    let document = documents::document(&ctx.app.db, id).await?;
    Ok(format!("/verifikasi/{}", document.verification_code))
}
