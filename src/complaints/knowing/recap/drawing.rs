//! What of the recapitulation is drawn: the same on the screen and on paper, each chart beside the table of its numbers.

use super::{
    service::Recap,
    tables::{self, Table},
};
use crate::{
    calendar::dates,
    platform::{
        charts::{Chart, Form, Point},
        i18n::{Locale, Message, t},
    },
};

/// A table and how its numbers are drawn.
pub struct Drawn {
    pub table: Table,
    pub form: Form,
    pub points: Vec<Point>,
    /// What the series are; empty where there is one only.
    pub legend: &'static [&'static str],
}

impl Drawn {
    /// There would be bars, and none of them has a length.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let mut values = self.points.iter().flat_map(|point| &point.values);
        !self.points.is_empty() && values.all(|value| *value == 0)
    }

    /// None where there is nothing to draw.
    #[must_use]
    pub fn chart(&self, locale: Locale) -> Option<Chart<'_>> {
        (!self.points.is_empty() && !self.is_empty()).then(|| Chart {
            id: self.table.key,
            title: self.table.title.clone(),
            description: told(&self.points, locale),
            points: self.points.clone(),
        })
    }
}

/// What a chart says in a sentence: how much altogether, and where most is.
fn told(points: &[Point], locale: Locale) -> String {
    let first = |point: &Point| point.values.first().copied().unwrap_or(0);
    let total: i64 = points.iter().map(first).sum();
    let most = points.iter().max_by_key(|point| first(point));
    match most.filter(|point| first(point) > 0) {
        Some(most) => Message::new("recap-chart-told")
            .with("total", total)
            .with("most", &most.label)
            .with("count", first(most))
            .text(locale),
        None => t(locale, "recap-chart-nothing"),
    }
}

/// The month without its year where the year is the same: narrow.
fn month_points(of: &Recap, locale: Locale) -> Vec<Point> {
    let parts = of.period.months();
    let one_year = parts.iter().all(|month| {
        chrono::Datelike::year(&month.from) == chrono::Datelike::year(&of.period.from)
    });
    of.months
        .iter()
        .zip(&parts)
        .map(|(group, month)| {
            let label = if one_year {
                dates::month_short(month.from, locale).to_owned()
            } else {
                month.from.format("%m/%y").to_string()
            };
            Point::new(label, [group.figures.received, group.figures.answered])
        })
        .collect()
}

/// Groups that are told apart twice are a table: drawn one under the other they would be a wall of bars.
fn group_points(of: &Recap) -> Vec<Point> {
    let groups = of.groups.iter().filter(|_| of.second.is_none());
    groups
        .map(|group| Point::new(&group.label, [group.figures.received]))
        .collect()
}

const BOTH: &[&str] = &["recap-received", "recap-answered"];

/// All of them, in the order of [`tables::all`].
#[must_use]
pub fn all(of: &Recap, locale: Locale) -> Vec<Drawn> {
    let months = |table: Table| Drawn {
        table,
        form: Form::Columns,
        points: month_points(of, locale),
        legend: BOTH,
    };
    let ranked = |table: Table, points: Vec<Point>| Drawn {
        table,
        form: Form::Bars,
        points,
        legend: &[],
    };
    let mut drawn = Vec::new();
    let groups = tables::groups(of, locale);
    if of.shows_months_apart() {
        drawn.push(ranked(groups, group_points(of)));
        drawn.push(months(tables::months(of, locale)));
    } else {
        drawn.push(months(groups));
    }
    let spans = of.total.histogram().into_iter();
    let points = spans.map(|(span, count)| Point::new(span.key().replace('-', "–"), [count]));
    drawn.push(Drawn {
        table: tables::response(of, locale),
        form: Form::Columns,
        points: points.collect(),
        legend: &[],
    });
    if !of.topics.is_empty() {
        let points = of.topics.iter();
        let points = points.map(|topic| Point::new(&topic.title, [topic.now]));
        drawn.push(ranked(tables::topics(of, locale), points.collect()));
    }
    drawn
}
