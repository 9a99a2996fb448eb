//! A promise is due on a day on which somebody works, by the calendar of the unit, and while somebody still remembers it.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;

use super::rules;
use crate::{
    access::Ctx,
    calendar,
    organisation::{self, Unit},
    platform::{error::Result, i18n::Message},
};

/// The day to name instead of one that is refused: the first from it on that is fine, else the last before it. None
/// where there is no such day at all.
fn instead(
    day: NaiveDate,
    within: &RangeInclusive<NaiveDate>,
    works: impl Fn(NaiveDate) -> bool,
) -> Option<NaiveDate> {
    let (first, last) = (*within.start(), *within.end());
    let mut later = day.max(first).iter_days().take_while(|one| *one <= last);
    let later = later.find(|one| works(*one));
    later.or_else(|| {
        let days = std::iter::successors(Some(day.min(last)), NaiveDate::pred_opt);
        let mut earlier = days.take_while(|one| *one >= first);
        earlier.find(|one| works(*one))
    })
}

/// The first day to which something that is due may be put off: after its due day, not over, not before its last step.
pub fn extends_from(due: NaiveDate, today: NaiveDate, last_step: Option<NaiveDate>) -> NaiveDate {
    let later = due.succ_opt().unwrap_or(due).max(today);
    last_step.map_or(later, |step| step.max(later))
}

/// The last day of all on which something may be due, in the days of a unit.
pub fn furthest(ctx: &Ctx, today: NaiveDate) -> NaiveDate {
    rules::furthest(today, ctx.app.config.action_plans.furthest_due_years)
}

/// Why this day is none to be due on; none when it is fine. The day that is named instead would be taken: it lies within
/// these days, which whoever asks knows of, and within what the installation allows.
pub async fn refused(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    unit: &Unit,
    (day, within): (NaiveDate, RangeInclusive<NaiveDate>),
) -> Result<Option<Message>> {
    let last = furthest(ctx, ctx.today_in(organisation::zone_of(unit)?));
    let within = *within.start()..=last.min(*within.end());
    let calendar = calendar::work_calendar(db, unit.id).await?;
    let works = |day| calendar::is_working_day(day, &calendar);
    if day > last {
        let last = instead(last, &within, works).unwrap_or(last);
        return Ok(Some(Message::new("action-due-too-far").on("last", last)));
    }
    if works(day) {
        return Ok(None);
    }
    let message = match instead(day, &within, works) {
        Some(other) => Message::new("action-due-no-working-day").on("next", other),
        None => Message::new("action-due-no-day-left"),
    };
    Ok(Some(message.on("day", day)))
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike as _, Weekday};

    use super::*;
    use crate::action_plans::Status;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_that_is_named_instead_would_be_taken() {
        // The last two days of the year are holidays, and so are all weekends.
        let works = |one: NaiveDate| {
            !matches!(one.weekday(), Weekday::Sat | Weekday::Sun) && one < day("2026-12-30")
        };
        for (asked, first, last, expected) in [
            ("2026-11-28", "2026-11-02", "2026-12-31", Some("2026-11-30")),
            // Monday is over the last day: the Friday before.
            ("2026-11-28", "2026-11-02", "2026-11-29", Some("2026-11-27")),
            ("2026-12-31", "2026-11-02", "2026-12-31", Some("2026-12-29")),
            // Too far, and too early.
            ("2999-05-20", "2026-11-02", "2026-11-29", Some("2026-11-27")),
            ("2019-05-20", "2026-11-28", "2026-12-31", Some("2026-11-30")),
            ("2026-11-28", "2026-11-28", "2026-11-29", None),
            ("2026-11-28", "2026-12-01", "2026-11-29", None),
        ] {
            let found = instead(day(asked), &(day(first)..=day(last)), works);
            assert_eq!(found, expected.map(day), "{asked} in {first} to {last}");
        }
    }

    #[test]
    fn a_due_day_is_put_off_to_what_the_rules_take() {
        let today = day("2026-07-01");
        for (due, step, expected) in [
            ("2026-09-30", None, "2026-10-01"),
            ("2026-06-30", None, "2026-07-01"),
            ("2026-05-29", None, "2026-07-01"),
            ("2026-05-29", Some("2026-07-20"), "2026-07-20"),
            ("2026-09-30", Some("2026-07-20"), "2026-10-01"),
        ] {
            let (due, step) = (day(due), step.map(day));
            let first = extends_from(due, today, step);
            assert_eq!(first, day(expected), "{due}");
            let status = Status::InProgress;
            assert_eq!(rules::may_extend(status, (due, first), today, step), Ok(()));
        }
    }
}
