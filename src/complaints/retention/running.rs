//! The run: looks at every ended case of a unit, kind by kind, and anonymises those whose time is over. Each case is a
//! transaction of its own, so a run that is interrupted has done what it did, and the next goes on with it. Running
//! again changes nothing.

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{
    entity::{
        erasure::Cause,
        run::{self, RunId},
    },
    erasing::{self, Order},
    policies::{self, InForce},
    requests,
    rules::{self, Facts, Keep, Term},
    store::{self, Candidate},
};
use crate::{
    access::{Ctx, PersonId},
    complaints::{
        entity::{ComplaintId, complaint},
        rules::Kind,
        store as cases,
    },
    organisation::{self, UnitId},
    platform::{
        context::App,
        error::{Error, Result},
        i18n::Message,
    },
};

const PART: u64 = 200;
/// A page counts no further: what is over by then is a matter of runs, not of a number.
pub const MOST_COUNTED: u64 = 10_000;
/// As many as housekeeping anonymises in one round: others want the database too.
const A_ROUND: u64 = 500;

/// What was found among the voices of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub policy: InForce,
    /// Their time is over and nothing keeps them.
    pub due: u64,
    /// Their time is over, but they are held or handled in an open case.
    pub kept: u64,
    /// What the run made of the due ones.
    pub done: u64,
    /// Could not be anonymised; the log says why.
    pub failed: u64,
    /// There are more than were looked at.
    pub more: bool,
}

/// Everything about a unit that a decision needs.
struct Look {
    unit: UnitId,
    zone: Tz,
    today: NaiveDate,
    held: HashSet<ComplaintId>,
    requested: HashSet<ComplaintId>,
}

impl Look {
    async fn at(ctx: &Ctx, unit: UnitId, on: Option<NaiveDate>) -> Result<Self> {
        let db = &ctx.app.db;
        let zone = organisation::zone_of(&organisation::unit(db, unit).await?)?;
        let held = store::standing_holds(db, unit).await?;
        Ok(Self {
            unit,
            zone,
            today: on.unwrap_or_else(|| ctx.today_in(zone)),
            held: held.into_iter().map(|hold| hold.complaint_id).collect(),
            requested: requests::asked_about(db, unit).await?,
        })
    }

    /// What came in later than this cannot be over.
    fn before(&self, months: u32) -> DateTime<Utc> {
        let day = self
            .today
            .checked_sub_months(chrono::Months::new(months))
            .unwrap_or(NaiveDate::MIN);
        day.and_hms_opt(23, 59, 59).unwrap_or_default().and_utc()
    }
}

/// A case and whether it may go.
struct Judged {
    of: Candidate,
    ended_at: DateTime<Utc>,
    verdict: Result<(), Keep>,
}

/// The next part of the candidates of a kind.
async fn part(
    ctx: &Ctx,
    look: &Look,
    policy: &InForce,
    after: Option<ComplaintId>,
) -> Result<Vec<Judged>> {
    let db = &ctx.app.db;
    let of = (look.unit, policy.term.kind);
    let rows = store::candidates(db, of, look.before(policy.term.months), after, PART).await?;
    let ids: Vec<ComplaintId> = rows.iter().map(|row| row.id).collect();
    let ended = store::ended_at(db, look.unit, &ids).await?;
    let mains = rows.iter().filter_map(|row| row.merged_into).collect();
    let open = store::open_among(db, look.unit, mains).await?;
    let judged = rows.into_iter().map(|row| {
        let ended_at = ended.get(&row.id).copied().unwrap_or(row.received_at);
        let facts = Facts {
            status: row.status,
            ended_at,
            held: look.held.contains(&row.id),
            main_open: row.merged_into.is_some_and(|main| open.contains(&main)),
            requested: look.requested.contains(&row.id),
            // The candidates are those that are none.
            erased: false,
        };
        Judged {
            verdict: rules::is_over(&facts, policy.term.months, look.zone, look.today),
            ended_at,
            of: row,
        }
    });
    Ok(judged.collect())
}

/// What a run would do on a day, kind by kind; today if none is named. Changes nothing.
pub async fn plan(ctx: &Ctx, unit: UnitId, on: Option<NaiveDate>) -> Result<Vec<Tally>> {
    plan_of(ctx, unit, on, u64::MAX).await
}

