//! How many days each step of a complaint may take, as data: by kind and resolution class, each number with
//! the place it comes from. Values only.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use super::rules::{AfterHours, CalendarError, DeadlinePolicy, DueEnd};

/// What days are counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sea_orm::EnumIter)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Received: somebody has looked at it.
    Verify,
    /// Verified: a division has it.
    Dispose,
    /// Assigned: the division has begun.
    Start,
    /// Incomplete: what the citizen still owes.
    Complete,
    /// The first answer; after a reopening the next one.
    Respond,
    /// Everything is settled, by resolution class.
    Resolve,
    /// Answered: closed when nothing more is heard.
    AutoClose,
    /// After an answer: how long the citizen may say that it did not help.
    Reopen,
    /// By how much the first answer may be put off, once.
    Extend,
}

impl Step {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Dispose => "dispose",
            Self::Start => "start",
            Self::Complete => "complete",
            Self::Respond => "respond",
            Self::Resolve => "resolve",
            Self::AutoClose => "auto_close",
            Self::Reopen => "reopen",
            Self::Extend => "extend",
        }
    }
}

/// How sure it is what a number comes from.
pub const CERTAINTIES: [&str; 3] = ["verified", "secondary", "unverified"];

/// The number for a step. Without kind or class it holds for all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub step: Step,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    pub working_days: u32,
    /// The regulation, decree or setting that the number comes from.
    pub source: String,
    /// `verified`, `secondary` or `unverified`.
    pub certainty: String,
}

/// Which complaint a number is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About<'a> {
    pub kind: &'a str,
    pub class: Option<&'a str>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Terms(pub Vec<Term>);

impl Terms {
    /// The number that fits best: what names the kind and the class goes before what names one of them,
    /// and that before what holds for all.
    #[must_use]
    pub fn of(&self, step: Step, about: About<'_>) -> Option<&Term> {
        let fits = |asked: Option<&str>, named: &Option<String>| match named {
            None => Some(0),
            Some(named) if Some(named.as_str()) == asked => Some(1),
            Some(_) => None,
        };
        let ranked = self.0.iter().filter(|term| term.step == step);
        ranked
            .filter_map(|term| {
                let class = fits(about.class, &term.class)?;
                let kind = fits(Some(about.kind), &term.kind)?;
                Some((class * 2 + kind, term))
            })
            .max_by_key(|(rank, _)| *rank)
            .map(|(_, term)| term)
    }

    /// The same numbers with another one for the answer, whatever the kind: what a unit's own standard says.
    #[must_use]
    pub fn answering_in(mut self, days: u32, source: &str, certainty: &str) -> Self {
        self.0.retain(|term| term.step != Step::Respond);
        self.0.push(Term {
            step: Step::Respond,
            kind: None,
            class: None,
            working_days: days,
            source: source.to_owned(),
            certainty: certainty.to_owned(),
        });
        self
    }
}

/// The numbers that a complaint was received under, and how days begin and end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub code: String,
    pub after_hours: AfterHours,
    pub due_end: DueEnd,
    pub terms: Terms,
}

impl Policy {
    /// The number of a step. A policy without one is a fault of the settings, never a deadline of zero days.
    pub fn term(&self, step: Step, about: About<'_>) -> Result<&Term, CalendarError> {
        let found = self.terms.of(step, about);
        found.ok_or(CalendarError::NoTerm { step: step.code() })
    }

    /// What is promised to everybody, before a kind is known: the number of this kind, and those of the other kinds
    /// that differ from it. A unit may have a number for each kind and none for all of them.
    pub fn promised<'a>(
        &self,
        kind: &str,
        others: impl IntoIterator<Item = &'a str>,
    ) -> Result<Promised<'_, 'a>, CalendarError> {
        let of = |kind| self.term(Step::Respond, About { kind, class: None });
        let term = of(kind)?;
        let mut other = Vec::new();
        for kind in others {
            let found = of(kind)?;
            if found.working_days != term.working_days {
                other.push((kind, found));
            }
        }
        Ok(Promised { term, other })
    }

    /// How to count so many days under it.
    #[must_use]
    pub fn counting(&self, working_days: u32) -> DeadlinePolicy {
        DeadlinePolicy {
            working_days,
            after_hours: self.after_hours,
            due_end: self.due_end,
        }
    }
}

/// By how many days an answer comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised<'t, 'k> {
    pub term: &'t Term,
    /// Kinds with another number.
    pub other: Vec<(&'k str, &'t Term)>,
}

/// A named set of numbers that comes with the program.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShippedSet {
    /// Its name is the text `policy-set-<code>`.
    pub code: String,
    pub term: Vec<Term>,
}

