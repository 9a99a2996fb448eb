//! The services that a complaint can be about: the unit's service standards.

use sea_orm::ConnectionTrait;

use crate::{organisation::UnitId, platform::error::Result, standards};

/// (code, name) of what the form offers.
pub async fn offered(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<(String, String)>> {
    let services = standards::services(db, unit).await?;
    Ok(services
        .into_iter()
        .map(|(_, code, name)| (code, name))
        .collect())
}

/// Whether the unit has a service of this code.
pub async fn is_known(db: &impl ConnectionTrait, unit: UnitId, code: &str) -> Result<bool> {
    Ok(standards::by_code(db, unit, code).await?.is_some())
}

/// What people read instead of the code.
pub async fn title(db: &impl ConnectionTrait, unit: UnitId, code: &str) -> Result<String> {
    let found = standards::by_code(db, unit, code).await?;
    Ok(found.map_or_else(|| code.to_owned(), |standard| standard.name))
}
