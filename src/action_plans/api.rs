//! An action for programs: how far it is, what shows it, where it comes from.

use chrono::{DateTime, NaiveDate, Utc};
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{
    ActionItemId, MilestoneId, SourceKind, SourceLookup, Status,
    entity::{
        action_progress::{Evidence, Model as Progress},
        action_source::Model as Source,
    },
    pages::speed,
    rules::{Speed, Timing},
    service::{self, Report},
    views::{self, Detail, Row},
};
use crate::platform::web::tags::Tag;
use crate::{
    access::{Ctx, Token},
    documents::FileId,
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
        web::body::Body,
    },
};

/// Addresses in one report of progress, and files.
const MOST_EVIDENCE: usize = 10;

pub struct Api;

/// A promised action.
#[derive(Object)]
pub struct ActionItemSummary {
    pub id: ActionItemId,
    /// Code of the unit.
    pub unit: String,
    /// Unique in the unit: `RA-2026-01`.
    pub code: String,
    pub title: String,
    pub status: Status,
    /// Percent, computed from milestones and evidence.
    pub progress: i32,
    pub due_on: NaiveDate,
    /// The first due day; absent while it was never moved.
    pub baseline_due_on: Option<NaiveDate>,
    /// The last year into whose plan it was carried over.
    pub carried_into: Option<i32>,
    /// Unfinished, and the due day has passed.
    pub late: bool,
    /// Code of the division in charge.
    pub division: Option<String>,
    /// The office that answers for it.
    pub owner: Option<String>,
    pub indicator: String,
    pub target: String,
    /// The year whose budget pays for it; absent where it costs nothing.
    pub budget_year: Option<i32>,
    /// What it costs, in whole Rupiah.
    pub budget_amount: Option<i64>,
    /// Where the money comes from.
    pub budget_source: Option<String>,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub verified_at: Option<DateTime<Utc>>,
}

/// A part of the list, by due day.
#[derive(Object)]
pub struct ActionItemPage {
    pub items: Vec<ActionItemSummary>,
    /// Send it as `cursor` to go on; absent at the end.
    pub next_cursor: Option<String>,
}

/// An action with its progress and its sources.
#[derive(Object)]
pub struct ActionItemDetail {
    #[oai(flatten)]
    pub item: ActionItemSummary,
    pub description: String,
    /// How fast it was done, from the promise to the day it was handed in.
    pub speed: Speed,
    /// By due day.
    pub milestones: Vec<MilestoneItem>,
    /// Oldest first.
    pub extensions: Vec<ExtensionItem>,
    /// Oldest first.
    pub entries: Vec<ProgressEntry>,
    pub sources: Vec<ActionSource>,
}

/// A step of an action.
#[derive(Object)]
pub struct MilestoneItem {
    pub id: MilestoneId,
    pub title: String,
    pub due_on: NaiveDate,
    /// The local day on which it was done.
    pub done_on: Option<NaiveDate>,
}

