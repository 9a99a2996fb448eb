//! Who gets what is meant for somebody. Functions of values only.

use std::collections::HashMap;

use crate::access::PersonId;

/// Substitutes of those who are away on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandIns(HashMap<PersonId, PersonId>);

impl StandIns {
    #[must_use]
    pub fn new(pairs: impl IntoIterator<Item = (PersonId, PersonId)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Who gets what is meant for this person: themselves, their substitute, or the substitute's substitute. Where
    /// everybody waits for each other, the person themselves.
    #[must_use]
    pub fn of(&self, person: PersonId) -> PersonId {
        let mut at = person;
        for _ in 0..=self.0.len() {
            match self.0.get(&at) {
                Some(next) if *next == person => return person,
                Some(next) => at = *next,
                None => return at,
            }
        }
        person
    }

    /// Those for whom this person stands in.
    #[must_use]
    pub fn behind(&self, person: PersonId) -> Vec<PersonId> {
        let away = self.0.keys().copied();
        away.filter(|one| *one != person && self.of(*one) == person)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_substitute_gets_it_and_their_substitute_when_they_are_away_too() {
        let [ani, budi, citra, dewi] = [(); 4].map(|()| PersonId::new());
        let away = StandIns::new([(ani, budi), (budi, citra)]);
        for (person, gets) in [(ani, citra), (budi, citra), (citra, citra), (dewi, dewi)] {
            assert_eq!(away.of(person), gets);
        }
        let mut behind = away.behind(citra);
        behind.sort();
        let mut both = vec![ani, budi];
        both.sort();
        assert_eq!(behind, both);
        assert!(away.behind(budi).is_empty());
    }

    #[test]
    fn those_who_stand_in_for_each_other_keep_their_own() {
        let [ani, budi, citra] = [(); 3].map(|()| PersonId::new());
        let circle = StandIns::new([(ani, budi), (budi, ani), (citra, ani)]);
        assert_eq!(circle.of(ani), ani);
        assert_eq!(circle.of(budi), budi);
        assert_eq!(circle.of(citra), citra);
    }
}
