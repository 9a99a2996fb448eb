//! The result of a period as it is told: to programs, on pages, in the workbook and the report, and as it is kept when
//! the period is frozen. Figures are texts, rounded once; nothing computes with them afterwards but differences.

use poem_openapi::Object;
use serde::{Deserialize, Serialize};

use crate::surveys::rules::scoring;

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Object, Serialize, Deserialize)]
#[oai(rename = "SurveyWords")]
pub struct Words {
    pub id: String,
    pub en: String,
}

/// The result of a survey period.
#[derive(Clone, Debug, PartialEq, Eq, Object, Serialize, Deserialize)]
pub struct SurveyResult {
    pub id: String,
    /// Code of the unit.
    pub unit: String,
    pub title: String,
    pub opens_on: chrono::NaiveDate,
    pub closes_on: chrono::NaiveDate,
    /// Whether answers are still taken or may still change: `draft`, `open`, `closed` or `frozen`.
    pub state: String,
    /// Respondents with at least one answer.
    pub n: u64,
    /// Answers that the office set aside before freezing; they count in no figure, and `warnings` says why.
    #[serde(default)]
    pub set_aside: u64,
    pub elements: Vec<ResultElement>,
    /// Two decimals, from 25.00 to 100.00; absent where there is none, and `warnings` says why.
    pub ikm: Option<String>,
    pub grade: Option<String>,
    /// In Indonesian, as the regulation has it.
    pub performance: Option<String>,
    pub performance_en: Option<String>,
    /// Ids of the three lowest elements, the lowest first; more where several share the third place. The highest are never
    /// among them, nor those at a place that more than half of all elements share. What was frozen under an earlier rule
    /// names them by that one.
    pub weakest: Vec<String>,
    pub confidence: Option<ResultInterval>,
    /// The index by the yearly volume of the services, where the period chose it; `ikm` counts every respondent the same.
    pub by_volume: Option<ResultByVolume>,
    pub sample: ResultSample,
    pub services: Vec<ResultService>,
    pub cuts: Vec<ResultCut>,
    /// `exact`, `0.11`, `0.111`, `0.071` or `own`.
    pub weights: String,
    /// `14/2017` or `KEP/25/2004`.
    pub grades: String,
    /// The regulation of the grade table.
    pub regulation: String,
    /// Figures of fewer respondents are not shown.
    pub minimum_answers: u64,
    /// How missing answers and small samples were treated.
    pub policies: Vec<Words>,
    pub warnings: Vec<Words>,
    /// SHA-256 of the raw answers as they were when the period was frozen.
    pub frozen_hash: Option<String>,
}

impl SurveyResult {
    /// Whether enough answered that it has figures to show.
    #[must_use]
    pub fn tells(&self) -> bool {
        self.n > 0 && self.n >= self.minimum_answers
    }

    /// The elements for want of whose answers it has no index although enough people answered; none where it has one.
    #[must_use]
    pub fn lacking(&self) -> Vec<&ResultElement> {
        let lacks = self.tells() && self.ikm.is_none();
        let elements = self.elements.iter();
        elements.filter(|one| lacks && one.nrr.is_none()).collect()
    }
}

/// What was answered about one element.
#[derive(Clone, Debug, PartialEq, Eq, Object, Serialize, Deserialize)]
pub struct ResultElement {
    /// The stable id.
    pub id: String,
    /// `U1`, within this period.
    pub label: String,
    pub name_id: String,
    pub name_en: String,
    /// As text: `1/9`, `0.11`, `0.125`.
    pub weight: String,
    pub answers: u64,
    /// How often 1, 2, 3 and 4 were given.
    pub counts: Vec<u64>,
    /// Three decimals.
    pub nrr: Option<String>,
}

/// How far chance may have moved the index.
#[derive(Clone, Debug, PartialEq, Eq, Object, Serialize, Deserialize)]
pub struct ResultInterval {
    /// In per cent.
    pub level: String,
    pub margin: String,
    pub low: String,
    pub high: String,
    /// The population for which it was corrected.
    pub population: Option<u64>,
    pub method: String,
}

