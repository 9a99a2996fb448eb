//! A promise is due on a day on which somebody works, by the calendar of the unit.

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;

use crate::{
    calendar,
    organisation::UnitId,
    platform::{error::Result, i18n::Message},
};

/// Why this day is none to be due on, with the next one that is; none when it is fine.
pub async fn refused(
    db: &impl ConnectionTrait,
    unit: UnitId,
    day: NaiveDate,
) -> Result<Option<Message>> {
    let calendar = calendar::work_calendar(db, unit).await?;
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
