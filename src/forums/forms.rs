//! What organisers type about a forum, parsed once at the border.

use chrono::{NaiveDate, NaiveTime, Timelike as _};
use uuid::Uuid;

use super::{
    Day, DayIn, Forum, Venue, VenueId,
    days::{self, LONGEST_SPAN, MOST_DAYS},
    rules::{ForumScope, Group, Mode},
    team,
};
use crate::{
    access::PersonId,
    platform::{
        check::Check,
        error::Result,
        i18n::{Locale, Message, t},
        web::forms::{Form, FormView},
    },
};

/// The forum itself: everything but team and agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForumFields {
    pub code: String,
    pub title: String,
    pub theme: String,
    pub scope: ForumScope,
    pub mode: Mode,
    pub date: NaiveDate,
    pub starts: NaiveTime,
    /// None: until it is finished.
    pub ends: Option<NaiveTime>,
    /// The days after the first.
    pub more_days: Vec<DayIn>,
    pub venue_name: String,
    pub venue_room: String,
    pub venue_address: String,
    pub target: String,
    pub concept: Concept,
}

/// What else is planned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concept {
    /// Picked from the register: it fills the place.
    pub venue: Option<VenueId>,
    /// Somebody typed the place: a slip of the pen is asked about before it enters the register.
    pub ask_about_venue: bool,
    /// Where those take part who are not in the room.
    pub online_link: String,
    /// Planned participants; groups without a plan are left out.
    pub quotas: Vec<(Group, i32)>,
}

/// The button beside the question whether a known place was meant; it takes that place instead of what was typed.
const MEANT: &str = "venue_meant";

/// More of one group than any hall holds.
const MOST_PLANNED: i64 = 10_000;

/// The name of a group's field.
#[must_use]
pub fn quota_field(group: Group) -> &'static str {
    match group {
        Group::Organiser => "quota_organiser",
        Group::Users => "quota_users",
        Group::Stakeholders => "quota_stakeholders",
        Group::Experts => "quota_experts",
        Group::CivilSociety => "quota_civil_society",
        Group::Media => "quota_media",
    }
}

impl Concept {
    fn parse(check: &mut Check, form: &Form) -> Self {
        // The button that takes the known place which was probably meant.
        let chosen = match form.get(MEANT) {
            "" => form.get("venue"),
            meant => meant,
        };
        let venue = match chosen {
            "" => None,
            id => check.choice("venue", id, |id| VenueId::parse(id).ok()),
        };
        let online_link = check
            .web_address("online_link", form.get("online_link"))
            .unwrap_or_default();
        let mut quotas = Vec::new();
        for group in Group::all() {
            let field = quota_field(group);
            let text = form.get(field).trim();
            if text.is_empty() {
                continue;
            }
            let planned = check.number(field, text, 0, MOST_PLANNED);
            // A typed nought is a plan too: nobody of this group is expected.
            quotas.push((group, i32::try_from(planned).unwrap_or_default()));
        }
        Self {
            venue,
            ask_about_venue: !form.is_on("venue_new"),
            online_link,
            quotas,
        }
    }
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
        let ends = end(&mut check, ("ends", form.get("ends")), starts);
        let date = check.date("date", form.get("date"));
        let more_days = more_days(&mut check, form, date);
        let concept = Concept::parse(&mut check, form);
        let mode = check.choice("mode", form.get("mode"), Mode::parse);
        // What is picked from the register fills the place, and nobody goes to a forum that is held online.
        let picked = concept.venue.is_some() || mode == Some(Mode::Online);
        let meant = !form.get(MEANT).is_empty();
        let fields = Self {
            title: check.line("title", form.get("title"), 5, 200),
            theme: check.text("theme", form.get("theme"), 5, 500),
            scope: check
                .choice("scope", form.get("scope"), ForumScope::parse)
                .unwrap_or(ForumScope::OtherPolicy),
            mode: mode.unwrap_or(Mode::FaceToFace),
            date,
            more_days,
            venue_name: match picked {
                true if meant => None,
                true => check.optional("venue_name", form.get("venue_name"), 200),
                false => Some(check.line("venue_name", form.get("venue_name"), 2, 200)),
            }
            .unwrap_or_default(),
            venue_room: check
                .optional("venue_room", form.get("venue_room"), 200)
                .unwrap_or_default(),
            venue_address: match picked {
                true => check.optional("venue_address", form.get("venue_address"), 300),
                false => Some(check.text("venue_address", form.get("venue_address"), 5, 300)),
            }
            .unwrap_or_default(),
            target: check
                .optional("target", form.get("target"), 1000)
                .unwrap_or_default(),
            concept,
            code,
            starts,
            ends,
        };
        check.finish()?;
        Ok(fields)
    }
}

/// The names of the fields of each day.
pub(super) const DAYS: [[&str; 3]; MOST_DAYS] = [
    ["date", "starts", "ends"],
    ["date_2", "starts_2", "ends_2"],
    ["date_3", "starts_3", "ends_3"],
    ["date_4", "starts_4", "ends_4"],
    ["date_5", "starts_5", "ends_5"],
];

