//! Queries of accounts, roles, sessions and tokens.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};

use super::entity::{
    api_token, password_link, person, person::PersonId, role_grant, role_grant::Role, session,
};
use crate::{
    organisation::{DivisionId, UnitId},
    platform::{error::Result, settled::remembered},
};

pub async fn person_by_email(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<person::Model>> {
    Ok(person::Entity::find()
        .filter(person::Column::Email.eq(email))
        .one(db)
        .await?)
}

pub async fn person(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<person::Model>> {
    Ok(person::Entity::find_by_id(id).one(db).await?)
}

pub async fn persons(db: &impl ConnectionTrait, ids: Vec<PersonId>) -> Result<Vec<person::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(person::Entity::find()
        .filter(person::Column::Id.is_in(ids))
        .all(db)
        .await?)
}

pub async fn grants_of(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<role_grant::Model>> {
    remembered(db, "grants", person, async {
        let found = role_grant::Entity::find().filter(role_grant::Column::PersonId.eq(person));
        Ok(found.order_by_asc(role_grant::Column::Id).all(db).await?)
    })
    .await
}

/// Active people who hold one of the roles for the unit, and for the division where one is asked.
pub async fn people_with(
    db: &impl ConnectionTrait,
    roles: &[Role],
    unit: UnitId,
    division: Option<DivisionId>,
) -> Result<Vec<person::Model>> {
    let about = (roles, unit, division);
    remembered(db, "people", about, read_people(db, roles, unit, division)).await
}

async fn read_people(
    db: &impl ConnectionTrait,
    roles: &[Role],
    unit: UnitId,
    division: Option<DivisionId>,
) -> Result<Vec<person::Model>> {
    let mut wanted = Condition::all()
        .add(role_grant::Column::Role.is_in(roles.iter().copied()))
        .add(role_grant::Column::UnitId.eq(unit));
    if let Some(division) = division {
        wanted = wanted.add(role_grant::Column::DivisionId.eq(division));
    }
    let grants = role_grant::Entity::find().filter(wanted).all(db).await?;
    let ids: Vec<PersonId> = grants.iter().map(|grant| grant.person_id).collect();
    Ok(person::Entity::find()
        .filter(person::Column::Id.is_in(ids))
        .filter(person::Column::Active.eq(true))
        .order_by_asc(person::Column::Name)
        .all(db)
        .await?)
}

pub async fn insert_person(db: &impl ConnectionTrait, row: person::ActiveModel) -> Result<()> {
    person::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn insert_grant(db: &impl ConnectionTrait, row: role_grant::ActiveModel) -> Result<()> {
    role_grant::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn insert_session(db: &impl ConnectionTrait, row: session::ActiveModel) -> Result<()> {
    session::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The session behind a cookie, with the person who may still sign in.
pub async fn live_session(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<(session::Model, person::Model)>> {
    let of = session::Entity::belongs_to(person::Entity)
        .from(session::Column::PersonId)
        .to(person::Column::Id);
    let found = session::Entity::find_by_id(token_hash.to_owned())
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(person::Column::Active.eq(true))
        .join(JoinType::InnerJoin, of.into())
        .select_also(person::Entity);
    Ok(both(found.one(db).await?))
}

/// A joined pair of which neither half can be missing.
fn both<A, B>(found: Option<(A, Option<B>)>) -> Option<(A, B)> {
    found.and_then(|(one, other)| Some((one, other?)))
}

pub async fn touch_session(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, Expr::value(now))
        .col_expr(session::Column::ExpiresAt, Expr::value(expires_at))
        .filter(session::Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn delete_session(db: &impl ConnectionTrait, token_hash: &str) -> Result<()> {
    session::Entity::delete_by_id(token_hash.to_owned())
        .exec(db)
        .await?;
    Ok(())
}

/// Signs a person out everywhere; returns from how many places.
pub async fn delete_sessions_of(db: &impl ConnectionTrait, person: PersonId) -> Result<u64> {
    Ok(session::Entity::delete_many()
        .filter(session::Column::PersonId.eq(person))
        .exec(db)
        .await?
        .rows_affected)
}

pub async fn delete_expired_sessions(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lte(now))
        .exec(db)
        .await?;
    password_link::Entity::delete_many()
        .filter(password_link::Column::ExpiresAt.lte(now))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn sessions_of(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<session::Model>> {
    let live = session::Entity::find()
        .filter(session::Column::PersonId.eq(person))
        .filter(session::Column::ExpiresAt.gt(now));
    Ok(live
        .order_by_desc(session::Column::LastSeenAt)
        .all(db)
        .await?)
}

pub async fn set_password(
    db: &impl ConnectionTrait,
    person: PersonId,
    hash: String,
    now: DateTime<Utc>,
) -> Result<()> {
    person::Entity::update_many()
        .col_expr(person::Column::PasswordHash, Expr::value(hash))
        .col_expr(person::Column::PasswordChangedAt, Expr::value(now))
        .filter(person::Column::Id.eq(person))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn insert_token(db: &impl ConnectionTrait, row: api_token::ActiveModel) -> Result<()> {
    api_token::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The token, with the person who may still sign in.
pub async fn live_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<(api_token::Model, person::Model)>> {
    let of = api_token::Entity::belongs_to(person::Entity)
        .from(api_token::Column::PersonId)
        .to(person::Column::Id);
    let found = api_token::Entity::find()
        .filter(api_token::Column::TokenHash.eq(token_hash))
        .filter(api_token::Column::RevokedAt.is_null())
        .filter(person::Column::Active.eq(true))
        .join(JoinType::InnerJoin, of.into())
        .select_also(person::Entity);
    Ok(both(found.one(db).await?))
}

pub async fn tokens_of(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<api_token::Model>> {
    Ok(api_token::Entity::find()
        .filter(api_token::Column::PersonId.eq(person))
        .order_by_desc(api_token::Column::Id)
        .all(db)
        .await?)
}

pub async fn touch_token(
    db: &impl ConnectionTrait,
    id: api_token::ApiTokenId,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = api_token::ActiveModel {
        id: Set(id),
        last_used_at: Set(Some(now)),
        ..Default::default()
    };
    api_token::Entity::update(row).exec(db).await?;
    Ok(())
}

/// Revokes a token of this person; false when it is not theirs or was revoked before.
pub async fn revoke_token(
    db: &impl ConnectionTrait,
    person: PersonId,
    id: api_token::ApiTokenId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let changed = api_token::Entity::update_many()
        .col_expr(api_token::Column::RevokedAt, Expr::value(Some(now)))
        .filter(api_token::Column::Id.eq(id))
        .filter(api_token::Column::PersonId.eq(person))
        .filter(api_token::Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Everybody with a role in one of the units, and those without any role where all are asked for.
pub async fn staff_of(
    db: &impl ConnectionTrait,
    units: Option<&[UnitId]>,
) -> Result<Vec<(person::Model, Vec<role_grant::Model>)>> {
    let people = person::Entity::find()
        .order_by_asc(person::Column::Name)
        .all(db)
        .await?;
    let mut grants = role_grant::Entity::find();
    if let Some(units) = units {
        grants = grants.filter(role_grant::Column::UnitId.is_in(units.iter().copied()));
    }
    let grants = grants.all(db).await?;
    let mut found: Vec<_> = people
        .into_iter()
        .map(|person| {
            let own = grants.iter().filter(|grant| grant.person_id == person.id);
            let own: Vec<_> = own.cloned().collect();
            (person, own)
        })
        .collect();
    found.retain(|(_, own)| units.is_none() || !own.is_empty());
    Ok(found)
}

/// Takes these roles that somebody holds in a unit.
pub async fn delete_grants(
    db: &impl ConnectionTrait,
    person: PersonId,
    unit: UnitId,
    roles: &[Role],
) -> Result<()> {
    role_grant::Entity::delete_many()
        .filter(role_grant::Column::PersonId.eq(person))
        .filter(role_grant::Column::UnitId.eq(unit))
        .filter(role_grant::Column::Role.is_in(roles.iter().copied()))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn save_person(
    db: &impl ConnectionTrait,
    id: PersonId,
    row: person::ActiveModel,
) -> Result<()> {
    person::Entity::update_many()
        .set(row)
        .filter(person::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// A new link; older ones of the same person are worth nothing from then on.
pub async fn replace_link(
    db: &impl ConnectionTrait,
    row: password_link::ActiveModel,
    person: PersonId,
) -> Result<()> {
    delete_links_of(db, person).await?;
    password_link::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn delete_links_of(db: &impl ConnectionTrait, person: PersonId) -> Result<()> {
    password_link::Entity::delete_many()
        .filter(password_link::Column::PersonId.eq(person))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn live_link(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<password_link::Model>> {
    Ok(password_link::Entity::find()
        .filter(password_link::Column::TokenHash.eq(token_hash))
        .filter(password_link::Column::ExpiresAt.gt(now))
        .one(db)
        .await?)
}
