//! Use cases of the report: writing its few texts, putting it before the head of the unit, who approves it or gives it
//! back, and with that its way into the register. What was issued is never set again: its bytes are the report, and a
//! correction is the next version.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    Comparisons,
    entity::report_row,
    report::{self, Seal},
    report_emails::{self, Step},
    service::{self, Seen},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    documents::{self, Document, Kind},
    organisation::{self, Unit},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        traces,
    },
    surveys::{
        entity::setup::{SurveyPeriodId, SurveyState, period},
        setup::reading::get,
    },
};

/// The thing that the register says the paper is about.
const ABOUT: &str = "survey_period";

/// How the history calls the steps of a report.
pub const SUBMITTED: &str = "survey.report_submitted";
pub const RETURNED: &str = "survey.report_returned";
pub const ISSUED: &str = "survey.report_issued";

const CHANGED: Error = Error::Conflict {
    code: "changed_meanwhile",
};

/// The office's own words; an empty one leaves the composed text as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    pub preface: String,
    pub analysis: String,
    pub conclusion: String,
}

/// What the register of the office gave.
#[derive(Clone, Debug)]
pub struct Given {
    pub number: String,
    pub dated_on: NaiveDate,
}

/// What is kept of the report of a period, and the paper that counts.
pub struct Kept {
    pub row: Option<report_row::Model>,
    pub issued: Option<Document>,
}

impl Kept {
    /// What a form has to name, so that nobody's work is lost.
    #[must_use]
    pub fn version(&self) -> i32 {
        self.row.as_ref().map_or(0, |row| row.version)
    }
}

pub async fn kept(ctx: &Ctx, period: &period::Model) -> Result<Kept> {
    let db = &ctx.app.db;
    Ok(Kept {
        row: store::report(db, period.id).await?,
        issued: documents::latest(db, ABOUT, period.id.0, Kind::SurveyReport).await?,
    })
}

/// The row as it is written next, over the version that the form showed.
async fn next(tx: &Tx, ctx: &Ctx, period: &period::Model, seen: i32) -> Result<report_row::Model> {
    let old = store::report(tx, period.id).await?;
    if old.as_ref().map_or(0, |row| row.version) != seen {
        return Err(CHANGED);
    }
    let old = old.unwrap_or_else(|| report_row::Model {
        id: Uuid::now_v7(),
        unit_id: period.unit_id,
        period_id: period.id,
        preface: String::new(),
        analysis: String::new(),
        conclusion: String::new(),
        number: String::new(),
        dated_on: None,
        submitted_at: None,
        submitted_by: None,
        returned_because: None,
        version: 0,
        changed_by: String::new(),
        changed_at: ctx.now,
    });
    Ok(report_row::Model {
        version: seen + 1,
        changed_by: ctx.actor_name().to_owned(),
        changed_at: ctx.now,
        ..old
    })
}

async fn noted(tx: &Tx, ctx: &Ctx, row: &report_row::Model, verb: &'static str) -> Result<()> {
    let entry = audit::Entry::new("survey", row.period_id.0, verb)
        .in_unit(row.unit_id)
        .with(serde_json::json!({
            "version": row.version, "number": row.number, "returned_because": row.returned_because,
        }));
    audit::record(tx, ctx, entry).await
}

/// The row without its place on the head's table, for something of the report changes: nobody approves what they did not
/// read. Where it lay there, the head hears that nothing waits any more.
async fn taken_back(
    tx: &Tx,
    ctx: &Ctx,
    period: &period::Model,
    row: report_row::Model,
) -> Result<(report_row::Model, bool)> {
    let waited = row.submitted_at.is_some();
    if waited {
        report_emails::tell(tx, ctx, period, Step::Withdrawn).await?;
    }
    let row = report_row::Model {
        submitted_at: None,
        submitted_by: None,
        ..row
    };
    Ok((row, waited))
}

/// Takes the report back over the version that was read; true where it lay before the head.
pub(super) async fn take_back(
    tx: &Tx,
    ctx: &Ctx,
    period: &period::Model,
    seen: i32,
) -> Result<bool> {
    let row = next(tx, ctx, period, seen).await?;
    let (row, waited) = taken_back(tx, ctx, period, row).await?;
    store::save_report(tx, row, seen).await?;
    Ok(waited)
}

/// Writes the office's own words; true where the report lay before the head, and was taken back.
pub async fn write(ctx: &Ctx, id: SurveyPeriodId, texts: Texts, seen: i32) -> Result<bool> {
    let period = get(ctx, id, Permission::ManageSurveys).await?;
    traces::refuse_identity_numbers([
        ("preface", texts.preface.as_str()),
        ("analysis", texts.analysis.as_str()),
        ("conclusion", texts.conclusion.as_str()),
    ])?;
    let tx = ctx.app.db.begin_write().await?;
    let row = next(&tx, ctx, &period, seen).await?;
    let (row, waited) = taken_back(&tx, ctx, &period, row).await?;
    let row = report_row::Model {
        preface: texts.preface,
        analysis: texts.analysis,
        conclusion: texts.conclusion,
        ..row
    };
    store::save_report(&tx, row.clone(), seen).await?;
    noted(&tx, ctx, &row, "survey.report_written").await?;
    tx.commit().await?;
    Ok(waited)
}

/// A report tells of what has been: its day is not before the last one of the period, and not in the future.
fn may_bear(seen: &Seen, day: NaiveDate, today: NaiveDate) -> Result<()> {
    let key = match day {
        day if day < seen.period.closes_on => "survey-report-date-early",
        day if day > today => "survey-report-date-future",
        _ => return Ok(()),
    };
    Err(Error::field("dated_on", Message::new(key)))
}

