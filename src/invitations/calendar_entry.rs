//! The forum as a calendar entry (RFC 5545) and its invitation (RFC 5546): one UID for ever, SEQUENCE
//! with every change of time or place, the zone with its fixed offset. Written here because lines must
//! be folded at 75 octets and end with CRLF exactly; a parser made by others reads it in the tests.
//!
//! Several days are one series: RFC 5546 allows a request one UID only, and clients that are sent two entries take
//! the first. It is daily with the days between taken out (EXDATE), and a day with other hours is an exception
//! (RECURRENCE-ID). So an update with a higher SEQUENCE replaces the whole series: a day that was removed
//! disappears from the calendar, and CANCEL takes all of them away.

use chrono::{DateTime, Offset as _, TimeDelta, Utc};
use chrono_tz::Tz;

/// What stands in an entry.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    pub uid: String,
    pub sequence: i32,
    /// When this text is made.
    pub stamp: DateTime<Utc>,
    pub starts: DateTime<Tz>,
    pub ends: DateTime<Tz>,
    /// The days after the first, within a month of it.
    pub more: Vec<(DateTime<Tz>, DateTime<Tz>)>,
    pub summary: &'a str,
    pub location: String,
    pub description: String,
    pub url: String,
    pub organiser: Address<'a>,
    /// Left out where nobody is asked to answer: the file to add by hand.
    pub attendee: Option<Address<'a>>,
    /// PARTSTAT: what the guest answered for this very time, or that an answer is asked for.
    pub answered: &'static str,
}

#[derive(Clone, Debug)]
pub struct Address<'a> {
    pub name: String,
    pub email: &'a str,
}

/// METHOD of the object; the mail's content type names the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Request,
    Publish,
    /// The event does not take place.
    Cancel,
    /// It does, without this guest: a CANCEL whose event has no STATUS (RFC 5546, 3.2.5).
    Uninvite,
}

impl Method {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Publish => "PUBLISH",
            Self::Cancel | Self::Uninvite => "CANCEL",
        }
    }

    /// Takes the entry out of the calendar again.
    fn takes_away(self) -> bool {
        matches!(self, Self::Cancel | Self::Uninvite)
    }
}

/// The iCalendar text.
#[must_use]
pub fn write(entry: &Entry<'_>, method: Method) -> String {
    let mut out = Lines::default();
    out.plain("BEGIN", "VCALENDAR");
    out.plain("VERSION", "2.0");
    out.plain("PRODID", "-//Rembuk//Rembuk//ID");
    out.plain("METHOD", method.as_str());
    write_zone(&mut out, &entry.starts);
    write_event(&mut out, entry, method, (&entry.starts, &entry.ends), None);
    // Taken away is the series as a whole.
    let exceptions = entry.more.iter().filter(|_| !method.takes_away());
    for (day, starts) in exceptions.zip(planned_starts(entry)) {
        if (day.0, day.1 - day.0) != (starts, entry.ends - entry.starts) {
            write_event(&mut out, entry, method, (&day.0, &day.1), Some(&starts));
        }
    }
    out.plain("END", "VCALENDAR");
    out.0
}

fn local(time: &DateTime<Tz>) -> String {
    time.format("%Y%m%dT%H%M%S").to_string()
}

/// When the further days would begin at the hour of the first: as the series counts them.
fn planned_starts(entry: &Entry<'_>) -> Vec<DateTime<Tz>> {
    let date = |time: &DateTime<Tz>| time.date_naive();
    let first = &entry.starts;
    entry
        .more
        .iter()
        .filter_map(|(starts, _)| {
            let days = date(starts) - date(first);
            first.checked_add_signed(days)
        })
        .collect()
}

/// The rule of the series, and the days between that nobody comes.
fn write_series(out: &mut Lines, entry: &Entry<'_>) {
    let planned = planned_starts(entry);
    let Some(last) = planned.last() else {
        return;
    };
    let count = (last.date_naive() - entry.starts.date_naive()).num_days() + 1;
    out.plain("RRULE", &format!("FREQ=DAILY;COUNT={count}"));
    let zone = entry.starts.timezone().name();
    for days in 1..count {
        let day = entry.starts.checked_add_signed(TimeDelta::days(days));
        if let Some(day) = day.filter(|day| !planned.contains(day)) {
            out.plain(&format!("EXDATE;TZID={zone}"), &local(&day));
        }
    }
}