/// Those of the second day to the last one that a form offers.
fn more_fields() -> impl Iterator<Item = [&'static str; 3]> {
    DAYS.into_iter().skip(1)
}

/// The days after the first: a line left empty is no day; the others follow each other.
fn more_days(check: &mut Check, form: &Form, first: NaiveDate) -> Vec<DayIn> {
    let mut days: Vec<DayIn> = Vec::new();
    for names in more_fields() {
        let [date, starts, ends] = names.map(|name| form.get(name).trim());
        if [date, starts, ends].iter().all(|text| text.is_empty()) {
            continue;
        }
        let date_read = check.date(names[0], date);
        let starts = time(check, names[1], starts);
        let day = DayIn {
            date: date_read,
            starts,
            ends: end(check, (names[2], ends), starts),
        };
        // What is no date was named already.
        let known =
            date.parse::<NaiveDate>().is_ok() && form.get("date").trim().parse() == Ok(first);
        let before = days.last().map_or(first, |last| last.date);
        if known && day.date <= before {
            check.fault(names[0], Message::new("forums-field-day-order"));
        } else if known && (day.date - first).num_days() >= LONGEST_SPAN {
            let message = Message::new("forums-field-day-far").with("days", LONGEST_SPAN);
            check.fault(names[0], message);
        }
        days.push(day);
    }
    days
}

/// The field where a day would stand that is not among these.
#[must_use]
pub fn day_field(days: &[NaiveDate]) -> &'static str {
    DAYS.get(days.len()).map_or("date", |names| names[0])
}

/// The form of a forum, empty.
#[must_use]
pub fn form_view(locale: Locale) -> FormView {
    // None is right only because it stands first.
    let choose = (String::new(), t(locale, "forums-choose-scope"));
    let scopes = ForumScope::all()
        .into_iter()
        .map(|scope| (scope.code(), scope.label(locale)));
    let scopes = std::iter::once(choose).chain(scopes);
    let modes = Mode::all()
        .into_iter()
        .map(|mode| (mode.code(), mode.label(locale)));
    let quotas = Group::all().into_iter().map(quota_field);
    let view = quotas.fold(FormView::new(), |view, field| view.field(field, false, 5));
    let more = more_fields().flatten();
    let view = more.fold(view, |view, field| view.field(field, false, 0));
    view.field("online_link", false, 500)
        .field("venue_new", false, 0)
        .choice("venue", false, Vec::new())
        .field("code", true, 40)
        .field("title", true, 200)
        .field("theme", true, 500)
        .choice("scope", true, scopes.collect())
        .choice("mode", true, modes.collect())
        .field("date", true, 0)
        .field("starts", true, 0)
        .field("ends", false, 0)
        .field("venue_name", false, 200)
        .field("venue_room", false, 200)
        .field("venue_address", false, 300)
        .field("target", false, 1000)
}

/// What a new forum takes over from an earlier one, to be seen and changed before it is made: its scope, how it is held,
/// and how many of each group are planned. What the earlier one aimed at is told in its own words and numbers.
#[must_use]
pub fn taking_over(view: FormView, source: &Forum, quotas: &[(Group, i32)]) -> FormView {
    let view = view
        .with("scope", source.scope.code())
        .with("mode", source.mode.code());
    quotas.iter().fold(view, |view, (group, planned)| {
        view.with(quota_field(*group), planned.to_string())
    })
}

/// Offers the register; the first choice is a place that is typed.
#[must_use]
pub fn offering(view: FormView, venues: &[Venue], locale: Locale) -> FormView {
    let mut choices = vec![(String::new(), t(locale, "venues-typed"))];
    choices.extend(
        venues
            .iter()
            .filter(|venue| venue.archived_at.is_none())
            .map(|venue| (venue.id.to_string(), venue_line(venue))),
    );
    view.choice("venue", false, choices)
}

/// "Harmony Room, Hotel Puri Senyiur, Jalan …".
#[must_use]
pub fn venue_line(venue: &Venue) -> String {
    let address = venue.address.replace('\n', ", ");
    [&venue.room, &venue.name, &address]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(", ")
}

