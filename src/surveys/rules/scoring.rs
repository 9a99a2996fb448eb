//! From scores to figures. The mean of an element (NRR) is taken over the answers given to it: who left it out does
//! not lower it. The index is the sum of weight × NRR × 25, exact, rounded half up once, and graded after that.

use super::{
    exact::{self, Exact},
    grades::{Band, GradeTable},
    remarks::Remark,
    weights::{BadWeights, Weights},
};

/// The scale: 1 is the worst.
pub const SCALE: [u8; 4] = [1, 2, 3, 4];
const NRR_TO_INDEX: u64 = 25;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    #[error("{found} scores for {elements} elements")]
    Length { found: usize, elements: usize },
    #[error("the score at {position} is outside the scale")]
    Score { position: usize },
}

/// The scores of one respondent as kept: `1` to `4`, or `-` where nothing was answered.
pub fn score_of(byte: u8) -> Option<Option<u8>> {
    match byte {
        b'-' => Some(None),
        b'1'..=b'4' => Some(Some(byte - b'0')),
        _ => None,
    }
}

/// How often each score was given.
pub type Counts = [u64; 4];

fn answers_of(counts: &Counts) -> u64 {
    counts.iter().sum()
}

/// Scores counted, element by element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    respondents: u64,
    counts: Vec<Counts>,
}

impl Tally {
    #[must_use]
    pub fn new(elements: usize) -> Self {
        Self {
            respondents: 0,
            counts: vec![Counts::default(); elements],
        }
    }

    /// Counts one respondent, or nothing of them when something is wrong.
    pub fn add(&mut self, scores: &[u8]) -> Result<(), Damaged> {
        if scores.len() != self.counts.len() {
            return Err(Damaged::Length {
                found: scores.len(),
                elements: self.counts.len(),
            });
        }
        let wrong = scores.iter().position(|byte| score_of(*byte).is_none());
        if let Some(position) = wrong {
            return Err(Damaged::Score { position });
        }
        let mut answered = false;
        for (counts, byte) in self.counts.iter_mut().zip(scores) {
            let place = byte.wrapping_sub(b'1');
            if let Some(count) = counts.get_mut(usize::from(place)) {
                *count += 1;
                answered = true;
            }
        }
        // A sheet without any answer is no respondent.
        self.respondents += u64::from(answered);
        Ok(())
    }

    #[must_use]
    pub fn respondents(&self) -> u64 {
        self.respondents
    }

    #[must_use]
    pub fn elements(&self) -> Vec<ElementFigure> {
        self.counts
            .iter()
            .map(|counts| {
                let answers = answers_of(counts);
                let sum = SCALE.into_iter().zip(counts);
                let sum: u64 = sum.map(|(score, count)| u64::from(score) * count).sum();
                ElementFigure {
                    answers,
                    sum,
                    counts: *counts,
                    nrr: exact::ratio(sum, answers),
                }
            })
            .collect()
    }

    /// Answers that respondents left out.
    #[must_use]
    pub fn missing(&self) -> u64 {
        let most = self.respondents * u64::try_from(self.counts.len()).unwrap_or(u64::MAX);
        most - self.counts.iter().map(answers_of).sum::<u64>()
    }
}

/// What was counted for an element; no mean where nobody answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementFigure {
    pub answers: u64,
    pub sum: u64,
    pub counts: Counts,
    pub nrr: Option<Exact>,
}

/// How a period computes.
#[derive(Clone, Debug)]
pub struct Scheme {
    pub weights: Weights,
    pub grades: &'static GradeTable,
}

/// The index with its grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    pub exact: Exact,
    /// To two decimals: what is shown and graded.
    pub rounded: Exact,
    pub band: Band,
}

impl Index {
    fn of(value: Exact, grades: &GradeTable) -> Option<Self> {
        let rounded = exact::rounded(&value, 2);
        let band = grades.grade(&rounded)?.clone();
        Some(Self {
            exact: value,
            rounded,
            band,
        })
    }
}

