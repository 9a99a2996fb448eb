//! What is odd about the times of an agenda: overlaps, gaps, items outside the forum's hours. And what
//! becomes of the times when two items change places.

use chrono::{NaiveTime, TimeDelta};

use super::{AgendaIn, AgendaItem, Forum, days};
use crate::platform::i18n::{Locale, Message};

/// Something that a reader of the schedule would stumble over. All warn and none stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Begins so many minutes before the item above ends.
    Overlap(i64),
    /// Begins so many minutes after the item above ended.
    Gap(i64),
    /// Begins before the forum does.
    Early,
    /// Ends so many minutes after the forum does.
    Overrun(i64),
}

impl Trouble {
    #[must_use]
    pub fn text(self, locale: Locale) -> String {
        let (key, minutes) = match self {
            Self::Overlap(minutes) => ("forums-agenda-overlap", minutes),
            Self::Gap(minutes) => ("forums-agenda-gap", minutes),
            Self::Early => ("forums-agenda-early", 0),
            Self::Overrun(minutes) => ("forums-agenda-overrun", minutes),
        };
        Message::new(key).with("minutes", minutes).text(locale)
    }
}

/// The troubles of items in their order, each with the place of the item that has it.
#[must_use]
pub fn troubles(
    (starts, ends): (NaiveTime, Option<NaiveTime>),
    items: &[(NaiveTime, NaiveTime)],
) -> Vec<(usize, Trouble)> {
    let mut found = Vec::new();
    let mut last_end: Option<NaiveTime> = None;
    for (index, (from, to)) in items.iter().enumerate() {
        if *from < starts {
            found.push((index, Trouble::Early));
        }
        if let Some(last) = last_end {
            let between = (*from - last).num_minutes();
            if between < 0 {
                found.push((index, Trouble::Overlap(-between)));
            } else if between > 0 {
                found.push((index, Trouble::Gap(between)));
            }
        }
        if let Some(ends) = ends.filter(|ends| to > ends) {
            found.push((index, Trouble::Overrun((*to - ends).num_minutes())));
        }
        last_end = Some(last_end.map_or(*to, |last| last.max(*to)));
    }
    found
}

/// [`troubles`] of a forum's agenda, each day by itself. The items stand in their order.
#[must_use]
pub fn agenda_troubles(forum: &Forum, agenda: &[AgendaItem]) -> Vec<(usize, Trouble)> {
    let mut found = Vec::new();
    for part in agenda.chunk_by(|one, next| one.day == next.day) {
        let times: Vec<_> = part.iter().map(|item| (item.starts, item.ends)).collect();
        let day = days::day_of_item(forum, part[0].day);
        let first = agenda.iter().position(|item| item.id == part[0].id);
        let of_day = troubles((day.starts, day.told_end()), &times).into_iter();
        found.extend(of_day.map(|(at, trouble)| (first.unwrap_or_default() + at, trouble)));
    }
    found
}

/// "30 menit", "2 jam", "1 jam 15 menit".
#[must_use]
pub fn minutes_text(starts: NaiveTime, ends: NaiveTime, locale: Locale) -> String {
    let minutes = (ends - starts).num_minutes().max(0);
    let key = match (minutes / 60, minutes % 60) {
        (0, _) => "forums-agenda-minutes",
        (_, 0) => "forums-agenda-hours",
        _ => "forums-agenda-hours-minutes",
    };
    Message::new(key)
        .with("hours", minutes / 60)
        .with("minutes", minutes % 60)
        .text(locale)
}

/// An item and the one above it change places. Both keep their length, and the pair keeps its hours with
/// the pause between them. The first of a day stays there.
pub fn move_up(agenda: &mut [AgendaIn], index: usize) {
    if index == 0 || index >= agenda.len() {
        return;
    }
    let (above, below) = (&agenda[index - 1], &agenda[index]);
    if above.day != below.day {
        return;
    }
    let first_start = above.starts;
    let last_end = below.ends.max(above.ends);
    let (length_above, length_below) = (above.ends - above.starts, below.ends - below.starts);
    agenda.swap(index - 1, index);
    agenda[index - 1].starts = first_start;
    agenda[index - 1].ends = first_start + length_below;
    agenda[index].starts = last_end - length_above;
    agenda[index].ends = last_end;
}

