//! Putting off the first answer, once, with a reason that the citizen reads. Only before it is late: an
//! extension is a promise, not an eraser.

use sea_orm::ActiveValue::Set;

use super::{
    emails,
    moving::moved_data,
    reading::{Office, Sort},
};
use crate::{
    access::{Ctx, Permission},
    audit,
    calendar::{self, Step},
    complaints::{
        entity::complaint,
        explain, identity,
        rules::{queue, read_number},
        store,
    },
    organisation,
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
    },
};

/// Why the first answer cannot be put off now: a stable code and the text for it.
#[must_use]
pub fn refusal(
    of: &complaint::Model,
    now: chrono::DateTime<chrono::Utc>,
) -> Option<(&'static str, &'static str)> {
    let first = of.answered_at.is_none() && of.due_at == of.legal_due_at;
    if !first || !of.status.is_running() {
        return Some((
            "complaint.extend_answered",
            "rule-complaint-extend-answered",
        ));
    }
    if of.extended_days > 0 {
        return Some((
            "complaint.extended_before",
            "rule-complaint-extended-before",
        ));
    }
    (now > of.due_at).then_some(("complaint.extend_late", "rule-complaint-extend-late"))
}

/// Puts off the first answer by so many working days.
pub async fn extend(
    ctx: &Ctx,
    number: &str,
    seen: Option<i32>,
    days: &str,
    reason: &str,
) -> Result<complaint::Model> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let tx = ctx.app.db.begin_write().await?;
    let found = store::visible(&tx, &scope, &read_number(number)).await?;
    ctx.require(Permission::ExtendDeadline, found.unit_id)?;
    if seen.is_some_and(|seen| seen != found.version) {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let policy = calendar::policy_by_id(&tx, found.policy_id).await?;
    let sort = Sort::of(&found);
    let most = policy.policy.term(Step::Extend, sort.about())?.working_days;
    let mut check = Check::new();
    let days = check.number("days", days, 1, i64::from(most));
    let reason = check.text("reason", reason, 10, 500);
    check.finish()?;
    if let Some((code, text)) = refusal(&found, ctx.now) {
        return Err(Error::rule(code, Message::new(text)));
    }
    let unit = organisation::unit(&tx, found.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let office = Office {
        calendar: calendar::work_calendar(&tx, unit.id).await?,
        now: ctx.now.with_timezone(&zone),
        zone,
        unit,
    };
    let from = found.received_at.with_timezone(&office.zone);
    let more = u32::try_from(days).unwrap_or_default();
    let (due_at, explanation) =
        explain::counted(&policy.policy, sort.about(), more, from, &office.calendar)?;
    // A decree may have been withdrawn after it moved this date: what was told stays.
    let due_at = due_at.max(found.due_at);
    let changes = complaint::ActiveModel {
        due_at: Set(due_at),
        legal_due_at: Set(due_at),
        extended_days: Set(i32::try_from(days).unwrap_or_default()),
        explanation: Set(explanation),
        queue: Set(queue(found.status, due_at)),
        ..Default::default()
    };
    store::save(&tx, &found, changes).await?;
    let mut told = moved_data(&office, &found, due_at, &reason);
    told["working_days"] = days.into();
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.extended")
        .in_unit(found.unit_id)
        .with(told);
    audit::record(&tx, ctx, entry).await?;
    let reporter = identity::read(&tx, &ctx.app, found.id).await?;
    emails::extended(&tx, ctx, &office, &found, due_at, &reporter).await?;
    let now = store::get(&tx, found.id).await?;
    tx.commit().await?;
    Ok(now)
}