/// The index by the yearly volume of services.
#[derive(Clone, Debug, PartialEq, Eq, Object, Serialize, Deserialize)]
pub struct ResultByVolume {
    pub ikm: String,
    pub grade: String,
    pub performance: String,
    pub performance_en: String,
    /// Volume of the services that have an index, and of all.
    pub covered: u64,
    pub total: u64,
}

/// How many were needed and how many came.
#[derive(Clone, Debug, PartialEq, Eq, Object, Serialize, Deserialize)]
pub struct ResultSample {
    /// Of the services whose population is known; absent where none is.
    pub population: Option<u64>,
    /// The sum of what each of them needs by Krejcie and Morgan.
    pub needed: Option<u64>,
    /// Services that have fewer answers than they need, by their code.
    pub short: Vec<String>,
}

/// One service.
#[derive(Clone, Debug, PartialEq, Eq, Object, Serialize, Deserialize)]
pub struct ResultService {
    pub code: String,
    pub name: String,
    pub population: Option<u64>,
    pub needed: Option<u64>,
    pub volume: Option<u64>,
    pub figure: ResultFigure,
}

/// Answers told apart by one thing.
#[derive(Clone, Debug, PartialEq, Eq, Object, Serialize, Deserialize)]
pub struct ResultCut {
    /// `way`, `point`, `sex`, `age_band`, `education` or `occupation`.
    pub dimension: String,
    pub values: Vec<ResultValue>,
}

#[derive(Clone, Debug, PartialEq, Eq, Object, Serialize, Deserialize)]
pub struct ResultValue {
    /// The kept code, such as `female`; the name of a point.
    pub value: String,
    pub figure: ResultFigure,
}

/// The figures of a part of the answers.
#[derive(Clone, Debug, PartialEq, Eq, Object, Serialize, Deserialize)]
#[oai(rename = "SurveyFigure")]
pub struct ResultFigure {
    pub n: u64,
    /// Fewer than the minimum answered, or the others could be had from the difference: nothing else is told.
    pub withheld: bool,
    pub ikm: Option<String>,
    pub grade: Option<String>,
    /// Of each element in its order, three decimals.
    pub nrr: Vec<Option<String>>,
}

impl ResultFigure {
    /// How many there were, and nothing else.
    #[must_use]
    pub fn withheld(n: u64) -> Self {
        Self {
            n,
            withheld: true,
            ikm: None,
            grade: None,
            nrr: Vec::new(),
        }
    }
}

impl SurveyResult {
    /// The mean that all elements share; none where one differs. Also of results that were kept with all of them as the
    /// lowest.
    #[must_use]
    pub fn shared_mean(&self) -> Option<&String> {
        let mut means = self.elements.iter().filter_map(|one| one.nrr.as_ref());
        let first = means.next()?;
        let mut others = means.peekable();
        others.peek()?;
        others.all(|mean| mean == first).then_some(first)
    }

    /// The mean at the lowest place beyond the weakest that most elements share, and how many they are: they do not stand
    /// out, and are counted instead of named. None where all are alike, which is told by itself.
    #[must_use]
    pub fn shared_by_most(&self) -> Option<(&String, usize)> {
        let mut means: Vec<&String> = self
            .elements
            .iter()
            .filter_map(|one| one.nrr.as_ref())
            .collect();
        // Figures of three decimals of one scale sort as texts.
        means.sort_unstable();
        let (all, highest) = (means.len(), *means.last()?);
        let others = self.elements.iter().filter(|one| !self.is_weak(one));
        let lowest = others.filter_map(|one| one.nrr.as_ref()).min()?;
        let sharing = means.into_iter().filter(|mean| *mean == lowest).count();
        (lowest < highest && scoring::is_most(sharing, all)).then_some((lowest, sharing))
    }

    /// Whether an element is among the lowest.
    #[must_use]
    pub fn is_weak(&self, element: &ResultElement) -> bool {
        self.shared_mean().is_none() && self.weakest.contains(&element.id)
    }

