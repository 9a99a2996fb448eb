//! The numbers of days that a unit writes down itself: one for each step, for the answer by kind, for the solution by
//! kind and class. A number that stays as it was keeps the place it comes from; one that is changed comes from what the
//! unit names. Values only.

use super::policies::{About, Step, Term, Terms};

/// One number of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub name: &'static str,
    pub step: Step,
    pub kind: Option<&'static str>,
    pub class: Option<&'static str>,
}

const fn of_all(name: &'static str, step: Step) -> Cell {
    Cell {
        name,
        step,
        kind: None,
        class: None,
    }
}

const fn of_kind(name: &'static str, kind: &'static str) -> Cell {
    Cell {
        name,
        step: Step::Respond,
        kind: Some(kind),
        class: None,
    }
}

const fn of_class(name: &'static str, kind: &'static str, class: &'static str) -> Cell {
    Cell {
        name,
        step: Step::Resolve,
        kind: Some(kind),
        class: Some(class),
    }
}

const KINDS: usize = 4;
const INFORMATION: &str = "information_request";
const PLAIN: &str = "not_supervisory";
const WATCHED: &str = "supervisory";

/// Every number of the form, those of a kind together.
pub const CELLS: [Cell; 23] = [
    of_all("verify", Step::Verify),
    of_all("dispose", Step::Dispose),
    of_all("start", Step::Start),
    of_all("complete", Step::Complete),
    of_all("extend", Step::Extend),
    of_all("auto_close", Step::AutoClose),
    of_all("reopen", Step::Reopen),
    of_kind("respond_complaint", "complaint"),
    of_class("resolve_complaint_1", "complaint", INFORMATION),
    of_class("resolve_complaint_2", "complaint", PLAIN),
    of_class("resolve_complaint_3", "complaint", WATCHED),
    of_kind("respond_aspiration", "aspiration"),
    of_class("resolve_aspiration_1", "aspiration", INFORMATION),
    of_class("resolve_aspiration_2", "aspiration", PLAIN),
    of_class("resolve_aspiration_3", "aspiration", WATCHED),
    of_kind("respond_information", INFORMATION),
    of_class("resolve_information_1", INFORMATION, INFORMATION),
    of_class("resolve_information_2", INFORMATION, PLAIN),
    of_class("resolve_information_3", INFORMATION, WATCHED),
    of_kind("respond_praise", "praise"),
    of_class("resolve_praise_1", "praise", INFORMATION),
    of_class("resolve_praise_2", "praise", PLAIN),
    of_class("resolve_praise_3", "praise", WATCHED),
];

impl Cell {
    /// The number that holds for it.
    #[must_use]
    pub fn of(self, terms: &Terms) -> Option<&Term> {
        let about = About {
            kind: self.kind.unwrap_or_default(),
            class: self.class,
        };
        terms.of(self.step, about)
    }
}

/// Whether every number is the one that holds.
#[must_use]
pub fn unchanged(now: &Terms, typed: &[(Cell, u32)]) -> bool {
    typed.iter().all(|typed| stays(now, typed))
}

fn stays(now: &Terms, (cell, days): &(Cell, u32)) -> bool {
    cell.of(now).is_some_and(|term| term.working_days == *days)
}

/// Solutions due before the answer of their kind. What stood so before and is not touched is not asked for again: the
/// days of SP4N-LAPOR's classes do.
fn solved_before_answered(now: &Terms, typed: &[(Cell, u32)]) -> Vec<&'static str> {
    let answer_of = |kind: Option<&str>| {
        let mut answers = typed.iter().filter(|(cell, _)| cell.step == Step::Respond);
        answers.find(|(cell, _)| cell.kind == kind)
    };
    let solutions = typed.iter().filter(|(cell, _)| cell.step == Step::Resolve);
    let early = solutions.filter(|solution| {
        answer_of(solution.0.kind).is_some_and(|answer| {
            answer.1 > solution.1 && !(stays(now, answer) && stays(now, solution))
        })
    });
    early.map(|(cell, _)| cell.name).collect()
}

/// What contradicts itself: the cell, and the key of the words for it.
#[must_use]
pub fn contradictions(now: &Terms, typed: &[(Cell, u32)]) -> Vec<(&'static str, &'static str)> {
    let of = |step: Step| typed.iter().filter(move |(cell, _)| cell.step == step);
    let mut found = Vec::new();
    let answer = of(Step::Respond).map(|(_, days)| *days).min();
    for (cell, days) in typed {
        let before_answer = matches!(cell.step, Step::Verify | Step::Dispose | Step::Start);
        if before_answer && answer.is_some_and(|answer| *days > answer) {
            found.push((cell.name, "policy-own-longer-than-answer"));
        }
    }
    let closing = of(Step::AutoClose).map(|(_, days)| *days).max();
    for (cell, days) in of(Step::Reopen) {
        if closing.is_some_and(|closing| *days <= closing) {
            found.push((cell.name, "policy-own-reopen-before-closing"));
        }
    }
    let early = solved_before_answered(now, typed).into_iter();
    found.extend(early.map(|name| (name, "policy-own-solved-before-answer")));
    found
}