/// The form of a forum as it is. A place of the register stands in the choice, any other in its fields.
#[must_use]
pub fn form_of(
    forum: &Forum,
    venues: &[Venue],
    quotas: &[(Group, i32)],
    locale: Locale,
) -> FormView {
    let picked = venues
        .iter()
        .find(|venue| Some(venue.id) == forum.venue_id && venue.archived_at.is_none());
    let typed = |text: &str| match picked {
        Some(_) => String::new(),
        None => text.to_owned(),
    };
    let view = offering(form_view(locale), venues, locale)
        .with(
            "venue",
            picked.map(|venue| venue.id.to_string()).unwrap_or_default(),
        )
        .with("online_link", &forum.online_link);
    let view = quotas.iter().fold(view, |view, (group, planned)| {
        view.with(quota_field(*group), planned.to_string())
    });
    let days = more_fields().zip(&forum.more_days.0);
    let view = days.fold(view, |view, (names, day)| {
        view.with(names[0], day.date.to_string())
            .with(names[1], day.starts.format("%H:%M").to_string())
            .with(names[2], end_typed(day))
    });
    view.with("code", &forum.code)
        .with("title", &forum.title)
        .with("theme", &forum.theme)
        .with("scope", forum.scope.code())
        .with("mode", forum.mode.code())
        .with("date", forum.date.to_string())
        .with("starts", forum.starts.format("%H:%M").to_string())
        .with("ends", end_typed(&days::day_of_item(forum, 1)))
        .with("venue_name", typed(&forum.venue_name))
        .with("venue_room", typed(&forum.venue_room))
        .with("venue_address", typed(&forum.venue_address))
        .with("target", &forum.target)
}

/// One line of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamIn {
    pub name: String,
    pub role: String,
    /// Their account, where they have one.
    pub person: Option<PersonId>,
}

/// One line of the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaIn {
    /// The line as it was read; a new one has none yet.
    pub id: Option<Uuid>,
    /// The day of the forum, counted from one.
    pub day: i32,
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
    /// How the team stays neutral; none leaves what is written.
    pub neutrality_note: Option<String>,
}

/// More lines than any forum needs.
const MOST_LINES: usize = 100;

impl Programme {
    /// Reads the form; a line with a chosen account and no name is of whom the account is, by `staff`.
    pub fn parse(form: &Form, staff: &[(PersonId, String)]) -> Result<Self> {
        let mut check = Check::new();
        let mut programme = Self::default();
        let (names, roles) = (form.all("team_name"), form.all("team_role"));
        let accounts = form.all("team_person");
        for (index, (name, role)) in names.iter().zip(roles).enumerate() {
            let person = accounts.get(index).and_then(|id| PersonId::parse(id).ok());
            if name.trim().is_empty() && role.trim().is_empty() && person.is_none() {
                continue;
            }
            let name = team::named(name, person, staff);
            programme.team.push(TeamIn {
                name: check.line(&format!("team_name_{index}"), name, 2, 150),
                role: check.line(&format!("team_role_{index}"), role, 2, 150),
                person,
            });
        }
        if form.get("with_note") == "true" {
            let note = check.optional("neutrality_note", form.get("neutrality_note"), 1000);
            programme.neutrality_note = Some(note.unwrap_or_default());
        }
        let activities = form.all("activity");
        let ids = form.all("agenda_id");
        let (starts, ends, who) = (
            form.all("agenda_starts"),
            form.all("agenda_ends"),
            form.all("in_charge"),
        );
        let days = form.all("agenda_day");
        let at = |list: &[&str], index: usize| list.get(index).copied().unwrap_or("").to_owned();
        for (index, activity) in activities.iter().enumerate() {
            let (from, to, person) = (at(&starts, index), at(&ends, index), at(&who, index));
            if activity.trim().is_empty() && from.is_empty() && to.is_empty() {
                continue;
            }
            let item = AgendaIn {
                id: at(&ids, index).parse().ok(),
                // A forum of one day does not ask.
                day: at(&days, index).parse().unwrap_or(1),
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
        for (field, lines, shown) in [
            ("team_name", programme.team.len(), names.len()),
            ("activity", programme.agenda.len(), activities.len()),
        ] {
            if lines > MOST_LINES {
                let message = Message::new("form-rows-most").with("most", MOST_LINES);
                check.fault(&format!("{field}_{}", shown - 1), message);
            }
        }
        check.finish()?;
        programme.agenda.sort_by_key(|item| (item.day, item.starts));
        Ok(programme)
    }
}

/// The end of a day; none typed is none told.
fn end(check: &mut Check, (field, raw): (&str, &str), starts: NaiveTime) -> Option<NaiveTime> {
    if raw.trim().is_empty() {
        return None;
    }
    let ends = time(check, field, raw);
    if ends <= starts {
        check.fault(field, Message::new("rule-forum-ends-before-start"));
    }
    Some(ends)
}

fn end_typed(day: &Day) -> String {
    let end = day.told_end();
    end.map(|end| end.format("%H:%M").to_string())
        .unwrap_or_default()
}

/// A clock time, `08:00`. Some browsers send seconds; a forum begins at a full minute.
fn time(check: &mut Check, field: &str, raw: &str) -> NaiveTime {
    let raw = raw.trim();
    let parsed = NaiveTime::parse_from_str(raw, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(raw, "%H:%M:%S"));
    let parsed = parsed.ok().filter(|time| time.second() == 0);
    parsed.unwrap_or_else(|| {
        let key = if raw.is_empty() {
            "field-required"
        } else {
            "forums-field-time"
        };
        check.fault(field, Message::new(key));
        NaiveTime::MIN
    })
}
