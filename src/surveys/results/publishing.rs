//! Where a result was published: written down with its proof, corrected, withdrawn with a reason. What a line said
//! before stands in the history; a withdrawn one counts no more.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{entity::publication, store};
use crate::{
    access::{Ctx, Permission},
    audit,
    documents::{FileId, UploadedFile, uploads},
    organisation,
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        traces,
        web::forms::Upload,
        words::folded,
    },
    surveys::{
        entity::setup::{SurveyPeriodId, SurveyState, period},
        setup::reading::get,
    },
};

/// How the history calls it.
pub const CORRECTED: &str = "survey.publication_corrected";
pub const WITHDRAWN: &str = "survey.publication_withdrawn";
pub const LONGEST_MEDIUM: usize = 120;
pub const LONGEST_PROOF: usize = 400;

/// What an officer writes down of a publication.
#[derive(Clone, Debug, Default)]
pub struct NewPublication {
    pub medium: String,
    pub published_on: String,
    /// An address or words; may be empty where a file proves it.
    pub proof: String,
    /// A photo, a picture of the screen, a scan.
    pub file: Option<Upload>,
}

/// The same once it was looked at.
struct Checked {
    medium: String,
    published_on: NaiveDate,
    proof: String,
    file: Option<Upload>,
}

/// The lines that count.
pub async fn publications(ctx: &Ctx, period: &period::Model) -> Result<Vec<publication::Model>> {
    let mut rows = all(ctx, period).await?;
    rows.retain(|row| row.withdrawn_at.is_none());
    Ok(rows)
}

/// Also those that were withdrawn.
pub async fn all(ctx: &Ctx, period: &period::Model) -> Result<Vec<publication::Model>> {
    store::publications(&ctx.app.db, period).await
}

/// One line, withdrawn or not.
pub async fn one(
    db: &impl ConnectionTrait,
    period: &period::Model,
    id: Uuid,
) -> Result<publication::Model> {
    let rows = store::publications(db, period).await?;
    let found = rows.into_iter().find(|row| row.id == id);
    found.ok_or(Error::NotFound)
}

/// What a correction changed of one part, as it was and as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Medium(String, String),
    Day(NaiveDate, NaiveDate),
    Proof(String, String),
    File,
}

/// A correction of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub line: Uuid,
    pub by: String,
    pub at: DateTime<Utc>,
    pub reason: String,
    pub changes: Vec<Change>,
}

/// The corrections of the lines of a period, the first first, as the history keeps them.
pub async fn corrections(ctx: &Ctx, period: &period::Model) -> Result<Vec<Correction>> {
    let events = audit::of_verb(&ctx.app.db, "survey", period.id.0, CORRECTED).await?;
    Ok(events.iter().filter_map(correction).collect())
}

/// None of an event of days when the line was not named in it.
fn correction(event: &audit::Model) -> Option<Correction> {
    let line = event.data["line"].as_str()?;
    let of = |side: &str, part: &str| event.data[side][part].as_str().map(str::to_owned);
    let text = |part: &str| {
        let (before, now) = (of("before", part)?, of("now", part)?);
        (before != now).then_some((before, now))
    };
    let day = text("published_on")
        .and_then(|(before, now)| Some(Change::Day(before.parse().ok()?, now.parse().ok()?)));
    let medium = text("medium").map(|(before, now)| Change::Medium(before, now));
    let proof = text("proof").map(|(before, now)| Change::Proof(before, now));
    let file = (of("before", "file") != of("now", "file")).then_some(Change::File);
    Some(Correction {
        line: line.parse().ok()?,
        by: event.actor_name.clone(),
        at: event.at,
        reason: event.data["reason"].as_str().unwrap_or_default().to_owned(),
        changes: medium
            .into_iter()
            .chain(day)
            .chain(proof)
            .chain(file)
            .collect(),
    })
}

/// What is no words and opens no page safely.
const UNSAFE_SCHEMES: [&str; 3] = ["http", "javascript", "vbscript"];

/// A proof may be words or an address; an address that is opened safely begins with https. "Foto:papan" is words.
fn is_unsafe_address(proof: &str) -> bool {
    let scheme = proof.trim_start().split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        let mut unsafe_ones = UNSAFE_SCHEMES.iter();
        unsafe_ones.any(|one| one.eq_ignore_ascii_case(scheme))
    })
}

/// Whether a proof is an address that is opened safely.
#[must_use]
pub fn is_address(proof: &str) -> bool {
    let head = proof.get(..8);
    head.is_some_and(|head| head.eq_ignore_ascii_case("https://"))
}

