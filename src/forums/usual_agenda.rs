//! The usual agenda, offered where none is written: six lines that nobody has to type.

use chrono::{NaiveTime, TimeDelta};
use serde::Deserialize;

use super::{AgendaIn, Day};
use crate::platform::error::Result;

const FILE: &str = include_str!("../../fixtures/agenda.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    item: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    activity: String,
    in_charge: String,
    /// None takes what is left of the day.
    minutes: Option<i64>,
}

/// The least that is left for the discussion: where the day is too short, the agenda shows its overrun.
const LEAST_LEFT: i64 = 15;

/// The usual agenda between the hours of a day.
pub fn usual(day: &Day) -> Result<Vec<AgendaIn>> {
    let file: File = toml::from_str(FILE).map_err(anyhow::Error::from)?;
    let fixed: i64 = file.item.iter().filter_map(|item| item.minutes).sum();
    let left = ((day.ends - day.starts).num_minutes() - fixed).max(LEAST_LEFT);
    let mut at = day.starts;
    let mut agenda = Vec::new();
    for item in file.item {
        let starts = at;
        at = later(starts, item.minutes.unwrap_or(left));
        agenda.push(AgendaIn {
            id: None,
            day: 1,
            starts,
            ends: at,
            activity: item.activity,
            person_in_charge: item.in_charge,
        });
    }
    Ok(agenda)
}

/// A day ends at midnight.
fn later(time: NaiveTime, minutes: i64) -> NaiveTime {
    match time.overflowing_add_signed(TimeDelta::minutes(minutes)) {
        (moved, 0) => moved,
        _ => NaiveTime::from_hms_opt(23, 59, 0).unwrap_or(time),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_discussion_takes_what_is_left_of_the_day() {
        let at = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").unwrap();
        for (starts, ends, discussion, last) in [
            ("08:00", "13:00", ("10:00", "12:15"), "13:00"),
            ("08:00", "10:00", ("10:00", "10:15"), "11:00"),
            ("22:30", "23:30", ("23:59", "23:59"), "23:59"),
        ] {
            let day = Day {
                date: chrono::NaiveDate::default(),
                starts: at(starts),
                ends: at(ends),
                open: false,
            };
            let agenda = usual(&day).unwrap();
            assert_eq!(agenda.len(), 6);
            assert_eq!(
                (agenda[3].starts, agenda[3].ends),
                (at(discussion.0), at(discussion.1))
            );
            assert_eq!(agenda[5].ends, at(last));
            assert!(agenda.windows(2).all(|two| two[0].ends == two[1].starts));
        }
    }
}
