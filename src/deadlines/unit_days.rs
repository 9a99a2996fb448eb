//! A unit changes its own days: it is closed alone, it works on collective leave or does not, it has other hours. Its
//! open deadlines follow in the same transaction, and none becomes earlier than it was told.

use std::sync::Arc;

use chrono::{Datelike as _, Duration, NaiveTime};
use uuid::Uuid;

use crate::{
    access::{Ctx, Permission},
    calendar::{self, Closure, Hours, OfficeHours, OwnChange, WEEK},
    complaints::clocks::{self, Cause, Recount},
    organisation::{self, Unit, UnitId},
    platform::{
        check::Check,
        context::App,
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
    },
};

use super::service::OVERLAP;

/// The fields of the week, Monday first: when the office opens and when it closes.
pub(super) const OPENS: [&str; 7] = [
    "opens1", "opens2", "opens3", "opens4", "opens5", "opens6", "opens7",
];
pub(super) const CLOSES: [&str; 7] = [
    "closes1", "closes2", "closes3", "closes4", "closes5", "closes6", "closes7",
];

/// A change as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// `close`, `reopen`, `leave` or `hours`.
    pub what: String,
    pub from: String,
    pub to: String,
    /// Which closure is taken back.
    pub closure: String,
    /// `yes` or `no`.
    pub works: String,
    /// Opening and closing of each weekday, Monday first; both empty where the office is closed.
    pub hours: [(String, String); 7],
    pub version: i32,
    pub reason: String,
    /// The field that the reason stands in: a page has several forms.
    pub reason_field: &'static str,
}

fn checked(draft: &Draft, this_year: i32) -> Result<(OwnChange, String)> {
    let mut check = Check::new();
    let reason = check.text(draft.reason_field, &draft.reason, 5, 300);
    let change = match &*draft.what {
        "close" => closure(&mut check, draft, &reason, this_year),
        "reopen" => check
            .choice("id", &draft.closure, |id| Uuid::parse_str(id).ok())
            .map(OwnChange::Reopen),
        "leave" => check
            .choice("works", &draft.works, |text| match text {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            })
            .map(|works| OwnChange::Leave(works, draft.version)),
        "hours" => Some(OwnChange::Hours(week(&mut check, draft), draft.version)),
        _ => {
            check.fault("what", Message::new("field-choose"));
            None
        }
    };
    check.finish()?;
    Ok((change.ok_or(Error::NotFound)?, reason))
}

fn closure(check: &mut Check, draft: &Draft, reason: &str, this_year: i32) -> Option<OwnChange> {
    let from = check.date("from", &draft.from);
    // One day is a closure of one day.
    let to = match draft.to.trim().is_empty() {
        true => from,
        false => check.date("to", &draft.to),
    };
    let unread = chrono::NaiveDate::default();
    if from == unread || to == unread {
        return None;
    }
    if let Some((field, message)) = calendar::closure_fault(from, to, this_year) {
        check.fault(field, message);
        return None;
    }
    let closure = Closure::new(from, to, reason).ok()?;
    Some(OwnChange::Close(closure))
}

/// `07:30` as forms send it, `7.30` as people write it.
fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().replace('.', ":");
    let parse = |format| NaiveTime::parse_from_str(&text, format).ok();
    parse("%H:%M").or_else(|| parse("%H:%M:%S"))
}

fn week(check: &mut Check, draft: &Draft) -> OfficeHours {
    let mut week = OfficeHours::CLOSED;
    let mut open = 0;
    let days = WEEK.into_iter().zip(&draft.hours);
    for ((weekday, (opens, closes)), fields) in days.zip(OPENS.into_iter().zip(CLOSES)) {
        if opens.trim().is_empty() && closes.trim().is_empty() {
            continue;
        }
        open += 1;
        let mut read = |field: &str, text: &str| {
            let read = time(text);
            if read.is_none() {
                check.fault(field, Message::new("office-days-time"));
            }
            read
        };
        let (opens, closes) = (read(fields.0, opens), read(fields.1, closes));
        let (Some(opens), Some(closes)) = (opens, closes) else {
            continue;
        };
        match Hours::new(opens, closes) {
            Ok(hours) => week = week.with(weekday, Some(hours)),
            Err(_) => check.fault(fields.1, Message::new("office-days-time-order")),
        }
    }
    // A week without a working day has no deadline.
    if open == 0 {
        check.fault(OPENS[0], Message::new("office-days-never-open"));
    }
    week
}

