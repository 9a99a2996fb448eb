//! A deadline that ends when people were told, whatever the calendar would say now.

use chrono::DateTime;
use chrono_tz::Tz;

use super::{
    CalendarError, Day, Deadline, Reason, WorkCalendar, days_after, local_time, open_warning,
};

/// The same days with another end: a date that was told and stays, or one under which the matter was settled. The
/// last day is always the due day, and what is no holiday any more is called none.
pub fn ending(
    counted: &Deadline,
    told: DateTime<Tz>,
    calendar: &WorkCalendar,
) -> Result<Deadline, CalendarError> {
    let last = local_time(&told)?.date();
    let computed = counted.days.last().map(|day| day.date);
    if computed == Some(last) {
        return Ok(Deadline {
            due_at: told,
            ..counted.clone()
        });
    }
    let mut days: Vec<Day> = Vec::new();
    let mut n = 0;
    for day in counted.days.iter().take_while(|day| day.date < last) {
        n += u32::from(day.counted);
        let mut day = day.clone();
        if matches!(day.reason, Reason::Due { .. }) {
            day.reason = Reason::of(calendar.day(day.date), n);
        }
        days.push(day);
    }
    let end = Day {
        date: last,
        counted: calendar.day(last).is_working(),
        reason: Reason::Told,
    };
    // Where the end lies far off, something is wrong with the date and not with the days.
    let between = computed.into_iter().flat_map(days_after).take(400);
    for date in between.take_while(|date| *date < last) {
        let kind = calendar.day(date);
        n += u32::from(kind.is_working());
        days.push(Day {
            date,
            counted: kind.is_working(),
            reason: Reason::of(kind, n),
        });
    }
    days.push(end);
    Ok(Deadline {
        due_at: told,
        days,
        warning: open_warning(last, calendar),
    })
}
