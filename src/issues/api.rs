//! `/api/v1/issues`: what several voices are about, for programs of the office.

use chrono::{DateTime, Utc};
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query as Param},
    payload::Json,
};
use serde::Deserialize;

use super::{
    entity::{IssueId, issue_voice::VoiceKind},
    proposing::{self, ElementFigures},
    reading::{reason, typed},
    rules::State,
    service::{self, Origin},
    views::{self, Detail, Query, Row},
    voices,
};
use crate::{
    access::{self, Ctx, Permission, Token},
    action_plans::{ActionItemId, SourceLookup, Status},
    calendar, organisation,
    platform::{
        check::Check,
        error::Result,
        web::{body::Body, paging::Slice, tags::Tag},
    },
};

pub struct Api;

/// An action that answers an issue.
#[derive(Object)]
struct IssueAction {
    id: ActionItemId,
    code: String,
    title: String,
    status: Status,
    /// Percent.
    progress: i32,
}

/// An issue in the list.
#[derive(Object)]
struct IssueSummary {
    id: IssueId,
    /// Code of the unit.
    unit: String,
    /// Unique in the unit: `ISU-2026-01`.
    code: String,
    title: String,
    state: State,
    /// Voices linked to it; a topic counts as one.
    voices: i64,
    actions: Vec<IssueAction>,
    /// Since when it is offered for the agenda of a forum.
    offered_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    version: i32,
}

/// A part of the list: what needs a decision first.
#[derive(Object)]
struct IssuePage {
    items: Vec<IssueSummary>,
    /// Send it as `cursor` to go on; absent at the end.
    next_cursor: Option<String>,
}

/// A voice of an issue.
#[derive(Object)]
struct IssueVoice {
    id: String,
    kind: VoiceKind,
    /// Id of the complaint, topic or input; key of a survey element.
    source: String,
    /// Period of the survey.
    period: Option<String>,
    label: String,
}

/// An issue with its voices.
#[derive(Object)]
struct IssueDetail {
    #[oai(flatten)]
    issue: IssueSummary,
    words: String,
    /// What the rule saw that proposed it.
    why: Option<String>,
    /// Who decided last.
    decided_by: Option<String>,
    decided_at: Option<DateTime<Utc>>,
    reason: Option<String>,
    /// Id of the forum on whose agenda it stands.
    forum: Option<String>,
    linked_voices: Vec<IssueVoice>,
}

/// What the rules propose as an issue.
#[derive(Object)]
struct IssueProposal {
    /// Names the matter; send it to accept or dismiss.
    key: String,
    title: String,
    /// What the rule saw, in the caller's language.
    why: String,
    voices: i64,
}

#[derive(Object)]
struct IssueProposalPage {
    items: Vec<IssueProposal>,
    next_cursor: Option<String>,
}

/// A voice to link.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct NewIssueVoice {
    kind: VoiceKind,
    /// Id of the complaint (or its number), topic or input; key of a survey element.
    id: String,
    /// Id of the survey period in which it was measured; needed for an element, and only for one.
    period: Option<String>,
}

/// An issue as somebody writes it down.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct NewIssue {
    /// Code of the unit.
    unit: String,
    /// 5 to 160 characters. Names nobody.
    title: String,
    #[oai(default)]
    #[serde(default)]
    words: String,
    #[oai(default)]
    #[serde(default)]
    voices: Vec<NewIssueVoice>,
}

/// A decision about an issue.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct IssueDecision {
    /// 5 to 1000 characters; of a refusal, those who raised a voice read it.
    reason: String,
    /// The version that was read; another one is answered by 409. Left out, the present one.
    version: Option<i32>,
}

/// Whether an issue is offered for the agenda of a forum.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct IssueOffer {
    offered: bool,
    version: Option<i32>,
}

/// The action that answers an issue.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct IssueActionLink {
    action_item: ActionItemId,
    version: Option<i32>,
}

/// What becomes of a proposal.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct IssueProposalDecision {
    /// Code of the unit.
    unit: String,
    /// Key of the proposal.
    key: String,
    accept: bool,
    /// 5 to 1000 characters.
    reason: String,
    /// For an accepted one: 5 to 160 characters; left out, that of the proposal.
    title: Option<String>,
}

