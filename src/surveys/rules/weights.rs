//! What an element weighs. `exact` is one over the number of elements; the others are the rounded weights that
//! regulations and worksheets print, kept to reproduce published tables and never without saying so.

use num_traits::{One as _, Zero as _};

use super::exact::{self, Exact};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    Exact,
    /// One ninth as printed with two decimals: a perfect survey reaches 99.00.
    Hundredths,
    /// One ninth with three decimals: 99.90.
    Thousandths,
    /// One fourteenth with three decimals, of KEP/25/2004: 99.40.
    Fourteenth,
}

impl Policy {
    pub const ALL: [Self; 4] = [
        Self::Exact,
        Self::Hundredths,
        Self::Thousandths,
        Self::Fourteenth,
    ];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Hundredths => "0.11",
            Self::Thousandths => "0.111",
            Self::Fourteenth => "0.071",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.code() == code)
    }
}

/// How a period weighs its elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weights {
    Named(Policy),
    /// The office's own, in the order of the elements.
    Own(Vec<Exact>),
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadWeights {
    #[error("no element")]
    NoElements,
    #[error("{weights} weights for {elements} elements")]
    Count { weights: usize, elements: usize },
    #[error("own weights sum to {sum}")]
    Sum { sum: String },
    #[error("{policy} for {elements} elements sums to {sum}")]
    TooHeavy {
        policy: &'static str,
        elements: usize,
        sum: String,
    },
}

/// A sum in full: own weights have few decimals, and 0.999 must not be shown as 1.00.
fn in_full(sum: &Exact) -> String {
    let text = exact::fixed(sum, 12);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Weights {
    #[must_use]
    pub fn exact() -> Self {
        Self::Named(Policy::Exact)
    }

    /// Own weights; they must sum to exactly one.
    pub fn own(weights: Vec<Exact>) -> Result<Self, BadWeights> {
        let sum: Exact = weights.iter().sum();
        if weights.is_empty() {
            return Err(BadWeights::NoElements);
        }
        if !sum.is_one() {
            return Err(BadWeights::Sum { sum: in_full(&sum) });
        }
        Ok(Self::Own(weights))
    }

    /// `exact`, `0.11`, … or `own`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Named(policy) => policy.code(),
            Self::Own(_) => "own",
        }
    }

    /// The weight of each of so many elements.
    pub fn each(&self, elements: usize) -> Result<Vec<Exact>, BadWeights> {
        if elements == 0 {
            return Err(BadWeights::NoElements);
        }
        let policy = match self {
            Self::Own(weights) if weights.len() == elements => return Ok(weights.clone()),
            Self::Own(weights) => {
                return Err(BadWeights::Count {
                    weights: weights.len(),
                    elements,
                });
            }
            Self::Named(policy) => *policy,
        };
        let count = exact::whole(u64::try_from(elements).unwrap_or(u64::MAX));
        let one = match exact::parse(policy.code()) {
            Ok(printed) => printed,
            Err(_) => count.recip(),
        };
        let sum = &one * &count;
        if sum > Exact::one() {
            return Err(BadWeights::TooHeavy {
                policy: policy.code(),
                elements,
                sum: in_full(&sum),
            });
        }
        Ok(vec![one; elements])
    }

    /// What the weights of so many elements sum to, where that is less than one: text, and the best possible index.
    #[must_use]
    pub fn shortfall(&self, elements: usize) -> Option<(String, Exact)> {
        let sum = self.each(elements).ok()?.iter().sum::<Exact>();
        (sum < Exact::one() && !sum.is_zero()).then(|| (in_full(&sum), sum * exact::whole(100)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(texts: &[&str]) -> Result<Weights, BadWeights> {
        Weights::own(
            texts
                .iter()
                .map(|text| exact::parse(text).unwrap())
                .collect(),
        )
    }

    #[test]
    fn own_weights_sum_to_exactly_one() {
        assert!(own(&["0.5", "0.25", "0.25"]).is_ok());
        let nine = ["0.111"; 9];
        let refused = |sum: &str| Err(BadWeights::Sum { sum: sum.into() });
        assert_eq!(own(&nine), refused("0.999"));
        assert_eq!(own(&["0.9", "0.1000001"]), refused("1.0000001"));
        assert_eq!(own(&[]), Err(BadWeights::NoElements));
        assert_eq!(
            own(&["0.5", "0.5"]).unwrap().each(9),
            Err(BadWeights::Count {
                weights: 2,
                elements: 9
            })
        );
    }

    #[test]
    fn rounded_weights_fall_short_and_say_by_how_much() {
        for (policy, elements, sum, best) in [
            (Policy::Hundredths, 9, "0.99", "99.00"),
            (Policy::Thousandths, 9, "0.999", "99.90"),
            (Policy::Fourteenth, 14, "0.994", "99.40"),
        ] {
            let (text, most) = Weights::Named(policy).shortfall(elements).unwrap();
            assert_eq!(
                (text.as_str(), exact::fixed(&most, 2).as_str()),
                (sum, best)
            );
        }
        assert_eq!(Weights::exact().shortfall(9), None);
        assert_eq!(Weights::exact().shortfall(7), None);
    }

    #[test]
    fn a_weight_of_nine_is_refused_for_fourteen() {
        let refused = Weights::Named(Policy::Hundredths).each(14);
        let expected = BadWeights::TooHeavy {
            policy: "0.11",
            elements: 14,
            sum: "1.54".into(),
        };
        assert_eq!(refused, Err(expected));
    }
}
