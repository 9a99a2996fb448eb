//! When a period may be changed, opened, closed and frozen; how weights and targets are checked.

use chrono::NaiveDate;

use crate::{
    platform::words::folded,
    surveys::{
        entity::setup::{SurveyState, period},
        rules::exact::{self, Exact},
    },
};

/// By which table a figure becomes a grade; the table belongs to the period.
pub const GRADE_TABLES: [&str; 2] = ["14/2017", "KEP/25/2004"];
/// How elements weigh where none has a weight of its own. `exact` is 1/n; the others reproduce older reports.
pub const WEIGHT_POLICIES: [&str; 4] = ["exact", "0.11", "0.111", "0.071"];
/// A sheet of more elements is not filled in a minute; KEP/25/2004 had fourteen.
pub const MOST_ELEMENTS: usize = 20;
/// Figures of fewer answers are not shown: a setting of this program, for one person must not be read from a figure.
pub const USUAL_MINIMUM: i32 = 5;
/// No office may set it lower: of four people in a small one each knows the three others.
pub const LEAST_MINIMUM: i64 = 5;
/// A sheet counts when half of it is filled: a setting of this program; the regulation names no number.
pub const USUAL_LEAST_PERCENT: i32 = 50;
/// A longer period is no measurement but a habit.
pub const LONGEST_PERIOD_DAYS: i64 = 400;
/// Digits behind the point of a weight.
const WEIGHT_DIGITS: usize = 9;
pub const WHOLE: u64 = 1_000_000_000;

/// Whether a rounded weight times so many elements stays within the scale.
#[must_use]
pub fn policy_fits(policy: &str, elements: usize) -> bool {
    let one = billionths(policy).unwrap_or_default();
    u64::try_from(elements).is_ok_and(|count| one * count <= WHOLE)
}

/// What somebody says about the weights of a period. What is named wins: weights of before, which nobody named, neither
/// overrule it nor stay in silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightChoice {
    /// Nothing: own weights of before go on where there are some.
    Unsaid,
    /// The own weights of before go on.
    Own,
    Named(&'static str),
}

impl WeightChoice {
    /// How own weights are called among the policies.
    pub const OWN: &'static str = "own";

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        if code == Self::OWN {
            return Some(Self::Own);
        }
        let named = WEIGHT_POLICIES.iter().find(|policy| **policy == code);
        named.copied().map(Self::Named)
    }

    /// How elements weigh that have no weight of their own.
    #[must_use]
    pub fn policy(self) -> &'static str {
        match self {
            Self::Unsaid | Self::Own => WEIGHT_POLICIES[0],
            Self::Named(policy) => policy,
        }
    }

    #[must_use]
    pub fn keeps_own(self) -> bool {
        !matches!(self, Self::Named(_))
    }

    /// Whether it can be had of elements that have own weights, or have none.
    #[must_use]
    pub fn fits(self, own: bool) -> bool {
        own || self != Self::Own
    }
}

/// Where a period stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Draft,
    /// Opened, but its first day is still to come.
    Coming,
    Open,
    /// By decision, or because its last day is over.
    Closed,
    Frozen,
}

#[must_use]
pub fn phase(period: &period::Model, today: NaiveDate) -> Phase {
    match period.state {
        SurveyState::Draft => Phase::Draft,
        SurveyState::Frozen => Phase::Frozen,
        SurveyState::Closed => Phase::Closed,
        SurveyState::Open if today < period.opens_on => Phase::Coming,
        SurveyState::Open if today > period.closes_on => Phase::Closed,
        SurveyState::Open => Phase::Open,
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("what a period asks is fixed once it is open")]
    Fixed,
    #[error("the period has no service")]
    NoService,
    #[error("another period asks about {service} on the same days")]
    Overlaps { service: String },
    #[error("{title} asks about {service} on the same days, and nobody said that it is meant")]
    OverlapsUnsaid { title: String, service: String },
    #[error("the last day is over")]
    Past,
    #[error("the period is not open")]
    NotOpen,
    #[error("the period is not closed yet")]
    NotClosed,
    #[error("the period is frozen")]
    Frozen,
    #[error("enough answered the element")]
    Answered,
    #[error("nobody answered")]
    Unanswered,
    #[error("hardly anybody answered {elements}")]
    ElementUnanswered { elements: String },
    #[error("nobody said that {answers} answers that look like a machine's count")]
    CountUnsaid { answers: usize },
}

