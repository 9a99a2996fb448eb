//! How a period is shown: its state in words, its days, the way from one page of it to the others.

use chrono::NaiveDate;
use poem::http::StatusCode;
use serde::Serialize;

use super::{
    reading::{Asked, Whole},
    rules::Phase,
    service::has_own,
};
use crate::{
    calendar::dates,
    platform::{
        error::FieldError,
        i18n::{Locale, Message, t},
        web::forms::ErrorLine,
    },
    surveys::{
        entity::setup::{SurveyPeriodId, element},
        results::localised,
    },
};

#[derive(Clone, Debug, Serialize)]
pub struct ChipView {
    pub kind: &'static str,
    pub text: String,
    pub icon: &'static str,
}

#[must_use]
pub fn chip(phase: Phase, locale: Locale) -> ChipView {
    let (kind, key, icon) = match phase {
        Phase::Draft => ("plain", "surveys-phase-draft", "pencil-square"),
        Phase::Coming => ("info", "surveys-phase-coming", "calendar-event"),
        Phase::Open => ("ok", "surveys-phase-open", "check-circle"),
        Phase::Closed => ("soon", "surveys-phase-closed", "hourglass-split"),
        Phase::Frozen => ("plain", "surveys-phase-frozen", "lock"),
    };
    ChipView {
        kind,
        text: t(locale, key),
        icon,
    }
}

/// "1 Maret 2026 – 31 Maret 2026".
#[must_use]
pub fn days(from: NaiveDate, to: NaiveDate, locale: Locale) -> String {
    format!(
        "{} – {}",
        dates::date(from, locale),
        dates::date(to, locale)
    )
}

#[must_use]
pub fn base_of(id: SurveyPeriodId) -> String {
    format!("/kerja/survei/{id}")
}

/// The head of every page of a period.
#[derive(Serialize)]
pub struct HeadView {
    pub title: String,
    pub href: String,
    pub unit: String,
    pub days: String,
    pub chip: ChipView,
    pub version: i32,
}

#[must_use]
pub fn head(whole: &Whole, locale: Locale) -> HeadView {
    let period = &whole.period;
    HeadView {
        title: period.title.clone(),
        href: base_of(period.id),
        unit: whole.unit.name.clone(),
        days: days(period.opens_on, period.closes_on, locale),
        chip: chip(whole.phase, locale),
        version: period.version,
    }
}

/// A field of a table of fields: its name is made at run time. Looks like any other to the partials.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RowField {
    pub name: String,
    pub value: String,
    pub error: Option<String>,
    pub required: bool,
    pub maxlength: Option<usize>,
    pub options: Vec<String>,
}

impl RowField {
    #[must_use]
    pub fn new(name: String, value: impl Into<String>, required: bool, maxlength: usize) -> Self {
        Self {
            name,
            value: value.into(),
            required,
            maxlength: Some(maxlength),
            ..Self::default()
        }
    }
}

/// What a form that was refused is answered with; without a fault it is no refusal.
pub struct Refusal {
    pub errors: Vec<ErrorLine>,
    pub status: StatusCode,
}

#[must_use]
pub fn refusal_of(faults: &[FieldError], refused: Option<&str>, locale: Locale) -> Refusal {
    let line = |fault: &FieldError| ErrorLine {
        field: fault.field.clone(),
        message: fault.message.text(locale),
    };
    Refusal {
        errors: faults.iter().map(line).collect(),
        status: match faults.is_empty() && refused.is_none() {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        },
    }
}

/// "120 dari 132 (90 %)" and how long its bar is, or the count alone while nobody knows how many people there are.
#[must_use]
pub fn progress(answers: i64, target: Option<u64>, locale: Locale) -> (Option<u64>, String) {
    let answers = u64::try_from(answers).unwrap_or_default();
    match target {
        Some(target) => {
            let percent = floor(answers, target);
            let text = Message::new("surveys-progress")
                .with("answers", answers)
                .with("target", target)
                .with("percent", percent)
                .text(locale);
            (Some(percent.min(100)), text)
        }
        None => {
            let message = Message::new("surveys-progress-open").with("answers", answers);
            (None, message.text(locale))
        }
    }
}

/// How far a service is, with a word when it has enough, and when more answered than use it.
#[must_use]
pub fn progress_of(one: &Asked, locale: Locale) -> (Option<u64>, String) {
    let (percent, text) = progress(one.answers, one.target, locale);
    let people = one.row.population;
    let enough = |target: u64| u64::try_from(one.answers).is_ok_and(|answers| answers >= target);
    let message = match one.target {
        Some(_) if one.answers > people => {
            Message::new("surveys-progress-beyond").with("people", people)
        }
        Some(target) if enough(target) => Message::new("surveys-progress-enough"),
        _ => return (percent, text),
    };
    (percent, message.with("progress", text).text(locale))
}