#[OpenApi(tag = "Tag::Issues")]
impl Api {
    /// Issues, what needs a decision first
    #[oai(path = "/issues", method = "get", operation_id = "listIssues")]
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a parameter of the address"
    )]
    async fn list(
        &self,
        Token(ctx): Token,
        /// Code of a unit
        unit: Param<Option<String>>,
        state: Param<Option<State>>,
        year: Param<Option<i32>>,
        /// Words of code, title or text
        q: Param<Option<String>>,
        limit: Param<Option<u64>>,
        cursor: Param<Option<String>>,
    ) -> poem::Result<Json<IssuePage>> {
        let query = Query {
            unit: unit.0,
            states: state.0.into_iter().collect(),
            year: calendar::year_named(year.0)?,
            words: q.0.unwrap_or_default().chars().take(100).collect(),
        };
        let slice = Slice::read(cursor.0.as_deref(), limit.0)?;
        let (rows, next_cursor) = views::list(&ctx, &query, &slice).await?;
        Ok(Json(IssuePage {
            items: rows.into_iter().map(IssueSummary::from).collect(),
            next_cursor,
        }))
    }

    /// Write an issue down, with its voices
    #[oai(path = "/issues", method = "post", operation_id = "createIssue")]
    async fn create(
        &self,
        Token(ctx): Token,
        Data(lookup): Data<&SourceLookup>,
        Body(body): Body<NewIssue>,
    ) -> poem::Result<Json<IssueDetail>> {
        ctx.require_scope(Permission::ManageIssues)?;
        let unit = organisation::unit_by_code(&ctx.app.db, &body.unit).await?;
        ctx.require(Permission::ManageIssues, unit.id)?;
        let mut check = Check::new();
        let typed = typed(&mut check, &body.title, &body.words);
        check.finish()?;
        let voices = body.voices.iter();
        let named: Vec<_> = voices
            .map(|voice| {
                let period = voice.period.as_deref().unwrap_or_default();
                (voice.kind, voice.id.as_str(), period)
            })
            .collect();
        let found = voices::resolve_all(&ctx, *lookup, &named).await?;
        let id = service::add(&ctx, unit.id, typed, Origin::default(), found).await?;
        Ok(Json(shown(&ctx, id).await?))
    }

    /// What the rules propose as issues of a unit
    #[oai(
        path = "/issues/proposals",
        method = "get",
        operation_id = "listIssueProposals"
    )]
    async fn proposals(
        &self,
        Token(ctx): Token,
        Data(figures): Data<&ElementFigures>,
        /// Code of a unit; may be left out by who works in one only
        unit: Param<Option<String>>,
    ) -> poem::Result<Json<IssueProposalPage>> {
        let code = unit.0.unwrap_or_default();
        let (unit, _) = access::working_in(&ctx, Permission::ManageIssues, &code).await?;
        let found = proposing::proposals(&ctx, unit.id, *figures).await?;
        let locale = ctx.locale();
        Ok(Json(IssueProposalPage {
            items: found
                .into_iter()
                .map(|one| IssueProposal {
                    why: one.why_text(locale),
                    title: one.title(locale).to_owned(),
                    voices: i64::try_from(one.voices.len()).unwrap_or(i64::MAX),
                    key: one.key,
                })
                .collect(),
            next_cursor: None,
        }))
    }

    /// Accept a proposal as an issue, or turn it down
    #[oai(
        path = "/issues/proposals",
        method = "post",
        operation_id = "decideIssueProposal"
    )]
    async fn decide_proposal(
        &self,
        Token(ctx): Token,
        Data(figures): Data<&ElementFigures>,
        Body(body): Body<IssueProposalDecision>,
    ) -> poem::Result<Json<IssueProposalPage>> {
        ctx.require_scope(Permission::ManageIssues)?;
        let unit = organisation::unit_by_code(&ctx.app.db, &body.unit).await?;
        let mut check = Check::new();
        let reason = reason(&mut check, &body.reason);
        let found = proposing::proposals(&ctx, unit.id, *figures).await?;
        let own = found.iter().find(|one| one.key == body.key);
        let own = own.map(|one| one.title.clone()).unwrap_or_default();
        let typed = body
            .accept
            .then(|| typed(&mut check, body.title.as_deref().unwrap_or(&own), ""));
        check.finish()?;
        match typed {
            Some(typed) => {
                proposing::accept(&ctx, unit.id, *figures, &body.key, (typed, reason)).await?;
            }
            None => proposing::dismiss(&ctx, unit.id, *figures, &body.key, reason).await?,
        }
        self.proposals(Token(ctx), Data(figures), Param(Some(unit.code)))
            .await
    }

    /// One issue
    #[oai(path = "/issues/:id", method = "get", operation_id = "getIssue")]
    async fn get(&self, Token(ctx): Token, id: Path<String>) -> poem::Result<Json<IssueDetail>> {
        Ok(Json(shown(&ctx, IssueId::parse(&id.0)?).await?))
    }

    /// Link a voice; twice is the same as once
    #[oai(
        path = "/issues/:id/voices",
        method = "post",
        operation_id = "linkIssueVoice"
    )]
    async fn link(
        &self,
        Token(ctx): Token,
        Data(lookup): Data<&SourceLookup>,
        id: Path<String>,
        Body(body): Body<NewIssueVoice>,
    ) -> poem::Result<Json<IssueDetail>> {
        let id = IssueId::parse(&id.0)?;
        ctx.require_scope(Permission::ManageIssues)?;
        let period = body.period.as_deref().unwrap_or_default();
        let voice = voices::resolve(&ctx, *lookup, (body.kind, &body.id, period)).await?;
        voices::link(&ctx, id, voice).await?;
        Ok(Json(shown(&ctx, id).await?))
    }

    /// Say that it is an issue
    #[oai(path = "/issues/:id/open", method = "post", operation_id = "openIssue")]
    async fn open(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<IssueDecision>,
    ) -> poem::Result<Json<IssueDetail>> {
        let id = IssueId::parse(&id.0)?;
        service::open(&ctx, id, body.version, read(&body)?).await?;
        Ok(Json(shown(&ctx, id).await?))
    }

    /// Offer it for the agenda of a forum, or take the offer back
    #[oai(
        path = "/issues/:id/offer",
        method = "post",
        operation_id = "offerIssue"
    )]
    async fn offer(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<IssueOffer>,
    ) -> poem::Result<Json<IssueDetail>> {
        let id = IssueId::parse(&id.0)?;
        service::offer(&ctx, id, body.version, body.offered).await?;
        Ok(Json(shown(&ctx, id).await?))
    }

    /// Say which action answers it
    #[oai(
        path = "/issues/:id/action",
        method = "post",
        operation_id = "linkIssueAction"
    )]
    async fn action(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<IssueActionLink>,
    ) -> poem::Result<Json<IssueDetail>> {
        let id = IssueId::parse(&id.0)?;
        service::link_action(&ctx, id, body.version, body.action_item).await?;
        Ok(Json(shown(&ctx, id).await?))
    }

    /// Refuse it; its voices hear the reason
    #[oai(
        path = "/issues/:id/refuse",
        method = "post",
        operation_id = "refuseIssue"
    )]
    async fn refuse(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<IssueDecision>,
    ) -> poem::Result<Json<IssueDetail>> {
        let id = IssueId::parse(&id.0)?;
        service::refuse(&ctx, id, body.version, read(&body)?).await?;
        Ok(Json(shown(&ctx, id).await?))
    }

    /// Settle it without an action of its own
    #[oai(
        path = "/issues/:id/resolve",
        method = "post",
        operation_id = "resolveIssue"
    )]
    async fn resolve(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<IssueDecision>,
    ) -> poem::Result<Json<IssueDetail>> {
        let id = IssueId::parse(&id.0)?;
        service::resolve(&ctx, id, body.version, read(&body)?).await?;
        Ok(Json(shown(&ctx, id).await?))
    }
}