/// Elements, questions and services change only before the first answer can come.
pub fn may_change(period: &period::Model) -> Result<(), Broken> {
    match period.state {
        SurveyState::Draft => Ok(()),
        SurveyState::Frozen => Err(Broken::Frozen),
        SurveyState::Open | SurveyState::Closed => Err(Broken::Fixed),
    }
}

/// What was never opened may go again; an answer is never thrown away with its period.
pub fn may_discard(period: &period::Model, answers: u64) -> Result<(), Broken> {
    match answers {
        0 => may_change(period),
        _ => Err(Broken::Fixed),
    }
}

/// The state of a period that is opened. One that is over takes no answers any more, only the paper sheets of its days.
pub fn opened(
    period: &period::Model,
    today: NaiveDate,
    services: usize,
) -> Result<SurveyState, Broken> {
    may_change(period)?;
    if services == 0 {
        return Err(Broken::NoService);
    }
    match period.closes_on < today {
        true => Ok(SurveyState::Closed),
        false => Ok(SurveyState::Open),
    }
}

/// A later last day: of a period that is open, and of one that was closed too early.
pub fn may_extend(
    period: &period::Model,
    today: NaiveDate,
    closes_on: NaiveDate,
) -> Result<(), Broken> {
    match period.state {
        SurveyState::Draft => Err(Broken::NotOpen),
        SurveyState::Frozen => Err(Broken::Frozen),
        SurveyState::Open | SurveyState::Closed if closes_on < today => Err(Broken::Past),
        SurveyState::Open | SurveyState::Closed => Ok(()),
    }
}

/// The last day that is proposed for a period: its own while that can still come, else today, for one that is closed opens
/// again until then. None where the period would be longer than any may be.
#[must_use]
pub fn next_last_day(period: &period::Model, today: NaiveDate) -> Option<NaiveDate> {
    let day = match period.state {
        SurveyState::Draft => period.closes_on,
        _ => period.closes_on.max(today),
    };
    let days = (day - period.opens_on).num_days();
    (days <= LONGEST_PERIOD_DAYS).then_some(day)
}

pub fn may_close(period: &period::Model, today: NaiveDate) -> Result<(), Broken> {
    match phase(period, today) {
        Phase::Frozen => Err(Broken::Frozen),
        Phase::Open | Phase::Coming => Ok(()),
        Phase::Draft | Phase::Closed => Err(Broken::NotOpen),
    }
}

pub fn may_freeze(period: &period::Model, today: NaiveDate) -> Result<(), Broken> {
    match phase(period, today) {
        Phase::Closed => Ok(()),
        Phase::Frozen => Err(Broken::Frozen),
        Phase::Draft => Err(Broken::NotOpen),
        Phase::Coming | Phase::Open => Err(Broken::NotClosed),
    }
}

/// What looks like a machine's and was not set aside counts when somebody says so: nothing is decided by being passed over.
pub fn may_count(answers: usize, said: bool) -> Result<(), Broken> {
    match answers > 0 && !said {
        true => Err(Broken::CountUnsaid { answers }),
        false => Ok(()),
    }
}

/// An element that nobody answers leaves only when the last answer came.
pub fn may_take_out(period: &period::Model, today: NaiveDate) -> Result<(), Broken> {
    may_freeze(period, today)
}

/// Answers are set aside when the last one came, and before the figures are fixed.
pub fn may_set_aside(period: &period::Model, today: NaiveDate) -> Result<(), Broken> {
    may_freeze(period, today)
}

/// The first of four answers that says the same as one before it: who reads them could not choose.
#[must_use]
pub fn repeated(answers: &[String; 4]) -> Option<usize> {
    let words = answers.each_ref().map(|text| folded(text));
    (1..words.len()).find(|at| !words[*at].is_empty() && words[..*at].contains(&words[*at]))
}

/// Whether two spans of days share one.
#[must_use]
pub fn overlap(a: (NaiveDate, NaiveDate), b: (NaiveDate, NaiveDate)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

/// What is wrong with weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WeightFault {
    /// The n-th is no decimal number between 0 and 1.
    Unreadable(usize),
    /// Some elements have one and the n-th has none.
    Missing(usize),
    /// They sum to this instead of 1.
    Sum(String),
}