/// The numbers as they were typed, each with the place it comes from.
#[must_use]
pub fn written_down(
    now: &Terms,
    typed: &[(Cell, u32)],
    (source, certainty): (&str, &str),
) -> Terms {
    let terms = typed.iter().map(|(cell, days)| {
        let kept = cell.of(now).filter(|term| term.working_days == *days);
        Term {
            step: cell.step,
            kind: cell.kind.map(str::to_owned),
            class: cell.class.map(str::to_owned),
            working_days: *days,
            source: kept.map_or(source, |term| term.source.as_str()).to_owned(),
            certainty: kept
                .map_or(certainty, |term| term.certainty.as_str())
                .to_owned(),
        }
    });
    Terms(joined(&terms.collect::<Vec<_>>()))
}

/// What is the same for every kind is one number, as it is in the sets that are shipped.
fn joined(terms: &[Term]) -> Vec<Term> {
    let mut found: Vec<Term> = Vec::with_capacity(terms.len());
    for term in terms {
        let of_all = Term {
            kind: None,
            ..term.clone()
        };
        let alike = terms.iter().filter(|other| {
            let other = Term {
                kind: None,
                ..(*other).clone()
            };
            other == of_all
        });
        if alike.count() < KINDS {
            found.push(term.clone());
        } else if !found.contains(&of_all) {
            found.push(of_all);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::policies::shipped;

    fn now() -> Terms {
        Terms(shipped().unwrap().remove(0).term)
    }

    /// As the form shows them, with some of them changed.
    fn typed(changed: &[(&str, u32)]) -> Vec<(Cell, u32)> {
        let now = now();
        let days = |cell: Cell| {
            let change = changed.iter().find(|(name, _)| *name == cell.name);
            change.map_or_else(|| cell.of(&now).unwrap().working_days, |(_, days)| *days)
        };
        CELLS.map(|cell| (cell, days(cell))).to_vec()
    }

    #[test]
    fn what_is_not_changed_keeps_the_place_it_comes_from() {
        let now = now();
        let own = written_down(&now, &typed(&[]), ("SK Contoh", "verified"));
        assert_eq!(own.0.len(), now.0.len(), "{own:?}");
        for term in &now.0 {
            assert!(own.0.contains(term), "{term:?}");
        }
    }

    #[test]
    fn a_changed_number_comes_from_what_the_unit_names_and_holds_for_its_kind_and_class_alone() {
        let changed = [("respond_praise", 5), ("resolve_aspiration_2", 30)];
        let own = written_down(&now(), &typed(&changed), ("SK Contoh", "verified"));
        for (step, kind, class, days, source) in [
            (Step::Respond, "praise", None, 5, "SK Contoh"),
            (Step::Resolve, "aspiration", Some(PLAIN), 30, "SK Contoh"),
            (Step::Respond, "complaint", None, 2, "ketentuan bawaan"),
            (Step::Resolve, "complaint", Some(PLAIN), 14, "pedoman SP4N"),
            (
                Step::Resolve,
                "aspiration",
                Some(WATCHED),
                60,
                "pedoman SP4N",
            ),
            (Step::Verify, "praise", None, 1, "ketentuan bawaan"),
        ] {
            let found = own.of(step, About { kind, class }).unwrap();
            assert_eq!(found.working_days, days, "{step:?} {kind} {class:?}");
            assert!(found.source.starts_with(source), "{found:?}");
        }
    }

    #[test]
    fn numbers_that_contradict_each_other_are_named() {
        for (changed, wrong) in [
            (vec![], vec![]),
            (vec![("verify", 3)], vec!["verify"]),
            (vec![("respond_praise", 1)], vec![]),
            (vec![("start", 2), ("respond_praise", 1)], vec!["start"]),
            (vec![("reopen", 10)], vec!["reopen"]),
            (vec![("auto_close", 25)], vec!["reopen"]),
            (vec![("respond_praise", 5)], vec![]),
            (
                vec![("respond_praise", 20)],
                vec!["resolve_praise_1", "resolve_praise_2"],
            ),
            (
                vec![("resolve_complaint_1", 1)],
                vec!["resolve_complaint_1"],
            ),
        ] {
            let found = contradictions(&now(), &typed(&changed));
            let names: Vec<_> = found.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, wrong, "{changed:?}");
        }
    }

    #[test]
    fn an_order_that_a_known_set_has_is_not_asked_for_again() {
        let sets = shipped().unwrap();
        let classes = sets.into_iter().find(|set| set.code == "sp4n_classes");
        let now = Terms(classes.unwrap().term);
        let mut typed = CELLS.map(|cell| (cell, cell.of(&now).unwrap().working_days));
        assert!(unchanged(&now, &typed));
        assert!(contradictions(&now, &typed).is_empty());
        let praise = typed
            .iter_mut()
            .find(|(cell, _)| cell.name == "respond_praise");
        praise.unwrap().1 = 15;
        assert!(!unchanged(&now, &typed));
        let names = contradictions(&now, &typed)
            .into_iter()
            .map(|(name, _)| name);
        let names: Vec<_> = names.collect();
        assert_eq!(names, ["resolve_praise_1", "resolve_praise_2"]);
    }

    #[test]
    fn every_number_of_the_form_has_its_own_name() {
        let mut names: Vec<_> = CELLS.iter().map(|cell| cell.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CELLS.len());
    }
}
