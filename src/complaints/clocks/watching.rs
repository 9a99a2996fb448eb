//! Warnings to those who owe an answer, at shares of its time that are a setting; and, once it is late, up the
//! chain of supervision: the division, the head of the unit, the supervisor. What nobody has begins one rung
//! higher and comes first, because no division could see it.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{
    emails::{self, Owner},
    reading::{Office, passed},
    rules::{Rung, owed_since, rung, used_percent},
    store,
};
use crate::{
    access::Ctx,
    audit, calendar,
    complaints::{
        entity::{ComplaintId, complaint, notice, notice::NoticeKind},
        rules::late,
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

    fn up_to(&self, of: &complaint::Model, level: i32) -> bool {
        let said = self.0.get(&(of.id, of.due_at));
        said.is_some_and(|said| *said >= level)
    }
}

/// What is to be said of a complaint now.
enum Say {
    /// To who owes the answer: the share of the time that is over.
    Warning(i32),
    Escalation(Rung),
}

/// What one person is told in this run.
type Heard = BTreeMap<String, (Owner, Vec<(usize, Option<i32>)>)>;

/// Says of every complaint of the unit whose answer is owed what is to be said now and was not said before; what
/// nobody has comes first. Who is told of several gets one mail with a list.
pub async fn warn(ctx: &Ctx, office: &Office) -> Result<()> {
    let mut due = Vec::new();
    for assigned in [false, true] {
        let mut after = None;
        loop {
            let db = &ctx.app.db;
            let rows = store::owed_part(db, office.unit.id, assigned, after).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.id);
            collect(ctx, office, rows, &mut due).await?;
        }
    }
    match due.is_empty() {
        true => Ok(()),
        false => say(ctx, office, &due).await,
    }
}

/// What is due to be said of these.
async fn collect(
    ctx: &Ctx,
    office: &Office,
    rows: Vec<complaint::Model>,
    due: &mut Vec<(complaint::Model, Say)>,
) -> Result<()> {
    let warned = Said::of(ctx, NoticeKind::Warning, &rows).await?;
    let escalated = Said::of(ctx, NoticeKind::Escalation, &rows).await?;
    for row in rows {
        let used = used(ctx, office, &row).await?;
        let levels = ctx.app.config.complaints.warn_at_percent.iter();
        let crossed = levels.filter(|level| i64::from(**level) <= used).max();
        if let Some(level) = crossed.and_then(|level| i32::try_from(*level).ok())
            && !warned.up_to(&row, level)
        {
            due.push((row.clone(), Say::Warning(level)));
        }
        if late(row.status, row.due_at, ctx.now) {
            let rung = rung_of(ctx, office, &row);
            if !escalated.up_to(&row, rung.level()) {
                due.push((row, Say::Escalation(rung)));
            }
        }
    }
    Ok(())
}

/// The share of the answer's time that is over.
async fn used(ctx: &Ctx, office: &Office, row: &complaint::Model) -> Result<i64> {
    let start = if row.due_at == row.legal_due_at && row.answered_at.is_none() {
        row.received_at
    } else {
        let history = passed(&ctx.app.db, row).await?;
        owed_since(&history).map_or(row.received_at, |owed| owed.at)
    };
    let due = row.due_at.with_timezone(&office.zone);
    let start = start.with_timezone(&office.zone);
    Ok(used_percent(&start, &due, &office.now, &office.calendar))
}

/// Each whole working day that passed since the deadline is a rung.
fn rung_of(ctx: &Ctx, office: &Office, row: &complaint::Model) -> Rung {
    let due = row.due_at.with_timezone(&office.zone).date_naive();
    let today = office.now.date_naive();
    let over = today.pred_opt().unwrap_or(today);
    let late = calendar::working_days_between(due, over, &office.calendar);
    let every = ctx.app.config.complaints.escalate_every_working_days;
    rung(row.division_id.is_some(), late, i64::from(every))
}

/// Notes what is said and queues the mails in one transaction: nothing is said twice, and nothing is noted unsaid.
async fn say(ctx: &Ctx, office: &Office, due: &[(complaint::Model, Say)]) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let mut heard = Heard::new();
    for (place, (row, what)) in due.iter().enumerate() {
        let (people, percent) = match what {
            Say::Warning(level) => {
                let first =
                    store::first_notice(&tx, row, NoticeKind::Warning, *level, ctx.now).await?;
                match first {
                    true => (emails::owners(&tx, row).await?, Some(*level)),
                    false => continue,
                }
            }
            Say::Escalation(rung) => (escalated(&tx, ctx, row, *rung).await?, None),
        };
        // Who is away is stood in for.
        for owner in emails::present(&tx, ctx, row, people).await? {
            let entry = heard.entry(owner.address.clone());
            let (_, all) = entry.or_insert_with(|| (owner, Vec::new()));
            all.push((place, percent));
        }
    }
    for (owner, all) in heard.into_values() {
        tell(&tx, ctx, office, &owner, due, &all).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn tell(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    owner: &Owner,
    due: &[(complaint::Model, Say)],
    all: &[(usize, Option<i32>)],
) -> Result<()> {
    let row = |place: usize| due.get(place).map(|(row, _)| row);
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
