//! Deadlines in words: what is stored at receipt, and how pages, receipts and lists show it.

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;
use serde::Serialize;

use super::{
    entity::complaint::{self, ExplainedDay, Explanation},
    rules::{Class, Kind, Urgency, urgency},
};
use crate::{
    calendar::{self, About, Deadline, Policy, PolicyId, Step, WorkCalendar, dates},
    organisation::UnitId,
    platform::{
        error::Result,
        i18n::{Locale, Message, capital, t},
    },
};

/// What a citizen is told: until when, why then, and by which numbers.
#[derive(Clone, Debug)]
pub struct Promise {
    pub due_at: DateTime<Utc>,
    pub explanation: Explanation,
    pub policy: PolicyId,
}

/// When something of this kind, received at this local moment, is to be answered, by the policy in force on that day.
pub async fn promise(
    db: &impl ConnectionTrait,
    unit: UnitId,
    received: DateTime<Tz>,
    kind: Kind,
) -> Result<Promise> {
    let in_force = calendar::policy(db, unit, received.date_naive()).await?;
    let calendar = calendar::work_calendar(db, unit).await?;
    let code = kind.code();
    let about = About {
        kind: &code,
        class: None,
    };
    let (due_at, explanation) = counted(&in_force.policy, about, 0, received, &calendar)?;
    Ok(Promise {
        due_at,
        explanation,
        policy: in_force.id,
    })
}

/// When the answer that is owed from this moment on is due, by the policy that the complaint was received under.
pub async fn again(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    from: DateTime<Tz>,
) -> Result<(DateTime<Utc>, Explanation)> {
    let kept = calendar::policy_by_id(db, of.policy_id).await?;
    let calendar = calendar::work_calendar(db, of.unit_id).await?;
    let (kind, class) = (of.kind.code(), of.class.map(Class::code));
    let about = About {
        kind: &kind,
        class: class.as_deref(),
    };
    let (deadline, explanation) = explained(&kept.policy, about, 0, from, &calendar)?;
    let due_at = deadline.due_at.to_utc();
    let explanation = Explanation {
        days: days_of(&deadline.of_reopening()),
        ..explanation
    };
    Ok((due_at, explanation))
}

/// The promise of a complaint that was received at another moment than was written down.
pub async fn anew(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    received: DateTime<Tz>,
) -> Result<Promise> {
    let in_force = calendar::policy(db, of.unit_id, received.date_naive()).await?;
    let calendar = calendar::work_calendar(db, of.unit_id).await?;
    let (kind, class) = (of.kind.code(), of.class.map(Class::code));
    let about = About {
        kind: &kind,
        class: class.as_deref(),
    };
    let (due_at, explanation) = counted(&in_force.policy, about, 0, received, &calendar)?;
    Ok(Promise {
        due_at,
        explanation,
        policy: in_force.id,
    })
}

/// The answer's due date with its explanation.
pub fn counted(
    policy: &Policy,
    about: About<'_>,
    extended: u32,
    from: DateTime<Tz>,
    calendar: &WorkCalendar,
) -> Result<(DateTime<Utc>, Explanation)> {
    let (deadline, explanation) = explained(policy, about, extended, from, calendar)?;
    Ok((deadline.due_at.to_utc(), explanation))
}

/// The answer's deadline with its explanation.
pub fn explained(
    policy: &Policy,
    about: About<'_>,
    extended: u32,
    from: DateTime<Tz>,
    calendar: &WorkCalendar,
) -> Result<(Deadline, Explanation)> {
    let term = policy.term(Step::Respond, about)?;
    let rule = policy.counting(term.working_days + extended);
    let deadline = calendar::deadline(from, &rule, calendar)?;
    let explanation = Explanation {
        days: days_of(&deadline),
        working_days: term.working_days + extended,
        extended,
        source: term.source.clone(),
        certainty: term.certainty.clone(),
    };
    Ok((deadline, explanation))
}

