//! What is read of issues: lists and single ones inside the caller's scope, and what other views ask.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;

use super::{
    entity::{
        IssueId,
        issue::Model as Issue,
        issue_voice::{self, Model as Voice, VoiceKind},
    },
    rules::State,
    service::{self, THING},
    store::{self, Filter, Key},
};
use crate::{
    access::{Ctx, Permission},
    action_plans::{self, Clock, LinkedAction, SourceKind, SourceRef},
    audit, complaints,
    forums::{self, Forum, ForumId, ProposalKind},
    organisation::{self, Unit, UnitId},
    platform::{
        error::{Error, Result},
        web::paging::Slice,
    },
};

/// What a list shows; read from an address or a call of the API.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Code of a unit.
    pub unit: Option<String>,
    pub states: Vec<State>,
    pub year: Option<i32>,
    pub words: String,
}

/// One line of a list.
#[derive(Clone, Debug)]
pub struct Row {
    pub issue: Issue,
    pub unit_code: String,
    pub voices: i64,
    pub actions: Vec<LinkedAction>,
}

async fn filter_of(ctx: &Ctx, query: &Query) -> Result<Filter> {
    let unit = match &query.unit {
        Some(code) => Some(organisation::unit_by_code(&ctx.app.db, code).await?.id),
        None => None,
    };
    Ok(Filter {
        unit,
        states: query.states.clone(),
        year: query.year,
        words: query.words.clone(),
    })
}

/// The issues that the caller may see, what needs a decision at the head.
pub async fn list(
    ctx: &Ctx,
    query: &Query,
    slice: &Slice<Key>,
) -> Result<(Vec<Row>, Option<String>)> {
    let scope = ctx.require_scope(Permission::ViewIssues)?;
    let filter = filter_of(ctx, query).await?;
    let found = store::list(&ctx.app.db, &scope, &filter, slice).await?;
    let (issues, next) = slice.cut(found, |issue| (store::rank(issue.state), issue.id));
    Ok((rows(ctx, issues).await?, next))
}

async fn rows(ctx: &Ctx, issues: Vec<Issue>) -> Result<Vec<Row>> {
    let db = &ctx.app.db;
    let ids: Vec<IssueId> = issues.iter().map(|issue| issue.id).collect();
    let voices: HashMap<IssueId, i64> = store::voice_counts(db, &ids).await?.into_iter().collect();
    let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut actions = action_plans::linked_to_many(db, SourceKind::Issue, &names).await?;
    let mut codes: HashMap<UnitId, String> = HashMap::new();
    let mut rows = Vec::with_capacity(issues.len());
    for issue in issues {
        if !codes.contains_key(&issue.unit_id) {
            let unit = organisation::unit(db, issue.unit_id).await?;
            codes.insert(unit.id, unit.code);
        }
        rows.push(Row {
            unit_code: codes.get(&issue.unit_id).cloned().unwrap_or_default(),
            voices: voices.get(&issue.id).copied().unwrap_or(0),
            actions: actions.remove(&issue.id.to_string()).unwrap_or_default(),
            issue,
        });
    }
    Ok(rows)
}

/// How many of each state there are under the other filters.
pub async fn counts(ctx: &Ctx, query: &Query) -> Result<HashMap<State, i64>> {
    let scope = ctx.require_scope(Permission::ViewIssues)?;
    let filter = Filter {
        states: Vec::new(),
        ..filter_of(ctx, query).await?
    };
    let counts = store::counts(&ctx.app.db, &scope, &filter).await?;
    Ok(counts.into_iter().collect())
}

/// One issue with everything about it.
pub struct Detail {
    pub row: Row,
    pub unit: Unit,
    pub zone: Tz,
    /// How its actions stand to their days.
    pub clock: Clock,
    pub voices: Vec<Voice>,
    /// The forum on whose agenda it stands; whether the item is still there.
    pub forum: Option<(Forum, bool)>,
    /// The forums at which its actions were agreed: title and page.
    pub agreed_at: Vec<(String, Option<String>)>,
    pub history: Vec<audit::Model>,
}

