//! `/api/v1/forums`: the forums that a token may see, with agenda and inputs, and their documents.

use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::{Binary, Json, Response},
};

use super::{Forum, ForumId, ForumInputId, ForumScope, Group, Mode, Stage, service};
use crate::platform::web::tags::Tag;
use crate::{
    access::{Permission, Token},
    documents::Kind,
    organisation::{self, Unit},
    platform::{
        error::Error,
        web::paging::{DEFAULT_LIMIT, Slice},
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
    /// With the offset of the unit's zone, RFC 3339.
    pub starts_at: String,
    /// With the offset of the unit's zone, RFC 3339.
    pub ends_at: String,
    pub venue: Venue,
    /// Code of the unit.
    pub unit: String,
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
    pub agenda: Vec<AgendaEntry>,
    pub team: Vec<Member>,
    pub inputs: Vec<Input>,
}

/// One line of the agenda.
#[derive(Object)]
pub struct AgendaEntry {
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

/// A page of forums.
#[derive(Object)]
pub struct ForumPage {
    pub items: Vec<ForumSummary>,
    /// Give it as `cursor` to get the next page; absent on the last one.
    pub next_cursor: Option<String>,
}

#[OpenApi(tag = "Tag::Forums")]
impl Api {
    /// List forums, newest first
    #[oai(path = "/forums", method = "get", operation_id = "listForums")]
    async fn list(
        &self,
        Token(ctx): Token,
        cursor: Query<Option<String>>,
        limit: Query<Option<u64>>,
    ) -> poem::Result<Json<ForumPage>> {
        let limit = limit.0.unwrap_or(DEFAULT_LIMIT);
        let slice = Slice::read(cursor.0.as_deref(), Some(limit))?;
        let (forums, next_cursor) = service::page(&ctx, &slice).await?;
        let units = service::units_of(&ctx, &forums).await?;
        let mut items = Vec::new();
        for forum in forums {
            let unit = units.get(&forum.unit_id).ok_or(Error::NotFound)?;
            items.push(summary_of(unit, forum)?);
        }
        Ok(Json(ForumPage { items, next_cursor }))
    }

    /// Read a forum
    #[oai(path = "/forums/:id", method = "get", operation_id = "getForum")]
    async fn get(&self, Token(ctx): Token, id: Path<String>) -> poem::Result<Json<ForumDetail>> {
        let id = ForumId::parse(&id.0)?;
        let forum = service::get(&ctx, id, Permission::ViewForums).await?;
        let db = &ctx.app.db;
        let agenda = super::agenda(db, &forum).await?;
        let team = super::team(db, &forum).await?;
        let inputs = super::inputs(db, &forum).await?;
        let unit = organisation::unit(db, forum.unit_id).await?;
        let clock = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
        Ok(Json(ForumDetail {
            target: forum.target.clone(),
            sequence: forum.sequence,
            forum: summary_of(&unit, forum)?,
            agenda: agenda
                .into_iter()
                .map(|item| AgendaEntry {
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

fn summary_of(unit: &Unit, forum: Forum) -> Result<ForumSummary, Error> {
    let zone = organisation::zone_of(unit)?;
    Ok(ForumSummary {
        id: forum.id,
        year: forum.year,
        scope: forum.scope,
        mode: forum.mode,
        stage: forum.stage,
        starts_at: super::starts_at(&forum, zone).to_rfc3339(),
        ends_at: super::ends_at(&forum, zone).to_rfc3339(),
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
