//! When an action moves on, what counts as evidence, and how late is late.

use chrono::{Datelike as _, Months, NaiveDate};

use super::entity::{
    action_item::Status, action_reminder::ReminderKind, action_source::SourceKind,
};
use crate::{
    access::PersonId,
    organisation::UnitId,
    platform::{error::Error, i18n::Message},
};

/// What somebody wants to do with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Progress,
    Finish,
    Verify,
    SendBack,
    Cancel,
}

/// Why it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("{0:?} does not allow {1:?}")]
    Transition(Status, Move),
    #[error("there is no evidence")]
    NoEvidence,
    #[error("evidence of {0} lies in the future")]
    FutureEvidence(NaiveDate),
    #[error("who finished an action does not verify it")]
    OwnWork,
    #[error("the source belongs to another unit")]
    OtherUnit,
    #[error("a step due on {0} does not lie within the action, {1} to {2}")]
    MilestoneOutside(NaiveDate, NaiveDate, NaiveDate),
    #[error("more than {0} steps")]
    TooManyMilestones(usize),
    #[error("the step is done, or its action is")]
    MilestoneDone,
    #[error("{0} steps are not done")]
    MilestonesOpen(usize),
    #[error("a step is done when something shows it")]
    MilestoneNoEvidence,
    #[error("the due day stays {0}")]
    SameDay(NaiveDate),
    #[error("an action is put off to a day after {0}")]
    Earlier(NaiveDate),
    #[error("the action has a step of the same words")]
    MilestoneTwice,
    #[error("evidence of before {0}")]
    OldEvidence(NaiveDate),
    #[error("the due day {0} is over")]
    DayOver(NaiveDate),
    #[error("a step is due on {0}")]
    MilestoneAfter(NaiveDate),
    #[error("the link has ended")]
    LinkEnded,
    #[error("an issue is put into action on its own page")]
    IssueElsewhere,
    #[error("the action was promised at a forum")]
    PromisedAtForum,
    #[error("the action is verified")]
    Verified,
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Transition(..) => {
                Self::rule("action.transition", Message::new("rule-action-transition"))
            }
            Broken::NoEvidence => Self::rule(
                "action.no_evidence",
                Message::new("rule-action-no-evidence"),
            ),
            Broken::FutureEvidence(day) => Self::rule(
                "action.future_evidence",
                Message::new("rule-action-future-evidence").on("day", day),
            ),
            Broken::OwnWork => Self::rule("action.own_work", Message::new("rule-action-own-work")),
            Broken::OtherUnit => {
                Self::rule("action.other_unit", Message::new("rule-action-other-unit"))
            }
            other => of_steps(other),
        }
    }
}

/// Of steps and due days: each names the field that it is about.
fn of_steps(broken: Broken) -> Error {
    let on = |field: &str, message: Message| Error::field(field, message);
    match broken {
        Broken::MilestoneOutside(_, from, until) => on(
            "milestone_due_on",
            Message::new("rule-action-milestone-outside")
                .on("from", from)
                .on("until", until),
        ),
        Broken::TooManyMilestones(most) => Error::rule(
            "action.too_many_milestones",
            Message::new("rule-action-too-many-milestones").with("most", most),
        ),
        Broken::MilestoneNoEvidence => {
            on("link", Message::new("rule-action-milestone-no-evidence"))
        }
        Broken::SameDay(_) => on("new_due_on", Message::new("rule-action-same-day")),
        Broken::Earlier(day) => on(
            "new_due_on",
            Message::new("rule-action-earlier").on("day", day),
        ),
        Broken::MilestoneTwice => on(
            "milestone_title",
            Message::new("rule-action-milestone-twice"),
        ),
        Broken::OldEvidence(day) => on(
            "happened_on",
            Message::new("rule-action-old-evidence").on("day", day),
        ),
        Broken::DayOver(_) => on("new_due_on", Message::new("action-due-in-past")),
        Broken::MilestoneAfter(day) => on(
            "new_due_on",
            Message::new("rule-action-milestone-after").on("day", day),
        ),
        Broken::MilestonesOpen(count) => Error::rule(
            "action.milestones_open",
            Message::new("rule-action-milestones-open").with("count", count),
        ),
        Broken::LinkEnded => {
            Error::rule("action.link_ended", Message::new("rule-action-link-ended"))
        }
        Broken::PromisedAtForum => Error::rule(
            "action.promised_at_forum",
            Message::new("rule-action-promised-at-forum"),
        ),
        Broken::Verified => Error::rule(
            "action.verified",
            Message::new("rule-action-verified-fixed"),
        ),
        Broken::IssueElsewhere => Error::rule(
            "action.issue_elsewhere",
            Message::new("rule-action-issue-elsewhere"),
        ),
        _ => Error::rule(
            "action.milestone_done",
            Message::new("rule-action-milestone-done"),
        ),
    }
}

