//! Reads what can be proposed.

use crate::{
    access::{Ctx, Permission},
    action_plans::{self, LinkedAction},
    complaints::{self, OpenGroup, ProposedTopic},
    follow_up,
    forums::{self, Forum, ForumId, Proposal, ProposalKind},
    issues::{self, IssueId, OfferedIssue},
    platform::{
        error::Result,
        i18n::{Locale, Message},
    },
};

/// Something to discuss.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub proposal: Proposal,
    /// Subjects that may be read here.
    pub subjects: Vec<String>,
    /// An earlier forum handed it on to this one.
    pub carried: bool,
    /// It stands on the agenda already.
    pub taken: bool,
    pub href: Option<String>,
}

/// The longest wording that an agenda takes.
const LONGEST: usize = 300;

fn activity(key: &str, label: &str) -> String {
    // The agenda is printed, so its first wording is in the language of the letters.
    let text = Message::new(key).with("label", label).text(Locale::Id);
    text.chars().take(LONGEST).collect()
}

fn of_complaints(group: OpenGroup) -> Candidate {
    let key = if group.title.is_empty() {
        "proposals-activity-complaints-other"
    } else {
        "proposals-activity-complaints"
    };
    Candidate {
        proposal: Proposal {
            kind: ProposalKind::Complaints,
            source_id: group.key,
            activity: activity(key, &group.title),
            label: group.title,
            count: i32::try_from(group.count).unwrap_or(i32::MAX),
        },
        subjects: group.subjects,
        carried: false,
        taken: false,
        href: None,
    }
}

fn of_topic(topic: ProposedTopic) -> Candidate {
    Candidate {
        proposal: Proposal {
            kind: ProposalKind::Topic,
            source_id: topic.id.to_string(),
            activity: activity("proposals-activity-topic", &topic.title),
            label: topic.title,
            count: i32::try_from(topic.count).unwrap_or(i32::MAX),
        },
        subjects: topic.subjects,
        carried: false,
        taken: false,
        href: topic.href,
    }
}

fn of_issue(issue: OfferedIssue) -> Candidate {
    Candidate {
        proposal: Proposal {
            kind: ProposalKind::Issue,
            source_id: issue.id.to_string(),
            activity: activity("proposals-activity-issue", &issue.title),
            label: issue.label,
            count: i32::try_from(issue.voices).unwrap_or(i32::MAX),
        },
        subjects: Vec::new(),
        carried: false,
        taken: false,
        href: Some(issue.href),
    }
}

/// Takes one into the agenda; the voices behind it hear so.
pub async fn take(ctx: &Ctx, forum: &Forum, proposal: Proposal) -> Result<()> {
    let id: ForumId = forum.id;
    let (kind, source) = (proposal.kind, proposal.source_id.clone());
    let tx = ctx.app.db.begin_write().await?;
    if forums::propose_in(&tx, ctx, id, proposal).await? {
        match kind {
            ProposalKind::Issue => {
                issues::put_on_agenda(&tx, ctx, IssueId::parse(&source)?, forum).await?;
            }
            ProposalKind::Topic => issues::topic_on_agenda(&tx, ctx, &source, forum).await?,
            ProposalKind::Complaints | ProposalKind::Action => {}
        }
    }
    Ok(tx.commit().await?)
}

fn of_action(action: LinkedAction, carried: bool) -> Candidate {
    let label = format!("{} · {}", action.code, action.title);
    Candidate {
        proposal: Proposal {
            kind: ProposalKind::Action,
            source_id: action.id.to_string(),
            activity: activity("proposals-activity-action", &action.title),
            label,
            count: 1,
        },
        subjects: Vec::new(),
        carried,
        taken: false,
        href: Some(action.href),
    }
}

/// Everything that this forum could discuss: what was handed on first.
pub async fn candidates(ctx: &Ctx, forum: &Forum) -> Result<Vec<Candidate>> {
    ctx.require(Permission::ManageForum, forum.unit_id)?;
    let db = &ctx.app.db;
    let handed_on = follow_up::carried_into(db, forum).await?;
    let known: Vec<_> = handed_on.iter().map(|action| action.id).collect();
    let mut found: Vec<Candidate> = handed_on
        .into_iter()
        .map(|action| of_action(action, true))
        .collect();
    let offered = issues::offered(db, forum.unit_id).await?;
    found.extend(offered.into_iter().map(of_issue));
    let topics = complaints::proposed_topics(ctx, forum.unit_id).await?;
    found.extend(topics.into_iter().map(of_topic));
    let groups = complaints::open_groups(ctx, forum.unit_id).await?;
    found.extend(groups.into_iter().map(of_complaints));
    let unsettled = action_plans::unsettled(db, forum.unit_id).await?;
    let others = unsettled
        .into_iter()
        .filter(|action| !known.contains(&action.id));
    found.extend(others.map(|action| of_action(action, false)));
    for source in forums::agenda_sources(db, forum).await? {
        for one in &mut found {
            one.taken |=
                one.proposal.kind == source.kind && one.proposal.source_id == source.source_id;
        }
    }
    Ok(found)
}
