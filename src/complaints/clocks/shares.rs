//! When the clocks have to look at a complaint again: shares of office time, found without trying every minute.

use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;

use super::rules::used_percent;
use crate::calendar::WorkCalendar;

/// The first second after `now` in which the next of these shares of the time is over, or all of it. None after that.
#[must_use]
pub fn next_share(
    start: &DateTime<Tz>,
    due: &DateTime<Tz>,
    now: &DateTime<Tz>,
    levels: &[i64],
    calendar: &WorkCalendar,
) -> Option<DateTime<Tz>> {
    let whole = (*due - *now).num_seconds();
    if whole < 0 {
        return None;
    }
    let used = used_percent(start, due, now, calendar);
    let next = levels.iter().filter(|level| **level > used).min();
    // Late is only what is behind its due date.
    let Some(level) = next.filter(|level| **level < 100) else {
        return Some(*due + TimeDelta::seconds(1));
    };
    // The share never shrinks, so the place is found by halving.
    let (mut before, mut reached) = (0, whole + 1);
    while reached - before > 1 {
        let middle = before + (reached - before) / 2;
        let then = *now + TimeDelta::seconds(middle);
        if used_percent(start, due, &then, calendar) >= *level {
            reached = middle;
        } else {
            before = middle;
        }
    }
    Some(*now + TimeDelta::seconds(reached))
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDateTime, TimeZone as _};
    use chrono_tz::Asia::Makassar;

    use super::*;
    use crate::calendar::{OfficeHours, decrees};

    #[test]
    fn the_next_look_is_when_the_next_share_of_the_time_is_over() {
        let holidays = decrees::built_in().unwrap();
        let days = WorkCalendar {
            known_until: holidays.known_until().unwrap(),
            holidays,
            hours: OfficeHours::default(),
            closures: Vec::new(),
            work_collective_leave: false,
        };
        let local = |text: &str| {
            let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
            Makassar.from_local_datetime(&time).unwrap()
        };
        let (start, due) = (local("2026-03-16 08:00"), local("2026-03-17 16:00"));
        for now in ["2026-03-16 08:00", "2026-03-16 20:00", "2026-03-17 10:00"] {
            let now = local(now);
            let next = next_share(&start, &due, &now, &[50, 75, 100], &days).unwrap();
            let used = |at: &DateTime<Tz>| used_percent(&start, &due, at, &days);
            let level = [50, 75, 100].into_iter().find(|level| *level > used(&now));
            assert!(next > now, "{now}");
            assert!(Some(used(&next)) >= level, "{now}: {next}");
            let before = next - TimeDelta::seconds(2);
            assert!(
                Some(used(&before)) < level,
                "{now}: {next} is not the first"
            );
        }
        let late = local("2026-03-17 16:01");
        assert_eq!(next_share(&start, &due, &late, &[50, 75, 100], &days), None);
    }
}
