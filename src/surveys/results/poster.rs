//! The result of a frozen period on one sheet for the wall. What hangs there is Indonesian, whoever prints it.

use super::{
    figures::SurveyResult,
    service::Seen,
    views::{self, IndexView, localised},
};
use crate::{
    documents::data::{PosterBand, PosterElement, SurveyPoster},
    platform::i18n::{Locale, Message, t},
    surveys::rules::grades,
};

const ID: Locale = Locale::Id;
/// The ends of the index: a mean of 1 and of 4, times 25.
const WORST: f64 = 25.0;
const BEST: f64 = 100.0;
/// A full bar.
const FOUR: f64 = 4.0;

/// Where a figure stands on the scale, in per cent of its length. For drawing alone: figures are never floats.
fn along(figure: &str) -> f64 {
    let value: f64 = figure.parse().unwrap_or(WORST);
    ((value - WORST) / (BEST - WORST) * 100.0).clamp(0.0, 100.0)
}

fn bands(result: &SurveyResult) -> Vec<PosterBand> {
    let all = grades::table(&result.grades).map_or(&[][..], grades::GradeTable::bands);
    let ends = all.iter().skip(1).map(|next| along(&next.from));
    let ends = ends.chain(std::iter::once(100.0));
    let drawn = all.iter().zip(ends).map(|(band, end)| PosterBand {
        grade: band.grade.clone(),
        from: along(&band.from),
        to: end,
        reached: result.grade.as_ref() == Some(&band.grade),
    });
    drawn.collect()
}

fn elements(result: &SurveyResult) -> Vec<PosterElement> {
    let drawn = result.elements.iter().filter_map(|one| {
        let nrr = one.nrr.as_ref()?;
        let value: f64 = nrr.parse().ok()?;
        Some(PosterElement {
            name: one.name(ID).to_owned(),
            nrr: localised(nrr, ID),
            share: (value / FOUR * 100.0).clamp(0.0, 100.0),
            weak: result.is_weak(one),
        })
    });
    drawn.collect()
}

/// None where the period has no index.
pub fn of(seen: &Seen, url: &str, typed: &str) -> Option<SurveyPoster> {
    let result = &seen.result;
    let shown = views::result(result, ID);
    let IndexView {
        value,
        grade,
        performance,
        ..
    } = shown.index?;
    let weakest: Vec<&str> = result
        .weakest_elements()
        .iter()
        .map(|one| one.name(ID))
        .collect();
    let heading = t(ID, "survey-public-title");
    Some(SurveyPoster {
        title: format!("{heading} {}", seen.unit.name),
        unit: seen.unit.name.clone(),
        heading,
        period: format!("{} · {}", shown.title, shown.days),
        index_label: t(ID, "survey-result-ikm"),
        ikm: value,
        grade,
        performance,
        respondents: Message::new("survey-poster-figures")
            .with("respondents", &shown.respondents)
            .text(ID),
        share: along(result.ikm.as_deref()?),
        bands: bands(result),
        lowest: "25".to_owned(),
        highest: "100".to_owned(),
        elements_label: t(ID, "survey-poster-elements"),
        elements: elements(result),
        weakest: match weakest.is_empty() {
            true => String::new(),
            false => Message::new("survey-poster-weakest")
                .with("names", weakest.join("; "))
                .text(ID),
        },
        scan: t(ID, "survey-poster-scan"),
        url: typed.to_owned(),
        rules: shown.rules,
        alt: t(ID, "survey-poster-alt"),
        qr: url.to_owned(),
    })
}
