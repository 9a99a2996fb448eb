//! Both clocks in plain words: for the office with every number, for the citizen as sentences.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    extending,
    reading::Reading,
    rules::{Clock, Outcome, Stage},
};
use crate::{
    access::{Ctx, Permission},
    calendar::{self, Step, dates},
    complaints::{
        entity::complaint::{self, ExplainedDay},
        explain::{self, Chip, DayView},
        rules::Status,
        words,
    },
    platform::i18n::{Locale, Message, t},
};

/// What the panel of the case page shows.
#[derive(Serialize)]
pub struct ClocksView {
    pub clocks: Vec<ClockView>,
    pub moves: Vec<String>,
    /// Null for who may not put it off, and when it cannot be.
    pub extend_href: Option<String>,
}

#[derive(Serialize)]
pub struct ClockView {
    pub title: String,
    pub chip: Chip,
    pub text: String,
    pub note: String,
    pub days: Vec<DayView>,
    #[serde(skip)]
    due_at: DateTime<Utc>,
}

fn chip(kind: &'static str, text: String, icon: &'static str) -> Chip {
    Chip { kind, text, icon }
}

/// The panel for the staff.
#[must_use]
pub fn for_staff(ctx: &Ctx, reading: &Reading) -> ClocksView {
    let locale = ctx.locale();
    let of = &reading.complaint;
    let mut clocks = vec![legal(
        reading,
        &reading.clocks.respond,
        "clock-respond",
        ctx.now,
        locale,
    )];
    if let Some(resolve) = &reading.clocks.resolve {
        clocks.push(legal(reading, resolve, "clock-resolve", ctx.now, locale));
    }
    if let Some(stage) = &reading.clocks.stage {
        clocks.push(stage_view(reading, stage, ctx.now, locale));
    }
    // The panel above shows the days of the answer owed now; they are not told twice.
    for clock in &mut clocks {
        if clock.due_at == of.due_at {
            clock.days.clear();
        }
    }
    let extendable = extending::refusal(of, ctx.now).is_none()
        && ctx.may(Permission::ExtendDeadline, of.unit_id);
    ClocksView {
        clocks,
        moves: reading
            .moves
            .iter()
            .map(|event| {
                let given = |name: &str| {
                    let value = event.data.get(name).and_then(|value| value.as_str());
                    value.unwrap_or_default().to_owned()
                };
                Message::new("clock-moved")
                    .with("due", given(&format!("due_{}", locale.code())))
                    .with("reason", given("reason"))
                    .text(locale)
            })
            .collect(),
        extend_href: extendable.then(|| format!("/kerja/pengaduan/{}/perpanjang", of.number)),
    }
}

fn left(reading: &Reading, stage: &Stage, now: DateTime<Utc>, locale: Locale) -> String {
    let now = now.with_timezone(&reading.zone);
    calendar::remaining(&now, &stage.due_at, &reading.calendar).text(locale)
}

fn legal(
    reading: &Reading,
    clock: &Clock,
    key: &str,
    now: DateTime<Utc>,
    locale: Locale,
) -> ClockView {
    let chip = match clock.outcome {
        Outcome::Running | Outcome::Late => {
            explain::left_chip(clock.due_at, now, &reading.calendar, locale)
        }
        Outcome::Paused => chip("plain", t(locale, "clock-paused"), "pause-circle"),
        Outcome::InTime(_) => chip("ok", t(locale, "clock-in-time"), "check-lg"),
        Outcome::OutOfTime(_) => chip(
            "late",
            t(locale, "clock-out-of-time"),
            "exclamation-triangle",
        ),
        Outcome::Ended => chip("plain", t(locale, "clock-ended"), "x-lg"),
    };
    let sort = super::reading::Sort::of(&reading.complaint);
    let term = reading.policy.policy.terms.of(clock.step, sort.about());
    let source = term.map(|term| term.source.clone()).unwrap_or_default();
    let mut note = Message::new("clock-source")
        .with("days", clock.working_days)
        .with("source", source)
        .text(locale);
    if clock.kept {
        note = format!("{note} {}", t(locale, "clock-kept"));
    }
    ClockView {
        title: t(locale, key),
        chip,
        text: Message::new("clock-until")
            .with("at", dates::date_time(&clock.due_at, locale))
            .text(locale),
        note,
        days: days(
            &explain::days_of(&clock.counted),
            &clock.counted.due_at,
            locale,
        ),
        due_at: clock.due_at.to_utc(),
    }
}

