//! What has to be said beside a figure.

use super::{
    exact::{self, Exact},
    scoring::Index,
};
use crate::platform::i18n::{Locale, Message, t};

#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a result has a handful of remarks, made once"
)]
pub enum Remark {
    NobodyAnswered,
    /// Elements by their place.
    ElementsUnanswered(Vec<usize>),
    MissingAnswers(u64),
    /// Weights that sum to less than one, and the best index that they allow.
    RoundedWeights {
        policy: &'static str,
        sum: String,
        best: Exact,
    },
    GradeDiffers {
        policy: &'static str,
        index: Index,
        exact: Index,
    },
    /// The table did not hold in the year of the period.
    GradesOutsideValidity {
        regulation: String,
        year: i32,
    },
}

impl Remark {
    /// In words; `labels` are those of the elements in their order.
    #[must_use]
    pub fn text(&self, labels: &[String], locale: Locale) -> String {
        match self {
            Self::NobodyAnswered => t(locale, "survey-remark-nobody"),
            Self::ElementsUnanswered(places) => {
                let named = places.iter().filter_map(|at| labels.get(*at));
                let named: Vec<&str> = named.map(String::as_str).collect();
                Message::new("survey-remark-unanswered")
                    .with("elements", named.join("; "))
                    .text(locale)
            }
            Self::MissingAnswers(count) => Message::new("survey-remark-missing")
                .with("count", count)
                .text(locale),
            Self::RoundedWeights { policy, sum, best } => Message::new("survey-remark-weights")
                .with("policy", localised(policy, locale))
                .with("sum", localised(sum, locale))
                .with("best", exact::shown(best, 2, locale))
                .text(locale),
            Self::GradeDiffers {
                policy,
                index,
                exact,
            } => Message::new("survey-remark-grade-differs")
                .with("policy", localised(policy, locale))
                .with("index", exact::shown(&index.rounded, 2, locale))
                .with("grade", &index.band.grade)
                .with("exact", exact::shown(&exact.rounded, 2, locale))
                .with("exact_grade", &exact.band.grade)
                .text(locale),
            Self::GradesOutsideValidity { regulation, year } => {
                Message::new("survey-remark-grades-year")
                    .with("regulation", regulation)
                    .with("year", year.to_string())
                    .text(locale)
            }
        }
    }
}

fn localised(decimal: &str, locale: Locale) -> String {
    match locale {
        Locale::Id => decimal.replace('.', ","),
        Locale::En => decimal.to_owned(),
    }
}
