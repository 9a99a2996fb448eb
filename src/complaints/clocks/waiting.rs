//! The time in which a citizen was to complete a complaint is over. Nothing is closed: they are told, and so is who
//! works on it, because the answer is owed all the same.

use super::{
    reading::{Office, read},
    rules::Stage,
    store,
};
use crate::{
    access::{self, Ctx, Role},
    audit,
    calendar::Step,
    complaints::{
        emails::{self, Look, Told},
        entity::{complaint, notice::NoticeKind},
    },
    platform::error::Result,
};

/// Tells of every wait of the unit that is over and was not told of before.
pub async fn end_waits(ctx: &Ctx, office: &Office) -> Result<()> {
    let db = &ctx.app.db;
    let rows = store::waiting(db, office.unit.id).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let told = store::notices(db, office.unit.id, NoticeKind::Waiting, &ids).await?;
    for row in rows {
        let Some(stage) = read(db, &row, ctx.now).await?.clocks.stage else {
            continue;
        };
        let said = told
            .iter()
            .any(|notice| notice.complaint_id == row.id && notice.level == turn(&stage));
        if stage.step == Step::Complete && stage.late && !said {
            tell(ctx, office, &row, turn(&stage)).await?;
        }
    }
    Ok(())
}

/// Each wait has a notice of its own: the minute in which it began.
fn turn(stage: &Stage) -> i32 {
    i32::try_from(stage.since.timestamp() / 60).unwrap_or(i32::MAX)
}

async fn tell(ctx: &Ctx, office: &Office, row: &complaint::Model, turn: i32) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    if !store::first_notice(&tx, row, NoticeKind::Waiting, turn, ctx.now).await? {
        return Ok(());
    }
    let unit = office.unit.id;
    let mut people = access::people_with(&tx, &[Role::ComplaintOfficer], unit, None).await?;
    if row.division_id.is_some() {
        let mut handlers =
            access::people_with(&tx, &[Role::Handler], unit, row.division_id).await?;
        handlers.retain(|(id, ..)| row.assignee_id.is_none_or(|named| named == *id));
        people.extend(handlers);
        people.sort_by(|one, other| one.2.cmp(&other.2));
        people.dedup_by(|one, other| one.0 == other.0);
    }
    emails::notice(&tx, ctx, row, &office.unit, &Look::WaitOver, people).await?;
    emails::news(&tx, ctx, row, &office.unit, Told::WaitOver).await?;
    let entry = audit::Entry::new("complaint", row.id.0, "complaint.wait_over").in_unit(unit);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}