/// What has to hold before the report is put before the head, and again before it is issued.
async fn may_go_out(ctx: &Ctx, seen: &Seen, given: &Given) -> Result<()> {
    if seen.period.state != SurveyState::Frozen {
        let message = Message::new("rule-survey-report-not-frozen");
        return Err(Error::rule("survey.not_frozen", message));
    }
    let today = ctx.today_in(organisation::zone_of(&seen.unit)?);
    may_bear(seen, given.dated_on, today)?;
    let wanted = documents::Numbered {
        unit: seen.unit.id,
        kind: Kind::SurveyReport,
        about_kind: ABOUT,
        about_id: seen.period.id.0,
        number: &given.number,
    };
    documents::number_fits(&ctx.app.db, ctx, &wanted).await
}

/// Puts the report of a frozen period before the head of the unit, with number and day of the office's register.
pub async fn submit(ctx: &Ctx, id: SurveyPeriodId, given: Given, version: i32) -> Result<()> {
    get(ctx, id, Permission::ManageSurveys).await?;
    let seen = service::look(ctx, id).await?;
    may_go_out(ctx, &seen, &given).await?;
    let tx = ctx.app.db.begin_write().await?;
    let row = report_row::Model {
        number: given.number,
        dated_on: Some(given.dated_on),
        submitted_at: Some(ctx.now),
        submitted_by: Some(ctx.actor_name().to_owned()),
        returned_because: None,
        ..next(&tx, ctx, &seen.period, version).await?
    };
    store::save_report(&tx, row.clone(), version).await?;
    noted(&tx, ctx, &row, SUBMITTED).await?;
    report_emails::tell(&tx, ctx, &seen.period, Step::Submitted).await?;
    Ok(tx.commit().await?)
}

/// What lies before the head, if it does.
fn submitted(row: Option<&report_row::Model>) -> Result<Given> {
    let waiting = row.filter(|row| row.submitted_at.is_some());
    let given = waiting.and_then(|row| Some((row.number.clone(), row.dated_on?)));
    let Some((number, dated_on)) = given else {
        let message = Message::new("rule-survey-report-not-submitted");
        return Err(Error::rule("survey.report_not_submitted", message));
    };
    Ok(Given { number, dated_on })
}

/// Gives it back to those who write, with what is to be done.
pub async fn give_back(ctx: &Ctx, id: SurveyPeriodId, reason: String, version: i32) -> Result<()> {
    let period = get(ctx, id, Permission::ApproveSurveyReport).await?;
    let tx = ctx.app.db.begin_write().await?;
    let row = next(&tx, ctx, &period, version).await?;
    submitted(Some(&row))?;
    let row = report_row::Model {
        submitted_at: None,
        submitted_by: None,
        returned_because: Some(reason.clone()),
        ..row
    };
    store::save_report(&tx, row.clone(), version).await?;
    noted(&tx, ctx, &row, RETURNED).await?;
    report_emails::tell(&tx, ctx, &period, Step::Returned(&reason)).await?;
    Ok(tx.commit().await?)
}

/// The head approves what lies before them: it enters the register, with number, day and verification code.
pub async fn issue(
    ctx: &Ctx,
    compare: Comparisons,
    id: SurveyPeriodId,
    version: i32,
) -> Result<()> {
    get(ctx, id, Permission::ApproveSurveyReport).await?;
    let seen = service::look(ctx, id).await?;
    let before = kept(ctx, &seen.period).await?;
    if before.version() != version {
        return Err(CHANGED);
    }
    let given = submitted(before.row.as_ref())?;
    may_go_out(ctx, &seen, &given).await?;
    let code = documents::new_code();
    let seal = Seal {
        code: &code,
        number: &given.number,
        dated_on: given.dated_on,
        version: before.issued.as_ref().map_or(1, |old| old.version + 1),
    };
    let data = report::data(ctx, compare, &seen, Some(&seal)).await?;
    let new = documents::New {
        unit: seen.unit.id,
        issuer: None,
        kind: Kind::SurveyReport,
        number: Some(given.number),
        subject: data.title.clone(),
        about_kind: ABOUT,
        about_id: id.0,
        bytes: documents::render(&ctx.app, Kind::SurveyReport, &data, ctx.now).await?,
        verification_code: code,
        restricted: false,
        supersedes: None,
    };
    let stored = documents::put_with(&ctx.app, new, &data).await?;
    let tx = ctx.app.db.begin_write().await?;
    let row = report_row::Model {
        submitted_at: None,
        submitted_by: None,
        ..next(&tx, ctx, &seen.period, version).await?
    };
    store::save_report(&tx, row, version).await?;
    let document = documents::issue(&tx, ctx, stored).await?;
    let entry = audit::Entry::new("survey", id.0, ISSUED)
        .in_unit(seen.unit.id)
        .with(serde_json::json!({ "document": document.id, "version": document.version }));
    audit::record(&tx, ctx, entry).await?;
    report_emails::tell(&tx, ctx, &seen.period, Step::Issued).await?;
    Ok(tx.commit().await?)
}

/// The periods of a unit whose report lies before the head, with their titles.
pub async fn waiting(ctx: &Ctx, unit: &Unit) -> Result<Vec<(SurveyPeriodId, String)>> {
    if !ctx.may(Permission::ViewSurveys, unit.id) {
        return Ok(Vec::new());
    }
    store::reports_waiting(&ctx.app.db, unit.id).await
}
