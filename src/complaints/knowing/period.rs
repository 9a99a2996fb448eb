//! A span of local days, both ends counted, and the one before it that it is compared with.

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::{
    calendar::dates,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message},
    },
};

/// The longest span that is counted at once.
pub const MOST_MONTHS: i32 = 60;

/// What an office may have records of.
const FIRST_YEAR: i32 = 2000;
const LAST_YEAR: i32 = 2199;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// The first day of a month.
fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn last_of(month: NaiveDate) -> NaiveDate {
    month_of(month)
        .checked_add_months(Months::new(1))
        .and_then(|next| next.pred_opt())
        .unwrap_or(month)
}

fn ordinal(day: NaiveDate) -> i32 {
    day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0)
}

impl Period {
    /// From the first of January until today.
    #[must_use]
    pub fn this_year(today: NaiveDate) -> Self {
        Self {
            from: today.with_ordinal(1).unwrap_or(today),
            to: today,
        }
    }

    /// Twelve months, this one among them as far as it has come.
    #[must_use]
    pub fn last_twelve(today: NaiveDate) -> Self {
        let from = month_of(today).checked_sub_months(Months::new(11));
        Self {
            from: from.unwrap_or(today),
            to: today,
        }
    }

    /// As an address names it; left out, this year.
    pub fn read(from: &str, to: &str, today: NaiveDate) -> Result<Self> {
        let mut faults = Vec::new();
        let mut day = |field: &str, text: &str, otherwise: NaiveDate| {
            let text = text.trim();
            if text.is_empty() {
                return otherwise;
            }
            let read = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
            read.filter(|day| (FIRST_YEAR..=LAST_YEAR).contains(&day.year()))
                .unwrap_or_else(|| {
                    faults.push(FieldError {
                        field: field.to_owned(),
                        message: Message::new("knowing-period-day")
                            .with("from", FIRST_YEAR.to_string())
                            .with("to", LAST_YEAR.to_string()),
                    });
                    otherwise
                })
        };
        let to = day("to", to, today);
        let from = day("from", from, Self::this_year(to).from);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        if from > to {
            return Err(Error::field("to", Message::new("knowing-period-backwards")));
        }
        if ordinal(to) - ordinal(from) >= MOST_MONTHS {
            let message = Message::new("knowing-period-long").with("months", MOST_MONTHS);
            return Err(Error::field("from", message));
        }
        Ok(Self { from, to })
    }

    /// What begins with a month is compared with as many months before, more than half a year with the same days of the
    /// year before, other days with as many days.
    #[must_use]
    pub fn previous(self) -> Self {
        let before = self.from.pred_opt().unwrap_or(self.from);
        if self.from.day() != 1 {
            let days = u64::try_from((self.to - self.from).num_days()).unwrap_or(0);
            let from = before.checked_sub_days(Days::new(days));
            return Self {
                from: from.unwrap_or(before),
                to: before,
            };
        }
        let touched = u32::try_from(ordinal(self.to) - ordinal(self.from) + 1).unwrap_or(1);
        let months = Months::new(if (7..12).contains(&touched) {
            12
        } else {
            touched
        });
        let to = self.to.checked_sub_months(months).unwrap_or(before);
        Self {
            from: self.from.checked_sub_months(months).unwrap_or(before),
            // The last day of a month is compared with the last of another, whatever its number.
            to: if self.to == last_of(self.to) {
                last_of(to)
            } else {
                to
            },
        }
    }

    /// The months it touches, each with those of its days that lie inside.
    #[must_use]
    pub fn months(self) -> Vec<Self> {
        let mut months = Vec::new();
        let mut first = month_of(self.from);
        while first <= self.to {
            months.push(Self {
                from: first.max(self.from),
                to: last_of(first).min(self.to),
            });
            match first.checked_add_months(Months::new(1)) {
                Some(next) => first = next,
                None => break,
            }
        }
        months
    }

    /// From this moment until before that one.
    #[must_use]
    pub fn bounds(self, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
        let begins = |day: NaiveDate| {
            let midnight = day.and_time(NaiveTime::MIN);
            zone.from_local_datetime(&midnight)
                .earliest()
                .map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
        };
        let after = self.to.succ_opt().unwrap_or(self.to);
        (begins(self.from), begins(after))
    }

    /// `2026-03`.
    #[must_use]
    pub fn month_key(self) -> String {
        self.from.format("%Y-%m").to_string()
    }

