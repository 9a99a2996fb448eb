//! Queries of action items, progress and sources.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, Func, LikeExpr, LockType, Query, SimpleExpr},
};

use super::{
    entity::{
        ActionItemId,
        action_item::{self, Status},
        action_progress,
        action_source::{self, SourceKind},
    },
    store_measures,
};
use crate::{
    access::Scope,
    organisation::{DivisionId, OfficialId, UnitId},
    platform::{
        db::Tx,
        error::{Error, Result},
        web::paging::Slice,
    },
};

/// Actions that are still to be worked on.
pub const UNFINISHED: [Status; 2] = [Status::Open, Status::InProgress];

/// Sort key of lists: what is due first stands first.
pub type DueKey = (NaiveDate, ActionItemId);

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub unit: Option<UnitId>,
    pub statuses: Vec<Status>,
    pub division: Option<DivisionId>,
    /// Of no division.
    pub unassigned: bool,
    /// Who answers for it by name.
    pub owner: Option<OfficialId>,
    /// Nobody answers for it by name.
    pub unnamed: bool,
    /// Measured by the complaints of this service.
    pub service: Option<String>,
    /// In the plan of this year: made for it, or carried over into it.
    pub year: Option<i32>,
    /// Unfinished, not late on this day, and nobody reported since this moment.
    pub stalled: Option<(NaiveDate, DateTime<Utc>)>,
    /// Unfinished and due before this day.
    pub late_on: Option<NaiveDate>,
    /// Due on this day at the latest.
    pub due_until: Option<NaiveDate>,
    pub words: String,
    /// Holds nothing.
    pub nothing: bool,
}

