//! The time in which a citizen was to complete a complaint is over. Nothing is closed: they are told, and so is who
//! works on it, because the answer is owed all the same.

use super::{reading::Office, rules::Stage, store};
use crate::{
    access::{self, Ctx, Role},
    audit,
    complaints::{
        emails::{self, Look, Told},
        entity::{complaint, notice::NoticeKind},
    },
    platform::{db::Tx, error::Result},
};

/// Each wait has a notice of its own: the minute in which it began.
pub fn turn(stage: &Stage) -> i32 {
    i32::try_from(stage.since.timestamp() / 60).unwrap_or(i32::MAX)
}

/// Tells that a wait is over, unless that was told of this wait before.
pub async fn tell(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    row: &complaint::Model,
    turn: i32,
) -> Result<()> {
    let said = store::notices(tx, row.unit_id, NoticeKind::Waiting, &[row.id]).await?;
    if said.iter().any(|notice| notice.level == turn)
        || !store::first_notice(tx, row, NoticeKind::Waiting, turn, ctx.now).await?
    {
        return Ok(());
    }
    let unit = office.unit.id;
    let mut people = access::people_with(tx, &[Role::ComplaintOfficer], unit, None).await?;
    if row.division_id.is_some() {
        let mut handlers = access::people_with(tx, &[Role::Handler], unit, row.division_id).await?;
        handlers.retain(|(id, ..)| row.assignee_id.is_none_or(|named| named == *id));
        people.extend(handlers);
        people.sort_by(|one, other| one.2.cmp(&other.2));
        people.dedup_by(|one, other| one.0 == other.0);
    }
    emails::notice(tx, ctx, row, &office.unit, &Look::WaitOver, people).await?;
    emails::news(tx, ctx, row, &office.unit, Told::WaitOver).await?;
    let entry = audit::Entry::new("complaint", row.id.0, "complaint.wait_over").in_unit(unit);
    audit::record(tx, ctx, entry).await
}
