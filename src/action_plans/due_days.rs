//! A promise is due on a day on which somebody works, by the calendar of the unit, and while somebody still remembers it.

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;

use super::rules;
use crate::{
    access::Ctx,
    calendar,
    organisation::{self, Unit},
    platform::{error::Result, i18n::Message},
};

/// Why this day is none to be due on, with the last or the next one that is; none when it is fine.
pub async fn refused(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    unit: &Unit,
    day: NaiveDate,
) -> Result<Option<Message>> {
    let today = ctx.today_in(organisation::zone_of(unit)?);
    let last = rules::furthest(today, ctx.app.config.action_plans.furthest_due_years);
    if day > last {
        return Ok(Some(Message::new("action-due-too-far").on("last", last)));
    }
    let calendar = calendar::work_calendar(db, unit.id).await?;
    if calendar::is_working_day(day, &calendar) {
        return Ok(None);
    }
    let next = calendar::next_working_day(day, &calendar)?;
    Ok(Some(
        Message::new("action-due-no-working-day")
            .on("day", day)
            .on("next", next),
    ))
}