impl Status {
    /// The state after a move.
    pub fn after(self, step: Move) -> Result<Self, Broken> {
        match (self, step) {
            (Self::Open | Self::InProgress, Move::Progress) => Ok(Self::InProgress),
            (Self::Open | Self::InProgress, Move::Finish) => Ok(Self::Done),
            (Self::Done, Move::Verify) => Ok(Self::Verified),
            (Self::Done, Move::SendBack) => Ok(Self::InProgress),
            (Self::Open | Self::InProgress, Move::Cancel) => Ok(Self::Cancelled),
            (state, step) => Err(Broken::Transition(state, step)),
        }
    }

    /// Whether somebody still has to work on it: only such an action can be late.
    #[must_use]
    pub fn is_unfinished(self) -> bool {
        matches!(self, Self::Open | Self::InProgress)
    }

    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Open => "action-status-open",
            Self::InProgress => "action-status-in-progress",
            Self::Done => "action-status-done",
            Self::Verified => "action-status-verified",
            Self::Cancelled => "action-status-cancelled",
        }
    }

    #[must_use]
    pub fn chip_kind(self) -> &'static str {
        match self {
            Self::Open | Self::Cancelled => "plain",
            Self::InProgress => "info",
            Self::Done => "soon",
            Self::Verified => "ok",
        }
    }

    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Open => "clock",
            Self::InProgress => "arrow-repeat",
            Self::Done => "hourglass-split",
            Self::Verified => "patch-check",
            Self::Cancelled => "x-lg",
        }
    }
}

/// Finishing needs something to look at, and nothing that has yet to happen.
/// `evidence` holds the day of each progress entry that carries a file or a link.
pub fn finish(status: Status, evidence: &[NaiveDate], today: NaiveDate) -> Result<Status, Broken> {
    let next = status.after(Move::Finish)?;
    if evidence.is_empty() {
        return Err(Broken::NoEvidence);
    }
    match evidence.iter().find(|day| **day > today) {
        Some(day) => Err(Broken::FutureEvidence(*day)),
        None => Ok(next),
    }
}

/// Two pairs of eyes: who reported an action as finished does not judge the evidence.
pub fn verify(
    status: Status,
    finished_by: Option<PersonId>,
    verifier: Option<PersonId>,
) -> Result<Status, Broken> {
    let next = status.after(Move::Verify)?;
    if finished_by.is_some() && finished_by == verifier {
        return Err(Broken::OwnWork);
    }
    Ok(next)
}

/// Links stay inside a unit. A cancelled action is no answer to anything new. Nor is a verified one: the head looked at
/// what it comes from as well, and who complains after it was done was promised nothing by it.
pub fn may_link(action: UnitId, source: Option<UnitId>, status: Status) -> Result<(), Broken> {
    if source.is_some_and(|source| source != action) {
        return Err(Broken::OtherUnit);
    }
    match status {
        Status::Cancelled => Err(Broken::Transition(status, Move::Progress)),
        Status::Verified => Err(Broken::Verified),
        Status::Open | Status::InProgress | Status::Done => Ok(()),
    }
}

