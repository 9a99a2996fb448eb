//! Queries of links, files, drafts, of who has a case open, and of standard answers.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use uuid::Uuid;

use crate::{
    access::PersonId,
    complaints::{
        entity::{
            ComplaintId, complaint, draft, file, identity,
            link::{self, LinkKind},
            message::{self, MessageId},
            presence,
            standard_answer::{self, StandardAnswerId},
        },
        finding,
        rules::MessageKind,
        words,
    },
    documents::FileId,
    organisation::UnitId,
    platform::error::{Error, Result},
};

/// Those that are handled in this one, oldest first.
pub async fn merged_into(
    db: &impl ConnectionTrait,
    main: &complaint::Model,
) -> Result<Vec<complaint::Model>> {
    Ok(complaint::Entity::find()
        .filter(complaint::Column::UnitId.eq(main.unit_id))
        .filter(complaint::Column::MergedInto.eq(main.id))
        .order_by_asc(complaint::Column::Id)
        .all(db)
        .await?)
}

/// Who stands behind them, sealed.
pub async fn identities(
    db: &impl ConnectionTrait,
    ids: Vec<ComplaintId>,
) -> Result<Vec<identity::Model>> {
    Ok(identity::Entity::find()
        .filter(identity::Column::ComplaintId.is_in(ids))
        .all(db)
        .await?)
}