/// A due day that was moved.
#[derive(Object)]
pub struct ExtensionItem {
    pub due_from: NaiveDate,
    pub due_to: NaiveDate,
    /// The year into whose plan it was carried over with it.
    pub into_year: Option<i32>,
    pub reason: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// What somebody reported.
#[derive(Object)]
pub struct ProgressEntry {
    pub at: DateTime<Utc>,
    /// The local day on which it happened.
    pub happened_on: NaiveDate,
    pub by: String,
    pub note: String,
    pub percent: i32,
    pub evidence: Vec<EvidenceItem>,
}

/// A file, or the address of a page.
#[derive(Object)]
pub struct EvidenceItem {
    /// Id of the file.
    pub file: Option<FileId>,
    pub name: Option<String>,
    pub url: Option<String>,
}

/// What an action comes from.
#[derive(Object)]
pub struct ActionSource {
    pub kind: SourceKind,
    /// Id of the complaint, input or point; key of a survey element.
    pub id: String,
    pub label: String,
    /// What everybody reads on the public page.
    pub public_label: String,
}

#[derive(Object)]
pub struct ActionSourcePage {
    pub items: Vec<ActionSource>,
    pub next_cursor: Option<String>,
}

/// A report of progress.
#[derive(Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(deny_unknown_fields)]
pub struct NewProgress {
    /// What was done.
    pub note: String,
    /// Ids of files uploaded before with `POST /files`.
    #[oai(default)]
    #[serde(default)]
    pub files: Vec<FileId>,
    /// Addresses of pages that show it.
    #[oai(default)]
    #[serde(default)]
    pub links: Vec<String>,
    /// Id of the milestone that is done with it; then a file or link must show it.
    pub milestone: Option<MilestoneId>,
    /// The local day on which it happened; today when left out.
    pub happened_on: Option<NaiveDate>,
}

/// A source to link.
#[derive(Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(deny_unknown_fields)]
pub struct NewActionSource {
    pub kind: SourceKind,
    /// Id of the complaint (or its number), input or point; key of a survey element, with `@` and the id of the survey
    /// period in which it was measured.
    pub id: String,
}

#[OpenApi(tag = "Tag::ActionItems")]
impl Api {
    /// One action
    #[oai(
        path = "/action-items/:id",
        method = "get",
        operation_id = "getActionItem"
    )]
    async fn get(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Json<ActionItemDetail>> {
        Ok(Json(shown(&ctx, &id.0).await?))
    }

    /// Report progress, with evidence
    #[oai(
        path = "/action-items/:id/progress",
        method = "post",
        operation_id = "reportActionProgress"
    )]
    async fn progress(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<NewProgress>,
    ) -> poem::Result<Json<ActionItemDetail>> {
        let item = ActionItemId::parse(&id.0)?;
        let done = service::report(&ctx, item, None, report_of(body)?).await;
        done.map_err(own)?;
        Ok(Json(shown(&ctx, &id.0).await?))
    }

    /// Hand in as finished
    #[oai(
        path = "/action-items/:id/finish",
        method = "post",
        operation_id = "finishActionItem"
    )]
    async fn finish(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Json<ActionItemDetail>> {
        service::finish(&ctx, ActionItemId::parse(&id.0)?, None).await?;
        Ok(Json(shown(&ctx, &id.0).await?))
    }

    /// Agree that the evidence shows it
    #[oai(
        path = "/action-items/:id/verify",
        method = "post",
        operation_id = "verifyActionItem"
    )]
    async fn verify(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Json<ActionItemDetail>> {
        service::verify(&ctx, ActionItemId::parse(&id.0)?, None).await?;
        Ok(Json(shown(&ctx, &id.0).await?))
    }

    /// What an action comes from
    #[oai(
        path = "/action-items/:id/sources",
        method = "get",
        operation_id = "listActionSources"
    )]
    async fn sources(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Json<ActionSourcePage>> {
        Ok(Json(sources_of(&ctx, &id.0).await?))
    }

    /// Link a source; linking twice is the same as once
    #[oai(
        path = "/action-items/:id/sources",
        method = "post",
        operation_id = "linkActionSource"
    )]
    async fn link(
        &self,
        Token(ctx): Token,
        Data(lookup): Data<&SourceLookup>,
        id: Path<String>,
        Body(body): Body<NewActionSource>,
    ) -> poem::Result<Json<ActionSourcePage>> {
        let item = ActionItemId::parse(&id.0)?;
        let source = lookup(&ctx, body.kind, &body.id).await?;
        service::add_source(&ctx, item, source).await?;
        Ok(Json(sources_of(&ctx, &id.0).await?))
    }
}

/// The rules name the fields of the page; a program reads those that it sent.
pub(super) fn own(error: Error) -> Error {
    error.renamed(|field| match field.as_str() {
        "milestone_title" => "title".to_owned(),
        "milestone_due_on" | "new_due_on" => "due_on".to_owned(),
        "extend_reason" => "reason".to_owned(),
        "link" => "links".to_owned(),
        _ => field,
    })
}

