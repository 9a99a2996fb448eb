//! Warnings to those who owe an answer, at shares of its time that are a setting; and, once it is late, up the
//! chain of supervision: the division, the head of the unit, the supervisor. What nobody has begins one rung
//! higher and comes first, because no division could see it.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{
    emails::{self, Owner},
    reading::{Office, passed, read},
    rules::{Clock, Outcome, Rung, owed_since, rung, rungs_to_tell, used_percent},
    shares::next_share,
    store, waiting,
};
use crate::{
    access::Ctx,
    audit,
    calendar::{self, Step, dates},
    complaints::{
        emails::{self as about, Look},
        entity::{ComplaintId, complaint, notice, notice::NoticeKind},
        explain,
        rules::{Status, late},
    },
    platform::{db::Tx, error::Result},
};

/// What was said of each complaint about its present deadline: the highest level.
struct Said(HashMap<(ComplaintId, DateTime<Utc>), i32>);

impl Said {
    async fn of(ctx: &Ctx, kind: NoticeKind, rows: &[complaint::Model]) -> Result<Self> {
        let ids: Vec<ComplaintId> = rows.iter().map(|row| row.id).collect();
        let Some(first) = rows.first() else {
            return Ok(Self(HashMap::new()));
        };
        let found = store::notices(&ctx.app.db, first.unit_id, kind, &ids).await?;
        let mut highest = HashMap::new();
        for notice::Model {
            complaint_id,
            due_at,
            level,
            ..
        } in found
        {
            let known = highest.entry((complaint_id, due_at)).or_insert(level);
            *known = level.max(*known);
        }
        Ok(Self(highest))
    }

    fn highest(&self, of: &complaint::Model) -> Option<i32> {
        self.0.get(&(of.id, of.due_at)).copied()
    }
}

/// What is to be said of a complaint now.
enum Say {
    /// To who owes the answer: the share of the time that is over.
    Warning(i32),
    Escalation(Rung),
    /// The time for completing it is over.
    WaitOver(i32),
    /// So much of the time for the solution is over; until when it is owed.
    SolutionSoon(i32, DateTime<Utc>),
    /// The solution of its class is late; until when it was owed.
    Solution(DateTime<Utc>),
}

/// What one person is told in this run.
type Heard = BTreeMap<String, (Owner, Vec<(usize, Option<i32>)>)>;

/// One complaint that was looked at.
struct Looked {
    row: complaint::Model,
    say: Vec<Say>,
    /// When to look again.
    next: Option<DateTime<Utc>>,
    solution: Option<DateTime<Utc>>,
}

/// Looks at every complaint of the unit of which something may have run out, says what was not said before, and notes
/// when to look again. Who is told of several gets one mail with a list.
pub async fn warn(ctx: &Ctx, office: &Office) -> Result<()> {
    loop {
        let db = &ctx.app.db;
        let mut rows = store::to_look_at(db, office.unit.id, ctx.now).await?;
        if rows.is_empty() {
            return Ok(());
        }
        // What nobody has comes first: no division could see it.
        rows.sort_by_key(|row| (row.division_id.is_some(), row.due_at, row.id));
        let warned = Said::of(ctx, NoticeKind::Warning, &rows).await?;
        let escalated = Said::of(ctx, NoticeKind::Escalation, &rows).await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            all.push(looked(ctx, office, (&warned, &escalated), row).await);
        }
        say(ctx, office, &all).await?;
    }
}

/// One that cannot be counted stops none of the others.
async fn looked(ctx: &Ctx, office: &Office, said: (&Said, &Said), row: complaint::Model) -> Looked {
    let mut found = Looked {
        say: Vec::new(),
        next: None,
        solution: None,
        row,
    };
    if let Err(error) = count(ctx, office, said, &mut found).await {
        let number = &found.row.number;
        tracing::error!(complaint.number = %number, %error, "the clocks of {number} cannot be read; tried again in an hour");
        found.say.clear();
        found.next = Some(ctx.now + TimeDelta::hours(1));
    }
    found
}

