//! What voices were told: each thing once.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, sea_query::OnConflict,
};
use uuid::Uuid;

use super::entity::{
    IssueId,
    issue_voice::VoiceKind,
    voice_told::{self, Event},
};
use crate::{organisation::UnitId, platform::error::Result};

/// Notes that a voice hears of something; false when it heard of it before.
pub async fn first_told(
    db: &impl ConnectionTrait,
    unit: UnitId,
    complaint: &str,
    (event, about): (Event, &str),
    at: DateTime<Utc>,
) -> Result<bool> {
    use voice_told::Column;
    let row = voice_told::Model {
        id: Uuid::now_v7(),
        unit_id: unit,
        kind: VoiceKind::Complaint,
        source_id: complaint.to_owned(),
        event,
        about: about.to_owned(),
        at,
    };
    let once = OnConflict::columns([
        Column::UnitId,
        Column::Kind,
        Column::SourceId,
        Column::Event,
        Column::About,
    ])
    .do_nothing()
    .to_owned();
    let written = voice_told::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(written > 0)
}

/// Whether a complaint was told before that an issue is refused.
pub async fn told_of_refusal(
    db: &impl ConnectionTrait,
    unit: UnitId,
    complaint: &str,
    issue: IssueId,
) -> Result<bool> {
    use voice_told::Column;
    let found = voice_told::Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Kind.eq(VoiceKind::Complaint))
        .filter(Column::SourceId.eq(complaint))
        .filter(Column::Event.eq(Event::Refused))
        .filter(Column::About.starts_with(format!("{issue}:")))
        .count(db)
        .await?;
    Ok(found > 0)
}

/// Takes back that a voice heard of something; false when it had not.
pub async fn forget_told(
    db: &impl ConnectionTrait,
    unit: UnitId,
    complaint: &str,
    (event, about): (Event, &str),
) -> Result<bool> {
    use voice_told::Column;
    let gone = voice_told::Entity::delete_many()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Kind.eq(VoiceKind::Complaint))
        .filter(Column::SourceId.eq(complaint))
        .filter(Column::Event.eq(event))
        .filter(Column::About.eq(about))
        .exec(db)
        .await?;
    Ok(gone.rows_affected > 0)
}
