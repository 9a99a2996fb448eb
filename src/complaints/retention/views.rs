//! What the page of retention shows, and the button that begins a run.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::{
    entity::run,
    jobs::RunRetention,
    policies::{self, Coming},
    running::{self, Tally},
    store,
};
use crate::{
    access::{self, Ctx, Permission},
    audit,
    complaints::{rules::Kind, store as cases},
    organisation::{self, UnitId},
    platform::{error::Result, jobs},
};

const RUNS_SHOWN: u64 = 10;

pub struct Overview {
    pub tallies: Vec<Tally>,
    /// Chosen for a later day, with who chose it.
    pub coming: Vec<(Coming, String)>,
    /// How many more of each kind come due within thirty days.
    pub next: Vec<(Kind, u64)>,
    pub runs: Vec<Run>,
    pub holds: Vec<Held>,
}

pub struct Run {
    pub started_at: DateTime<Utc>,
    pub by: Option<String>,
    pub finished: bool,
    pub counts: Vec<Counted>,
}

/// What a run did with one kind.
pub struct Counted {
    pub kind: Kind,
    pub done: u64,
    pub kept: u64,
    pub failed: u64,
}

pub struct Held {
    pub number: String,
    pub reason: String,
    pub at: DateTime<Utc>,
    pub by: String,
}

/// What holds, what comes due, what was done.
pub async fn overview(ctx: &Ctx, unit: UnitId) -> Result<Overview> {
    ctx.require(Permission::ViewRetention, unit)?;
    let db = &ctx.app.db;
    let tallies = running::plan_of(ctx, unit, None, running::MOST_COUNTED).await?;
    let of = organisation::unit(db, unit).await?;
    let today = ctx.today_in(organisation::zone_of(&of)?);
    let coming = policies::coming(db, unit, today).await?;
    let next = running::next_month(ctx, unit, &tallies).await?;
    let rows = store::runs(db, unit, RUNS_SHOWN).await?;
    let holds = store::standing_holds(db, unit).await?;
    let people = rows.iter().filter_map(|run| run.person_id);
    let people = people.chain(holds.iter().filter_map(|hold| hold.placed_by));
    let people = people.chain(coming.iter().filter_map(|one| one.chosen_by));
    let names = access::person_names(db, people.collect()).await?;
    let mut runs = Vec::with_capacity(rows.len());
    for row in rows {
        runs.push(Run {
            started_at: row.started_at,
            by: row.person_id.and_then(|id| names.get(&id).cloned()),
            finished: row.finished_at.is_some(),
            counts: counts(ctx, unit, &row).await?,
        });
    }
    let mut held = Vec::with_capacity(holds.len());
    for hold in holds {
        held.push(Held {
            number: cases::get(db, hold.complaint_id).await?.number,
            reason: hold.reason,
            at: hold.placed_at,
            by: hold
                .placed_by
                .and_then(|id| names.get(&id).cloned())
                .unwrap_or_default(),
        });
    }
    let coming = coming.into_iter().map(|one| {
        let by = one.chosen_by.and_then(|id| names.get(&id).cloned());
        (one, by.unwrap_or_default())
    });
    Ok(Overview {
        tallies,
        coming: coming.collect(),
        next,
        runs,
        holds: held,
    })
}

/// What a run did: as it was written down, or as far as it came.
async fn counts(ctx: &Ctx, unit: UnitId, row: &run::Model) -> Result<Vec<Counted>> {
    let done: HashMap<Kind, u64> = match row.finished_at {
        Some(_) => HashMap::new(),
        None => store::done_by(&ctx.app.db, unit, row.id).await?,
    };
    Ok(Kind::all()
        .filter_map(|kind| {
            if let Some(done) = done.get(&kind) {
                return Some(Counted {
                    kind,
                    done: *done,
                    kept: 0,
                    failed: 0,
                });
            }
            let told = row.counts.get(kind.code())?;
            let number = |name: &str| told.get(name).and_then(serde_json::Value::as_u64);
            Some(Counted {
                kind,
                done: number("done")?,
                kept: number("kept").unwrap_or_default(),
                failed: number("failed").unwrap_or_default(),
            })
        })
        .collect())
}

/// Puts a run into the queue.
pub async fn start(ctx: &Ctx, unit: UnitId) -> Result<()> {
    ctx.require(Permission::ManageRetention, unit)?;
    let tx = ctx.app.db.begin_write().await?;
    let entry = audit::Entry::new("unit", unit.0, "unit.retention_started").in_unit(unit);
    audit::record(&tx, ctx, entry).await?;
    let job = RunRetention {
        unit,
        person: ctx.person_id(),
    };
    jobs::enqueue(&tx, &job, ctx.now).await?;
    tx.commit().await?;
    Ok(())
}
