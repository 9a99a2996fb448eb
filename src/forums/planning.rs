//! Team and agenda are put right while a forum runs and its record is written, until papers that stay tell them.

use sea_orm::ConnectionTrait;

use super::{Forum, rules, service};
use crate::{
    documents::{self, Kind},
    platform::error::{Error, Result},
};

/// Refuses to change team and agenda of a forum whose record is final or that does not take place.
pub(super) async fn may_plan(db: &impl ConnectionTrait, forum: &Forum) -> Result<()> {
    service::refuse_cancelled(forum)?;
    let minutes = documents::latest(db, "forum", forum.id.0, Kind::Minutes).await?;
    Ok(rules::may_plan(forum.stage, minutes.is_some())?)
}

/// Whether team and agenda may still change, for whoever may change them.
pub async fn plan_open(db: &impl ConnectionTrait, forum: &Forum) -> Result<bool> {
    match may_plan(db, forum).await {
        Ok(()) => Ok(true),
        Err(Error::Rule { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
