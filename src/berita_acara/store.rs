//! Queries of Berita Acara, points and signatories.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::{
    entity::{
        AgreedPointId, BeritaAcaraId, SignatoryId, agreed_point, agreed_point_input, berita_acara,
        scan, signatory,
    },
    rules::Status,
};
use crate::{
    access::PersonId,
    documents::{DocumentId, FileId},
    forums::{ForumId, ForumInputId},
    platform::error::{Error, Result},
};

const CHANGED: Error = Error::Conflict {
    code: "changed_meanwhile",
};

/// A point with the inputs it takes up.
#[derive(Clone, Debug)]
pub struct Point {
    pub row: agreed_point::Model,
    pub inputs: Vec<ForumInputId>,
}

/// A version with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Content {
    pub head: berita_acara::Model,
    pub points: Vec<Point>,
    pub signatories: Vec<signatory::Model>,
    /// Of the sheets that were signed by hand.
    pub scans: Vec<scan::Model>,
}

/// All versions of a forum, the oldest first.
pub async fn versions(
    db: &impl ConnectionTrait,
    forum: ForumId,
) -> Result<Vec<berita_acara::Model>> {
    Ok(berita_acara::Entity::find()
        .filter(berita_acara::Column::ForumId.eq(forum))
        .order_by_asc(berita_acara::Column::VersionNo)
        .all(db)
        .await?)
}

/// The newest version: the one that is written now, or in force.
pub async fn newest(
    db: &impl ConnectionTrait,
    forum: ForumId,
) -> Result<Option<berita_acara::Model>> {
    Ok(berita_acara::Entity::find()
        .filter(berita_acara::Column::ForumId.eq(forum))
        .order_by_desc(berita_acara::Column::VersionNo)
        .one(db)
        .await?)
}

/// The version in force.
pub async fn locked(
    db: &impl ConnectionTrait,
    forum: ForumId,
) -> Result<Option<berita_acara::Model>> {
    Ok(berita_acara::Entity::find()
        .filter(berita_acara::Column::ForumId.eq(forum))
        .filter(berita_acara::Column::Status.eq(Status::Locked))
        .order_by_desc(berita_acara::Column::VersionNo)
        .one(db)
        .await?)
}