/// The explanation of a date that was told and stays, though the calendar would name an earlier one now.
pub fn kept(
    of: &Explanation,
    counted: &Deadline,
    told: DateTime<Tz>,
    calendar: &WorkCalendar,
) -> Result<Explanation> {
    Ok(Explanation {
        days: days_of(&calendar::ending(counted, told, calendar)?),
        ..of.clone()
    })
}

/// Every day of a deadline in both languages.
#[must_use]
pub fn days_of(deadline: &Deadline) -> Vec<ExplainedDay> {
    let days = deadline.days.iter().map(|day| ExplainedDay {
        date: day.date,
        counted: day.counted,
        code: day.reason.code().to_owned(),
        id: day.reason.text(Locale::Id),
        en: day.reason.text(Locale::En),
    });
    days.collect()
}

impl ExplainedDay {
    #[must_use]
    pub fn reason(&self, locale: Locale) -> &str {
        match locale {
            Locale::Id => &self.id,
            Locale::En => &self.en,
        }
    }
}

/// What the partial `deadline` shows.
#[derive(Clone, Debug, Serialize)]
pub struct DueView {
    pub title: String,
    pub note: String,
    pub days: Vec<DayView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct DayView {
    pub label: String,
    pub text: String,
    pub class: &'static str,
}

/// The deadline of a complaint, day by day.
#[must_use]
pub fn view(of: &complaint::Model, calendar: &WorkCalendar, zone: Tz, locale: Locale) -> DueView {
    let due = of.due_at.with_timezone(&zone);
    DueView {
        title: Message::new("complaints-due-title")
            .with("at", dates::date_time(&due, locale))
            .text(locale),
        note: note(of, calendar, zone, locale),
        days: runs(&of.explanation.days)
            .into_iter()
            .map(|run| day_view(run, &due, locale))
            .collect(),
    }
}

/// Where the number of days comes from, and what may still change: by the decrees that are here now, not by those
/// that were here at the receipt.
#[must_use]
pub fn note(of: &complaint::Model, calendar: &WorkCalendar, zone: Tz, locale: Locale) -> String {
    let why = &of.explanation;
    let key = match why.certainty.as_str() {
        "unverified" => "complaints-due-note-unset",
        _ => "complaints-due-note",
    };
    let mut text = Message::new(key)
        .with("days", why.working_days)
        .with("source", &why.source)
        .text(locale);
    if why.extended > 0 {
        let more = Message::new("complaints-due-note-extended").with("days", why.extended);
        text.push(' ');
        text.push_str(&more.text(locale));
    }
    let due = of.due_at.with_timezone(&zone).date_naive();
    // What is settled moves no more.
    let open = of.status.owes_answer();
    if let Some(warning) = calendar::open_warning(due, calendar).filter(|_| open) {
        text.push(' ');
        text.push_str(&warning.text(locale));
    }
    text
}

/// Days in a row that are skipped for the same reason stand together.
#[must_use]
pub fn runs(days: &[ExplainedDay]) -> Vec<&[ExplainedDay]> {
    days.chunk_by(|a, b| a.code == b.code && a.id == b.id && !a.counted && !b.counted)
        .collect()
}

/// `Sel 17 Mar`, `Sab 21–Min 22 Mar`.
#[must_use]
pub fn run_label(run: &[ExplainedDay], locale: Locale) -> String {
    let label = |date: NaiveDate| {
        format!(
            "{} {}",
            dates::day_label(date, locale),
            dates::month_short(date, locale)
        )
    };
    match (run.first(), run.last()) {
        (Some(first), Some(last)) if first.date != last.date => format!(
            "{}–{}",
            dates::day_label(first.date, locale),
            label(last.date)
        ),
        (Some(only), _) => label(only.date),
        _ => String::new(),
    }
}

#[must_use]
pub fn day_view(run: &[ExplainedDay], due: &DateTime<Tz>, locale: Locale) -> DayView {
    let (first, last) = (&run[0], &run[run.len() - 1]);
    let (class, text) = if last.code == "due" {
        let until = Message::new("complaints-day-due")
            .with("reason", last.reason(locale))
            .with("at", dates::clock(due, locale));
        ("due", until.text(locale))
    } else if matches!(first.code.as_str(), "received" | "began" | "reopened") {
        ("from", first.reason(locale).to_owned())
    } else if last.counted {
        ("count", last.reason(locale).to_owned())
    } else {
        ("skip-day", last.reason(locale).to_owned())
    };
    DayView {
        label: run_label(run, locale),
        text,
        class,
    }
}

/// Up to when a deadline is near: the end of the next working day. On a Friday what is due on Monday is
/// near; before a long holiday what is due after it.
#[must_use]
pub fn soon_until(now: DateTime<Utc>, zone: Tz, calendar: &WorkCalendar) -> DateTime<Utc> {
    let today = now.with_timezone(&zone).date_naive();
    let next = calendar::next_working_day(today, calendar).unwrap_or(today);
    end_of(next, zone)
}

/// The end of the second working day from now: what a head can still have answered in time.
#[must_use]
pub fn day_after_until(now: DateTime<Utc>, zone: Tz, calendar: &WorkCalendar) -> DateTime<Utc> {
    let today = now.with_timezone(&zone).date_naive();
    let second = calendar::add_working_days(today, 2, calendar).unwrap_or(today);
    end_of(second, zone).max(soon_until(now, zone, calendar))
}

/// The last moment of a local day.
#[must_use]
pub fn end_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let after = day.succ_opt().unwrap_or(day);
    let midnight = after.and_time(chrono::NaiveTime::MIN);
    let start = zone
        .from_local_datetime(&midnight)
        .earliest()
        .map_or_else(|| midnight.and_utc(), |local| local.to_utc());
    start - TimeDelta::microseconds(1)
}

