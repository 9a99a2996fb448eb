//! From a group of the recapitulation to the cases that it counts: the inbox with the same filter.

use super::{
    rules::{GroupBy, HIDDEN, MERGED, NONE},
    service::Group,
};
use crate::{
    complaints::{finding::Query, knowing::period::Period, rules::Status},
    organisation::Division,
};

/// What every link has in common.
pub struct Inbox<'a> {
    pub unit: &'a str,
    pub period: Period,
    pub months: &'a [Period],
    pub divisions: &'a [Division],
    /// Some of them are handled in others: the inbox counts these as refused, the recapitulation does not.
    pub merges: bool,
}

impl Inbox<'_> {
    /// None where the inbox has no such filter, or would show others.
    #[must_use]
    pub fn of(&self, group: &Group, (first, second): (GroupBy, Option<GroupBy>)) -> Option<String> {
        if group.figures.received == 0 {
            return None;
        }
        let query = Query {
            view: "all".to_owned(),
            unit: self.unit.to_owned(),
            from: self.period.from.to_string(),
            to: self.period.to.to_string(),
            ..Query::default()
        };
        let query = self.narrowed(query, first, &group.key)?;
        let query = match (second, &group.second) {
            (Some(by), Some((key, _))) => self.narrowed(query, by, key)?,
            _ => query,
        };
        Some(query.address(None))
    }

    fn narrowed(&self, mut query: Query, by: GroupBy, key: &str) -> Option<Query> {
        match by {
            GroupBy::Month => {
                let month = self.months.iter().find(|month| month.month_key() == key)?;
                query.from = month.from.to_string();
                query.to = month.to.to_string();
            }
            GroupBy::Status if key == MERGED => return None,
            GroupBy::Status if self.merges && key == Status::Rejected.code() => return None,
            GroupBy::Service | GroupBy::Category if key == HIDDEN => return None,
            GroupBy::Response => key.clone_into(&mut query.response),
            GroupBy::Status => key.clone_into(&mut query.status),
            GroupBy::Service => key.clone_into(&mut query.service),
            GroupBy::Channel => key.clone_into(&mut query.channel),
            GroupBy::Category => key.clone_into(&mut query.category),
            GroupBy::Kind => key.clone_into(&mut query.kind),
            GroupBy::Division if key == NONE => key.clone_into(&mut query.division),
            GroupBy::Division => {
                let mut known = self.divisions.iter();
                let division = known.find(|division| division.id.to_string() == key)?;
                query.division.clone_from(&division.code);
            }
        }
        Some(query)
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{GroupBy as By, *};
    use crate::complaints::knowing::recap::rules::Figures;

    fn group(key: &str, second: Option<&str>) -> Group {
        Group {
            key: key.to_owned(),
            label: String::new(),
            second: second.map(|key| (key.to_owned(), String::new())),
            figures: Figures {
                received: 3,
                ..Figures::default()
            },
            before: 0,
            inbox: None,
        }
    }

    #[test]
    fn a_group_leads_to_the_cases_that_it_counts_or_nowhere() {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        let period = Period {
            from: day(1, 1),
            to: day(3, 17),
        };
        let months = period.months();
        let inbox = Inbox {
            unit: "contoh",
            period,
            months: &months,
            divisions: &[],
            merges: true,
        };
        for (by, second, group, filters) in [
            (
                By::Month,
                None,
                group("2026-03", None),
                Some("from=2026-03-01&to=2026-03-17"),
            ),
            (
                By::Channel,
                None,
                group("web", None),
                Some("channel=web&from=2026-01-01&to=2026-03-17"),
            ),
            (
                By::Month,
                Some(By::Kind),
                group("2026-02", Some("praise")),
                Some("kind=praise&from=2026-02-01&to=2026-02-28"),
            ),
            (
                By::Category,
                None,
                group("none", None),
                Some("category=none&from=2026-01-01&to=2026-03-17"),
            ),
            (
                By::Division,
                None,
                group("none", None),
                Some("division=none&from=2026-01-01&to=2026-03-17"),
            ),
            (
                By::Service,
                None,
                group("none", None),
                Some("service=none&from=2026-01-01&to=2026-03-17"),
            ),
            (By::Category, None, group("confidential", None), None),
            (
                By::Response,
                None,
                group("31+", None),
                Some("from=2026-01-01&to=2026-03-17&response=31%2B"),
            ),
            (By::Status, None, group("merged", None), None),
            (By::Status, None, group("rejected", None), None),
            (
                By::Channel,
                Some(By::Response),
                group("web", Some("none")),
                Some("channel=web&from=2026-01-01&to=2026-03-17&response=none"),
            ),
        ] {
            let expected =
                filters.map(|rest| format!("/kerja/pengaduan?view=all&unit=contoh&{rest}"));
            assert_eq!(
                inbox.of(&group, (by, second)),
                expected,
                "{by:?} {second:?}"
            );
        }
    }
}
