//! The two clocks of a complaint, from its history and the numbers it was received under. The legal clock is
//! what the public is owed: the first answer, never reset and never paused; and for a class the solution,
//! which waits only while the citizen owes something. The stage clock is for the office: how long the
//! complaint has stood where it stands. Neither changes the other.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::{
    calendar::{
        About, CalendarError, Closure, Deadline, Policy, Reason, Step, WorkCalendar, deadline,
        ending, open_time_between,
    },
    complaints::rules::Status,
};

/// A state that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passed {
    pub to: Status,
    pub at: DateTime<Utc>,
    /// It is handled in another complaint and its citizen has no answer yet, or none that was meant for them.
    pub merged: bool,
}

/// When the first answer was given. A refusal with its reason and "this is not ours, it went there" are answers too.
#[must_use]
pub fn first_said(history: &[Passed]) -> Option<DateTime<Utc>> {
    let said = history.iter().find(|passed| {
        !passed.merged
            && matches!(
                passed.to,
                Status::Answered | Status::Rejected | Status::OutOfAuthority | Status::Closed
            )
    });
    said.map(|said| said.at)
}

/// What the clocks are read from. The history begins with the receipt.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    pub history: &'a [Passed],
    pub policy: &'a Policy,
    pub about: About<'a>,
    /// Working days by which the first answer was put off.
    pub extended: u32,
    /// Until when the citizen was told to wait for the first answer, and for the answer now owed.
    pub told: (DateTime<Utc>, DateTime<Utc>),
    pub zone: Tz,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Running,
    Late,
    /// Waits for what the citizen owes.
    Paused,
    InTime(DateTime<Utc>),
    OutOfTime(DateTime<Utc>),
    /// Withdrawn: nothing is owed any more.
    Ended,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    pub step: Step,
    pub working_days: u32,
    pub due_at: DateTime<Tz>,
    /// Day by day as the calendar says now.
    pub counted: Deadline,
    /// A later date was told, and that one stays.
    pub kept: bool,
    pub outcome: Outcome,
    /// How much of its office hours is over, in percent; the days on which it waited are none.
    pub used_percent: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    pub state: Status,
    pub since: DateTime<Tz>,
    pub step: Step,
    pub working_days: u32,
    pub due_at: DateTime<Tz>,
    pub counted: Deadline,
    pub late: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clocks {
    pub respond: Clock,
    /// None while no class is chosen.
    pub resolve: Option<Clock>,
    /// None when nothing happens any more.
    pub stage: Option<Stage>,
    /// After an answer: until when the citizen may say that it did not help.
    pub reopen_until: Option<DateTime<Tz>>,
}

impl Clocks {
    /// The clock of a solution that is still owed; while the citizen owes something it stands.
    #[must_use]
    pub fn solution_owed(&self) -> Option<&Clock> {
        self.resolve
            .as_ref()
            .filter(|clock| matches!(clock.outcome, Outcome::Running | Outcome::Late))
    }
}

/// Both clocks at this moment.
pub fn clocks(
    given: &Given<'_>,
    calendar: &WorkCalendar,
    now: DateTime<Utc>,
) -> Result<Clocks, CalendarError> {
    let respond = respond(given, calendar, now)?;
    Ok(Clocks {
        resolve: resolve(given, calendar, now)?,
        stage: stage(given, &respond, calendar, now)?,
        reopen_until: reopen_until(given, calendar)?,
        respond,
    })
}

fn received(given: &Given<'_>) -> DateTime<Utc> {
    given.history.first().map_or(given.told.0, |first| first.at)
}

fn respond(
    given: &Given<'_>,
    calendar: &WorkCalendar,
    now: DateTime<Utc>,
) -> Result<Clock, CalendarError> {
    let days = given.policy.term(Step::Respond, given.about)?.working_days + given.extended;
    let start = received(given).with_timezone(&given.zone);
    let counted = deadline(start, &given.policy.counting(days), calendar)?;
    let said = first_said(given.history);
    let withdrawn = given.history.iter().any(|p| p.to == Status::Withdrawn);
    let told = given.told.0.with_timezone(&given.zone);
    // What is settled keeps the date it was settled under: a holiday of the past makes nothing late and nothing in time.
    // What is late is late by the date that was told, until that one is moved.
    let over = said.is_some() || withdrawn;
    let kept = !over && told > counted.due_at;
    let due_at = match over || now > told {
        true => told,
        false => counted.due_at.max(told),
    };
    let counted = ending(&counted, due_at, calendar)?;
    let outcome = match said {
        Some(said) if said <= due_at => Outcome::InTime(said),
        Some(said) => Outcome::OutOfTime(said),
        None if withdrawn => Outcome::Ended,
        None if now > due_at => Outcome::Late,
        None => Outcome::Running,
    };
    Ok(Clock {
        step: Step::Respond,
        working_days: days,
        kept,
        used_percent: used_percent(&start, &due_at, &now.with_timezone(&given.zone), calendar),
        due_at,
        counted,
        outcome,
    })
}

