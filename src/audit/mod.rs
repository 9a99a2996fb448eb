//! Who did what, when, to which thing: append-only. The same rows are timeline, audit and the source of
//! statistics; nothing is ever changed or removed here, and a correction is a new entry. `chain` seals the entries
//! afterwards, each with the one before.

mod chain;

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set, ConnectionTrait, QueryOrder as _, QuerySelect as _, entity::prelude::*,
};
use serde::{Deserialize, Serialize};

use crate::{
    access::{Actor, Ctx, PersonId},
    organisation::UnitId,
    platform::{crypto::Keys, error::Result},
};

pub use chain::{Chain, check, seal};

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A citizen, never named here.
    Public,
    Person,
    System,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub unit_id: Option<UnitId>,
    /// `complaint`, `forum`, …: the table's name.
    pub thing_kind: String,
    pub thing_id: Uuid,
    /// A stable code: `complaint.assigned`.
    pub verb: String,
    pub actor_kind: ActorKind,
    pub person_id: Option<PersonId>,
    /// The name at that time.
    pub actor_name: String,
    pub at: DateTimeUtc,
    /// What changed, without identities of citizens.
    #[sea_orm(column_type = "JsonBinary")]
    pub data: Json,
    /// The request that caused it.
    pub request_id: String,
    /// The keyed hash over this entry and the seal of the one before; empty until the job came by.
    pub seal: Option<String>,
    /// Its place in the chain, from 1.
    pub seal_seq: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

/// One entry to be written.
#[derive(Clone, Debug)]
pub struct Entry {
    unit: Option<UnitId>,
    thing_kind: &'static str,
    thing_id: Uuid,
    verb: &'static str,
    data: serde_json::Value,
    by: Option<(PersonId, String)>,
}

impl Entry {
    #[must_use]
    pub fn new(thing_kind: &'static str, thing_id: Uuid, verb: &'static str) -> Self {
        Self {
            unit: None,
            thing_kind,
            thing_id,
            verb,
            data: serde_json::json!({}),
            by: None,
        }
    }

    #[must_use]
    pub fn in_unit(mut self, unit: UnitId) -> Self {
        self.unit = Some(unit);
        self
    }

    #[must_use]
    pub fn with(mut self, data: serde_json::Value) -> Self {
        self.data = data;
        self
    }

    /// Names the person when the context does not know them yet: at sign-in.
    #[must_use]
    pub fn by(mut self, person: PersonId, name: &str) -> Self {
        self.by = Some((person, name.to_owned()));
        self
    }
}

/// Writes an entry as part of the transaction.
pub async fn record(tx: &impl ConnectionTrait, ctx: &Ctx, entry: Entry) -> Result<()> {
    record_at(tx, ctx, entry, ctx.now).await
}

/// Several entries of one breath.
pub async fn record_all(tx: &impl ConnectionTrait, ctx: &Ctx, entries: Vec<Entry>) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let rows = entries.into_iter().map(|entry| row(ctx, entry, ctx.now));
    Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// An entry of a moment in the past: the demo tells a story that already happened.
pub async fn record_at(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    entry: Entry,
    at: DateTimeUtc,
) -> Result<()> {
    Entity::insert(row(ctx, entry, at))
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

fn row(ctx: &Ctx, entry: Entry, at: DateTimeUtc) -> ActiveModel {
    let (kind, person_id, name) = match (&entry.by, &ctx.actor) {
        (Some((person, name)), _) => (ActorKind::Person, Some(*person), name.clone()),
        (None, Actor::Person(account)) => {
            (ActorKind::Person, Some(account.id), account.name.clone())
        }
        (None, Actor::Public) => (ActorKind::Public, None, String::new()),
        (None, Actor::System) => (ActorKind::System, None, String::new()),
    };
    ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(entry.unit),
        thing_kind: Set(entry.thing_kind.to_owned()),
        thing_id: Set(entry.thing_id),
        verb: Set(entry.verb.to_owned()),
        actor_kind: Set(kind),
        person_id: Set(person_id),
        actor_name: Set(name),
        at: Set(at),
        data: Set(entry.data),
        request_id: Set(ctx.request.id.clone()),
        seal: Set(None),
        seal_seq: Set(None),
    }
}

/// The history of one thing, oldest first.
pub async fn history(db: &impl ConnectionTrait, thing_kind: &str, id: Uuid) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ThingKind.eq(thing_kind))
        .filter(Column::ThingId.eq(id))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// The last thing that happened to a thing.
pub async fn last(db: &impl ConnectionTrait, thing_kind: &str, id: Uuid) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::ThingKind.eq(thing_kind))
        .filter(Column::ThingId.eq(id))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .one(db)
        .await?)
}

/// How often one thing happened to a thing, oldest first.
pub async fn of_verb(
    db: &impl ConnectionTrait,
    thing_kind: &str,
    id: Uuid,
    verb: &str,
) -> Result<Vec<Model>> {
    of_verb_to(db, thing_kind, vec![id], verb).await
}

/// The same of several things at once, oldest first.
pub async fn of_verb_to(
    db: &impl ConnectionTrait,
    thing_kind: &str,
    ids: Vec<Uuid>,
    verb: &str,
) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(Column::ThingKind.eq(thing_kind))
        .filter(Column::ThingId.is_in(ids))
        .filter(Column::Verb.eq(verb))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}

/// When something last happened to a thing; what citizens did does not count.
pub async fn last_at(
    db: &impl ConnectionTrait,
    thing_kind: &str,
    id: Uuid,
) -> Result<Option<DateTimeUtc>> {
    Ok(Entity::find()
        .filter(Column::ThingKind.eq(thing_kind))
        .filter(Column::ThingId.eq(id))
        .filter(Column::ActorKind.ne(ActorKind::Public))
        .order_by_desc(Column::At)
        .one(db)
        .await?
        .map(|row| row.at))
}

/// How often each verb happened to things of a kind in a unit.
pub async fn counts(
    db: &impl ConnectionTrait,
    unit: UnitId,
    thing_kind: &str,
) -> Result<HashMap<String, i64>> {
    let rows: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::Verb)
        .column_as(Column::Id.count(), "n")
        .filter(Column::UnitId.eq(unit))
        .filter(Column::ThingKind.eq(thing_kind))
        .group_by(Column::Verb)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The one exception to "nothing is changed here": when a voice is anonymised, its history keeps who of the staff did
/// what and when, and loses the details that quote the citizen. What they were sealed as stays, so the chain holds.
pub async fn blank(
    tx: &impl ConnectionTrait,
    keys: &Keys,
    thing_kind: &str,
    id: Uuid,
    keep: impl Fn(&Json) -> Json,
) -> Result<()> {
    for row in history(tx, thing_kind, id).await? {
        let mut kept = keep(&row.data);
        if kept == row.data || row.data.get(chain::WAS).is_some() {
            continue;
        }
        if let Some(details) = kept.as_object_mut().filter(|_| row.seal.is_some()) {
            details.insert(chain::WAS.to_owned(), chain::mark(keys, &row.data).into());
        }
        Entity::update_many()
            .col_expr(Column::Data, sea_orm::sea_query::Expr::value(kept))
            .filter(Column::Id.eq(row.id))
            .exec(tx)
            .await?;
    }
    Ok(())
}
