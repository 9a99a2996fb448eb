//! Periods beside each other. Values are always shown; a difference is told only between periods that were computed
//! by the same rules.

use super::weights::Weights;

/// What a figure was computed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Stable ids, in any order.
    pub elements: Vec<String>,
    pub weights: Weights,
    pub grades: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlike {
    Elements,
    Weights,
    Grades,
}

impl Unlike {
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Elements => "survey-unlike-elements",
            Self::Weights => "survey-unlike-weights",
            Self::Grades => "survey-unlike-grades",
        }
    }
}

/// Why two periods cannot be compared; empty when they can.
#[must_use]
pub fn unlike(one: &Rules, other: &Rules) -> Vec<Unlike> {
    let sorted = |rules: &Rules| {
        let mut elements = rules.elements.clone();
        elements.sort_unstable();
        elements
    };
    let mut found = Vec::new();
    if sorted(one) != sorted(other) {
        found.push(Unlike::Elements);
    } else if weight_by_element(one) != weight_by_element(other) {
        found.push(Unlike::Weights);
    }
    if one.grades != other.grades {
        found.push(Unlike::Grades);
    }
    found
}

/// Own weights belong to elements, whatever place these have in the period.
fn weight_by_element(rules: &Rules) -> Option<Vec<(&String, super::Exact)>> {
    let weights = rules.weights.each(rules.elements.len()).ok()?;
    let mut pairs: Vec<_> = rules.elements.iter().zip(weights).collect();
    pairs.sort();
    Some(pairs)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{exact, weights::Policy},
        *,
    };

    fn rules(elements: &[&str], weights: Weights, grades: &str) -> Rules {
        Rules {
            elements: elements.iter().map(|id| (*id).to_owned()).collect(),
            weights,
            grades: grades.to_owned(),
        }
    }

    #[test]
    fn only_like_rules_are_compared() {
        let own = |texts: [&str; 2]| {
            Weights::own(texts.map(|text| exact::parse(text).unwrap()).to_vec()).unwrap()
        };
        let now = rules(&["time", "cost"], Weights::exact(), "14/2017");
        for (other, expected) in [
            (
                rules(&["cost", "time"], Weights::exact(), "14/2017"),
                vec![],
            ),
            (
                rules(&["time", "cost"], own(["0.5", "0.5"]), "14/2017"),
                vec![],
            ),
            (
                rules(&["time"], Weights::exact(), "14/2017"),
                vec![Unlike::Elements],
            ),
            (
                rules(
                    &["time", "cost"],
                    Weights::Named(Policy::Hundredths),
                    "KEP/25/2004",
                ),
                vec![Unlike::Weights, Unlike::Grades],
            ),
            (
                rules(&["time", "cost"], own(["0.4", "0.6"]), "14/2017"),
                vec![Unlike::Weights],
            ),
        ] {
            assert_eq!(unlike(&now, &other), expected, "{other:?}");
        }
        let one = rules(&["time", "cost"], own(["0.4", "0.6"]), "14/2017");
        let turned = rules(&["cost", "time"], own(["0.6", "0.4"]), "14/2017");
        assert_eq!(unlike(&one, &turned), vec![]);
    }
}