pub async fn insert(db: &impl ConnectionTrait, row: action_item::ActiveModel) -> Result<()> {
    action_item::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The highest number given in a unit's plan of a year; 0 when it has none.
pub async fn last_number(db: &impl ConnectionTrait, unit: UnitId, year: i32) -> Result<i32> {
    let found = action_item::Entity::find()
        .filter(action_item::Column::UnitId.eq(unit))
        .filter(action_item::Column::Year.eq(year))
        .order_by_desc(action_item::Column::Number)
        .one(db)
        .await?;
    Ok(found.map_or(0, |item| item.number))
}

/// Without regard to who asks: for links, and for the public pages, which show every promise.
pub async fn get(db: &impl ConnectionTrait, id: ActionItemId) -> Result<action_item::Model> {
    action_item::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// An item inside the scope; outside of it, it does not exist.
pub async fn visible(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: ActionItemId,
) -> Result<action_item::Model> {
    let item = get(db, id).await?;
    if scope.covers(item.unit_id, item.division_id) {
        Ok(item)
    } else {
        Err(Error::NotFound)
    }
}

/// The same, kept until the transaction ends: two who change it at once go one after the other.
pub async fn held(tx: &Tx, scope: &Scope, id: ActionItemId) -> Result<action_item::Model> {
    let item = action_item::Entity::find_by_id(id)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    if scope.covers(item.unit_id, item.division_id) {
        Ok(item)
    } else {
        Err(Error::NotFound)
    }
}

pub(super) fn within(scope: &Scope) -> Condition {
    if scope.everywhere {
        return Condition::all();
    }
    Condition::any()
        .add(action_item::Column::UnitId.is_in(scope.units.iter().copied()))
        .add(action_item::Column::DivisionId.is_in(scope.divisions.iter().copied()))
}

/// In the plan of a year: made for it, or carried over into it.
pub(super) fn of_plan(year: i32) -> Condition {
    use action_item::Column;
    Condition::all().add(Column::Year.lte(year)).add(
        Condition::any()
            .add(Column::Year.eq(year))
            .add(Column::CarriedInto.gte(year)),
    )
}

pub(super) fn late(today: NaiveDate) -> Condition {
    use action_item::Column;
    Condition::all()
        .add(Column::Status.is_in(UNFINISHED))
        .add(Column::DueOn.lt(today))
}

/// Unfinished, not late, made before a moment, and nobody reported since.
pub(super) fn stalled((today, since): (NaiveDate, DateTime<Utc>)) -> Condition {
    use action_item::Column;
    let of_item = Expr::col((action_progress::Entity, action_progress::Column::ActionId));
    let at = Expr::col((action_progress::Entity, action_progress::Column::At));
    let reported = Query::select()
        .column(action_progress::Column::Id)
        .from(action_progress::Entity)
        .and_where(of_item.equals((action_item::Entity, Column::Id)))
        .and_where(at.gte(since))
        .to_owned();
    Condition::all()
        .add(Column::Status.is_in(UNFINISHED))
        .add(Column::DueOn.gte(today))
        .add(Column::CreatedAt.lt(since))
        .add(Expr::exists(reported).not())
}

fn matching(filter: &Filter) -> Condition {
    use action_item::Column;
    let mut wanted = Condition::all();
    if let Some(unit) = filter.unit {
        wanted = wanted.add(Column::UnitId.eq(unit));
    }
    if !filter.statuses.is_empty() {
        wanted = wanted.add(Column::Status.is_in(filter.statuses.iter().copied()));
    }
    if let Some(division) = filter.division {
        wanted = wanted.add(Column::DivisionId.eq(division));
    }
    if filter.nothing {
        wanted = wanted.add(Expr::cust("1 = 0"));
    }
    if filter.unassigned {
        wanted = wanted.add(Column::DivisionId.is_null());
    }
    if let Some(owner) = filter.owner {
        wanted = wanted.add(Column::OwnerId.eq(owner));
    }
    if filter.unnamed {
        wanted = wanted.add(Column::OwnerId.is_null());
    }
    if let Some(code) = &filter.service {
        wanted = wanted.add(store_measures::about_service(code));
    }
    if let Some(year) = filter.year {
        wanted = wanted.add(of_plan(year));
    }
    if let Some(quiet) = filter.stalled {
        wanted = wanted.add(stalled(quiet));
    }
    if let Some(today) = filter.late_on {
        wanted = wanted.add(late(today));
    }
    if let Some(day) = filter.due_until {
        wanted = wanted.add(Column::DueOn.lte(day));
    }
    if !filter.words.is_empty() {
        wanted = wanted.add(containing(&filter.words));
    }
    wanted
}

/// Each word stands in the code, the title or the description.
fn containing(words: &str) -> Condition {
    use action_item::Column;
    words
        .split_whitespace()
        .take(6)
        .fold(Condition::all(), |all, word| {
            let any = [Column::Code, Column::Title, Column::Description]
                .into_iter()
                .fold(Condition::any(), |any, column| {
                    any.add(contains(column, word))
                });
            all.add(any)
        })
}

/// Whatever case; `%` and `_` mean themselves.
fn contains(column: action_item::Column, word: &str) -> SimpleExpr {
    let quoted = word
        .to_lowercase()
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    let pattern = LikeExpr::new(format!("%{quoted}%")).escape('\\');
    Expr::expr(Func::lower(Expr::col((action_item::Entity, column)))).like(pattern)
}

/// A page of the items inside the scope, by due day.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &Filter,
    slice: &Slice<DueKey>,
) -> Result<Vec<action_item::Model>> {
    use action_item::Column;
    let mut query = action_item::Entity::find()
        .filter(within(scope))
        .filter(matching(filter));
    if let Some((due, id)) = slice.after {
        query = query.filter(
            Condition::any().add(Column::DueOn.gt(due)).add(
                Condition::all()
                    .add(Column::DueOn.eq(due))
                    .add(Column::Id.gt(id)),
            ),
        );
    }
    Ok(query
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id)
        .limit(slice.limit + 1)
        .all(db)
        .await?)
}

/// What a unit works on, the nearest due day at the head, and then what it kept last.
pub async fn foremost(
    db: &impl ConnectionTrait,
    unit: UnitId,
    limit: u64,
) -> Result<Vec<action_item::Model>> {
    use action_item::Column;
    let of = |statuses: &[Status]| {
        action_item::Entity::find()
            .filter(Column::UnitId.eq(unit))
            .filter(Column::Status.is_in(statuses.iter().copied()))
            .limit(limit)
    };
    let mut items = of(&Status::UNSETTLED)
        .order_by_asc(Column::DueOn)
        .all(db)
        .await?;
    let kept = of(&[Status::Verified])
        .order_by_desc(Column::DueOn)
        .all(db)
        .await?;
    items.extend(kept);
    Ok(items)
}