/// So many subjects are read anew; beyond, the numbers say enough.
const READ_ANEW: usize = 50;

pub async fn show(ctx: &Ctx, id: IssueId) -> Result<Detail> {
    let scope = ctx.require_scope(Permission::ViewIssues)?;
    let db = &ctx.app.db;
    let issue = store::visible(db, &scope, id).await?;
    let unit = organisation::unit(db, issue.unit_id).await?;
    let mut voices = store::voices(db, &issue).await?;
    let of_complaints = voices
        .iter_mut()
        .filter(|voice| matches!(voice.kind, VoiceKind::Complaint | VoiceKind::Topic));
    if ctx.may(Permission::ViewComplaints, issue.unit_id) {
        let complaints = of_complaints.filter(|voice| voice.kind == VoiceKind::Complaint);
        for voice in complaints.take(READ_ANEW) {
            read_anew(ctx, voice).await?;
        }
    } else {
        of_complaints.for_each(|voice| voice.href = None);
    }
    let forum = match issue.forum_id {
        Some(forum) => {
            let forum = forums::by_id(db, forum).await?;
            let stands = stands_on(db, &issue, &forum).await?;
            Some((forum, stands))
        }
        None => None,
    };
    let history = audit::history(db, THING, issue.id.0).await?;
    let row = rows(ctx, vec![issue]).await?.pop();
    let row = row.ok_or(Error::NotFound)?;
    Ok(Detail {
        agreed_at: agreed_at(db, &row.actions).await?,
        row,
        zone: organisation::zone_of(&unit)?,
        clock: Clock::of(ctx, &unit).await?,
        unit,
        voices,
        forum,
        history,
    })
}

/// The forums from whose inputs or agreed points actions came, each once.
async fn agreed_at(
    db: &impl ConnectionTrait,
    actions: &[LinkedAction],
) -> Result<Vec<(String, Option<String>)>> {
    let ids: Vec<_> = actions.iter().map(|action| action.id).collect();
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    for source in action_plans::sources_of_items(db, &ids).await? {
        let Some(forum) = source.forum else { continue };
        if found.iter().all(|(title, _)| *title != forum) {
            found.push((forum, source.forum_href));
        }
    }
    Ok(found)
}

/// The subject as it is today, for who may read this complaint; for others the number alone, and no door.
async fn read_anew(ctx: &Ctx, voice: &mut issue_voice::Model) -> Result<()> {
    match complaints::find_source(ctx, &voice.source_id).await {
        Ok(source) => voice.label = source.label,
        Err(Error::NotFound | Error::Forbidden) => voice.href = None,
        Err(other) => return Err(other),
    }
    Ok(())
}

/// An issue as one of its voices shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedIssue {
    pub id: IssueId,
    pub code: String,
    pub title: String,
    pub state: State,
    pub reason: Option<String>,
    pub href: String,
}

/// The issues that a voice belongs to: directly, or with one of these topics.
pub async fn issues_of(
    db: &impl ConnectionTrait,
    kind: VoiceKind,
    id: &str,
    topics: &[String],
) -> Result<Vec<LinkedIssue>> {
    let mut found = store::issues_with(db, kind, &[id.to_owned()]).await?;
    if !topics.is_empty() {
        found.extend(store::issues_with(db, VoiceKind::Topic, topics).await?);
    }
    found.sort_by_key(|issue| issue.id);
    found.dedup_by_key(|issue| issue.id);
    Ok(found.into_iter().map(LinkedIssue::from).collect())
}

impl From<Issue> for LinkedIssue {
    fn from(issue: Issue) -> Self {
        Self {
            href: format!("/kerja/isu/{}", issue.id),
            id: issue.id,
            code: issue.code,
            title: issue.title,
            state: issue.state,
            reason: issue.reason,
        }
    }
}