fn stage_view(reading: &Reading, stage: &Stage, now: DateTime<Utc>, locale: Locale) -> ClockView {
    let waits = matches!(stage.state, Status::Incomplete | Status::Answered);
    let chip = match waits && !stage.late {
        // It is the citizen's time.
        true => chip(
            "plain",
            left(reading, stage, now, locale),
            "hourglass-split",
        ),
        false => explain::left_chip(stage.due_at, now, &reading.calendar, locale),
    };
    let step = stage.step.code().replace('_', "-");
    ClockView {
        title: Message::new("clock-stage")
            .with("status", words::status(stage.state, locale))
            .text(locale),
        chip,
        text: Message::new(&format!("clock-stage-{step}"))
            .with("at", dates::date_time(&stage.due_at, locale))
            .text(locale),
        note: Message::new(match stage.step {
            Step::Complete => "clock-stage-since-waiting",
            Step::Respond if reading.opened_again.is_some() => "clock-stage-since-reopened",
            _ => "clock-stage-since",
        })
        .with("at", dates::date_time(&stage.since, locale))
        .text(locale),
        days: days(
            &explain::days_of(&stage.counted),
            &stage.counted.due_at,
            locale,
        ),
        due_at: stage.due_at.to_utc(),
    }
}

fn days(all: &[ExplainedDay], due: &DateTime<chrono_tz::Tz>, locale: Locale) -> Vec<DayView> {
    explain::runs(all)
        .into_iter()
        .map(|run| explain::day_view(run, due, locale))
        .collect()
}

/// With what it is called: whoever thanks has not complained.
fn named(of: &complaint::Model, key: &str, locale: Locale) -> Message {
    Message::new(key)
        .with("kind", of.kind.code())
        .with("voice", words::kind(of.kind, locale))
        .with("called", words::called(of.kind, locale))
}

/// What the citizen reads beside the deadline: what happens next and by when, in whole sentences.
#[must_use]
pub fn for_citizen(reading: &Reading, locale: Locale) -> Vec<String> {
    let mut said = Vec::new();
    let day = |at: &DateTime<chrono_tz::Tz>| dates::long_date(at.date_naive(), locale);
    let of = &reading.complaint;
    if let Some(stage) = &reading.clocks.stage {
        let key = match stage.step {
            Step::AutoClose => Some("clock-citizen-auto-close"),
            Step::Complete if stage.late => Some("clock-citizen-complete-over"),
            Step::Complete => Some("clock-citizen-complete"),
            Step::Respond if of.answered_at.is_some() => Some("clock-citizen-again"),
            _ => None,
        };
        if let Some(key) = key {
            let at = day(&stage.due_at);
            let until = reading
                .clocks
                .reopen_until
                .map_or(at.clone(), |end| day(&end));
            let message = named(of, key, locale).with("at", at).with("until", until);
            said.push(message.text(locale));
        }
        if stage.step == Step::Complete {
            let at = dates::date_time(&of.due_at.with_timezone(&reading.zone), locale);
            said.push(
                Message::new("clock-citizen-still-owed")
                    .with("at", at)
                    .text(locale),
            );
        }
    }
    if matches!(reading.clocks.respond.outcome, Outcome::Late) {
        said.push(named(of, "clock-citizen-late", locale).text(locale));
    }
    match &reading.clocks.resolve {
        Some(clock)
            if matches!(
                clock.outcome,
                Outcome::Running | Outcome::Paused | Outcome::Late
            ) =>
        {
            let at = day(&clock.due_at);
            said.push(
                Message::new("clock-citizen-resolve")
                    .with("at", at)
                    .text(locale),
            );
        }
        _ => {}
    }
    said
}
