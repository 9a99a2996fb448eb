//! A result as pages show it: words, tables and one chart, for the office and for everybody.

use serde::Serialize;

use super::{
    Compared,
    figures::{ResultElement, ResultFigure, SurveyResult, Words},
    service::Earlier,
};
use crate::{
    calendar::dates,
    platform::{
        charts::{Chart, Form, Point},
        i18n::{Locale, Message, t},
    },
    surveys::{
        defaults,
        rules::exact::{self, Exact, half_up},
    },
};

/// A full bar: four, in thousandths.
const FULL: i64 = 4000;

#[derive(Clone, Debug, Serialize)]
pub struct ResultView {
    pub title: String,
    pub days: String,
    /// None where there is no index.
    pub index: Option<IndexView>,
    pub respondents: String,
    pub chart: Option<String>,
    pub elements: Vec<ElementView>,
    pub weakest: Vec<String>,
    /// That all elements are alike, so that none is the lowest, or that most share a mean and are not named.
    pub alike: Option<String>,
    pub services: Vec<FigureView>,
    pub cuts: Vec<CutView>,
    pub rules: String,
    pub policies: Vec<String>,
    pub warnings: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct IndexView {
    pub value: String,
    pub grade: String,
    pub performance: String,
    /// With what confidence; none for few respondents.
    pub interval: Option<String>,
    pub method: Option<String>,
    pub volume: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ElementView {
    pub name: String,
    pub answers: String,
    pub weight: String,
    pub nrr: String,
    /// Of a full bar, in per cent.
    pub share: u64,
    pub weak: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct FigureView {
    pub label: String,
    pub n: String,
    /// How many were needed; empty where nothing is known.
    pub needed: String,
    pub ikm: String,
    pub grade: String,
    /// The means of the elements, by their order.
    pub nrr: Vec<CellView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct CellView {
    pub label: String,
    pub value: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct CutView {
    pub id: String,
    pub title: String,
    pub rows: Vec<FigureView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct TrendView {
    /// The id of the period.
    pub id: String,
    pub title: String,
    pub n: String,
    pub ikm: String,
    pub grade: String,
    pub difference: String,
}

fn of(words: &Words, locale: Locale) -> String {
    match locale {
        Locale::Id => words.id.clone(),
        Locale::En => words.en.clone(),
    }
}

/// A kept figure as people read it.
pub fn localised(figure: &str, locale: Locale) -> String {
    match locale {
        Locale::Id => figure.replace('.', ","),
        Locale::En => figure.to_owned(),
    }
}

fn or_dash(figure: Option<&String>, locale: Locale) -> String {
    figure.map_or_else(|| "–".to_owned(), |figure| localised(figure, locale))
}

/// With its sign: `+1,23`.
pub fn signed(value: &Exact, places: usize, locale: Locale) -> String {
    let text = exact::shown(value, places, locale);
    if text.starts_with('-') {
        text.replacen('-', "−", 1)
    } else {
        format!("+{text}")
    }
}

/// What a value of a dimension is called.
pub fn dimension_value(dimension: &str, value: &str, locale: Locale) -> String {
    if dimension == "way" {
        return t(locale, &format!("survey-way-{value}"));
    }
    let field = defaults::profile()
        .iter()
        .find(|field| field.field == dimension);
    let choice = field.and_then(|field| field.choice.iter().find(|one| one.code == value));
    choice.map_or_else(
        || value.to_owned(),
        |choice| choice.label(locale).to_owned(),
    )
}

/// The bars of the elements; none where there is nothing to draw.
pub fn chart(result: &SurveyResult, locale: Locale) -> Option<Chart<'static>> {
    let points: Vec<Point> = result
        .elements
        .iter()
        .filter_map(|element| {
            let nrr = element.nrr.as_ref()?;
            let value = thousandths(nrr)?;
            let shown = localised(nrr, locale);
            Some(Point::new(element.full_name(locale), [value]).on_scale(shown, FULL))
        })
        .collect();
    let weakest = result.weakest_elements();
    let description = match weakest.first() {
        Some(element) => {
            Message::new("survey-result-chart-says").with("lowest", element.full_name(locale))
        }
        None => Message::new("survey-result-chart-alike"),
    };
    (!points.is_empty()).then(|| Chart {
        id: "survey-elements",
        title: t(locale, "survey-result-chart"),
        description: description.text(locale),
        points,
    })
}

fn thousandths(nrr: &str) -> Option<i64> {
    nrr.replace('.', "").parse().ok()
}

fn element(element: &ResultElement, result: &SurveyResult, locale: Locale) -> ElementView {
    let value = element.nrr.as_deref().and_then(thousandths);
    ElementView {
        share: value
            .and_then(|value| half_up(u64::try_from(value).ok()?, FULL.unsigned_abs()))
            .unwrap_or_default(),
        weak: result.is_weak(element),
        name: element.full_name(locale),
        answers: dates::whole(element.answers, locale),
        weight: localised(&element.weight, locale),
        nrr: or_dash(element.nrr.as_ref(), locale),
    }
}

fn figure(
    label: String,
    needed: Option<u64>,
    figure: &ResultFigure,
    result: &SurveyResult,
    locale: Locale,
) -> FigureView {
    let nrr = result
        .elements
        .iter()
        .enumerate()
        .map(|(at, element)| CellView {
            label: element.label.clone(),
            value: or_dash(figure.nrr.get(at).and_then(Option::as_ref), locale),
        });
    FigureView {
        label,
        n: dates::whole(figure.n, locale),
        needed: needed
            .map(|needed| dates::whole(needed, locale))
            .unwrap_or_default(),
        ikm: if figure.withheld {
            withheld_words(figure, result.minimum_answers, locale)
        } else {
            or_dash(figure.ikm.as_ref(), locale)
        },
        grade: figure.grade.clone().unwrap_or_else(|| "–".to_owned()),
        nrr: nrr.collect(),
    }
}

fn performance(id: &str, en: &str, locale: Locale) -> String {
    match locale {
        Locale::Id => id.to_owned(),
        Locale::En => en.to_owned(),
    }
}

fn index(result: &SurveyResult, locale: Locale) -> Option<IndexView> {
    let interval = result.confidence.as_ref().map(|interval| {
        Message::new("survey-result-interval")
            .with("level", &interval.level)
            .with("low", localised(&interval.low, locale))
            .with("high", localised(&interval.high, locale))
            .text(locale)
    });
    let volume = result.by_volume.as_ref().map(|volume| {
        Message::new("survey-result-volume")
            .with("ikm", localised(&volume.ikm, locale))
            .with("grade", &volume.grade)
            .with("covered", dates::whole(volume.covered, locale))
            .with("total", dates::whole(volume.total, locale))
            .text(locale)
    });
    Some(IndexView {
        value: localised(result.ikm.as_ref()?, locale),
        grade: result.grade.clone()?,
        performance: performance(
            result.performance.as_ref()?,
            result.performance_en.as_ref()?,
            locale,
        ),
        interval,
        method: result.confidence.as_ref().map(|interval| {
            let key = match interval.population {
                Some(_) => "survey-result-interval-how-known",
                None => "survey-result-interval-how",
            };
            t(locale, key)
        }),
        volume,
    })
}

fn cuts(result: &SurveyResult, locale: Locale) -> Vec<CutView> {
    let cuts = result.cuts.iter().map(|cut| {
        let rows = cut.values.iter().map(|one| {
            let label = dimension_value(&cut.dimension, &one.value, locale);
            figure(label, None, &one.figure, result, locale)
        });
        CutView {
            id: cut.dimension.clone(),
            title: t(locale, &format!("survey-dimension-{}", cut.dimension)),
            rows: rows.collect(),
        }
    });
    cuts.collect()
}

/// By which weights, in words.
#[must_use]
pub fn weights_words(weights: &str, locale: Locale) -> String {
    match weights {
        "exact" => t(locale, "survey-weights-exact"),
        "own" => t(locale, "survey-weights-own"),
        rounded => Message::new("survey-weights-rounded")
            .with("weight", localised(rounded, locale))
            .text(locale),
    }
}

/// Why the figures of a part are not told: few answered, or they would tell those of another part.
pub fn withheld_words(figure: &ResultFigure, least: u64, locale: Locale) -> String {
    let key = match figure.n < least {
        true => "survey-figure-few",
        false => "survey-figure-withheld",
    };
    Message::new(key).with("least", least).text(locale)
}

/// That elements do not stand out, in words: all have one mean, or most share one.
#[must_use]
pub fn alike(result: &SurveyResult, locale: Locale) -> Option<String> {
    let message = match (result.shared_mean(), result.shared_by_most()) {
        (Some(mean), _) => {
            Message::new("survey-result-alike").with("mean", localised(mean, locale))
        }
        (None, Some((mean, count))) => Message::new("survey-result-shared")
            .with("count", count)
            .with(
                "all",
                result
                    .elements
                    .iter()
                    .filter(|one| one.nrr.is_some())
                    .count(),
            )
            .with("mean", localised(mean, locale)),
        (None, None) => return None,
    };
    Some(message.text(locale))
}

pub fn result(result: &SurveyResult, locale: Locale) -> ResultView {
    let services = result.services.iter();
    let weights = weights_words(&result.weights, locale);
    ResultView {
        title: result.title.clone(),
        days: Message::new("survey-result-days")
            .with("from", dates::date(result.opens_on, locale))
            .with("to", dates::date(result.closes_on, locale))
            .text(locale),
        index: index(result, locale),
        respondents: dates::whole(result.n, locale),
        chart: chart(result, locale).map(|chart| Form::Bars.on_page(&chart)),
        elements: result
            .elements
            .iter()
            .map(|one| element(one, result, locale))
            .collect(),
        weakest: result
            .weakest_elements()
            .into_iter()
            .map(|one| {
                format!(
                    "{}: {}",
                    one.full_name(locale),
                    or_dash(one.nrr.as_ref(), locale)
                )
            })
            .collect(),
        alike: alike(result, locale),
        services: services
            .map(|one| figure(one.name.clone(), one.needed, &one.figure, result, locale))
            .collect(),
        cuts: cuts(result, locale),
        rules: Message::new("survey-result-rules")
            .with("weights", weights)
            .with("regulation", &result.regulation)
            .text(locale),
        policies: result
            .policies
            .iter()
            .map(|words| of(words, locale))
            .collect(),
        warnings: result
            .warnings
            .iter()
            .map(|words| of(words, locale))
            .collect(),
    }
}

pub fn trend(earlier: &[Earlier], locale: Locale) -> Vec<TrendView> {
    let rows = earlier.iter().map(|one| {
        let difference = match &one.difference {
            Some(difference) => signed(difference, 2, locale),
            None if one.unlike.is_empty() => "–".to_owned(),
            None => {
                let why: Vec<String> = one.unlike.iter().map(|why| t(locale, why.key())).collect();
                Message::new("survey-trend-unlike")
                    .with("why", why.join(", "))
                    .text(locale)
            }
        };
        TrendView {
            id: one.result.id.clone(),
            title: one.result.title.clone(),
            n: dates::whole(one.result.n, locale),
            ikm: or_dash(one.result.ikm.as_ref(), locale),
            grade: one.result.grade.clone().unwrap_or_else(|| "–".to_owned()),
            difference,
        }
    });
    rows.collect()
}

/// An action that a period measures for the first time: `U8 Penanganan Pengaduan: 2,710 → 3,321`.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedView {
    pub action: String,
    pub href: String,
    pub element: String,
    pub before: String,
    /// The last period before the promise that followed the same rules; it need not be the one just before.
    pub before_period: Option<String>,
    pub after: String,
    pub change: String,
}

pub fn compared(compared: &[Compared], locale: Locale) -> Vec<ComparedView> {
    let mut rows = Vec::new();
    for one in compared {
        for element in &one.elements {
            let before = element.before.as_ref().and_then(|score| score.nrr.as_ref());
            for later in &element.after {
                rows.push(ComparedView {
                    action: format!("{} {}", one.action.code, one.action.title),
                    href: one.action.href.clone(),
                    element: format!("{} {}", later.score.label, element.name(locale)),
                    before: or_dash(before, locale),
                    before_period: element.before.as_ref().map(|score| score.title.clone()),
                    after: or_dash(later.score.nrr.as_ref(), locale),
                    change: later.change_words(locale),
                });
            }
        }
    }
    rows
}
