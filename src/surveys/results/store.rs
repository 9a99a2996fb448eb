//! Queries of results.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    computing::Answer,
    entity::{kept, photo, publication, report_row},
};
use crate::{
    organisation::UnitId,
    platform::error::{Error, Result},
    standards::StandardId,
    surveys::{
        entity::{
            answers::{AnswerWay, response},
            setup::{SurveyPeriodId, SurveyPointId, SurveyState, period},
        },
        interim::Extent,
    },
};

/// Service, way, point, then what was said about oneself, then the scores.
type Row = (
    StandardId,
    AnswerWay,
    Option<SurveyPointId>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    String,
);

/// What is computed with of the answers of a period, by their random ids.
pub async fn answers(
    db: &impl ConnectionTrait,
    period: &period::Model,
    extent: Extent,
) -> Result<Vec<Answer>> {
    use response::Column;
    let found = match extent {
        Extent::All => response::Entity::find(),
        Extent::Until(day) => response::Entity::find().filter(Column::AnsweredOn.lte(day)),
        Extent::Nothing => return Ok(Vec::new()),
    };
    let rows: Vec<Row> = found
        .select_only()
        .columns([
            Column::ServiceId,
            Column::Way,
            Column::PointId,
            Column::Sex,
            Column::AgeBand,
            Column::Education,
            Column::Occupation,
            Column::Scores,
        ])
        .filter(Column::UnitId.eq(period.unit_id))
        .filter(Column::PeriodId.eq(period.id))
        .filter(Column::SetAside.eq(false))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let answers = rows.into_iter().map(
        |(service, way, point, sex, age_band, education, occupation, scores)| Answer {
            scores,
            belongs: [
                service.to_string(),
                way.told().code(),
                point.map(|id| id.to_string()).unwrap_or_default(),
                sex.unwrap_or_default(),
                age_band.unwrap_or_default(),
                education.unwrap_or_default(),
                occupation.unwrap_or_default(),
            ],
        },
    );
    Ok(answers.collect())
}

/// The frozen periods of a unit, the latest first.
pub async fn frozen(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<period::Model>> {
    Ok(period::Entity::find()
        .filter(period::Column::UnitId.eq(unit))
        .filter(period::Column::State.eq(SurveyState::Frozen))
        .order_by_desc(period::Column::ClosesOn)
        .order_by_desc(period::Column::Id)
        .all(db)
        .await?)
}

pub async fn kept(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
) -> Result<Option<kept::Model>> {
    Ok(kept::Entity::find()
        .filter(kept::Column::PeriodId.eq(period))
        .one(db)
        .await?)
}

/// The kept results of these periods.
pub async fn kept_of(
    db: &impl ConnectionTrait,
    periods: Vec<SurveyPeriodId>,
) -> Result<HashMap<SurveyPeriodId, kept::Model>> {
    let rows = kept::Entity::find()
        .filter(kept::Column::PeriodId.is_in(periods))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.period_id, row)).collect())
}

/// Keeps a result; the first stays.
pub async fn keep(db: &impl ConnectionTrait, row: kept::Model) -> Result<()> {
    let once = OnConflict::column(kept::Column::PeriodId)
        .do_nothing()
        .to_owned();
    kept::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .try_insert()
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Where the result of a period was published, the first first.
pub async fn publications(
    db: &impl ConnectionTrait,
    period: &period::Model,
) -> Result<Vec<publication::Model>> {
    Ok(publication::Entity::find()
        .filter(publication::Column::UnitId.eq(period.unit_id))
        .filter(publication::Column::PeriodId.eq(period.id))
        .order_by_asc(publication::Column::PublishedOn)
        .order_by_asc(publication::Column::EnteredAt)
        .all(db)
        .await?)
}

pub async fn insert_publication(db: &impl ConnectionTrait, row: publication::Model) -> Result<()> {
    publication::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes a changed line as its next version.
pub async fn save_publication(
    db: &impl ConnectionTrait,
    mut row: publication::Model,
) -> Result<()> {
    let (id, read) = (row.id, row.version);
    row.version += 1;
    let mut columns = row.into_active_model().reset_all();
    columns.id = sea_orm::ActiveValue::NotSet;
    let written = publication::Entity::update_many()
        .set(columns)
        .filter(publication::Column::Id.eq(id))
        .filter(publication::Column::Version.eq(read))
        .exec(db)
        .await?;
    match written.rows_affected {
        0 => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
        _ => Ok(()),
    }
}

/// What is typed of the report of a period.
pub async fn report(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
) -> Result<Option<report_row::Model>> {
    Ok(report_row::Entity::find()
        .filter(report_row::Column::PeriodId.eq(period))
        .one(db)
        .await?)
}

/// The periods of a unit whose report waits for its head, the longest waiting first.
pub async fn reports_waiting(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<Vec<(SurveyPeriodId, String)>> {
    let rows = report_row::Entity::find()
        .filter(report_row::Column::UnitId.eq(unit))
        .filter(report_row::Column::SubmittedAt.is_not_null())
        .order_by_asc(report_row::Column::SubmittedAt)
        .all(db)
        .await?;
    let ids = rows.iter().map(|row| row.period_id);
    let titles: HashMap<SurveyPeriodId, String> = period::Entity::find()
        .select_only()
        .columns([period::Column::Id, period::Column::Title])
        .filter(period::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let named = rows.into_iter().map(|row| row.period_id);
    Ok(named
        .map(|id| (id, titles.get(&id).cloned().unwrap_or_default()))
        .collect())
}

/// Writes it over the version that was read; 0 is the first time.
pub async fn save_report(
    db: &impl ConnectionTrait,
    row: report_row::Model,
    read: i32,
) -> Result<()> {
    let id = row.id;
    let mut columns = row.into_active_model().reset_all();
    if read == 0 {
        report_row::Entity::insert(columns)
            .exec_without_returning(db)
            .await?;
        return Ok(());
    }
    columns.id = sea_orm::ActiveValue::NotSet;
    let written = report_row::Entity::update_many()
        .set(columns)
        .filter(report_row::Column::Id.eq(id))
        .filter(report_row::Column::Version.eq(read))
        .exec(db)
        .await?;
    match written.rows_affected {
        0 => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
        _ => Ok(()),
    }
}

/// The photos of a period, the first first.
pub async fn photos(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
) -> Result<Vec<photo::Model>> {
    Ok(photo::Entity::find()
        .filter(photo::Column::PeriodId.eq(period))
        .order_by_asc(photo::Column::Id)
        .all(db)
        .await?)
}

pub async fn photo(
    db: &impl ConnectionTrait,
    period: SurveyPeriodId,
    id: Uuid,
) -> Result<photo::Model> {
    photo::Entity::find_by_id(id)
        .filter(photo::Column::PeriodId.eq(period))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn insert_photo(db: &impl ConnectionTrait, row: photo::Model) -> Result<()> {
    photo::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

pub async fn delete_photo(db: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    photo::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Forgets the texts and photos of the report of a period that goes.
pub async fn delete_report(db: &impl ConnectionTrait, period: SurveyPeriodId) -> Result<()> {
    photo::Entity::delete_many()
        .filter(photo::Column::PeriodId.eq(period))
        .exec(db)
        .await?;
    report_row::Entity::delete_many()
        .filter(report_row::Column::PeriodId.eq(period))
        .exec(db)
        .await?;
    Ok(())
}
