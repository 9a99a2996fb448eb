//! Deadlines in working days, as functions of values: no clock, no database, nothing to wait for.
//!
//! A deadline here explains itself: it comes with every day from receipt to due day, counted or
//! skipped, and why. Days are always the *local* days of the unit's own zone; the zone of the machine
//! this runs on cannot be seen from here.

use chrono::{
    DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone,
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use super::reasons::{Reason, Warning};
pub use super::remaining::{Remaining, Span, remaining};
pub use super::working_days::*;
pub use told::ending;

use super::working_days::{days_after, in_range};

/// A receipt after closing time, or on a day the office is closed. The laws at hand do not say, so the
/// unit decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterHours {
    /// The local date of receipt is day 0, whatever the hour.
    #[default]
    SameDay,
    /// The next working day is day 0.
    NextWorkingDay,
}

/// When the last day ends. The laws at hand do not say, so the unit decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueEnd {
    #[default]
    CloseOfOffice,
    /// 23:59:59 local: an answer in the minute the citizen sees as "23.59" is still in time.
    EndOfDay,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlinePolicy {
    pub working_days: u32,
    #[serde(default)]
    pub after_hours: AfterHours,
    #[serde(default)]
    pub due_end: DueEnd,
}

impl DeadlinePolicy {
    /// Day of receipt is day 0, due at close of office on the last day.
    pub fn working_days(working_days: u32) -> Self {
        Self {
            working_days,
            after_hours: AfterHours::default(),
            due_end: DueEnd::default(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    pub counted: bool,
    pub reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    pub due_at: DateTime<Tz>,
    /// From the day of receipt to the due day, both included, none left out.
    pub days: Vec<Day>,
    pub warning: Option<Warning>,
}

impl Deadline {
    /// The same, told as counted from the day on which something was opened again.
    #[must_use]
    pub fn of_reopening(mut self) -> Self {
        for day in &mut self.days {
            day.reason = day.reason.clone().of_reopening();
        }
        self
    }
}

/// When `received` must be answered, and why then. The zone of `received` is the unit's zone.
///
/// With zero working days the answer is due on the day of receipt itself, or on the next working day
/// if that one is closed or already over.
pub fn deadline(
    received: DateTime<Tz>,
    policy: &DeadlinePolicy,
    calendar: &WorkCalendar,
) -> Result<Deadline, CalendarError> {
    let local = local_time(&received)?;
    let start = local.date();
    let beyond = CalendarError::BeyondHorizon { from: start };
    let mut walk = days_after(start);
    let mut days =
        receipt_days(local, policy.after_hours, calendar, &mut walk).ok_or(beyond.clone())?;

    let mut counted = 0;
    let mut due = days.last().map_or(start, |day| day.date);
    let end_of = |date| {
        calendar
            .hours_on(date)
            .map(|hours| due_time(hours, policy.due_end))
    };
    let at_once = policy.working_days == 0
        && end_of(due).is_some_and(|end| due > start || local.time() <= end);
    while !at_once && counted < policy.working_days.max(1) {
        due = walk.next().ok_or(beyond.clone())?;
        let kind = calendar.day(due);
        counted += u32::from(kind.is_working());
        days.push(Day {
            date: due,
            counted: kind.is_working() && policy.working_days > 0,
            reason: Reason::of(kind, counted),
        });
    }
    if let Some(last) = days.last_mut() {
        last.reason = last.reason.clone().due(policy.working_days);
    }
    let end = end_of(due).ok_or(beyond)?;
    let due_at =
        at_local(received.timezone(), due.and_time(end)).ok_or(CalendarError::OutOfRange)?;
    Ok(Deadline {
        due_at,
        days,
        warning: open_warning(due, calendar),
    })
}

/// What may still move a deadline on this day, by the decrees that are here now.
#[must_use]
pub fn open_warning(due: NaiveDate, calendar: &WorkCalendar) -> Option<Warning> {
    let known_until = calendar.known_until;
    (due > known_until).then_some(Warning::BeyondKnownDecrees { known_until })
}

/// The day of receipt and, when the receipt is dated later, the days until it is dated. The last of
/// them is day 0. `None` when the office never opens again.
fn receipt_days(
    received: NaiveDateTime,
    after_hours: AfterHours,
    calendar: &WorkCalendar,
    walk: &mut impl Iterator<Item = NaiveDate>,
) -> Option<Vec<Day>> {
    let skipped = |date, reason| Day {
        date,
        counted: false,
        reason,
    };
    // A report at the very moment of closing is in time, as an answer at that moment would be.
    let in_time = calendar
        .hours_on(received.date())
        .is_some_and(|hours| received.time() <= hours.closes());
    if after_hours == AfterHours::SameDay || in_time {
        return Some(vec![skipped(received.date(), Reason::Received)]);
    }
    let mut days = vec![skipped(received.date(), Reason::ReceivedAfterHours)];
    for date in walk {
        let kind = calendar.day(date);
        if kind.is_working() {
            days.push(skipped(date, Reason::TreatedAsReceived));
            return Some(days);
        }
        days.push(skipped(date, Reason::of(kind, 0)));
    }
    None
}

fn due_time(hours: Hours, end: DueEnd) -> NaiveTime {
    match end {
        DueEnd::CloseOfOffice => hours.closes(),
        // Times of day wrap around: a second before midnight is 23:59:59.
        DueEnd::EndOfDay => NaiveTime::MIN - TimeDelta::seconds(1),
    }
}

/// `DateTime::naive_local` panics at the ends of chrono's range; this refuses them.
pub(super) fn local_time(time: &DateTime<Tz>) -> Result<NaiveDateTime, CalendarError> {
    let local = time
        .naive_utc()
        .checked_add_offset(time.offset().fix())
        .ok_or(CalendarError::OutOfRange)?;
    in_range(local.date()).map(|()| local)
}

/// Indonesia has no summer time today, but its zones jumped in the past and a unit's zone is a setting.
/// A time that happened twice is taken the first time, so no reading of the promise is broken; a time
/// that never was (clocks put forward) moves on to the next that exists.
fn at_local(zone: Tz, local: NaiveDateTime) -> Option<DateTime<Tz>> {
    const STEP_MINUTES: i64 = 15;
    // The longest jump on record is a whole day (Samoa, 2011).
    (0..=26 * 60 / STEP_MINUTES).find_map(|step| {
        let later = local.checked_add_signed(TimeDelta::minutes(step * STEP_MINUTES))?;
        match zone.from_local_datetime(&later) {
            LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => Some(time),
            LocalResult::None => None,
        }
    })
}

mod told;

#[cfg(test)]
mod borders;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