fn write_event(
    out: &mut Lines,
    entry: &Entry<'_>,
    method: Method,
    (starts, ends): (&DateTime<Tz>, &DateTime<Tz>),
    instead_of: Option<&DateTime<Tz>>,
) {
    let zone = entry.starts.timezone().name();
    out.plain("BEGIN", "VEVENT");
    out.plain("UID", &entry.uid);
    out.plain("SEQUENCE", &entry.sequence.to_string());
    out.plain("DTSTAMP", &entry.stamp.format("%Y%m%dT%H%M%SZ").to_string());
    for (name, time) in [("DTSTART", starts), ("DTEND", ends)] {
        out.plain(&format!("{name};TZID={zone}"), &local(time));
    }
    match instead_of {
        Some(planned) => out.plain(&format!("RECURRENCE-ID;TZID={zone}"), &local(planned)),
        None => write_series(out, entry),
    }
    out.text("SUMMARY", entry.summary);
    out.text("LOCATION", &entry.location);
    out.text("DESCRIPTION", &entry.description);
    out.plain("URL", &entry.url);
    let status = match method {
        Method::Request | Method::Publish => Some("CONFIRMED"),
        Method::Cancel => Some("CANCELLED"),
        Method::Uninvite => None,
    };
    if let Some(status) = status {
        out.plain("STATUS", status);
    }
    out.address("ORGANIZER", "", &entry.organiser);
    if let Some(attendee) = &entry.attendee {
        let asks = match method {
            Method::Cancel | Method::Uninvite => {
                ";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT".to_owned()
            }
            _ => format!(
                ";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={};RSVP=TRUE",
                entry.answered
            ),
        };
        out.address("ATTENDEE", &asks, attendee);
    }
    out.plain("END", "VEVENT");
}

