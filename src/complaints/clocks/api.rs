//! `/api/v1/complaints/{number}/deadline`: both clocks, each day explained; and putting off the first answer.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use chrono_tz::Tz;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{
    extending,
    reading::{self, Reading},
    rules::{Clock, Outcome, Stage},
};
use crate::{
    access::Token,
    calendar::{About, Deadline, Policy, Step},
    complaints::rules::{Class, Status},
    platform::{
        i18n::Locale,
        web::{body::Body, tags::Tag},
    },
};

pub struct Api;

/// Both clocks of a complaint at this moment. They never change each other.
#[derive(Object)]
pub struct ComplaintDeadline {
    number: String,
    /// Code of the set of numbers that the complaint was received under.
    policy: String,
    policy_valid_from: NaiveDate,
    /// The first answer: never set anew, never paused.
    respond: LegalClock,
    /// The solution, by resolution class; absent while no class is chosen. Waits only while the citizen owes
    /// something.
    resolve: Option<LegalClock>,
    /// The answer promised anew when the complaint was opened again; absent when none is owed. `respond` then tells
    /// of the first answer.
    again: Option<AnswerAgain>,
    /// How long the complaint has stood where it stands; absent when nothing happens any more.
    stage: Option<StageClock>,
    /// After an answer: until when the citizen may say that it did not help.
    reopen_until: Option<DateTime<FixedOffset>>,
    /// Dates that a decree moved or that were put off, oldest first.
    moves: Vec<DeadlineMove>,
}

/// A clock that the public is owed.
#[derive(Object)]
pub struct LegalClock {
    due_at: DateTime<FixedOffset>,
    working_days: u32,
    /// `running`, `late`, `paused`, `in_time`, `out_of_time` or `ended`.
    state: String,
    /// When the office had done its part.
    settled_at: Option<DateTime<FixedOffset>>,
    /// Where the number of days comes from.
    source: String,
    /// `verified`, `secondary` or `unverified`.
    certainty: String,
    /// The calendar would now allow less time; the date that was told stays.
    kept: bool,
    days: Vec<ClockDay>,
}

/// The answer that is owed since the complaint was opened again, as its citizen was told.
#[derive(Object)]
pub struct AnswerAgain {
    /// When it was opened again.
    since: DateTime<FixedOffset>,
    due_at: DateTime<FixedOffset>,
    working_days: u32,
    late: bool,
    days: Vec<ClockDay>,
}

/// The clock of the office.
#[derive(Object)]
pub struct StageClock {
    status: Status,
    since: DateTime<FixedOffset>,
    /// What is to be done next: `verify`, `dispose`, `start`, `respond`, `complete`, `auto_close`.
    step: String,
    due_at: DateTime<FixedOffset>,
    working_days: u32,
    late: bool,
    days: Vec<ClockDay>,
}

/// One day of a clock.
#[derive(Object)]
pub struct ClockDay {
    date: NaiveDate,
    counted: bool,
    /// A stable code: `collective_leave`.
    code: String,
    reason: String,
}

/// A date that became later.
#[derive(Object)]
pub struct DeadlineMove {
    at: DateTime<FixedOffset>,
    /// `complaint.deadline_moved` or `complaint.extended`.
    event: String,
    due_before: String,
    due_at: String,
    reason: String,
}

/// By how much the first answer is put off, and why.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Working days, at most what the policy allows. Required.
    #[oai(default)]
    #[serde(default)]
    days: i64,
    /// 10 to 500 characters; the citizen reads it. Required.
    #[oai(default)]
    #[serde(default)]
    reason: String,
    /// The version that was read; when somebody changed the complaint since, the answer is 409.
    version: Option<i32>,
}

#[OpenApi(tag = "Tag::Complaints")]
impl Api {
    /// Explain both clocks of a complaint
    #[oai(
        path = "/complaints/:number/deadline",
        method = "get",
        operation_id = "getComplaintDeadline"
    )]
    async fn deadline(
        &self,
        Token(ctx): Token,
        number: Path<String>,
    ) -> poem::Result<Json<ComplaintDeadline>> {
        let reading = reading::read_number(&ctx, &number.0).await?;
        Ok(Json(view(&reading, ctx.now, ctx.locale())))
    }

    /// Put off the first answer
    ///
    /// Once, with a reason that the citizen reads, by at most what the policy allows, and only before it is late.
    #[oai(
        path = "/complaints/:number/extend",
        method = "post",
        operation_id = "extendComplaint"
    )]
    async fn extend(
        &self,
        Token(ctx): Token,
        number: Path<String>,
        Body(new): Body<Extension>,
    ) -> poem::Result<Json<ComplaintDeadline>> {
        let days = new.days.to_string();
        extending::extend(&ctx, &number.0, new.version, &days, &new.reason).await?;
        let reading = reading::read_number(&ctx, &number.0).await?;
        Ok(Json(view(&reading, ctx.now, ctx.locale())))
    }
}

