//! Use cases of issues: writing one down, deciding about it, and the three ways it can go.

use chrono::Datelike as _;
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{
    entity::{
        IssueId, issue,
        issue_voice::{self, VoiceKind},
    },
    rules::{self, Broken, Move, State},
    store,
    telling::{LinkVoices, TellVoices},
    voices::{self, VoiceRef},
};
use crate::{
    access::{Ctx, Permission},
    action_plans::{self, ActionItemId, NewAction, SourceKind, SourceRef},
    audit, complaints,
    forums::{self, Forum},
    organisation::{self, UnitId},
    platform::{
        db::Tx,
        error::{Error, Result},
        jobs,
    },
};

/// What the history calls an issue.
pub const THING: &str = "issue";
/// Voices that one transaction links to an action; the rest a job links.
pub const AT_ONCE: usize = 200;

/// What somebody writes of an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub title: String,
    pub words: String,
}

/// How a new issue comes about.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// What the rule saw that proposed it.
    pub why: Option<String>,
    /// Why it is one; then it is decided at once.
    pub decision: Option<String>,
}

pub async fn record(
    tx: &Tx,
    ctx: &Ctx,
    of: &issue::Model,
    verb: &'static str,
    data: serde_json::Value,
) -> Result<()> {
    let entry = audit::Entry::new(THING, of.id.0, verb)
        .in_unit(of.unit_id)
        .with(data);
    audit::record(tx, ctx, entry).await
}

/// Whether the caller may do this to an issue: asked before their form is read.
pub async fn allowed(ctx: &Ctx, id: IssueId, permission: Permission) -> Result<()> {
    let scope = ctx.require_scope(Permission::ViewIssues)?;
    let of = store::visible(&ctx.app.db, &scope, id).await?;
    ctx.require(permission, of.unit_id)
}

/// An issue that the caller may see, may do this to, and has seen in its present version.
pub async fn for_change(
    tx: &Tx,
    ctx: &Ctx,
    id: IssueId,
    version: Option<i32>,
    permission: Permission,
) -> Result<issue::Model> {
    let scope = ctx.require_scope(Permission::ViewIssues)?;
    let of = store::held(tx, &scope, id).await?;
    ctx.require(permission, of.unit_id)?;
    if version.is_some_and(|version| version != of.version) {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(of)
}

/// Who decided, as the row keeps it.
fn decision(ctx: &Ctx, reason: Option<String>) -> issue::ActiveModel {
    issue::ActiveModel {
        decided_by: Set(ctx.person_id()),
        decided_name: Set(ctx.account().map(|account| account.name.clone())),
        decided_at: Set(Some(ctx.now)),
        reason: Set(reason),
        ..Default::default()
    }
}

/// Writes an issue down, with its voices.
pub async fn add(
    ctx: &Ctx,
    unit: UnitId,
    typed: Typed,
    origin: Origin,
    voices: Vec<VoiceRef>,
) -> Result<IssueId> {
    ctx.require(Permission::ManageIssues, unit)?;
    let tx = ctx.app.db.begin_write().await?;
    let id = add_in(&tx, ctx, unit, typed, origin, voices).await?;
    tx.commit().await?;
    Ok(id)
}

pub(super) async fn add_in(
    tx: &Tx,
    ctx: &Ctx,
    unit: UnitId,
    typed: Typed,
    origin: Origin,
    voices: Vec<VoiceRef>,
) -> Result<IssueId> {
    let zone = organisation::zone_of(&organisation::unit(tx, unit).await?)?;
    let year = ctx.today_in(zone).year();
    let number = store::last_number(tx, unit, year).await? + 1;
    let decided = origin.decision.is_some();
    let row = issue::Model {
        id: IssueId::new(),
        unit_id: unit,
        code: rules::code(year, number),
        year,
        number,
        title: typed.title,
        words: typed.words,
        state: if decided {
            State::Open
        } else {
            State::Proposed
        },
        why: origin.why,
        offered_at: None,
        forum_id: None,
        decided_by: ctx.person_id().filter(|_| decided),
        decided_name: ctx
            .account()
            .filter(|_| decided)
            .map(|account| account.name.clone()),
        decided_at: decided.then_some(ctx.now),
        reason: origin.decision,
        version: 1,
        created_at: ctx.now,
    };
    store::insert(tx, row.clone()).await?;
    let data = serde_json::json!({ "why": row.why, "reason": row.reason });
    record(tx, ctx, &row, "issue.added", data).await?;
    for voice in voices {
        voices::put(tx, ctx, &row, voice).await?;
    }
    Ok(row.id)
}

/// Writes title and words anew.
pub async fn change(ctx: &Ctx, id: IssueId, version: i32, typed: Typed) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let of = for_change(&tx, ctx, id, Some(version), Permission::ManageIssues).await?;
    let data = serde_json::json!({ "title_before": of.title });
    let row = issue::ActiveModel {
        title: Set(typed.title),
        words: Set(typed.words),
        ..Default::default()
    };
    store::save(&tx, &of, row).await?;
    record(&tx, ctx, &of, "issue.changed", data).await?;
    Ok(tx.commit().await?)
}

