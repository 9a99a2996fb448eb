//! What can be answered today, and where a printed code or a link for one answer leads.

use sea_orm::ConnectionTrait;

use super::service::{self, Form};
use crate::{
    access::Ctx,
    organisation::{self, Unit, UnitId},
    platform::error::{Error, Result},
    standards::{self, Standard, StandardId},
    surveys::{
        entity::{answers::link, setup::point},
        store::{periods, points},
    },
};

/// The services about which the unit asks today, as (code, name).
pub async fn services(ctx: &Ctx, unit: &Unit) -> Result<Vec<(String, String)>> {
    let db = &ctx.app.db;
    let today = ctx.today_in(organisation::zone_of(unit)?);
    let known = standards::services(db, unit.id).await?;
    let mut offered = Vec::new();
    for period in periods::open_on(db, unit.id, today).await? {
        for row in periods::services(db, period.id).await? {
            let of = known.iter().find(|(id, ..)| *id == row.service_id);
            let named = of.map(|(_, code, name)| (code.clone(), name.clone()));
            offered.extend(named.filter(|one| !offered.contains(one)));
        }
    }
    Ok(offered)
}

/// Whether anything is asked today about this service of the unit; about any where none is named.
pub async fn asks_today(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    unit: UnitId,
    service: Option<StandardId>,
) -> Result<bool> {
    let unit = organisation::unit(db, unit).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    for period in periods::open_on(db, unit.id, today).await? {
        let asked = periods::services(db, period.id).await?;
        if service.is_none_or(|id| asked.iter().any(|row| row.service_id == id)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The open form that asks about a service, if there is one: where two do, that of the period that began last.
pub async fn form(ctx: &Ctx, unit: &Unit, code: &str) -> Result<(Standard, Option<Form>)> {
    let db = &ctx.app.db;
    let standard = standards::by_code(db, unit.id, code).await?;
    let standard = standard.ok_or(Error::NotFound)?;
    let today = ctx.today_in(organisation::zone_of(unit)?);
    for period in periods::open_on(db, unit.id, today)
        .await?
        .into_iter()
        .rev()
    {
        let services = periods::services(db, period.id).await?;
        if services.iter().any(|row| row.service_id == standard.id) {
            return Ok((standard, Some(service::form(ctx, period.id).await?)));
        }
    }
    Ok((standard, None))
}

/// The code of a poster, as somebody typed or scanned it.
pub async fn code(ctx: &Ctx, code: &str) -> Result<Option<point::Model>> {
    match code.trim() {
        "" => Ok(None),
        code => points::by_code(&ctx.app.db, &code.to_uppercase()).await,
    }
}

pub async fn link(ctx: &Ctx, token: &str) -> Result<link::Model> {
    let hash = service::link_hash(ctx, token);
    let link = points::link_by_hash(&ctx.app.db, &hash).await?;
    link.ok_or(Error::NotFound)
}
