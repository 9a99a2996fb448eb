//! The routes of the views, and what they share.

use poem::{Route, get};
use serde::Serialize;

use super::{contact, home, overview, search};
use crate::{
    access::Ctx,
    organisation::{self, Unit},
    platform::error::Result,
};

pub fn routes(route: Route) -> Route {
    route
        .at("/", get(home::show_home))
        .at("/kontak", get(contact::show_contact))
        .at("/privasi", get(contact::show_privacy))
        .at("/kerja", get(overview::show_overview))
        .at("/kerja/cari", get(search::show_search))
}

/// Somewhere to go.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub href: String,
    pub label: String,
}

/// A unit to choose.
#[derive(Serialize)]
pub struct UnitView {
    pub name: String,
    pub city: String,
    pub href: String,
}

/// The unit that the address names, else the one whose pages stand at "/".
pub async fn unit_of(ctx: &Ctx, code: &str) -> Result<Option<Unit>> {
    match code {
        "" => organisation::default_unit(ctx).await,
        code => organisation::unit_by_code(&ctx.app.db, code)
            .await
            .map(Some),
    }
}

/// All units that serve the public, each with its page below `path`.
pub async fn units(ctx: &Ctx, path: &str) -> Result<Vec<UnitView>> {
    let units = organisation::units(&ctx.app.db).await?;
    Ok(units
        .into_iter()
        .map(|unit| UnitView {
            href: format!("{path}?unit={}", unit.code),
            name: unit.name,
            city: unit.city,
        })
        .collect())
}
