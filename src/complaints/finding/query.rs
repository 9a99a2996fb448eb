//! What an inbox address asks for, as it stands there. It can be kept as a bookmark and sent to a colleague; what an
//! address says and nobody understands is left out, so that the page never shows a filter that does not filter.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{filter::Sort, views::View};
use crate::{
    complaints::rules::{Channel, Class, Kind, Status},
    platform::web::address::encoded,
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    pub view: String,
    /// Code of one of the units that somebody looks into.
    pub unit: String,
    pub status: String,
    pub kind: String,
    pub class: String,
    pub channel: String,
    /// Code of a service, or `none`.
    pub service: String,
    /// Id of a category, or `none`.
    pub category: String,
    /// Code of a division, or `none`.
    pub division: String,
    /// `me`, or the id of a person.
    pub person: String,
    pub from: String,
    pub to: String,
    pub due_from: String,
    pub due_to: String,
    /// `open`, `anonymous` or `confidential`.
    pub privacy: String,
    /// `yes` or `no`.
    pub action: String,
    /// Working days until the answer, `2`, `4-5` or `31+`; `none` for what has no answer.
    pub response: String,
    pub q: String,
    pub sort: String,
}

/// A day as the address writes it.
#[must_use]
pub fn day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (1900..2200)
        .contains(&chrono::Datelike::year(&day))
        .then_some(day)
}

/// From … to so many working days, as the recapitulation names them.
#[must_use]
pub fn working_days(text: &str) -> Option<(i32, i32)> {
    let number = |text: &str| text.parse::<u16>().ok().map(i32::from);
    match (text.strip_suffix('+'), text.split_once('-')) {
        (Some(from), _) => Some((number(from)?, i32::MAX)),
        (None, Some((from, to))) => Some((number(from)?, number(to)?)),
        (None, None) => number(text).map(|days| (days, days)),
    }
}

impl Query {
    /// Without what nobody understands.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        let keep = |text: &mut String, known: bool| {
            if !known {
                text.clear();
            }
        };
        for text in self.all_mut() {
            let short: String = text.trim().chars().take(200).collect();
            *text = short.replace(char::is_control, " ");
        }
        let view = View::parse(&self.view).unwrap_or_default();
        self.view = view.code().to_owned();
        keep_code(&mut self.status, |code| Status::parse(code).is_some());
        keep_code(&mut self.kind, |code| Kind::parse(code).is_some());
        keep_code(&mut self.class, |code| Class::parse(code).is_some());
        keep_code(&mut self.channel, |code| Channel::parse(code).is_some());
        keep_code(&mut self.category, |id| {
            id == "none" || id.parse::<uuid::Uuid>().is_ok()
        });
        let choice = matches!(&*self.privacy, "open" | "anonymous" | "confidential");
        keep(&mut self.privacy, choice);
        let choice = matches!(&*self.action, "yes" | "no");
        keep(&mut self.action, choice);
        keep_code(&mut self.response, |days| {
            days == "none" || working_days(days).is_some()
        });
        for date in [
            &mut self.from,
            &mut self.to,
            &mut self.due_from,
            &mut self.due_to,
        ] {
            keep_code(date, |text| day(text).is_some());
        }
        keep_code(&mut self.person, |id| {
            id == "me" || id.parse::<uuid::Uuid>().is_ok()
        });
        let sort = Sort::parse(&self.sort).unwrap_or_default();
        self.sort = match sort {
            Sort::Due => String::new(),
            other => other.code().to_owned(),
        };
        self
    }

    fn all_mut(&mut self) -> [&mut String; 19] {
        [
            &mut self.view,
            &mut self.unit,
            &mut self.status,
            &mut self.kind,
            &mut self.class,
            &mut self.channel,
            &mut self.service,
            &mut self.category,
            &mut self.division,
            &mut self.person,
            &mut self.from,
            &mut self.to,
            &mut self.due_from,
            &mut self.due_to,
            &mut self.privacy,
            &mut self.action,
            &mut self.response,
            &mut self.q,
            &mut self.sort,
        ]
    }

    /// (name, value) of everything but the view, in the order of the form.
    #[must_use]
    pub fn filters(&self) -> [(&'static str, &str); 17] {
        [
            ("q", &self.q),
            ("unit", &self.unit),
            ("status", &self.status),
            ("kind", &self.kind),
            ("class", &self.class),
            ("channel", &self.channel),
            ("service", &self.service),
            ("category", &self.category),
            ("division", &self.division),
            ("person", &self.person),
            ("from", &self.from),
            ("to", &self.to),
            ("due_from", &self.due_from),
            ("due_to", &self.due_to),
            ("privacy", &self.privacy),
            ("action", &self.action),
            ("response", &self.response),
        ]
    }

    /// Whether anything but the view is chosen.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.filters().iter().any(|(_, value)| !value.is_empty())
    }

    /// The same without one filter.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let mut left = self.clone();
        let field = match name {
            "q" => &mut left.q,
            "unit" => &mut left.unit,
            "status" => &mut left.status,
            "kind" => &mut left.kind,
            "class" => &mut left.class,
            "channel" => &mut left.channel,
            "service" => &mut left.service,
            "category" => &mut left.category,
            "division" => &mut left.division,
            "person" => &mut left.person,
            "from" => &mut left.from,
            "to" => &mut left.to,
            "due_from" => &mut left.due_from,
            "due_to" => &mut left.due_to,
            "privacy" => &mut left.privacy,
            "action" => &mut left.action,
            "response" => &mut left.response,
            _ => return left,
        };
        field.clear();
        left
    }

    /// `view=late&q=loket`
    #[must_use]
    pub fn text(&self) -> String {
        let ends = [("view", &*self.view), ("sort", &*self.sort)];
        let parts: Vec<String> = ends[..1]
            .iter()
            .chain(&self.filters())
            .chain(&ends[1..])
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        parts.join("&")
    }

    #[must_use]
    pub fn address(&self, cursor: Option<&str>) -> String {
        match cursor {
            Some(cursor) => format!(
                "/kerja/pengaduan?{}&cursor={}",
                self.text(),
                encoded(cursor)
            ),
            None => format!("/kerja/pengaduan?{}", self.text()),
        }
    }
}

fn keep_code(text: &mut String, known: impl Fn(&str) -> bool) {
    if !known(text) {
        text.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_days_are_read_as_the_recapitulation_writes_them() {
        for (text, days) in [
            ("0", Some((0, 0))),
            ("4-5", Some((4, 5))),
            ("31+", Some((31, i32::MAX))),
            ("-1", None),
            ("2-", None),
            ("99999", None),
            ("", None),
        ] {
            assert_eq!(working_days(text), days, "{text}");
        }
    }

    #[test]
    fn an_address_says_what_it_filters_and_nothing_else() {
        let query = Query {
            view: "late".to_owned(),
            status: "received".to_owned(),
            kind: "nonsense".to_owned(),
            from: "2026-02-30".to_owned(),
            to: "2026-03-01".to_owned(),
            q: " a&b=\"c\" ".to_owned(),
            sort: "due".to_owned(),
            ..Query::default()
        }
        .cleaned();
        assert_eq!(
            query.text(),
            "view=late&q=a%26b%3D%22c%22&status=received&to=2026-03-01"
        );
        assert!(query.is_filtered());
        let rest = query.without("q").without("status").without("to");
        assert_eq!(
            (rest.text().as_str(), rest.is_filtered()),
            ("view=late", false)
        );
        assert_eq!(Query::default().cleaned().text(), "view=open");
    }
}
