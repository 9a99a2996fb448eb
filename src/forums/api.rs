//! `/api/v1/forums`: the forums that a token may see, with agenda and inputs, and their documents.

use poem_openapi::{
    Object, OpenApi,
    param::Path,
    payload::{Binary, Json, Response},
};

use serde::Deserialize;

use super::{
    Forum, ForumFields, ForumId, ForumInputId, ForumScope, Group, Mode, Stage, days, forms,
    service, venue_twins,
};
use crate::platform::web::tags::Tag;
use crate::{
    access::{Ctx, Permission, Token},
    documents::Kind,
    organisation::{self, Unit, UnitId},
    platform::{
        error::{Error, FieldError},
        i18n::Message,
        web::{
            forms::Form,
            paging::{DEFAULT_LIMIT, Slice},
        },
    },
};

pub struct Api;

/// A public consultation forum.
#[derive(Object)]
pub struct ForumSummary {
    pub id: ForumId,
    /// Unique in the unit: `FKP-KALTIM-2025`.
    pub code: String,
    pub year: i32,
    pub title: String,
    pub theme: String,
    pub scope: ForumScope,
    pub mode: Mode,
    /// Where it stands now.
    pub stage: Stage,
    /// When it was cancelled, RFC 3339, and why; absent where it takes place.
    pub cancelled_at: Option<String>,
    pub cancel_reason: Option<String>,
    /// When the first day begins: with the offset of the unit's zone, RFC 3339.
    pub starts_at: String,
    /// When the last day ends: with the offset of the unit's zone, RFC 3339. Of an open end the estimate that calendars
    /// hold.
    pub ends_at: String,
    /// Every day of it, one or several.
    pub days: Vec<ForumDay>,
    pub venue: Venue,
    /// Code of the unit.
    pub unit: String,
}

/// A day of a forum, in the clock of its unit.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(deny_unknown_fields)]
pub struct ForumDay {
    /// `2026-05-20`
    pub date: String,
    /// `09:00`
    pub start: String,
    /// Absent: it goes on until it is finished.
    pub end: Option<String>,
}

/// The place of a forum.
#[derive(Object)]
pub struct Venue {
    pub name: String,
    pub room: String,
    pub address: String,
}

/// A forum with what belongs to it.
#[derive(Object)]
pub struct ForumDetail {
    #[oai(flatten)]
    pub forum: ForumSummary,
    pub target: String,
    /// SEQUENCE of its calendar entries.
    pub sequence: i32,
    /// Counts the changes of the forum itself.
    pub version: i32,
    /// How many of each group are planned.
    pub quotas: Vec<GroupQuota>,
    /// Where those who are not in the room take part; for those who manage the forum. Absent where there is none.
    pub online_link: Option<String>,
    pub agenda: Vec<AgendaEntry>,
    pub team: Vec<Member>,
    pub inputs: Vec<Input>,
}

/// One line of the agenda.
#[derive(Object)]
pub struct AgendaEntry {
    /// The day that it is on, `2026-05-20`.
    pub date: String,
    /// Local clock time, `08:00`.
    pub start: String,
    pub end: String,
    pub activity: String,
    pub person_in_charge: String,
}

/// Somebody who prepares the forum.
#[derive(Object)]
pub struct Member {
    pub name: String,
    pub role: String,
}

/// Something that people raised.
#[derive(Object)]
pub struct Input {
    pub id: ForumInputId,
    /// `I1`
    pub code: String,
    /// Id of the survey element it is about.
    pub element: Option<String>,
    pub raised_by_group: Group,
    pub text: String,
}

/// A forum to be prepared. One day is given by `date`, `start` and `end`; one or several by `days`.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(deny_unknown_fields)]
pub struct NewForum {
    /// Code of the unit.
    pub unit: String,
    /// Id of an earlier forum: its team, agenda, quotas, recipients and the wording of its letter are taken, never
    /// its dates, numbers or answers.
    pub copied_from: Option<ForumId>,
    /// Unique in the unit; capitals, digits and hyphens: `FKP-KALTIM-2026`.
    code: String,
    title: String,
    theme: String,
    scope: ForumScope,
    mode: Mode,
    /// `2026-05-20`
    date: Option<String>,
    /// Clock time of the unit, `09:00`.
    start: Option<String>,
    /// May be left out: it goes on until it is finished.
    end: Option<String>,
    /// Up to five days in their order, within 31 days.
    days: Option<Vec<ForumDay>>,
    /// May be left out where the forum is held online.
    venue: Option<NewVenue>,
    /// Where those who are not in the room take part; needed where the forum is held online or both ways before it is
    /// announced.
    online_link: Option<String>,
    /// How many of each group are planned.
    quotas: Option<Vec<GroupQuota>>,
    /// What the forum wants to reach.
    target: Option<String>,
}

/// Planned participants of a group.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(deny_unknown_fields)]
pub struct GroupQuota {
    group: Group,
    planned: u32,
}

/// Where it will be.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(deny_unknown_fields)]
struct NewVenue {
    name: String,
    room: Option<String>,
    address: String,
    /// True: it is another place than the one of the register that it is much like. Without it such a place is refused
    /// with the code `venue_like`, which names the one that was probably meant.
    is_another: Option<bool>,
}

