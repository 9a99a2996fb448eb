//! Whether the issued report still tells what is so: one rule for its page, the stage of the forum and the closing.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;

use super::{
    outcome::{self, Outcome},
    rules::{self, Became, Newer},
    store,
};
use crate::{
    action_plans::{self, ActionItemId, LinkedAction, Status},
    attendance, berita_acara,
    documents::{self, Kind},
    forums::Forum,
    platform::{db::Tx, error::Result},
};

/// Says so when the issued report is older than what it tells of; false while none was issued.
pub async fn report_outdated(
    db: &impl ConnectionTrait,
    forum: &Forum,
    outcome: &Outcome,
) -> Result<bool> {
    let latest = |kind| documents::latest(db, "forum", forum.id.0, kind);
    let Some(report) = latest(Kind::Report).await? else {
        return Ok(false);
    };
    let mut annexes = Vec::new();
    for kind in [Kind::Invitation, Kind::BeritaAcara, Kind::Minutes] {
        annexes.extend(latest(kind).await?.map(|paper| paper.issued_at));
    }
    let mut scans = berita_acara::scanned_sheets(db, forum).await?;
    scans.extend(attendance::scanned_sheets(db, forum).await?);
    annexes.extend(scans.iter().map(|scan| scan.created_at));
    let answers = match store::told(db, forum).await? {
        Some(told) => Newer::Differ(told != mark(outcome)?),
        None => Newer::Since(answered_at(db, forum, outcome).await?),
    };
    Ok(rules::is_outdated(report.issued_at, &annexes, &answers))
}

/// Keeps what the report tells that is issued in this transaction.
pub async fn keep_told(tx: &Tx, forum: &Forum, now: DateTime<Utc>) -> Result<()> {
    let outcome = outcome::outcome(tx, forum).await?;
    store::set_told(tx, forum, mark(&outcome)?, now).await
}

/// When reasons and actions came to be, for reports that were issued before their answers were kept.
async fn answered_at(
    db: &impl ConnectionTrait,
    forum: &Forum,
    outcome: &Outcome,
) -> Result<Vec<DateTime<Utc>>> {
    let reasons = store::reasons(db, forum).await?;
    let ids: Vec<ActionItemId> = outcome.actions.iter().map(|one| one.action.id).collect();
    let actions = action_plans::planned(db, &ids).await?;
    let reasons = reasons.iter().map(|reason| reason.created_at);
    Ok(reasons
        .chain(actions.iter().map(|action| action.created_at))
        .collect())
}

fn mark(outcome: &Outcome) -> Result<String> {
    let points = outcome.points.iter().map(|point| {
        let planned = codes(point.actions.iter().filter(|one| is_planned(one)));
        let stated = point.reason.as_ref().filter(|(_, version)| *version > 0);
        let reason = stated.map(|(words, _)| words.clone());
        let became = match (planned.is_empty(), reason) {
            (false, _) => Became::Planned(planned),
            (true, Some(words)) => Became::Explained(words),
            (true, None) if point.actions.is_empty() => Became::Nothing,
            (true, None) => Became::Cancelled(codes(point.actions.iter())),
        };
        (point.root.to_string(), became)
    });
    let inputs = outcome.inputs.values().flatten();
    let inputs = codes(inputs.filter(|one| is_planned(one)));
    rules::told_mark(&points.collect::<Vec<_>>(), &inputs)
}

fn is_planned(action: &LinkedAction) -> bool {
    action.status != Status::Cancelled
}

/// In one order, each once.
fn codes<'a>(actions: impl Iterator<Item = &'a LinkedAction>) -> Vec<String> {
    let mut codes: Vec<String> = actions.map(|action| action.code.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
