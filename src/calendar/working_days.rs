//! What a date is for one unit: working day, holiday, collective leave, closure or weekend, and
//! counting with it. Values only; where they are stored is not known here.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Beyond this many calendar days a deadline is a mistake in the settings, not a promise.
/// The walk from day to day stops here, so a unit that never opens cannot make it run for ever.
pub const HORIZON_DAYS: usize = 20 * 366;

/// Years that may be computed with. Inside it no arithmetic of this module can reach the ends of
/// chrono's range (which panics) and every answer can be written as RFC 3339 (four-digit years).
const YEARS: RangeInclusive<i32> = 1900..=9999;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("the date lies outside the years 1900 to 9999")]
    OutOfRange,
    #[error(
        "no due day within twenty years after {from}: check the number of days, the office hours and the closures"
    )]
    BeyondHorizon { from: NaiveDate },
    #[error("office hours must open before they close, not {opens} to {closes}")]
    Hours { opens: NaiveTime, closes: NaiveTime },
    #[error("the closure ends on {to}, before it begins on {from}")]
    Closure { from: NaiveDate, to: NaiveDate },
    #[error("the policy in force has no number of days for the step {step}")]
    NoTerm { step: &'static str },
}

impl CalendarError {
    /// For programs and tests; does not change when the wording does.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutOfRange => "calendar.out_of_range",
            Self::BeyondHorizon { .. } => "calendar.beyond_horizon",
            Self::Hours { .. } => "calendar.hours",
            Self::Closure { .. } => "calendar.closure",
            Self::NoTerm { .. } => "calendar.no_term",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayCategory {
    /// Libur nasional: nobody works.
    NationalHoliday,
    /// Cuti bersama: units that serve the public directly may be open (`work_collective_leave`).
    CollectiveLeave,
}

/// Dates that hang on the sighting of the moon are published before they are certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    Fixed,
    Estimated,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    pub date: NaiveDate,
    pub name: String,
    pub category: HolidayCategory,
    /// The joint decree (SKB 3 Menteri) that says so.
    pub decree: String,
    pub certainty: Certainty,
}

/// One holiday per date. When a national holiday and a collective leave meet, the national holiday
/// wins: it closes the office whatever the unit decided about collective leave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holidays(BTreeMap<NaiveDate, Holiday>);

impl Holidays {
    pub fn on(&self, date: NaiveDate) -> Option<&Holiday> {
        self.0.get(&date)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Holiday> {
        self.0.values()
    }

    /// 31 December of the last year in the longest unbroken run of years that have holidays. Every year has some, so
    /// a year with none is a year whose decree is not here yet; and a day that was typed into a wrong century, far from
    /// the others, says nothing about them.
    pub fn known_until(&self) -> Option<NaiveDate> {
        let mut years: Vec<i32> = self.0.keys().map(Datelike::year).collect();
        years.dedup();
        let runs = years.chunk_by(|one, next| next - one == 1);
        // Of runs of the same length the first: what comes after a gap is not known to be complete.
        let longest = runs.rev().max_by_key(|run| run.len())?;
        NaiveDate::from_ymd_opt(*longest.last()?, 12, 31)
    }
}

impl FromIterator<Holiday> for Holidays {
    fn from_iter<I: IntoIterator<Item = Holiday>>(holidays: I) -> Self {
        let mut by_date: BTreeMap<NaiveDate, Holiday> = BTreeMap::new();
        for holiday in holidays {
            let first_wins = by_date.get(&holiday.date).is_some_and(|there| {
                there.category == HolidayCategory::NationalHoliday
                    || holiday.category == HolidayCategory::CollectiveLeave
            });
            if !first_wins {
                by_date.insert(holiday.date, holiday);
            }
        }
        Self(by_date)
    }
}

/// When the office is open on one day: opens before it closes, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Hours {
    opens: NaiveTime,
    closes: NaiveTime,
}

impl Hours {
    pub fn new(opens: NaiveTime, closes: NaiveTime) -> Result<Self, CalendarError> {
        if opens < closes {
            Ok(Self { opens, closes })
        } else {
            Err(CalendarError::Hours { opens, closes })
        }
    }