#[derive(Deserialize)]
struct Shipped {
    set: Vec<ShippedSet>,
}

const SHIPPED: &str = include_str!("../../fixtures/deadline-policies.toml");

/// The sets that come with the program; the first is the default. What a set does not say, the default says.
pub fn shipped() -> Result<Vec<ShippedSet>, toml::de::Error> {
    let mut sets = toml::from_str::<Shipped>(SHIPPED)?.set;
    let default = sets.first().map(|set| set.term.clone()).unwrap_or_default();
    for set in sets.iter_mut().skip(1) {
        let own: Vec<Step> = set.term.iter().map(|term| term.step).collect();
        let rest = default.iter().filter(|term| !own.contains(&term.step));
        set.term.extend(rest.cloned());
    }
    Ok(sets)
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable as _;

    use super::*;

    fn term(step: Step, kind: Option<&str>, class: Option<&str>, working_days: u32) -> Term {
        Term {
            step,
            kind: kind.map(str::to_owned),
            class: class.map(str::to_owned),
            working_days,
            source: "contoh".to_owned(),
            certainty: "unverified".to_owned(),
        }
    }

    #[test]
    fn the_number_that_names_most_wins() {
        let terms = Terms(vec![
            term(Step::Respond, None, None, 2),
            term(Step::Respond, Some("praise"), None, 10),
            term(Step::Respond, None, Some("supervisory"), 20),
            term(Step::Respond, Some("praise"), Some("supervisory"), 30),
            term(Step::Verify, None, None, 1),
        ]);
        for (kind, class, days) in [
            ("complaint", None, 2),
            ("praise", None, 10),
            ("complaint", Some("supervisory"), 20),
            ("praise", Some("supervisory"), 30),
            ("praise", Some("other"), 10),
        ] {
            let about = About { kind, class };
            let found = terms.of(Step::Respond, about).unwrap();
            assert_eq!(found.working_days, days, "{about:?}");
        }
        assert_eq!(terms.of(Step::Resolve, About::default()), None);
    }

    #[test]
    fn what_is_promised_names_the_kinds_that_differ_whether_or_not_a_number_holds_for_all() {
        let kinds = ["aspiration", "praise"];
        let named = |kind, days| term(Step::Respond, Some(kind), None, days);
        for (terms, expected) in [
            (vec![term(Step::Respond, None, None, 2)], Some((2, vec![]))),
            (
                vec![
                    named("complaint", 3),
                    named("aspiration", 3),
                    named("praise", 4),
                ],
                Some((3, vec![("praise", 4)])),
            ),
            (
                vec![term(Step::Respond, None, None, 2), named("aspiration", 6)],
                Some((2, vec![("aspiration", 6)])),
            ),
            (vec![named("complaint", 3)], None),
        ] {
            let policy = Policy {
                code: "unit".to_owned(),
                after_hours: AfterHours::default(),
                due_end: DueEnd::default(),
                terms: Terms(terms),
            };
            let found = policy.promised("complaint", kinds).ok().map(|found| {
                let other = found.other.into_iter();
                let other: Vec<_> = other
                    .map(|(kind, term)| (kind, term.working_days))
                    .collect();
                (found.term.working_days, other)
            });
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn every_shipped_set_has_a_number_with_a_source_for_every_step_kind_and_class() {
        let sets = shipped().unwrap();
        assert_eq!(sets[0].code, "seed");
        for set in sets {
            let terms = Terms(set.term);
            assert!(terms.0.iter().all(|term| term.source.len() > 10));
            for step in Step::iter() {
                for kind in ["complaint", "aspiration", "information_request", "praise"] {
                    for class in ["information_request", "not_supervisory", "supervisory"] {
                        let about = About {
                            kind,
                            class: Some(class),
                        };
                        assert!(terms.of(step, about).is_some(), "{} {step:?}", set.code);
                    }
                    let unclassed = About { kind, class: None };
                    let without = terms.of(step, unclassed).is_some();
                    assert_eq!(without, step != Step::Resolve, "{} {step:?}", set.code);
                }
            }
        }
    }

    #[test]
    fn no_step_takes_longer_than_the_answer_it_leads_to() {
        for set in shipped().unwrap() {
            let terms = Terms(set.term);
            for kind in ["complaint", "information_request"] {
                let about = About { kind, class: None };
                let days = |step| terms.of(step, about).unwrap().working_days;
                for step in [Step::Verify, Step::Dispose, Step::Start] {
                    assert!(days(step) <= days(Step::Respond), "{} {step:?}", set.code);
                }
                // Whose silence closed it can still say that it did not help.
                assert!(days(Step::Reopen) > days(Step::AutoClose));
            }
        }
    }
}
