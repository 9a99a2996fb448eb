//! The queries of published cases.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::LikeExpr,
};

use crate::{
    complaints::{
        ComplaintId,
        entity::{
            complaint,
            publication::{self, Column, PublicationId, State},
        },
        rules::Status,
    },
    organisation::UnitId,
    platform::{
        db::AT_ONCE,
        error::{Error, Result},
    },
};

/// What a list asks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub unit: Option<UnitId>,
    pub service: Option<String>,
    pub statuses: Vec<Status>,
    /// Small letters; each must be there.
    pub words: Vec<String>,
}

/// What the public may read: published, and neither confidential nor withdrawn since.
fn open(wanted: &Wanted) -> Condition {
    let mut cases = complaint::Entity::find()
        .select_only()
        .column(complaint::Column::Id)
        .filter(complaint::Column::Confidential.eq(false))
        .filter(complaint::Column::Status.ne(Status::Withdrawn));
    if !wanted.statuses.is_empty() {
        cases = cases.filter(complaint::Column::Status.is_in(wanted.statuses.iter().copied()));
    }
    let mut all = Condition::all()
        .add(Column::State.eq(State::Published))
        .add(Column::ComplaintId.in_subquery(cases.into_query()));
    if let Some(unit) = wanted.unit {
        all = all.add(Column::UnitId.eq(unit));
    }
    if let Some(service) = &wanted.service {
        all = all.add(Column::ServiceCode.eq(service.as_str()));
    }
    for word in &wanted.words {
        let escaped = word
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_");
        all = all.add(Column::Search.like(LikeExpr::new(format!("%{escaped}%")).escape('\\')));
    }
    all
}

/// A page of them, the newest first, after this place.
pub async fn list(
    db: &impl ConnectionTrait,
    wanted: &Wanted,
    after: Option<(DateTime<Utc>, PublicationId)>,
    limit: u64,
) -> Result<Vec<publication::Model>> {
    let mut all = open(wanted);
    if let Some((at, id)) = after {
        let earlier = Condition::any().add(Column::PublishedAt.lt(at)).add(
            Condition::all()
                .add(Column::PublishedAt.eq(at))
                .add(Column::Id.lt(id)),
        );
        all = all.add(earlier);
    }
    Ok(publication::Entity::find()
        .filter(all)
        .order_by_desc(Column::PublishedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// One of them, for everybody.
pub async fn one(db: &impl ConnectionTrait, id: PublicationId) -> Result<publication::Model> {
    publication::Entity::find()
        .filter(open(&Wanted::default()).add(Column::Id.eq(id)))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// That of a complaint, withdrawn or not: for the staff.
pub async fn of_complaint(
    db: &impl ConnectionTrait,
    id: ComplaintId,
) -> Result<Option<publication::Model>> {
    Ok(publication::Entity::find()
        .filter(Column::ComplaintId.eq(id))
        .one(db)
        .await?)
}

/// Whether everybody may read of this complaint now.
pub async fn is_public(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<bool> {
    let shown = publication::Entity::find()
        .filter(open(&Wanted::default()).add(Column::ComplaintId.eq(of.id)))
        .one(db)
        .await?;
    Ok(shown.is_some())
}

/// Whether everybody could read of this complaint, as it was when it was read, until now.
pub async fn was_public(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<bool> {
    let shown = of_complaint(db, of.id).await?;
    Ok(!of.confidential && shown.is_some_and(|row| row.state == State::Published))
}

/// How many there are.
pub async fn count(db: &impl ConnectionTrait, wanted: &Wanted) -> Result<u64> {
    Ok(publication::Entity::find()
        .filter(open(wanted))
        .count(db)
        .await?)
}

/// What of a complaint is told beside its published text; never its words.
#[derive(Clone, Copy, Debug)]
pub struct Behind {
    pub status: Status,
    pub received_at: DateTime<Utc>,
    pub legal_due_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
    pub answered_in_time: Option<bool>,
    pub answer_working_days: Option<i32>,
}

impl From<&complaint::Model> for Behind {
    fn from(of: &complaint::Model) -> Self {
        Self {
            status: of.status,
            received_at: of.received_at,
            legal_due_at: of.legal_due_at,
            answered_at: of.answered_at,
            answered_in_time: of.answered_in_time,
            answer_working_days: of.answer_working_days,
        }
    }
}

/// The complaints behind them.
pub async fn behind(
    db: &impl ConnectionTrait,
    ids: Vec<ComplaintId>,
) -> Result<HashMap<ComplaintId, Behind>> {
    use complaint::Column as Of;
    type Row = (
        ComplaintId,
        Status,
        DateTime<Utc>,
        DateTime<Utc>,
        Option<DateTime<Utc>>,
        Option<bool>,
        Option<i32>,
    );
    let mut found = HashMap::new();
    for piece in ids.chunks(AT_ONCE) {
        let rows: Vec<Row> = complaint::Entity::find()
            .select_only()
            .columns([
                Of::Id,
                Of::Status,
                Of::ReceivedAt,
                Of::LegalDueAt,
                Of::AnsweredAt,
                Of::AnsweredInTime,
                Of::AnswerWorkingDays,
            ])
            .filter(Of::Id.is_in(piece.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(|row| {
            let behind = Behind {
                status: row.1,
                received_at: row.2,
                legal_due_at: row.3,
                answered_at: row.4,
                answered_in_time: row.5,
                answer_working_days: row.6,
            };
            (row.0, behind)
        }));
    }
    Ok(found)
}

pub async fn insert(db: &impl ConnectionTrait, row: publication::Model) -> Result<()> {
    publication::Entity::insert(publication::ActiveModel::from(row))
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes over the version that was seen.
pub async fn save(
    db: &impl ConnectionTrait,
    seen: &publication::Model,
    mut changes: publication::ActiveModel,
) -> Result<()> {
    changes.version = Set(seen.version + 1);
    let outcome = publication::Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(seen.id))
        .filter(Column::Version.eq(seen.version))
        .exec(db)
        .await?;
    match outcome.rows_affected {
        1 => Ok(()),
        _ => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
    }
}

/// Takes a published case away for good: its voice is anonymised.
pub async fn forget(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<()> {
    publication::Entity::delete_many()
        .filter(Column::ComplaintId.eq(of.id))
        .exec(db)
        .await?;
    Ok(())
}
