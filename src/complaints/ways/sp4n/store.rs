//! Queries of what came from SP4N-LAPOR.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use super::rows::Known;
use crate::{
    access::Ctx,
    complaints::{
        entity::{ComplaintId, complaint},
        rules::Channel,
        ways::{
            conversations,
            entity::{ImportId, import, sp4n_case, sp4n_mapping},
        },
    },
    documents::FileId,
    organisation::UnitId,
    platform::{context::App, db::AT_ONCE, error::Result},
};

/// What is known there of a case.
pub async fn of_case(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Option<sp4n_case::Model>> {
    Ok(sp4n_case::Entity::find_by_id(of.id).one(db).await?)
}

/// Cases with these tracking ids, tombstones too.
pub async fn known(
    db: &impl ConnectionTrait,
    app: &App,
    unit: UnitId,
    ids: &[String],
) -> Result<Vec<(String, ComplaintId, Known)>> {
    let channel = Channel::Sp4nLapor;
    let marks: HashMap<String, &String> = ids
        .iter()
        .map(|id| (conversations::forgotten(app, unit, channel, id), id))
        .collect();
    let asked: Vec<String> = ids.iter().chain(marks.keys()).cloned().collect();
    let named = conversations::named(db, unit, channel, &asked).await?;
    let mut found = Vec::new();
    for piece in named.chunks(AT_ONCE) {
        let cases: Vec<ComplaintId> = piece.iter().map(|row| row.complaint_id).collect();
        let numbers: BTreeMap<ComplaintId, String> = complaint::Entity::find()
            .select_only()
            .column(complaint::Column::Id)
            .column(complaint::Column::Number)
            .filter(complaint::Column::Id.is_in(cases.iter().copied()))
            .into_tuple()
            .all(db)
            .await?
            .into_iter()
            .collect();
        let there: BTreeMap<ComplaintId, sp4n_case::Model> = sp4n_case::Entity::find()
            .filter(sp4n_case::Column::ComplaintId.is_in(cases))
            .all(db)
            .await?
            .into_iter()
            .map(|row| (row.complaint_id, row))
            .collect();
        found.extend(piece.iter().map(|row| {
            let there = there.get(&row.complaint_id);
            let known = Known {
                number: numbers.get(&row.complaint_id).cloned().unwrap_or_default(),
                status: there.map(|row| row.status.clone()).unwrap_or_default(),
                disposition: there.map(|row| row.disposition.clone()).unwrap_or_default(),
                forgotten: conversations::is_forgotten(&row.external_id),
            };
            let id = marks.get(&row.external_id).copied();
            let id = id.unwrap_or(&row.external_id).clone();
            (id, row.complaint_id, known)
        }));
    }
    Ok(found)
}

/// Begins an import; false where another one of the same list was quicker.
pub async fn begin_import(db: &impl ConnectionTrait, row: import::ActiveModel) -> Result<bool> {
    let once = OnConflict::column(import::Column::FileId)
        .do_nothing()
        .to_owned();
    let written = import::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(written == 1)
}

/// The import of a handed-in list.
pub async fn import_of(
    db: &impl ConnectionTrait,
    unit: UnitId,
    file: FileId,
) -> Result<Option<import::Model>> {
    Ok(import::Entity::find()
        .filter(import::Column::UnitId.eq(unit))
        .filter(import::Column::FileId.eq(file))
        .one(db)
        .await?)
}

/// Goes on with an import that was cut short; false where somebody else does already.
pub async fn take_over_import(
    db: &impl ConnectionTrait,
    read: &import::Model,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = import::Entity::update_many()
        .col_expr(import::Column::CreatedAt, Expr::value(now))
        .filter(import::Column::Id.eq(read.id))
        .filter(import::Column::CreatedAt.eq(read.created_at))
        .filter(import::Column::FinishedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

pub async fn finish_import(
    db: &impl ConnectionTrait,
    id: ImportId,
    now: DateTime<Utc>,
) -> Result<()> {
    import::Entity::update_many()
        .col_expr(import::Column::FinishedAt, Expr::value(now))
        .filter(import::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// So many more (stored, changed) came of a list.
pub async fn grow_import(
    db: &impl ConnectionTrait,
    id: ImportId,
    (stored, changed): (i32, i32),
) -> Result<()> {
    use import::Column as Of;
    import::Entity::update_many()
        .col_expr(Of::Stored, Expr::col(Of::Stored).add(stored))
        .col_expr(Of::Changed, Expr::col(Of::Changed).add(changed))
        .filter(Of::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn imports(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<import::Model>> {
    Ok(import::Entity::find()
        .filter(import::Column::UnitId.eq(unit))
        .order_by_desc(import::Column::CreatedAt)
        .order_by_desc(import::Column::Id)
        .limit(100)
        .all(db)
        .await?)
}

pub async fn insert_case(db: &impl ConnectionTrait, row: sp4n_case::ActiveModel) -> Result<()> {
    sp4n_case::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes down what a newer list says.
pub async fn change_case(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    id: ComplaintId,
    (status, disposition): (&str, &str),
) -> Result<()> {
    let mut change = sp4n_case::Entity::update_many()
        .col_expr(sp4n_case::Column::UpdatedAt, Expr::value(ctx.now))
        .filter(sp4n_case::Column::ComplaintId.eq(id));
    if !status.is_empty() {
        change = change.col_expr(sp4n_case::Column::Status, Expr::value(status));
    }
    if !disposition.is_empty() {
        change = change.col_expr(sp4n_case::Column::Disposition, Expr::value(disposition));
    }
    change.exec(db).await?;
    Ok(())
}

/// The headings that the unit chose last.
pub async fn headings(db: &impl ConnectionTrait, unit: UnitId) -> Result<BTreeMap<String, String>> {
    let row = sp4n_mapping::Entity::find_by_id(unit).one(db).await?;
    Ok(row.map(|row| row.headings.0).unwrap_or_default())
}

pub async fn keep_headings(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    unit: UnitId,
    headings: BTreeMap<String, String>,
) -> Result<()> {
    let row = sp4n_mapping::ActiveModel {
        unit_id: Set(unit),
        headings: Set(sp4n_mapping::Headings(headings)),
        updated_at: Set(ctx.now),
    };
    let renew = OnConflict::column(sp4n_mapping::Column::UnitId)
        .update_columns([
            sp4n_mapping::Column::Headings,
            sp4n_mapping::Column::UpdatedAt,
        ])
        .to_owned();
    sp4n_mapping::Entity::insert(row)
        .on_conflict(renew)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