/// What was verified keeps all that it comes from: by that it is measured. What was promised at a forum keeps the point
/// that it answers: taken off, the promise would stand without a forum, and the point without an action. One that was
/// cancelled promises nothing any more.
pub fn may_unlink(kind: SourceKind, status: Status) -> Result<(), Broken> {
    match (kind, status) {
        (_, Status::Verified) => Err(Broken::Verified),
        (SourceKind::AgreedPoint, Status::Cancelled) => Ok(()),
        (SourceKind::AgreedPoint, _) => Err(Broken::PromisedAtForum),
        _ => Ok(()),
    }
}

/// An issue goes into an action, and out of one, by its own page: there its voices become sources and hear of it.
pub fn may_touch(kind: SourceKind) -> Result<(), Broken> {
    match kind {
        SourceKind::Issue => Err(Broken::IssueElsewhere),
        SourceKind::Complaint
        | SourceKind::ForumInput
        | SourceKind::AgreedPoint
        | SourceKind::SurveyElement => Ok(()),
    }
}

/// How an action stands to its due day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// Late by so many working days; 0 over a weekend.
    Late(i64),
    /// Due in so many working days; 0 is today.
    Soon(i64),
    InTime(i64),
    /// Nothing is left to do for whoever owns it.
    Over,
}

/// `working_days` from today to the due day, as the unit's calendar counts them; at most `soon` of them
/// are "soon", as the installation sets it.
#[must_use]
pub fn timing(
    status: Status,
    due_on: NaiveDate,
    today: NaiveDate,
    working_days: i64,
    soon: u32,
) -> Timing {
    if !status.is_unfinished() {
        Timing::Over
    } else if due_on < today {
        Timing::Late(working_days.abs())
    } else if working_days <= i64::from(soon) {
        Timing::Soon(working_days)
    } else {
        Timing::InTime(working_days)
    }
}

/// What the bar is computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub milestones: usize,
    /// Milestones that are done.
    pub done: usize,
    /// Somebody reported at all.
    pub reported: bool,
    /// Something shows it: a file or a page.
    pub evidence: bool,
}

/// Of work that goes on, the steps fill the bar up to here.
const STEPS_FILL: usize = 80;

/// What stands on the bar. Nobody types it: with steps, their share of 80; without, 25 when somebody reported and 50
/// when something shows it; 90 when handed in, 100 when the head agreed.
#[must_use]
pub fn percent(status: Status, facts: Facts) -> i32 {
    match (status, facts) {
        (Status::Verified, _) => 100,
        (Status::Done, _) => 90,
        (_, facts) if facts.milestones > 0 => {
            i32::try_from(facts.done * STEPS_FILL / facts.milestones).unwrap_or_default()
        }
        (_, Facts { evidence: true, .. }) => 50,
        (_, Facts { reported: true, .. }) => 25,
        _ => 0,
    }
}

/// A step lies between the day on which the action was promised and the day on which it is due.
pub fn may_plan(
    status: Status,
    due_on: NaiveDate,
    (begun, until): (NaiveDate, NaiveDate),
) -> Result<(), Broken> {
    if !status.is_unfinished() {
        return Err(Broken::Transition(status, Move::Progress));
    }
    // An action of long ago that is taken down late begins with its due day.
    let begun = begun.min(until);
    if (begun..=until).contains(&due_on) {
        Ok(())
    } else {
        Err(Broken::MilestoneOutside(due_on, begun, until))
    }
}

/// The last day on which an action may be due.
#[must_use]
pub fn furthest(today: NaiveDate, years: u32) -> NaiveDate {
    today
        .checked_add_months(Months::new(years.saturating_mul(12)))
        .unwrap_or(NaiveDate::MAX)
}

/// Something is often taken down weeks after people began with it; what is older shows something else. A choice of ours.
pub const EARLIEST_EVIDENCE_DAYS: i64 = 90;

