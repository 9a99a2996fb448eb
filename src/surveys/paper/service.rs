//! Keeping batches: begin one, add sheets to it, take the last one back.

use chrono::NaiveDate;

use super::lines::{self, LineFault};
use crate::{
    access::{Ctx, Permission},
    audit,
    platform::{
        crypto::{Purpose, sha256_hex},
        db::Tx,
        error::{Error, FieldError, Result},
        i18n::Message,
    },
    standards::StandardId,
    surveys::{
        answering::service::{Filled, Raw, checked, row},
        defaults::PROFILE,
        entity::{
            answers::{AnswerWay, BatchKind, SurveyBatchId, batch, response},
            setup::{SurveyPeriodId, SurveyState, period},
        },
        setup::{reading::get, rules::Broken},
        store::{batches, periods, responses},
    },
};

pub use batches::Held;

/// Lines that one sending may hold.
pub const MOST_LINES: usize = 500;
/// Sheets that the running list shows.
const SHOWN: u64 = 15;

/// What is entered after the last day is entered from paper of that time; nothing is before the first and after freezing.
pub fn may_enter(period: &period::Model) -> Result<(), Broken> {
    match period.state {
        SurveyState::Draft => Err(Broken::NotOpen),
        SurveyState::Frozen => Err(Broken::Frozen),
        SurveyState::Open | SurveyState::Closed => Ok(()),
    }
}

/// A day of a period that is not to come.
pub fn check_day(period: &period::Model, today: NaiveDate, day: NaiveDate) -> Option<Message> {
    let last = period.closes_on.min(today);
    let outside = day < period.opens_on || day > last;
    outside.then(|| {
        Message::new("surveys-day-outside")
            .on("first", period.opens_on)
            .on("last", last)
    })
}

pub async fn list(ctx: &Ctx, period: &period::Model) -> Result<Vec<batch::Model>> {
    batches::of_period(&ctx.app.db, period).await
}

/// What the batches of a period really hold: a list names services and days of its own.
pub async fn held(ctx: &Ctx, period: &period::Model) -> Result<Vec<Held>> {
    batches::held(&ctx.app.db, period).await
}

/// A batch with its last sheets.
pub async fn show(
    ctx: &Ctx,
    period: &period::Model,
    id: SurveyBatchId,
) -> Result<(batch::Model, Vec<response::Model>)> {
    let db = &ctx.app.db;
    let batch = batches::one(db, period, id).await?;
    let last = batches::last_sheets(db, batch.id, SHOWN).await?;
    Ok((batch, last))
}

/// Whether the caller began the batch: its sheets stand under that name.
#[must_use]
pub fn is_own(ctx: &Ctx, batch: &batch::Model) -> bool {
    batch.person_id.is_some() && batch.person_id == ctx.person_id()
}

/// Whether the caller may take an import back: who made it, and who manages the survey.
#[must_use]
pub fn may_take_back(ctx: &Ctx, period: &period::Model, batch: &batch::Model) -> bool {
    batch.kind == BatchKind::Import
        && may_enter(period).is_ok()
        && (is_own(ctx, batch) || ctx.may(Permission::ManageSurveys, period.unit_id))
}

/// A row of a new batch.
pub fn new_batch(
    ctx: &Ctx,
    period: &period::Model,
    (kind, service, day): (BatchKind, StandardId, NaiveDate),
    file_name: &str,
) -> batch::Model {
    batch::Model {
        id: SurveyBatchId::new(),
        unit_id: period.unit_id,
        period_id: period.id,
        service_id: service,
        kind,
        person_id: ctx.person_id(),
        file_name: file_name.to_owned(),
        answered_on: day,
        sheets: 0,
        begun_at: ctx.now,
        version: 1,
    }
}

