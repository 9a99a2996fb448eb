//! A period from a readable file, with its sheets: what an office has from before it used this program. The lines of
//! sheets are those that are typed from paper, with day, service and way before them.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{
    entity::{
        answers::{AnswerWay, BatchKind},
        setup::{SurveyPeriodId, SurveyState},
    },
    freezing,
    paper::sheet_of,
    setup::{
        reading::get,
        rules::{GRADE_TABLES, USUAL_LEAST_PERCENT, USUAL_MINIMUM, WeightChoice},
        service::{self, PeriodFields, ServiceFields, save},
    },
    store::{batches, periods, responses},
};
use crate::{
    access::{Ctx, Permission},
    organisation::UnitId,
    platform::error::{Error, Result},
    standards::{self, StandardId},
};

/// A period as a file tells it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    pub title: String,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    /// It is over, and its figures stay.
    #[serde(default)]
    pub frozen: bool,
    pub service: Vec<RecordedService>,
    /// `2025-09-08 ktp-el web 343434324 2351 words`: day, service, way, digits, profile, comment.
    pub sheets: String,
    /// Where its result was made public afterwards; written down by who loads the file, in its own time.
    #[serde(default)]
    pub publication: Vec<RecordedPublication>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedPublication {
    pub medium: String,
    pub published_on: String,
    pub proof: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedService {
    pub code: String,
    pub population: i64,
    pub volume: i64,
}

fn wrong(line: &str) -> Error {
    Error::Internal(anyhow::anyhow!(
        "a sheet of the survey cannot be read: {line}"
    ))
}

/// Makes the period with the usual elements (or those of the unit's last one) and all its sheets; freezes it if it is over.
pub async fn record(ctx: &Ctx, unit: UnitId, file: &Recorded) -> Result<SurveyPeriodId> {
    let fields = PeriodFields {
        title: file.title.clone(),
        opens_on: file.opens_on,
        closes_on: file.closes_on,
        grade_table: GRADE_TABLES[0].to_owned(),
        weights: WeightChoice::Unsaid,
        by_volume: false,
        minimum_answers: USUAL_MINIMUM,
        least_percent: USUAL_LEAST_PERCENT,
    };
    let id = service::create(ctx, unit, fields).await?;
    let known = standards::services(&ctx.app.db, unit).await?;
    let named = |code: &str| {
        let found = known.iter().find(|(_, known, _)| known == code);
        found.map(|(id, ..)| *id).ok_or(Error::NotFound)
    };
    let services = file.service.iter().map(|one| {
        Ok::<_, Error>(ServiceFields {
            service_id: named(&one.code)?,
            population: one.population,
            volume: one.volume,
        })
    });
    service::set_services(ctx, (id, 1), services.collect::<Result<_>>()?).await?;
    keep(ctx, id, file, named).await?;
    if file.frozen {
        let period = get(ctx, id, Permission::ManageSurveys).await?;
        freezing::freeze(ctx, (id, period.version), false).await?;
    }
    Ok(id)
}

async fn keep(
    ctx: &Ctx,
    id: SurveyPeriodId,
    file: &Recorded,
    named: impl Fn(&str) -> Result<StandardId>,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let mut period = periods::hold(&tx, id).await?;
    let elements = periods::elements(&tx, id).await?.len();
    let lines: Vec<&str> = file.sheets.lines().map(str::trim).collect();
    let mut rows = Vec::with_capacity(lines.len());
    let first = file.service.first().ok_or(Error::NotFound)?;
    let day = file.closes_on.min(ctx.now.date_naive());
    let kind = (BatchKind::Import, named(&first.code)?, day);
    let batch = super::paper::new_batch(ctx, &period, kind, &file.title);
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        let mut parts = line.splitn(4, ' ');
        let mut part = || parts.next().ok_or_else(|| wrong(line));
        let day: NaiveDate = part()?.parse().map_err(|_| wrong(line))?;
        let service = named(part()?)?;
        let way = AnswerWay::parse(part()?).ok_or_else(|| wrong(line))?;
        let filled = sheet_of(&period, elements, part()?).map_err(|_| wrong(line))?;
        let of_batch = matches!(way, AnswerWay::Import | AnswerWay::Paper);
        let sheet = i32::try_from(rows.len()).unwrap_or_default() + 1;
        let batch = of_batch.then_some((batch.id, sheet));
        let source = (service, None, way);
        rows.push(super::answering::service::row(
            &period,
            source,
            filled,
            (day, None, batch),
        ));
    }
    let entered = rows.iter().filter(|row| row.batch_id.is_some()).count();
    let mut batch = batch;
    batch.sheets = i32::try_from(entered).unwrap_or_default();
    if entered > 0 {
        batches::insert(&tx, batch).await?;
    }
    responses::insert(&tx, rows).await?;
    period.state = match file.frozen {
        true => SurveyState::Closed,
        false => SurveyState::Open,
    };
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}