/// The first day of what can show that an action was done, from the day on which it was taken down.
#[must_use]
pub fn earliest_evidence(taken_down: NaiveDate) -> NaiveDate {
    taken_down - chrono::Duration::days(EARLIEST_EVIDENCE_DAYS)
}

/// A due day is put off to a later day that is not over, and not before its last step.
pub fn may_extend(
    status: Status,
    (from, to): (NaiveDate, NaiveDate),
    today: NaiveDate,
    last_step: Option<NaiveDate>,
) -> Result<(), Broken> {
    if !status.is_unfinished() {
        return Err(Broken::Transition(status, Move::Progress));
    }
    if from == to {
        return Err(Broken::SameDay(from));
    }
    if to < today {
        return Err(Broken::DayOver(to));
    }
    if to < from {
        return Err(Broken::Earlier(from));
    }
    match last_step {
        Some(day) if day > to => Err(Broken::MilestoneAfter(day)),
        _ => Ok(()),
    }
}

/// The year into whose plan a new due day carries an action that stands in the plan of another.
#[must_use]
pub fn carried_into(plan: i32, due: NaiveDate) -> Option<i32> {
    (due.year() > plan).then(|| due.year())
}

/// How fast something was done, as the yearly evaluation of public services classes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, poem_openapi::Enum)]
#[oai(rename_all = "snake_case")]
pub enum Speed {
    UnderThreeMonths,
    UnderSixMonths,
    Longer,
    /// Not handed in yet.
    Running,
}

impl Speed {
    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::UnderThreeMonths => "action-speed-three",
            Self::UnderSixMonths => "action-speed-six",
            Self::Longer => "action-speed-longer",
            Self::Running => "action-speed-running",
        }
    }
}

/// From the day on which it was promised to that on which it was handed in. A month ends the day before the same
/// number: done on the very day three months later is not under three.
#[must_use]
pub fn speed(promised: NaiveDate, finished: Option<NaiveDate>) -> Speed {
    let Some(finished) = finished else {
        return Speed::Running;
    };
    let within = |months| {
        let end = promised.checked_add_months(Months::new(months));
        end.is_some_and(|end| finished < end)
    };
    if within(3) {
        Speed::UnderThreeMonths
    } else if within(6) {
        Speed::UnderSixMonths
    } else {
        Speed::Longer
    }
}

/// Whether somebody is reminded today: of what is late, else of what nobody reported on for so many days; 0 days
/// switches the latter off.
#[must_use]
pub fn presses(
    (due_on, last): (NaiveDate, NaiveDate),
    today: NaiveDate,
    quiet_days: i64,
) -> Option<ReminderKind> {
    if due_on < today {
        Some(ReminderKind::Overdue)
    } else if quiet_days > 0 && (today - last).num_days() >= quiet_days {
        Some(ReminderKind::Stalled)
    } else {
        None
    }
}

/// `2026-W12`: a week begins on Monday.
#[must_use]
pub fn week_of(day: NaiveDate) -> String {
    let week = day.iso_week();
    format!("{}-W{:02}", week.year(), week.week())
}

/// `RA-2026-01`.
#[must_use]
pub fn code(year: i32, number: i32) -> String {
    format!("RA-{year}-{number:02}")
}

/// What an action lacks, for who looks for loose ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    Owner,
    Late,
    Evidence,
    Verification,
}

/// Nobody answers for it; it is late; it is said to be done and nothing shows it; or nobody looked at what shows it.
#[must_use]
pub fn lacks(status: Status, has_owner: bool, late: bool, evidence: usize) -> Vec<Lack> {
    let mut found = Vec::new();
    if status == Status::Cancelled {
        return found;
    }
    let unfinished = status.is_unfinished();
    found.extend((unfinished && !has_owner).then_some(Lack::Owner));
    found.extend((unfinished && late).then_some(Lack::Late));
    found.extend((!unfinished && evidence == 0).then_some(Lack::Evidence));
    found.extend((status == Status::Done).then_some(Lack::Verification));
    found
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