fn read(body: &IssueDecision) -> Result<String> {
    let mut check = Check::new();
    let reason = reason(&mut check, &body.reason);
    check.finish()?;
    Ok(reason)
}

async fn shown(ctx: &Ctx, id: IssueId) -> Result<IssueDetail> {
    Ok(views::show(ctx, id).await?.into())
}

impl From<Row> for IssueSummary {
    fn from(row: Row) -> Self {
        Self {
            id: row.issue.id,
            unit: row.unit_code,
            code: row.issue.code,
            title: row.issue.title,
            state: row.issue.state,
            voices: row.voices,
            actions: row
                .actions
                .into_iter()
                .map(|action| IssueAction {
                    id: action.id,
                    code: action.code,
                    title: action.title,
                    status: action.status,
                    progress: action.progress,
                })
                .collect(),
            offered_at: row.issue.offered_at,
            created_at: row.issue.created_at,
            version: row.issue.version,
        }
    }
}

impl From<Detail> for IssueDetail {
    fn from(detail: Detail) -> Self {
        let issue = detail.row.issue.clone();
        Self {
            issue: detail.row.into(),
            words: issue.words,
            why: issue.why,
            decided_by: issue.decided_name,
            decided_at: issue.decided_at,
            reason: issue.reason,
            forum: issue.forum_id.map(|forum| forum.to_string()),
            linked_voices: detail
                .voices
                .into_iter()
                .map(|voice| IssueVoice {
                    id: voice.id.to_string(),
                    kind: voice.kind,
                    source: voice.source_id,
                    period: Some(voice.period).filter(|period| !period.is_empty()),
                    label: voice.label,
                })
                .collect(),
        }
    }
}
