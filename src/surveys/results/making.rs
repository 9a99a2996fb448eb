//! Puts a result together: what was counted, by the rules of the period, said in words.

use std::collections::BTreeMap;

use chrono::Datelike as _;

use super::{
    computing::{Counted, Dimension},
    figures::{
        ResultByVolume, ResultCut, ResultElement, ResultFigure, ResultInterval, ResultSample,
        ResultService, ResultValue, SurveyResult, Words,
    },
    withholding::{self, Group, close, has_few, is_few},
};
use crate::{
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message},
        traces,
    },
    surveys::{
        defaults::profile,
        entity::{
            answers::aside,
            setup::{element, period},
        },
        interim::Extent,
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
        setup::{rules as setup, taking_out::TakenOut},
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
    /// Which answers were counted.
    pub extent: Extent,
    /// What was set aside of them.
    pub asides: &'a [aside::Model],
    /// The elements that left it because hardly anybody answered them.
    pub taken_out: &'a [TakenOut],
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
        let each = own.into_iter().map(|text| setup::weight(text));
        let each = each
            .collect::<Option<Vec<Exact>>>()
            .ok_or_else(|| anyhow::anyhow!("period {} has an unreadable weight", row.id))?;
        Weights::own(each).map_err(|fault| broken(&fault))?
    };
    Ok(Scheme { weights, grades })
}