fn view(reading: &Reading, now: DateTime<Utc>, locale: Locale) -> ComplaintDeadline {
    let of = &reading.complaint;
    let policy = &reading.policy.policy;
    let (kind, class) = (of.kind.code(), of.class.map(Class::code));
    let about = About {
        kind: &kind,
        class: class.as_deref(),
    };
    let legal = |clock: &Clock| legal(clock, policy, about, locale);
    ComplaintDeadline {
        number: of.number.clone(),
        policy: policy.code.clone(),
        policy_valid_from: reading.policy.valid_from,
        respond: legal(&reading.clocks.respond),
        resolve: reading.clocks.resolve.as_ref().map(legal),
        again: again(reading, now, locale),
        stage: reading.clocks.stage.as_ref().map(|it| stage(it, locale)),
        reopen_until: reading.clocks.reopen_until.map(|at| at.fixed_offset()),
        moves: reading
            .moves
            .iter()
            .map(|event| moved(event, reading.zone))
            .collect(),
    }
}

fn legal(clock: &Clock, policy: &Policy, about: About<'_>, locale: Locale) -> LegalClock {
    let term = policy.terms.of(clock.step, about);
    let zone = clock.due_at.timezone();
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).fixed_offset();
    let (state, settled_at) = match clock.outcome {
        Outcome::Running => ("running", None),
        Outcome::Late => ("late", None),
        Outcome::Paused => ("paused", None),
        Outcome::InTime(at) => ("in_time", Some(local(at))),
        Outcome::OutOfTime(at) => ("out_of_time", Some(local(at))),
        Outcome::Ended => ("ended", None),
    };
    LegalClock {
        due_at: clock.due_at.fixed_offset(),
        working_days: clock.working_days,
        state: state.to_owned(),
        settled_at,
        source: term.map(|term| term.source.clone()).unwrap_or_default(),
        certainty: term.map(|term| term.certainty.clone()).unwrap_or_default(),
        kept: clock.kept,
        days: days(&clock.counted, locale),
    }
}

fn again(reading: &Reading, now: DateTime<Utc>, locale: Locale) -> Option<AnswerAgain> {
    let of = &reading.complaint;
    let since = reading.opened_again.filter(|_| of.status.owes_answer())?;
    let local = |at: DateTime<Utc>| at.with_timezone(&reading.zone).fixed_offset();
    let days = of.explanation.days.iter().map(|day| ClockDay {
        date: day.date,
        counted: day.counted,
        code: day.code.clone(),
        reason: day.reason(locale).to_owned(),
    });
    Some(AnswerAgain {
        since: local(since),
        due_at: local(of.due_at),
        working_days: of.explanation.working_days,
        late: of.due_at < now,
        days: days.collect(),
    })
}

fn stage(stage: &Stage, locale: Locale) -> StageClock {
    StageClock {
        status: stage.state,
        since: stage.since.fixed_offset(),
        step: Step::code(stage.step).to_owned(),
        due_at: stage.due_at.fixed_offset(),
        working_days: stage.working_days,
        late: stage.late,
        days: days(&stage.counted, locale),
    }
}

fn days(deadline: &Deadline, locale: Locale) -> Vec<ClockDay> {
    let days = deadline.days.iter().map(|day| ClockDay {
        date: day.date,
        counted: day.counted,
        code: day.reason.code().to_owned(),
        reason: day.reason.text(locale),
    });
    days.collect()
}

fn moved(event: &crate::audit::Model, zone: Tz) -> DeadlineMove {
    let given = |name: &str| {
        let value = event.data.get(name).and_then(|value| value.as_str());
        value.unwrap_or_default().to_owned()
    };
    let instant = |name: &str| match given(name).parse::<DateTime<Utc>>() {
        Ok(at) => at.with_timezone(&zone).to_rfc3339(),
        Err(_) => given(name),
    };
    DeadlineMove {
        at: event.at.with_timezone(&zone).fixed_offset(),
        event: event.verb.clone(),
        due_before: instant("due_before"),
        due_at: instant("due_at"),
        reason: given("reason"),
    }
}