/// Own weights are all given or none is, and sum to exactly 1: compared in whole billionths, never as floating point.
pub fn check_weights(weights: &[Option<String>]) -> Result<(), WeightFault> {
    if weights.iter().all(Option::is_none) {
        return Ok(());
    }
    let mut sum = 0;
    for (at, weight) in weights.iter().enumerate() {
        let text = weight.as_deref().ok_or(WeightFault::Missing(at))?;
        sum += billionths(text).ok_or(WeightFault::Unreadable(at))?;
    }
    match sum {
        WHOLE => Ok(()),
        _ => Err(WeightFault::Sum(decimal_of(sum))),
    }
}

/// `0.125` as 125,000,000; a comma is read as a point. None for what is no decimal from above 0 up to 1.
#[must_use]
pub fn billionths(text: &str) -> Option<u64> {
    let text = text.trim().replace(',', ".");
    let (whole, behind) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() > 1 || !digits(whole) || !digits(behind) || behind.len() > WEIGHT_DIGITS {
        return None;
    }
    let whole: u64 = match whole {
        "" => 0,
        some => some.parse().ok()?,
    };
    let behind: u64 = format!("{behind:0<WEIGHT_DIGITS$}").parse().ok()?;
    Some(whole * WHOLE + behind).filter(|value| (1..=WHOLE).contains(value))
}

/// A kept weight as a fraction: by the one function that also let it in.
#[must_use]
pub fn weight(text: &str) -> Option<Exact> {
    exact::ratio(billionths(text)?, WHOLE)
}