impl NewForum {
    /// Read like the form of the workspace, so that the same is right and wrong.
    pub fn fields(&self) -> Result<ForumFields, Error> {
        let days = self.days()?;
        let (scope, mode) = (self.scope.code(), self.mode.code());
        let venue = self.venue.as_ref();
        let is_another = venue.is_some_and(|venue| venue.is_another == Some(true));
        let mut values: Vec<(&str, &str)> = vec![
            ("code", &self.code),
            ("title", &self.title),
            ("theme", &self.theme),
            ("scope", &scope),
            ("mode", &mode),
            (venue_twins::NEW, if is_another { "true" } else { "" }),
            ("venue_name", venue.map_or("", |venue| venue.name.as_str())),
            (
                "venue_room",
                venue
                    .and_then(|venue| venue.room.as_deref())
                    .unwrap_or_default(),
            ),
            (
                "venue_address",
                venue.map_or("", |venue| venue.address.as_str()),
            ),
            (
                "online_link",
                self.online_link.as_deref().unwrap_or_default(),
            ),
            ("target", self.target.as_deref().unwrap_or_default()),
        ];
        self.each_group_once()?;
        let quotas = self.quotas.iter().flatten();
        let quotas: Vec<_> = quotas
            .map(|one| (forms::quota_field(one.group), one.planned.to_string()))
            .collect();
        values.extend(
            quotas
                .iter()
                .map(|(field, planned)| (*field, planned.as_str())),
        );
        for (names, given) in forms::DAYS.iter().zip(&days) {
            values.extend(names.iter().copied().zip(*given));
        }
        let form = Form::of(&values);
        let named = self.days.is_some();
        let read = ForumFields::parse(&form);
        read.map_err(|error| in_words_of_the_api(error, named, self.quotas.as_deref()))
    }

    /// Of two numbers for one group nobody could tell which is meant.
    fn each_group_once(&self) -> Result<(), Error> {
        let all = self.quotas.as_deref().unwrap_or_default();
        let is_again = |at: &usize| all[..*at].iter().any(|one| one.group == all[*at].group);
        match (0..all.len()).find(is_again) {
            Some(at) => Err(Error::field(
                format!("quotas[{at}].group"),
                Message::new("forums-quota-twice"),
            )),
            None => Ok(()),
        }
    }

    /// Date, start and end of each day as they were written.
    fn days(&self) -> Result<Vec<[&str; 3]>, Error> {
        let one = [&self.date, &self.start, &self.end];
        let Some(days) = &self.days else {
            return Ok(vec![one.map(|text| text.as_deref().unwrap_or_default())]);
        };
        let fault = |key: &str| {
            let message = Message::new(key).with("most", days::MOST_DAYS);
            Err(Error::field("days", message))
        };
        if one.iter().any(|text| text.is_some()) {
            return fault("forums-days-or-date");
        }
        if days.is_empty() || days.len() > days::MOST_DAYS {
            return fault("forums-days-count");
        }
        let written = days.iter();
        Ok(written
            .map(|day| {
                [
                    day.date.as_str(),
                    day.start.as_str(),
                    day.end.as_deref().unwrap_or_default(),
                ]
            })
            .collect())
    }
}

/// The question that the form asks of a place much like a known one, as a refusal that a program can tell from others.
pub async fn asked_of_program(ctx: &Ctx, unit: UnitId, typed: &ForumFields, error: Error) -> Error {
    let asks = matches!(&error, Error::Invalid(faults)
        if faults.iter().any(|fault| fault.field == venue_twins::NEW));
    if !asks {
        return error;
    }
    match venue_twins::meant_by(&ctx.app.db, unit, typed).await {
        Ok(Some(place)) => Error::rule(
            "venue_like",
            Message::new("venues-like-known").with("place", forms::venue_line(&place)),
        ),
        Ok(None) => error,
        Err(failed) => failed,
    }
}

/// Faults name the fields as the sender wrote them.
fn in_words_of_the_api(error: Error, in_days: bool, quotas: Option<&[GroupQuota]>) -> Error {
    let Error::Invalid(faults) = error else {
        return error;
    };
    let of_day = |field: &str| {
        let days = forms::DAYS.iter().enumerate();
        let mut found = days.filter_map(|(at, names)| {
            let which = names.iter().position(|name| *name == field)?;
            Some((at, ["date", "start", "end"][which]))
        });
        found.next()
    };
    let of_quota = |field: &str| {
        let all = quotas.unwrap_or_default();
        let at = all
            .iter()
            .position(|one| forms::quota_field(one.group) == field)?;
        Some(format!("quotas[{at}].planned"))
    };
    let named = |fault: FieldError| FieldError {
        field: match (of_quota(&fault.field), of_day(&fault.field)) {
            (Some(quota), _) => quota,
            (None, Some((at, name))) if in_days => format!("days[{at}].{name}"),
            (None, Some((_, name))) => name.to_owned(),
            (None, None) => fault.field.replacen("venue_", "venue.", 1),
        },
        message: fault.message,
    };
    Error::Invalid(faults.into_iter().map(named).collect())
}

