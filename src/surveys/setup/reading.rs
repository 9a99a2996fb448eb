//! Reading periods for those who may see them.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;

use super::{
    rules::{self, Phase},
    service::has_own,
};
use crate::{
    access::{Ctx, Permission},
    organisation::{self, Unit, UnitId},
    platform::{
        error::{Error, Result},
        web::paging::Slice,
    },
    standards::{self, StandardId},
    surveys::{
        entity::setup::{SurveyPeriodId, element, period, service},
        rules::sample_size,
        store::{
            periods::{self, PeriodKey},
            responses,
        },
    },
};

/// A service of a period with its name, its target and how far it is.
#[derive(Clone, Debug)]
pub struct Asked {
    pub row: service::Model,
    pub code: String,
    pub name: String,
    /// None while the population is unknown.
    pub target: Option<u64>,
    pub answers: i64,
}

/// A period with everything that a page of it shows.
pub struct Whole {
    pub period: period::Model,
    pub unit: Unit,
    pub zone: Tz,
    pub today: NaiveDate,
    pub phase: Phase,
    pub elements: Vec<element::Model>,
    pub services: Vec<Asked>,
}

/// The period, if the caller may see it and may do this with it.
pub async fn get(ctx: &Ctx, id: SurveyPeriodId, permission: Permission) -> Result<period::Model> {
    let scope = ctx.require_scope(Permission::ViewSurveys)?;
    let period = periods::period(&ctx.app.db, id).await?;
    let period = period.ok_or(Error::NotFound)?;
    if !scope.covers(period.unit_id, None) {
        return Err(Error::NotFound);
    }
    ctx.require(permission, period.unit_id)?;
    Ok(period)
}

pub async fn whole(ctx: &Ctx, period: period::Model) -> Result<Whole> {
    let db = &ctx.app.db;
    let unit = organisation::unit(db, period.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let today = ctx.today_in(zone);
    let names = names_of(db, unit.id).await?;
    let counts = responses::counts(db, unit.id, period.id).await?;
    let counts: HashMap<StandardId, i64> = counts.into_iter().collect();
    let services = periods::services(db, period.id).await?;
    let services = services.into_iter().map(|row| {
        let (code, name) = names.get(&row.service_id).cloned().unwrap_or_default();
        Asked {
            target: u64::try_from(row.population)
                .ok()
                .filter(|people| *people > 0)
                .map(sample_size),
            answers: counts.get(&row.service_id).copied().unwrap_or_default(),
            row,
            code,
            name,
        }
    });
    Ok(Whole {
        services: services.collect(),
        elements: periods::elements(db, period.id).await?,
        phase: rules::phase(&period, today),
        period,
        unit,
        zone,
        today,
    })
}

/// Code and name of the services of a unit.
pub async fn names_of(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<HashMap<StandardId, (String, String)>> {
    let services = standards::services(db, unit).await?;
    let named = services
        .into_iter()
        .map(|(id, code, name)| (id, (code, name)));
    Ok(named.collect())
}

/// A page of the periods that the caller may see, and where the next one begins.
pub async fn page(
    ctx: &Ctx,
    slice: &Slice<PeriodKey>,
) -> Result<(Vec<period::Model>, Option<String>)> {
    let scope = ctx.require_scope(Permission::ViewSurveys)?;
    let found = periods::page(&ctx.app.db, &scope, slice).await?;
    Ok(slice.cut(found, |period| (period.opens_on, period.id)))
}

/// The periods that the caller may see with their units and how many answers each has, the latest first.
pub async fn list(ctx: &Ctx) -> Result<Vec<(period::Model, Unit, i64)>> {
    let scope = ctx.require_scope(Permission::ViewSurveys)?;
    let db = &ctx.app.db;
    let found = periods::visible_to(db, &scope).await?;
    let ids: Vec<SurveyPeriodId> = found.iter().map(|period| period.id).collect();
    let totals: HashMap<_, _> = responses::totals(db, &ids).await?.into_iter().collect();
    let mut listed = Vec::with_capacity(found.len());
    let mut units: HashMap<UnitId, Unit> = HashMap::new();
    for period in found {
        let unit = match units.get(&period.unit_id) {
            Some(known) => known.clone(),
            None => organisation::unit(db, period.unit_id).await?,
        };
        units.insert(unit.id, unit.clone());
        let answers = totals.get(&period.id).copied().unwrap_or_default();
        listed.push((period, unit, answers));
    }
    Ok(listed)
}

/// Whether the elements of a period have weights of their own.
pub async fn has_own_weights(ctx: &Ctx, period: SurveyPeriodId) -> Result<bool> {
    let elements = periods::elements(&ctx.app.db, period).await?;
    Ok(has_own(&elements))
}

/// The same of the unit's last period, with which a new one begins.
pub async fn last_has_own_weights(ctx: &Ctx, unit: UnitId) -> Result<bool> {
    let before = periods::of_unit(&ctx.app.db, unit).await?;
    match before.first() {
        Some(last) => has_own_weights(ctx, last.id).await,
        None => Ok(false),
    }
}