/// The shortest decimal text of billionths.
#[must_use]
pub fn decimal_of(billionths: u64) -> String {
    let text = format!("{}.{:09}", billionths / WHOLE, billionths % WHOLE);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(state: SurveyState) -> period::Model {
        period::Model {
            id: crate::surveys::entity::setup::SurveyPeriodId::new(),
            unit_id: crate::organisation::UnitId::new(),
            title: "Semester I".to_owned(),
            opens_on: "2026-03-01".parse().unwrap(),
            closes_on: "2026-03-31".parse().unwrap(),
            state,
            grade_table: "14/2017".to_owned(),
            weight_policy: "exact".to_owned(),
            by_volume: false,
            minimum_answers: USUAL_MINIMUM,
            least_percent: USUAL_LEAST_PERCENT,
            frozen_at: None,
            frozen_by: None,
            frozen_hash: None,
            frozen_counted: None,
            version: 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_last_day_of_an_open_period_is_a_day_of_it() {
        for (today, expected) in [
            ("2026-02-28", Phase::Coming),
            ("2026-03-01", Phase::Open),
            ("2026-03-31", Phase::Open),
            ("2026-04-01", Phase::Closed),
        ] {
            let today = today.parse().unwrap();
            assert_eq!(phase(&period(SurveyState::Open), today), expected);
        }
    }

    #[test]
    fn a_period_that_is_over_opens_for_its_paper_alone() {
        for (state, today, services, expected) in [
            (SurveyState::Draft, "2026-02-01", 1, Ok(SurveyState::Open)),
            (SurveyState::Draft, "2026-03-31", 1, Ok(SurveyState::Open)),
            (SurveyState::Draft, "2026-04-01", 1, Ok(SurveyState::Closed)),
            (SurveyState::Draft, "2026-03-31", 0, Err(Broken::NoService)),
            (SurveyState::Closed, "2026-03-31", 1, Err(Broken::Fixed)),
        ] {
            let today = today.parse().unwrap();
            assert_eq!(opened(&period(state), today, services), expected);
        }
    }

    #[test]
    fn the_day_that_is_proposed_would_be_taken() {
        for (state, today, expected) in [
            (SurveyState::Draft, "2026-04-01", Some("2026-03-31")),
            (SurveyState::Open, "2026-03-15", Some("2026-03-31")),
            (SurveyState::Open, "2026-04-01", Some("2026-04-01")),
            (SurveyState::Closed, "2026-03-15", Some("2026-03-31")),
            (SurveyState::Closed, "2026-05-02", Some("2026-05-02")),
            // More than the longest period.
            (SurveyState::Closed, "2027-05-02", None),
        ] {
            let today: NaiveDate = today.parse().unwrap();
            let period = period(state);
            let found = next_last_day(&period, today);
            assert_eq!(found, expected.map(|day| day.parse().unwrap()), "{state:?}");
            if let Some(day) = found.filter(|_| state != SurveyState::Draft) {
                assert_eq!(may_extend(&period, today, day), Ok(()));
            }
        }
    }

    #[test]
    fn four_answers_are_four_different_ones() {
        for (answers, expected) in [
            (["Buruk", "Kurang", "Baik", "Sangat baik"], None),
            (["Baik", "Baik", "Baik", "Baik"], Some(1)),
            (["Buruk", "Kurang", "Baik", " kurang "], Some(3)),
        ] {
            assert_eq!(repeated(&answers.map(str::to_owned)), expected);
        }
    }

    #[test]
    fn a_policy_that_is_named_is_not_overruled_by_weights_of_before() {
        for (code, keeps, without_own) in [
            ("own", true, false),
            ("exact", false, true),
            ("0.11", false, true),
            ("0.071", false, true),
        ] {
            let choice = WeightChoice::parse(code).unwrap();
            assert_eq!(
                (choice.keeps_own(), choice.fits(false), choice.fits(true)),
                (keeps, without_own, true),
                "{code}"
            );
        }
        assert_eq!(WeightChoice::parse("0.12"), None);
        let unsaid = WeightChoice::Unsaid;
        assert!(unsaid.keeps_own() && unsaid.fits(false));
        assert_eq!(unsaid.policy(), "exact");
    }

    #[test]
    fn a_period_is_frozen_after_it_was_closed_and_once() {
        for (state, today, expected) in [
            (SurveyState::Draft, "2026-04-01", Err(Broken::NotOpen)),
            (SurveyState::Open, "2026-03-31", Err(Broken::NotClosed)),
            (SurveyState::Open, "2026-04-01", Ok(())),
            (SurveyState::Closed, "2026-03-15", Ok(())),
            (SurveyState::Frozen, "2026-04-01", Err(Broken::Frozen)),
        ] {
            let today = today.parse().unwrap();
            assert_eq!(may_freeze(&period(state), today), expected, "{state:?}");
        }
    }

    #[test]
    fn what_looks_like_a_machine_s_counts_only_when_it_is_said() {
        for (answers, said, expected) in [
            (0, false, Ok(())),
            (0, true, Ok(())),
            (12, true, Ok(())),
            (12, false, Err(Broken::CountUnsaid { answers: 12 })),
        ] {
            assert_eq!(may_count(answers, said), expected, "{answers} {said}");
        }
    }

    #[test]
    fn what_is_asked_changes_before_the_first_answer_only() {
        for (state, expected) in [
            (SurveyState::Draft, Ok(())),
            (SurveyState::Open, Err(Broken::Fixed)),
            (SurveyState::Closed, Err(Broken::Fixed)),
            (SurveyState::Frozen, Err(Broken::Frozen)),
        ] {
            assert_eq!(may_change(&period(state)), expected);
        }
    }

    #[test]
    fn own_weights_sum_to_exactly_one() {
        let given = |texts: &[&str]| -> Vec<Option<String>> {
            let texts = texts.iter();
            texts
                .map(|text| (!text.is_empty()).then(|| (*text).to_owned()))
                .collect()
        };
        for (weights, expected) in [
            (given(&["", "", ""]), Ok(())),
            (given(&["0.5", "0,25", ".25"]), Ok(())),
            (given(&["1"]), Ok(())),
            // A third is no decimal: nine digits show it.
            (
                given(&["0.333333333", "0.333333333", "0.333333334"]),
                Ok(()),
            ),
            (
                given(&["0.333", "0.333", "0.333"]),
                Err(WeightFault::Sum("0.999".to_owned())),
            ),
            (
                given(&["0.6", "0.6"]),
                Err(WeightFault::Sum("1.2".to_owned())),
            ),
            (given(&["0.5", ""]), Err(WeightFault::Missing(1))),
            (given(&["0.5", "x"]), Err(WeightFault::Unreadable(1))),
            (given(&["-0.5", "1.5"]), Err(WeightFault::Unreadable(0))),
            (given(&["0", "1"]), Err(WeightFault::Unreadable(0))),
            (
                given(&["0.5000000001", "0.5"]),
                Err(WeightFault::Unreadable(0)),
            ),
        ] {
            assert_eq!(check_weights(&weights), expected, "{weights:?}");
        }
    }

    #[test]
    fn a_rounded_weight_is_for_as_many_elements_as_it_was_made_for() {
        for (policy, elements, fits) in [
            ("exact", 20, true),
            ("0.11", 9, true),
            ("0.111", 9, true),
            ("0.111", 10, false),
            ("0.071", 14, true),
            ("0.071", 15, false),
        ] {
            assert_eq!(policy_fits(policy, elements), fits, "{policy} × {elements}");
        }
    }
}