fn resolve(
    given: &Given<'_>,
    calendar: &WorkCalendar,
    now: DateTime<Utc>,
) -> Result<Option<Clock>, CalendarError> {
    if given.about.class.is_none() {
        return Ok(None);
    }
    let days = given.policy.term(Step::Resolve, given.about)?.working_days;
    let start = received(given).with_timezone(&given.zone);
    let waited = with_pauses(given, calendar, now)?;
    let counted = deadline(start, &given.policy.counting(days), &waited)?;
    let outcome = match (settled(given.history), given.history.last()) {
        (Some(at), _) if at <= counted.due_at => Outcome::InTime(at),
        (Some(at), _) => Outcome::OutOfTime(at),
        (None, Some(last)) if last.to == Status::Withdrawn => Outcome::Ended,
        // Asking for more does not make in time what was late before.
        (None, Some(last)) if last.to == Status::Incomplete && last.at <= counted.due_at => {
            Outcome::Paused
        }
        (None, _) if now > counted.due_at => Outcome::Late,
        (None, _) => Outcome::Running,
    };
    Ok(Some(Clock {
        step: Step::Resolve,
        working_days: days,
        due_at: counted.due_at,
        used_percent: used_percent(
            &start,
            &counted.due_at,
            &now.with_timezone(&given.zone),
            &waited,
        ),
        counted,
        kept: false,
        outcome,
    }))
}

/// When the office had done its part: its last answer, unless the complaint was opened again after it.
fn settled(history: &[Passed]) -> Option<DateTime<Utc>> {
    let last = history.last()?;
    match last.to {
        Status::Answered | Status::Closed => {
            let answer = history.iter().rev().find(|p| p.to == Status::Answered);
            Some(answer.unwrap_or(last).at)
        }
        Status::Rejected | Status::OutOfAuthority => Some(last.at),
        _ => None,
    }
}

/// The calendar of one complaint: the days on which it waited for its citizen do not count. The day on which
/// the office asked still does, the day on which the citizen came back does not.
fn with_pauses(
    given: &Given<'_>,
    calendar: &WorkCalendar,
    now: DateTime<Utc>,
) -> Result<WorkCalendar, CalendarError> {
    let mut own = calendar.clone();
    let day = |at: DateTime<Utc>| at.with_timezone(&given.zone).date_naive();
    for (place, passed) in given.history.iter().enumerate() {
        if passed.to != Status::Incomplete {
            continue;
        }
        let next = given.history.get(place + 1).map_or(now, |next| next.at);
        let from: Option<NaiveDate> = day(passed.at).succ_opt();
        if let Some(from) = from.filter(|from| *from <= day(next)) {
            own.closures.push(Closure::waiting(from, day(next))?);
        }
    }
    Ok(own)
}

/// What the office has to do next in a state. None: nothing.
#[must_use]
pub fn step_of(state: Status) -> Option<Step> {
    match state {
        Status::Received => Some(Step::Verify),
        Status::Verified => Some(Step::Dispose),
        Status::Assigned => Some(Step::Start),
        Status::InProgress | Status::Reopened => Some(Step::Respond),
        Status::Incomplete => Some(Step::Complete),
        Status::Answered => Some(Step::AutoClose),
        Status::Closed | Status::Rejected | Status::OutOfAuthority | Status::Withdrawn => None,
    }
}

/// When the answer that is owed now began to be owed: at the receipt, or when the complaint was opened again.
#[must_use]
pub fn owed_since(history: &[Passed]) -> Option<Passed> {
    let again = history.iter().rev().find(|p| p.to == Status::Reopened);
    again.or(history.first()).copied()
}

