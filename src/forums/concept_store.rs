//! Queries of what a forum is planned with: the register of venues, planned participants, sources of agenda
//! items.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};

use super::{
    entity::{
        ForumId, VenueId,
        agenda_source::{self, ProposalKind},
        forum, quota, venue,
    },
    rules::{Group, Stage},
};
use crate::{
    access::Scope,
    organisation::UnitId,
    platform::error::{Error, Result},
};

const CHANGED: Error = Error::Conflict {
    code: "changed_meanwhile",
};

/// The register of the units in scope, by name; archived ones at the end.
pub async fn venues(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<venue::Model>> {
    let mut query = venue::Entity::find();
    if !scope.everywhere {
        query = query.filter(venue::Column::UnitId.is_in(scope.units.iter().copied()));
    }
    let mut found = query
        .order_by_asc(venue::Column::Name)
        .order_by_asc(venue::Column::Room)
        .all(db)
        .await?;
    found.sort_by_key(|venue| venue.archived_at.is_some());
    Ok(found)
}

pub async fn venue(db: &impl ConnectionTrait, id: VenueId) -> Result<venue::Model> {
    venue::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn venues_of(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<venue::Model>> {
    Ok(venue::Entity::find()
        .filter(venue::Column::UnitId.eq(unit))
        .order_by_asc(venue::Column::Name)
        .all(db)
        .await?)
}

pub async fn insert_venue(db: &impl ConnectionTrait, row: venue::Model) -> Result<()> {
    venue::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes a changed venue if nobody else did meanwhile.
pub async fn save_venue(
    db: &impl ConnectionTrait,
    mut row: venue::ActiveModel,
    read: &venue::Model,
) -> Result<()> {
    row.version = Set(read.version + 1);
    let written = venue::Entity::update_many()
        .set(row)
        .filter(venue::Column::Id.eq(read.id))
        .filter(venue::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

/// The forums that took their place from a venue and have told nobody yet.
pub async fn unannounced_at(
    db: &impl ConnectionTrait,
    venue: &venue::Model,
) -> Result<Vec<forum::Model>> {
    Ok(forum::Entity::find()
        .filter(forum::Column::UnitId.eq(venue.unit_id))
        .filter(forum::Column::VenueId.eq(venue.id))
        .filter(forum::Column::Stage.eq(Stage::Preparation))
        .all(db)
        .await?)
}

/// All forums that took their place from a venue.
pub async fn forums_at(
    db: &impl ConnectionTrait,
    venue: &venue::Model,
) -> Result<Vec<forum::Model>> {
    Ok(forum::Entity::find()
        .filter(forum::Column::UnitId.eq(venue.unit_id))
        .filter(forum::Column::VenueId.eq(venue.id))
        .order_by_asc(forum::Column::Id)
        .all(db)
        .await?)
}

/// Removes a venue if nobody changed it since it was seen.
pub async fn delete_venue(
    db: &impl ConnectionTrait,
    read: &venue::Model,
    version: i32,
) -> Result<()> {
    let written = venue::Entity::delete_many()
        .filter(venue::Column::Id.eq(read.id))
        .filter(venue::Column::UnitId.eq(read.unit_id))
        .filter(venue::Column::Version.eq(version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

/// How many of each group are planned; groups without a plan are absent.
pub async fn quotas(db: &impl ConnectionTrait, forum: &forum::Model) -> Result<Vec<(Group, i32)>> {
    let rows = quota::Entity::find()
        .filter(quota::Column::UnitId.eq(forum.unit_id))
        .filter(quota::Column::ForumId.eq(forum.id))
        .all(db)
        .await?;
    let mut found: Vec<(Group, i32)> = rows
        .into_iter()
        .map(|row| (row.participant_group, row.planned))
        .collect();
    found.sort_unstable();
    Ok(found)
}

pub async fn replace_quotas(
    db: &impl ConnectionTrait,
    (unit, forum): (UnitId, ForumId),
    quotas: &[(Group, i32)],
) -> Result<()> {
    quota::Entity::delete_many()
        .filter(quota::Column::UnitId.eq(unit))
        .filter(quota::Column::ForumId.eq(forum))
        .exec(db)
        .await?;
    let rows: Vec<quota::ActiveModel> = quotas
        .iter()
        .map(|(group, planned)| quota::ActiveModel {
            id: Set(uuid::Uuid::now_v7()),
            unit_id: Set(unit),
            forum_id: Set(forum),
            participant_group: Set(*group),
            planned: Set(*planned),
        })
        .collect();
    if !rows.is_empty() {
        quota::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// What the items of a forum's agenda were proposed from.
pub async fn agenda_sources(
    db: &impl ConnectionTrait,
    forum: &forum::Model,
) -> Result<Vec<agenda_source::Model>> {
    Ok(agenda_source::Entity::find()
        .filter(agenda_source::Column::UnitId.eq(forum.unit_id))
        .filter(agenda_source::Column::ForumId.eq(forum.id))
        .order_by_asc(agenda_source::Column::Id)
        .all(db)
        .await?)
}

/// The items of agendas of a unit that were proposed from one thing.
pub async fn agendas_from(
    db: &impl ConnectionTrait,
    unit: UnitId,
    kind: ProposalKind,
    source_id: &str,
) -> Result<Vec<agenda_source::Model>> {
    Ok(agenda_source::Entity::find()
        .filter(agenda_source::Column::UnitId.eq(unit))
        .filter(agenda_source::Column::Kind.eq(kind))
        .filter(agenda_source::Column::SourceId.eq(source_id))
        .order_by_asc(agenda_source::Column::Id)
        .all(db)
        .await?)
}

pub async fn insert_source(db: &impl ConnectionTrait, row: agenda_source::Model) -> Result<()> {
    agenda_source::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}