/// The one that this is handled in, while it has no answer with it yet.
pub async fn main_of(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Option<complaint::Model>> {
    match of.merged_into.filter(|_| words::merged(of)) {
        Some(main) => Ok(Some(super::get(db, main).await?)),
        None => Ok(None),
    }
}

/// Those that were handled in `from` are handled in `to` from now on.
pub async fn move_merged(
    db: &impl ConnectionTrait,
    from: &complaint::Model,
    to: ComplaintId,
) -> Result<()> {
    complaint::Entity::update_many()
        .col_expr(complaint::Column::MergedInto, Expr::value(to))
        .col_expr(
            complaint::Column::Version,
            Expr::col(complaint::Column::Version).add(1),
        )
        .filter(complaint::Column::UnitId.eq(from.unit_id))
        .filter(complaint::Column::MergedInto.eq(from.id))
        .exec(db)
        .await?;
    Ok(())
}

/// The latest answer, if there is one.
pub async fn last_answer(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Option<message::Model>> {
    Ok(message::Entity::find()
        .filter(message::Column::UnitId.eq(of.unit_id))
        .filter(message::Column::ComplaintId.eq(of.id))
        .filter(message::Column::Kind.eq(MessageKind::Answer))
        .order_by_desc(message::Column::At)
        .order_by_desc(message::Column::Id)
        .one(db)
        .await?)
}

/// These messages of a complaint are shown to its citizen no more, and are not searched for any more.
pub async fn keep_inside(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    messages: &[String],
) -> Result<()> {
    if messages.is_empty() {
        return Ok(());
    }
    let ids = messages.iter().filter_map(|id| MessageId::parse(id).ok());
    message::Entity::update_many()
        .col_expr(
            message::Column::Kind,
            Expr::value(MessageKind::InternalNote),
        )
        .col_expr(
            message::Column::Direction,
            Expr::value(MessageKind::InternalNote.direction()),
        )
        .filter(message::Column::UnitId.eq(of.unit_id))
        .filter(message::Column::ComplaintId.eq(of.id))
        .filter(message::Column::Id.is_in(ids))
        .exec(db)
        .await?;
    finding::complaint_changed(db, of).await
}

/// Those of these numbers that were filed in confidence.
pub async fn confidential_among(
    db: &impl ConnectionTrait,
    unit: UnitId,
    numbers: Vec<String>,
) -> Result<Vec<complaint::Model>> {
    Ok(complaint::Entity::find()
        .filter(complaint::Column::UnitId.eq(unit))
        .filter(complaint::Column::Number.is_in(numbers))
        .filter(complaint::Column::Confidential.eq(true))
        .all(db)
        .await?)
}

/// Links two complaints; a link that is there stays as it is.
pub async fn insert_link(db: &impl ConnectionTrait, row: link::ActiveModel) -> Result<bool> {
    let once = OnConflict::columns([
        link::Column::UnitId,
        link::Column::FromId,
        link::Column::ToId,
        link::Column::Kind,
    ])
    .do_nothing()
    .to_owned();
    let written = link::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(written > 0)
}

/// (kind, whether this one is where the link begins, the other), in the order of linking.
pub async fn links(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Vec<(LinkKind, bool, complaint::Model)>> {
    let rows = link::Entity::find()
        .filter(link::Column::UnitId.eq(of.unit_id))
        .filter(
            Condition::any()
                .add(link::Column::FromId.eq(of.id))
                .add(link::Column::ToId.eq(of.id)),
        )
        .order_by_asc(link::Column::CreatedAt)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let other = |row: &link::Model| {
        if row.from_id == of.id {
            row.to_id
        } else {
            row.from_id
        }
    };
    let ids: Vec<ComplaintId> = rows.iter().map(other).collect();
    let others = complaint::Entity::find()
        .filter(complaint::Column::Id.is_in(ids))
        .all(db)
        .await?;
    Ok(rows
        .iter()
        .filter_map(|row| {
            let found = others.iter().find(|one| one.id == other(row))?;
            Some((row.kind, row.from_id == of.id, found.clone()))
        })
        .collect())
}

/// Numbers by ids.
pub async fn numbers(
    db: &impl ConnectionTrait,
    ids: Vec<ComplaintId>,
) -> Result<Vec<(ComplaintId, String)>> {
    Ok(complaint::Entity::find()
        .select_only()
        .columns([complaint::Column::Id, complaint::Column::Number])
        .filter(complaint::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?)
}

/// Removes a link of the kind that people make and take back.
pub async fn delete_link(
    db: &impl ConnectionTrait,
    one: &complaint::Model,
    other: ComplaintId,
) -> Result<bool> {
    let way = |from: ComplaintId, to: ComplaintId| {
        Condition::all()
            .add(link::Column::FromId.eq(from))
            .add(link::Column::ToId.eq(to))
    };
    let outcome = link::Entity::delete_many()
        .filter(link::Column::UnitId.eq(one.unit_id))
        .filter(link::Column::Kind.eq(LinkKind::Related))
        .filter(
            Condition::any()
                .add(way(one.id, other))
                .add(way(other, one.id)),
        )
        .exec(db)
        .await?;
    Ok(outcome.rows_affected > 0)
}

pub async fn insert_file(db: &impl ConnectionTrait, row: file::ActiveModel) -> Result<()> {
    file::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

pub async fn files(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Vec<file::Model>> {
    Ok(file::Entity::find()
        .filter(file::Column::UnitId.eq(of.unit_id))
        .filter(file::Column::ComplaintId.eq(of.id))
        .order_by_asc(file::Column::CreatedAt)
        .order_by_asc(file::Column::Id)
        .all(db)
        .await?)
}

pub async fn file_of(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    id: FileId,
) -> Result<file::Model> {
    file::Entity::find()
        .filter(file::Column::UnitId.eq(of.unit_id))
        .filter(file::Column::ComplaintId.eq(of.id))
        .filter(file::Column::FileId.eq(id))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// Keeps what somebody has begun to write; nothing is no draft.
pub async fn save_draft(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    person: PersonId,
    text: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    if text.trim().is_empty() {
        return delete_draft(db, of, person).await;
    }
    let again = OnConflict::columns([
        draft::Column::UnitId,
        draft::Column::ComplaintId,
        draft::Column::PersonId,
    ])
    .update_columns([draft::Column::Text, draft::Column::UpdatedAt])
    .to_owned();
    let row = draft::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        person_id: Set(person),
        text: Set(text.to_owned()),
        updated_at: Set(now),
    };
    draft::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn draft(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    person: PersonId,
) -> Result<Option<draft::Model>> {
    Ok(draft::Entity::find()
        .filter(draft::Column::UnitId.eq(of.unit_id))
        .filter(draft::Column::ComplaintId.eq(of.id))
        .filter(draft::Column::PersonId.eq(person))
        .one(db)
        .await?)
}

pub async fn delete_draft(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    person: PersonId,
) -> Result<()> {
    draft::Entity::delete_many()
        .filter(draft::Column::UnitId.eq(of.unit_id))
        .filter(draft::Column::ComplaintId.eq(of.id))
        .filter(draft::Column::PersonId.eq(person))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn note_presence(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let again = OnConflict::columns([
        presence::Column::UnitId,
        presence::Column::ComplaintId,
        presence::Column::PersonId,
    ])
    .update_column(presence::Column::SeenAt)
    .to_owned();
    let row = presence::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        person_id: Set(person),
        seen_at: Set(now),
    };
    presence::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Who had the case open since a moment, others than this person; the latest first.
pub async fn present(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    except: PersonId,
    since: DateTime<Utc>,
) -> Result<Vec<presence::Model>> {
    Ok(presence::Entity::find()
        .filter(presence::Column::UnitId.eq(of.unit_id))
        .filter(presence::Column::ComplaintId.eq(of.id))
        .filter(presence::Column::PersonId.ne(except))
        .filter(presence::Column::SeenAt.gte(since))
        .order_by_desc(presence::Column::SeenAt)
        .all(db)
        .await?)
}

pub async fn sweep_presence(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<()> {
    presence::Entity::delete_many()
        .filter(presence::Column::SeenAt.lte(before))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn standard_answers(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<Vec<standard_answer::Model>> {
    Ok(standard_answer::Entity::find()
        .filter(standard_answer::Column::UnitId.eq(unit))
        .order_by_asc(standard_answer::Column::Title)
        .all(db)
        .await?)
}

pub async fn standard_answer(
    db: &impl ConnectionTrait,
    unit: UnitId,
    id: StandardAnswerId,
) -> Result<standard_answer::Model> {
    standard_answer::Entity::find_by_id(id)
        .filter(standard_answer::Column::UnitId.eq(unit))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn insert_standard_answer(
    db: &impl ConnectionTrait,
    row: standard_answer::ActiveModel,
) -> Result<()> {
    standard_answer::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes over the version that was read.
pub async fn save_standard_answer(
    db: &impl ConnectionTrait,
    read: &standard_answer::Model,
    mut changes: standard_answer::ActiveModel,
) -> Result<()> {
    changes.version = Set(read.version + 1);
    let outcome = standard_answer::Entity::update_many()
        .set(changes)
        .filter(standard_answer::Column::Id.eq(read.id))
        .filter(standard_answer::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    match outcome.rows_affected {
        1 => Ok(()),
        _ => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
    }
}

/// Removes the version that was read.
pub async fn delete_standard_answer(
    db: &impl ConnectionTrait,
    read: &standard_answer::Model,
) -> Result<()> {
    let outcome = standard_answer::Entity::delete_many()
        .filter(standard_answer::Column::Id.eq(read.id))
        .filter(standard_answer::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    match outcome.rows_affected {
        1 => Ok(()),
        _ => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
    }
}