    /// `Mar 2026`.
    #[must_use]
    pub fn month_label(self, locale: Locale) -> String {
        format!(
            "{} {}",
            dates::month_short(self.from, locale),
            self.from.year()
        )
    }

    /// `1 Januari 2026 – 17 Maret 2026`.
    #[must_use]
    pub fn words(self, locale: Locale) -> String {
        format!(
            "{} – {}",
            dates::date(self.from, locale),
            dates::date(self.to, locale)
        )
    }

    /// `from=2026-01-01&to=2026-03-17`.
    #[must_use]
    pub fn query(self) -> String {
        format!("from={}&to={}", self.from, self.to)
    }
}

/// The spans that are asked for most: (key of its name, span).
#[must_use]
pub fn presets(today: NaiveDate) -> Vec<(&'static str, Period)> {
    let month = month_of(today);
    let before = Period {
        from: month,
        to: today,
    };
    let last_month = month.checked_sub_months(Months::new(1)).unwrap_or(month);
    let quarter = today
        .with_day(1)
        .and_then(|day| day.with_month0(today.month0() / 3 * 3))
        .unwrap_or(month);
    let last_year = |month, day| NaiveDate::from_ymd_opt(today.year() - 1, month, day);
    let mut all = vec![
        ("knowing-preset-month", before),
        (
            "knowing-preset-last-month",
            Period {
                from: last_month,
                to: last_of(last_month),
            },
        ),
        (
            "knowing-preset-quarter",
            Period {
                from: quarter,
                to: today,
            },
        ),
        ("knowing-preset-year", Period::this_year(today)),
    ];
    if let (Some(from), Some(to)) = (last_year(1, 1), last_year(12, 31)) {
        all.push(("knowing-preset-last-year", Period { from, to }));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: &str, to: &str) -> Period {
        Period {
            from: day(from),
            to: day(to),
        }
    }

    #[test]
    fn a_period_is_compared_with_the_one_before_it() {
        for (from, to, before_from, before_to) in [
            ("2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"),
            ("2026-01-01", "2026-03-31", "2025-10-01", "2025-12-31"),
            ("2026-01-01", "2026-12-31", "2025-01-01", "2025-12-31"),
            ("2026-03-10", "2026-03-16", "2026-03-03", "2026-03-09"),
            ("2026-03-17", "2026-03-17", "2026-03-16", "2026-03-16"),
            ("2026-01-01", "2026-03-17", "2025-10-01", "2025-12-17"),
            ("2026-01-01", "2026-11-22", "2025-01-01", "2025-11-22"),
            ("2026-02-01", "2026-02-28", "2026-01-01", "2026-01-31"),
        ] {
            assert_eq!(
                period(from, to).previous(),
                period(before_from, before_to),
                "{from} {to}"
            );
        }
    }

    #[test]
    fn months_are_cut_at_the_ends() {
        let months = period("2025-12-15", "2026-02-03").months();
        assert_eq!(
            months,
            [
                period("2025-12-15", "2025-12-31"),
                period("2026-01-01", "2026-01-31"),
                period("2026-02-01", "2026-02-03"),
            ]
        );
        assert_eq!(months[0].month_key(), "2025-12");
    }

    /// A UTC day would be the wrong one for eight hours.
    #[test]
    fn a_day_begins_at_local_midnight() {
        let (from, until) = period("2026-03-01", "2026-03-31").bounds(chrono_tz::Asia::Makassar);
        assert_eq!(from.to_rfc3339(), "2026-02-28T16:00:00+00:00");
        assert_eq!(until.to_rfc3339(), "2026-03-31T16:00:00+00:00");
    }

    #[test]
    fn what_cannot_be_a_period_names_its_field() {
        let today = day("2026-03-17");
        for (from, to, field) in [
            ("kemarin", "", "from"),
            ("", "2026-02-30", "to"),
            ("2026-03-02", "2026-03-01", "to"),
            ("2020-01-01", "2026-01-01", "from"),
            ("0001-01-01", "", "from"),
        ] {
            match Period::read(from, to, today) {
                Err(Error::Invalid(faults)) => assert_eq!(faults[0].field, field, "{from} {to}"),
                other => panic!("{from} {to}: {other:?}"),
            }
        }
        assert_eq!(
            Period::read("", "", today).unwrap(),
            period("2026-01-01", "2026-03-17")
        );
    }
}
