//! Public figures of one unit or of all.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use crate::{
    access::{Ctx, Scope},
    complaints::{
        finding::Readable,
        knowing::{
            period::Period,
            recap::{
                cells,
                rules::{Cell, Figures, GroupBy, NONE, groups},
            },
        },
        services,
    },
    organisation::{self, Unit},
    platform::{
        error::Result,
        i18n::{Locale, t},
    },
};

use super::rules::{Told, may_be_summed, summed, veiled};

/// What is told of a set; none where it is too small.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Stable: `2026-03`, the code of a service or unit.
    pub key: String,
    pub label: String,
    /// Code of the unit whose service it is, where several are told.
    pub unit: Option<String>,
    pub received: Option<i64>,
    pub answered: Option<i64>,
    pub on_time_percent: Option<f64>,
    pub median_working_days: Option<f64>,
}

/// The figures of a span.
pub struct Figured {
    pub period: Period,
    /// The units it is about.
    pub units: Vec<Unit>,
    pub total: Open,
    pub overdue: Option<i64>,
    pub months: Vec<Open>,
    /// Unit by unit: services have no codes in common.
    pub services: Vec<Open>,
    /// Of several units.
    pub by_unit: Vec<Open>,
    pub below: i64,
}

/// Of a set of which this may be told.
fn open(key: &str, label: String, figures: &Figures, told: Told) -> Open {
    let plenty = told.answered.is_some_and(|answered| answered > 0);
    Open {
        key: key.to_owned(),
        label,
        unit: None,
        received: told.received,
        answered: told.answered,
        on_time_percent: figures.on_time_percent().filter(|_| plenty),
        median_working_days: figures.median().filter(|_| plenty),
    }
}

fn table(sets: Vec<(String, String, Figures)>, below: i64) -> Vec<Open> {
    let counts: Vec<(i64, i64)> = sets
        .iter()
        .map(|(.., of)| (of.received, of.answered))
        .collect();
    sets.into_iter()
        .zip(veiled(&counts, below))
        .map(|((key, label, figures), told)| open(&key, label, &figures, told))
        .collect()
}

/// One set that stands alone: a sum.
fn alone(key: &str, label: String, figures: &Figures, below: i64) -> Open {
    let hidden = |count: i64| count > 0 && count < below;
    let received = (!hidden(figures.received)).then_some(figures.received);
    let told = Told {
        received,
        answered: received
            .and(Some(figures.answered))
            .filter(|answered| !hidden(*answered)),
    };
    open(key, label, figures, told)
}

/// The complaints of one unit in a span. What of its months is left out is decided for whole years and is the same in
/// every view: two views that left out different months would tell both by their difference.
struct UnitSpan {
    cells: Vec<Cell>,
    /// By `2026-03`.
    told: BTreeMap<String, Told>,
}

impl UnitSpan {
    async fn read(ctx: &Ctx, unit: &Unit, period: Period, below: i64) -> Result<Self> {
        let zone = organisation::zone_of(unit)?;
        let years = whole_years(period, ctx.today_in(zone));
        let scope = Scope::everywhere();
        // Small counts are veiled behind it, and nobody's case is told.
        let whole = (unit.id, &scope, &Readable::everything());
        let all = cells(&ctx.app.db, whole, years, zone, ctx.now).await?;
        let mut found = groups(&all, GroupBy::Month);
        let mut told = BTreeMap::new();
        let mut left_out = Vec::new();
        for year in years.from.year()..=years.to.year() {
            let months = years.months().into_iter().map(Period::month_key);
            let sets: Vec<(String, Figures)> = months
                .filter(|key| key.starts_with(&format!("{year}-")))
                .map(|key| {
                    let figures = found.remove(&key).unwrap_or_default();
                    (key, figures)
                })
                .collect();
            let counts: Vec<(i64, i64)> = sets
                .iter()
                .map(|(_, of)| (of.received, of.answered))
                .collect();
            let shown = veiled(&counts, below);
            // What is left out of a year stands in a sum only with the whole of it.
            let hidden = sets.iter().zip(&shown);
            let hidden: Vec<(&String, i64)> = hidden
                .filter(|(_, told)| told.received.is_none())
                .map(|((key, of), _)| (key, of.received))
                .collect();
            let counts: Vec<i64> = hidden.iter().map(|(_, count)| *count).collect();
            let whole = hidden.iter().all(|(key, _)| holds(period, key));
            let year_alone = period.from.year() == period.to.year();
            if !(whole && (year_alone || may_be_summed(&counts, below))) {
                left_out.extend(hidden.iter().map(|(key, _)| (*key).clone()));
            }
            told.extend(sets.into_iter().map(|(key, _)| key).zip(shown));
        }
        let inside = |cell: &Cell| holds(period, &cell.month) && !left_out.contains(&cell.month);
        Ok(Self {
            cells: all.into_iter().filter(inside).collect(),
            told,
        })
    }

