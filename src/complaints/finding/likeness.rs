//! How much two complaints are about the same: by the stems that they share, of which a rare one says more than one
//! that stands everywhere, and words that say how and not what say nothing.

use std::collections::HashMap;

use super::words;
use crate::platform::stemming;

/// A subject is short; of a long one the first words say what it is about.
const MOST_STEMS: usize = 12;

/// The stems that tell what a text is about, each once.
#[must_use]
pub fn telling(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for stem in words::of_text(text) {
        if found.len() < MOST_STEMS && !found.contains(&stem) && !stemming::is_filler(&stem) {
            found.push(stem);
        }
    }
    found
}

/// A text that may be alike: the stems of its subject, and of the rest.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    subject: Vec<String>,
    text: Vec<String>,
}

impl Candidate {
    #[must_use]
    pub fn of(subject: &str, text: &str) -> Self {
        Self {
            subject: words::of_text(subject),
            text: words::of_text(text),
        }
    }

    fn has(&self, stem: &String) -> bool {
        self.subject.contains(stem) || self.text.contains(stem)
    }
}

/// What a stem weighs among these candidates: 1 where it stands in all of them, more the rarer it is.
#[derive(Clone, Debug, Default)]
pub struct Weights(HashMap<String, u32>);

impl Weights {
    #[must_use]
    pub fn among(own: &[String], candidates: &[&Candidate]) -> Self {
        let all = u32::try_from(candidates.len()).unwrap_or(u32::MAX);
        let weight = |stem: &String| {
            let with = candidates.iter().filter(|one| one.has(stem)).count();
            let with = u32::try_from(with).unwrap_or(u32::MAX).max(1);
            1 + (all.max(1) / with).max(1).ilog2()
        };
        Self(
            own.iter()
                .map(|stem| (stem.clone(), weight(stem)))
                .collect(),
        )
    }

    fn of(&self, stem: &str) -> u32 {
        self.0.get(stem).copied().unwrap_or(1)
    }
}

/// What a candidate has in common with a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    pub stems: usize,
    pub in_subject: usize,
    /// A stem in the subject weighs twice.
    pub points: u32,
}

#[must_use]
pub fn shared(own: &[String], candidate: &Candidate, weights: &Weights) -> Shared {
    let mut shared = Shared::default();
    for stem in own {
        let there = candidate.subject.contains(stem);
        if there || candidate.text.contains(stem) {
            shared.stems += 1;
            shared.in_subject += usize::from(there);
            shared.points += weights.of(stem) * if there { 2 } else { 1 };
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Places in the order of likeness.
    fn ranked(own: &str, candidates: &[(&str, &str)]) -> Vec<usize> {
        let own = telling(own);
        let all: Vec<Candidate> = candidates
            .iter()
            .map(|(subject, text)| Candidate::of(subject, text))
            .collect();
        let weights = Weights::among(&own, &all.iter().collect::<Vec<_>>());
        let points: Vec<u32> = all
            .iter()
            .map(|one| shared(&own, one, &weights).points)
            .collect();
        let mut places: Vec<usize> = (0..all.len()).filter(|at| points[*at] > 0).collect();
        places.sort_by_key(|at| std::cmp::Reverse(points[*at]));
        places
    }

    #[test]
    fn the_case_about_the_same_comes_first_and_a_filler_brings_none() {
        let published = [
            (
                "Pendingin ruang tunggu mati",
                "Ruang tunggu panas sekali, pendinginnya lama mati.",
            ),
            (
                "Antre tiga jam di loket",
                "Loket KTP hanya dibuka satu, antrean tiga jam.",
            ),
            ("Loket 4 tutup", "Loket tutup sebelum jam istirahat."),
        ];
        for (own, places) in [
            ("Antre loket KTP lama sekali", vec![1, 2]),
            ("Saya antre di loket tiga jam lama sekali.", vec![1, 2]),
            ("Lama sekali", vec![]),
            ("Parah banget, lambat, kecewa", vec![]),
            ("Pendingin ruangan rusak lagi", vec![0]),
            ("Ijazah hilang", vec![]),
        ] {
            assert_eq!(ranked(own, &published), places, "{own}");
        }
    }

    #[test]
    fn a_rare_word_says_more_than_one_that_stands_everywhere() {
        let candidates = [
            ("Loket tutup", ""),
            ("Loket penuh", ""),
            ("Loket jauh", ""),
            ("Calo", ""),
        ];
        assert_eq!(ranked("Calo di loket", &candidates)[0], 3);
    }
}