fn weight_text(scheme: &Scheme, elements: usize, own: Option<&String>) -> String {
    match (&scheme.weights, own) {
        (Weights::Named(Policy::Exact), _) => format!("1/{elements}"),
        (Weights::Named(policy), _) => policy.code().to_owned(),
        (Weights::Own(_), own) => own
            .and_then(|text| setup::billionths(text))
            .map_or_else(String::new, setup::decimal_of),
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
    let groups = services(of, counted, &cut)?;
    let cuts = cuts(of, counted, &cut, &groups)?;
    let services: Vec<ResultService> = of
        .services
        .iter()
        .zip(groups)
        .map(|(service, group)| service_row(service, group.figure))
        .collect();
    // Too few for a figure: neither the index nor what it is made of.
    let enough = outcome.respondents >= least;
    let index = outcome.index.as_ref();
    let index = index.filter(|_| enough && !has_few(&outcome.elements, least));
    let means = outcome.elements.iter().map(|one| {
        let told = enough && !is_few(one.answers, least);
        one.nrr.clone().filter(|_| told)
    });
    let means: Vec<Option<Exact>> = means.collect();
    let weakest = scoring::weakest(&means, 3);
    let weakest = weakest.into_iter().filter_map(|at| of.elements.get(at));
    let sample = sample(&services);
    Ok(SurveyResult {
        id: of.row.id.to_string(),
        unit: of.unit.to_owned(),
        title: traces::for_everybody(&of.row.title),
        opens_on: of.row.opens_on,
        closes_on: of.row.closes_on,
        state: of.state.clone(),
        n: outcome.respondents,
        set_aside: set_aside(of.asides),
        elements: elements(of, &scheme, &outcome, &means),
        ikm: index.map(two),
        grade: index.map(|index| index.band.grade.clone()),
        performance: index.map(|index| index.band.performance(Locale::Id).to_owned()),
        performance_en: index.map(|index| index.band.performance(Locale::En).to_owned()),
        weakest: weakest.map(|one| one.element_id.clone()).collect(),
        confidence: interval(counted, &scheme, index, population_of_all(&services))?,
        by_volume: volume(of, counted, (&scheme, &services))?,
        policies: policies(least),
        warnings: warnings(of, &scheme, (&outcome, index.is_some()), &sample, least),
        sample,
        services,
        cuts,
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
    means: &[Option<Exact>],
) -> Vec<ResultElement> {
    let rows = of.elements.iter().zip(&outcome.elements).zip(means);
    rows.map(|((row, figure), mean)| ResultElement {
        id: row.element_id.clone(),
        label: row.label.clone(),
        name_id: row.name_id.clone(),
        name_en: row.name_en.clone(),
        weight: weight_text(scheme, of.elements.len(), row.weight.as_ref()),
        answers: figure.answers,
        counts: match mean {
            Some(_) => figure.counts.to_vec(),
            None => Vec::new(),
        },
        nrr: mean.as_ref().map(|nrr| exact::fixed(nrr, 3)),
    })
    .collect()
}

struct Cutter<'a> {
    scheme: &'a Scheme,
    least: u64,
}

impl Cutter<'_> {
    fn group(&self, tally: &Tally) -> Result<Group> {
        Ok(Group::new(self.figure(tally)?, tally))
    }

    fn figure(&self, tally: &Tally) -> Result<ResultFigure> {
        let outcome = scoring::outcome(tally, self.scheme).map_err(|fault| broken(&fault))?;
        if outcome.respondents < self.least || has_few(&outcome.elements, self.least) {
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

fn known(number: u64) -> Option<u64> {
    (number > 0).then_some(number)
}

/// What was answered about each service, in their order.
fn services(of: &Period<'_>, counted: &Counted, cut: &Cutter<'_>) -> Result<Vec<Group>> {
    let none = Tally::new(of.elements.len());
    let tallies = counted.cuts.get(&Dimension::Service);
    let groups = of.services.iter().map(|service| {
        let tally = tallies.and_then(|tallies| tallies.get(&service.key));
        cut.group(tally.unwrap_or(&none))
    });
    let mut groups = groups.collect::<Result<Vec<_>>>()?;
    close(&mut groups, &counted.whole, cut.least);
    Ok(groups)
}

fn service_row(service: &Service, figure: ResultFigure) -> ResultService {
    ResultService {
        code: service.code.clone(),
        name: service.name.clone(),
        population: known(service.population),
        needed: known(service.population).map(sample_size),
        volume: known(service.volume),
        figure,
    }
}

/// How many people all respondents stand for; known only where it is known of every service that somebody answered
/// about, for the others' respondents are no sample of these people.
fn population_of_all(services: &[ResultService]) -> Option<u64> {
    let mut answered = services.iter().filter(|one| one.figure.n > 0);
    let all = answered.all(|one| one.population.is_some());
    all.then(|| services.iter().filter_map(|one| one.population).sum())
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

fn cuts(
    of: &Period<'_>,
    counted: &Counted,
    cut: &Cutter<'_>,
    services: &[Group],
) -> Result<Vec<ResultCut>> {
    let others = counted
        .cuts
        .iter()
        .filter(|(dimension, values)| **dimension != Dimension::Service && !values.is_empty());
    let mut tables = Vec::new();
    for (dimension, values) in others {
        let mut values: Vec<_> = values.iter().collect();
        // Ages and schools as the form asks them, not by the letters of their codes.
        let field = profile().iter().find(|one| one.field == dimension.code());
        if let Some(field) = field {
            let place = |code: &str| field.choice.iter().position(|one| one.code == code);
            values.sort_by_key(|(value, _)| place(value.as_str()));
        }
        let groups = values.iter().map(|(_, tally)| cut.group(tally));
        let mut groups = groups.collect::<Result<Vec<_>>>()?;
        // Where and how somebody answered often is the service under another name: by it a hidden one would be found.
        let is_service_like = matches!(dimension, Dimension::Way | Dimension::Point);
        if is_service_like
            && (withholding::any_hidden(services)
                || !withholding::all_told(&groups, &counted.whole, cut.least))
        {
            continue;
        }
        close(&mut groups, &counted.whole, cut.least);
        let rows = values.into_iter().zip(groups);
        let rows = rows.map(|((value, _), group)| ResultValue {
            value: match dimension {
                Dimension::Point => of.points.get(value).cloned().unwrap_or_default(),
                _ => value.clone(),
            },
            figure: group.figure,
        });
        tables.push(ResultCut {
            dimension: dimension.code().to_owned(),
            values: rows.collect(),
        });
    }
    Ok(tables)
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

/// Which elements left the period because hardly anybody answered them.
fn taken_out(of: &Period<'_>) -> Option<Words> {
    let told = |locale| {
        let names = of.taken_out.iter().map(|one| one.full_name(locale));
        Message::new("survey-warning-taken-out")
            .with("elements", names.collect::<Vec<_>>().join("; "))
            .with("count", of.elements.len())
            .text(locale)
    };
    (!of.taken_out.is_empty()).then(|| words(told))
}

/// Which services the figure by volume leaves out because nobody said how often they are given.
fn volume_lacks(of: &Period<'_>) -> Option<Message> {
    let lacking = of.services.iter().filter(|one| one.volume == 0);
    let names: Vec<&str> = lacking.map(|one| one.name.as_str()).collect();
    (of.row.by_volume && !names.is_empty())
        .then(|| Message::new("survey-warning-volume").with("services", names.join("; ")))
}

/// Of the services whose figure is told: else this one would tell that of a hidden one.
fn volume(
    of: &Period<'_>,
    counted: &Counted,
    (scheme, rows): (&Scheme, &[ResultService]),
) -> Result<Option<ResultByVolume>> {
    if !of.row.by_volume {
        return Ok(None);
    }
    let tallies = counted.cuts.get(&Dimension::Service);
    let mut services = Vec::new();
    for (service, row) in of.services.iter().zip(rows) {
        let tally = tallies.and_then(|tallies| tallies.get(&service.key));
        let index = match tally.filter(|_| !row.figure.withheld) {
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

/// How many answers were set aside.
fn set_aside(asides: &[aside::Model]) -> u64 {
    let each = asides.iter().map(|one| one.answers);
    each.filter_map(|answers| u64::try_from(answers).ok()).sum()
}

fn policies(least: u64) -> Vec<Words> {
    let said = |message: Message| words(|locale| message.text(locale));
    let minimum = Message::new("survey-policy-minimum").with("least", least);
    let sample = words(|locale| {
        Message::new("survey-policy-sample")
            .with("source", method().sample.source(locale))
            .text(locale)
    });
    let mut all = vec![said(Message::new("survey-policy-missing"))];
    // Of one answer on, nothing is withheld.
    all.extend((least > 1).then(|| said(minimum)));
    all.push(sample);
    all
}

fn warnings(
    of: &Period<'_>,
    scheme: &Scheme,
    (outcome, has_index): (&Outcome, bool),
    sample: &ResultSample,
    least: u64,
) -> Vec<Words> {
    let named = |locale| -> Vec<String> {
        let rows = of.elements.iter();
        rows.map(|row| format!("{} {}", row.label, row.name(locale)))
            .collect()
    };
    let mut remarks = outcome.remarks.clone();
    // It names the index.
    remarks.retain(|remark| has_index || !matches!(remark, Remark::GradeDiffers { .. }));
    let year = of.row.closes_on.year();
    if !scheme.grades.is_valid_in(year) {
        let regulation = scheme.grades.regulation.clone();
        remarks.push(Remark::GradesOutsideValidity { regulation, year });
    }
    let mut told: Vec<Words> = remarks
        .iter()
        .map(|remark| words(|locale| remark.text(&named(locale), locale)))
        .collect();
    let few: Vec<usize> = (0..)
        .zip(&outcome.elements)
        .filter(|(_, one)| outcome.respondents >= least && is_few(one.answers, least))
        .map(|(at, _)| at)
        .collect();
    if !few.is_empty() {
        told.push(words(|locale| {
            let named = named(locale);
            let few = few.iter().filter_map(|at| named.get(*at).cloned());
            Message::new("survey-warning-few-element")
                .with("elements", few.collect::<Vec<_>>().join("; "))
                .with("least", least)
                .text(locale)
        }));
    }
    told.extend(taken_out(of));
    let mut say = |message: Message| told.push(words(|locale| message.text(locale)));
    for aside in of.asides {
        say(Message::new("survey-warning-aside")
            .with("count", aside.answers)
            .with("reason", traces::for_everybody(&aside.reason)));
    }
    let counted = of.row.frozen_counted.filter(|answers| *answers > 0);
    if let Some(answers) = counted {
        say(Message::new("survey-warning-counted").with("count", answers));
    }
    match of.extent {
        Extent::All => {}
        Extent::Until(day) => say(Message::new("survey-warning-interim").on("day", day)),
        Extent::Nothing => {
            say(Message::new("survey-warning-interim-none").with("least", least * 2));
        }
    }
    if outcome.respondents > 0 && outcome.respondents < least {
        say(Message::new("survey-warning-few")
            .with("n", outcome.respondents)
            .with("least", least));
    }
    if let Some(message) = volume_lacks(of) {
        say(message);
    }
    if !sample.short.is_empty() {
        say(Message::new("survey-warning-short").with("count", sample.short.len()));
    }
    told
}
