//! Team and agenda on one page: lines that are there, and a few empty ones to fill.

use chrono::NaiveTime;
use poem::{Response, Route, get, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    Forum, ForumId, Programme, agenda_times, concept_store, days, planning, service, team,
    usual_agenda,
};
use crate::{
    access::{Ctx, Permission, PersonId, SignedIn},
    calendar::dates,
    organisation,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, FieldView, Form, OptionView},
            pages::Page,
        },
    },
};

pub fn routes(route: Route) -> Route {
    route.at(
        "/kerja/forum/:id/acara",
        get(edit_programme).post(write_programme),
    )
}

/// An empty line below those that are there, and how many lines there are at least: a button adds more, and a telephone
/// shows each as a card.
const SPARE: usize = 1;
const LEAST: usize = 3;

#[derive(Serialize)]
struct ProgrammePage {
    action: String,
    back_href: String,
    forum_title: String,
    version: i32,
    /// Each day with its hours.
    hours: Vec<String>,
    several_days: bool,
    /// No agenda is written yet, but for proposals: the usual one is offered.
    empty: bool,
    /// The agenda begins at another hour than the forum.
    off: bool,
    agenda: Vec<AgendaLine>,
    proposals_href: String,
    team: Vec<TeamLine>,
    note: FieldView,
    errors: Vec<ErrorLine>,
}

#[derive(Default, Serialize)]
struct AgendaLine {
    index: usize,
    number: usize,
    id: String,
    /// Counted from one; nought on an empty line.
    day: usize,
    /// How long it takes, in words; empty for an empty line.
    length: String,
    troubles: Vec<String>,
    /// What it was proposed from.
    sources: Vec<SourceView>,
    bad_starts: bool,
    bad_ends: bool,
    bad_activity: bool,
    bad_in_charge: bool,
    may_rise: bool,
    days: Vec<DayOption>,
    starts: String,
    ends: String,
    activity: String,
    in_charge: String,
}

impl AgendaLine {
    fn is_empty(&self) -> bool {
        [&self.starts, &self.ends, &self.activity, &self.in_charge]
            .iter()
            .all(|text| text.trim().is_empty())
    }
}

/// What an item was proposed from.
#[derive(Serialize)]
struct SourceView {
    text: String,
    href: Option<String>,
}

/// A day that the item may be on.
#[derive(Clone, Serialize)]
struct DayOption {
    value: usize,
    label: String,
    chosen: bool,
}

#[derive(Default, Serialize)]
struct TeamLine {
    index: usize,
    number: usize,
    name: String,
    role: String,
    /// The chosen account; empty for none.
    person: String,
    people: Vec<OptionView>,
    bad_name: bool,
    bad_role: bool,
}

/// The lines of the form, and the note below the team.
struct Lines {
    agenda: Vec<AgendaLine>,
    team: Vec<TeamLine>,
    note: String,
}

impl Page for ProgrammePage {
    const TEMPLATE: &'static str = "forums/programme";
    fn title(&self, locale: Locale) -> String {
        t(locale, "forums-programme-title")
    }
}

/// Whether nothing is on the agenda but what was taken from proposals: the frame around it is still to come.
async fn only_proposed(ctx: &Ctx, forum: &Forum, agenda: &[AgendaLine]) -> Result<bool> {
    let taken = concept_store::agenda_sources(&ctx.app.db, forum).await?;
    let taken: Vec<String> = taken.iter().map(|one| one.agenda_id.to_string()).collect();
    Ok(agenda.iter().all(|line| taken.contains(&line.id)))
}

