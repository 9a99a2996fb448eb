//! Queries of printed codes and of links for one answer.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait,
    EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    sea_query::OnConflict,
};

use crate::{
    organisation::UnitId,
    platform::error::{Error, Result},
    standards::StandardId,
    surveys::entity::{
        answers::link,
        setup::{SurveyPointId, point},
    },
};

/// The codes of a unit: its own, those of its services, those of its counters.
pub async fn of_unit(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<point::Model>> {
    Ok(point::Entity::find()
        .filter(point::Column::UnitId.eq(unit))
        .order_by_asc(point::Column::Id)
        .all(db)
        .await?)
}

pub async fn by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<point::Model>> {
    Ok(point::Entity::find()
        .filter(point::Column::Code.eq(code))
        .one(db)
        .await?)
}

pub async fn one(
    db: &impl ConnectionTrait,
    unit: UnitId,
    id: SurveyPointId,
) -> Result<point::Model> {
    point::Entity::find_by_id(id)
        .filter(point::Column::UnitId.eq(unit))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn insert(db: &impl ConnectionTrait, row: point::Model) -> Result<()> {
    point::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Switches a code on or off; a poster that is off says so to whoever scans it.
pub async fn switch(
    db: &impl ConnectionTrait,
    id: SurveyPointId,
    active: bool,
    read: i32,
) -> Result<()> {
    let columns = point::ActiveModel {
        active: Set(active),
        version: Set(read + 1),
        ..Default::default()
    };
    let written = point::Entity::update_many()
        .set(columns)
        .filter(point::Column::Id.eq(id))
        .filter(point::Column::Version.eq(read))
        .exec(db)
        .await?;
    match written.rows_affected {
        0 => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
        _ => Ok(()),
    }
}

/// Keeps a link; made again for the same thing it is the same one.
pub async fn insert_link(db: &impl ConnectionTrait, row: link::Model) -> Result<()> {
    let once = OnConflict::column(link::Column::TokenHash)
        .do_nothing()
        .to_owned();
    link::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn link_by_hash(db: &impl ConnectionTrait, hash: &str) -> Result<Option<link::Model>> {
    Ok(link::Entity::find()
        .filter(link::Column::TokenHash.eq(hash))
        .one(db)
        .await?)
}

/// Spends a link of this unit, for this service or for any; false when it was spent before, or is for another.
pub async fn spend(
    db: &impl ConnectionTrait,
    hash: &str,
    (unit, service): (UnitId, StandardId),
) -> Result<bool> {
    let for_this = Condition::any()
        .add(link::Column::ServiceId.is_null())
        .add(link::Column::ServiceId.eq(service));
    let columns = link::ActiveModel {
        spent: Set(true),
        ..Default::default()
    };
    let spent = link::Entity::update_many()
        .set(columns)
        .filter(link::Column::TokenHash.eq(hash))
        .filter(link::Column::UnitId.eq(unit))
        .filter(for_this)
        .filter(link::Column::Spent.eq(false))
        .exec(db)
        .await?;
    Ok(spent.rows_affected == 1)
}

/// Links that had their time and were not used. A spent one stays, or it would be given out and used again; it names
/// nobody.
pub async fn forget_links(db: &impl ConnectionTrait, before: NaiveDate) -> Result<()> {
    link::Entity::delete_many()
        .filter(link::Column::MadeOn.lt(before))
        .filter(link::Column::Spent.eq(false))
        .exec(db)
        .await?;
    Ok(())
}