/// One step with its decision and its reason.
async fn decide(
    tx: &Tx,
    ctx: &Ctx,
    of: &issue::Model,
    (step, verb): (Move, &'static str),
    reason: String,
) -> Result<()> {
    let row = issue::ActiveModel {
        state: Set(of.state.after(step)?),
        offered_at: Set(None),
        ..decision(ctx, Some(reason.clone()))
    };
    store::save(tx, of, row).await?;
    record(tx, ctx, of, verb, serde_json::json!({ "reason": reason })).await
}

/// Says that it is an issue, or that a refused or resolved one is one again. What was ended is opened again only by
/// who may end it.
pub async fn open(ctx: &Ctx, id: IssueId, version: Option<i32>, reason: String) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let of = for_change(&tx, ctx, id, version, Permission::ManageIssues).await?;
    if !of.state.is_alive() {
        ctx.require(Permission::DecideIssue, of.unit_id)?;
    }
    if store::voices(&tx, &of).await?.is_empty() {
        return Err(Broken::NoVoice.into());
    }
    decide(&tx, ctx, &of, (Move::Open, "issue.opened"), reason).await?;
    Ok(tx.commit().await?)
}

/// Nothing is done about it, and why; its voices hear that.
pub async fn refuse(ctx: &Ctx, id: IssueId, version: Option<i32>, reason: String) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let of = for_change(&tx, ctx, id, version, Permission::DecideIssue).await?;
    // Who was promised something is not told afterwards that nothing comes of it.
    let actions = action_plans::linked_to(&tx, SourceKind::Issue, &id.to_string()).await?;
    if actions
        .iter()
        .any(|one| one.status != action_plans::Status::Cancelled)
    {
        return Err(Broken::HasAction.into());
    }
    decide(&tx, ctx, &of, (Move::Refuse, "issue.refused"), reason).await?;
    jobs::enqueue(&tx, &TellVoices::refused(&of, ctx.now), ctx.now).await?;
    Ok(tx.commit().await?)
}

/// It is settled without an action of its own, and how; its voices hear that.
pub async fn resolve(ctx: &Ctx, id: IssueId, version: Option<i32>, reason: String) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let of = for_change(&tx, ctx, id, version, Permission::DecideIssue).await?;
    let actions = action_plans::linked_to(&tx, SourceKind::Issue, &id.to_string()).await?;
    let goes_on = |action: &action_plans::LinkedAction| !action.is_settled();
    if actions.iter().any(goes_on) {
        return Err(Broken::ActionOpen.into());
    }
    decide(&tx, ctx, &of, (Move::Resolve, "issue.resolved"), reason).await?;
    let news = TellVoices::resolved(&of, Some(ctx.now));
    jobs::enqueue(&tx, &news, ctx.now).await?;
    Ok(tx.commit().await?)
}

/// Offers it for the agenda of the next forum, or takes the offer back. The organiser of a forum takes it from there.
pub async fn offer(ctx: &Ctx, id: IssueId, version: Option<i32>, offered: bool) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let of = for_change(&tx, ctx, id, version, Permission::ManageIssues).await?;
    of.state.after(Move::PutOnAgenda)?;
    let row = issue::ActiveModel {
        offered_at: Set(offered.then_some(ctx.now)),
        ..Default::default()
    };
    store::save(&tx, &of, row).await?;
    let verb = if offered {
        "issue.offered"
    } else {
        "issue.offer_withdrawn"
    };
    record(&tx, ctx, &of, verb, serde_json::json!({})).await?;
    Ok(tx.commit().await?)
}

/// An issue that is offered for the agenda of a forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedIssue {
    pub id: IssueId,
    pub label: String,
    pub title: String,
    pub voices: i64,
    pub href: String,
}

