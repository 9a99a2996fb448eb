//! The service standards of both units.

use crate::{access::Ctx, organisation, platform::error::Result, standards};

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

/// Loads the standards into the units, which are there already.
pub async fn load(ctx: &Ctx) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    for (code, file) in FILES {
        let unit = organisation::unit_by_code(&tx, code).await?;
        standards::import(&tx, ctx, unit.id, file).await?;
    }
    tx.commit().await?;
    Ok(())
}