async fn page_of(
    ctx: &Ctx,
    forum: &Forum,
    version: i32,
    lines: Lines,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let Lines {
        mut agenda,
        mut team,
        note,
    } = lines;
    let all = days::days(forum);
    let empty = only_proposed(ctx, forum, &agenda).await?;
    // Where only proposals stand, the usual agenda begins before them.
    let off = !empty && begins_off(&all, &agenda);
    let rows = (agenda.len() + SPARE).max(LEAST);
    agenda.resize_with(rows, AgendaLine::default);
    let rows = (team.len() + SPARE).max(LEAST);
    team.resize_with(rows, TeamLine::default);
    let bad = |field: &str, index: usize| {
        let wanted = format!("{field}_{index}");
        faults.iter().any(|fault| fault.field == wanted)
    };
    for (index, line) in agenda.iter_mut().enumerate() {
        (line.index, line.number) = (index, index + 1);
        line.bad_starts = bad("agenda_starts", index);
        line.bad_ends = bad("agenda_ends", index);
        line.bad_activity = bad("activity", index);
        line.bad_in_charge = bad("in_charge", index);
    }
    let mut last = 1;
    for line in &mut agenda {
        // A line to be filled goes on where the last one ended.
        last = if line.day == 0 { last } else { line.day };
        let options = all.iter().zip(1..);
        line.days = options
            .map(|(day, value)| DayOption {
                value,
                label: dates::day_label(day.date, locale),
                chosen: value == last,
            })
            .collect();
    }
    let staff = team::staff(&ctx.app.db, forum.unit_id).await?;
    for (index, line) in team.iter_mut().enumerate() {
        (line.index, line.number) = (index, index + 1);
        line.bad_name = bad("team_name", index);
        line.bad_role = bad("team_role", index);
        let person = PersonId::parse(&line.person).ok();
        line.name = team::named(&line.name, person, &staff).to_owned();
        line.people = staff
            .iter()
            .map(|(id, name)| OptionView {
                value: id.to_string(),
                label: name.clone(),
                hint: None,
                selected: line.person == id.to_string(),
            })
            .collect();
    }
    let page = ProgrammePage {
        action: format!("/kerja/forum/{}/acara", forum.id),
        back_href: format!("/kerja/forum/{}", forum.id),
        forum_title: forum.title.clone(),
        version,
        hours: days::hours_of(&all, locale),
        several_days: all.len() > 1,
        empty,
        off,
        proposals_href: format!("/kerja/forum/{}/usulan", forum.id),
        agenda,
        team,
        note: FieldView {
            name: "neutrality_note",
            value: note,
            maxlength: Some(1000),
            ..FieldView::default()
        },
        errors: faults
            .iter()
            .map(|fault| ErrorLine {
                field: fault.field.clone(),
                message: format!(
                    "{}: {}",
                    line_name(fault, locale),
                    fault.message.text(locale)
                ),
            })
            .collect(),
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let brand = organisation::brand(&ctx.app.db, forum.unit_id).await?;
    ctx.page_of(Some(&brand), status, &page)
}

/// Whether a day's first item begins at another hour than the day.
fn begins_off(days: &[super::Day], agenda: &[AgendaLine]) -> bool {
    let mut numbered = days.iter().zip(1..);
    numbered.any(|(day, number)| {
        let of_day = agenda.iter().filter(|line| line.day == number);
        let first = of_day.map(|line| line.starts.as_str()).min();
        first.is_some_and(|first| first != day.starts.format("%H:%M").to_string())
    })
}

/// `agenda_ends_2` is the end in the third line of the agenda.
fn line_name(fault: &FieldError, locale: Locale) -> String {
    let parts = fault.field.rsplit_once('_');
    let known = parts.and_then(|(field, index)| Some((field, index.parse::<usize>().ok()?)));
    let Some((field, index)) = known else {
        return t(locale, "forums-neutrality");
    };
    let (table, column) = match field {
        "team_name" => ("forums-team-title", "forums-team-name"),
        "team_role" => ("forums-team-title", "forums-team-role"),
        "team_person" => ("forums-team-title", "forums-team-person"),
        "agenda_day" => ("forums-agenda-title", "forums-field-day"),
        "agenda_starts" => ("forums-agenda-title", "forums-field-starts"),
        "agenda_ends" => ("forums-agenda-title", "forums-field-ends"),
        "in_charge" => ("forums-agenda-title", "forums-agenda-who"),
        _ => ("forums-agenda-title", "forums-agenda-item"),
    };
    Message::new("forums-programme-field")
        .with("table", t(locale, table))
        .with("number", index + 1)
        .with("column", t(locale, column))
        .text(locale)
}

#[handler]
async fn edit_programme(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let forum = service::get(&ctx, ForumId::parse(&id)?, Permission::ManageForum).await?;
    planning::may_plan(&ctx.app.db, &forum).await?;
    let agenda = agenda_lines(&ctx, &forum).await?;
    let members = super::store::team(&ctx.app.db, &forum)
        .await?
        .into_iter()
        .map(|person| TeamLine {
            name: person.name,
            role: person.role,
            person: person.person_id.map_or(String::new(), |id| id.to_string()),
            ..TeamLine::default()
        })
        .collect();
    let lines = Lines {
        agenda,
        team: members,
        note: forum.neutrality_note.clone(),
    };
    page_of(&ctx, &forum, forum.version, lines, &[]).await
}

/// What is written, with its lengths, what is odd about its times, and where it came from.
async fn agenda_lines(ctx: &Ctx, forum: &Forum) -> Result<Vec<AgendaLine>> {
    let locale = ctx.locale();
    let agenda = super::agenda(&ctx.app.db, forum).await?;
    let troubles = super::agenda_troubles(forum, &agenda);
    let sources = super::agenda_sources(&ctx.app.db, forum).await?;
    let before: Vec<i32> = std::iter::once(0)
        .chain(agenda.iter().map(|item| item.day))
        .collect();
    let lines = agenda.into_iter().enumerate();
    Ok(lines
        .map(|(index, item)| AgendaLine {
            id: item.id.to_string(),
            starts: item.starts.format("%H:%M").to_string(),
            ends: item.ends.format("%H:%M").to_string(),
            length: super::minutes_text(item.starts, item.ends, locale),
            troubles: troubles
                .iter()
                .filter(|(at, _)| *at == index)
                .map(|(_, trouble)| trouble.text(locale))
                .collect(),
            sources: sources
                .iter()
                .filter(|source| source.agenda_id == item.id)
                .map(|source| SourceView {
                    text: source.text(locale),
                    href: source.href(),
                })
                .collect(),
            may_rise: before[index] == item.day,
            day: usize::try_from(item.day).unwrap_or(1),
            activity: item.activity,
            in_charge: item.person_in_charge,
            ..AgendaLine::default()
        })
        .collect())
}

#[handler]
async fn write_programme(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let forum = service::get(&ctx, id, Permission::ManageForum).await?;
    let version = form.get("version").parse().unwrap_or_default();
    if form.is_on("usual") {
        let mut lines = typed(&form);
        add_usual(&forum, &mut lines.agenda)?;
        return page_of(&ctx, &forum, version, lines, &[]).await;
    }
    if form.adds_to("agenda") || form.adds_to("team") {
        let mut lines = typed(&form);
        // As many as were on the page, and some more below them.
        if form.adds_to("agenda") {
            let rows = form.all("activity").len();
            lines.agenda.resize_with(rows, AgendaLine::default);
        } else {
            let rows = form.all("team_name").len();
            lines.team.resize_with(rows, TeamLine::default);
        }
        return page_of(&ctx, &forum, version, lines, &[]).await;
    }
    // The button of a line sends its number; whatever else was typed is saved with it.
    let rising: Option<usize> = form.get("rise").parse().ok();
    let shifting = form.is_on("shift");
    let staff = team::staff(&ctx.app.db, forum.unit_id).await?;
    let written = match Programme::parse(&form, &staff) {
        Ok(mut programme) => {
            // By its id: lines are sorted by their hours, and the typed ones may have changed.
            let ids = form.all("agenda_id");
            let line = rising.and_then(|index| ids.get(index)?.parse().ok());
            let mut lines = programme.agenda.iter();
            if let Some(place) = lines.position(|one| line.is_some() && one.id == line) {
                agenda_times::move_up(&mut programme.agenda, place);
            }
            let starts_of = |day: i32| days::day_of_item(&forum, day).starts;
            if shifting && !agenda_times::start_with_the_day(&mut programme.agenda, starts_of) {
                let faults = [FieldError {
                    field: "agenda_starts_0".to_owned(),
                    message: Message::new("forums-agenda-too-late"),
                }];
                return page_of(&ctx, &forum, version, typed(&form), &faults).await;
            }
            service::set_programme(&ctx, id, version, programme).await
        }
        Err(error) => Err(error),
    };
    match written {
        Ok(()) if rising.is_some() => Ok(ctx.redirect_with(
            &format!("/kerja/forum/{id}/acara"),
            FlashKind::Ok,
            &Message::new("forums-agenda-moved"),
        )),
        Ok(()) if shifting => Ok(ctx.redirect_with(
            &format!("/kerja/forum/{id}/acara"),
            FlashKind::Ok,
            &Message::new("forums-agenda-shifted"),
        )),
        Ok(()) => Ok(ctx.redirect_with(
            &format!("/kerja/forum/{id}"),
            FlashKind::Ok,
            &Message::new("forums-programme-saved"),
        )),
        Err(Error::Invalid(faults)) => page_of(&ctx, &forum, version, typed(&form), &faults).await,
        Err(error) => Err(error),
    }
}

/// What was typed keeps its times, and the usual lines go around it. Lines without a time are last.
fn add_usual(forum: &Forum, agenda: &mut Vec<AgendaLine>) -> Result<()> {
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    let standing: Vec<usual_agenda::Standing> = agenda
        .iter()
        .filter_map(|line| Some((line.day.max(1), time(&line.starts)?, time(&line.ends)?)))
        .collect();
    let usual = usual_agenda::usual(&days::days(forum), &standing)?;
    agenda.retain(|line| !line.is_empty());
    agenda.extend(usual.into_iter().map(usual_line));
    agenda.sort_by_cached_key(|line| {
        let starts = time(&line.starts);
        (starts.is_none(), line.day.max(1), starts)
    });
    Ok(())
}

/// A proposed line: nothing is kept before somebody saves it.
fn usual_line(item: super::AgendaIn) -> AgendaLine {
    AgendaLine {
        day: usize::try_from(item.day).unwrap_or(1),
        starts: item.starts.format("%H:%M").to_string(),
        ends: item.ends.format("%H:%M").to_string(),
        activity: item.activity,
        in_charge: item.person_in_charge,
        ..AgendaLine::default()
    }
}

/// What was typed, kept, empty lines between others too: the faults name lines by their number. Those at the end are
/// made anew.
fn typed(form: &Form) -> Lines {
    let column = |name: &str| {
        let values = form.all(name);
        move |index: usize| values.get(index).copied().unwrap_or("").to_owned()
    };
    let (ids, days, starts, ends, in_charge) = (
        column("agenda_id"),
        column("agenda_day"),
        column("agenda_starts"),
        column("agenda_ends"),
        column("in_charge"),
    );
    let agenda = form
        .all("activity")
        .into_iter()
        .enumerate()
        .map(|(index, activity)| AgendaLine {
            id: ids(index),
            day: days(index).parse().unwrap_or_default(),
            starts: starts(index),
            ends: ends(index),
            activity: activity.to_owned(),
            in_charge: in_charge(index),
            ..AgendaLine::default()
        })
        .collect();
    let agenda = without_empty_end(agenda, AgendaLine::is_empty);
    let (role, person) = (column("team_role"), column("team_person"));
    let team = form
        .all("team_name")
        .into_iter()
        .enumerate()
        .map(|(index, name)| TeamLine {
            name: name.to_owned(),
            role: role(index),
            person: person(index),
            ..TeamLine::default()
        })
        .collect();
    let team = without_empty_end(team, |line: &TeamLine| {
        let typed = [&line.name, &line.role, &line.person];
        typed.iter().all(|text| text.trim().is_empty())
    });
    Lines {
        agenda,
        team,
        note: form.get("neutrality_note").to_owned(),
    }
}
fn without_empty_end<L>(mut lines: Vec<L>, is_empty: impl Fn(&L) -> bool) -> Vec<L> {
    while lines.last().is_some_and(&is_empty) {
        lines.pop();
    }
    lines
}
