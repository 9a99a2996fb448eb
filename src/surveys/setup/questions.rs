//! Reading the words of a period.

use crate::{
    access::Ctx,
    platform::error::Result,
    surveys::{
        entity::setup::{period, question},
        store::periods,
    },
};

/// Every wording: those of all services and those of single ones.
pub async fn of(ctx: &Ctx, period: &period::Model) -> Result<Vec<question::Model>> {
    periods::questions(&ctx.app.db, period).await
}
