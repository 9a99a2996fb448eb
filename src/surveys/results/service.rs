//! Use cases of results: reading one, keeping that of a frozen period, comparing periods.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{Datelike as _, NaiveDate};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    computing::{self, Answer, Counted},
    entity::kept,
    figures::SurveyResult,
    making,
    remembered::{Remembered, Stamp},
    store,
};
use crate::{
    access::{Ctx, Permission},
    organisation::{self, Unit},
    platform::{error::Result, traces},
    standards,
    surveys::{
        entity::setup::{SurveyPeriodId, SurveyState, element, period},
        interim::{self, Extent},
        rules::{
            exact::{self, Exact},
            trend::{self, Unlike},
            weights::{Policy, Weights},
        },
        setup::{codes, reading::get, taking_out},
        store::{periods, points, runs},
    },
};

/// A period with its result, for somebody who may see it.
pub struct Seen {
    pub period: period::Model,
    pub unit: Unit,
    pub result: SurveyResult,
}

pub async fn look(ctx: &Ctx, id: SurveyPeriodId) -> Result<Seen> {
    let period = get(ctx, id, Permission::ViewSurveys).await?;
    let unit = organisation::unit(&ctx.app.db, period.unit_id).await?;
    let result = read(ctx, &period, &unit).await?;
    Ok(Seen {
        period,
        unit,
        result,
    })
}

/// A kept result. Its title may be older than the check that refuses numbers of people in it.
fn told(kept: &kept::Model) -> Result<SurveyResult> {
    let result: SurveyResult = serde_json::from_str(&kept.figures).map_err(anyhow::Error::from)?;
    Ok(SurveyResult {
        title: traces::for_everybody(&result.title),
        ..result
    })
}

/// The result as it stands: of a frozen period the kept one, else computed now.
pub async fn read(ctx: &Ctx, period: &period::Model, unit: &Unit) -> Result<SurveyResult> {
    let today = ctx.today_in(organisation::zone_of(unit)?);
    if period.state != SurveyState::Frozen {
        return now(ctx, period, unit, today).await;
    }
    if let Some(kept) = store::kept(&ctx.app.db, period.id).await? {
        return told(&kept);
    }
    let tx = ctx.app.db.begin_write().await?;
    let result = keep(&tx, ctx, period, unit).await?;
    tx.commit().await?;
    Ok(result)
}

/// Computes the result of a frozen period and keeps it: what is read later is what stood here.
pub async fn keep(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    period: &period::Model,
    unit: &Unit,
) -> Result<SurveyResult> {
    let today = ctx.today_in(organisation::zone_of(unit)?);
    let extent = interim::extent(tx, period, today).await?;
    let counted = count(tx, period, extent).await?;
    let result = made(tx, (period, unit, today), extent, &counted).await?;
    let row = kept::Model {
        id: Uuid::now_v7(),
        unit_id: period.unit_id,
        period_id: period.id,
        figures: serde_json::to_string(&result).map_err(anyhow::Error::from)?,
        kept_at: ctx.now,
    };
    store::keep(tx, row).await?;
    Ok(result)
}

/// Where a period stands on a day.
fn state_on(period: &period::Model, today: NaiveDate) -> String {
    match period.state {
        SurveyState::Open if today > period.closes_on => SurveyState::Closed.code(),
        state => state.code(),
    }
}

/// The result of a period that is not frozen, from what was counted before where nothing came since.
async fn now(
    ctx: &Ctx,
    period: &period::Model,
    unit: &Unit,
    today: NaiveDate,
) -> Result<SurveyResult> {
    let db = &ctx.app.db;
    let remembered = ctx.app.memory.of::<Remembered>();
    let extent = interim::extent(db, period, today).await?;
    let stamp = Stamp::of(db, period, extent).await?;
    let counted = match remembered.find(&stamp) {
        Some(counted) => counted,
        None => {
            let _one = remembered.counting.lock().await;
            match remembered.find(&stamp) {
                Some(counted) => counted,
                None => {
                    let counted = Arc::new(count(db, period, extent).await?);
                    remembered.keep(stamp, &counted);
                    counted
                }
            }
        }
    };
    made(db, (period, unit, today), extent, &counted).await
}

/// Counts the kept answers.
async fn count(
    db: &impl ConnectionTrait,
    period: &period::Model,
    extent: Extent,
) -> Result<Counted> {
    let elements = periods::elements(db, period.id).await?.len();
    let answers = store::answers(db, period, extent).await?;
    counted_of(elements, answers).await
}

/// A hundred thousand answers are work without waiting: others go on meanwhile.
async fn counted_of(elements: usize, answers: Vec<Answer>) -> Result<Counted> {
    let counted = tokio::task::spawn_blocking(move || computing::counted(elements, &answers)).await;
    let counted = counted.map_err(anyhow::Error::from)?;
    Ok(counted.map_err(anyhow::Error::from)?)
}