    /// The elements of a period that are its lowest, in their order; none where all are alike.
    #[must_use]
    pub fn weakest_elements(&self) -> Vec<&ResultElement> {
        if self.shared_mean().is_some() {
            return Vec::new();
        }
        let known = self.weakest.iter();
        known
            .filter_map(|id| self.elements.iter().find(|element| element.id == *id))
            .collect()
    }
}

impl ResultElement {
    #[must_use]
    pub fn name(&self, locale: crate::platform::i18n::Locale) -> &str {
        match locale {
            crate::platform::i18n::Locale::Id => &self.name_id,
            crate::platform::i18n::Locale::En => &self.name_en,
        }
    }

    /// `U3 Waktu Penyelesaian`
    #[must_use]
    pub fn full_name(&self, locale: crate::platform::i18n::Locale) -> String {
        format!("{} {}", self.label, self.name(locale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(means: &[Option<&str>]) -> SurveyResult {
        let elements: Vec<_> = means
            .iter()
            .zip(1..)
            .map(|(mean, at)| {
                serde_json::json!({
                    "id": format!("e{at}"), "label": format!("U{at}"), "name_id": "", "name_en": "", "weight": "1",
                    "answers": 9, "counts": [], "nrr": mean,
                })
            })
            .collect();
        let weakest: Vec<_> = (1..=means.len()).map(|at| format!("e{at}")).collect();
        let result = serde_json::json!({
            "id": "", "unit": "", "title": "", "opens_on": "2026-01-01", "closes_on": "2026-01-31",
            "state": "frozen", "n": 9, "elements": elements, "weakest": weakest,
            "sample": { "short": [] }, "services": [], "cuts": [], "weights": "exact",
            "grades": "14/2017", "regulation": "", "minimum_answers": 5, "policies": [],
            "warnings": [],
        });
        serde_json::from_value(result).unwrap()
    }

    #[test]
    fn elements_that_hardly_anybody_answered_are_lacking_while_there_is_no_index() {
        for (n, ikm, expected) in [
            (9, None, &["e2"][..]),
            (9, Some("75.00"), &[]),
            // Of so few nothing is told, whatever they answered.
            (4, None, &[]),
            (0, None, &[]),
        ] {
            let result = SurveyResult {
                n,
                ikm: ikm.map(str::to_owned),
                ..of(&[Some("3.000"), None])
            };
            let lacking = result.lacking().into_iter();
            let lacking: Vec<&str> = lacking.map(|one| one.id.as_str()).collect();
            assert_eq!(lacking, expected, "{n}");
        }
    }

    #[test]
    fn where_all_elements_are_alike_none_is_the_lowest() {
        for (means, shared) in [
            (&[Some("3.000"), Some("3.000"), None][..], Some("3.000")),
            (&[Some("3.000"), Some("3.001")], None),
            (&[Some("3.000")], None),
            (&[None], None),
        ] {
            let result = of(means);
            assert_eq!(result.shared_mean().map(String::as_str), shared);
            assert_eq!(result.weakest_elements().is_empty(), shared.is_some());
        }
    }

    #[test]
    fn what_most_elements_share_is_counted_and_not_named() {
        for (means, weakest, shared) in [
            (
                &["3.000", "3.000", "3.400"][..],
                &[][..],
                Some(("3.000", 2)),
            ),
            (&["3.000", "3.000", "3.000"], &[], None),
            (
                &["2.900", "3.000", "3.000", "3.000", "3.400"],
                &["e1"],
                Some(("3.000", 3)),
            ),
            (&["2.900", "3.000", "3.400"], &["e1", "e2"], None),
            // Most are the highest.
            (&["2.900", "3.400", "3.400"], &["e1"], None),
        ] {
            let known: Vec<Option<&str>> = means.iter().copied().map(Some).collect();
            let result = SurveyResult {
                weakest: weakest.iter().map(|id| (*id).to_owned()).collect(),
                ..of(&known)
            };
            let found = result.shared_by_most();
            let found = found.map(|(mean, count)| (mean.as_str(), count));
            assert_eq!(found, shared, "{means:?}");
        }
    }
}
