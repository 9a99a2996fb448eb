//! Team and agenda on one page: lines that are there, and a few empty ones to fill.

use poem::{Response, Route, get, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{Forum, ForumId, Programme, rules, service};
use crate::{
    access::{Ctx, Permission, SignedIn},
    organisation,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form},
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

/// Empty lines below those that are there.
const SPARE: usize = 3;

#[derive(Serialize)]
struct ProgrammePage {
    action: String,
    back_href: String,
    forum_title: String,
    version: i32,
    agenda: Vec<AgendaLine>,
    team: Vec<TeamLine>,
    errors: Vec<ErrorLine>,
}

#[derive(Default, Serialize)]
struct AgendaLine {
    index: usize,
    number: usize,
    starts: String,
    ends: String,
    activity: String,
    in_charge: String,
}

#[derive(Default, Serialize)]
struct TeamLine {
    index: usize,
    number: usize,
    name: String,
    role: String,
}

impl Page for ProgrammePage {
    const TEMPLATE: &'static str = "forums/programme";
    fn title(&self, locale: Locale) -> String {
        t(locale, "forums-programme-title")
    }
}

async fn page_of(
    ctx: &Ctx,
    forum: &Forum,
    version: i32,
    lines: (Vec<AgendaLine>, Vec<TeamLine>),
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let (mut agenda, mut team) = lines;
    for _ in 0..SPARE {
        agenda.push(AgendaLine::default());
        team.push(TeamLine::default());
    }
    for (index, line) in agenda.iter_mut().enumerate() {
        (line.index, line.number) = (index, index + 1);
    }
    for (index, line) in team.iter_mut().enumerate() {
        (line.index, line.number) = (index, index + 1);
    }
    let page = ProgrammePage {
        action: format!("/kerja/forum/{}/acara", forum.id),
        back_href: format!("/kerja/forum/{}", forum.id),
        forum_title: forum.title.clone(),
        version,
        agenda,
        team,
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

/// `agenda_ends_2` is the third line.
fn line_name(fault: &FieldError, locale: Locale) -> String {
    let number = fault
        .field
        .rsplit('_')
        .next()
        .and_then(|index| index.parse::<usize>().ok())
        .map_or(0, |index| index + 1);
    Message::new("forums-programme-line")
        .with("number", number)
        .text(locale)
}

#[handler]
async fn edit_programme(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let forum = service::get(&ctx, ForumId::parse(&id)?, Permission::ManageForum).await?;
    rules::may_edit(forum.stage)?;
    let agenda = super::agenda(&ctx.app.db, &forum)
        .await?
        .into_iter()
        .map(|item| AgendaLine {
            starts: item.starts.format("%H:%M").to_string(),
            ends: item.ends.format("%H:%M").to_string(),
            activity: item.activity,
            in_charge: item.person_in_charge,
            ..AgendaLine::default()
        })
        .collect();
    let team = super::team(&ctx.app.db, &forum)
        .await?
        .into_iter()
        .map(|person| TeamLine {
            name: person.name,
            role: person.role,
            ..TeamLine::default()
        })
        .collect();
    page_of(&ctx, &forum, forum.version, (agenda, team), &[]).await
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
    let written = match Programme::parse(&form) {
        Ok(programme) => service::set_programme(&ctx, id, version, programme).await,
        Err(error) => Err(error),
    };
    match written {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("/kerja/forum/{id}"),
            FlashKind::Ok,
            &Message::new("forums-programme-saved"),
        )),
        Err(Error::Invalid(faults)) => page_of(&ctx, &forum, version, typed(&form), &faults).await,
        Err(error) => Err(error),
    }
}

/// What was typed, kept, empty lines too: the faults name lines by their number.
fn typed(form: &Form) -> (Vec<AgendaLine>, Vec<TeamLine>) {
    let column = |name: &str| {
        let values = form.all(name);
        move |index: usize| values.get(index).copied().unwrap_or("").to_owned()
    };
    let (starts, ends, in_charge) = (
        column("agenda_starts"),
        column("agenda_ends"),
        column("in_charge"),
    );
    let agenda = form
        .all("activity")
        .into_iter()
        .enumerate()
        .map(|(index, activity)| AgendaLine {
            starts: starts(index),
            ends: ends(index),
            activity: activity.to_owned(),
            in_charge: in_charge(index),
            ..AgendaLine::default()
        })
        .collect();
    let role = column("team_role");
    let team = form
        .all("team_name")
        .into_iter()
        .enumerate()
        .map(|(index, name)| TeamLine {
            name: name.to_owned(),
            role: role(index),
            ..TeamLine::default()
        })
        .collect();
    (agenda, team)
}
