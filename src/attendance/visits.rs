//! On which days of a forum somebody came. A person has one row, whatever the number of days; each day that they come
//! is a visit in it. The door of a day sees the row as it is on that day.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::{
    entity::{Visit, attendance},
    rules::Method,
};
use crate::{
    calendar::dates,
    forums::{
        Day, Forum,
        days::{self, day_at, is_on, is_over, opens_later},
    },
    platform::i18n::{Locale, Message},
};

/// The days of a forum with the zone in which they are days.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub days: Vec<Day>,
    zone: Tz,
}

impl Calendar {
    #[must_use]
    pub fn of(forum: &Forum, zone: Tz) -> Self {
        let days = days::days(forum);
        Self { days, zone }
    }

    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.zone).naive_local()
    }

    #[must_use]
    pub fn has_several(&self) -> bool {
        self.days.len() > 1
    }

    /// Whether people come at this moment.
    #[must_use]
    pub fn is_on(&self, at: DateTime<Utc>) -> bool {
        is_on(&self.days, self.local(at))
    }

    /// From when arrivals are noted, where this moment belongs to a day and is still too early for it.
    #[must_use]
    pub fn opens_later(&self, at: DateTime<Utc>, hours: u32) -> Option<DateTime<Utc>> {
        let door = opens_later(&self.days, self.local(at), hours)?;
        let wait = door - self.local(at);
        Some(at + wait)
    }

    /// Whether nobody comes any more: the last day has passed, with the evening that runs over midnight.
    #[must_use]
    pub fn is_over(&self, at: DateTime<Utc>) -> bool {
        is_over(&self.days, self.local(at))
    }

    /// The day that a moment belongs to, counted from nought.
    #[must_use]
    pub fn day_at(&self, at: DateTime<Utc>) -> usize {
        day_at(&self.days, self.local(at))
    }

    /// When a day begins.
    #[must_use]
    pub fn starts_at(&self, day: usize) -> Option<DateTime<Utc>> {
        let day = self.days.get(day)?;
        Some(day.starts_at(self.zone).to_utc())
    }

    /// "Hari ke-2: Rabu, 29 Oktober 2025".
    #[must_use]
    pub fn title(&self, day: usize, locale: Locale) -> String {
        let title = |of: &Day| days::day_title(day + 1, of, locale);
        self.days.get(day).map(title).unwrap_or_default()
    }

    #[must_use]
    pub fn visit<'a>(&self, row: &'a attendance::Model, day: usize) -> Option<&'a Visit> {
        row.visits
            .0
            .iter()
            .find(|visit| self.day_at(visit.at) == day)
    }

    /// The row as the door of one day sees it.
    #[must_use]
    pub fn on_day(&self, mut row: attendance::Model, day: usize) -> attendance::Model {
        let visit = self.visit(&row, day).cloned();
        row.checked_in_at = visit.as_ref().map(|visit| visit.at);
        row.method = visit.map(|visit| visit.method);
        row
    }

    /// "08.12"; with the day where there are several, "28-10 08.12". Paper does not tell when somebody came.
    #[must_use]
    pub fn time_on_paper(&self, visit: &Visit) -> String {
        let local = visit.at.with_timezone(&self.zone);
        let clock = match visit.method {
            Method::Sheet => String::new(),
            _ => local.format("%H.%M").to_string(),
        };
        let day = self.days.get(self.day_at(visit.at));
        match day.filter(|_| self.has_several()) {
            Some(day) => format!("{} {clock}", day.date.format("%d-%m"))
                .trim_end()
                .to_owned(),
            None => clock,
        }
    }

    /// How many came on each day.
    #[must_use]
    pub fn counts(&self, rows: &[attendance::Model]) -> Vec<usize> {
        let came = |day: usize| {
            let there = rows.iter().filter(|row| self.visit(row, day).is_some());
            there.count()
        };
        (0..self.days.len()).map(came).collect()
    }

    /// "Hari ke-1 (Selasa, 28 Oktober 2025) dihadiri 39 (tiga puluh sembilan) orang, …"; nothing of one day.
    #[must_use]
    pub fn sentence(&self, rows: &[attendance::Model]) -> Option<String> {
        let told = |(day, count): (&Day, usize), number: usize| {
            Message::new("attendance-day-came")
                .with("number", number)
                .with("day", dates::long_date(day.date, Locale::Id))
                .with("count", dates::number_with_words(count as u64))
                .text(Locale::Id)
        };
        let counts = self.days.iter().zip(self.counts(rows));
        let parts: Vec<String> = counts
            .zip(1..)
            .map(|(one, number)| told(one, number))
            .collect();
        self.has_several().then(|| format!("{}.", parts.join("; ")))
    }
}

/// [`Calendar::sentence`], for the papers of others.
#[must_use]
pub fn days_sentence(forum: &Forum, zone: Tz, rows: &[attendance::Model]) -> Option<String> {
    Calendar::of(forum, zone).sentence(rows)
}