/// Every day begins when the forum says it does: its items go earlier or later together and keep their lengths and pauses.
/// Gives false, and changes nothing, where an item would pass midnight.
#[must_use]
pub fn start_with_the_day(agenda: &mut [AgendaIn], starts_of: impl Fn(i32) -> NaiveTime) -> bool {
    let mut moved = agenda.to_vec();
    for item in &mut moved {
        let first = agenda.iter().filter(|other| other.day == item.day);
        let first = first.map(|other| other.starts).min();
        let by = starts_of(item.day) - first.unwrap_or(item.starts);
        let (starts, over) = item.starts.overflowing_add_signed(by);
        let (ends, past) = item.ends.overflowing_add_signed(by);
        if over != 0 || past != 0 {
            return false;
        }
        (item.starts, item.ends) = (starts, ends);
    }
    agenda.clone_from_slice(&moved);
    true
}

/// How an item begins that ends a day: what is discussed comes before it.
const CLOSING: [&str; 6] = [
    "penutup",
    "acara penutup",
    "doa",
    "foto bersama",
    "ramah tamah",
    "closing",
];

/// Puts an item where the discussion ends, before what closes the day, which goes on so much later. Gives its place;
/// none where the day would end past midnight.
pub fn insert_before_closing(
    agenda: &mut Vec<AgendaIn>,
    first_start: NaiveTime,
    length: TimeDelta,
    activity: String,
) -> Option<usize> {
    let closes = |item: &&AgendaIn| {
        let name = item.activity.trim().to_lowercase();
        CLOSING.iter().any(|word| name.starts_with(word))
    };
    let closing = agenda.iter().rev().take_while(closes).count();
    let last = agenda.last().map(|item| (item.day, item.ends));
    // An evening that closes the day before stays there.
    let day = last.map_or(1, |(day, _)| day);
    let of_day = agenda
        .iter()
        .rev()
        .take_while(|item| item.day == day)
        .count();
    let at = agenda.len() - closing.min(of_day);
    let starts = match agenda.get(at) {
        Some(next) => next.starts,
        None => last.map_or(first_start, |(_, ends)| ends),
    };
    let later = |time: NaiveTime| match time.overflowing_add_signed(length) {
        (moved, 0) => Some(moved),
        _ => None,
    };
    let ends = later(starts)?;
    for item in agenda.iter_mut().skip(at) {
        item.starts = later(item.starts)?;
        item.ends = later(item.ends)?;
    }
    agenda.insert(
        at,
        AgendaIn {
            id: None,
            day,
            starts,
            ends,
            activity,
            person_in_charge: String::new(),
        },
    );
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").unwrap()
    }

    #[test]
    fn overlaps_gaps_and_overruns_are_found() {
        let hours = (at("08:00"), Some(at("12:00")));
        for (items, expected) in [
            (vec![("08:00", "09:00"), ("09:00", "12:00")], vec![]),
            (
                vec![("08:00", "09:00"), ("08:50", "10:00")],
                vec![(1, Trouble::Overlap(10))],
            ),
            (
                vec![("08:00", "09:00"), ("09:15", "10:00")],
                vec![(1, Trouble::Gap(15))],
            ),
            (
                vec![("07:45", "09:00"), ("09:00", "12:30")],
                vec![(0, Trouble::Early), (1, Trouble::Overrun(30))],
            ),
            (
                vec![("08:00", "11:00"), ("08:30", "09:00"), ("10:00", "11:30")],
                vec![(1, Trouble::Overlap(150)), (2, Trouble::Overlap(60))],
            ),
        ] {
            let times: Vec<_> = items.iter().map(|(a, b)| (at(a), at(b))).collect();
            assert_eq!(troubles(hours, &times), expected, "{items:?}");
        }
        // What goes on until it is finished is overrun by nothing.
        let late = [(at("08:00"), at("18:00"))];
        assert_eq!(troubles((at("08:00"), None), &late), []);
    }

    #[test]
    fn two_items_change_places_and_keep_their_lengths() {
        let item = |activity: &str, starts: &str, ends: &str| AgendaIn {
            id: None,
            day: 1,
            starts: at(starts),
            ends: at(ends),
            activity: activity.to_owned(),
            person_in_charge: String::new(),
        };
        let mut agenda = vec![
            item("Registrasi", "08:00", "08:30"),
            item("Diskusi", "08:40", "10:00"),
        ];
        move_up(&mut agenda, 1);
        let told: Vec<_> = agenda
            .iter()
            .map(|one| (one.activity.as_str(), one.starts, one.ends))
            .collect();
        assert_eq!(
            told,
            [
                ("Diskusi", at("08:00"), at("09:20")),
                ("Registrasi", at("09:30"), at("10:00")),
            ]
        );
        let before = agenda.clone();
        move_up(&mut agenda, 0);
        move_up(&mut agenda, 7);
        assert_eq!(agenda, before);
    }

    #[test]
    fn an_agenda_follows_the_hour_of_its_day() {
        let item = |day: i32, starts: &str, ends: &str| AgendaIn {
            id: None,
            day,
            starts: at(starts),
            ends: at(ends),
            activity: "Diskusi".to_owned(),
            person_in_charge: String::new(),
        };
        let told = |agenda: &[AgendaIn]| -> Vec<String> {
            let line = |one: &AgendaIn| {
                format!(
                    "{}-{}",
                    one.starts.format("%H.%M"),
                    one.ends.format("%H.%M")
                )
            };
            agenda.iter().map(line).collect()
        };
        let mut agenda = vec![
            item(1, "08:00", "08:30"),
            item(1, "08:45", "10:00"),
            item(2, "10:00", "11:00"),
        ];
        assert!(start_with_the_day(&mut agenda, |_| at("09:15")));
        assert_eq!(told(&agenda), ["09.15-09.45", "10.00-11.15", "09.15-10.15"]);
        let before = agenda.clone();
        assert!(!start_with_the_day(&mut agenda, |_| at("23:00")));
        assert_eq!(agenda, before, "nothing passes midnight");
    }

    #[test]
    fn a_proposal_stands_before_what_closes_the_day() {
        let item = |activity: &str, day: i32, starts: &str, ends: &str| AgendaIn {
            id: None,
            day,
            starts: at(starts),
            ends: at(ends),
            activity: activity.to_owned(),
            person_in_charge: String::new(),
        };
        let half = TimeDelta::minutes(30);
        let told = |agenda: &[AgendaIn]| -> Vec<String> {
            let line = |one: &AgendaIn| format!("{} {}", one.starts.format("%H.%M"), one.activity);
            agenda.iter().map(line).collect()
        };
        for (before, place, after) in [
            (vec![], 0, vec!["08.00 Usulan"]),
            (
                vec![item("Diskusi", 1, "08:00", "09:00")],
                1,
                vec!["08.00 Diskusi", "09.00 Usulan"],
            ),
            (
                vec![
                    item("Diskusi", 1, "08:00", "09:00"),
                    item("Penutup dan doa", 1, "09:00", "09:30"),
                ],
                1,
                vec!["08.00 Diskusi", "09.00 Usulan", "09.30 Penutup dan doa"],
            ),
            (
                vec![
                    item("Penutup", 1, "12:00", "12:30"),
                    item("Penutup", 2, "09:00", "09:30"),
                ],
                1,
                vec!["12.00 Penutup", "09.00 Usulan", "09.30 Penutup"],
            ),
        ] {
            let mut agenda = before;
            let found = insert_before_closing(&mut agenda, at("08:00"), half, "Usulan".to_owned());
            assert_eq!(found, Some(place));
            assert_eq!(told(&agenda), after);
        }
        let mut late = vec![item("Penutup", 1, "23:00", "23:45")];
        assert_eq!(
            insert_before_closing(&mut late, at("08:00"), half, "Usulan".to_owned()),
            None
        );
    }

    #[test]
    fn lengths_are_said_in_words() {
        for (to, expected) in [
            ("08:30", "30 menit"),
            ("10:00", "2 jam"),
            ("09:15", "1 jam 15 menit"),
        ] {
            assert_eq!(minutes_text(at("08:00"), at(to), Locale::Id), expected);
        }
    }
}