/// How many items of each status a unit has within the scope.
pub async fn counts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &Filter,
) -> Result<Vec<(Status, i64)>> {
    use action_item::Column;
    Ok(action_item::Entity::find()
        .select_only()
        .column(Column::Status)
        .column_as(Column::Id.count(), "n")
        .filter(within(scope))
        .filter(matching(filter))
        .group_by(Column::Status)
        .into_tuple()
        .all(db)
        .await?)
}

pub async fn items(
    db: &impl ConnectionTrait,
    ids: Vec<ActionItemId>,
) -> Result<Vec<action_item::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(action_item::Entity::find()
        .filter(action_item::Column::Id.is_in(ids))
        .order_by_asc(action_item::Column::Code)
        .all(db)
        .await?)
}

/// Of a unit: not finished, or finished and not yet verified.
pub async fn unsettled(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<action_item::Model>> {
    Ok(action_item::Entity::find()
        .filter(action_item::Column::UnitId.eq(unit))
        .filter(action_item::Column::Status.is_in(Status::UNSETTLED))
        .order_by_asc(action_item::Column::Code)
        .all(db)
        .await?)
}

pub async fn unfinished(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<Vec<action_item::Model>> {
    Ok(action_item::Entity::find()
        .filter(action_item::Column::UnitId.eq(unit))
        .filter(action_item::Column::Status.is_in(UNFINISHED))
        .order_by_asc(action_item::Column::Code)
        .all(db)
        .await?)
}

/// Writes a changed item if nobody else did meanwhile; its version grows.
pub async fn update(
    db: &impl ConnectionTrait,
    mut row: action_item::ActiveModel,
    read: &action_item::Model,
) -> Result<()> {
    row.version = Set(read.version + 1);
    let written = action_item::Entity::update_many()
        .set(row)
        .filter(action_item::Column::Id.eq(read.id))
        .filter(action_item::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(())
}

pub async fn insert_progress(
    db: &impl ConnectionTrait,
    row: action_progress::ActiveModel,
) -> Result<()> {
    action_progress::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes what the bar says after an entry.
pub async fn set_percent(db: &impl ConnectionTrait, entry: uuid::Uuid, percent: i32) -> Result<()> {
    action_progress::Entity::update_many()
        .col_expr(action_progress::Column::Percent, Expr::value(percent))
        .filter(action_progress::Column::Id.eq(entry))
        .exec(db)
        .await?;
    Ok(())
}

/// Progress of an item, oldest first.
pub async fn progress_of(
    db: &impl ConnectionTrait,
    item: ActionItemId,
) -> Result<Vec<action_progress::Model>> {
    progress_of_many(db, vec![item]).await
}

pub async fn progress_of_many(
    db: &impl ConnectionTrait,
    items: Vec<ActionItemId>,
) -> Result<Vec<action_progress::Model>> {
    Ok(action_progress::Entity::find()
        .filter(action_progress::Column::ActionId.is_in(items))
        .order_by_asc(action_progress::Column::At)
        .order_by_asc(action_progress::Column::Id)
        .all(db)
        .await?)
}

pub async fn insert_source(
    db: &impl ConnectionTrait,
    row: action_source::ActiveModel,
) -> Result<()> {
    action_source::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn source(
    db: &impl ConnectionTrait,
    item: ActionItemId,
    kind: SourceKind,
    source_id: &str,
) -> Result<Option<action_source::Model>> {
    Ok(action_source::Entity::find()
        .filter(action_source::Column::ActionId.eq(item))
        .filter(action_source::Column::Kind.eq(kind))
        .filter(action_source::Column::SourceId.eq(source_id))
        .one(db)
        .await?)
}

pub async fn source_by_id(
    db: &impl ConnectionTrait,
    id: uuid::Uuid,
) -> Result<Option<action_source::Model>> {
    Ok(action_source::Entity::find_by_id(id).one(db).await?)
}

pub async fn delete_source(db: &impl ConnectionTrait, row: action_source::Model) -> Result<()> {
    action_source::Entity::delete_by_id(row.id).exec(db).await?;
    Ok(())
}

/// Sources of items, in the order in which they were linked.
pub async fn sources_of(
    db: &impl ConnectionTrait,
    items: Vec<ActionItemId>,
) -> Result<Vec<action_source::Model>> {
    Ok(action_source::Entity::find()
        .filter(action_source::Column::ActionId.is_in(items))
        .order_by_asc(action_source::Column::CreatedAt)
        .order_by_asc(action_source::Column::Id)
        .all(db)
        .await?)
}