/// A page of forums.
#[derive(Object)]
pub struct ForumPage {
    pub items: Vec<ForumSummary>,
    /// Give it as `cursor` to get the next page; absent on the last one.
    pub next_cursor: Option<String>,
}

/// The forums that the caller may see, newest first.
pub async fn forums_from(
    ctx: &Ctx,
    cursor: Option<&str>,
    limit: Option<u64>,
) -> Result<ForumPage, Error> {
    let slice = Slice::read(cursor, Some(limit.unwrap_or(DEFAULT_LIMIT)))?;
    let (forums, next_cursor) = service::page(ctx, &slice).await?;
    let units = service::units_of(ctx, &forums).await?;
    let mut items = Vec::new();
    for forum in forums {
        let unit = units.get(&forum.unit_id).ok_or(Error::NotFound)?;
        items.push(summary_of(unit, forum)?);
    }
    Ok(ForumPage { items, next_cursor })
}

#[OpenApi(tag = "Tag::Forums")]
impl Api {
    /// Read a forum
    #[oai(path = "/forums/:id", method = "get", operation_id = "getForum")]
    async fn get(&self, Token(ctx): Token, id: Path<String>) -> poem::Result<Json<ForumDetail>> {
        let id = ForumId::parse(&id.0)?;
        let forum = service::get(&ctx, id, Permission::ViewForums).await?;
        let db = &ctx.app.db;
        let agenda = super::agenda(db, &forum).await?;
        let team = super::team(db, &forum).await?;
        let inputs = super::inputs(db, &forum).await?;
        let quotas = super::quotas(db, &forum).await?.into_iter();
        let quotas = quotas.map(|(group, planned)| GroupQuota {
            group,
            planned: u32::try_from(planned).unwrap_or_default(),
        });
        let quotas = quotas.collect();
        let manages = ctx.may(Permission::ManageForum, forum.unit_id);
        let unit = organisation::unit(db, forum.unit_id).await?;
        let clock = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
        let held = forum.clone();
        Ok(Json(ForumDetail {
            target: forum.target.clone(),
            sequence: forum.sequence,
            version: forum.version,
            quotas,
            online_link: Some(forum.online_link.clone()).filter(|link| manages && !link.is_empty()),
            forum: summary_of(&unit, forum)?,
            agenda: agenda
                .into_iter()
                .map(|item| AgendaEntry {
                    date: days::day_of_item(&held, item.day).date.to_string(),
                    start: clock(item.starts),
                    end: clock(item.ends),
                    activity: item.activity,
                    person_in_charge: item.person_in_charge,
                })
                .collect(),
            team: team
                .into_iter()
                .map(|person| Member {
                    name: person.name,
                    role: person.role,
                })
                .collect(),
            inputs: inputs
                .into_iter()
                .map(|input| Input {
                    id: input.id,
                    code: input.code,
                    element: input.element,
                    raised_by_group: input.raised_by_group,
                    text: input.text,
                })
                .collect(),
        }))
    }

    /// Download a document of a forum
    ///
    /// The latest registered one. Kinds: `invitation`, `recipients`, `schedule`, `attendance`,
    /// `berita-acara`, `minutes`, `report`, `report-public`; the path ends in `.pdf`.
    #[oai(
        path = "/forums/:id/documents/:file",
        method = "get",
        operation_id = "getForumDocument"
    )]
    async fn document(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        /// `invitation.pdf` and so on.
        file: Path<String>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        let kind = file.0.strip_suffix(".pdf").and_then(Kind::parse);
        let kind = kind.ok_or(Error::NotFound)?;
        let (name, bytes) = service::document(&ctx, ForumId::parse(&id.0)?, kind).await?;
        Ok(Response::new(Binary(bytes))
            .header("content-type", "application/pdf")
            .header(
                "content-disposition",
                format!("attachment; filename=\"{name}\""),
            ))
    }
}

pub fn summary_of(unit: &Unit, forum: Forum) -> Result<ForumSummary, Error> {
    let zone = organisation::zone_of(unit)?;
    Ok(ForumSummary {
        id: forum.id,
        year: forum.year,
        scope: forum.scope,
        mode: forum.mode,
        stage: forum.stage,
        cancelled_at: forum.cancelled_at.map(|at| at.to_rfc3339()),
        cancel_reason: forum.cancelled_at.map(|_| forum.cancel_reason.clone()),
        starts_at: super::starts_at(&forum, zone).to_rfc3339(),
        ends_at: super::ends_at(&forum, zone).to_rfc3339(),
        days: days::days(&forum)
            .iter()
            .map(|day| ForumDay {
                date: day.date.to_string(),
                start: day.starts.format("%H:%M").to_string(),
                end: day.told_end().map(|end| end.format("%H:%M").to_string()),
            })
            .collect(),
        venue: Venue {
            name: forum.venue_name,
            room: forum.venue_room,
            address: forum.venue_address,
        },
        code: forum.code,
        title: forum.title,
        theme: forum.theme,
        unit: unit.code.clone(),
    })
}