/// Begins a batch of sheets of one service and one day.
pub async fn begin(
    ctx: &Ctx,
    id: SurveyPeriodId,
    service: StandardId,
    day: NaiveDate,
) -> Result<SurveyBatchId> {
    get(ctx, id, Permission::EnterSurvey).await?;
    let tx = ctx.app.db.begin_write().await?;
    let period = periods::share(&tx, id).await?;
    may_enter(&period)?;
    let services = periods::services(&tx, id).await?;
    if !services.iter().any(|row| row.service_id == service) {
        return Err(Error::field(
            "service",
            Message::new("field-unknown-choice"),
        ));
    }
    let row = new_batch(ctx, &period, (BatchKind::Paper, service, day), "");
    let batch = row.id;
    batches::insert(&tx, row).await?;
    noted(&tx, ctx, &period, (batch, 0), "survey_batch.begun").await?;
    tx.commit().await?;
    Ok(batch)
}

/// What is said of a line that is none.
pub fn fault_message(fault: &LineFault) -> Message {
    match fault {
        LineFault::Count { found, wanted } => Message::new("surveys-line-count")
            .with("found", found)
            .with("wanted", wanted),
        LineFault::Score { place, found } => Message::new("surveys-line-score")
            .with("place", place)
            .with("found", found),
        LineFault::Profile { found } => Message::new("surveys-line-profile").with("found", found),
    }
}

/// A line as a sheet, or what is wrong with it.
pub fn sheet(period: &period::Model, elements: usize, text: &str) -> Result<Filled, Vec<Message>> {
    let line = lines::read(text, elements).map_err(|fault| vec![fault_message(&fault)])?;
    let scores = line.scores.into_iter().zip(1..);
    let raw = Raw {
        scores: scores
            .map(|(score, at): (_, usize)| (format!("u{at}"), score))
            .collect(),
        profile: line.profile,
        comment: line.comment,
    };
    checked(period, &raw).map_err(|error| match error {
        Error::Invalid(faults) => faults
            .into_iter()
            .map(|fault| profile_fault(&fault.field, line.profile).unwrap_or(fault.message))
            .collect(),
        _ => vec![Message::new("field-shape")],
    })
}

/// Which digit of the profile is wrong: a line has no fields to point at.
fn profile_fault(field: &str, typed: [&str; 4]) -> Option<Message> {
    let at = PROFILE.iter().position(|part| *part == field)?;
    Some(
        Message::new("surveys-line-profile-digit")
            .with("place", at + 1)
            .with("part", field)
            .with("found", typed[at]),
    )
}

/// Adds sheets, one a line: all of them, or none and every faulty line named. The mark of the form makes a second
/// sending the same sheets. Returns how many were added.
pub async fn add(
    ctx: &Ctx,
    (id, batch): (SurveyPeriodId, SurveyBatchId),
    (field, text): (&str, &str),
    form: &str,
) -> Result<usize> {
    get(ctx, id, Permission::EnterSurvey).await?;
    let tx = ctx.app.db.begin_write().await?;
    let period = periods::share(&tx, id).await?;
    may_enter(&period)?;
    let batch = batches::hold(&tx, &period, batch).await?;
    if batch.kind != BatchKind::Paper || !is_own(ctx, &batch) {
        let message = Message::new("rule-survey-batch-of-other");
        return Err(Error::rule("survey.batch_of_other", message));
    }
    let elements = periods::elements(&tx, id).await?.len();
    let filled = read_all(&period, elements, (field, text), ctx)?;
    let mut rows = Vec::with_capacity(filled.len());
    let source = (batch.service_id, None, AnswerWay::Paper);
    // The words belong to the mark: other lines under a form that was used before are other sheets.
    let words = sha256_hex(text.as_bytes());
    for (one, sheet) in filled.into_iter().zip(batch.sheets + 1..) {
        let mark = format!("survey-paper:{}:{form}:{words}:{}", batch.id, rows.len());
        let mark = (!form.is_empty()).then(|| ctx.app.keys.hash(Purpose::Tokens, &mark));
        let of = (batch.answered_on, mark, Some((batch.id, sheet)));
        rows.push(row(&period, source, one, of));
    }
    if let Some(mark) = rows.first().and_then(|row| row.client_id.as_deref())
        && responses::by_client(&tx, id, mark).await?.is_some()
    {
        return Ok(rows.len());
    }
    let added = rows.len();
    let sheets = batch.sheets + i32::try_from(added).unwrap_or_default();
    responses::insert(&tx, rows).await?;
    batches::set_sheets(&tx, &batch, sheets).await?;
    noted(
        &tx,
        ctx,
        &period,
        (batch.id, sheets),
        "survey_batch.sheets_added",
    )
    .await?;
    tx.commit().await?;
    Ok(added)
}

