//! Puts a result together: what was counted, by the rules of the period, said in words.

use std::collections::BTreeMap;

use chrono::Datelike as _;

use super::{
    computing::{Counted, Dimension},
    figures::{
        ResultByVolume, ResultCut, ResultElement, ResultFigure, ResultInterval, ResultSample,
        ResultService, ResultValue, SurveyResult, Words,
    },
};
use crate::{
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message},
    },
    surveys::{
        defaults::profile,
        entity::setup::{element, period},
        method_args,
        rules::{
            exact::{self, Exact},
            grades,
            method::method,
            remarks::Remark,
            sample_size,
            scoring::{self, Index, Outcome, Scheme, Tally},
            volume::by_volume,
            weights::{BadWeights, Policy, Weights},
        },
    },
};

/// A service of the period with its name.
#[derive(Clone, Debug)]
pub struct Service {
    /// The id as it stands in answers.
    pub key: String,
    pub code: String,
    pub name: String,
    pub population: u64,
    pub volume: u64,
}

/// What a result is made of besides the answers.
pub struct Period<'a> {
    pub row: &'a period::Model,
    pub unit: &'a str,
    pub state: String,
    pub elements: &'a [element::Model],
    pub services: &'a [Service],
    /// Names of points by their id.
    pub points: &'a BTreeMap<String, String>,
}

fn broken(fault: &BadWeights) -> Error {
    Error::rule("survey.weights", method_args::message(fault))
}

/// How the period weighs and grades.
pub fn scheme(row: &period::Model, elements: &[element::Model]) -> Result<Scheme> {
    let grades = grades::table(&row.grade_table)
        .ok_or_else(|| anyhow::anyhow!("period {} has an unknown grade table", row.id))?;
    let own: Vec<&String> = elements
        .iter()
        .filter_map(|one| one.weight.as_ref())
        .collect();
    let weights = if own.is_empty() {
        let policy = Policy::parse(&row.weight_policy)
            .ok_or_else(|| anyhow::anyhow!("period {} has unknown weights", row.id))?;
        Weights::Named(policy)
    } else {
        let each: std::result::Result<Vec<Exact>, _> =
            own.into_iter().map(|text| exact::parse(text)).collect();
        Weights::own(each.map_err(anyhow::Error::from)?).map_err(|fault| broken(&fault))?
    };
    Ok(Scheme { weights, grades })
}

fn weight_text(scheme: &Scheme, elements: usize, own: Option<&String>) -> String {
    match (&scheme.weights, own) {
        (Weights::Named(Policy::Exact), _) => format!("1/{elements}"),
        (Weights::Named(policy), _) => policy.code().to_owned(),
        (Weights::Own(_), own) => own.cloned().unwrap_or_default(),
    }
}

fn words(text: impl Fn(Locale) -> String) -> Words {
    Words {
        id: text(Locale::Id),
        en: text(Locale::En),
    }
}

fn two(index: &Index) -> String {
    exact::fixed(&index.rounded, 2)
}

/// The whole result.
pub fn result(of: &Period<'_>, counted: &Counted) -> Result<SurveyResult> {
    let scheme = scheme(of.row, of.elements)?;
    let outcome = scoring::outcome(&counted.whole, &scheme).map_err(|fault| broken(&fault))?;
    let least = u64::try_from(of.row.minimum_answers).unwrap_or(1).max(1);
    let cut = Cutter {
        scheme: &scheme,
        least,
    };
    let services = services(of, counted, &cut)?;
    // Too few for a figure: neither the index nor what it is made of.
    let enough = outcome.respondents >= least;
    let index = outcome.index.as_ref().filter(|_| enough);
    let means: Vec<Option<Exact>> = outcome.elements.iter().map(|one| one.nrr.clone()).collect();
    let weakest = if enough {
        scoring::weakest(&means, 3)
    } else {
        Vec::new()
    };
    let weakest = weakest.into_iter().filter_map(|at| of.elements.get(at));
    let sample = sample(&services);
    Ok(SurveyResult {
        id: of.row.id.to_string(),
        unit: of.unit.to_owned(),
        title: of.row.title.clone(),
        opens_on: of.row.opens_on,
        closes_on: of.row.closes_on,
        state: of.state.clone(),
        n: outcome.respondents,
        elements: elements(of, &scheme, &outcome, enough),
        ikm: index.map(two),
        grade: index.map(|index| index.band.grade.clone()),
        performance: index.map(|index| index.band.performance(Locale::Id).to_owned()),
        performance_en: index.map(|index| index.band.performance(Locale::En).to_owned()),
        weakest: weakest.map(|one| one.element_id.clone()).collect(),
        confidence: interval(counted, &scheme, index, sample.population)?,
        by_volume: if enough {
            volume(of, counted, &scheme)?
        } else {
            None
        },
        policies: policies(least),
        warnings: warnings(of, &scheme, &outcome, &sample, least),
        sample,
        services,
        cuts: cuts(of, counted, &cut)?,
        weights: scheme.weights.code().to_owned(),
        grades: scheme.grades.code.clone(),
        regulation: scheme.grades.regulation.clone(),
        minimum_answers: least,
        frozen_hash: of.row.frozen_hash.clone(),
    })
}

