//! The usual agenda, offered where none is written: six lines that nobody has to type.

use std::collections::VecDeque;

use chrono::{NaiveTime, TimeDelta, Timelike as _};
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

/// From when to when, in minutes since midnight.
type Span = (i64, i64);
/// The last minute of a day.
const LAST: i64 = 23 * 60 + 59;

/// A row that stands on the agenda already: its day, counted from one, and its times.
pub type Standing = (usize, NaiveTime, NaiveTime);

fn minutes_of(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight() / 60)
}

fn time_at(minutes: i64) -> NaiveTime {
    let midnight = NaiveTime::MIN;
    midnight
        .overflowing_add_signed(TimeDelta::minutes(minutes))
        .0
}

/// What the rows that stand leave free from the beginning of a day to midnight: on a short day nothing is dropped.
fn free_of(day: &Day, mut taken: Vec<Span>) -> VecDeque<Span> {
    taken.sort_unstable();
    let mut free = VecDeque::new();
    let mut at = minutes_of(day.starts);
    for (from, to) in taken {
        if from - at >= STEP {
            free.push_back((at, from));
        }
        at = at.max(to);
    }
    if at < LAST {
        free.push_back((at, LAST));
    }
    free
}

/// The next so many free minutes, in as many pieces as the rows that stand make of them.
fn taken_from(free: &mut VecDeque<Span>, mut minutes: i64) -> Vec<Span> {
    let mut pieces = Vec::new();
    while minutes > 0
        && let Some((from, to)) = free.pop_front()
    {
        let end = to.min(from + minutes);
        pieces.push((from, end));
        minutes -= end - from;
        if end < to {
            free.push_front((end, to));
        }
    }
    pieces
}

/// The usual agenda over the days of a forum, around the rows that stand: it is opened on the first day, discussed on
/// all, and signed and closed on the last.
pub fn usual(days: &[Day], standing: &[Standing]) -> Result<Vec<AgendaIn>> {
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
        let of_day = standing.iter().filter(|(of, ..)| *of == number);
        let taken = of_day.map(|(_, from, to)| (minutes_of(*from), minutes_of(*to)));
        agenda.extend(of_one_day(items, day, number, taken.collect()));
    }
    Ok(agenda)
}

fn of_one_day(items: &[Item], day: &Day, number: usize, taken: Vec<Span>) -> Vec<AgendaIn> {
    let mut free = free_of(day, taken);
    let ends = minutes_of(day.ends);
    let left: i64 = free
        .iter()
        .map(|(from, to)| (*to.min(&ends) - from).max(0))
        .sum();
    let minutes: Vec<_> = items.iter().map(|item| item.minutes).collect();
    let mut agenda = Vec::new();
    for (item, length) in items.iter().zip(lengths(&minutes, left)) {
        let pieces = taken_from(&mut free, length).into_iter().enumerate();
        agenda.extend(pieces.map(|(piece, (from, to))| {
            let goes_on = piece > 0 || (number > 1 && item.minutes.is_none());
            AgendaIn {
                id: None,
                day: i32::try_from(number).unwrap_or(i32::MAX),
                starts: time_at(from),
                ends: time_at(to),
                activity: match goes_on {
                    true => format!("{} (lanjutan)", item.activity),
                    false => item.activity.clone(),
                },
                person_in_charge: item.in_charge.clone(),
            }
        }));
    }
    agenda
}

/// When the discussion begins in the usual agenda: what is proposed first stands there, and not at the door.
pub fn discussion_starts(day: Day) -> Result<NaiveTime> {
    let file: File = toml::from_str(FILE).map_err(anyhow::Error::from)?;
    let open = file.item.iter().position(|item| item.minutes.is_none());
    let agenda = usual(&[day], &[])?;
    let item = open.and_then(|open| agenda.get(open));
    Ok(item.map_or(day.starts, |item| item.starts))
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
        let agenda = usual(&days, &[]).unwrap();
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
    fn rows_that_stand_keep_their_times_and_the_others_go_around_them() {
        let whole = day("08:00", "13:00");
        for (standing, told) in [
            // Where the discussion would begin.
            (
                ("10:00", "10:30"),
                vec![("10:30", "12:15"), ("12:15", "12:45")],
            ),
            // In the middle of it, and right at the beginning.
            (
                ("11:00", "11:30"),
                vec![("10:00", "11:00"), ("11:30", "12:15")],
            ),
            (
                ("08:00", "08:30"),
                vec![("10:30", "12:15"), ("12:15", "12:45")],
            ),
        ] {
            let row = (1, at(standing.0), at(standing.1));
            let agenda = usual(&[whole], &[row]).unwrap();
            let clear = |item: &AgendaIn| item.ends <= row.1 || item.starts >= row.2;
            assert!(agenda.iter().all(clear), "{standing:?}");
            assert!(agenda.windows(2).all(|two| two[0].ends <= two[1].starts));
            assert_eq!(agenda.last().unwrap().ends, at("13:00"), "{standing:?}");
            let times: Vec<_> = agenda[3..5]
                .iter()
                .map(|item| (item.starts, item.ends))
                .collect();
            let told: Vec<_> = told
                .into_iter()
                .map(|(from, to)| (at(from), at(to)))
                .collect();
            assert_eq!(times, told, "{standing:?}");
        }
        assert_eq!(discussion_starts(whole).unwrap(), at("10:00"));
        let full = (1, at("08:00"), at("23:59"));
        assert_eq!(
            usual(&[whole], &[full]).unwrap().len(),
            0,
            "no room is left"
        );
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
            let agenda = usual(&[day(starts, ends)], &[]).unwrap();
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