    /// What its own page tells of a month.
    fn tells(&self, month: &str) -> Told {
        self.told.get(month).copied().unwrap_or(Told::NOTHING)
    }
}

/// The months of one unit or of several.
#[derive(Default)]
struct Months(BTreeMap<String, Vec<Told>>);

impl Months {
    fn add(&mut self, span: &UnitSpan, period: Period) {
        for month in period.months() {
            let key = month.month_key();
            let told = span.tells(&key);
            self.0.entry(key).or_default().push(told);
        }
    }

    fn told(&self, month: &str) -> Told {
        self.0.get(month).map_or(Told::NOTHING, |all| summed(all))
    }
}

fn holds(period: Period, month: &str) -> bool {
    (period.from.format("%Y-%m").to_string().as_str()
        ..=period.to.format("%Y-%m").to_string().as_str())
        .contains(&month)
}

/// From the first of January of its first year to the last day of its last, or today.
fn whole_years(period: Period, today: NaiveDate) -> Period {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let to = day(period.to.year(), 12, 31).unwrap_or(period.to);
    Period {
        from: day(period.from.year(), 1, 1).unwrap_or(period.from),
        to: to.min(today).max(period.to),
    }
}

/// The figures of a unit, or of all where none is named.
pub async fn figures(ctx: &Ctx, unit: Option<Unit>, period: Period) -> Result<Figured> {
    let locale = ctx.locale();
    let below = i64::from(ctx.app.config.complaints.suppress_below);
    let single = unit.is_some();
    let units = match unit {
        Some(unit) => vec![unit],
        None => organisation::units(&ctx.app.db).await?,
    };
    let mut all = Vec::new();
    let mut months = Months::default();
    let mut by_unit = Vec::new();
    let mut services = Vec::new();
    let mut silent = Vec::new();
    for unit in &units {
        let span = UnitSpan::read(ctx, unit, period, below).await?;
        let figures = Figures::of(&span.cells);
        let row = alone(&unit.code, unit.name.clone(), &figures, below);
        // A unit too small to be told is not in the sum either: the sum less the others would tell it.
        if single || row.received.is_some() {
            if row.answered.is_none() {
                silent.push(figures.answered);
            }
            let mut offered = table(by_service(ctx, unit, &span.cells, locale).await?, below);
            if !single {
                for one in &mut offered {
                    one.label = format!("{} – {}", unit.short_name, one.label);
                    one.unit = Some(unit.code.clone());
                }
            }
            services.extend(offered);
            months.add(&span, period);
            all.extend(span.cells);
        }
        by_unit.push(row);
    }
    let months = by_month(&all, period, locale)
        .into_iter()
        .map(|(key, label, figures)| open(&key, label, &figures, months.told(&key)))
        .collect();
    let total = Figures::of(&all);
    let small = |count: i64| count > 0 && count < below;
    let mut sum = alone("total", t(locale, "recap-total"), &total, below);
    if !by_unit.is_empty() && by_unit.iter().all(|unit| unit.received.is_none()) {
        // Nobody tells anything: nought would be a false figure.
        sum.received = None;
        sum.answered = None;
    }
    if !single && !may_be_summed(&silent, below) {
        // All less the others would be what the one unit does not tell.
        sum = Open {
            answered: None,
            on_time_percent: None,
            median_working_days: None,
            ..sum
        };
    }
    Ok(Figured {
        overdue: (sum.received.is_some() && !small(total.overdue)).then_some(total.overdue),
        total: sum,
        months,
        services,
        by_unit: if single { Vec::new() } else { by_unit },
        period,
        units,
        below,
    })
}

fn by_month(cells: &[Cell], period: Period, locale: Locale) -> Vec<(String, String, Figures)> {
    let mut found = groups(cells, GroupBy::Month);
    let months = period.months().into_iter();
    months
        .map(|month| {
            let key = month.month_key();
            let figures = found.remove(&key).unwrap_or_default();
            (key, month.month_label(locale), figures)
        })
        .collect()
}

async fn by_service(
    ctx: &Ctx,
    unit: &Unit,
    cells: &[Cell],
    locale: Locale,
) -> Result<Vec<(String, String, Figures)>> {
    let names = services::offered(&ctx.app.db, unit.id).await?;
    let mut sets: Vec<(String, String, Figures)> = groups(cells, GroupBy::Service)
        .into_iter()
        .map(|(code, figures)| {
            let name = names.iter().find(|(known, _)| *known == code);
            let label = match name {
                Some((_, name)) => name.clone(),
                None if code == NONE => t(locale, "recap-no-service"),
                None => code.clone(),
            };
            (code, label, figures)
        })
        .collect();
    sets.sort_by_key(|(code, _, figures)| (std::cmp::Reverse(figures.received), code.clone()));
    Ok(sets)
}