/// Looks at a line; `has_file` says that one was kept with it before.
fn checked(
    new: NewPublication,
    period: &period::Model,
    (today, has_file): (NaiveDate, bool),
) -> Result<Checked> {
    let mut check = Check::new();
    let medium = check.line("medium", &new.medium, 3, LONGEST_MEDIUM);
    let published_on = check.date("published_on", &new.published_on);
    let with_file = has_file || new.file.is_some();
    let proof = match new.proof.trim().is_empty() {
        true if with_file => String::new(),
        true => {
            check.fault("proof", Message::new("survey-publication-proof-missing"));
            String::new()
        }
        false => check.line("proof", &new.proof, 3, LONGEST_PROOF),
    };
    traces::look_for_identity_numbers(&mut check, "medium", &medium);
    traces::look_for_identity_numbers(&mut check, "proof", &proof);
    if published_on > today {
        check.fault("published_on", Message::new("survey-publication-future"));
    }
    if published_on < period.closes_on && published_on.to_string() == new.published_on.trim() {
        check.fault("published_on", Message::new("survey-publication-early"));
    }
    if is_unsafe_address(&proof) {
        check.fault("proof", Message::new("field-web-address"));
    }
    check.finish()?;
    Ok(Checked {
        medium,
        published_on,
        proof,
        file: new.file,
    })
}

/// The same place and day stand there once.
fn refuse_twice(known: &[publication::Model], row: &publication::Model) -> Result<()> {
    let same = |one: &publication::Model| {
        one.id != row.id
            && one.withdrawn_at.is_none()
            && one.published_on == row.published_on
            && folded(&one.medium) == folded(&row.medium)
    };
    match known.iter().any(same) {
        true => Err(Error::field(
            "medium",
            Message::new("survey-publication-twice"),
        )),
        false => Ok(()),
    }
}