/// The issues of a unit to which elements of the survey belong, each beside its element: elements are the same for
/// every unit. In the order in which they were written down.
pub async fn issues_of_elements(
    db: &impl ConnectionTrait,
    unit: UnitId,
    elements: &[String],
) -> Result<Vec<(String, LinkedIssue)>> {
    let standings = store::standings(db, unit, elements.to_vec()).await?;
    let mut of: Vec<(IssueId, String)> = standings
        .into_iter()
        .filter(|(kind, ..)| *kind == VoiceKind::SurveyElement)
        .map(|(_, element, _, issue)| (issue, element))
        .collect();
    of.sort();
    of.dedup();
    let ids = of.iter().map(|(issue, _)| *issue).collect();
    let found = store::by_ids(db, ids).await?;
    Ok(of
        .into_iter()
        .filter_map(|(id, element)| {
            let issue = found.iter().find(|issue| issue.id == id)?;
            Some((element, LinkedIssue::from(issue.clone())))
        })
        .collect())
}

/// An issue as a source of an action, for who may see it.
pub async fn source_ref(ctx: &Ctx, id: &str) -> Result<SourceRef> {
    let scope = ctx.require_scope(Permission::ViewIssues)?;
    let issue = store::visible(&ctx.app.db, &scope, IssueId::parse(id)?).await?;
    Ok(service::as_source(&issue))
}

/// An issue that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueGap {
    pub code: String,
    /// In which it was written down, as its code says.
    pub year: i32,
    pub title: String,
    pub state: State,
    pub since: chrono::DateTime<chrono::Utc>,
    pub href: String,
}

/// The issues of a unit without a decision, and those that were opened and go nowhere: also those that waited for a
/// forum which is over, was cancelled, or has them no longer on its agenda.
pub async fn undecided(
    db: &impl ConnectionTrait,
    unit: UnitId,
    today: NaiveDate,
) -> Result<Vec<IssueGap>> {
    let states = [State::Proposed, State::Open, State::OnAgenda];
    let mut loose = Vec::new();
    for issue in store::of_unit(db, unit, &states).await? {
        let waits = match (issue.state, issue.forum_id) {
            _ if issue.offered_at.is_some() => true,
            (State::OnAgenda, Some(forum)) => waits_for(db, &issue, forum, today).await?,
            _ => false,
        };
        if !waits {
            loose.push(issue);
        }
    }
    Ok(loose
        .into_iter()
        .map(|issue| IssueGap {
            since: issue.decided_at.unwrap_or(issue.created_at),
            href: format!("/kerja/isu/{}", issue.id),
            code: issue.code,
            year: issue.year,
            title: issue.title,
            state: issue.state,
        })
        .collect())
}

/// Whether an issue stands on the agenda of a forum that is still to come.
async fn waits_for(
    db: &impl ConnectionTrait,
    issue: &Issue,
    forum: ForumId,
    today: NaiveDate,
) -> Result<bool> {
    let forum = match forums::by_id(db, forum).await {
        Ok(forum) => forum,
        Err(Error::NotFound) => return Ok(false),
        Err(other) => return Err(other),
    };
    let comes = forum.cancelled_at.is_none() && forums::days::last_day(&forum).date >= today;
    Ok(comes && stands_on(db, issue, &forum).await?)
}

async fn stands_on(db: &impl ConnectionTrait, issue: &Issue, forum: &Forum) -> Result<bool> {
    let id = issue.id.to_string();
    let sources = forums::agenda_sources(db, forum).await?;
    let mut sources = sources.iter();
    Ok(sources.any(|one| one.kind == ProposalKind::Issue && one.source_id == id))
}

/// The voices of one kind in a unit that belong to an issue: also a refused one, whose voices heard the reason.
pub async fn held_voices(
    db: &impl ConnectionTrait,
    unit: UnitId,
    kind: VoiceKind,
) -> Result<Vec<String>> {
    store::held_of_kind(db, unit, kind).await
}

/// The kinds and ids of the voices of an issue, for who asks what it is about.
pub async fn voices_named(
    db: &impl ConnectionTrait,
    id: IssueId,
) -> Result<Vec<(VoiceKind, String)>> {
    let of = store::get(db, id).await?;
    let voices = store::voices(db, &of).await?;
    Ok(voices
        .into_iter()
        .map(|voice| (voice.kind, voice.source_id))
        .collect())
}