/// The result of what was counted, with the words and names of this moment.
async fn made(
    db: &impl ConnectionTrait,
    (period, unit, today): (&period::Model, &Unit, NaiveDate),
    extent: Extent,
    counted: &Counted,
) -> Result<SurveyResult> {
    let elements = periods::elements(db, period.id).await?;
    let services = services_of(db, period).await?;
    let points = points_of(db, unit).await?;
    let asides = runs::asides(db, period.id).await?;
    let taken_out = taking_out::taken_out(db, period.id).await?;
    let of = making::Period {
        row: period,
        unit: &unit.code,
        state: state_on(period, today),
        elements: &elements,
        services: &services,
        points: &points,
        extent,
        asides: &asides,
        taken_out: &taken_out,
    };
    making::result(&of, counted)
}

/// Names of a unit's points by their id as it stands in answers; no two are the same.
async fn points_of(db: &impl ConnectionTrait, unit: &Unit) -> Result<BTreeMap<String, String>> {
    let services = standards::services(db, unit.id).await?;
    let points = points::of_unit(db, unit.id).await?;
    let names = codes::names(&points, &services, &unit.name).into_iter();
    Ok(names.map(|(id, name)| (id.to_string(), name)).collect())
}

async fn services_of(
    db: &impl ConnectionTrait,
    period: &period::Model,
) -> Result<Vec<making::Service>> {
    let named = standards::services(db, period.unit_id).await?;
    let rows = periods::services(db, period.id).await?;
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    Ok(rows
        .into_iter()
        .map(|row| {
            let known = named.iter().find(|(id, ..)| *id == row.service_id);
            let (code, name) = known
                .map(|(_, code, name)| (code.clone(), name.clone()))
                .unwrap_or_default();
            making::Service {
                key: row.service_id.to_string(),
                code,
                name,
                population: count(row.population),
                volume: count(row.volume),
            }
        })
        .collect())
}

/// What the raw sheet of the workbook holds.
pub struct Raw {
    pub elements: Vec<element::Model>,
    /// What services and points are called, by what answers hold of them.
    pub names: BTreeMap<String, String>,
    pub answers: Vec<Answer>,
    /// The result with every figure of every part: beside single answers nothing is withheld.
    pub unveiled: SurveyResult,
}

/// For those who manage the survey: beside the sheet of single answers no figure is withheld.
pub async fn raw(ctx: &Ctx, seen: &Seen) -> Result<Raw> {
    let (db, period) = (&ctx.app.db, &seen.period);
    ctx.require(Permission::ManageSurveys, period.unit_id)?;
    let mut names = points_of(db, &seen.unit).await?;
    let services = services_of(db, period).await?;
    for service in &services {
        let code = &service.code;
        // As spreadsheets compare.
        let twice = services
            .iter()
            .filter(|one| one.name.to_lowercase() == service.name.to_lowercase())
            .count()
            > 1;
        let name = match twice || service.name.is_empty() {
            true => format!("{} ({code})", service.name).trim_start().to_owned(),
            false => service.name.clone(),
        };
        names.insert(code.clone(), name.clone());
        names.insert(service.key.clone(), name);
    }
    let today = ctx.today_in(organisation::zone_of(&seen.unit)?);
    let extent = interim::extent(db, period, today).await?;
    let elements = periods::elements(db, period.id).await?;
    let answers = store::answers(db, period, extent).await?;
    let counted = counted_of(elements.len(), answers.clone()).await?;
    let open = period::Model {
        minimum_answers: 1,
        ..period.clone()
    };
    let unveiled = match extent {
        // How many answers a first figure needs is said by the period's own minimum.
        Extent::Nothing => seen.result.clone(),
        _ => made(db, (&open, &seen.unit, today), extent, &counted).await?,
    };
    Ok(Raw {
        elements,
        names,
        answers,
        unveiled,
    })
}

/// A period beside the one that is looked at.
#[derive(Clone, Debug)]
pub struct Earlier {
    pub result: SurveyResult,
    /// Why it cannot be compared; empty when it can.
    pub unlike: Vec<Unlike>,
    /// How much the index of the period that is looked at is above this one.
    pub difference: Option<Exact>,
}

/// The frozen periods of the unit that ended before this one, the latest first; also those within it, such as a quarter
/// of a year that was surveyed as a whole.
pub async fn earlier(ctx: &Ctx, seen: &Seen) -> Result<Vec<Earlier>> {
    let mut periods = store::frozen(&ctx.app.db, seen.unit.id).await?;
    periods.retain(|period| is_before(period, &seen.period));
    beside(ctx, seen, &periods).await
}