/// The zone as it is at the start. Indonesian zones have one offset all year.
fn write_zone(out: &mut Lines, starts: &DateTime<Tz>) {
    let seconds = starts.offset().fix().local_minus_utc();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    let offset = format!("{sign}{:02}{:02}", minutes / 60, minutes % 60);
    out.plain("BEGIN", "VTIMEZONE");
    out.plain("TZID", starts.timezone().name());
    out.plain("BEGIN", "STANDARD");
    out.plain("DTSTART", "19700101T000000");
    out.plain("TZOFFSETFROM", &offset);
    out.plain("TZOFFSETTO", &offset);
    out.plain("TZNAME", &crate::calendar::dates::zone_name(starts));
    out.plain("END", "STANDARD");
    out.plain("END", "VTIMEZONE");
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A line whose value needs no escaping.
    fn plain(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", one_line(value)));
    }

    /// A TEXT value.
    fn text(&mut self, name: &str, value: &str) {
        let escaped = value
            .replace('\\', "\\\\")
            .replace(';', "\\;")
            .replace(',', "\\,")
            .replace("\r\n", "\\n")
            .replace(['\n', '\r'], "\\n");
        self.fold(&format!("{name}:{escaped}"));
    }

    /// Names are always quoted: commas of degrees would split them. A quoted name cannot hold a quote.
    fn address(&mut self, name: &str, parameters: &str, address: &Address<'_>) {
        let called = one_line(&address.name).replace('"', "'");
        let email = one_line(address.email);
        self.fold(&format!(
            "{name};CN=\"{called}\"{parameters}:mailto:{email}"
        ));
    }

    /// At most 75 octets a line, never inside a character (RFC 5545, 3.1).
    fn fold(&mut self, line: &str) {
        const MOST: usize = 75;
        let mut used = 0;
        for character in line.chars() {
            if used + character.len_utf8() > MOST {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(character);
            used += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A line break in a value would begin another property.
fn one_line(value: &str) -> String {
    value
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use icalendar::{CalendarComponent, Component as _};

    use super::*;

    fn entry() -> Entry<'static> {
        let zone = chrono_tz::Asia::Makassar;
        Entry {
            uid: "0192-x@rembuk.example".to_owned(),
            sequence: 2,
            stamp: Utc.with_ymd_and_hms(2025, 10, 24, 1, 2, 3).unwrap(),
            starts: zone.with_ymd_and_hms(2025, 10, 28, 8, 0, 0).unwrap(),
            ends: zone.with_ymd_and_hms(2025, 10, 28, 13, 0, 0).unwrap(),
            more: Vec::new(),
            summary: "Forum; Konsultasi, Publik \\ 2025",
            location: "Harmony Room, Hotel Puri Senyiur\nSamarinda".to_owned(),
            description: "Kain sutra “lejo” è ".repeat(20),
            url: "https://rembuk.example/undangan/x".to_owned(),
            organiser: Address {
                name: "Disdukcapil \"Kaltim\": FKP".to_owned(),
                email: "fkp@kaltim.example",
            },
            attendee: Some(Address {
                name: "Drs. H. Contoh, M.Si\r\nX-EVIL:1".to_owned(),
                email: "contoh@kaltim.example",
            }),
            answered: "NEEDS-ACTION",
        }
    }

    #[test]
    fn lines_are_short_and_end_with_crlf() {
        let text = write(&entry(), Method::Request);
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            assert!(!line.contains(['\r', '\n']));
        }
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert!(!text.contains("\r\nX-EVIL"));
    }

    #[test]
    fn another_parser_reads_what_was_written() {
        let text = write(&entry(), Method::Request);
        let calendar: icalendar::Calendar = text.parse().unwrap();
        assert_eq!(calendar.property_value("METHOD"), Some("REQUEST"));
        let event = calendar
            .components
            .iter()
            .find_map(|part| match part {
                CalendarComponent::Event(event) => Some(event),
                _ => None,
            })
            .unwrap();
        assert_eq!(event.get_uid(), Some("0192-x@rembuk.example"));
        assert_eq!(event.property_value("SEQUENCE"), Some("2"));
        assert_eq!(
            event.get_summary(),
            Some("Forum; Konsultasi, Publik \\ 2025")
        );
        let start = event.properties().get("DTSTART").unwrap();
        assert_eq!(start.value(), "20251028T080000");
        assert_eq!(start.params()["TZID"].value(), "Asia/Makassar");
        assert!(text.contains("TZOFFSETTO:+0800\r\n"));
        assert!(text.contains("RSVP=TRUE"));
    }

    fn events(text: &str) -> Vec<icalendar::Event> {
        let calendar: icalendar::Calendar = text.parse().unwrap();
        let events = calendar
            .components
            .into_iter()
            .filter_map(|part| match part {
                CalendarComponent::Event(event) => Some(event),
                _ => None,
            });
        events.collect()
    }

    #[test]
    fn several_days_are_one_series_and_a_removed_day_leaves_it() {
        let at = |day: u32, hour: u32| {
            let zone = chrono_tz::Asia::Makassar;
            zone.with_ymd_and_hms(2025, 10, day, hour, 0, 0).unwrap()
        };
        let days = |more| Entry { more, ..entry() };
        let three = days(vec![(at(29, 8), at(29, 13)), (at(31, 9), at(31, 12))]);
        let text = write(&three, Method::Request);
        let found = events(&text);
        assert_eq!(found.len(), 2, "{text}");
        assert_eq!(found[0].property_value("RRULE"), Some("FREQ=DAILY;COUNT=4"));
        assert!(text.contains("EXDATE;TZID=Asia/Makassar:20251030T080000\r\n"));
        assert_eq!(
            found[1].property_value("RECURRENCE-ID"),
            Some("20251031T080000")
        );
        assert_eq!(found[1].property_value("DTSTART"), Some("20251031T090000"));
        for event in &found {
            assert_eq!(event.get_uid(), Some("0192-x@rembuk.example"));
            assert_eq!(event.property_value("SEQUENCE"), Some("2"));
        }
        // One UID with a higher SEQUENCE replaces the series: the last day is no longer counted.
        let text = write(&days(vec![(at(29, 8), at(29, 13))]), Method::Request);
        assert_eq!(
            events(&text)[0].property_value("RRULE"),
            Some("FREQ=DAILY;COUNT=2")
        );
        assert!(!text.contains("EXDATE") && !text.contains("RECURRENCE-ID"));
        let text = write(&days(Vec::new()), Method::Request);
        assert!(!text.contains("RRULE"));
        let text = write(&three, Method::Cancel);
        assert_eq!(
            events(&text).len(),
            1,
            "the whole series is taken away: {text}"
        );
    }

    #[test]
    fn a_cancelled_entry_takes_the_same_event_away() {
        let text = write(&entry(), Method::Cancel);
        let calendar: icalendar::Calendar = text.parse().unwrap();
        assert_eq!(calendar.property_value("METHOD"), Some("CANCEL"));
        let event = calendar.components.iter().find_map(|part| match part {
            CalendarComponent::Event(event) => Some(event),
            _ => None,
        });
        let event = event.unwrap();
        assert_eq!(event.get_uid(), Some("0192-x@rembuk.example"));
        assert_eq!(event.property_value("STATUS"), Some("CANCELLED"));
        assert!(text.contains("ATTENDEE;CN=") && !text.contains("RSVP"));
    }

    #[test]
    fn an_event_that_takes_place_without_a_guest_is_not_cancelled() {
        let text = write(&entry(), Method::Uninvite);
        assert!(text.contains("METHOD:CANCEL\r\n") && !text.contains("STATUS:"));
        assert!(text.contains("SEQUENCE:2\r\n") && !text.contains("RSVP"));
    }

    #[test]
    fn a_published_entry_asks_nobody() {
        let published = Entry {
            attendee: None,
            ..entry()
        };
        let text = write(&published, Method::Publish);
        assert!(text.contains("METHOD:PUBLISH") && !text.contains("ATTENDEE"));
    }
}
