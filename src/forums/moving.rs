//! Whether time still allows what is to be done with a forum: to be moved there, and to invite somebody more.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Day, Forum, Stage, announced, clock, days, rules::Broken};
use crate::platform::{
    error::{Error, Result},
    i18n::Message,
};

/// Those who hold a letter come on its day: an announced forum is not put where nobody can come any more. On a day that
/// has begun its hours may still be put right.
fn may_move(before: &[Day], after: &[Day], zone: Tz, now: DateTime<Utc>) -> bool {
    let begun = |days: &[Day]| days.first().is_some_and(|day| day.starts_at(zone) <= now);
    let dates = |days: &[Day]| -> Vec<_> { days.iter().map(|day| day.date).collect() };
    before == after || !begun(after) || (begun(before) && dates(before) == dates(after))
}

/// Refuses to move an announced forum into the past.
pub(super) fn refuse_past(
    forum: &Forum,
    after: &[Day],
    zone: Tz,
    now: DateTime<Utc>,
) -> Result<()> {
    if !announced::has_letter_out(forum) || may_move(&days::days(forum), after, zone, now) {
        return Ok(());
    }
    Err(Error::field(
        "date",
        Message::new("forums-field-moved-past"),
    ))
}

/// Refuses to invite more people to a forum that is over or whose record is being written: papers that are signed count
/// those who were invited.
pub fn may_invite(forum: &Forum, zone: Tz, now: DateTime<Utc>) -> Result<()> {
    match forum.stage > Stage::Session || clock::ends_at(forum, zone) <= now {
        true => Err(Broken::Over.into()),
        false => Ok(()),
    }
}

/// Refuses a letter or a further recipient once the forum has begun: nothing is sent any more, and whoever comes is taken
/// in at the door.
pub fn may_call_in(forum: &Forum, zone: Tz, now: DateTime<Utc>) -> Result<()> {
    may_invite(forum, zone, now)?;
    match clock::starts_at(forum, zone) <= now {
        true => Err(Broken::Running.into()),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;

    fn days(all: &[(&str, u32)]) -> Vec<Day> {
        let day = |(date, hour): &(&str, u32)| Day {
            date: date.parse().unwrap(),
            starts: NaiveTime::from_hms_opt(*hour, 0, 0).unwrap(),
            ends: NaiveTime::from_hms_opt(hour + 3, 0, 0).unwrap(),
            open: false,
        };
        all.iter().map(day).collect()
    }

    #[test]
    fn an_announced_forum_goes_to_a_time_that_is_still_to_come() {
        // 10.00 in Samarinda.
        let now = "2026-03-17T02:00:00Z".parse().unwrap();
        let zone = chrono_tz::Asia::Makassar;
        let later: &[_] = &[("2026-04-10", 8)];
        let today: &[_] = &[("2026-03-17", 9)];
        for (before, after, expected) in [
            (later, &[("2026-05-20", 8)][..], true),
            (later, &[("2026-03-17", 11)], true),
            (later, &[("2026-03-17", 9)], false),
            (later, &[("2020-01-01", 9)], false),
            (later, &[("2026-03-16", 9), ("2026-03-18", 9)], false),
            // It has begun: its hours are put right, and it is not another day of the past.
            (today, &[("2026-03-17", 8)], true),
            (today, &[("2026-03-16", 9)], false),
            (today, &[("2026-03-18", 9)], true),
            (today, today, true),
        ] {
            let found = may_move(&days(before), &days(after), zone, now);
            assert_eq!(found, expected, "{before:?} {after:?}");
        }
    }
}