/// The same with those that ended on one day with it: neither comes before the other, and a row of periods that left one
/// out would say that it was never held.
pub async fn in_a_row(ctx: &Ctx, seen: &Seen) -> Result<Vec<Earlier>> {
    let mut periods = store::frozen(&ctx.app.db, seen.unit.id).await?;
    let last = seen.period.closes_on;
    periods.retain(|period| period.id != seen.period.id && period.closes_on <= last);
    beside(ctx, seen, &periods).await
}

/// Periods beside the one that is looked at.
async fn beside(ctx: &Ctx, seen: &Seen, periods: &[period::Model]) -> Result<Vec<Earlier>> {
    let mut found = Vec::new();
    for result in results_of(ctx, &seen.unit, periods).await? {
        let unlike = unlike(&seen.result, &result);
        let difference = difference(seen.result.ikm.as_ref(), result.ikm.as_ref());
        found.push(Earlier {
            difference: difference.filter(|_| unlike.is_empty()),
            unlike,
            result,
        });
    }
    Ok(found)
}

fn is_before(one: &period::Model, other: &period::Model) -> bool {
    one.id != other.id && one.closes_on < other.closes_on
}

/// The results of the frozen periods of a unit, the latest first.
pub async fn frozen_results(ctx: &Ctx, unit: &Unit) -> Result<Vec<SurveyResult>> {
    let periods = store::frozen(&ctx.app.db, unit.id).await?;
    results_of(ctx, unit, &periods).await
}

/// The results of frozen periods of a unit, in their order; the kept ones in one reading.
async fn results_of(
    ctx: &Ctx,
    unit: &Unit,
    periods: &[period::Model],
) -> Result<Vec<SurveyResult>> {
    let ids = periods.iter().map(|period| period.id).collect();
    let mut kept = store::kept_of(&ctx.app.db, ids).await?;
    let mut found = Vec::new();
    for period in periods {
        found.push(match kept.remove(&period.id) {
            Some(row) => told(&row)?,
            None => read(ctx, period, unit).await?,
        });
    }
    Ok(found)
}

/// Whether a period was over before another began: only then does one measure what was before, and the other what came
/// after.
#[must_use]
pub fn precedes(closes_on: NaiveDate, opens_on: NaiveDate) -> bool {
    closes_on < opens_on
}

/// Whether a frozen period of the unit was over before this one began.
pub async fn has_earlier(db: &impl ConnectionTrait, period: &period::Model) -> Result<bool> {
    let frozen = store::frozen(db, period.unit_id).await?;
    let mut frozen = frozen.iter();
    Ok(frozen.any(|one| precedes(one.closes_on, period.opens_on)))
}

/// The frozen periods of a unit that ended in a year, the first first, with their results.
pub async fn of_year(ctx: &Ctx, unit: &Unit, year: i32) -> Result<Vec<Seen>> {
    let mut periods = store::frozen(&ctx.app.db, unit.id).await?;
    periods.retain(|period| period.closes_on.year() == year);
    periods.reverse();
    let results = results_of(ctx, unit, &periods).await?;
    let found = periods.into_iter().zip(results);
    Ok(found
        .map(|(period, result)| Seen {
            period,
            unit: unit.clone(),
            result,
        })
        .collect())
}

/// Why two results cannot be compared, of one unit or of two; empty when they can.
#[must_use]
pub fn unlike(one: &SurveyResult, other: &SurveyResult) -> Vec<Unlike> {
    match (rules_of(one), rules_of(other)) {
        (Some(one), Some(other)) => trend::unlike(&one, &other),
        _ => vec![Unlike::Weights],
    }
}

/// The period with which one is compared: the latest before it that has an index and followed the same rules, else the
/// latest that has an index, else the latest.
pub async fn previous_of(ctx: &Ctx, seen: &Seen) -> Result<Option<Earlier>> {
    let mut before = earlier(ctx, seen).await?;
    let has_index = |one: &Earlier| one.result.ikm.is_some();
    let like = before
        .iter()
        .position(|one| has_index(one) && one.unlike.is_empty());
    Ok(match like.or_else(|| before.iter().position(has_index)) {
        Some(at) => Some(before.swap_remove(at)),
        None => before.into_iter().next(),
    })
}

/// How much the first figure is above the second.
#[must_use]
pub fn difference(now: Option<&String>, before: Option<&String>) -> Option<Exact> {
    Some(exact::parse(now?).ok()? - exact::parse(before?).ok()?)
}

fn rules_of(result: &SurveyResult) -> Option<trend::Rules> {
    let weights = match Policy::parse(&result.weights) {
        Some(policy) => Weights::Named(policy),
        None => {
            let each = result
                .elements
                .iter()
                .map(|one| exact::parse(&one.weight).ok());
            Weights::own(each.collect::<Option<_>>()?).ok()?
        }
    };
    Some(trend::Rules {
        elements: result.elements.iter().map(|one| one.id.clone()).collect(),
        weights,
        grades: result.grades.clone(),
    })
}
