//! Queries of forums.

use chrono::NaiveDate;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait,
    EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::LockType,
};
use uuid::Uuid;

use super::{
    entity::{ForumId, ForumInputId, agenda, agenda_source, forum, input, input_change, team},
    rules::Stage,
};
use crate::{
    access::Scope,
    organisation::UnitId,
    platform::{
        db::Tx,
        error::{Error, Result},
        web::paging::Slice,
    },
};

/// Sort key of lists: the newest day stands first.
pub type DayKey = (NaiveDate, ForumId);

/// A forum for somebody whose right was already decided: a job, a public page, the same use case.
pub async fn by_id(db: &impl ConnectionTrait, id: ForumId) -> Result<forum::Model> {
    forum::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// The forum as it is now, kept until the transaction ends: whoever else holds it waits here and then
/// sees what was done. On SQLite `begin_write` has done that already. Rows that refer to the forum do not
/// wait, because its key does not change.
pub async fn hold(tx: &Tx, id: ForumId) -> Result<forum::Model> {
    forum::Entity::find_by_id(id)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

fn within(scope: &Scope) -> Condition {
    if scope.everywhere {
        return Condition::all();
    }
    Condition::all().add(forum::Column::UnitId.is_in(scope.units.iter().copied()))
}

/// The forums that somebody may see, newest first.
pub async fn visible(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<forum::Model>> {
    Ok(forum::Entity::find()
        .filter(within(scope))
        .order_by_desc(forum::Column::Date)
        .order_by_desc(forum::Column::Id)
        .all(db)
        .await?)
}

/// A page of them, with one row more than asked for.
pub async fn page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    slice: &Slice<DayKey>,
) -> Result<Vec<forum::Model>> {
    let mut query = forum::Entity::find().filter(within(scope));
    if let Some((day, id)) = slice.after {
        let same_day = Condition::all()
            .add(forum::Column::Date.eq(day))
            .add(forum::Column::Id.lt(id));
        query = query.filter(
            Condition::any()
                .add(forum::Column::Date.lt(day))
                .add(same_day),
        );
    }
    Ok(query
        .order_by_desc(forum::Column::Date)
        .order_by_desc(forum::Column::Id)
        .limit(slice.limit + 1)
        .all(db)
        .await?)
}

pub async fn team(db: &impl ConnectionTrait, forum: &forum::Model) -> Result<Vec<team::Model>> {
    let found = team::Entity::find()
        .filter(team::Column::UnitId.eq(forum.unit_id))
        .filter(team::Column::ForumId.eq(forum.id));
    Ok(found.order_by_asc(team::Column::Position).all(db).await?)
}

pub async fn agenda(db: &impl ConnectionTrait, forum: &forum::Model) -> Result<Vec<agenda::Model>> {
    let found = agenda::Entity::find()
        .filter(agenda::Column::UnitId.eq(forum.unit_id))
        .filter(agenda::Column::ForumId.eq(forum.id));
    Ok(found.order_by_asc(agenda::Column::Position).all(db).await?)
}

pub async fn inputs(db: &impl ConnectionTrait, forum: &forum::Model) -> Result<Vec<input::Model>> {
    let found = input::Entity::find()
        .filter(input::Column::UnitId.eq(forum.unit_id))
        .filter(input::Column::ForumId.eq(forum.id))
        .filter(input::Column::RemovedAt.is_null());
    // As they were raised: sorted as text, I10 would stand before I2.
    Ok(found.order_by_asc(input::Column::Id).all(db).await?)
}

/// What was said at some items of an agenda.
pub async fn inputs_at(
    db: &impl ConnectionTrait,
    agenda: &[uuid::Uuid],
) -> Result<Vec<input::Model>> {
    Ok(input::Entity::find()
        .filter(input::Column::AgendaId.is_in(agenda.iter().copied()))
        .filter(input::Column::RemovedAt.is_null())
        .all(db)
        .await?)
}

/// The newest inputs of all forums of a unit.
pub async fn inputs_of_unit(
    db: &impl ConnectionTrait,
    unit: UnitId,
    most: u64,
) -> Result<Vec<input::Model>> {
    Ok(input::Entity::find()
        .filter(input::Column::UnitId.eq(unit))
        .filter(input::Column::RemovedAt.is_null())
        .order_by_desc(input::Column::Id)
        .limit(most)
        .all(db)
        .await?)
}

pub async fn input(db: &impl ConnectionTrait, id: ForumInputId) -> Result<input::Model> {
    input::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// How many were raised, with those that were removed.
pub async fn inputs_ever(db: &impl ConnectionTrait, forum: &forum::Model) -> Result<u64> {
    Ok(input::Entity::find()
        .filter(input::Column::UnitId.eq(forum.unit_id))
        .filter(input::Column::ForumId.eq(forum.id))
        .count(db)
        .await?)
}

/// Writes an input if nobody else did meanwhile.
pub async fn save_input(
    db: &impl ConnectionTrait,
    read: &input::Model,
    mut change: input::ActiveModel,
) -> Result<()> {
    change.version = Set(read.version + 1);
    let written = input::Entity::update_many()
        .set(change)
        .filter(input::Column::Id.eq(read.id))
        .filter(input::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(())
}

pub async fn insert_input_change(
    db: &impl ConnectionTrait,
    row: input_change::ActiveModel,
) -> Result<()> {
    input_change::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// What an input said before, the newest first.
pub async fn input_changes(
    db: &impl ConnectionTrait,
    id: ForumInputId,
) -> Result<Vec<input_change::Model>> {
    Ok(input_change::Entity::find()
        .filter(input_change::Column::ForumInputId.eq(id))
        .order_by_desc(input_change::Column::Id)
        .all(db)
        .await?)
}

/// Writes a changed forum if nobody else did meanwhile; the version counts up.
pub async fn save(
    db: &impl ConnectionTrait,
    row: forum::ActiveModel,
    read: &forum::Model,
) -> Result<()> {
    let mut row = row;
    row.version = Set(read.version + 1);
    let written = forum::Entity::update_many()
        .set(row)
        .filter(forum::Column::Id.eq(read.id))
        .filter(forum::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(())
}

pub async fn set_neutrality_note(
    db: &impl ConnectionTrait,
    id: ForumId,
    note: String,
) -> Result<()> {
    let row = forum::ActiveModel {
        id: Set(id),
        neutrality_note: Set(note),
        ..Default::default()
    };
    forum::Entity::update(row).exec(db).await?;
    Ok(())
}

/// Notes that the minutes of a forum were begun. The version that forms carry stays: nobody's edit is lost by it.
pub async fn minutes_begun(
    db: &impl ConnectionTrait,
    id: ForumId,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    let row = forum::ActiveModel {
        id: Set(id),
        minutes_begun_at: Set(Some(at)),
        ..Default::default()
    };
    forum::Entity::update(row).exec(db).await?;
    Ok(())
}

/// Moves a forum on from the stage at which it was read.
pub async fn set_stage(db: &impl ConnectionTrait, read: &forum::Model, stage: Stage) -> Result<()> {
    let row = forum::ActiveModel {
        stage: Set(stage),
        ..Default::default()
    };
    let written = forum::Entity::update_many()
        .set(row)
        .filter(forum::Column::Id.eq(read.id))
        .filter(forum::Column::Stage.eq(read.stage))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(())
}

/// The forums that are announced: from the invitation on everybody may know of them. Newest first.
pub async fn announced(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<forum::Model>> {
    Ok(forum::Entity::find()
        .filter(forum::Column::UnitId.eq(unit))
        .filter(forum::Column::Stage.ne(Stage::Preparation))
        .order_by_desc(forum::Column::Date)
        .all(db)
        .await?)
}

pub async fn by_code(
    db: &impl ConnectionTrait,
    unit: UnitId,
    code: &str,
) -> Result<Option<forum::Model>> {
    Ok(forum::Entity::find()
        .filter(forum::Column::UnitId.eq(unit))
        .filter(forum::Column::Code.eq(code))
        .one(db)
        .await?)
}

pub async fn insert(db: &impl ConnectionTrait, row: forum::Model) -> Result<()> {
    forum::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn insert_input(db: &impl ConnectionTrait, row: input::Model) -> Result<()> {
    input::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn replace_team(
    db: &impl ConnectionTrait,
    forum: &forum::Model,
    rows: Vec<team::ActiveModel>,
) -> Result<()> {
    team::Entity::delete_many()
        .filter(team::Column::UnitId.eq(forum.unit_id))
        .filter(team::Column::ForumId.eq(forum.id))
        .exec(db)
        .await?;
    if !rows.is_empty() {
        team::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The agenda as it is now. Lines that were there are changed in place, those that are gone are deleted with
/// what they were proposed from.
pub async fn replace_agenda(
    db: &impl ConnectionTrait,
    forum: &forum::Model,
    rows: Vec<agenda::Model>,
) -> Result<()> {
    let known: Vec<Uuid> = agenda(db, forum).await?.iter().map(|row| row.id).collect();
    let kept: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let gone: Vec<Uuid> = known
        .iter()
        .filter(|id| !kept.contains(id))
        .copied()
        .collect();
    if !gone.is_empty() {
        agenda_source::Entity::delete_many()
            .filter(agenda_source::Column::AgendaId.is_in(gone.iter().copied()))
            .exec(db)
            .await?;
        agenda::Entity::delete_many()
            .filter(agenda::Column::ForumId.eq(forum.id))
            .filter(agenda::Column::Id.is_in(gone))
            .exec(db)
            .await?;
    }
    for row in rows {
        if known.contains(&row.id) {
            let row = row.into_active_model().reset_all();
            agenda::Entity::update(row).exec(db).await?;
        } else {
            // An id that is not of this forum names nothing here.
            let row = agenda::Model {
                id: Uuid::now_v7(),
                ..row
            };
            agenda::Entity::insert(row.into_active_model().reset_all())
                .exec_without_returning(db)
                .await?;
        }
    }
    Ok(())
}
