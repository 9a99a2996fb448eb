//! The whole chain of one thing: backwards to the voices, forwards to the proof.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;

use crate::{
    access::{Ctx, Permission},
    action_plans::{self, ActionItemId, Clock, LinkedAction, Proof, SourceKind, Status},
    complaints,
    forums::{self, ForumId, ProposalKind},
    issues::{self, LinkedIssue, VoiceKind},
    organisation,
    platform::error::Result,
    proving,
};

/// Where the page of a forum stands.
const FORUM: &str = "/kerja/forum/";

/// A forum on whose agenda something stood.
#[derive(Clone, Debug)]
pub struct OnAgenda {
    pub forum: ForumId,
    pub title: String,
    pub date: chrono::NaiveDate,
}

/// What a complaint led to.
pub struct ComplaintChain {
    pub number: String,
    /// For who may read it.
    pub label: String,
    pub href: String,
    /// Topics in which it stands: id and title.
    pub topics: Vec<(String, String)>,
    pub issues: Vec<LinkedIssue>,
    pub agendas: Vec<OnAgenda>,
    pub actions: Vec<LinkedAction>,
    /// What was measured of the actions that the head verified, by their ids.
    pub measured: HashMap<ActionItemId, Proof>,
    /// How the actions stand to their days.
    pub clock: Clock,
}

/// The forums at which the sources of these actions came up: an agreed point, or an input.
async fn heard_at(db: &impl ConnectionTrait, actions: Vec<ActionItemId>) -> Result<Vec<ForumId>> {
    let sources = action_plans::sources_of_items(db, &actions).await?;
    let named = sources.iter().filter_map(|source| {
        let rest = source.forum_href.as_deref()?.strip_prefix(FORUM)?;
        ForumId::parse(rest.split('/').next()?).ok()
    });
    Ok(named.collect())
}

/// Forums on whose agenda one of these things stands, or at which these actions were agreed; each once.
async fn agendas(
    ctx: &Ctx,
    unit: crate::organisation::UnitId,
    of: &[(ProposalKind, String)],
    actions: Vec<ActionItemId>,
) -> Result<Vec<OnAgenda>> {
    let db = &ctx.app.db;
    let mut found: Vec<OnAgenda> = Vec::new();
    if !ctx.may(Permission::ViewForums, unit) {
        return Ok(found);
    }
    let mut ids = Vec::new();
    for (kind, id) in of {
        let lines = forums::agendas_from(db, unit, *kind, id).await?;
        ids.extend(lines.iter().map(|line| line.forum_id));
    }
    ids.extend(heard_at(db, actions).await?);
    for id in ids {
        if found.iter().any(|one| one.forum == id) {
            continue;
        }
        let forum = forums::by_id(db, id).await?;
        found.push(OnAgenda {
            forum: forum.id,
            title: forum.title,
            date: forum.date,
        });
    }
    Ok(found)
}

/// By number. What the caller may not see does not exist.
pub async fn of_complaint(ctx: &Ctx, number: &str) -> Result<ComplaintChain> {
    let db = &ctx.app.db;
    let source = complaints::find_source(ctx, number).await?;
    let unit = source.unit.ok_or(crate::platform::error::Error::NotFound)?;
    let topics = complaints::topics_of(ctx, &source.id).await?;
    let ids: Vec<String> = topics.iter().map(|(id, _)| id.clone()).collect();
    let issues = if ctx.may(Permission::ViewIssues, unit) {
        issues::issues_of(db, VoiceKind::Complaint, &source.id, &ids).await?
    } else {
        Vec::new()
    };
    let mut places: Vec<(ProposalKind, String)> = ids
        .into_iter()
        .map(|id| (ProposalKind::Topic, id))
        .collect();
    places.extend(
        issues
            .iter()
            .map(|issue| (ProposalKind::Issue, issue.id.to_string())),
    );
    let number = source.label.split(" · ").next().unwrap_or_default();
    let actions = action_plans::linked_to(db, SourceKind::Complaint, &source.id).await?;
    let promised = actions.iter().map(|action| action.id).collect();
    Ok(ComplaintChain {
        measured: measured(ctx, &actions).await?,
        clock: Clock::of(ctx, &organisation::unit(db, unit).await?).await?,
        number: number.to_owned(),
        actions,
        agendas: agendas(ctx, unit, &places, promised).await?,
        href: source.href.unwrap_or_default(),
        label: source.label,
        topics,
        issues,
    })
}

/// The figures before and after, of each action for which there are some.
async fn measured(ctx: &Ctx, actions: &[LinkedAction]) -> Result<HashMap<ActionItemId, Proof>> {
    let verified = actions
        .iter()
        .filter(|action| action.status == Status::Verified);
    let mut found = HashMap::new();
    for action in verified {
        let (item, sources) = action_plans::with_sources(&ctx.app.db, action.id).await?;
        let proof = proving::proof_of(ctx, &item, &sources).await?;
        if !proof.is_empty() {
            found.insert(action.id, proof);
        }
    }
    Ok(found)
}

/// What an action comes from beyond its own sources: the agendas on which it, or an issue behind it, stood.
pub async fn agendas_of_action(
    ctx: &Ctx,
    action: &action_plans::ActionItem,
    issues: &[String],
) -> Result<Vec<OnAgenda>> {
    let mut places = vec![(ProposalKind::Action, action.id.to_string())];
    places.extend(issues.iter().map(|id| (ProposalKind::Issue, id.clone())));
    agendas(ctx, action.unit_id, &places, vec![action.id]).await
}