pub(super) async fn shown(ctx: &Ctx, id: &str) -> Result<ActionItemDetail> {
    let detail = views::show(ctx, ActionItemId::parse(id)?).await?;
    Ok(detail.into())
}

async fn sources_of(ctx: &Ctx, id: &str) -> Result<ActionSourcePage> {
    Ok(ActionSourcePage {
        items: shown(ctx, id).await?.sources,
        next_cursor: None,
    })
}

pub(super) fn report_of(body: NewProgress) -> Result<Report> {
    let mut check = Check::new();
    let note = check.text("note", &body.note, 5, 2000);
    if body.links.len() > MOST_EVIDENCE {
        let message = Message::new("action-too-many-links").with("most", MOST_EVIDENCE);
        check.fault("links", message);
    }
    if body.files.len() > MOST_EVIDENCE {
        check.fault("files", Message::new("action-too-many-files"));
    }
    let links = body
        .links
        .iter()
        .filter_map(|link| check.web_address("links", link))
        .collect();
    check.finish()?;
    Ok(Report {
        note,
        milestone: body.milestone,
        happened_on: body.happened_on,
        files: body.files,
        uploads: Vec::new(),
        links,
    })
}

impl ActionItemSummary {
    pub(super) fn of(row: &Row) -> Self {
        let item = &row.item;
        Self {
            id: item.id,
            unit: row.unit_code.clone(),
            code: item.code.clone(),
            title: item.title.clone(),
            status: item.status,
            progress: item.progress,
            due_on: item.due_on,
            baseline_due_on: item.baseline_due_on,
            carried_into: item.carried_into,
            late: matches!(row.timing, Timing::Late(_)),
            division: row.division.as_ref().map(|one| one.code.clone()),
            owner: row.office.clone(),
            indicator: item.indicator.clone(),
            target: item.target.clone(),
            budget_year: item.budget_year,
            budget_amount: item.budget_amount,
            budget_source: item.budget_source.clone(),
            created_at: item.created_at,
            finished_at: item.finished_at,
            verified_at: item.verified_at,
        }
    }
}

impl From<Detail> for ActionItemDetail {
    fn from(detail: Detail) -> Self {
        Self {
            speed: speed(&detail),
            milestones: detail
                .milestones
                .iter()
                .map(|step| MilestoneItem {
                    id: step.id,
                    title: step.title.clone(),
                    due_on: step.due_on,
                    done_on: step.done_on,
                })
                .collect(),
            extensions: detail
                .extensions
                .iter()
                .map(|one| ExtensionItem {
                    due_from: one.due_from,
                    due_to: one.due_to,
                    into_year: one.into_year,
                    reason: one.reason.clone(),
                    by: one.by_name.clone(),
                    at: one.at,
                })
                .collect(),
            item: ActionItemSummary::of(&detail.row),
            description: detail.row.item.description,
            entries: detail
                .progress
                .into_iter()
                .map(ProgressEntry::from)
                .collect(),
            sources: detail
                .row
                .sources
                .into_iter()
                .map(ActionSource::from)
                .collect(),
        }
    }
}

impl From<Progress> for ProgressEntry {
    fn from(entry: Progress) -> Self {
        Self {
            at: entry.at,
            happened_on: entry.happened_on,
            by: entry.by_name,
            note: entry.note,
            percent: entry.percent,
            evidence: entry.files.0.into_iter().map(EvidenceItem::from).collect(),
        }
    }
}

impl From<Evidence> for EvidenceItem {
    fn from(evidence: Evidence) -> Self {
        match evidence {
            Evidence::File { id, name, .. } => Self {
                file: Some(FileId(id)),
                name: Some(name),
                url: None,
            },
            Evidence::Link { url } => Self {
                file: None,
                name: None,
                url: Some(url),
            },
        }
    }
}

impl From<Source> for ActionSource {
    fn from(source: Source) -> Self {
        Self {
            kind: source.kind,
            id: source.source_id,
            label: source.label,
            public_label: source.public_label,
        }
    }
}
