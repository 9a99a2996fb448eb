//! From kept answers to everything that a result shows: one pass over the scores gives the whole and all its cuts.

use std::collections::BTreeMap;

use crate::surveys::rules::{
    confidence::Spread,
    scoring::{Damaged, Tally},
};

/// By what answers are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    Service,
    Way,
    Point,
    Sex,
    AgeBand,
    Education,
    Occupation,
}

impl Dimension {
    pub const ALL: [Self; 7] = [
        Self::Service,
        Self::Way,
        Self::Point,
        Self::Sex,
        Self::AgeBand,
        Self::Education,
        Self::Occupation,
    ];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Way => "way",
            Self::Point => "point",
            Self::Sex => "sex",
            Self::AgeBand => "age_band",
            Self::Education => "education",
            Self::Occupation => "occupation",
        }
    }
}

/// One kept answer: its scores, and to what it belongs in the order of [`Dimension::ALL`]; empty where nothing was said.
#[derive(Clone, Debug)]
pub struct Answer {
    pub scores: String,
    pub belongs: [String; 7],
}

/// Everything counted.
#[derive(Clone, Debug)]
pub struct Counted {
    pub whole: Tally,
    pub spread: Spread,
    pub cuts: BTreeMap<Dimension, BTreeMap<String, Tally>>,
}

impl Counted {
    #[must_use]
    pub fn new(elements: usize) -> Self {
        let dimensions = Dimension::ALL.into_iter();
        Self {
            whole: Tally::new(elements),
            spread: Spread::new(elements),
            cuts: dimensions.map(|one| (one, BTreeMap::new())).collect(),
        }
    }

    pub fn add(&mut self, elements: usize, answer: &Answer) -> Result<(), Damaged> {
        let scores = answer.scores.as_bytes();
        self.whole.add(scores)?;
        self.spread.add(scores)?;
        for (cuts, value) in self.cuts.values_mut().zip(&answer.belongs) {
            if value.is_empty() {
                continue;
            }
            // The key is copied only where it is new: a hundred thousand answers have some dozens of them.
            match cuts.get_mut(value) {
                Some(tally) => tally.add(scores)?,
                None => {
                    let mut tally = Tally::new(elements);
                    tally.add(scores)?;
                    cuts.insert(value.clone(), tally);
                }
            }
        }
        Ok(())
    }
}

/// Counts all answers of a period.
pub fn counted(elements: usize, answers: &[Answer]) -> Result<Counted, Damaged> {
    let mut counted = Counted::new(elements);
    for answer in answers {
        counted.add(elements, answer)?;
    }
    Ok(counted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(scores: &str, sex: &str) -> Answer {
        let mut belongs: [String; 7] = Default::default();
        "passport".clone_into(&mut belongs[0]);
        sex.clone_into(&mut belongs[3]);
        Answer {
            scores: scores.to_owned(),
            belongs,
        }
    }

    #[test]
    fn one_pass_gives_the_whole_and_its_cuts() {
        let answers = [
            answer("44", "female"),
            answer("2-", "male"),
            answer("33", ""),
        ];
        let counted = counted(2, &answers).unwrap();
        assert_eq!(counted.whole.respondents(), 3);
        let sexes = &counted.cuts[&Dimension::Sex];
        let people: Vec<_> = sexes
            .iter()
            .map(|(key, tally)| (key.as_str(), tally.respondents()))
            .collect();
        // Who said nothing is in the whole and in no cut.
        assert_eq!(people, [("female", 1), ("male", 1)]);
        assert_eq!(counted.cuts[&Dimension::Service]["passport"], counted.whole);
        assert!(counted.cuts[&Dimension::Point].is_empty());
    }

    #[test]
    fn the_order_of_dimensions_is_that_of_an_answer() {
        let mut sorted = Dimension::ALL;
        sorted.sort();
        assert_eq!(sorted, Dimension::ALL);
    }
}
