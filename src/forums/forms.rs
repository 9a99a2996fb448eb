//! What organisers type about a forum, parsed once at the border.

use chrono::NaiveTime;

use super::{
    Forum,
    rules::{ForumScope, Mode},
};
use crate::platform::{
    check::Check,
    error::Result,
    i18n::{Locale, Message},
    web::forms::{Form, FormView},
};

/// The forum itself: everything but team and agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForumFields {
    pub code: String,
    pub title: String,
    pub theme: String,
    pub scope: ForumScope,
    pub mode: Mode,
    pub date: chrono::NaiveDate,
    pub starts: NaiveTime,
    pub ends: NaiveTime,
    pub venue_name: String,
    pub venue_room: String,
    pub venue_address: String,
    pub target: String,
}

impl ForumFields {
    pub fn parse(form: &Form) -> Result<Self> {
        let mut check = Check::new();
        let code = check.line("code", &form.get("code").to_uppercase(), 3, 40);
        if !code
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        {
            check.fault("code", Message::new("forums-field-code"));
        }
        let starts = time(&mut check, "starts", form.get("starts"));
        let ends = time(&mut check, "ends", form.get("ends"));
        if ends <= starts && !form.get("ends").is_empty() {
            check.fault("ends", Message::new("rule-forum-ends-before-start"));
        }
        let fields = Self {
            title: check.line("title", form.get("title"), 5, 200),
            theme: check.text("theme", form.get("theme"), 5, 500),
            scope: check
                .choice("scope", form.get("scope"), ForumScope::parse)
                .unwrap_or(ForumScope::OtherPolicy),
            mode: check
                .choice("mode", form.get("mode"), Mode::parse)
                .unwrap_or(Mode::FaceToFace),
            date: check.date("date", form.get("date")),
            venue_name: check.line("venue_name", form.get("venue_name"), 2, 200),
            venue_room: check
                .optional("venue_room", form.get("venue_room"), 200)
                .unwrap_or_default(),
            venue_address: check.text("venue_address", form.get("venue_address"), 5, 300),
            target: check
                .optional("target", form.get("target"), 1000)
                .unwrap_or_default(),
            code,
            starts,
            ends,
        };
        check.finish()?;
        Ok(fields)
    }
}

/// The form of a forum, empty.
#[must_use]
pub fn form_view(locale: Locale) -> FormView {
    let scopes = ForumScope::all()
        .into_iter()
        .map(|scope| (scope.code(), scope.label(locale)));
    let modes = Mode::all()
        .into_iter()
        .map(|mode| (mode.code(), mode.label(locale)));
    FormView::new()
        .field("code", true, 40)
        .field("title", true, 200)
        .field("theme", true, 500)
        .choice("scope", true, scopes.collect())
        .choice("mode", true, modes.collect())
        .field("date", true, 0)
        .field("starts", true, 0)
        .field("ends", true, 0)
        .field("venue_name", true, 200)
        .field("venue_room", false, 200)
        .field("venue_address", true, 300)
        .field("target", false, 1000)
}

/// The form of a forum as it is.
#[must_use]
pub fn form_of(forum: &Forum, locale: Locale) -> FormView {
    form_view(locale)
        .with("code", &forum.code)
        .with("title", &forum.title)
        .with("theme", &forum.theme)
        .with("scope", forum.scope.code())
        .with("mode", forum.mode.code())
        .with("date", forum.date.to_string())
        .with("starts", forum.starts.format("%H:%M").to_string())
        .with("ends", forum.ends.format("%H:%M").to_string())
        .with("venue_name", &forum.venue_name)
        .with("venue_room", &forum.venue_room)
        .with("venue_address", &forum.venue_address)
        .with("target", &forum.target)
}

/// One line of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamIn {
    pub name: String,
    pub role: String,
}

/// One line of the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaIn {
    pub starts: NaiveTime,
    pub ends: NaiveTime,
    pub activity: String,
    pub person_in_charge: String,
}

/// Team and agenda together, as one form sends them; a line left empty is no line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Programme {
    pub team: Vec<TeamIn>,
    pub agenda: Vec<AgendaIn>,
}

/// More lines than any forum needs; a form with more was not made by a person.
const MOST_LINES: usize = 60;

impl Programme {
    pub fn parse(form: &Form) -> Result<Self> {
        let mut check = Check::new();
        let mut programme = Self::default();
        let (names, roles) = (form.all("team_name"), form.all("team_role"));
        for (index, (name, role)) in names.iter().zip(roles).take(MOST_LINES).enumerate() {
            if name.trim().is_empty() && role.trim().is_empty() {
                continue;
            }
            programme.team.push(TeamIn {
                name: check.line(&format!("team_name_{index}"), name, 2, 150),
                role: check.line(&format!("team_role_{index}"), role, 2, 150),
            });
        }
        let activities = form.all("activity");
        let (starts, ends, who) = (
            form.all("agenda_starts"),
            form.all("agenda_ends"),
            form.all("in_charge"),
        );
        let at = |list: &[&str], index: usize| list.get(index).copied().unwrap_or("").to_owned();
        for (index, activity) in activities.iter().take(MOST_LINES).enumerate() {
            let (from, to, person) = (at(&starts, index), at(&ends, index), at(&who, index));
            if activity.trim().is_empty() && from.is_empty() && to.is_empty() {
                continue;
            }
            let item = AgendaIn {
                starts: time(&mut check, &format!("agenda_starts_{index}"), &from),
                ends: time(&mut check, &format!("agenda_ends_{index}"), &to),
                activity: check.line(&format!("activity_{index}"), activity, 2, 300),
                person_in_charge: check
                    .optional(&format!("in_charge_{index}"), &person, 200)
                    .unwrap_or_default(),
            };
            if item.ends <= item.starts && !to.is_empty() {
                let field = format!("agenda_ends_{index}");
                check.fault(&field, Message::new("rule-forum-ends-before-start"));
            }
            programme.agenda.push(item);
        }
        check.finish()?;
        programme.agenda.sort_by_key(|item| item.starts);
        Ok(programme)
    }
}

/// A clock time, `08:00`; some browsers send seconds.
fn time(check: &mut Check, field: &str, raw: &str) -> NaiveTime {
    let raw = raw.trim();
    let parsed = NaiveTime::parse_from_str(raw, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(raw, "%H:%M:%S"));
    parsed.unwrap_or_else(|_| {
        let key = if raw.is_empty() {
            "field-required"
        } else {
            "forums-field-time"
        };
        check.fault(field, Message::new(key));
        NaiveTime::MIN
    })
}
