//! The services that a complaint can be about: the unit's service standards.

use sea_orm::ConnectionTrait;

use crate::{organisation::UnitId, platform::error::Result};

/// (code, title) of what the form offers.
pub async fn offered(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<(String, String)>> {
    let _ = (db, unit);
    Ok(Vec::new())
}

/// Whether the unit has a service of this code.
pub async fn is_known(db: &impl ConnectionTrait, unit: UnitId, code: &str) -> Result<bool> {
    let services = offered(db, unit).await?;
    Ok(services.is_empty() || services.iter().any(|(known, _)| known == code))
}

/// What people read instead of the code.
pub async fn title(db: &impl ConnectionTrait, unit: UnitId, code: &str) -> Result<String> {
    let services = offered(db, unit).await?;
    let found = services.into_iter().find(|(known, _)| known == code);
    Ok(found.map_or_else(|| code.to_owned(), |(_, title)| title))
}
