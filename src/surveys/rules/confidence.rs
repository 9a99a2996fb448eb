//! How far chance may have moved an index. Each respondent's share in the index is linearised (elements may have
//! different numbers of answers), the standard error follows from how these shares spread, and a sample that is a
//! good part of its population gets the finite population correction. The half-width is rounded up, never down.

use num_traits::Zero as _;

use super::{
    exact::{self, Exact},
    method::method,
    scoring::{Damaged, score_of},
};

/// Sums over those who answered both of two elements.
#[derive(Clone, Copy, Debug, Default)]
struct Pair {
    both: u64,
    first: u64,
    second: u64,
    product: u64,
}

/// What is gathered in one pass, for one group of respondents.
#[derive(Clone, Debug)]
pub struct Spread {
    elements: usize,
    respondents: u64,
    /// Of the elements (i, j) with i ≤ j, row by row.
    pairs: Vec<Pair>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Half of its width, rounded up to two decimals.
    pub margin: Exact,
    pub low: Exact,
    pub high: Exact,
    /// Whom the correction was made for.
    pub population: Option<u64>,
}

impl Spread {
    #[must_use]
    pub fn new(elements: usize) -> Self {
        Self {
            elements,
            respondents: 0,
            pairs: vec![Pair::default(); elements * (elements + 1) / 2],
        }
    }

    pub fn add(&mut self, scores: &[u8]) -> Result<(), Damaged> {
        let mut values = Vec::with_capacity(scores.len());
        for (position, byte) in scores.iter().enumerate() {
            let score = score_of(*byte).ok_or(Damaged::Score { position })?;
            values.push(score.map(u64::from));
        }
        if values.len() != self.elements {
            return Err(Damaged::Length {
                found: values.len(),
                elements: self.elements,
            });
        }
        self.respondents += u64::from(values.iter().any(Option::is_some));
        let mut pairs = self.pairs.iter_mut();
        for (at, first) in values.iter().enumerate() {
            for (second, pair) in values.iter().skip(at).zip(pairs.by_ref()) {
                if let (Some(first), Some(second)) = (first, second) {
                    pair.both += 1;
                    pair.first += first;
                    pair.second += second;
                    pair.product += first * second;
                }
            }
        }
        Ok(())
    }

    /// The interval of an index with these weights; none for few respondents, or where an element has no answer.
    #[must_use]
    pub fn interval(
        &self,
        index: &Exact,
        weights: &[Exact],
        population: Option<u64>,
    ) -> Option<Interval> {
        let confidence = &method().confidence;
        if self.respondents < confidence.fewest.max(2) {
            return None;
        }
        let mut variance = self.variance(weights)?;
        // More respondents than people: the number given is wrong, and corrects nothing.
        let population = population.filter(|people| *people >= self.respondents);
        if let Some(people) = population {
            variance *= exact::ratio(people - self.respondents, people)?;
        }
        let margin = exact::root_up(&(&confidence.z * &confidence.z * variance), 2);
        let (low, high) = (index - &margin, index + &margin);
        Some(Interval {
            // Rounded weights may leave an index below the scale.
            low: low.max(exact::whole(25)).min(index.clone()),
            high: high.min(exact::whole(100)),
            margin,
            population,
        })
    }

    /// Of the index, for a sample from a population without end.
    fn variance(&self, weights: &[Exact]) -> Option<Exact> {
        let respondents = exact::whole(self.respondents);
        let own: Vec<Pair> = (0..self.elements)
            .map(|at| self.pairs.get(self.place(at, at)).copied())
            .collect::<Option<_>>()?;
        let mut parts = Vec::with_capacity(self.elements);
        for (pair, weight) in own.iter().zip(weights) {
            let mean = exact::ratio(pair.first, pair.both)?;
            let share = weight * exact::whole(25) * &respondents / exact::whole(pair.both);
            parts.push((mean, share));
        }
        let mut sum = Exact::zero();
        for (at, (mean, share)) in parts.iter().enumerate() {
            for (other, (other_mean, other_share)) in parts.iter().enumerate().skip(at) {
                let pair = self.pairs.get(self.place(at, other))?;
                let spread = exact::whole(pair.product)
                    - mean * exact::whole(pair.second)
                    - other_mean * exact::whole(pair.first)
                    + mean * other_mean * exact::whole(pair.both);
                let times = if at == other { 1 } else { 2 };
                sum += spread * share * other_share * exact::whole(times);
            }
        }
        let fewer = exact::whole(self.respondents.checked_sub(1)?);
        Some(sum / (respondents * fewer))
    }

    fn place(&self, first: usize, second: usize) -> usize {
        // Rows before this one have elements, elements - 1, … pairs.
        first * self.elements - first * first.saturating_sub(1) / 2 + (second - first)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::weights::Weights, *};

    fn spread(rows: &[(&str, usize)]) -> Spread {
        let mut spread = Spread::new(rows[0].0.len());
        for (row, times) in rows {
            for _ in 0..*times {
                spread.add(row.as_bytes()).unwrap();
            }
        }
        spread
    }

    fn interval(rows: &[(&str, usize)], index: u64, population: Option<u64>) -> Option<Interval> {
        let spread = spread(rows);
        let weights = Weights::exact().each(spread.elements).unwrap();
        spread.interval(&exact::whole(index), &weights, population)
    }

    #[test]
    fn without_gaps_it_is_the_interval_of_a_mean() {
        // Half have 50, half have 100: mean 75, s² = 62,500/99; 1.96 · √(s²/100) = 4.9248… , rounded up.
        let rows = [("22", 50), ("44", 50)];
        let found = interval(&rows, 75, None).unwrap();
        assert_eq!(exact::fixed(&found.margin, 2), "4.93");
        assert_eq!(exact::fixed(&found.low, 2), "70.07");
        assert_eq!(exact::fixed(&found.high, 2), "79.93");
    }

    #[test]
    fn a_known_population_narrows_it_and_all_of_it_leaves_no_doubt() {
        let rows = [("22", 50), ("44", 50)];
        let margin = |population| exact::fixed(&interval(&rows, 75, population).unwrap().margin, 2);
        assert_eq!(margin(Some(200)), "3.49");
        assert_eq!(margin(Some(100)), "0.00");
        // A population smaller than the sample is a mistake in the set-up, not knowledge.
        assert_eq!(margin(Some(99)), "4.93");
    }

    #[test]
    fn gaps_are_weighed_by_the_answers_given() {
        // Only the 50 who answered the second element spread there.
        let rows = [("4-", 50), ("42", 25), ("44", 25)];
        let found = interval(&rows, 87, None).unwrap();
        // z = 25·½·(100/50)·(±1) for 50 people: Σz² = 50·625; variance = 31,250 / (100·99).
        assert_eq!(exact::fixed(&found.margin, 2), "3.49");
    }

    #[test]
    fn few_respondents_have_none() {
        assert_eq!(interval(&[("44", 15), ("22", 14)], 75, None), None);
        assert!(interval(&[("44", 15), ("22", 15)], 75, None).is_some());
        assert_eq!(interval(&[("4-", 40)], 100, None), None);
    }

    #[test]
    fn it_never_leaves_the_scale() {
        let found = interval(&[("44", 39), ("11", 1)], 98, None).unwrap();
        assert_eq!(found.high, exact::whole(100));
    }
}
