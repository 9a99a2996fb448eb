//! Warnings to those who owe an answer, at shares of its time that are a setting; and, once it is late, up the
//! chain of supervision: the division, the head of the unit, the supervisor. What nobody has begins one rung
//! higher and comes first, because no division could see it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{
    emails,
    reading::{Office, passed},
    rules::{Rung, owed_since, rung, used_percent},
    store,
};
use crate::{
    access::Ctx,
    audit, calendar,
    complaints::entity::{ComplaintId, complaint, notice, notice::NoticeKind},
    platform::error::Result,
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

/// Says of every complaint of the unit whose answer is owed what is to be said now and was not said before; what
/// nobody has comes first.
pub async fn warn(ctx: &Ctx, office: &Office) -> Result<()> {
    for assigned in [false, true] {
        let mut after = None;
        loop {
            let db = &ctx.app.db;
            let rows = store::owed_part(db, office.unit.id, assigned, after).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.id);
            warn_part(ctx, office, rows).await?;
        }
    }
    Ok(())
}

async fn warn_part(ctx: &Ctx, office: &Office, rows: Vec<complaint::Model>) -> Result<()> {
    let warned = Said::of(ctx, NoticeKind::Warning, &rows).await?;
    let escalated = Said::of(ctx, NoticeKind::Escalation, &rows).await?;
    for row in rows {
        let used = used(ctx, office, &row).await?;
        let levels = ctx.app.config.complaints.warn_at_percent.iter();
        let crossed = levels.filter(|level| i64::from(**level) <= used).max();
        if let Some(level) = crossed.and_then(|level| i32::try_from(*level).ok())
            && !warned.up_to(&row, level)
        {
            say_warning(ctx, office, &row, level).await?;
        }
        if ctx.now > row.due_at {
            let rung = rung_of(ctx, office, &row);
            if !escalated.up_to(&row, rung.level()) {
                escalate(ctx, office, &row, rung).await?;
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

async fn say_warning(ctx: &Ctx, office: &Office, row: &complaint::Model, level: i32) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    if store::first_notice(&tx, row, NoticeKind::Warning, level, ctx.now).await? {
        emails::warning(&tx, ctx, office, row, i64::from(level)).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn escalate(ctx: &Ctx, office: &Office, row: &complaint::Model, rung: Rung) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    if !store::first_notice(&tx, row, NoticeKind::Escalation, rung.level(), ctx.now).await? {
        return Ok(());
    }
    let (reached, people) = emails::told_of(&tx, row, rung).await?;
    emails::escalated(&tx, ctx, office, row, &people).await?;
    let to = match reached {
        Rung::Division => "division",
        Rung::Head => "head",
        Rung::Supervisor => "supervisor",
    };
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let entry = audit::Entry::new("complaint", row.id.0, "complaint.escalated")
        .in_unit(row.unit_id)
        .with(json!({ "to": to, "people": names, "due_at": row.due_at }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}
