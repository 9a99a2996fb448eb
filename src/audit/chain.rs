//! The chain over the history: each entry is sealed with the one before, by a job, a while after it was written, so that
//! many use cases can write at the same time. Whoever changes, removes or slips in a sealed entry without the
//! installation's key breaks the chain, and `rembuk doctor` says where.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use serde_json::Value;

use super::{Column, Entity, Model};
use crate::platform::{
    context::App,
    crypto::{Keys, Purpose},
    error::Result,
};

/// By then every use case that was running has ended.
const REST: Duration = Duration::minutes(2);
/// At once: others want to write, too.
const PIECE: u64 = 250;
/// In one round of housekeeping.
const PIECES: usize = 80;
/// Stands in the details of an entry that was blanked: what they were sealed as.
pub(super) const WAS: &str = "sealed_as";

/// The mark of an entry's details, also after they were blanked.
pub(super) fn mark(keys: &Keys, data: &Value) -> String {
    match data.get(WAS).and_then(Value::as_str) {
        Some(was) => was.to_owned(),
        None => keys.hash(Purpose::Tokens, &format!("audit-data:{data}")),
    }
}

fn seal_of(keys: &Keys, before: &str, seq: i64, row: &Model) -> String {
    let person = row.person_id.map(|id| id.to_string()).unwrap_or_default();
    let unit = row.unit_id.map(|id| id.to_string()).unwrap_or_default();
    let parts = [
        before.to_owned(),
        seq.to_string(),
        row.id.to_string(),
        unit,
        row.thing_kind.clone(),
        row.thing_id.to_string(),
        row.verb.clone(),
        person,
        row.actor_name.clone(),
        row.at.timestamp_micros().to_string(),
        row.request_id.clone(),
        mark(keys, &row.data),
    ];
    keys.hash(Purpose::Tokens, &format!("audit:{}", parts.join("\n")))
}

async fn last(db: &impl ConnectionTrait) -> Result<(i64, String)> {
    let row = Entity::find()
        .filter(Column::SealSeq.is_not_null())
        .order_by_desc(Column::SealSeq)
        .one(db)
        .await?;
    let ends = row.and_then(|row| Some((row.seal_seq?, row.seal?)));
    Ok(ends.unwrap_or_default())
}

/// Seals what was written before a short while. Two processes at once cannot fork the chain: its places are unique,
/// and the later one tries again in an hour.
pub async fn seal(app: &App) -> Result<()> {
    let until = app.clock.now() - REST;
    for _ in 0..PIECES {
        let tx = app.db.begin_write().await?;
        let (mut seq, mut before) = last(&tx).await?;
        let rows = Entity::find()
            .filter(Column::SealSeq.is_null())
            .filter(Column::At.lt(until))
            .order_by_asc(Column::At)
            .order_by_asc(Column::Id)
            .limit(PIECE)
            .all(&tx)
            .await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            seq += 1;
            before = seal_of(&app.keys, &before, seq, &row);
            Entity::update_many()
                .col_expr(Column::SealSeq, Expr::value(seq))
                .col_expr(Column::Seal, Expr::value(before.clone()))
                .filter(Column::Id.eq(row.id))
                .exec(&tx)
                .await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// What a look at the whole chain found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    pub sealed: i64,
    /// Written and not sealed yet.
    pub loose: u64,
    /// When the oldest of those was written: from then on nothing shows whether it was altered.
    pub loose_since: Option<DateTime<Utc>>,
    /// The first place that is missing or altered.
    pub broken_at: Option<i64>,
    /// It is broken from its first entry, and of the last ones not one fits the entry before it either: what was sealed
    /// with another key looks so, and hardly anything that somebody did to the rows.
    pub other_key: bool,
}

/// Goes over the chain from its first entry to its last.
pub async fn check(app: &App) -> Result<Chain> {
    let loose = Entity::find().filter(Column::SealSeq.is_null());
    let oldest = loose.clone().order_by_asc(Column::At).one(&app.db).await?;
    let mut chain = Chain {
        loose: loose.count(&app.db).await?,
        loose_since: oldest.map(|row| row.at),
        ..Chain::default()
    };
    let mut before = String::new();
    loop {
        let rows = Entity::find()
            .filter(Column::SealSeq.gt(chain.sealed))
            .order_by_asc(Column::SealSeq)
            .limit(PIECE * 4)
            .all(&app.db)
            .await?;
        if rows.is_empty() {
            return Ok(chain);
        }
        for row in rows {
            let seq = chain.sealed + 1;
            before = seal_of(&app.keys, &before, seq, &row);
            if row.seal_seq != Some(seq) || row.seal.as_deref() != Some(before.as_str()) {
                chain.broken_at = Some(seq);
                chain.other_key = seq == 1 && !any_fits(app).await?;
                return Ok(chain);
            }
            chain.sealed = seq;
        }
    }
}

/// Whether one of the last entries is sealed with this key on top of the entry before it, whatever came before that.
async fn any_fits(app: &App) -> Result<bool> {
    let rows = Entity::find()
        .filter(Column::SealSeq.is_not_null())
        .order_by_desc(Column::SealSeq)
        .limit(PIECE)
        .all(&app.db)
        .await?;
    // One alone says nothing: it may be the altered one.
    Ok(rows.len() < 2
        || rows.windows(2).any(|pair| {
            let [row, before] = pair else { return false };
            let below = before.seal.as_deref().unwrap_or_default();
            let sealed = |seq| seal_of(&app.keys, below, seq, row);
            row.seal_seq.map(sealed) == row.seal
        }))
}
