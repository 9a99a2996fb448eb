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

/// The discussion is what people come for: a short day leaves it this part, and the others are shortened alike.
const PART_LEFT: i64 = 3;
/// Lengths are whole steps of so many minutes, one at least.
const STEP: i64 = 5;

/// How long everything takes on a day of so many minutes; none is the item that takes what is left.
fn lengths(minutes: &[Option<i64>], day: i64) -> Vec<i64> {
    let fixed: i64 = minutes.iter().flatten().sum();
    let most = day - day / PART_LEFT;
    let fitted = |length: i64| match fixed > most {
        true => (length * most / fixed / STEP * STEP).max(STEP),
        false => length,
    };
    let taken: i64 = minutes.iter().flatten().map(|length| fitted(*length)).sum();
    let left = (day - taken).max(STEP);
    let length = |item: &Option<i64>| item.map_or(left, fitted);
    minutes.iter().map(length).collect()
}

/// The usual agenda over the days of a forum: it is opened on the first, discussed on all, and signed and closed on the
/// last.
pub fn usual(days: &[Day]) -> Result<Vec<AgendaIn>> {
    let file: File = toml::from_str(FILE).map_err(anyhow::Error::from)?;
    let open = file.item.iter().position(|item| item.minutes.is_none());
    let open = open.unwrap_or(file.item.len());
    let mut agenda = Vec::new();
    for (day, number) in days.iter().zip(1_usize..) {
        let from = if number == 1 { 0 } else { open };
        let until = if number == days.len() {
            file.item.len()
        } else {
            open + 1
        };
        let items = &file.item[from..until.min(file.item.len())];
        let minutes: Vec<_> = items.iter().map(|item| item.minutes).collect();
        let whole = (day.ends - day.starts).num_minutes();
        let mut at = day.starts;
        for (item, length) in items.iter().zip(lengths(&minutes, whole)) {
            let starts = at;
            at = later(starts, length);
            let goes_on = number > 1 && item.minutes.is_none();
            agenda.push(AgendaIn {
                id: None,
                day: i32::try_from(number).unwrap_or(i32::MAX),
                starts,
                ends: at,
                activity: match goes_on {
                    true => format!("{} (lanjutan)", item.activity),
                    false => item.activity.clone(),
                },
                person_in_charge: item.in_charge.clone(),
            });
        }
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

    fn at(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").unwrap()
    }

    fn day(starts: &str, ends: &str) -> Day {
        Day {
            date: chrono::NaiveDate::default(),
            starts: at(starts),
            ends: at(ends),
            open: false,
        }
    }

    #[test]
    fn several_days_are_opened_on_the_first_and_closed_on_the_last() {
        let days = [
            day("08:00", "12:00"),
            day("09:00", "11:00"),
            day("09:00", "12:00"),
        ];
        let agenda = usual(&days).unwrap();
        let told: Vec<_> = agenda
            .iter()
            .map(|item| (item.day, item.starts, item.ends))
            .collect();
        let line = |day: i32, starts: &str, ends: &str| (day, at(starts), at(ends));
        assert_eq!(
            told,
            [
                line(1, "08:00", "08:30"),
                line(1, "08:30", "09:00"),
                line(1, "09:00", "10:00"),
                line(1, "10:00", "12:00"),
                line(2, "09:00", "11:00"),
                line(3, "09:00", "11:15"),
                line(3, "11:15", "11:45"),
                line(3, "11:45", "12:00"),
            ]
        );
        assert!(agenda[4].activity.ends_with("(lanjutan)"));
        assert!(agenda[6].activity.contains("Berita Acara"));
    }

    #[test]
    fn the_discussion_takes_what_is_left_of_the_day() {
        for (starts, ends, discussion, last) in [
            ("08:00", "13:00", ("10:00", "12:15"), "13:00"),
            // A short forum shortens everything, and the discussion stays the longest.
            ("08:00", "10:00", ("08:45", "09:45"), "10:00"),
            ("13:30", "15:00", ("14:10", "14:45"), "15:00"),
            ("22:30", "23:30", ("22:50", "23:20"), "23:30"),
        ] {
            let agenda = usual(&[day(starts, ends)]).unwrap();
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
