//! The forward end of a chain for programs: figures before an action was finished, and after it.

use chrono::NaiveDate;
use poem_openapi::Object;

use crate::{
    action_plans::{ComplaintProof, ElementProof, MatterKind, Proof, Rate, Score, Span},
    platform::i18n::{Locale, t},
};

/// What was measured of an action that the head verified.
#[derive(Object)]
pub struct ActionMeasured {
    /// In the caller's language: figures before and after are no proof of cause.
    caveat: String,
    elements: Vec<MeasuredElement>,
    /// Empty where nothing says which they are, or nothing can be counted yet.
    complaints: Vec<MeasuredComplaints>,
    /// Why none are counted, in the caller's language.
    complaints_missing: Option<String>,
    /// From this day on enough days are over to count complaints.
    complaints_from: Option<NaiveDate>,
    /// Complaints are recorded since this day only, so there is nothing to compare with.
    recorded_since: Option<NaiveDate>,
}

/// An element of the survey.
#[derive(Object)]
struct MeasuredElement {
    /// The stable id.
    id: String,
    name: String,
    /// Of the last frozen period that was over before the action was promised and followed the rules of the first one
    /// after it; where none did, of the last.
    before: Option<MeasuredScore>,
    /// Of each frozen period that began after it was verified, the first first.
    after: Vec<MeasuredScore>,
}

/// What an element scored in a frozen period.
#[derive(Object)]
struct MeasuredScore {
    /// Id of the period.
    survey: String,
    title: String,
    closes_on: NaiveDate,
    /// `U8`, within this period.
    label: String,
    answers: u64,
    /// Too few answered: nothing else is told.
    withheld: bool,
    /// Three decimals.
    nrr: Option<String>,
    /// The exact mean times 25, two decimals.
    index: Option<String>,
    /// How much the NRR is above that before; absent where the periods are not compared.
    change: Option<String>,
    /// Why they are not compared, in the caller's language.
    unlike: Vec<String>,
}

/// Complaints about the same matter in two spans of the same length.
#[derive(Object)]
struct MeasuredComplaints {
    /// By what they belong together.
    by: MatterKind,
    names: Vec<String>,
    before: MeasuredSpan,
    after: MeasuredSpan,
}

/// Local days, both counted.
#[derive(Object)]
struct MeasuredSpan {
    from: NaiveDate,
    to: NaiveDate,
    days: i64,
    count: i64,
    /// In thirty days, one decimal.
    per_30_days: String,
}

impl ActionMeasured {
    /// None where nothing can be measured.
    #[must_use]
    pub fn of(proof: &Proof, locale: Locale) -> Option<Self> {
        if proof.is_empty() {
            return None;
        }
        let (complaints, complaints_from, recorded_since) = match &proof.complaints {
            ComplaintProof::Unmeasured | ComplaintProof::NoMatter | ComplaintProof::NeverAny => {
                (Vec::new(), None, None)
            }
            ComplaintProof::TooSoon(day) => (Vec::new(), Some(*day), None),
            ComplaintProof::NoRecords(day) => (Vec::new(), None, Some(*day)),
            ComplaintProof::Counted(rates) => (rates.iter().map(rate).collect(), None, None),
        };
        let elements = proof.elements.iter();
        Some(Self {
            caveat: t(locale, "proof-caveat"),
            elements: elements.map(|one| element(one, locale)).collect(),
            complaints,
            complaints_missing: proof.complaints.why_not(locale),
            complaints_from,
            recorded_since,
        })
    }
}

fn element(of: &ElementProof, locale: Locale) -> MeasuredElement {
    let after = of.after.iter().map(|later| MeasuredScore {
        change: later.change.clone(),
        unlike: later.unlike.iter().map(|key| t(locale, key)).collect(),
        ..score(&later.score)
    });
    MeasuredElement {
        id: of.id.clone(),
        name: of.name(locale).to_owned(),
        before: of.before.as_ref().map(score),
        after: after.collect(),
    }
}

fn score(of: &Score) -> MeasuredScore {
    MeasuredScore {
        survey: of.period.clone(),
        title: of.title.clone(),
        closes_on: of.closes_on,
        label: of.label.clone(),
        answers: of.answers,
        withheld: of.withheld,
        nrr: of.nrr.clone(),
        index: of.index.clone(),
        change: None,
        unlike: Vec::new(),
    }
}

fn rate(of: &Rate) -> MeasuredComplaints {
    MeasuredComplaints {
        by: of.kind,
        names: of.names.clone(),
        before: span(&of.before),
        after: span(&of.after),
    }
}

fn span(of: &Span) -> MeasuredSpan {
    MeasuredSpan {
        from: of.from,
        to: of.to,
        days: of.days,
        count: of.count,
        per_30_days: of.per_month.clone(),
    }
}
