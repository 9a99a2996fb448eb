//! Queries of what was told.

use sea_orm::{
    ActiveModelTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    sea_query::OnConflict,
};

use super::entity::told::{self, Column};
use crate::platform::error::Result;

/// Notes that it is told; false when it was before.
pub async fn first_told(db: &impl ConnectionTrait, row: told::Model) -> Result<bool> {
    let once = OnConflict::columns([Column::UnitId, Column::ActionId, Column::PeriodId])
        .do_nothing()
        .to_owned();
    let written = told::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(written > 0)
}
