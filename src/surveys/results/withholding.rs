//! Which figures are not told, so that nobody is read from them: those of few answers, those of an element that few
//! answered, and those by which one of them could be computed.

use super::figures::ResultFigure;
use crate::{
    platform::error::Result,
    surveys::rules::scoring::{ElementFigure, Tally},
};

/// A part of the answers with what was counted in it.
pub struct Group {
    pub figure: ResultFigure,
    pub respondents: u64,
    /// Answers to each element.
    pub answers: Vec<u64>,
}

impl Group {
    #[must_use]
    pub fn new(figure: ResultFigure, tally: &Tally) -> Self {
        Self {
            figure,
            respondents: tally.respondents(),
            answers: tally.elements().iter().map(|one| one.answers).collect(),
        }
    }

    fn is_shown(&self) -> bool {
        !self.figure.withheld && self.respondents > 0
    }

    fn is_hidden(&self) -> bool {
        self.figure.withheld && self.respondents > 0
    }
}

/// Somebody, but not enough for a figure.
#[must_use]
pub fn is_few(answers: u64, least: u64) -> bool {
    answers > 0 && answers < least
}

/// An element that only few of a group answered: the index together with the other means would tell its mean.
#[must_use]
pub fn has_few(elements: &[ElementFigure], least: u64) -> bool {
    elements.iter().any(|one| is_few(one.answers, least))
}

/// What is not told of all answers together, those who said nothing included, is nobody or enough, in the whole and in
/// each element; else it could be had by taking the told groups from the whole, and the next smallest is not told either.
pub fn close(groups: &mut [Group], whole: &Tally, least: u64) {
    let all: Vec<u64> = whole.elements().iter().map(|one| one.answers).collect();
    loop {
        let told = groups.iter().filter(|group| group.is_shown());
        let mut behind = whole.respondents();
        let mut open = all.clone();
        for group in told {
            behind = behind.saturating_sub(group.respondents);
            for (left, answers) in open.iter_mut().zip(&group.answers) {
                *left = left.saturating_sub(*answers);
            }
        }
        // Of an element that is not told of all answers nothing can be taken away.
        let of_element = open.iter().zip(&all);
        let gives_away = of_element
            .filter(|(_, all)| !is_few(**all, least))
            .any(|(left, _)| is_few(*left, least));
        if !is_few(behind, least) && !gives_away {
            return;
        }
        let shown = groups.iter_mut().filter(|group| group.is_shown());
        match shown.min_by_key(|group| group.respondents) {
            Some(smallest) => smallest.figure = ResultFigure::withheld(smallest.figure.n),
            None => return,
        }
    }
}

/// Whether every group of a table is told, and those who said nothing are nobody or enough.
#[must_use]
pub fn all_told(groups: &[Group], whole: &Tally, least: u64) -> bool {
    let said: u64 = groups.iter().map(|group| group.respondents).sum();
    !any_hidden(groups) && !is_few(whole.respondents().saturating_sub(said), least)
}

/// Whether somebody's figures are not told.
#[must_use]
pub fn any_hidden(groups: &[Group]) -> bool {
    groups.iter().any(Group::is_hidden)
}

/// Of each element the number of its answers where that is too few for a figure. None of them where no sheet was
/// answered, and none where it would be all: something has to be left.
pub fn few_answered(elements: usize, scores: &[String], least: u64) -> Result<Vec<Option<u64>>> {
    let mut tally = Tally::new(elements);
    for sheet in scores {
        tally.add(sheet.as_bytes()).map_err(anyhow::Error::from)?;
    }
    let few = tally.elements().into_iter();
    let few: Vec<Option<u64>> = few
        .map(|one| Some(one.answers).filter(|answers| *answers < least))
        .collect();
    let some_stays = few.iter().any(Option::is_none);
    Ok(few
        .into_iter()
        .map(|few| few.filter(|_| some_stays))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A group of these sheets, shown where there are at least `least` of them.
    fn tally(sheets: &[(&str, usize)]) -> Tally {
        let mut tally = Tally::new(2);
        for (sheet, times) in sheets {
            for _ in 0..*times {
                tally.add(sheet.as_bytes()).unwrap();
            }
        }
        tally
    }

    fn hidden(parts: &[&[(&str, usize)]], blank: &[(&str, usize)]) -> Vec<bool> {
        let least = 5;
        let whole: Vec<(&str, usize)> = parts
            .iter()
            .copied()
            .chain([blank])
            .flatten()
            .copied()
            .collect();
        let mut groups: Vec<Group> = parts
            .iter()
            .map(|part| {
                let tally = tally(part);
                let n = tally.respondents();
                let few = n < least || has_few(&tally.elements(), least);
                let figure = ResultFigure {
                    withheld: few,
                    ..ResultFigure::withheld(n)
                };
                Group::new(figure, &tally)
            })
            .collect();
        close(&mut groups, &tally(&whole), least);
        groups.iter().map(|group| group.figure.withheld).collect()
    }

    #[test]
    fn no_group_is_had_by_subtraction() {
        for (parts, blank, expected) in [
            (
                &[&[("44", 60)][..], &[("33", 40)]][..],
                &[][..],
                &[false, false][..],
            ),
            // Alone it would be the whole without the other: the next smallest goes with it.
            (
                &[&[("44", 3)], &[("33", 40)], &[("22", 30)]],
                &[],
                &[true, false, true],
            ),
            (
                &[&[("44", 3)], &[("33", 2)], &[("22", 30)]],
                &[],
                &[true, true, false],
            ),
            // One of a hundred said nothing of themselves.
            (
                &[&[("44", 60)], &[("33", 40)]],
                &[("11", 1)],
                &[false, true],
            ),
            (
                &[&[("44", 60)], &[("33", 40)]],
                &[("11", 5)],
                &[false, false],
            ),
            // Five sheets, but one answer to the second element.
            (
                &[&[("4-", 4), ("44", 1)], &[("33", 40)], &[("22", 30)]],
                &[],
                &[true, false, true],
            ),
            // Nobody of the group answered the second element: that is no one's answer.
            (&[&[("4-", 5)], &[("33", 40)]], &[], &[false, false]),
            // Of the whole the second element is not told, so nothing is taken from it.
            (
                &[&[("4-", 9)], &[("3-", 38), ("33", 2)]],
                &[],
                &[false, true],
            ),
        ] {
            assert_eq!(hidden(parts, blank), expected, "{parts:?} {blank:?}");
        }
    }
}