/// What is due to be said of one, and when there may be more.
async fn count(
    ctx: &Ctx,
    office: &Office,
    (warned, escalated): (&Said, &Said),
    found: &mut Looked,
) -> Result<()> {
    let row = &found.row;
    if !row.status.owes_answer() {
        return Ok(());
    }
    let start = start(ctx, row).await?.with_timezone(&office.zone);
    let due = row.due_at.with_timezone(&office.zone);
    let used = used_percent(&start, &due, &office.now, &office.calendar);
    let levels = &ctx.app.config.complaints.warn_at_percent;
    let levels: Vec<i64> = levels.iter().map(|level| i64::from(*level)).collect();
    if let Some(level) = crossed(&levels, used)
        && warned.highest(row).is_none_or(|said| said < level)
    {
        found.say.push(Say::Warning(level));
    }
    if late(row.status, row.due_at, ctx.now) {
        let (first, now) = rungs_of(ctx, office, row);
        let rungs = rungs_to_tell(first, escalated.highest(row), now);
        found.say.extend(rungs.into_iter().map(Say::Escalation));
    }
    // At least every day: a rung is climbed by days, and a setting may have changed.
    let tonight = explain::end_of(office.now.date_naive(), office.zone) + TimeDelta::seconds(1);
    let share = next_share(&start, &due, &office.now, &levels, &office.calendar);
    let mut next = share.map_or(tonight, |share| share.to_utc().min(tonight));
    if row.class.is_some() || row.status == Status::Incomplete {
        let clocks = read(&ctx.app.db, row, ctx.now).await?.clocks;
        let stage = clocks.stage.as_ref();
        if let Some(stage) = stage.filter(|stage| stage.step == Step::Complete) {
            match stage.late {
                true => found.say.push(Say::WaitOver(waiting::turn(stage))),
                false => next = next.min(stage.due_at.to_utc() + TimeDelta::seconds(1)),
            }
        }
        if let Some(clock) = clocks.solution_owed() {
            let due_at = clock.due_at.to_utc();
            found.solution = Some(due_at);
            match clock.outcome {
                Outcome::Late => found.say.push(Say::Solution(due_at)),
                _ => {
                    found.say.extend(solution_soon(row, clock, &levels));
                    let since = row.received_at.with_timezone(&office.zone);
                    let share = next_share(
                        &since,
                        &clock.due_at,
                        &office.now,
                        &levels,
                        &office.calendar,
                    );
                    next = share.map_or(next, |share| next.min(share.to_utc()));
                }
            }
        }
    }
    found.next = Some(next.max(ctx.now + TimeDelta::seconds(1)));
    Ok(())
}

/// The highest of these shares that is reached.
fn crossed(levels: &[i64], used: i64) -> Option<i32> {
    let reached = levels.iter().filter(|level| **level <= used).max();
    reached.and_then(|level| i32::try_from(*level).ok())
}

/// What to say of a solution that runs. One that is due no earlier than the answer comes with it, and the answer has
/// warnings of its own.
fn solution_soon(row: &complaint::Model, clock: &Clock, levels: &[i64]) -> Option<Say> {
    let due_at = clock.due_at.to_utc();
    let level = crossed(levels, clock.used_percent).filter(|_| due_at < row.due_at)?;
    Some(Say::SolutionSoon(level, due_at))
}

/// When the answer that is owed now began to be owed.
async fn start(ctx: &Ctx, row: &complaint::Model) -> Result<DateTime<Utc>> {
    if row.due_at == row.legal_due_at && row.answered_at.is_none() {
        return Ok(row.received_at);
    }
    let history = passed(&ctx.app.db, row).await?;
    Ok(owed_since(&history).map_or(row.received_at, |owed| owed.at))
}

/// On which rung it began, and where it is now: each whole working day that passed since the deadline is a rung.
fn rungs_of(ctx: &Ctx, office: &Office, row: &complaint::Model) -> (Rung, Rung) {
    let due = row.due_at.with_timezone(&office.zone).date_naive();
    let today = office.now.date_naive();
    let over = today.pred_opt().unwrap_or(today);
    let late = calendar::working_days_between(due, over, &office.calendar);
    let every = i64::from(ctx.app.config.complaints.escalate_every_working_days);
    let assigned = row.division_id.is_some();
    (rung(assigned, 0, every), rung(assigned, late, every))
}

