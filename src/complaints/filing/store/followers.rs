//! Queries of those who follow a published case.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    complaints::{entity::complaint, filing::entity::follower},
    platform::error::Result,
};

pub async fn insert_follower(db: &impl ConnectionTrait, row: follower::Model) -> Result<()> {
    follower::Entity::insert(follower::ActiveModel::from(row))
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn follower(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<follower::Model>> {
    Ok(follower::Entity::find_by_id(id).one(db).await?)
}

/// Whoever asked to follow this case from this address.
pub async fn follower_at(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    address_hash: &str,
) -> Result<Option<follower::Model>> {
    Ok(follower::Entity::find()
        .filter(follower::Column::UnitId.eq(of.unit_id))
        .filter(follower::Column::ComplaintId.eq(of.id))
        .filter(follower::Column::AddressHash.eq(address_hash))
        .one(db)
        .await?)
}

/// Those who confirmed their address.
pub async fn followers(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Vec<follower::Model>> {
    Ok(follower::Entity::find()
        .filter(follower::Column::UnitId.eq(of.unit_id))
        .filter(follower::Column::ComplaintId.eq(of.id))
        .filter(follower::Column::ConfirmedAt.is_not_null())
        .all(db)
        .await?)
}

pub async fn confirm_follower(
    db: &impl ConnectionTrait,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<()> {
    follower::Entity::update_many()
        .col_expr(follower::Column::ConfirmedAt, Expr::value(now))
        .filter(follower::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn delete_follower(db: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    follower::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

pub async fn sweep_followers(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<()> {
    follower::Entity::delete_many()
        .filter(follower::Column::ConfirmedAt.is_null())
        .filter(follower::Column::CreatedAt.lte(before))
        .exec(db)
        .await?;
    Ok(())
}
