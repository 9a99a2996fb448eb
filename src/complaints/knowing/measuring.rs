//! How often a matter came up in a span of days: for who asks whether something that was done about it helped. Every
//! complaint that was received counts, as in the recapitulation.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
};

use super::period::Period;
use crate::{
    complaints::{
        ComplaintId,
        entity::{
            complaint::{self, Column},
            topic::{self, TopicId},
            topic_case,
        },
        filing::{CategoryId, categories, entity::sorting},
        services,
    },
    organisation::UnitId,
    platform::{db::AT_ONCE, error::Result},
};

/// What complaints are about: ids and names, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matters {
    pub topics: Vec<(String, String)>,
    pub categories: Vec<(String, String)>,
    /// Code and name.
    pub services: Vec<(String, String)>,
}

/// One way to say that complaints are about the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    Topics(Vec<String>),
    Categories(Vec<String>),
    Services(Vec<String>),
}

/// What these complaints of a unit are about.
pub async fn matters_of(
    db: &impl ConnectionTrait,
    unit: UnitId,
    ids: &[ComplaintId],
) -> Result<Matters> {
    let mut topics = BTreeMap::new();
    let mut found_categories: Vec<CategoryId> = Vec::new();
    let mut codes: Vec<String> = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let of = topic_case::Entity::find()
            .select_only()
            .column(topic_case::Column::TopicId)
            .filter(topic_case::Column::ComplaintId.is_in(some.iter().copied()));
        let named: Vec<(TopicId, String)> = topic::Entity::find()
            .select_only()
            .columns([topic::Column::Id, topic::Column::Title])
            .filter(topic::Column::UnitId.eq(unit))
            .filter(topic::Column::Id.in_subquery(of.into_query()))
            .into_tuple()
            .all(db)
            .await?;
        topics.extend(named.into_iter().map(|(id, title)| (title, id.to_string())));
        let sorted: Vec<CategoryId> = sorting::Entity::find()
            .select_only()
            .column(sorting::Column::CategoryId)
            .distinct()
            .filter(sorting::Column::ComplaintId.is_in(some.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        found_categories.extend(sorted);
        let about: Vec<Option<String>> = complaint::Entity::find()
            .select_only()
            .column(Column::ServiceCode)
            .distinct()
            .filter(Column::UnitId.eq(unit))
            .filter(Column::Id.is_in(some.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        codes.extend(about.into_iter().flatten());
    }
    let found_categories: Vec<String> = found_categories.iter().map(ToString::to_string).collect();
    let mut matters = matters_of_unit(db, unit).await?;
    matters.topics = topics.into_iter().map(|(title, id)| (id, title)).collect();
    let known = |(id, _): &(String, String)| found_categories.contains(id);
    matters.categories.retain(known);
    matters.services.retain(|(code, _)| codes.contains(code));
    Ok(matters)
}

/// The categories and services of a unit, by which complaints can be told apart: (id, name) and (code, name).
pub async fn matters_of_unit(db: &impl ConnectionTrait, unit: UnitId) -> Result<Matters> {
    let categories = categories::names(db, unit).await?.into_iter();
    Ok(Matters {
        topics: Vec::new(),
        categories: categories
            .map(|(id, name)| (id.to_string(), name))
            .collect(),
        services: services::offered(db, unit).await?,
    })
}

/// How many complaints of a matter were received on these local days, both counted; each once.
pub async fn received_about(
    db: &impl ConnectionTrait,
    unit: UnitId,
    matter: &Matter,
    (from, to, zone): (NaiveDate, NaiveDate, Tz),
) -> Result<i64> {
    let (from, until) = Period { from, to }.bounds(zone);
    let all = complaint::Entity::find()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::ReceivedAt.gte(from))
        .filter(Column::ReceivedAt.lt(until));
    let wanted = match matter {
        Matter::Services(codes) => all.filter(Column::ServiceCode.is_in(codes.iter().cloned())),
        Matter::Topics(ids) => {
            let ids: Vec<TopicId> = ids
                .iter()
                .filter_map(|id| TopicId::parse(id).ok())
                .collect();
            let of = topic_case::Entity::find()
                .select_only()
                .column(topic_case::Column::ComplaintId)
                .filter(topic_case::Column::TopicId.is_in(ids));
            all.filter(Column::Id.in_subquery(of.into_query()))
        }
        Matter::Categories(ids) => {
            let ids: Vec<CategoryId> = ids
                .iter()
                .filter_map(|id| CategoryId::parse(id).ok())
                .collect();
            let of = sorting::Entity::find()
                .select_only()
                .column(sorting::Column::ComplaintId)
                .filter(sorting::Column::CategoryId.is_in(ids));
            all.filter(Column::Id.in_subquery(of.into_query()))
        }
    };
    let count = wanted.count(db).await?;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

/// When the first complaint of a unit came in that is written down here.
pub async fn first_received(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<Option<DateTime<Utc>>> {
    Ok(complaint::Entity::find()
        .select_only()
        .column(Column::ReceivedAt)
        .filter(Column::UnitId.eq(unit))
        .order_by_asc(Column::ReceivedAt)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?)
}
