//! Adding noted changes up, looking whether the numbers and the index say what the complaints say, and putting
//! right what does not.

use std::collections::BTreeMap;

use sea_orm::{ActiveValue::Set, ConnectionTrait};
use uuid::Uuid;

use super::{
    entity::{answers, tally},
    index, store,
};
use crate::{
    complaints::rules::Status,
    organisation::{self, DivisionId, UnitId},
    platform::{db::Db, error::Result},
};

/// So many changes are added up in one transaction.
const BATCH: u64 = 2_000;

/// Adds noted changes up, so that few stay to be summed. Several processes may do it at once.
pub async fn fold(db: &Db) -> Result<()> {
    fold_answers(db).await?;
    loop {
        let tx = db.begin_write().await?;
        let changes = store::changes_held(&tx, BATCH).await?;
        let all = changes.len() as u64;
        if changes.is_empty() {
            return Ok(());
        }
        let mut sums: BTreeMap<(Uuid, Uuid, String), (Status, i64)> = BTreeMap::new();
        let mut ids = Vec::with_capacity(changes.len());
        for change in changes {
            let key = (change.unit_id.0, change.division_id.0, change.status.code());
            sums.entry(key).or_insert((change.status, 0)).1 += change.n;
            ids.push(change.id);
        }
        let rows = sums
            .into_iter()
            .map(|((unit, division, _), (status, n))| tally::ActiveModel {
                unit_id: Set(UnitId(unit)),
                division_id: Set(DivisionId(division)),
                status: Set(status),
                n: Set(n),
            });
        store::add_to_tallies(&tx, rows.collect()).await?;
        store::delete_changes(&tx, ids).await?;
        tx.commit().await?;
        if all < BATCH {
            return Ok(());
        }
    }
}

async fn fold_answers(db: &Db) -> Result<()> {
    loop {
        let tx = db.begin_write().await?;
        let changes = store::answers_held(&tx, BATCH).await?;
        let all = changes.len() as u64;
        if changes.is_empty() {
            return Ok(());
        }
        let mut sums: BTreeMap<(Uuid, String, Uuid), (i64, i64)> = BTreeMap::new();
        let mut ids = Vec::with_capacity(changes.len());
        for change in changes {
            let key = (change.unit_id.0, change.month, change.division_id.0);
            let (answered, in_time) = sums.entry(key).or_default();
            *answered += change.answered;
            *in_time += change.in_time;
            ids.push(change.id);
        }
        let rows = sums.into_iter();
        let rows =
            rows.map(
                |((unit, month, division), (answered, in_time))| answers::ActiveModel {
                    unit_id: Set(UnitId(unit)),
                    month: Set(month),
                    division_id: Set(DivisionId(division)),
                    answered: Set(answered),
                    in_time: Set(in_time),
                },
            );
        store::add_to_answers(&tx, rows.collect()).await?;
        store::delete_answers(&tx, ids).await?;
        tx.commit().await?;
        if all < BATCH {
            return Ok(());
        }
    }
}

/// The months whose answers drifted, of every unit.
async fn drifted_answers(db: &impl ConnectionTrait) -> Result<Vec<store::MonthOf>> {
    let mut found = Vec::new();
    for unit in organisation::units(db).await? {
        let zone = organisation::zone_of(&unit)?;
        found.extend(store::drifted_answers(db, unit.id, zone).await?);
    }
    Ok(found)
}

/// What does not agree with the complaints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Numbers that say more or less than there is.
    pub numbers: usize,
    /// Complaints that no search finds; at most a batch is counted.
    pub unfindable: usize,
    /// Complaints whose words another version of the program cut: not every form of a word finds them.
    pub stale: u64,
}

/// Looks and changes nothing.
pub async fn check(db: &Db) -> Result<Faults> {
    Ok(Faults {
        numbers: store::drifted(db).await?.len() + drifted_answers(db).await?.len(),
        unfindable: store::without_words(db, BATCH).await?.len(),
        stale: store::count_stale(db, index::MADE_BY).await?,
    })
}

/// What was put right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repaired {
    pub numbers: usize,
    pub indexed: usize,
}

/// Has the next repair index everything anew: for an index that is damaged, or words that were changed by hand.
pub async fn doubt(db: &Db) -> Result<()> {
    store::doubt_all(db).await
}

/// Counts everything once and notes the differences; writes the words of complaints that have none, or old ones.
pub async fn repair(db: &Db) -> Result<Repaired> {
    fold(db).await?;
    let tx = db.begin_write().await?;
    // Two at once would both note the same difference.
    tx.alone().await?;
    let wrong = store::drifted(&tx).await?;
    let changes = wrong
        .iter()
        .map(|tally| store::change(tally.unit, (tally.division, tally.status), -tally.n));
    store::note_changes(&tx, changes.collect()).await?;
    let months = drifted_answers(&tx).await?;
    let more = months.iter().map(|of| {
        store::answers_change(store::MonthOf {
            answered: -of.answered,
            in_time: -of.in_time,
            ..of.clone()
        })
    });
    store::note_answers(&tx, more.collect()).await?;
    tx.commit().await?;
    fold(db).await?;
    let mut indexed = 0;
    loop {
        let tx = db.begin_write().await?;
        let mut rows = store::without_words(&tx, 500).await?;
        if rows.is_empty() {
            rows = store::stale_words(&tx, index::MADE_BY, 500).await?;
        }
        for row in &rows {
            index::complaint_changed(&tx, row).await?;
        }
        tx.commit().await?;
        indexed += rows.len();
        if rows.is_empty() {
            break;
        }
    }
    Ok(Repaired {
        numbers: wrong.len() + months.len(),
        indexed,
    })
}