fn elements(
    of: &Period<'_>,
    scheme: &Scheme,
    outcome: &Outcome,
    enough: bool,
) -> Vec<ResultElement> {
    let rows = of.elements.iter().zip(&outcome.elements);
    rows.map(|(row, figure)| ResultElement {
        id: row.element_id.clone(),
        label: row.label.clone(),
        name_id: row.name_id.clone(),
        name_en: row.name_en.clone(),
        weight: weight_text(scheme, of.elements.len(), row.weight.as_ref()),
        answers: figure.answers,
        counts: if enough {
            figure.counts.to_vec()
        } else {
            Vec::new()
        },
        nrr: figure
            .nrr
            .as_ref()
            .filter(|_| enough)
            .map(|nrr| exact::fixed(nrr, 3)),
    })
    .collect()
}

struct Cutter<'a> {
    scheme: &'a Scheme,
    least: u64,
}

impl Cutter<'_> {
    fn figure(&self, tally: &Tally) -> Result<ResultFigure> {
        let outcome = scoring::outcome(tally, self.scheme).map_err(|fault| broken(&fault))?;
        if outcome.respondents < self.least {
            return Ok(ResultFigure::withheld(outcome.respondents));
        }
        let nrr = outcome.elements.iter().map(|one| one.nrr.as_ref());
        Ok(ResultFigure {
            n: outcome.respondents,
            withheld: false,
            ikm: outcome.index.as_ref().map(two),
            grade: outcome.index.map(|index| index.band.grade),
            nrr: nrr.map(|nrr| nrr.map(|nrr| exact::fixed(nrr, 3))).collect(),
        })
    }
}

/// One group that is withheld alone could be had by taking the others from the whole: the next smallest goes with it.
fn close<'a>(figures: impl Iterator<Item = &'a mut ResultFigure>, least: u64) {
    let (hidden, shown): (Vec<_>, Vec<_>) = figures
        .filter(|one| one.n > 0)
        .partition(|one| one.withheld);
    let behind: u64 = hidden.iter().map(|one| one.n).sum();
    if behind == 0 || behind >= least {
        return;
    }
    if let Some(smallest) = shown.into_iter().min_by_key(|one| one.n) {
        *smallest = ResultFigure::withheld(smallest.n);
    }
}

fn known(number: u64) -> Option<u64> {
    (number > 0).then_some(number)
}

fn services(of: &Period<'_>, counted: &Counted, cut: &Cutter<'_>) -> Result<Vec<ResultService>> {
    let none = Tally::new(of.elements.len());
    let tallies = counted.cuts.get(&Dimension::Service);
    let rows = of.services.iter().map(|service| {
        let tally = tallies.and_then(|tallies| tallies.get(&service.key));
        Ok(ResultService {
            code: service.code.clone(),
            name: service.name.clone(),
            population: known(service.population),
            needed: known(service.population).map(sample_size),
            volume: known(service.volume),
            figure: cut.figure(tally.unwrap_or(&none))?,
        })
    });
    let mut rows = rows.collect::<Result<Vec<_>>>()?;
    close(rows.iter_mut().map(|row| &mut row.figure), cut.least);
    Ok(rows)
}

fn sample(services: &[ResultService]) -> ResultSample {
    let sum = |of: fn(&ResultService) -> Option<u64>| {
        let known: Vec<u64> = services.iter().filter_map(of).collect();
        (!known.is_empty()).then(|| known.into_iter().sum())
    };
    let short = services
        .iter()
        .filter(|one| one.needed.is_some_and(|needed| one.figure.n < needed));
    ResultSample {
        population: sum(|one| one.population),
        needed: sum(|one| one.needed),
        short: short.map(|one| one.code.clone()).collect(),
    }
}