/// The change, made and not yet kept, and what becomes of the deadlines.
async fn made(ctx: &Ctx, unit: UnitId, draft: &Draft) -> Result<(Tx, Recount)> {
    ctx.require(Permission::ManageUnit, unit)?;
    let (change, reason) = checked(draft, ctx.now.year())?;
    let tx = ctx.app.db.begin_write().await?;
    tx.alone().await?;
    let done = calendar::change_own(&tx, ctx, unit, &change, &reason).await?;
    let cause = Cause { reason: done.told };
    let deadlines = clocks::recalculate_unit(&tx, ctx, unit, &cause, None).await?;
    calendar::note_own_moved(&tx, done.id, deadlines.moved).await?;
    Ok((tx, deadlines))
}

/// Changes the unit's days and moves its open deadlines that become later by it.
pub async fn change(ctx: &Ctx, unit: UnitId, draft: &Draft) -> Result<Recount> {
    let (tx, deadlines) = made(ctx, unit, draft).await?;
    tx.commit().await?;
    let moved = deadlines.moved;
    tracing::info!(
        deadlines.moved = moved,
        "days of a unit changed, {moved} deadlines moved"
    );
    Ok(deadlines)
}

/// Which deadlines a change would move: without a commit nothing of it lasts.
pub async fn preview(ctx: &Ctx, unit: UnitId, draft: &Draft) -> Result<Recount> {
    Ok(made(ctx, unit, draft).await?.1)
}

/// A complaint that arrived in the very moment of a change was counted by the days before it: see `service::check_again`.
pub async fn check_again(app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    let since = ctx.now - Duration::hours(3);
    let mut changes = calendar::own_changes_since(&app.db, since).await?;
    // In a unit the oldest stays the first.
    changes.sort_by_key(|change| change.unit_id);
    for of_unit in changes.chunk_by(|one, other| one.unit_id == other.unit_id) {
        let (Some(first), Some(last)) = (of_unit.first(), of_unit.last()) else {
            continue;
        };
        let reason = match of_unit {
            [only] => only.told.clone(),
            // Which of them moved a date is not known.
            _ => Message::new("deadlines-cause-own-several").text(Locale::Id),
        };
        let from = first.at - Duration::minutes(OVERLAP);
        let tx = app.db.begin_write().await?;
        let cause = Cause { reason };
        let counted =
            clocks::recalculate_unit(&tx, &ctx, first.unit_id, &cause, Some(from)).await?;
        let moved = counted.moved;
        if moved > 0 {
            let before = usize::try_from(last.moved).unwrap_or_default();
            calendar::note_own_moved(&tx, last.id, before + moved).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// The unit that a program names; one that has a single unit need not name it.
pub(super) async fn unit_named(ctx: &Ctx, permission: Permission, code: &str) -> Result<Unit> {
    let scope = ctx.require_scope(permission)?;
    let all = organisation::units(&ctx.app.db).await?.into_iter();
    let mut units: Vec<Unit> = all.filter(|unit| scope.covers(unit.id, None)).collect();
    match code.trim() {
        "" if units.len() == 1 => Ok(units.remove(0)),
        "" => Err(Error::field("unit", Message::new("field-choose"))),
        code => units
            .into_iter()
            .find(|unit| unit.code == code)
            .ok_or_else(|| Error::field("unit", Message::new("field-unknown-choice"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(monday: (&str, &str)) -> Draft {
        let mut draft = Draft {
            what: "hours".to_owned(),
            reason: "Perbup baru".to_owned(),
            reason_field: "reason",
            ..Draft::default()
        };
        draft.hours[0] = (monday.0.to_owned(), monday.1.to_owned());
        draft
    }

    #[test]
    fn hours_are_read_as_people_write_them_and_a_week_has_a_working_day() {
        for (monday, right) in [
            (("07:30", "16:00"), true),
            (("7.30", "16.00"), true),
            (("07:30:00", "16:00:00"), true),
            (("16:00", "07:30"), false),
            (("07:30", ""), false),
            (("", "16:00"), false),
            (("pagi", "sore"), false),
            (("", ""), false),
        ] {
            let read = checked(&hours(monday), 2026);
            assert_eq!(read.is_ok(), right, "{monday:?}");
        }
    }
}
