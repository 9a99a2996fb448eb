//! The periods whose elements others may name: an issue, an action. One that is still being prepared measured nothing.

use sea_orm::ConnectionTrait;

use super::{
    entity::setup::{SurveyPeriodId, SurveyState, period},
    setup::reading,
    store::periods,
};
use crate::{
    access::{Ctx, Permission},
    organisation::UnitId,
    platform::error::{Error, Result},
};

/// Those of a unit, the latest first.
pub async fn measured(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<period::Model>> {
    let mut found = periods::of_unit(db, unit).await?;
    found.retain(|period| period.state != SurveyState::Draft);
    Ok(found)
}

/// One of them, for whoever may see it.
pub async fn measured_period(ctx: &Ctx, id: &str) -> Result<period::Model> {
    let id = SurveyPeriodId::parse(id)?;
    let found = reading::get(ctx, id, Permission::ViewSurveys).await?;
    match found.state {
        SurveyState::Draft => Err(Error::NotFound),
        _ => Ok(found),
    }
}
