//! Queries of attendance lists.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    FromQueryResult, IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use super::{
    closing::Closed,
    entity::{AttendanceId, ScanId, Visit, Visits, attendance, desk, scan, sheet},
    rules,
};
use crate::{
    documents::FileId,
    forums::{Forum, ForumId},
    platform::error::{Error, Result},
};

/// Everybody on the list of a forum, in the order in which the rows were made.
pub async fn list(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<attendance::Model>> {
    let found = attendance::Entity::find()
        .filter(attendance::Column::UnitId.eq(forum.unit_id))
        .filter(attendance::Column::ForumId.eq(forum.id));
    Ok(found
        .order_by_asc(attendance::Column::Position)
        .order_by_asc(attendance::Column::Id)
        .all(db)
        .await?)
}

/// Those who are in, in the order in which they came.
pub async fn present(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<attendance::Model>> {
    let found = attendance::Entity::find()
        .filter(attendance::Column::UnitId.eq(forum.unit_id))
        .filter(attendance::Column::ForumId.eq(forum.id))
        .filter(attendance::Column::CheckedInAt.is_not_null());
    Ok(found
        .order_by_asc(attendance::Column::CheckedInAt)
        .order_by_asc(attendance::Column::Position)
        .all(db)
        .await?)
}

/// Who somebody of the list is.
#[derive(Debug, FromQueryResult)]
pub struct Named {
    pub id: AttendanceId,
    pub name: String,
    pub organisation: String,
    pub recipient_id: Option<Uuid>,
}

/// Names and offices alone, to find somebody who is typed again at the door.
pub async fn names(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<Named>> {
    Ok(attendance::Entity::find()
        .select_only()
        .column(attendance::Column::Id)
        .column(attendance::Column::Name)
        .column(attendance::Column::Organisation)
        .column(attendance::Column::RecipientId)
        .filter(attendance::Column::UnitId.eq(forum.unit_id))
        .filter(attendance::Column::ForumId.eq(forum.id))
        .order_by_asc(attendance::Column::Position)
        .into_model()
        .all(db)
        .await?)
}

/// How many are in.
pub async fn count_present(db: &impl ConnectionTrait, forum: &Forum) -> Result<usize> {
    let count = attendance::Entity::find()
        .filter(attendance::Column::UnitId.eq(forum.unit_id))
        .filter(attendance::Column::ForumId.eq(forum.id))
        .filter(attendance::Column::CheckedInAt.is_not_null())
        .count(db)
        .await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// The visits of everybody who is in, without the rest of their rows.
pub async fn visits(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<Visits>> {
    Ok(attendance::Entity::find()
        .select_only()
        .column(attendance::Column::Visits)
        .filter(attendance::Column::UnitId.eq(forum.unit_id))
        .filter(attendance::Column::ForumId.eq(forum.id))
        .filter(attendance::Column::CheckedInAt.is_not_null())
        .into_tuple()
        .all(db)
        .await?)
}

/// A row of this forum; one of another forum does not exist here.
pub async fn get(
    db: &impl ConnectionTrait,
    forum: ForumId,
    id: AttendanceId,
) -> Result<attendance::Model> {
    attendance::Entity::find_by_id(id)
        .filter(attendance::Column::ForumId.eq(forum))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// The row of a code, also where it was read wrongly and only one can be meant.
pub async fn by_code(
    db: &impl ConnectionTrait,
    forum: ForumId,
    code: &str,
) -> Result<Option<attendance::Model>> {
    let found = attendance::Entity::find()
        .filter(attendance::Column::ForumId.eq(forum))
        .filter(attendance::Column::CheckInCode.is_in(rules::readings(code)))
        .all(db)
        .await?;
    Ok(rules::meant(found, code, |row| &row.check_in_code))
}

/// Another forum of the unit that knows this code.
pub async fn forum_of_code(
    db: &impl ConnectionTrait,
    forum: &Forum,
    code: &str,
) -> Result<Option<ForumId>> {
    let found = attendance::Entity::find()
        .filter(attendance::Column::UnitId.eq(forum.unit_id))
        .filter(attendance::Column::ForumId.ne(forum.id))
        .filter(attendance::Column::CheckInCode.is_in(rules::readings(code)))
        .order_by_desc(attendance::Column::Id)
        .one(db)
        .await?;
    Ok(found.map(|row| row.forum_id))
}

/// Everybody of one invitation or registration, by seat.
pub async fn of_recipient(
    db: &impl ConnectionTrait,
    forum: ForumId,
    recipient: Uuid,
) -> Result<Vec<attendance::Model>> {
    Ok(attendance::Entity::find()
        .filter(attendance::Column::ForumId.eq(forum))
        .filter(attendance::Column::RecipientId.eq(recipient))
        .order_by_asc(attendance::Column::Seat)
        .all(db)
        .await?)
}

pub async fn next_position(db: &impl ConnectionTrait, forum: ForumId) -> Result<i32> {
    let last = attendance::Entity::find()
        .filter(attendance::Column::ForumId.eq(forum))
        .order_by_desc(attendance::Column::Position)
        .one(db)
        .await?;
    Ok(last.map_or(1, |row| row.position + 1))
}

pub async fn insert(db: &impl ConnectionTrait, row: attendance::ActiveModel) -> Result<()> {
    attendance::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Notes a visit if nobody changed the row meanwhile; says whether it was this call that did it.
pub async fn set_in(
    db: &impl ConnectionTrait,
    row: &attendance::Model,
    visit: Visit,
) -> Result<bool> {
    let mut visits = row.visits.clone();
    visits.0.push(visit);
    visits.0.sort_by_key(|visit| visit.at);
    let first = visits.0.first().cloned();
    let change = attendance::ActiveModel {
        name: Set(row.name.clone()),
        office: Set(row.office.clone()),
        role: Set(row.role.clone()),
        phone: Set(row.phone.clone()),
        checked_in_at: Set(first.as_ref().map(|visit| visit.at)),
        method: Set(first.map(|visit| visit.method)),
        visits: Set(visits),
        undone: Set(false),
        version: Set(row.version + 1),
        ..Default::default()
    };
    let written = attendance::Entity::update_many()
        .set(change)
        .filter(attendance::Column::Id.eq(row.id))
        .filter(attendance::Column::Version.eq(row.version))
        .exec(db)
        .await?;
    Ok(written.rows_affected == 1)
}

/// Takes a visit back if the row is still the one that was seen.
pub async fn set_out(
    db: &impl ConnectionTrait,
    row: &attendance::Model,
    visit: &Visit,
) -> Result<()> {
    let mut visits = row.visits.clone();
    visits.0.retain(|one| one != visit);
    let first = visits.0.first().cloned();
    let change = attendance::ActiveModel {
        // Whoever signed was somebody else, unless they came on another day too.
        signature_id: Set(row.signature_id.filter(|_| first.is_some())),
        checked_in_at: Set(first.as_ref().map(|visit| visit.at)),
        method: Set(first.map(|visit| visit.method)),
        visits: Set(visits),
        undone: Set(true),
        version: Set(row.version + 1),
        ..Default::default()
    };
    change_seen(db, row, change).await
}

/// Changes a row that is still the one that was seen.
async fn change_seen(
    db: &impl ConnectionTrait,
    row: &attendance::Model,
    change: attendance::ActiveModel,
) -> Result<()> {
    let written = attendance::Entity::update_many()
        .set(change)
        .filter(attendance::Column::Id.eq(row.id))
        .filter(attendance::Column::Version.eq(row.version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(())
}

/// Writes what is printed about a person, if the row is still the one that was seen.
pub async fn correct(db: &impl ConnectionTrait, row: &attendance::Model) -> Result<()> {
    let change = attendance::ActiveModel {
        name: Set(row.name.clone()),
        office: Set(row.office.clone()),
        role: Set(row.role.clone()),
        organisation: Set(row.organisation.clone()),
        phone: Set(row.phone.clone()),
        version: Set(row.version + 1),
        ..Default::default()
    };
    change_seen(db, row, change).await
}

/// Keeps a signature with a row that is still the one that was seen.
pub async fn set_signature(
    db: &impl ConnectionTrait,
    row: &attendance::Model,
    signature: Option<FileId>,
) -> Result<()> {
    let change = attendance::ActiveModel {
        signature_id: Set(signature),
        version: Set(row.version + 1),
        ..Default::default()
    };
    change_seen(db, row, change).await
}

/// The link on the wall of a forum, if it has one yet.
pub async fn desk(db: &impl ConnectionTrait, forum: ForumId) -> Result<Option<desk::Model>> {
    Ok(desk::Entity::find()
        .filter(desk::Column::ForumId.eq(forum))
        .one(db)
        .await?)
}

pub async fn desk_by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<desk::Model>> {
    let found = desk::Entity::find()
        .filter(desk::Column::ShortCode.is_in(rules::readings(code)))
        .all(db)
        .await?;
    Ok(rules::meant(found, code, |row| &row.short_code))
}

pub async fn insert_desk(db: &impl ConnectionTrait, row: desk::Model) -> Result<()> {
    desk::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Switches self check-in, if the switch is still as it was seen.
pub async fn switch_desk(
    db: &impl ConnectionTrait,
    read: &desk::Model,
    version: i32,
    on: bool,
) -> Result<()> {
    let change = desk::ActiveModel {
        self_service: Set(on),
        version: Set(version + 1),
        ..Default::default()
    };
    let written = desk::Entity::update_many()
        .set(change)
        .filter(desk::Column::Id.eq(read.id))
        .filter(desk::Column::Version.eq(version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(())
}

pub async fn insert_scan(db: &impl ConnectionTrait, row: scan::Model) -> Result<()> {
    scan::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The signed sheets of a forum, oldest first.
pub async fn scans(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<scan::Model>> {
    Ok(scan::Entity::find()
        .filter(scan::Column::UnitId.eq(forum.unit_id))
        .filter(scan::Column::ForumId.eq(forum.id))
        .order_by_asc(scan::Column::Id)
        .all(db)
        .await?)
}

pub async fn scan(db: &impl ConnectionTrait, forum: ForumId, id: ScanId) -> Result<scan::Model> {
    scan::Entity::find_by_id(id)
        .filter(scan::Column::ForumId.eq(forum))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn sheet(db: &impl ConnectionTrait, forum: ForumId) -> Result<Option<sheet::Model>> {
    Ok(sheet::Entity::find()
        .filter(sheet::Column::ForumId.eq(forum))
        .one(db)
        .await?)
}

/// Whether the list is closed, and with what.
pub async fn closing(db: &impl ConnectionTrait, forum: ForumId) -> Result<Option<Closed>> {
    Ok(sheet(db, forum)
        .await?
        .map(|sheet| Closed(sheet.closed_with)))
}

pub async fn insert_sheet(db: &impl ConnectionTrait, row: sheet::ActiveModel) -> Result<()> {
    sheet::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