/// The same for a page: of each kind no more are looked at than these, and the tally says that there are more.
pub async fn plan_of(
    ctx: &Ctx,
    unit: UnitId,
    on: Option<NaiveDate>,
    most: u64,
) -> Result<Vec<Tally>> {
    let look = Look::at(ctx, unit, on).await?;
    let mut all = Vec::new();
    for policy in policies::in_force(&ctx.app.db, unit, look.today).await? {
        let mut tally = Tally {
            policy,
            due: 0,
            kept: 0,
            done: 0,
            failed: 0,
            more: false,
        };
        let (mut after, mut seen) = (None, 0);
        loop {
            let judged = part(ctx, &look, &tally.policy, after).await?;
            let Some(last) = judged.last() else { break };
            if seen >= most {
                tally.more = true;
                break;
            }
            seen += PART;
            after = Some(last.of.id);
            for one in &judged {
                count(&mut tally, &one.verdict);
            }
        }
        all.push(tally);
    }
    Ok(all)
}

fn count(tally: &mut Tally, verdict: &Result<(), Keep>) {
    match verdict {
        Ok(()) => tally.due += 1,
        Err(Keep::Held | Keep::MainOpen | Keep::Requested) => tally.kept += 1,
        Err(Keep::Open | Keep::Until(_) | Keep::Erased) => {}
    }
}

/// Anonymises what is due in a unit, by the periods that it chose; proposals of the program anonymise nothing. At most
/// `limit` cases, all if none is named.
pub async fn run(
    ctx: &Ctx,
    unit: UnitId,
    person: Option<PersonId>,
    limit: Option<u64>,
) -> Result<Vec<Tally>> {
    let look = Look::at(ctx, unit, None).await?;
    let mut left = limit.unwrap_or(u64::MAX);
    let mut row = unfinished(ctx, unit).await?;
    let mut all = Vec::new();
    for policy in policies::in_force(&ctx.app.db, unit, look.today).await? {
        let mut tally = Tally {
            policy,
            due: 0,
            kept: 0,
            done: 0,
            failed: 0,
            more: false,
        };
        if tally.policy.is_chosen() {
            run_kind(ctx, &look, &mut tally, (&mut row, person), &mut left).await?;
        }
        all.push(tally);
    }
    if let Some(run) = row.filter(|_| left > 0) {
        finish(ctx, unit, run, &all).await?;
    }
    Ok(all)
}

async fn run_kind(
    ctx: &Ctx,
    look: &Look,
    tally: &mut Tally,
    (row, person): (&mut Option<RunId>, Option<PersonId>),
    left: &mut u64,
) -> Result<()> {
    let mut after = None;
    loop {
        let judged = part(ctx, look, &tally.policy, after).await?;
        let Some(last) = judged.last() else {
            return Ok(());
        };
        after = Some(last.of.id);
        for one in judged {
            count(tally, &one.verdict);
            if one.verdict.is_err() {
                continue;
            }
            if *left == 0 {
                return Ok(());
            }
            let run = match *row {
                Some(run) => run,
                None => *row.insert(begin(ctx, look.unit, person).await?),
            };
            match erase_one(ctx, &one, &tally.policy, run).await {
                Ok(true) => {
                    tally.done += 1;
                    *left -= 1;
                }
                Ok(false) => {}
                // One case that cannot be erased must not keep all behind it; the next run tries it again.
                Err(error) => {
                    tally.failed += 1;
                    tracing::error!(%error, complaint.id = %one.of.id, "a case could not be anonymised");
                }
            }
        }
    }
}

/// One case in a transaction of its own; whether it went. What somebody changed or held since it was read stays for the
/// next run.
async fn erase_one(ctx: &Ctx, one: &Judged, policy: &InForce, run: RunId) -> Result<bool> {
    let tx = ctx.app.db.begin_write().await?;
    let found = cases::get(&tx, one.of.id).await?;
    if found.version != one.of.version {
        return Ok(false);
    }
    let order = Order {
        cause: Cause::Retention,
        basis: policy.term.source.clone(),
        run: Some(run),
        ended_at: one.ended_at,
    };
    match erasing::erase(&tx, ctx, &found, order).await {
        Ok(()) => {}
        Err(Error::Conflict { .. }) => return Ok(false),
        Err(error) => return Err(error),
    }
    // Its row is ours now: a hold that came in between has moved the version, and one that waits comes after.
    let held = store::holds(&tx, &found).await?;
    let held = held.iter().any(|hold| hold.released_at.is_none());
    if held || requests::is_asked_about(&tx, &found, None).await? {
        return Ok(false);
    }
    tx.commit().await?;
    Ok(true)
}

/// The run of the unit that was interrupted.
async fn unfinished(ctx: &Ctx, unit: UnitId) -> Result<Option<RunId>> {
    let last = store::runs(&ctx.app.db, unit, 1).await?.pop();
    Ok(last
        .filter(|run| run.finished_at.is_none())
        .map(|run| run.id))
}