    pub fn opens(self) -> NaiveTime {
        self.opens
    }

    pub fn closes(self) -> NaiveTime {
        self.closes
    }
}

/// Office hours per weekday. A weekday without hours is not a working day: there is no such thing as
/// a working day on which nobody can be reached, so a deadline always has a closing time to end at.
/// A unit that works six days gives Saturday its hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficeHours([Option<Hours>; 7]);

impl OfficeHours {
    /// No day open; build up with [`OfficeHours::with`].
    pub const CLOSED: Self = Self([None; 7]);

    #[must_use]
    pub fn with(mut self, weekday: Weekday, hours: Option<Hours>) -> Self {
        self.0[weekday.num_days_from_monday() as usize] = hours;
        self
    }

    pub fn on(&self, weekday: Weekday) -> Option<Hours> {
        self.0[weekday.num_days_from_monday() as usize]
    }
}

impl Default for OfficeHours {
    /// Derived from Perpres 21/2023: Monday to Friday, from 07.30, 37 h 30 min a week without breaks
    /// (60 minutes, on Friday 90). The decree leaves the closing time to the head of the institution;
    /// 16.00, on Friday 16.30, is the week that adds up.
    fn default() -> Self {
        let time = |hour: i64, minute: i64| NaiveTime::MIN + TimeDelta::minutes(hour * 60 + minute);
        let until = |closes| {
            Some(Hours {
                opens: time(7, 30),
                closes,
            })
        };
        let (usual, friday) = (until(time(16, 0)), until(time(16, 30)));
        Self([usual, usual, usual, usual, friday, None, None])
    }
}

/// Days on which this unit alone is closed: a flood, an election day, a regional anniversary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closure {
    from: NaiveDate,
    to: NaiveDate,
    reason: String,
    /// The office is open, but one complaint waits for its citizen.
    waiting: bool,
}

impl Closure {
    /// From the first to the last closed day, both included.
    pub fn new(
        from: NaiveDate,
        to: NaiveDate,
        reason: impl Into<String>,
    ) -> Result<Self, CalendarError> {
        if from <= to {
            Ok(Self {
                from,
                to,
                reason: reason.into(),
                waiting: false,
            })
        } else {
            Err(CalendarError::Closure { from, to })
        }
    }

    /// Days on which one complaint waits for what its citizen owes: for its own calendar only.
    pub fn waiting(from: NaiveDate, to: NaiveDate) -> Result<Self, CalendarError> {
        Self::new(from, to, "").map(|closure| Self {
            waiting: true,
            ..closure
        })
    }

    pub fn is_waiting(&self) -> bool {
        self.waiting
    }

    pub fn contains(&self, date: NaiveDate) -> bool {
        (self.from..=self.to).contains(&date)
    }

    pub fn from(&self) -> NaiveDate {
        self.from
    }

    pub fn to(&self) -> NaiveDate {
        self.to
    }

    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// What a date is for one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind<'a> {
    Working {
        hours: Hours,
        collective_leave: Option<&'a Holiday>,
    },
    NationalHoliday(&'a Holiday),
    CollectiveLeave(&'a Holiday),
    Closure(&'a Closure),
    Weekend,
    /// A day from Monday to Friday for which the unit has no office hours.
    NoOfficeHours,
}

impl DayKind<'_> {
    pub fn is_working(self) -> bool {
        matches!(self, Self::Working { .. })
    }
}

/// Everything about one unit that decides whether a date is a working day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkCalendar {
    pub holidays: Holidays,
    pub hours: OfficeHours,
    pub closures: Vec<Closure>,
    pub work_collective_leave: bool,
    /// The last day for which the decrees are known; a due day after it is a guess and says so.
    pub known_until: NaiveDate,
}

impl WorkCalendar {
    /// The legal reason is told before the local one: a national holiday that falls on a Saturday is
    /// explained as the holiday, a collective leave during a flood as the leave. No substitute day is
    /// given for a holiday on a weekend.
    pub fn day(&self, date: NaiveDate) -> DayKind<'_> {
        let holiday = self.holidays.on(date);
        let leave = match holiday.map(|h| (h, h.category)) {
            Some((h, HolidayCategory::NationalHoliday)) => return DayKind::NationalHoliday(h),
            Some((h, HolidayCategory::CollectiveLeave)) if !self.work_collective_leave => {
                return DayKind::CollectiveLeave(h);
            }
            other => other.map(|(h, _)| h),
        };
        let Some(hours) = self.hours.on(date.weekday()) else {
            return match date.weekday() {
                Weekday::Sat | Weekday::Sun => DayKind::Weekend,
                _ => DayKind::NoOfficeHours,
            };
        };
        match self.closures.iter().find(|closure| closure.contains(date)) {
            Some(closure) => DayKind::Closure(closure),
            None => DayKind::Working {
                hours,
                collective_leave: leave,
            },
        }
    }