fn cuts(of: &Period<'_>, counted: &Counted, cut: &Cutter<'_>) -> Result<Vec<ResultCut>> {
    let others = counted
        .cuts
        .iter()
        .filter(|(dimension, values)| **dimension != Dimension::Service && !values.is_empty());
    others
        .map(|(dimension, values)| {
            let mut values: Vec<_> = values.iter().collect();
            // Ages and schools as the form asks them, not by the letters of their codes.
            let field = profile().iter().find(|one| one.field == dimension.code());
            if let Some(field) = field {
                let place = |code: &str| field.choice.iter().position(|one| one.code == code);
                values.sort_by_key(|(value, _)| place(value.as_str()));
            }
            let values = values.into_iter().map(|(value, tally)| {
                let name = match dimension {
                    Dimension::Point => of.points.get(value).cloned().unwrap_or_default(),
                    _ => value.clone(),
                };
                Ok(ResultValue {
                    value: name,
                    figure: cut.figure(tally)?,
                })
            });
            let mut values = values.collect::<Result<Vec<_>>>()?;
            close(values.iter_mut().map(|one| &mut one.figure), cut.least);
            Ok(ResultCut {
                dimension: dimension.code().to_owned(),
                values,
            })
        })
        .collect()
}

fn interval(
    counted: &Counted,
    scheme: &Scheme,
    index: Option<&Index>,
    population: Option<u64>,
) -> Result<Option<ResultInterval>> {
    let Some(index) = index else {
        return Ok(None);
    };
    let elements = counted.whole.elements().len();
    let weights = scheme
        .weights
        .each(elements)
        .map_err(|fault| broken(&fault))?;
    let found = counted.spread.interval(&index.exact, &weights, population);
    let confidence = &method().confidence;
    Ok(found.map(|found| ResultInterval {
        level: confidence.level.clone(),
        margin: exact::fixed(&found.margin, 2),
        low: exact::fixed(&found.low, 2),
        high: exact::fixed(&found.high, 2),
        population: found.population,
        method: confidence.source.clone(),
    }))
}

fn volume(of: &Period<'_>, counted: &Counted, scheme: &Scheme) -> Result<Option<ResultByVolume>> {
    if !of.row.by_volume {
        return Ok(None);
    }
    let tallies = counted.cuts.get(&Dimension::Service);
    let mut services = Vec::new();
    for service in of.services {
        let tally = tallies.and_then(|tallies| tallies.get(&service.key));
        let index = match tally {
            Some(tally) => {
                let outcome = scoring::outcome(tally, scheme).map_err(|fault| broken(&fault))?;
                outcome.index.map(|index| index.exact)
            }
            None => None,
        };
        services.push((service.volume, index));
    }
    let Some(value) = by_volume(&services) else {
        return Ok(None);
    };
    let rounded = exact::rounded(&value.exact, 2);
    Ok(scheme.grades.grade(&rounded).map(|band| ResultByVolume {
        ikm: exact::fixed(&rounded, 2),
        grade: band.grade.clone(),
        performance: band.performance(Locale::Id).to_owned(),
        performance_en: band.performance(Locale::En).to_owned(),
        covered: value.covered,
        total: value.total,
    }))
}

fn policies(least: u64) -> Vec<Words> {
    let said = |message: Message| words(|locale| message.text(locale));
    vec![
        said(Message::new("survey-policy-missing")),
        said(Message::new("survey-policy-minimum").with("least", least)),
        said(Message::new("survey-policy-sample").with("source", &method().sample.source)),
    ]
}

fn warnings(
    of: &Period<'_>,
    scheme: &Scheme,
    outcome: &Outcome,
    sample: &ResultSample,
    least: u64,
) -> Vec<Words> {
    let named = |locale| -> Vec<String> {
        let rows = of.elements.iter();
        rows.map(|row| format!("{} {}", row.label, row.name(locale)))
            .collect()
    };
    let mut remarks = outcome.remarks.clone();
    let year = of.row.closes_on.year();
    if !scheme.grades.is_valid_in(year) {
        let regulation = scheme.grades.regulation.clone();
        remarks.push(Remark::GradesOutsideValidity { regulation, year });
    }
    let mut told: Vec<Words> = remarks
        .iter()
        .map(|remark| words(|locale| remark.text(&named(locale), locale)))
        .collect();
    let mut say = |message: Message| told.push(words(|locale| message.text(locale)));
    if outcome.respondents > 0 && outcome.respondents < least {
        say(Message::new("survey-warning-few")
            .with("n", outcome.respondents)
            .with("least", least));
    }
    if !sample.short.is_empty() {
        say(Message::new("survey-warning-short").with("count", sample.short.len()));
    }
    told
}