/// The index of these means, and what has to be said about it. An element that nobody answered leaves no index: it
/// would be the index of another survey, with fewer elements.
pub fn index(
    means: &[Option<Exact>],
    scheme: &Scheme,
) -> Result<(Option<Index>, Vec<Remark>), BadWeights> {
    let weights = scheme.weights.each(means.len())?;
    let mut remarks = Vec::new();
    if let Some((sum, best)) = scheme.weights.shortfall(means.len()) {
        let policy = scheme.weights.code();
        remarks.push(Remark::RoundedWeights { policy, sum, best });
    }
    if means.iter().all(Option::is_none) {
        remarks.push(Remark::NobodyAnswered);
        return Ok((None, remarks));
    }
    let unanswered = (0..means.len()).filter(|at| means.get(*at).is_some_and(Option::is_none));
    let unanswered: Vec<usize> = unanswered.collect();
    let Some(means) = means.iter().cloned().collect::<Option<Vec<Exact>>>() else {
        remarks.push(Remark::ElementsUnanswered(unanswered));
        return Ok((None, remarks));
    };
    let index = Index::of(weighted(&means, &weights), scheme.grades);
    // Own weights are the office's choice; the named modes stand for a rounded 1/n.
    if let (Weights::Named(_), Some(index)) = (&scheme.weights, &index) {
        let equal = Weights::exact().each(means.len())?;
        let exact = Index::of(weighted(&means, &equal), scheme.grades);
        if let Some(exact) = exact.filter(|exact| exact.band != index.band) {
            remarks.push(Remark::GradeDiffers {
                policy: scheme.weights.code(),
                index: index.clone(),
                exact,
            });
        }
    }
    Ok((index, remarks))
}

fn weighted(means: &[Exact], weights: &[Exact]) -> Exact {
    let terms = means
        .iter()
        .zip(weights)
        .map(|(mean, weight)| mean * weight);
    terms.sum::<Exact>() * exact::whole(NRR_TO_INDEX)
}

/// Counted scores with their index.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub respondents: u64,
    pub elements: Vec<ElementFigure>,
    pub index: Option<Index>,
    pub remarks: Vec<Remark>,
}

pub fn outcome(tally: &Tally, scheme: &Scheme) -> Result<Outcome, BadWeights> {
    let elements = tally.elements();
    let means: Vec<Option<Exact>> = elements.iter().map(|one| one.nrr.clone()).collect();
    let (index, mut remarks) = index(&means, scheme)?;
    if tally.missing() > 0 {
        remarks.push(Remark::MissingAnswers(tally.missing()));
    }
    Ok(Outcome {
        respondents: tally.respondents(),
        elements,
        index,
        remarks,
    })
}

/// Means are told with so many decimals, and compared as they are told.
const TOLD_PLACES: usize = 3;

/// Whether so many of all are most of them.
#[must_use]
pub fn is_most(some: usize, all: usize) -> bool {
    some * 2 > all
}

/// The lowest elements by their mean: those than which fewer than so many are lower. Of equals the first comes first,
/// and none is left out for its place. The highest are never among them, so where all are alike there are none; nor are
/// equals at the last place that most share: they do not stand out. What nobody answered is not among them.
#[must_use]
pub fn weakest(means: &[Option<Exact>], most: usize) -> Vec<usize> {
    let mut known: Vec<(Exact, usize)> = (0..)
        .zip(means)
        .filter_map(|(at, mean)| Some((exact::rounded(mean.as_ref()?, TOLD_PLACES), at)))
        .collect();
    known.sort();
    let all = known.len();
    if all > 1 {
        let highest = known.last().map(|(mean, _)| mean.clone());
        known.retain(|(mean, _)| highest.as_ref() != Some(mean));
    }
    let last = most.checked_sub(1).and_then(|at| known.get(at));
    let Some(last) = last.or(known.last()).map(|(mean, _)| mean.clone()) else {
        return Vec::new();
    };
    let sharing = known.iter().filter(|(mean, _)| *mean == last).count();
    known.retain(|(mean, _)| match is_most(sharing, all) && all > 1 {
        true => *mean < last,
        false => *mean <= last,
    });
    known.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
#[path = "scoring_tests.rs"]
mod tests;