/// How far all of them are. What one service has too many of stands for no other.
#[must_use]
pub fn progress_of_all(services: &[Asked], locale: Locale) -> String {
    let answers: i64 = services.iter().map(|one| one.answers).sum();
    let targets = services.iter().map(|one| one.target);
    let Some(target) = targets.sum::<Option<u64>>() else {
        return progress(answers, None, locale).1;
    };
    let covered = covered(services.iter().map(|one| (one.answers, one.target)));
    if u64::try_from(answers).is_ok_and(|answers| answers == covered) {
        return progress(answers, Some(target), locale).1;
    }
    Message::new("surveys-progress-total")
        .with("answers", answers)
        .with("covered", covered)
        .with("target", target)
        .with("percent", floor(covered, target))
        .text(locale)
}

/// The answers that count towards the targets: of each service no more than it needs.
fn covered(services: impl Iterator<Item = (i64, Option<u64>)>) -> u64 {
    let counted = services.map(|(answers, target)| {
        let answers = u64::try_from(answers).unwrap_or_default();
        target.map_or(answers, |target| answers.min(target))
    });
    counted.sum()
}

/// Rounded down: 100 % is said only of all.
fn floor(part: u64, whole: u64) -> u64 {
    (part * 100).checked_div(whole).unwrap_or(100)
}

#[derive(Serialize)]
pub struct FactView {
    term: String,
    text: String,
}

#[derive(Serialize)]
pub struct ServiceView {
    name: String,
    population: String,
    progress: String,
    percent: Option<u64>,
}

/// By which rules its figures are made.
#[must_use]
pub fn facts(whole: &Whole, locale: Locale) -> Vec<FactView> {
    let period = &whole.period;
    let tail = |code: &str| code.to_lowercase().replace(['/', '.'], "-");
    let weights = match has_own(&whole.elements) {
        true => t(locale, "surveys-weights-own"),
        false => t(
            locale,
            &format!("surveys-weights-{}", tail(&period.weight_policy)),
        ),
    };
    let volume = match period.by_volume {
        true => "surveys-by-volume-yes",
        false => "surveys-by-volume-no",
    };
    [
        (
            "surveys-field-grades",
            t(
                locale,
                &format!("surveys-grades-{}", tail(&period.grade_table)),
            ),
        ),
        ("surveys-field-weights", weights),
        ("surveys-field-volume", t(locale, volume)),
        (
            "surveys-field-minimum",
            Message::new("surveys-minimum-text")
                .with("count", period.minimum_answers)
                .text(locale),
        ),
        (
            "surveys-field-least",
            Message::new("surveys-least-text")
                .with("percent", period.least_percent)
                .text(locale),
        ),
    ]
    .into_iter()
    .map(|(key, text)| FactView {
        term: t(locale, key),
        text,
    })
    .collect()
}

/// Which services the figure by volume will leave out, while that can be mended.
#[must_use]
pub fn volume_lacks(whole: &Whole, locale: Locale) -> Option<String> {
    let lacking = whole.services.iter().filter(|one| one.row.volume == 0);
    let names: Vec<&str> = lacking.map(|one| one.name.as_str()).collect();
    let mendable = whole.period.by_volume && whole.phase != Phase::Frozen;
    (mendable && !names.is_empty()).then(|| {
        Message::new("surveys-volume-lacks")
            .with("services", names.join("; "))
            .text(locale)
    })
}

/// Its services with how far each is.
#[must_use]
pub fn service_views(whole: &Whole, locale: Locale) -> Vec<ServiceView> {
    let services = whole.services.iter().map(|one| {
        let (percent, progress) = progress_of(one, locale);
        let people = u64::try_from(one.row.population).unwrap_or_default();
        ServiceView {
            name: one.name.clone(),
            population: match people {
                0 => "–".to_owned(),
                some => dates::whole(some, locale),
            },
            progress,
            percent,
        }
    });
    services.collect()
}

/// An element with its own weight where it has one: `U2 Keamanan Parkir (bobot 0,25)`.
#[must_use]
pub fn asked(one: &element::Model, locale: Locale) -> String {
    let name = format!("{} {}", one.label, one.name(locale));
    match &one.weight {
        Some(weight) => Message::new("surveys-element-weighs")
            .with("element", name)
            .with("weight", localised(weight, locale))
            .text(locale),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::{covered, progress};
    use crate::platform::i18n::Locale;

    #[test]
    fn all_of_them_is_said_only_of_all() {
        for (answers, target, bar, words) in [
            (131, 132, 99, "131 dari 132 (99 %)"),
            (399, 400, 99, "399 dari 400 (99 %)"),
            (23, 73, 31, "23 dari 73 (31 %)"),
            (400, 400, 100, "400 dari 400 (100 %)"),
            (0, 0, 100, "0 dari 0 (100 %)"),
        ] {
            let said = progress(answers, Some(target), Locale::Id);
            assert_eq!(said, (Some(bar), words.to_owned()));
        }
    }

    #[test]
    fn what_one_service_has_too_many_of_stands_for_no_other() {
        for (services, expected) in [
            (&[(10_000, Some(155)), (50, Some(389))][..], 205),
            (&[(155, Some(155)), (0, Some(10))], 155),
            (&[(7, None), (3, Some(2))], 9),
            (&[], 0),
        ] {
            assert_eq!(covered(services.iter().copied()), expected);
        }
    }
}
