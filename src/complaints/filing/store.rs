//! Every query of filing.

mod contacts;
mod followers;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use uuid::Uuid;

pub use contacts::*;
pub use followers::*;

use super::entity::{
    category::{self, CategoryId},
    detail,
    file_check::{self, FileState},
    form::{self, Held},
    news::{self, NewsChannel},
    question, rating, sorting,
};
use crate::{
    complaints::{
        entity::{ComplaintId, complaint, file},
        rules::Channel,
    },
    documents::FileId,
    organisation::UnitId,
    platform::error::{Error, Result},
};

pub async fn insert_form(db: &impl ConnectionTrait, row: form::ActiveModel) -> Result<()> {
    form::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

pub async fn form(db: &impl ConnectionTrait, key_hash: &str) -> Result<Option<form::Model>> {
    Ok(form::Entity::find_by_id(key_hash.to_owned())
        .one(db)
        .await?)
}

/// Writes the content of a form that was not sent; says whether there was one.
pub async fn save_form(
    db: &impl ConnectionTrait,
    key_hash: &str,
    (content, files): (Vec<u8>, Held),
    now: DateTime<Utc>,
) -> Result<bool> {
    let changes = form::ActiveModel {
        content: Set(Some(content)),
        files: Set(files),
        updated_at: Set(now),
        ..Default::default()
    };
    let outcome = form::Entity::update_many()
        .set(changes)
        .filter(form::Column::KeyHash.eq(key_hash))
        .filter(form::Column::ComplaintId.is_null())
        .exec(db)
        .await?;
    Ok(outcome.rows_affected == 1)
}

/// The form is sent: its content now stands in the complaint.
pub async fn end_form(
    db: &impl ConnectionTrait,
    key_hash: &str,
    became: complaint::ComplaintId,
) -> Result<()> {
    let changes = form::ActiveModel {
        content: Set(None),
        files: Set(Held::default()),
        complaint_id: Set(Some(became)),
        ..Default::default()
    };
    form::Entity::update_many()
        .set(changes)
        .filter(form::Column::KeyHash.eq(key_hash))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn delete_form(db: &impl ConnectionTrait, key_hash: &str) -> Result<()> {
    form::Entity::delete_many()
        .filter(form::Column::KeyHash.eq(key_hash))
        .filter(form::Column::ComplaintId.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Forms that were not touched, or not begun, since these moments.
pub async fn forms_over(
    db: &impl ConnectionTrait,
    (untouched, begun): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<form::Model>> {
    let over = form::Column::UpdatedAt.lte(untouched);
    Ok(form::Entity::find()
        .filter(over.or(form::Column::CreatedAt.lte(begun)))
        .limit(1000)
        .all(db)
        .await?)
}

/// Removes a form unless it was touched since it was read; says whether it did.
pub async fn delete_form_as_seen(db: &impl ConnectionTrait, seen: &form::Model) -> Result<bool> {
    let outcome = form::Entity::delete_many()
        .filter(form::Column::KeyHash.eq(&seen.key_hash))
        .filter(form::Column::UpdatedAt.eq(seen.updated_at))
        .exec(db)
        .await?;
    Ok(outcome.rows_affected == 1)
}

pub async fn insert_check(db: &impl ConnectionTrait, row: file_check::ActiveModel) -> Result<()> {
    file_check::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn check_of(
    db: &impl ConnectionTrait,
    file: FileId,
) -> Result<Option<file_check::Model>> {
    Ok(file_check::Entity::find_by_id(file).one(db).await?)
}

pub async fn checks_of(
    db: &impl ConnectionTrait,
    files: &[FileId],
) -> Result<Vec<file_check::Model>> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    Ok(file_check::Entity::find()
        .filter(file_check::Column::FileId.is_in(files.iter().copied()))
        .all(db)
        .await?)
}

pub async fn set_check(
    db: &impl ConnectionTrait,
    file: FileId,
    state: FileState,
    now: DateTime<Utc>,
) -> Result<()> {
    file_check::Entity::update_many()
        .col_expr(file_check::Column::State, Expr::value(state))
        .col_expr(file_check::Column::CheckedAt, Expr::value(now))
        .filter(file_check::Column::FileId.eq(file))
        .exec(db)
        .await?;
    Ok(())
}

/// What was found clean long ago needs no row: a file without one is open.
pub async fn sweep_checks(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<()> {
    file_check::Entity::delete_many()
        .filter(file_check::Column::State.eq(FileState::Clean))
        .filter(file_check::Column::CheckedAt.lte(before))
        .exec(db)
        .await?;
    Ok(())
}

/// Old rows of the other states, some at a time: their files may be gone.
pub async fn old_checks(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
    after: Option<FileId>,
) -> Result<Vec<file_check::Model>> {
    let mut query = file_check::Entity::find()
        .filter(file_check::Column::State.ne(FileState::Clean))
        .filter(file_check::Column::CreatedAt.lte(before));
    if let Some(after) = after {
        query = query.filter(file_check::Column::FileId.gt(after));
    }
    Ok(query
        .order_by_asc(file_check::Column::FileId)
        .limit(500)
        .all(db)
        .await?)
}

/// What was found bad since then.
pub async fn sealed_since(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<file_check::Model>> {
    let bad = [FileState::Infected, FileState::Damaged];
    Ok(file_check::Entity::find()
        .filter(file_check::Column::State.is_in(bad))
        .filter(file_check::Column::CheckedAt.gte(since))
        .order_by_asc(file_check::Column::CheckedAt)
        .limit(1000)
        .all(db)
        .await?)
}

/// Takes a row for this transaction.
pub async fn hold_check(db: &impl ConnectionTrait, file: FileId) -> Result<()> {
    file_check::Entity::update_many()
        .col_expr(
            file_check::Column::State,
            Expr::col(file_check::Column::State),
        )
        .filter(file_check::Column::FileId.eq(file))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn delete_check(db: &impl ConnectionTrait, file: FileId) -> Result<()> {
    file_check::Entity::delete_by_id(file).exec(db).await?;
    Ok(())
}

/// The complaint that a file belongs to, if it was sent.
pub async fn complaint_of_file(
    db: &impl ConnectionTrait,
    unit: UnitId,
    file: FileId,
) -> Result<Option<complaint::Model>> {
    let row = file::Entity::find()
        .filter(file::Column::UnitId.eq(unit))
        .filter(file::Column::FileId.eq(file))
        .one(db)
        .await?;
    match row {
        Some(row) => Ok(complaint::Entity::find_by_id(row.complaint_id)
            .one(db)
            .await?),
        None => Ok(None),
    }
}

/// How many complaints came over the web since then, of the newest so many.
pub async fn received_since(
    db: &impl ConnectionTrait,
    unit: UnitId,
    since: DateTime<Utc>,
) -> Result<u64> {
    Ok(complaint::Entity::find()
        .filter(complaint::Column::UnitId.eq(unit))
        .filter(complaint::Column::ReceivedAt.gt(since))
        .filter(complaint::Column::Channel.eq(Channel::Web))
        .count(db)
        .await?)
}

pub async fn categories(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<category::Model>> {
    Ok(category::Entity::find()
        .filter(category::Column::UnitId.eq(unit))
        .order_by_asc(category::Column::Position)
        .order_by_asc(category::Column::Name)
        .all(db)
        .await?)
}

pub async fn category(
    db: &impl ConnectionTrait,
    unit: UnitId,
    id: CategoryId,
) -> Result<category::Model> {
    category::Entity::find_by_id(id)
        .filter(category::Column::UnitId.eq(unit))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn insert_category(db: &impl ConnectionTrait, row: category::ActiveModel) -> Result<()> {
    category::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes over the version that was seen.
pub async fn save_category(
    db: &impl ConnectionTrait,
    seen: &category::Model,
    mut changes: category::ActiveModel,
) -> Result<()> {
    changes.version = Set(seen.version + 1);
    let outcome = category::Entity::update_many()
        .set(changes)
        .filter(category::Column::Id.eq(seen.id))
        .filter(category::Column::Version.eq(seen.version))
        .exec(db)
        .await?;
    if outcome.rows_affected == 1 {
        return Ok(());
    }
    Err(Error::Conflict {
        code: "changed_meanwhile",
    })
}

pub async fn questions(
    db: &impl ConnectionTrait,
    of: &category::Model,
) -> Result<Vec<question::Model>> {
    Ok(question::Entity::find()
        .filter(question::Column::UnitId.eq(of.unit_id))
        .filter(question::Column::CategoryId.eq(of.id))
        .order_by_asc(question::Column::Position)
        .order_by_asc(question::Column::Id)
        .all(db)
        .await?)
}

pub async fn insert_question(db: &impl ConnectionTrait, row: question::ActiveModel) -> Result<()> {
    question::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn update_question(
    db: &impl ConnectionTrait,
    id: Uuid,
    changes: question::ActiveModel,
) -> Result<()> {
    question::Entity::update_many()
        .set(changes)
        .filter(question::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn delete_question(
    db: &impl ConnectionTrait,
    of: &category::Model,
    id: Uuid,
) -> Result<bool> {
    let outcome = question::Entity::delete_many()
        .filter(question::Column::UnitId.eq(of.unit_id))
        .filter(question::Column::CategoryId.eq(of.id))
        .filter(question::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(outcome.rows_affected == 1)
}

pub async fn sort(db: &impl ConnectionTrait, row: sorting::ActiveModel) -> Result<()> {
    sorting::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Under which categories these complaints of a unit were filed, as far as they were.
pub async fn categories_of(
    db: &impl ConnectionTrait,
    unit: UnitId,
    ids: Vec<ComplaintId>,
) -> Result<std::collections::HashMap<ComplaintId, CategoryId>> {
    let rows = sorting::Entity::find()
        .filter(sorting::Column::UnitId.eq(unit))
        .filter(sorting::Column::ComplaintId.is_in(ids))
        .all(db)
        .await?;
    let sorted = rows.into_iter();
    Ok(sorted
        .map(|row| (row.complaint_id, row.category_id))
        .collect())
}

/// The category that a complaint stands under, with its name.
pub async fn category_of(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Option<(CategoryId, String)>> {
    let Some(row) = sorting::Entity::find_by_id(of.id).one(db).await? else {
        return Ok(None);
    };
    let found = category(db, of.unit_id, row.category_id).await?;
    Ok(Some((found.id, found.name)))
}

/// Puts a complaint under another category, or under none.
pub async fn sort_under(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    category: Option<CategoryId>,
) -> Result<()> {
    sorting::Entity::delete_by_id(of.id).exec(db).await?;
    let Some(category) = category else {
        return Ok(());
    };
    let row = sorting::ActiveModel {
        complaint_id: Set(of.id),
        unit_id: Set(of.unit_id),
        category_id: Set(category),
    };
    sort(db, row).await
}

pub async fn insert_details(
    db: &impl ConnectionTrait,
    rows: Vec<detail::ActiveModel>,
) -> Result<()> {
    if !rows.is_empty() {
        detail::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

pub async fn details(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Vec<detail::Model>> {
    Ok(detail::Entity::find()
        .filter(detail::Column::UnitId.eq(of.unit_id))
        .filter(detail::Column::ComplaintId.eq(of.id))
        .order_by_asc(detail::Column::Position)
        .all(db)
        .await?)
}

pub async fn news(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    channel: NewsChannel,
) -> Result<Option<news::Model>> {
    Ok(news::Entity::find()
        .filter(news::Column::UnitId.eq(of.unit_id))
        .filter(news::Column::ComplaintId.eq(of.id))
        .filter(news::Column::Channel.eq(channel))
        .one(db)
        .await?)
}

/// What was chosen last for this way.
pub async fn choose_news(db: &impl ConnectionTrait, row: news::ActiveModel) -> Result<()> {
    use news::Column;
    let again = OnConflict::columns([Column::UnitId, Column::ComplaintId, Column::Channel])
        .update_columns([Column::AgreedAt, Column::QuietAt])
        .to_owned();
    news::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn insert_rating(db: &impl ConnectionTrait, row: rating::ActiveModel) -> Result<()> {
    rating::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The last that was said of an answer.
pub async fn last_rating(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Option<rating::Model>> {
    Ok(rating::Entity::find()
        .filter(rating::Column::UnitId.eq(of.unit_id))
        .filter(rating::Column::ComplaintId.eq(of.id))
        .order_by_desc(rating::Column::At)
        .order_by_desc(rating::Column::Id)
        .limit(1)
        .one(db)
        .await?)
}
