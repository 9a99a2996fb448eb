//! What the public's own figures said before an action was finished and what they say after it. This capability knows
//! no other domain: `proving` finds the figures, composition hands the function over, pages show what it says.

use chrono::NaiveDate;
use futures::future::BoxFuture;

use super::entity::{action_item::Model as ActionItem, action_source::Model as Source};
use crate::{
    access::Ctx,
    calendar::dates,
    platform::{
        error::Result,
        i18n::{Locale, Message},
    },
};

/// How the measurements of an action are found. Of an action that the head has not verified there are none.
pub type ProofLookup =
    for<'a> fn(&'a Ctx, &'a ActionItem, &'a [Source]) -> BoxFuture<'a, Result<Proof>>;

/// Measured before and after; no proof that the action is the cause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    pub elements: Vec<ElementProof>,
    pub complaints: ComplaintProof,
}

/// An element of the survey that the action's sources lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementProof {
    /// The stable id.
    pub id: String,
    pub name_id: String,
    pub name_en: String,
    /// Of the last frozen period that was over when the action was promised: what was asked while somebody worked on it
    /// is no measure of before.
    pub before: Option<Score>,
    /// Of each frozen period that began after it was verified, the first first.
    pub after: Vec<Later>,
}

/// What an element scored in a frozen period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Id of the period.
    pub period: String,
    pub title: String,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    /// `U8`, within this period.
    pub label: String,
    pub answers: u64,
    /// So few answered that nothing else is told.
    pub withheld: bool,
    /// Three decimals, with a point.
    pub nrr: Option<String>,
    /// The exact mean times 25, two decimals.
    pub index: Option<String>,
}

/// A score after the action beside the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Later {
    pub score: Score,
    /// How much the NRR is above the one before: `0.360`, `-0.041`; none where they are not compared.
    pub change: Option<String>,
    /// Keys of the reasons why the two periods are not compared.
    pub unlike: Vec<&'static str>,
}

/// What is known of the complaints about the same matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ComplaintProof {
    /// The head has not verified the action: nothing is measured yet.
    #[default]
    Unmeasured,
    /// Nothing says which complaints it is about: no voice, no category, no service.
    NoMatter,
    /// The unit has no complaint at all.
    NeverAny,
    /// Too few days since it was finished; from this day on there are enough.
    TooSoon(NaiveDate),
    /// Complaints are recorded since this day only: there is no span before the action.
    NoRecords(NaiveDate),
    Counted(Vec<Rate>),
}

/// By what complaints belong to the same matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, poem_openapi::Enum)]
#[oai(rename_all = "snake_case")]
pub enum MatterKind {
    Topic,
    Category,
    Service,
}

/// Complaints of the same matter in two spans of the same length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    pub kind: MatterKind,
    pub names: Vec<String>,
    /// Ends on the day before the action was promised.
    pub before: Span,
    /// Begins on the day after it was verified.
    pub after: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub days: i64,
    pub count: i64,
    /// In thirty days, one decimal.
    pub per_month: String,
}

impl Proof {
    /// Whether nothing is measured: the head has not verified the action.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.complaints == ComplaintProof::Unmeasured
    }
}

impl ComplaintProof {
    /// Why no complaints are counted; none where they are.
    #[must_use]
    pub fn why_not(&self, locale: Locale) -> Option<String> {
        let day = |day: &NaiveDate| dates::long_date(*day, locale);
        let message = match self {
            Self::Unmeasured | Self::Counted(_) => return None,
            Self::NoMatter => Message::new("proof-no-matter"),
            Self::NeverAny => Message::new("proof-never-any"),
            Self::TooSoon(ready) => Message::new("proof-too-soon").with("day", day(ready)),
            Self::NoRecords(since) => Message::new("proof-no-records").with("day", day(since)),
        };
        Some(message.text(locale))
    }
}

impl ElementProof {
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::Id => &self.name_id,
            Locale::En => &self.name_en,
        }
    }

    /// `U8: 2,71 → 3,32`, of the last period that is compared; none while there is none. A figure by other rules stands
    /// beside the first one only where the reader is told why they are not compared.
    #[must_use]
    pub fn short(&self, locale: Locale) -> Option<String> {
        let before = self.before.as_ref()?.nrr.as_ref()?;
        let last = self
            .after
            .iter()
            .rev()
            .find(|one| one.score.nrr.is_some() && one.unlike.is_empty())?;
        let after = last.score.nrr.as_ref()?;
        Some(format!(
            "{}: {} → {}",
            last.score.label,
            figure(before, locale),
            figure(after, locale)
        ))
    }

    /// Why there is no comparison: nobody was asked again yet, or only by other rules, or nobody had been asked before it
    /// was promised, or so few answered that nothing is told.
    #[must_use]
    pub fn gap_key(&self) -> &'static str {
        if self.after.is_empty() {
            "action-gap-measured"
        } else if self.before.is_none() {
            "proof-gap-no-before"
        } else if self.after.iter().any(|one| !one.unlike.is_empty()) {
            "proof-gap-unlike"
        } else {
            "proof-gap-few"
        }
    }
}

/// A kept figure as people read it.
#[must_use]
pub fn figure(text: &str, locale: Locale) -> String {
    match locale {
        Locale::Id => text.replace('.', ","),
        Locale::En => text.to_owned(),
    }
}

/// With its sign: `+0,360`.
#[must_use]
pub fn signed(change: &str, locale: Locale) -> String {
    let text = figure(change, locale);
    match text.strip_prefix('-') {
        Some(fall) => format!("−{fall}"),
        None => format!("+{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_measured_is_not_called_unmeasured() {
        let score = |nrr: Option<&str>| Score {
            period: String::new(),
            title: String::new(),
            opens_on: NaiveDate::default(),
            closes_on: NaiveDate::default(),
            label: "U8".to_owned(),
            answers: 9,
            withheld: nrr.is_none(),
            nrr: nrr.map(str::to_owned),
            index: None,
        };
        let later = |nrr, unlike: &[&'static str]| Later {
            score: score(nrr),
            change: None,
            unlike: unlike.to_vec(),
        };
        let some = Some("3.100");
        for (before, after, key) in [
            (Some(score(some)), vec![], "action-gap-measured"),
            (None, vec![], "action-gap-measured"),
            (None, vec![later(some, &[])], "proof-gap-no-before"),
            (
                Some(score(some)),
                vec![later(some, &["survey-unlike-weights"])],
                "proof-gap-unlike",
            ),
            (Some(score(some)), vec![later(None, &[])], "proof-gap-few"),
            (Some(score(None)), vec![later(some, &[])], "proof-gap-few"),
        ] {
            let proof = ElementProof {
                id: "time".to_owned(),
                name_id: String::new(),
                name_en: String::new(),
                before,
                after,
            };
            assert_eq!(proof.short(Locale::Id), None, "{proof:?}");
            assert_eq!(proof.gap_key(), key, "{proof:?}");
        }
    }
}
