//! Public figures of one unit or of all.

use crate::{
    access::{Ctx, Scope},
    complaints::{
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

use super::rules::veiled;

/// What is told of a set; none where it is too small.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Stable: `2026-03`, the code of a service or unit.
    pub key: String,
    pub label: String,
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
    /// Of one unit only: services have no codes in common.
    pub services: Vec<Open>,
    /// Of several units.
    pub by_unit: Vec<Open>,
    pub below: i64,
}

/// Of a set whose size may be told or not.
fn open(key: &str, label: String, figures: &Figures, received: Option<i64>, below: i64) -> Open {
    let plenty = received.is_some() && figures.answered >= below;
    let none_answered = received.is_some() && figures.answered == 0;
    Open {
        key: key.to_owned(),
        label,
        received,
        answered: (plenty || none_answered).then_some(figures.answered),
        on_time_percent: figures.on_time_percent().filter(|_| plenty),
        median_working_days: figures.median().filter(|_| plenty),
    }
}

fn table(sets: Vec<(String, String, Figures)>, below: i64) -> Vec<Open> {
    let counts: Vec<i64> = sets.iter().map(|(.., figures)| figures.received).collect();
    sets.into_iter()
        .zip(veiled(&counts, below))
        .map(|((key, label, figures), received)| open(&key, label, &figures, received, below))
        .collect()
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
    let mut by_unit = Vec::new();
    for unit in &units {
        let zone = organisation::zone_of(unit)?;
        let scope = Scope::everywhere();
        let own = cells(&ctx.app.db, unit.id, &scope, period, zone, ctx.now).await?;
        let figures = Figures::of(&own);
        // A unit too small to be told is not in the sum either: the sum less the others would tell it.
        let told = single || !(1..below).contains(&figures.received);
        let received = told.then_some(figures.received);
        by_unit.push(open(
            &unit.code,
            unit.name.clone(),
            &figures,
            received,
            below,
        ));
        if told {
            all.extend(own);
        }
    }
    let services = match units.first().filter(|_| single) {
        Some(unit) => by_service(ctx, unit, &all, locale).await?,
        None => Vec::new(),
    };
    let total = Figures::of(&all);
    let received = veiled(&[total.received], below)[0];
    let small = |count: i64| count > 0 && count < below;
    Ok(Figured {
        overdue: (received.is_some() && !small(total.overdue)).then_some(total.overdue),
        total: open("total", t(locale, "recap-total"), &total, received, below),
        months: table(by_month(&all, period, locale), below),
        services: table(services, below),
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
