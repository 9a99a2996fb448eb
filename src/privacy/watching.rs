//! Looks at the clocks every five minutes, by day and by night: at half of the time the officers are told, twelve hours
//! before its end and when it is over the head of the unit as well. Each once; a row that is unique says so.

use std::sync::Arc;

use uuid::Uuid;

use super::{
    emails::{self, About},
    entity::{breach::Model as Breach, reminder},
    rules::{self, Pressure},
    store,
};
use crate::{
    access::{Ctx, Role, Scope},
    calendar::dates,
    organisation,
    platform::{context::App, db::Tx, error::Result, i18n::Locale},
};

const MOST: u64 = 1000;

/// One look at every clock that runs.
pub async fn watch(app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    for request in store::requests(&app.db, &Scope::everywhere(), true, MOST).await? {
        let unit = organisation::unit(&app.db, request.unit_id).await?;
        let about = emails::about_request(&request, &unit)?;
        say(
            &ctx,
            &about,
            rules::pressure(request.due_at, ctx.now),
            "request",
        )
        .await?;
    }
    for breach in store::owing_breaches(&app.db).await? {
        let about = about_breach(app, &breach).await?;
        say(
            &ctx,
            &about,
            rules::pressure(breach.due_at, ctx.now),
            "breach",
        )
        .await?;
    }
    Ok(())
}

/// The hours run from the moment it was found: everybody who may tell people and authority hears of it at once.
pub async fn tell_of_new(tx: &Tx, ctx: &Ctx, of: &Breach) -> Result<()> {
    let about = about_breach(&ctx.app, of).await?;
    let roles = [Role::ComplaintOfficer, Role::UnitAdmin, Role::Head];
    emails::clock(tx, ctx, &about, "breach-new", &roles).await?;
    Ok(())
}

async fn about_breach(app: &App, of: &Breach) -> Result<About> {
    let unit = organisation::unit(&app.db, of.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    Ok(About {
        unit: unit.id,
        kind: "breach",
        id: of.id.0,
        number: of.number.clone(),
        due: dates::date_time(&of.due_at.with_timezone(&zone), Locale::Id),
        path: format!("/kerja/pelanggaran-data/{}", of.id),
    })
}

async fn say(ctx: &Ctx, about: &About, pressure: Pressure, what: &str) -> Result<()> {
    let level = pressure.level();
    if level == 0 || store::said(&ctx.app.db, about.unit, about.kind, about.id).await? >= level {
        return Ok(());
    }
    let how = match pressure {
        Pressure::Late => "late",
        _ => "soon",
    };
    let mut roles = vec![Role::ComplaintOfficer];
    if about.kind == "breach" {
        // They keep the register, too.
        roles.push(Role::UnitAdmin);
    }
    if pressure.escalates() {
        roles.push(Role::Head);
    }
    let tx = ctx.app.db.begin_write().await?;
    let row = reminder::Model {
        id: Uuid::now_v7(),
        unit_id: about.unit,
        thing_kind: about.kind.to_owned(),
        thing_id: about.id,
        level,
        at: ctx.now,
    };
    if store::first_reminder(&tx, row).await? {
        emails::clock(&tx, ctx, about, &format!("{what}-{how}"), &roles).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// A register has to show that it was answered in time, not for ever who asked: a year after its end a request keeps
/// number, wish, state and dates.
const KEPT_DAYS: i64 = 365;

/// Forgets the people behind requests that ended long ago.
pub async fn sweep(app: &App) -> Result<()> {
    let before = app.clock.now() - chrono::Duration::days(KEPT_DAYS);
    store::forget_before(&app.db, before).await
}
