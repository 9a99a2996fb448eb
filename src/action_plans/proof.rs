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
        i18n::{Locale, Message, t},
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

impl Later {
    /// How much it changed, or why nothing is compared: `+0,360`, `tidak dibandingkan: bobotnya berbeda`. Every page, paper
    /// and mail says it by this.
    #[must_use]
    pub fn change_words(&self, locale: Locale) -> String {
        match &self.change {
            Some(change) => signed(change, locale),
            None if self.unlike.is_empty() => "–".to_owned(),
            None => {
                let why: Vec<String> = self.unlike.iter().map(|key| t(locale, key)).collect();
                let message = Message::new("survey-trend-unlike").with("why", why.join(", "));
                message.text(locale)
            }
        }
    }
}

/// What a chain says of a measurement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// `Diukur lagi pada SKM Semester I 2026`
    pub title: String,
    /// `U8: 2,710 → 3,321, dibandingkan dengan SKM Semester II 2025`
    pub figures: String,
}

impl ElementProof {
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::Id => &self.name_id,
            Locale::En => &self.name_en,
        }
    }

    /// The periods that are compared with the one before, the first first.
    fn compared(&self) -> impl DoubleEndedIterator<Item = &Later> {
        let after = self.after.iter();
        after.filter(|one| one.score.nrr.is_some() && one.unlike.is_empty())
    }

    fn figures(&self, later: &Later, locale: Locale) -> Option<String> {
        let before = self.before.as_ref()?.nrr.as_ref()?;
        let after = later.score.nrr.as_ref()?;
        Some(format!(
            "{}: {} → {}",
            later.score.label,
            figure(before, locale),
            figure(after, locale)
        ))
    }

    /// `U8: 2,71 → 3,32`, of the last period that is compared; none while there is none. A figure by other rules stands
    /// beside the first one only where the reader is told why they are not compared.
    #[must_use]
    pub fn short(&self, locale: Locale) -> Option<String> {
        self.figures(self.compared().next_back()?, locale)
    }

    /// The same with the name of that period, where nothing around says which it is.
    #[must_use]
    pub fn latest(&self, locale: Locale) -> Option<String> {
        let last = self.compared().next_back()?;
        let figures = self.figures(last, locale)?;
        Some(format!("{figures} ({})", last.score.title))
    }

    /// The first period that is compared, which its own result names too, and the last one where it is another: each by its
    /// name. Empty while nothing is compared.
    #[must_use]
    pub fn told(&self, locale: Locale) -> Vec<Told> {
        let first = self.compared().next();
        let last = self.compared().next_back();
        let last = last.filter(|last| first != Some(*last));
        let told = |later: &Later| {
            let title = Message::new("proof-measured").with("period", &later.score.title);
            let figures = Message::new("proof-measured-figures")
                .with("figures", self.figures(later, locale)?)
                .with("period", &self.before.as_ref()?.title);
            Some(Told {
                title: title.text(locale),
                figures: figures.text(locale),
            })
        };
        first.into_iter().chain(last).filter_map(told).collect()
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
            assert_eq!(proof.told(Locale::Id), vec![], "{proof:?}");
        }
    }

    #[test]
    fn the_first_and_the_last_measurement_are_told_with_their_periods() {
        let score = |title: &str, nrr: &str| Score {
            period: title.to_owned(),
            title: title.to_owned(),
            opens_on: NaiveDate::default(),
            closes_on: NaiveDate::default(),
            label: "U8".to_owned(),
            answers: 9,
            withheld: false,
            nrr: Some(nrr.to_owned()),
            index: None,
        };
        let later = |title: &str, nrr: &str, unlike: &[&'static str]| Later {
            score: score(title, nrr),
            change: None,
            unlike: unlike.to_vec(),
        };
        let like = [
            later("SKM II", "3.100", &[]),
            later("SKM III", "3.200", &[]),
            later("SKM IV", "3.300", &[]),
            later("SKM V", "3.400", &["survey-unlike-weights"]),
        ];
        for (after, expected) in [
            (&like[..1], &["SKM II"][..]),
            (&like[..], &["SKM II", "SKM IV"]),
            (&like[3..], &[]),
        ] {
            let proof = ElementProof {
                id: "time".to_owned(),
                name_id: String::new(),
                name_en: String::new(),
                before: Some(score("SKM I", "3.000")),
                after: after.to_vec(),
            };
            let told = proof.told(Locale::Id);
            assert_eq!(told.len(), expected.len(), "{told:?}");
            let latest = proof.latest(Locale::Id).unwrap_or_default();
            let last = expected.last().copied().unwrap_or_default();
            assert!(latest.contains(last), "{latest}");
            for (one, period) in told.iter().zip(expected) {
                assert!(one.title.ends_with(period), "{one:?}");
                assert!(one.figures.starts_with("U8: 3,000 → 3,"), "{one:?}");
                assert!(one.figures.contains("SKM I"), "{one:?}");
            }
        }
        let unlike = like[3].change_words(Locale::Id);
        assert!(unlike.contains("bobotnya berbeda"), "{unlike}");
        assert_eq!(like[0].change_words(Locale::Id), "–");
    }
}