    pub fn hours_on(&self, date: NaiveDate) -> Option<Hours> {
        match self.day(date) {
            DayKind::Working { hours, .. } => Some(hours),
            _ => None,
        }
    }
}

pub fn is_working_day(date: NaiveDate, calendar: &WorkCalendar) -> bool {
    calendar.day(date).is_working()
}

/// The first working day after `date`; never `date` itself.
pub fn next_working_day(
    date: NaiveDate,
    calendar: &WorkCalendar,
) -> Result<NaiveDate, CalendarError> {
    in_range(date)?;
    days_after(date)
        .find(|day| calendar.day(*day).is_working())
        .ok_or(CalendarError::BeyondHorizon { from: date })
}

/// The `n`-th working day after `date`, which is day 0. With `n` = 0, `date` itself, working day or not.
pub fn add_working_days(
    date: NaiveDate,
    n: u32,
    calendar: &WorkCalendar,
) -> Result<NaiveDate, CalendarError> {
    in_range(date)?;
    let Some(before_last) = n.checked_sub(1) else {
        return Ok(date);
    };
    days_after(date)
        .filter(|day| calendar.day(*day).is_working())
        .nth(usize::try_from(before_last).unwrap_or(usize::MAX))
        .ok_or(CalendarError::BeyondHorizon { from: date })
}

/// How long the office is open between two moments. Zero when `b` does not lie after `a`.
pub fn open_time_between(a: &DateTime<Tz>, b: &DateTime<Tz>, calendar: &WorkCalendar) -> TimeDelta {
    let (from, to) = (a.naive_local(), b.naive_local());
    let days = from.date().iter_days().take_while(|day| *day <= to.date());
    days.filter_map(|day| {
        let hours = calendar.hours_on(day)?;
        let opens = day.and_time(hours.opens()).max(from);
        let closes = day.and_time(hours.closes()).min(to);
        Some((closes - opens).max(TimeDelta::zero()))
    })
    .sum()
}

/// Working days after `a` up to and including `b`: the inverse of [`add_working_days`]. Negative when
/// `b` lies before `a`. Dates outside the years 1900 to 9999 count as the end of that range.
pub fn working_days_between(a: NaiveDate, b: NaiveDate, calendar: &WorkCalendar) -> i64 {
    let (from, to) = (a.min(b), a.max(b));
    let first = NaiveDate::from_ymd_opt(*YEARS.start(), 1, 1).unwrap_or(from);
    let last = NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31).unwrap_or(to);
    let (from, to) = (from.clamp(first, last), to.clamp(first, last));
    let days = from.iter_days().skip(1).take_while(|date| *date <= to);
    let count = days.filter(|date| calendar.day(*date).is_working()).count();
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    if a <= b { count } else { -count }
}

pub(super) fn in_range(date: NaiveDate) -> Result<(), CalendarError> {
    if YEARS.contains(&date.year()) {
        Ok(())
    } else {
        Err(CalendarError::OutOfRange)
    }
}

pub(super) fn days_after(date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    (1..=HORIZON_DAYS as u64)
        .map_while(move |n| date.checked_add_days(Days::new(n)))
        .take_while(|day| YEARS.contains(&day.year()))
}
