//! The head of official paper, from the lines that a unit keeps.

use super::data::Letterhead;
use crate::organisation::Unit;

/// The first line is the government, the second the unit, the rest its address.
#[must_use]
pub fn letterhead_of(unit: &Unit) -> Letterhead {
    let lines = &unit.letterhead.0;
    Letterhead {
        government: lines.iter().take(1).cloned().collect(),
        unit: lines.get(1).unwrap_or(&unit.name).clone(),
        address: lines.iter().skip(2).cloned().collect(),
        logo: None,
    }
}