/// The period, for who may write its publications down, and the local day; only what is frozen can be published.
async fn writable(ctx: &Ctx, id: SurveyPeriodId) -> Result<(period::Model, NaiveDate)> {
    let period = get(ctx, id, Permission::ManageSurveys).await?;
    if period.state != SurveyState::Frozen {
        let message = Message::new("rule-survey-not-frozen");
        return Err(Error::rule("survey.not_frozen", message));
    }
    let unit = organisation::unit(&ctx.app.db, period.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    Ok((period, today))
}

async fn noted(
    tx: &Tx,
    ctx: &Ctx,
    (row, before): (&publication::Model, Option<&publication::Model>),
    (verb, reason): (&'static str, Option<&str>),
) -> Result<()> {
    let told = |row: &publication::Model| {
        serde_json::json!({
            "medium": row.medium, "published_on": row.published_on, "proof": row.proof,
            "file": row.file_id, "withdrawn_because": row.withdrawn_because,
        })
    };
    let entry = audit::Entry::new("survey", row.period_id.0, verb)
        .in_unit(row.unit_id)
        .with(serde_json::json!({
            "line": row.id, "reason": reason, "now": told(row), "before": before.map(told),
        }));
    audit::record(tx, ctx, entry).await
}

/// Keeps the file of a line, before the transaction in which it is attached.
async fn stored(ctx: &Ctx, period: &period::Model, file: Option<Upload>) -> Result<Option<FileId>> {
    let Some(file) = file else {
        return Ok(None);
    };
    let kept = uploads::store_scan(ctx, period.unit_id, &file.name, file.bytes).await?;
    Ok(Some(kept))
}

/// Attaches a kept file to a line, which is named after it where nothing else was typed.
async fn attached(tx: &Tx, row: &mut publication::Model, file: Option<FileId>) -> Result<()> {
    let Some(id) = file else {
        return Ok(());
    };
    row.file_id = Some(id);
    for file in uploads::attach(tx, row.unit_id, &[id]).await? {
        if row.proof.is_empty() {
            row.proof = file.name;
        }
    }
    Ok(())
}

/// Writes down where the result was published.
pub async fn publish(ctx: &Ctx, id: SurveyPeriodId, new: NewPublication) -> Result<()> {
    let (period, today) = writable(ctx, id).await?;
    let new = checked(new, &period, (today, false))?;
    let file = stored(ctx, &period, new.file).await?;
    let tx = ctx.app.db.begin_write().await?;
    let known = store::publications(&tx, &period).await?;
    let mut row = publication::Model {
        id: Uuid::now_v7(),
        unit_id: period.unit_id,
        period_id: period.id,
        medium: new.medium,
        published_on: new.published_on,
        proof: new.proof,
        file_id: None,
        entered_by: ctx.actor_name().to_owned(),
        entered_at: ctx.now,
        withdrawn_because: None,
        withdrawn_by: None,
        withdrawn_at: None,
        version: 1,
    };
    refuse_twice(&known, &row)?;
    attached(&tx, &mut row, file).await?;
    store::insert_publication(&tx, row.clone()).await?;
    noted(&tx, ctx, (&row, None), ("survey.published", None)).await?;
    Ok(tx.commit().await?)
}

/// A line that counts, in the version that was read.
async fn held(
    tx: &Tx,
    period: &period::Model,
    (id, version): (Uuid, i32),
) -> Result<publication::Model> {
    let row = one(tx, period, id).await?;
    match row.version == version && row.withdrawn_at.is_none() {
        true => Ok(row),
        false => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
    }
}

/// Corrects a line, with a reason: what it said before stays to be read. A new file takes the place of the one before.
pub async fn correct(
    ctx: &Ctx,
    id: SurveyPeriodId,
    which: (Uuid, i32),
    (new, reason): (NewPublication, String),
) -> Result<()> {
    let (period, today) = writable(ctx, id).await?;
    traces::refuse_identity_numbers([("because", reason.as_str())])?;
    let before = one(&ctx.app.db, &period, which.0).await?;
    let new = checked(new, &period, (today, before.file_id.is_some()))?;
    let file = stored(ctx, &period, new.file).await?;
    let tx = ctx.app.db.begin_write().await?;
    let before = held(&tx, &period, which).await?;
    let mut row = publication::Model {
        medium: new.medium,
        published_on: new.published_on,
        proof: match new.proof.is_empty() && file.is_none() {
            true => before.proof.clone(),
            false => new.proof,
        },
        ..before.clone()
    };
    refuse_twice(&store::publications(&tx, &period).await?, &row)?;
    attached(&tx, &mut row, file).await?;
    store::save_publication(&tx, row.clone()).await?;
    noted(&tx, ctx, (&row, Some(&before)), (CORRECTED, Some(&reason))).await?;
    Ok(tx.commit().await?)
}

/// Whether a line says already what a correction without a file asks for, and was corrected last for that reason.
pub async fn says(
    ctx: &Ctx,
    id: SurveyPeriodId,
    line: Uuid,
    (new, reason): (NewPublication, &str),
) -> Result<bool> {
    let (period, today) = writable(ctx, id).await?;
    let row = one(&ctx.app.db, &period, line).await?;
    let new = checked(new, &period, (today, row.file_id.is_some()))?;
    let corrections = corrections(ctx, &period).await?;
    let last = corrections.iter().rfind(|one| one.line == line);
    // An empty proof leaves the one that stands there.
    let proof = new.proof.is_empty() || new.proof == row.proof;
    Ok(proof
        && (new.medium, new.published_on) == (row.medium, row.published_on)
        && last.is_some_and(|last| last.reason == reason))
}

/// Withdraws a line: it stays to be read, with the reason, and counts no more.
pub async fn withdraw(
    ctx: &Ctx,
    id: SurveyPeriodId,
    which: (Uuid, i32),
    reason: String,
) -> Result<()> {
    let (period, _) = writable(ctx, id).await?;
    traces::refuse_identity_numbers([("reason", reason.as_str())])?;
    let tx = ctx.app.db.begin_write().await?;
    let before = held(&tx, &period, which).await?;
    let row = publication::Model {
        withdrawn_because: Some(reason),
        withdrawn_by: Some(ctx.actor_name().to_owned()),
        withdrawn_at: Some(ctx.now),
        ..before.clone()
    };
    store::save_publication(&tx, row.clone()).await?;
    noted(
        &tx,
        ctx,
        (&row, Some(&before)),
        (WITHDRAWN, row.withdrawn_because.as_deref()),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// The file of a line, for who may see the survey.
pub async fn proof(ctx: &Ctx, id: SurveyPeriodId, row: Uuid) -> Result<(UploadedFile, Vec<u8>)> {
    let period = get(ctx, id, Permission::ViewSurveys).await?;
    let row = one(&ctx.app.db, &period, row).await?;
    let file = uploads::get(&ctx.app.db, row.file_id.ok_or(Error::NotFound)?).await?;
    let bytes = uploads::bytes(&ctx.app, &file).await?;
    Ok((file, bytes))
}

#[cfg(test)]
mod tests {
    use super::{is_address, is_unsafe_address};

    #[test]
    fn an_address_that_proves_something_is_opened_safely() {
        for (proof, refused) in [
            ("https://contoh.example/skm", false),
            ("Foto: papan di ruang tunggu", false),
            ("Foto papan pukul 10:30", false),
            ("Foto:papan", false),
            ("HTTPS://contoh.example/skm", false),
            ("http://contoh.example/skm", true),
            ("Http://contoh.example/skm", true),
            ("javascript:alert(1)", true),
            ("JavaScript:alert(1)", true),
        ] {
            assert_eq!(is_unsafe_address(proof), refused, "{proof}");
        }
    }

    #[test]
    fn only_what_is_opened_safely_is_a_link() {
        for (proof, link) in [
            ("https://contoh.example/skm", true),
            ("HTTPS://contoh.example/skm", true),
            ("http://contoh.example/skm", false),
            ("Foto:papan", false),
            ("Fotoé papan", false),
            ("", false),
        ] {
            assert_eq!(is_address(proof), link, "{proof}");
        }
    }
}