/// The offered issues of a unit.
pub async fn offered(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<OfferedIssue>> {
    let mut issues = store::of_unit(db, unit, &[State::Open, State::OnAgenda]).await?;
    issues.retain(|issue| issue.offered_at.is_some());
    let ids: Vec<IssueId> = issues.iter().map(|issue| issue.id).collect();
    let counts = store::voice_counts(db, &ids).await?;
    let count = |id| {
        let mut of = counts.iter().filter(|(issue, _)| *issue == id);
        of.next().map_or(0, |(_, count)| *count)
    };
    Ok(issues
        .into_iter()
        .map(|issue| OfferedIssue {
            id: issue.id,
            label: format!("{} · {}", issue.code, issue.title),
            voices: count(issue.id),
            href: format!("/kerja/isu/{}", issue.id),
            title: issue.title,
        })
        .collect())
}

/// A forum took it on its agenda, as part of that use case; its voices hear so when the forum is announced.
pub async fn put_on_agenda(tx: &Tx, ctx: &Ctx, id: IssueId, forum: &Forum) -> Result<()> {
    let of = store::get(tx, id).await?;
    ctx.require(Permission::ManageForum, of.unit_id)?;
    if of.unit_id != forum.unit_id {
        return Err(Error::NotFound);
    }
    let row = issue::ActiveModel {
        state: Set(of.state.after(Move::PutOnAgenda)?),
        forum_id: Set(Some(forum.id)),
        offered_at: Set(None),
        ..Default::default()
    };
    store::save(tx, &of, row).await?;
    let data = serde_json::json!({ "forum": forum.title });
    record(tx, ctx, &of, "issue.on_agenda", data).await?;
    // Held by the use case: as it is now, not as it was when its page was opened.
    let forum = forums::by_id(tx, forum.id).await?;
    if !forums::is_announced(&forum) {
        return Ok(());
    }
    jobs::enqueue(tx, &TellVoices::on_agenda(&of, &forum), ctx.now).await
}

/// The issue as a source of an action.
#[must_use]
pub fn as_source(of: &issue::Model) -> SourceRef {
    SourceRef {
        kind: SourceKind::Issue,
        id: of.id.to_string(),
        unit: Some(of.unit_id),
        label: format!("{} · {}", of.code, of.title),
        public_label: of.title.clone(),
        label_en: None,
        href: Some(format!("/kerja/isu/{}", of.id)),
        forum: None,
        voices: Vec::new(),
    }
}

/// What an input or an element is as a source; complaints go another way.
fn plain_source(voice: &VoiceRef) -> Option<SourceRef> {
    let kind = voices::source_kind(voice.kind).filter(|kind| *kind != SourceKind::Complaint)?;
    // An element says in which period it was weak.
    let named = |label: &String| match voice.period.as_str() {
        "" => label.clone(),
        period => format!("{label} ({period})"),
    };
    Some(SourceRef {
        kind,
        id: voice.id.clone(),
        unit: voice.unit,
        label: named(&voice.label),
        public_label: named(&voice.label),
        label_en: voice.label_en.as_ref().map(named),
        href: voice.href.clone(),
        forum: voice.forum.clone(),
        voices: Vec::new(),
    })
}

impl From<issue_voice::Model> for VoiceRef {
    fn from(row: issue_voice::Model) -> Self {
        Self {
            kind: row.kind,
            id: row.source_id,
            period: row.period,
            period_id: row.period_id,
            unit: Some(row.unit_id),
            label: row.label,
            label_en: row.label_en,
            href: row.href,
            forum: row.forum.zip(row.forum_href),
        }
    }
}

/// Makes one voice a source of an action; the complaints of a topic are linked by [`LinkVoices`].
pub async fn answer(tx: &Tx, ctx: &Ctx, action: ActionItemId, voice: &VoiceRef) -> Result<()> {
    match voice.kind {
        VoiceKind::Complaint => {
            let id = complaints::ComplaintId::parse(&voice.id)?;
            complaints::answer_voices(tx, ctx, action, &[id]).await
        }
        VoiceKind::Topic => complaints::answer_topic(tx, &voice.id, action).await,
        VoiceKind::ForumInput | VoiceKind::SurveyElement => match plain_source(voice) {
            Some(source) => action_plans::link(tx, ctx, action, source).await,
            None => Ok(()),
        },
    }
}

/// The issue goes into an action, and every voice of it becomes a source of that action.
async fn act(tx: &Tx, ctx: &Ctx, of: &issue::Model, action: ActionItemId) -> Result<()> {
    let row = issue::ActiveModel {
        state: Set(of.state.after(Move::Act)?),
        offered_at: Set(None),
        ..decision(ctx, None)
    };
    store::save(tx, of, row).await?;
    action_plans::link(tx, ctx, action, as_source(of)).await?;
    for voice in store::voices(tx, of).await? {
        match voice.kind {
            VoiceKind::Complaint => {}
            VoiceKind::Topic | VoiceKind::ForumInput | VoiceKind::SurveyElement => {
                match answer(tx, ctx, action, &voice.into()).await {
                    // A topic may be gone since.
                    Ok(()) | Err(Error::NotFound) => {}
                    Err(other) => return Err(other),
                }
            }
        }
    }
    let person = ctx.person_id().ok_or(Error::Unauthenticated)?;
    LinkVoices::begin(tx, ctx, of, (action, person)).await?;
    let data = serde_json::json!({ "action": action });
    record(tx, ctx, of, "issue.in_action", data).await
}

/// Makes an action of an issue.
pub async fn make_action(
    ctx: &Ctx,
    id: IssueId,
    version: Option<i32>,
    new: NewAction,
) -> Result<ActionItemId> {
    let tx = ctx.app.db.begin_write().await?;
    let of = for_change(&tx, ctx, id, version, Permission::ManageIssues).await?;
    // Before the action takes a number: a refused step leaves nothing behind, and says so first.
    of.state.after(Move::Act)?;
    let action = action_plans::create(&tx, ctx, new).await?;
    act(&tx, ctx, &of, action).await?;
    tx.commit().await?;
    Ok(action)
}

/// Says that an action that exists answers the issue.
pub async fn link_action(
    ctx: &Ctx,
    id: IssueId,
    version: Option<i32>,
    action: ActionItemId,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let of = for_change(&tx, ctx, id, version, Permission::ManageIssues).await?;
    ctx.require(Permission::ManageActions, of.unit_id)?;
    act(&tx, ctx, &of, action).await?;
    Ok(tx.commit().await?)
}