async fn begin(ctx: &Ctx, unit: UnitId, person: Option<PersonId>) -> Result<RunId> {
    let id = RunId::new();
    let row = run::Model {
        id,
        unit_id: unit,
        started_at: ctx.now,
        finished_at: None,
        person_id: person,
        counts: json!({}),
    };
    let tx = ctx.app.db.begin_write().await?;
    store::insert_run(&tx, row).await?;
    tx.commit().await?;
    Ok(id)
}

async fn finish(ctx: &Ctx, unit: UnitId, run: RunId, all: &[Tally]) -> Result<()> {
    let db = &ctx.app.db;
    let done = store::done_by(db, unit, run).await?;
    let counts: serde_json::Map<String, Value> = all
        .iter()
        .filter(|tally| tally.policy.is_chosen())
        .map(|tally| {
            let kind = tally.policy.term.kind;
            let done = done.get(&kind).copied().unwrap_or_default();
            (
                kind.code(),
                json!({ "done": done, "kept": tally.kept, "failed": tally.failed }),
            )
        })
        .collect();
    let tx = db.begin_write().await?;
    store::finish_run(&tx, run, Value::Object(counts), ctx.now).await?;
    tx.commit().await?;
    Ok(())
}

/// Goes over the units whose time came; housekeeping asks every hour.
pub async fn run_due(app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    let mut failed = None;
    for unit in organisation::units(&app.db).await? {
        if let Err(error) = run(&ctx, unit.id, None, Some(A_ROUND)).await {
            tracing::error!(%error, unit = %unit.code, "the retention of a unit failed");
            failed = Some(error);
        }
    }
    failed.map_or(Ok(()), Err)
}

/// How many would go on a day under a period that nobody chose yet; counted as far as a page counts.
pub async fn would_go(
    ctx: &Ctx,
    unit: UnitId,
    (kind, months): (Kind, u32),
    on: NaiveDate,
) -> Result<u64> {
    let look = Look::at(ctx, unit, Some(on)).await?;
    let policy = InForce {
        term: Term {
            kind,
            months,
            source: String::new(),
            certainty: String::new(),
        },
        since: Some(on),
    };
    let (mut after, mut going, mut seen) = (None, 0, 0);
    while seen < MOST_COUNTED {
        let judged = part(ctx, &look, &policy, after).await?;
        let Some(last) = judged.last() else { break };
        after = Some(last.of.id);
        seen += PART;
        going += judged.iter().filter(|one| one.verdict.is_ok()).count() as u64;
    }
    Ok(going)
}

/// When a case became a tombstone.
pub async fn erased_at(
    db: &impl ConnectionTrait,
    id: ComplaintId,
) -> Result<Option<DateTime<Utc>>> {
    Ok(store::erasure(db, id).await?.map(|row| row.at))
}

/// A tombstone takes nothing new: its time is over already, so no run would ever take away what came later.
pub async fn require_whole(db: &impl ConnectionTrait, id: ComplaintId) -> Result<()> {
    match erased_at(db, id).await? {
        None => Ok(()),
        Some(_) => Err(Error::rule(
            "complaint.anonymised",
            Message::new("rule-complaint-anonymised"),
        )),
    }
}

/// Whether anything but time keeps a case, and when it ended: for whoever asked by this request that their data be
/// deleted.
pub async fn why_kept(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    request: Option<&str>,
) -> Result<(DateTime<Utc>, Result<(), Keep>)> {
    let ended = store::ended_at(db, of.unit_id, &[of.id]).await?;
    let ended_at = ended.get(&of.id).copied().unwrap_or(of.received_at);
    let holds = store::holds(db, of).await?;
    let held = holds.iter().any(|hold| hold.released_at.is_none());
    let mains = of.merged_into.into_iter().collect();
    let facts = Facts {
        status: of.status,
        ended_at,
        held,
        main_open: !store::open_among(db, of.unit_id, mains).await?.is_empty(),
        requested: requests::is_asked_about(db, of, request).await?,
        erased: store::erasure(db, of.id).await?.is_some(),
    };
    Ok((ended_at, rules::may_go(&facts)))
}

/// How many more come due within thirty days.
pub async fn next_month(ctx: &Ctx, unit: UnitId, now: &[Tally]) -> Result<Vec<(Kind, u64)>> {
    let look = Look::at(ctx, unit, None).await?;
    let month = Some(look.today + Duration::days(30));
    let later = plan_of(ctx, unit, month, MOST_COUNTED).await?;
    Ok(later
        .into_iter()
        .map(|then| {
            let kind = then.policy.term.kind;
            let due = now.iter().find(|tally| tally.policy.term.kind == kind);
            (
                kind,
                then.due.saturating_sub(due.map_or(0, |tally| tally.due)),
            )
        })
        .collect())
}
