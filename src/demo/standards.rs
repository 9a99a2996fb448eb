//! The service standards of both units.

use std::collections::HashMap;

use crate::{
    access::Ctx,
    organisation::UnitId,
    platform::error::{Error, Result},
    standards,
};

const FILES: [(&str, &str); 2] = [
    (
        "disdukcapil-kaltim",
        include_str!("../../fixtures/standards/disdukcapil-kaltim.toml"),
    ),
    (
        "disdukcapil-sulsel",
        include_str!("../../fixtures/standards/disdukcapil-sulsel.toml"),
    ),
];

/// Loads the standards into the units, which are named by their codes.
pub async fn load(ctx: &Ctx, units: &HashMap<String, UnitId>) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    for (code, file) in FILES {
        let unit = units.get(code).copied().ok_or(Error::NotFound)?;
        standards::import(&tx, ctx, unit, file).await?;
    }
    tx.commit().await?;
    Ok(())
}