fn stage(
    given: &Given<'_>,
    respond: &Clock,
    calendar: &WorkCalendar,
    now: DateTime<Utc>,
) -> Result<Option<Stage>, CalendarError> {
    let Some((state, since)) = standing(given.history) else {
        return Ok(None);
    };
    let Some(step) = step_of(state) else {
        return Ok(None);
    };
    let term = given.policy.term(step, given.about)?.working_days;
    let owed = owed_since(given.history).filter(|owed| owed.to == Status::Reopened);
    let answer = match owed {
        Some(again) => {
            let days = given.policy.term(Step::Respond, given.about)?.working_days;
            let start = again.at.with_timezone(&given.zone);
            let counted = deadline(start, &given.policy.counting(days), calendar)?;
            let told = given.told.1.with_timezone(&given.zone);
            // A date that was told before it was opened again was settled then.
            let due_at = match now > told && told > start {
                true => told,
                false => counted.due_at.max(told),
            };
            let counted = ending(&counted, due_at, calendar)?;
            (days, due_at, counted.of_reopening())
        }
        None => (
            respond.working_days,
            respond.due_at,
            respond.counted.clone(),
        ),
    };
    let since = since.with_timezone(&given.zone);
    let (working_days, due_at, mut counted) = if step == Step::Respond {
        answer
    } else {
        let counted = deadline(since, &given.policy.counting(term), calendar)?;
        // A step may not take longer than the answer it leads to.
        if state.is_running() && answer.1 < counted.due_at {
            answer
        } else {
            (term, counted.due_at, counted)
        }
    };
    // Its first day is that of the step, not of the receipt.
    if let Some(first) = counted.days.first_mut()
        && state != Status::Received
        && first.date == since.date_naive()
        && first.reason == Reason::Received
    {
        first.reason = Reason::Began;
    }
    Ok(Some(Stage {
        state,
        since,
        step,
        working_days,
        late: now > due_at,
        due_at,
        counted,
    }))
}

fn reopen_until(
    given: &Given<'_>,
    calendar: &WorkCalendar,
) -> Result<Option<DateTime<Tz>>, CalendarError> {
    let said = matches!(
        given.history.last().map(|last| last.to),
        Some(Status::Answered | Status::Closed)
    );
    let answer = given
        .history
        .iter()
        .rev()
        .find(|p| p.to == Status::Answered);
    let Some(answer) = answer.filter(|_| said) else {
        return Ok(None);
    };
    let days = given.policy.term(Step::Reopen, given.about)?.working_days;
    let from = answer.at.with_timezone(&given.zone);
    let counted = deadline(from, &given.policy.counting(days), calendar)?;
    Ok(Some(counted.due_at))
}

/// The present state and since when. Handing it to another division does not begin it anew.
fn standing(history: &[Passed]) -> Option<(Status, DateTime<Utc>)> {
    let last = history.last()?;
    let run = history.iter().rev().take_while(|p| p.to == last.to);
    run.last().map(|first| (last.to, first.at))
}

/// How much of the office hours between start and due are over, in percent; more than 100 never.
#[must_use]
pub fn used_percent(
    start: &DateTime<Tz>,
    due: &DateTime<Tz>,
    now: &DateTime<Tz>,
    calendar: &WorkCalendar,
) -> i64 {
    if now >= due {
        return 100;
    }
    let whole = open_time_between(start, due, calendar).num_seconds();
    let used = open_time_between(start, now, calendar).num_seconds();
    if whole <= 0 {
        0
    } else {
        (used * 100 / whole).clamp(0, 99)
    }
}

/// Who is told about lateness, from the nearest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    Division,
    Head,
    Supervisor,
}

impl Rung {
    const ALL: [Self; 3] = [Self::Division, Self::Head, Self::Supervisor];

    #[must_use]
    pub fn level(self) -> i32 {
        match self {
            Self::Division => 1,
            Self::Head => 2,
            Self::Supervisor => 3,
        }
    }
}

/// How far up a late complaint has gone. What nobody has begins one rung higher: no division could see it.
#[must_use]
pub fn rung(assigned: bool, working_days_late: i64, every: i64) -> Rung {
    let climbed = working_days_late.max(0) / every.max(1) + i64::from(!assigned);
    match climbed {
        0 => Rung::Division,
        1 => Rung::Head,
        _ => Rung::Supervisor,
    }
}

/// The rungs that are to be told now: from the one on which it begins, or the one above the highest that was told, up to
/// the present one. After a standstill of the program nobody between is left out.
#[must_use]
pub fn rungs_to_tell(first: Rung, told: Option<i32>, now: Rung) -> Vec<Rung> {
    let above = |rung: &Rung| told.is_none_or(|told| rung.level() > told);
    let all = Rung::ALL.into_iter();
    all.filter(|rung| (first..=now).contains(rung) && above(rung))
        .collect()
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
