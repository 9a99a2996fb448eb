//! Printed codes: one of the unit, of services, of counters. They outlive a period, for a poster stays on the wall.

use crate::{
    access::{Ctx, Permission},
    audit,
    organisation::UnitId,
    platform::{
        crypto::random_code,
        error::{Error, Result},
        i18n::Message,
    },
    standards::{self, StandardId},
    surveys::{
        entity::setup::{PointKind, SurveyPointId, point},
        store::points,
    },
};

/// Long enough that nobody meets another office's by a slip, short enough to be typed.
const CODE_LENGTH: usize = 7;
const MOST_CODES: usize = 200;

/// The codes of a unit, for those who hang them up.
pub async fn of_unit(ctx: &Ctx, unit: UnitId) -> Result<Vec<point::Model>> {
    ctx.require(Permission::ManageSurveys, unit)?;
    points::of_unit(&ctx.app.db, unit).await
}

pub async fn one(ctx: &Ctx, unit: UnitId, id: SurveyPointId) -> Result<point::Model> {
    ctx.require(Permission::ManageSurveys, unit)?;
    points::one(&ctx.app.db, unit, id).await
}

/// Makes a code. A counter has a name; of the unit and of a service there is one each.
pub async fn add(
    ctx: &Ctx,
    unit: UnitId,
    (kind, service): (PointKind, Option<StandardId>),
    name: &str,
) -> Result<SurveyPointId> {
    ctx.require(Permission::ManageSurveys, unit)?;
    let tx = ctx.app.db.begin_write().await?;
    let all = points::of_unit(&tx, unit).await?;
    let twin = all.iter().find(|one| {
        one.kind == kind
            && one.service_id == service
            && (kind != PointKind::Counter || one.name == name)
    });
    if twin.is_some() {
        return Err(Error::field("name", Message::new("surveys-code-known")));
    }
    if all.len() >= MOST_CODES {
        let message = Message::new("surveys-code-many").with("most", MOST_CODES);
        return Err(Error::field("name", message));
    }
    let row = point::Model {
        id: SurveyPointId::new(),
        unit_id: unit,
        code: random_code(CODE_LENGTH),
        kind,
        service_id: service,
        name: name.to_owned(),
        active: true,
        version: 1,
    };
    let id = row.id;
    points::insert(&tx, row).await?;
    noted(&tx, ctx, (unit, id), "survey_code.added").await?;
    tx.commit().await?;
    Ok(id)
}

/// What a code is called: by its own name, that of its service, or that of the unit.
#[must_use]
pub fn called<'a>(
    point: &'a point::Model,
    services: &'a [(StandardId, String, String)],
    unit: &'a str,
) -> &'a str {
    let of = services
        .iter()
        .find(|(id, ..)| Some(*id) == point.service_id);
    match (point.name.as_str(), of) {
        ("", Some((_, _, service))) => service,
        ("", None) => unit,
        (name, _) => name,
    }
}

/// The names of codes where answers are told apart by them: with the code itself where two are called the same.
#[must_use]
pub fn names(
    points: &[point::Model],
    services: &[(StandardId, String, String)],
    unit: &str,
) -> Vec<(SurveyPointId, String)> {
    let named: Vec<&str> = points
        .iter()
        .map(|point| called(point, services, unit))
        .collect();
    // As spreadsheets compare.
    let same = |name: &str| {
        let name = name.to_lowercase();
        let alike = named.iter().filter(|other| other.to_lowercase() == name);
        alike.count()
    };
    let all = points.iter().zip(&named).map(|(point, name)| {
        let name = match same(name) {
            1 => (*name).to_owned(),
            _ => format!("{name} ({})", point.code),
        };
        (point.id, name)
    });
    all.collect()
}

/// The codes that every office has: its own, and one of each service.
pub async fn add_usual(ctx: &Ctx, unit: UnitId) -> Result<()> {
    add(ctx, unit, (PointKind::Unit, None), "").await?;
    for (service, ..) in standards::services(&ctx.app.db, unit).await? {
        add(ctx, unit, (PointKind::Service, Some(service)), "").await?;
    }
    Ok(())
}

/// Takes a code out of use, or into it again.
pub async fn switch(
    ctx: &Ctx,
    unit: UnitId,
    (id, version): (SurveyPointId, i32),
    active: bool,
) -> Result<()> {
    one(ctx, unit, id).await?;
    let tx = ctx.app.db.begin_write().await?;
    points::switch(&tx, id, active, version).await?;
    let verb = match active {
        true => "survey_code.switched_on",
        false => "survey_code.switched_off",
    };
    noted(&tx, ctx, (unit, id), verb).await?;
    tx.commit().await?;
    Ok(())
}

async fn noted(
    tx: &crate::platform::db::Tx,
    ctx: &Ctx,
    (unit, id): (UnitId, SurveyPointId),
    verb: &'static str,
) -> Result<()> {
    let entry = audit::Entry::new("survey_code", id.0, verb).in_unit(unit);
    audit::record(tx, ctx, entry).await
}