fn read_all(
    period: &period::Model,
    elements: usize,
    (field, text): (&str, &str),
    ctx: &Ctx,
) -> Result<Vec<Filled>> {
    let lines = text.lines().zip(1..);
    let lines: Vec<(&str, usize)> = lines.filter(|(line, _)| !line.trim().is_empty()).collect();
    if lines.is_empty() {
        return Err(Error::field(field, Message::new("field-required")));
    }
    if lines.len() > MOST_LINES {
        let message = Message::new("surveys-lines-many").with("most", MOST_LINES);
        return Err(Error::field(field, message));
    }
    let (mut filled, mut faults) = (Vec::new(), Vec::new());
    for (line, number) in &lines {
        match sheet(period, elements, line) {
            Ok(one) => filled.push(one),
            Err(wrong) => faults.extend(wrong.into_iter().map(|message| {
                FieldError {
                    field: field.to_owned(),
                    message: Message::new("surveys-line-fault")
                        .with("line", number)
                        .with("fault", message.text(ctx.locale())),
                }
            })),
        }
    }
    match faults.is_empty() {
        true => Ok(filled),
        false => Err(Error::Invalid(faults)),
    }
}

/// Takes the last sheet of a batch back, as long as it still is the last one.
pub async fn undo(
    ctx: &Ctx,
    (id, batch): (SurveyPeriodId, SurveyBatchId),
    sheet: i32,
) -> Result<()> {
    get(ctx, id, Permission::EnterSurvey).await?;
    let tx = ctx.app.db.begin_write().await?;
    let period = periods::share(&tx, id).await?;
    may_enter(&period)?;
    let batch = batches::hold(&tx, &period, batch).await?;
    let last = batches::last_sheets(&tx, batch.id, 1).await?;
    let last = last.into_iter().next().ok_or(Error::NotFound)?;
    if last.sheet != Some(sheet) || batch.kind != BatchKind::Paper {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    responses::delete(&tx, last.id).await?;
    batches::set_sheets(&tx, &batch, sheet - 1).await?;
    noted(
        &tx,
        ctx,
        &period,
        (batch.id, sheet),
        "survey_batch.sheet_undone",
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Takes an import back as a whole: a column that was read as another one is seen in the figures only. Complaints that
/// were made of its comments stay. Returns how many answers went.
pub async fn take_back(ctx: &Ctx, (id, batch): (SurveyPeriodId, SurveyBatchId)) -> Result<i32> {
    get(ctx, id, Permission::EnterSurvey).await?;
    let tx = ctx.app.db.begin_write().await?;
    let period = periods::share(&tx, id).await?;
    may_enter(&period)?;
    let batch = batches::hold(&tx, &period, batch).await?;
    if batch.kind != BatchKind::Import {
        return Err(Error::NotFound);
    }
    if !may_take_back(ctx, &period, &batch) {
        return Err(Error::Forbidden);
    }
    responses::delete_batch(&tx, batch.id).await?;
    batches::delete(&tx, batch.id).await?;
    let of = (batch.id, batch.sheets);
    noted(&tx, ctx, &period, of, "survey_batch.import_undone").await?;
    tx.commit().await?;
    Ok(batch.sheets)
}

pub async fn noted(
    tx: &Tx,
    ctx: &Ctx,
    period: &period::Model,
    (batch, sheets): (SurveyBatchId, i32),
    verb: &'static str,
) -> Result<()> {
    let entry = audit::Entry::new("survey", period.id.0, verb)
        .in_unit(period.unit_id)
        .with(serde_json::json!({ "batch": batch, "sheets": sheets }));
    audit::record(tx, ctx, entry).await
}
