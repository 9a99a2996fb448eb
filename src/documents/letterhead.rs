//! The head of official paper, from the lines that a unit keeps. Every paper that has one takes it from here.

use super::data::Letterhead;
use crate::organisation::Unit;

/// The first line is the government, the second the unit, the rest its address: typed, or from its profile.
#[must_use]
pub fn letterhead_of(unit: &Unit) -> Letterhead {
    let lines = &unit.letterhead.0;
    let typed = lines.iter().skip(2);
    Letterhead {
        government: vec![lines.first().unwrap_or(&unit.government).clone()],
        unit: lines.get(1).unwrap_or(&unit.name).clone(),
        address: typed.chain(&unit.letterhead_more.0).cloned().collect(),
        logo: None,
    }
}