/// Notes what is said and queues the mails in one transaction: nothing is said twice, and nothing is noted unsaid.
async fn say(ctx: &Ctx, office: &Office, all: &[Looked]) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let mut heard = Heard::new();
    for (place, one) in all.iter().enumerate() {
        let row = &one.row;
        for what in &one.say {
            let (people, percent) = match what {
                Say::Warning(level) => {
                    let kind = NoticeKind::Warning;
                    match store::first_notice(&tx, row, kind, *level, ctx.now).await? {
                        true => (emails::owners(&tx, row).await?, Some(*level)),
                        false => continue,
                    }
                }
                Say::Escalation(rung) => (escalated(&tx, ctx, row, *rung).await?, None),
                Say::WaitOver(turn) => {
                    waiting::tell(&tx, ctx, office, row, *turn).await?;
                    continue;
                }
                Say::SolutionSoon(level, due_at) => {
                    solution_warning(&tx, ctx, office, row, (*level, *due_at)).await?;
                    continue;
                }
                Say::Solution(due_at) => {
                    solution(&tx, ctx, office, row, *due_at).await?;
                    continue;
                }
            };
            // Who is away is stood in for.
            for owner in emails::present(&tx, ctx, row, people).await? {
                let entry = heard.entry(owner.address.clone());
                let (_, told) = entry.or_insert_with(|| (owner, Vec::new()));
                // Who stands on two rungs reads it once.
                if !told.contains(&(place, percent)) {
                    told.push((place, percent));
                }
            }
        }
    }
    // In the order of their ids, as a decree takes them: so the two never wait for each other.
    let mut seen: Vec<&Looked> = all.iter().collect();
    seen.sort_by_key(|one| one.row.id);
    for one in seen {
        store::look_again(&tx, &one.row, one.next, one.solution).await?;
    }
    for (owner, told) in heard.into_values() {
        tell(&tx, ctx, office, &owner, all, &told).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Warns who owes a solution before it is late, once at each share of its time. After a wait its date is another one,
/// and that is told too.
async fn solution_warning(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    row: &complaint::Model,
    (level, due_at): (i32, DateTime<Utc>),
) -> Result<()> {
    let kind = NoticeKind::SolutionSoon;
    let said = store::notices(tx, row.unit_id, kind, &[row.id]).await?;
    let known = said
        .iter()
        .any(|notice| notice.due_at == due_at && notice.level >= level);
    if known || !store::first_notice_about(tx, row, (kind, level, due_at), ctx.now).await? {
        return Ok(());
    }
    let until = dates::date_time(&due_at.with_timezone(&office.zone), emails::LANGUAGE);
    let people = emails::owners(tx, row).await?;
    let people = people
        .into_iter()
        .map(|owner| (owner.id, owner.name, owner.address))
        .collect();
    about::notice(
        tx,
        ctx,
        row,
        &office.unit,
        &Look::SolutionSoon { until },
        people,
    )
    .await
}

/// The solution is late: who owes it and the head are told, once for each date.
async fn solution(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    row: &complaint::Model,
    due_at: DateTime<Utc>,
) -> Result<()> {
    let level = i32::try_from(due_at.timestamp() / 60).unwrap_or(i32::MAX);
    let said = store::notices(tx, row.unit_id, NoticeKind::Solution, &[row.id]).await?;
    if said.iter().any(|notice| notice.level == level)
        || !store::first_notice(tx, row, NoticeKind::Solution, level, ctx.now).await?
    {
        return Ok(());
    }
    let mut people = emails::owners(tx, row).await?;
    people.extend(emails::on_rung(tx, row, Rung::Head).await?);
    let people = people
        .into_iter()
        .map(|owner| (owner.id, owner.name, owner.address))
        .collect();
    about::notice(tx, ctx, row, &office.unit, &Look::SolutionLate, people).await?;
    let entry = audit::Entry::new("complaint", row.id.0, "complaint.solution_late")
        .in_unit(row.unit_id)
        .with(json!({ "due_at": due_at }));
    audit::record(tx, ctx, entry).await
}

async fn tell(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    owner: &Owner,
    looked: &[Looked],
    all: &[(usize, Option<i32>)],
) -> Result<()> {
    let row = |place: usize| looked.get(place).map(|one| &one.row);
    if let [(place, percent)] = all
        && let Some(row) = row(*place)
    {
        return match percent {
            Some(percent) => {
                emails::warning(tx, ctx, office, row, i64::from(*percent), owner).await
            }
            None => emails::escalated(tx, ctx, office, row, owner).await,
        };
    }
    let mut rows: Vec<&complaint::Model> =
        all.iter().filter_map(|(place, _)| row(*place)).collect();
    rows.sort_by_key(|row| (row.due_at, row.id));
    rows.dedup_by_key(|row| row.id);
    emails::pressing(tx, ctx, office, owner, &rows).await
}

/// Keeps that a late complaint goes up, and answers to whom; to nobody when that was said before.
async fn escalated(tx: &Tx, ctx: &Ctx, row: &complaint::Model, rung: Rung) -> Result<Vec<Owner>> {
    if !store::first_notice(tx, row, NoticeKind::Escalation, rung.level(), ctx.now).await? {
        return Ok(Vec::new());
    }
    let (reached, people) = emails::told_of(tx, row, rung).await?;
    let to = match reached {
        Rung::Division => "division",
        Rung::Head => "head",
        Rung::Supervisor => "supervisor",
    };
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let entry = audit::Entry::new("complaint", row.id.0, "complaint.escalated")
        .in_unit(row.unit_id)
        .with(json!({ "to": to, "people": names, "due_at": row.due_at }));
    audit::record(tx, ctx, entry).await?;
    Ok(people)
}