/// A chip: colour, words, icon.
#[derive(Clone, Debug, Serialize)]
pub struct Chip {
    pub kind: &'static str,
    pub text: String,
    pub icon: &'static str,
}

/// How much time is left, in the unit people think in.
#[must_use]
pub fn due_chip(
    of: &complaint::Model,
    now: DateTime<Utc>,
    zone: Tz,
    calendar: &WorkCalendar,
    locale: Locale,
) -> Chip {
    match urgency(of.status, of.due_at, now, soon_until(now, zone, calendar)) {
        Urgency::Paused => {
            let (kind, text, icon) = paused_chip(of, locale);
            Chip { kind, text, icon }
        }
        _ => left_chip(of.due_at.with_timezone(&zone), now, calendar, locale),
    }
}

/// The same of any moment by which something is owed: one colour and one wording wherever a deadline is shown.
#[must_use]
pub fn left_chip(
    due: DateTime<Tz>,
    now: DateTime<Utc>,
    calendar: &WorkCalendar,
    locale: Locale,
) -> Chip {
    let zone = due.timezone();
    let left = calendar::remaining(&now.with_timezone(&zone), &due, calendar).text(locale);
    let (kind, text, icon) = if due < now {
        ("late", format!("▲ {}", capital(&left)), "")
    } else if due <= soon_until(now, zone, calendar) {
        ("soon", format!("◐ {left}"), "")
    } else {
        ("ok", left, "clock")
    };
    Chip { kind, text, icon }
}

fn paused_chip(of: &complaint::Model, locale: Locale) -> (&'static str, String, &'static str) {
    match (of.answered_at, of.answered_in_time) {
        (Some(_), Some(true)) => ("plain", t(locale, "complaints-chip-in-time"), "check-lg"),
        (Some(_), Some(false)) => (
            "plain",
            t(locale, "complaints-chip-out-of-time"),
            "exclamation-triangle",
        ),
        _ if of.status.is_final() => ("plain", t(locale, "complaints-chip-ended"), "check-lg"),
        _ => ("plain", t(locale, "complaints-chip-paused"), "pause-circle"),
    }
}
