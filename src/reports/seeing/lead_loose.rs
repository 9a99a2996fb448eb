//! The loose ends on the head's page: how many of each kind, this year and the year before.

use serde::Serialize;

use super::{lead::Lead, lead_views::Number};
use crate::{
    organisation::Unit,
    platform::{
        i18n::{Locale, t},
        web::address::encoded,
    },
    reports::{loop_gaps::GapKind, pages::Link},
};

fn gaps_at(unit: &Unit, year: i32, kind: Option<GapKind>) -> String {
    let place = kind.map(|kind| format!("#{}", kind.label_key()));
    format!(
        "/kerja/isu/celah?unit={}&tahun={year}{}",
        encoded(&unit.code),
        place.unwrap_or_default()
    )
}

/// Loose ends of this year and the year before.
#[derive(Serialize)]
pub struct LooseTable {
    pub years: Vec<Link>,
    pub rows: Vec<LooseRow>,
    /// There is not one.
    pub whole: bool,
}

#[derive(Serialize)]
pub struct LooseRow {
    pub label: String,
    pub numbers: Vec<LooseCell>,
}

#[derive(Serialize)]
pub struct LooseCell {
    pub year: String,
    /// None where a year is not told of this kind.
    pub number: Option<Number>,
}

pub fn loose(lead: &Lead, locale: Locale) -> Option<LooseTable> {
    let now = lead.figures.gaps.as_ref()?;
    let before = lead.figures.gaps_before.as_deref().unwrap_or_default();
    let (unit, year) = (&lead.figures.unit, lead.figures.year);
    let number = |kind: GapKind, year: i32, of: &[(GapKind, i64)]| {
        let found = of.iter().find(|(one, _)| *one == kind);
        let number = found.map(|(_, value)| Number {
            value: *value,
            href: gaps_at(unit, year, Some(kind)),
            label: year.to_string(),
        });
        LooseCell {
            year: year.to_string(),
            number,
        }
    };
    let rows: Vec<LooseRow> = now
        .iter()
        .map(|(kind, _)| LooseRow {
            label: t(locale, kind.label_key()),
            numbers: vec![number(*kind, year, now), number(*kind, year - 1, before)],
        })
        .collect();
    let all = now
        .iter()
        .chain(before)
        .map(|(_, count)| count)
        .sum::<i64>();
    Some(LooseTable {
        years: [year, year - 1]
            .map(|year| Link {
                href: gaps_at(unit, year, None),
                label: year.to_string(),
            })
            .into(),
        whole: all == 0,
        rows,
    })
}