pub async fn by_id(db: &impl ConnectionTrait, id: BeritaAcaraId) -> Result<berita_acara::Model> {
    berita_acara::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn content(db: &impl ConnectionTrait, head: berita_acara::Model) -> Result<Content> {
    let points = points(db, head.id).await?;
    let signatories = signatories(db, head.id).await?;
    Ok(Content {
        scans: scans(db, head.id).await?,
        head,
        points,
        signatories,
    })
}

pub async fn signatories(
    db: &impl ConnectionTrait,
    of: BeritaAcaraId,
) -> Result<Vec<signatory::Model>> {
    Ok(signatory::Entity::find()
        .filter(signatory::Column::BeritaAcaraId.eq(of))
        .order_by_asc(signatory::Column::Position)
        .order_by_asc(signatory::Column::Id)
        .all(db)
        .await?)
}

pub async fn points(db: &impl ConnectionTrait, of: BeritaAcaraId) -> Result<Vec<Point>> {
    let rows = agreed_point::Entity::find()
        .filter(agreed_point::Column::BeritaAcaraId.eq(of))
        .order_by_asc(agreed_point::Column::Position)
        .order_by_asc(agreed_point::Column::Id)
        .all(db)
        .await?;
    let links = agreed_point_input::Entity::find()
        .filter(agreed_point_input::Column::AgreedPointId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(agreed_point_input::Column::Id)
        .all(db)
        .await?;
    let mut inputs: HashMap<AgreedPointId, Vec<ForumInputId>> = HashMap::new();
    for link in links {
        inputs
            .entry(link.agreed_point_id)
            .or_default()
            .push(link.forum_input_id);
    }
    Ok(rows
        .into_iter()
        .map(|row| Point {
            inputs: inputs.remove(&row.id).unwrap_or_default(),
            row,
        })
        .collect())
}

pub async fn point(db: &impl ConnectionTrait, id: AgreedPointId) -> Result<agreed_point::Model> {
    agreed_point::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// The same points in every version, by their root.
pub async fn by_root(
    db: &impl ConnectionTrait,
    roots: &[AgreedPointId],
) -> Result<Vec<agreed_point::Model>> {
    Ok(agreed_point::Entity::find()
        .filter(agreed_point::Column::RootId.is_in(roots.iter().copied()))
        .all(db)
        .await?)
}

pub async fn insert(db: &impl ConnectionTrait, row: berita_acara::Model) -> Result<()> {
    let row: berita_acara::ActiveModel = row.into();
    berita_acara::Entity::insert(row.reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Counts a change of a draft and keeps the row until the transaction ends: whoever locks it waits, and
/// whoever changes it after that finds it locked. Says whether it was a draft.
pub async fn hold_draft(db: &impl ConnectionTrait, id: BeritaAcaraId) -> Result<bool> {
    let held = berita_acara::Entity::update_many()
        .col_expr(
            berita_acara::Column::Edits,
            Expr::col(berita_acara::Column::Edits).add(1),
        )
        .filter(berita_acara::Column::Id.eq(id))
        .filter(berita_acara::Column::Status.eq(Status::Draft))
        .exec(db)
        .await?;
    Ok(held.rows_affected == 1)
}

/// Writes the text of a draft if nobody else did meanwhile.
pub async fn save_header(
    db: &impl ConnectionTrait,
    read: &berita_acara::Model,
    mut change: berita_acara::ActiveModel,
) -> Result<()> {
    change.version = Set(read.version + 1);
    let written = berita_acara::Entity::update_many()
        .set(change)
        .filter(berita_acara::Column::Id.eq(read.id))
        .filter(berita_acara::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

/// Since when a record is signed and how many the attendance list had then; none when nobody signs it any more.
pub async fn set_signed(
    db: &impl ConnectionTrait,
    id: BeritaAcaraId,
    first: Option<(chrono::DateTime<chrono::Utc>, i32)>,
) -> Result<()> {
    let change = berita_acara::ActiveModel {
        signed_from: Set(first.map(|(at, _)| at)),
        signed_present: Set(first.map(|(_, present)| present)),
        ..Default::default()
    };
    berita_acara::Entity::update_many()
        .set(change)
        .filter(berita_acara::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn set_locked(
    db: &impl ConnectionTrait,
    id: BeritaAcaraId,
    at: chrono::DateTime<chrono::Utc>,
    by: Option<PersonId>,
    hash: String,
    document: DocumentId,
    ended_early: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<()> {
    let change = berita_acara::ActiveModel {
        status: Set(Status::Locked),
        locked_at: Set(Some(at)),
        locked_by: Set(by),
        record_hash: Set(Some(hash)),
        document_id: Set(Some(document)),
        ended_early_at: Set(ended_early),
        ..Default::default()
    };
    berita_acara::Entity::update_many()
        .set(change)
        .filter(berita_acara::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn set_superseded(db: &impl ConnectionTrait, id: BeritaAcaraId) -> Result<()> {
    let change = berita_acara::ActiveModel {
        status: Set(Status::Superseded),
        ..Default::default()
    };
    berita_acara::Entity::update_many()
        .set(change)
        .filter(berita_acara::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn insert_point(db: &impl ConnectionTrait, row: agreed_point::Model) -> Result<()> {
    let row: agreed_point::ActiveModel = row.into();
    agreed_point::Entity::insert(row.reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Replaces the inputs of a point.
pub async fn set_inputs(
    db: &impl ConnectionTrait,
    point: &agreed_point::Model,
    inputs: &[ForumInputId],
) -> Result<()> {
    agreed_point_input::Entity::delete_many()
        .filter(agreed_point_input::Column::AgreedPointId.eq(point.id))
        .exec(db)
        .await?;
    for input in inputs {
        let row = agreed_point_input::ActiveModel {
            id: Set(Uuid::now_v7()),
            unit_id: Set(point.unit_id),
            agreed_point_id: Set(point.id),
            forum_input_id: Set(*input),
        };
        agreed_point_input::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Writes the text and place of a point if nobody else did meanwhile. What was said of its words held for those words.
pub async fn save_point(
    db: &impl ConnectionTrait,
    read: &agreed_point::Model,
    position: i32,
    text: String,
) -> Result<()> {
    let change = agreed_point::ActiveModel {
        position: Set(position),
        meant_so: Set(read.meant_so && read.text == text),
        text: Set(text),
        ..Default::default()
    };
    change_point(db, read, change).await
}

/// Notes that a point is meant in the words of its input.
pub async fn set_meant_so(db: &impl ConnectionTrait, read: &agreed_point::Model) -> Result<()> {
    let change = agreed_point::ActiveModel {
        meant_so: Set(true),
        ..Default::default()
    };
    change_point(db, read, change).await
}

async fn change_point(
    db: &impl ConnectionTrait,
    read: &agreed_point::Model,
    mut change: agreed_point::ActiveModel,
) -> Result<()> {
    change.version = Set(read.version + 1);
    let written = agreed_point::Entity::update_many()
        .set(change)
        .filter(agreed_point::Column::Id.eq(read.id))
        .filter(agreed_point::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

/// Numbers the points 1, 2, 3 … in the order given; their own versions stay.
pub async fn renumber(db: &impl ConnectionTrait, order: &[AgreedPointId]) -> Result<()> {
    for (id, position) in order.iter().zip(1..) {
        let change = agreed_point::ActiveModel {
            position: Set(position),
            ..Default::default()
        };
        agreed_point::Entity::update_many()
            .set(change)
            .filter(agreed_point::Column::Id.eq(*id))
            .exec(db)
            .await?;
    }
    Ok(())
}

pub async fn delete_point(db: &impl ConnectionTrait, id: AgreedPointId) -> Result<()> {
    agreed_point_input::Entity::delete_many()
        .filter(agreed_point_input::Column::AgreedPointId.eq(id))
        .exec(db)
        .await?;
    agreed_point::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Takes a draft away with all that belongs to it.
pub async fn delete_draft(db: &impl ConnectionTrait, content: &Content) -> Result<()> {
    let id = content.head.id;
    for point in &content.points {
        delete_point(db, point.row.id).await?;
    }
    signatory::Entity::delete_many()
        .filter(signatory::Column::BeritaAcaraId.eq(id))
        .exec(db)
        .await?;
    scan::Entity::delete_many()
        .filter(scan::Column::BeritaAcaraId.eq(id))
        .exec(db)
        .await?;
    berita_acara::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

pub async fn signatory(
    db: &impl ConnectionTrait,
    of: BeritaAcaraId,
    id: SignatoryId,
) -> Result<signatory::Model> {
    signatory::Entity::find_by_id(id)
        .filter(signatory::Column::BeritaAcaraId.eq(of))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn insert_signatory(db: &impl ConnectionTrait, row: signatory::Model) -> Result<()> {
    let row: signatory::ActiveModel = row.into();
    signatory::Entity::insert(row.reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes a signatory if nobody else did meanwhile.
pub async fn save_signatory(
    db: &impl ConnectionTrait,
    read: &signatory::Model,
    mut change: signatory::ActiveModel,
) -> Result<()> {
    change.version = Set(read.version + 1);
    let written = signatory::Entity::update_many()
        .set(change)
        .filter(signatory::Column::Id.eq(read.id))
        .filter(signatory::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

pub async fn delete_signatory(db: &impl ConnectionTrait, read: &signatory::Model) -> Result<()> {
    let gone = signatory::Entity::delete_many()
        .filter(signatory::Column::Id.eq(read.id))
        .filter(signatory::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if gone.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

pub async fn insert_scan(db: &impl ConnectionTrait, row: scan::ActiveModel) -> Result<()> {
    scan::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The scans of a version, the oldest first.
pub async fn scans(db: &impl ConnectionTrait, of: BeritaAcaraId) -> Result<Vec<scan::Model>> {
    Ok(scan::Entity::find()
        .filter(scan::Column::BeritaAcaraId.eq(of))
        .order_by_asc(scan::Column::Id)
        .all(db)
        .await?)
}

/// Says whether there was one.
pub async fn delete_scan(
    db: &impl ConnectionTrait,
    of: BeritaAcaraId,
    file: FileId,
) -> Result<bool> {
    let gone = scan::Entity::delete_many()
        .filter(scan::Column::BeritaAcaraId.eq(of))
        .filter(scan::Column::FileId.eq(file))
        .exec(db)
        .await?;
    Ok(gone.rows_affected == 1)
}
