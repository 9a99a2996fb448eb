//! Queries of the contact book.

use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, Func, LikeExpr},
};

use super::entity::{ActiveModel, Column, ContactId, Entity, Model};
use crate::{
    access::Scope,
    organisation::UnitId,
    platform::{
        db::AT_ONCE,
        error::{Error, Result},
    },
};

/// Rows of one page of the book.
pub const PAGE: usize = 50;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub words: String,
    pub archived: bool,
    /// From 0.
    pub page: u64,
    /// One unit of those that the caller may see, or all of them.
    pub unit: Option<UnitId>,
}

/// A page of the book as somebody may see it, with one row more than shown.
pub async fn search(
    db: &impl ConnectionTrait,
    scope: &Scope,
    wanted: &Wanted,
) -> Result<Vec<Model>> {
    let mut query = Entity::find();
    if !scope.everywhere {
        query = query.filter(Column::UnitId.is_in(scope.units.iter().copied()));
    }
    if let Some(unit) = wanted.unit {
        query = query.filter(Column::UnitId.eq(unit));
    }
    query = query.filter(if wanted.archived {
        Column::ArchivedAt.is_not_null()
    } else {
        Column::ArchivedAt.is_null()
    });
    for word in wanted.words.split_whitespace().take(6) {
        let pattern = format!("%{}%", escaped(&word.to_lowercase()));
        let like = |column: Column| {
            Expr::expr(Func::lower(Expr::col(column)))
                .like(LikeExpr::new(pattern.clone()).escape('\\'))
        };
        query = query.filter(
            Condition::any()
                .add(like(Column::Institution))
                .add(like(Column::Name))
                .add(like(Column::Position))
                .add(like(Column::Email)),
        );
    }
    Ok(query
        .order_by_asc(Column::Institution)
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .offset(wanted.page.saturating_mul(PAGE as u64))
        .limit(PAGE as u64 + 1)
        .all(db)
        .await?)
}

fn escaped(word: &str) -> String {
    word.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}

pub async fn by_id(db: &impl ConnectionTrait, id: ContactId) -> Result<Model> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

pub async fn of_ids(
    db: &impl ConnectionTrait,
    unit: UnitId,
    ids: &[ContactId],
) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::ArchivedAt.is_null())
        .all(db)
        .await?)
}

pub async fn of_unit(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(unit))
        .all(db)
        .await?)
}

/// As many as a browser can offer without getting slow.
const OFFERED: u64 = 500;

pub async fn institutions(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<String>> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Institution)
        .distinct()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::ArchivedAt.is_null())
        .order_by_asc(Column::Institution)
        .limit(OFFERED)
        .into_tuple()
        .all(db)
        .await?)
}

pub async fn by_spelling(
    db: &impl ConnectionTrait,
    unit: UnitId,
    spelling: &str,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Spelling.eq(spelling))
        .one(db)
        .await?)
}

/// Those with this mail address who are still offered.
pub async fn by_email(db: &impl ConnectionTrait, unit: UnitId, email: &str) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Email.eq(email))
        .filter(Column::ArchivedAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

pub async fn insert(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let rows = some
            .iter()
            .map(|row| row.clone().into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Writes a change if nobody else changed the contact meanwhile.
pub async fn change(
    db: &impl ConnectionTrait,
    id: ContactId,
    version: i32,
    mut change: ActiveModel,
) -> Result<()> {
    change.version = Set(version + 1);
    let written = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .exec(db)
        .await?;
    if written.rows_affected == 1 {
        return Ok(());
    }
    Err(Error::Conflict {
        code: "changed_meanwhile",
    })
}
