//! Those who raised a voice hear what became of it: on the agenda of a forum, promised, done, given up, refused. One
//! message each: a row that is unique says that it was written. Who asked for no mail reads it on their status page.
//! This is the only way in which voices hear of agendas and actions.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    entity::{IssueId, issue, voice_told::Event},
    rules::{self, Move, State},
    service, store, store_told, voices,
};
use crate::{
    access::{self, Ctx, PersonId},
    action_plans::{
        self, ActionEvent, ActionItemId, LinkedAction, SourceKind, Status, TellSources,
        TellUnlinked,
    },
    complaints::{self, ComplaintId, LoopNews},
    forums::{self, Forum, ForumId},
    organisation::UnitId,
    platform::{
        context::App,
        db::Tx,
        error::{Error, Result},
        i18n::Locale,
        jobs::{self, Job, JobError},
        traces,
    },
};

/// Voices of one transaction: a topic of thousands must not hold the database for seconds.
const AT_ONCE: usize = 200;

/// Tells one complaint, unless it heard of it before.
async fn tell(
    tx: &Tx,
    ctx: &Ctx,
    (unit, id): (UnitId, ComplaintId),
    (event, about): (Event, &str),
    news: &LoopNews,
) -> Result<()> {
    if store_told::first_told(tx, unit, &id.to_string(), (event, about), ctx.now).await? {
        complaints::tell(tx, ctx, id, news).await?;
    }
    Ok(())
}

/// Whose voices hear something.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Of {
    Issue(IssueId),
    Topic(String),
}

/// What they hear.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    OnAgenda(ForumId),
    /// With the version of the issue that was refused: opened and refused again is another decision.
    Refused(i32),
    /// Likewise.
    Resolved(i32),
}

/// Tells the voices of an issue or of a topic; a piece at a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TellVoices {
    unit: UnitId,
    of: Of,
    what: What,
    /// When somebody decided what they hear: who decides again meanwhile is heard by the later job alone.
    #[serde(default)]
    decided: Option<DateTime<Utc>>,
    after: Option<ComplaintId>,
}

impl TellVoices {
    #[must_use]
    pub fn on_agenda(of: &issue::Model, forum: &Forum) -> Self {
        Self {
            unit: of.unit_id,
            of: Of::Issue(of.id),
            what: What::OnAgenda(forum.id),
            decided: None,
            after: None,
        }
    }

    #[must_use]
    pub fn refused(of: &issue::Model, at: DateTime<Utc>) -> Self {
        Self {
            unit: of.unit_id,
            of: Of::Issue(of.id),
            what: What::Refused(of.version + 1),
            decided: Some(at),
            after: None,
        }
    }

    /// Who read already that an action of the issue is done is not told the same again. Settled by its actions, nobody
    /// decided it at a moment of its own.
    #[must_use]
    pub fn resolved(of: &issue::Model, at: Option<DateTime<Utc>>) -> Self {
        Self {
            unit: of.unit_id,
            of: Of::Issue(of.id),
            what: What::Resolved(of.version + 1),
            decided: at,
            after: None,
        }
    }

    /// Whether somebody decided again since.
    fn is_past(&self, of: &issue::Model) -> bool {
        // The database keeps microseconds.
        let micros = |at: DateTime<Utc>| at.timestamp_micros();
        self.decided
            .is_some_and(|at| of.decided_at.map(micros) != Some(micros(at)))
    }

    async fn voices(&self, tx: &Tx) -> Result<Vec<ComplaintId>> {
        let mut all = match &self.of {
            Of::Issue(id) => voices::complaints_of(tx, &store::get(tx, *id).await?).await?,
            Of::Topic(id) => complaints::voices_of_topic(tx, id).await?,
        };
        all.retain(|id| self.after.is_none_or(|after| *id > after));
        Ok(all)
    }

    /// None when it is not so any more: the forum was deleted, the issue opened again.
    async fn news(&self, db: &impl ConnectionTrait) -> Result<Option<(Event, String, LoopNews)>> {
        match (&self.what, &self.of) {
            (What::OnAgenda(id), _) => {
                let forum = match forums::by_id(db, *id).await {
                    Ok(forum) if forum.cancelled_at.is_none() => forum,
                    Ok(_) | Err(Error::NotFound) => return Ok(None),
                    Err(other) => return Err(other),
                };
                let days = forums::days::short_dates(&forum, Locale::Id);
                let words = format!("{}, {days}", forum.title);
                Ok(Some((
                    Event::OnAgenda,
                    id.to_string(),
                    LoopNews::OnAgenda(words),
                )))
            }
            (What::Refused(version), Of::Issue(id)) => {
                let of = store::get(db, *id).await?;
                let stands = of.state == State::Refused && !self.is_past(&of);
                let reason = of.reason.filter(|_| stands);
                Ok(reason.map(|reason| {
                    let about = format!("{id}:{version}");
                    let words = traces::for_everybody(&reason);
                    (Event::Refused, about, LoopNews::Refused(words))
                }))
            }
            (What::Resolved(version), Of::Issue(id)) => {
                let of = store::get(db, *id).await?;
                let stands = of.state == State::Resolved && !self.is_past(&of);
                Ok(stands.then(|| {
                    let about = format!("{id}:{version}");
                    let how = of.reason.unwrap_or(of.title);
                    let words = traces::for_everybody(&how);
                    (Event::Resolved, about, LoopNews::Resolved(words))
                }))
            }
            (What::Refused(_) | What::Resolved(_), Of::Topic(_)) => Ok(None),
        }
    }

    /// Those of a piece who heard it in another way: a verified action of the issue answers them.
    async fn heard(&self, tx: &Tx, piece: &[ComplaintId]) -> Result<Vec<ComplaintId>> {
        let (What::Resolved(_), Of::Issue(id)) = (&self.what, &self.of) else {
            return Ok(Vec::new());
        };
        let actions = action_plans::linked_to(tx, SourceKind::Issue, &id.to_string()).await?;
        let kept = |action: &LinkedAction| {
            action.status == Status::Verified && actions.iter().any(|one| one.id == action.id)
        };
        let names: Vec<String> = piece.iter().map(ToString::to_string).collect();
        let known = action_plans::linked_to_many(tx, SourceKind::Complaint, &names).await?;
        let heard = |id: &ComplaintId| {
            known
                .get(&id.to_string())
                .is_some_and(|all| all.iter().any(kept))
        };
        Ok(piece.iter().copied().filter(heard).collect())
    }

    /// To who was told of a refusal before, another one says that it is another.
    async fn again(&self, tx: &Tx, voice: ComplaintId, news: &LoopNews) -> Result<LoopNews> {
        if let (Of::Issue(id), LoopNews::Refused(reason)) = (&self.of, news)
            && store_told::told_of_refusal(tx, self.unit, &voice.to_string(), *id).await?
        {
            return Ok(LoopNews::RefusedAgain(reason.clone()));
        }
        Ok(news.clone())
    }

    async fn go_on(&self, app: &Arc<App>) -> Result<()> {
        let ctx = Ctx::system(app);
        let tx = app.db.begin_write().await?;
        let Some((event, about, news)) = self.news(&tx).await? else {
            return Ok(());
        };
        let left = self.voices(&tx).await?;
        let piece = &left[..left.len().min(AT_ONCE)];
        let heard = self.heard(&tx, piece).await?;
        for id in piece.iter().filter(|id| !heard.contains(id)) {
            let news = self.again(&tx, *id, &news).await?;
            tell(&tx, &ctx, (self.unit, *id), (event, &about), &news).await?;
        }
        if let Some(last) = left.get(AT_ONCE - 1).filter(|_| left.len() > AT_ONCE) {
            let rest = Self {
                after: Some(*last),
                ..self.clone()
            };
            jobs::enqueue(&tx, &rest, ctx.now).await?;
        }
        Ok(tx.commit().await?)
    }
}

impl Job for TellVoices {
    const NAME: &'static str = "issue.tell_voices";

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        Ok(self.go_on(&app).await?)
    }
}

/// A topic was taken on the agenda of a forum: its voices hear so when the forum is announced.
pub async fn topic_on_agenda(tx: &Tx, ctx: &Ctx, topic: &str, forum: &Forum) -> Result<()> {
    let forum = forums::by_id(tx, forum.id).await?;
    if !forums::is_announced(&forum) {
        return Ok(());
    }
    let news = TellVoices {
        unit: forum.unit_id,
        of: Of::Topic(topic.to_owned()),
        what: What::OnAgenda(forum.id),
        decided: None,
        after: None,
    };
    jobs::enqueue(tx, &news, ctx.now).await
}

/// As everybody reads it.
fn named(action: &LinkedAction) -> String {
    let title = traces::for_everybody(&action.title);
    format!("{} · {title}", action.code)
}

/// What an action's event is to a voice.
fn of_action(event: ActionEvent, told: &action_plans::Told) -> (Event, LoopNews) {
    let what = named(&told.action);
    match event {
        // Linked to what is done already: nobody waits for a promise that was kept.
        ActionEvent::Linked if told.action.status == Status::Verified => {
            (Event::Kept, LoopNews::Kept(what))
        }
        ActionEvent::Linked => (Event::Promised, LoopNews::Promised(what)),
        ActionEvent::Verified => (Event::Kept, LoopNews::Kept(what)),
        ActionEvent::Cancelled => {
            let why = told.cancel_reason.as_deref().map(traces::for_everybody);
            let why = why.unwrap_or_default();
            (Event::GivenUp, LoopNews::GivenUp(what, why))
        }
    }
}

async fn tell_sources(news: &TellSources, app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    let tx = app.db.begin_write().await?;
    let told = action_plans::told(&tx, news, AT_ONCE).await?;
    let (event, words) = of_action(news.event, &told);
    let about = news.action.to_string();
    for source in &told.sources {
        match source.kind {
            SourceKind::Complaint => {
                let id = ComplaintId::parse(&source.source_id)?;
                tell(&tx, &ctx, (told.unit, id), (event, &about), &words).await?;
            }
            SourceKind::Issue => moved(&tx, &ctx, IssueId::parse(&source.source_id)?).await?,
            SourceKind::ForumInput | SourceKind::AgreedPoint | SourceKind::SurveyElement => {}
        }
    }
    if let Some(last) = told.sources.last().filter(|_| told.more) {
        let rest = TellSources {
            action: news.action,
            event: news.event,
            only: news.only,
            after: Some(last.id),
        };
        jobs::enqueue(&tx, &rest, ctx.now).await?;
    }
    Ok(tx.commit().await?)
}

impl Job for TellSources {
    const NAME: &'static str = "action.tell_sources";

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        Ok(tell_sources(&self, &app).await?)
    }
}

/// Only who heard of the promise hears that it is meant for them no more. Linked again, they hear of it anew: what they
/// were told of this action before is forgotten with it.
async fn tell_unlinked(news: &TellUnlinked, app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    let tx = app.db.begin_write().await?;
    let Some((unit, action)) = action_plans::untold(&tx, news).await? else {
        return Ok(());
    };
    let about = news.action.to_string();
    let promised = (Event::Promised, about.as_str());
    if store_told::forget_told(&tx, unit, &news.complaint, promised).await? {
        let words = LoopNews::NotMeant(named(&action));
        complaints::tell(&tx, &ctx, ComplaintId::parse(&news.complaint)?, &words).await?;
    }
    Ok(tx.commit().await?)
}

impl Job for TellUnlinked {
    const NAME: &'static str = "action.tell_unlinked";

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        Ok(tell_unlinked(&self, &app).await?)
    }
}

/// The actions of an issue changed: it is in action, settled by the last of them, or without one again.
async fn moved(tx: &Tx, ctx: &Ctx, id: IssueId) -> Result<()> {
    let of = store::get(tx, id).await?;
    let actions = action_plans::linked_to(tx, SourceKind::Issue, &id.to_string()).await?;
    let count = |status| actions.iter().filter(|one| one.status == status).count();
    let (verified, given_up) = (count(Status::Verified), count(Status::Cancelled));
    let step = match rules::after_actions(actions.len(), verified, given_up) {
        Some(step) => step,
        None if of.state == State::InAction || actions.is_empty() => return Ok(()),
        // Linked from the page of the action.
        None => Move::Act,
    };
    // Somebody decided otherwise meanwhile.
    let Ok(state) = of.state.after(step) else {
        return Ok(());
    };
    if state == of.state {
        return Ok(());
    }
    let row = issue::ActiveModel {
        state: Set(state),
        ..Default::default()
    };
    store::save(tx, &of, row).await?;
    if state == State::Resolved {
        jobs::enqueue(tx, &TellVoices::resolved(&of, None), ctx.now).await?;
    }
    let verb = match state {
        State::Resolved => "issue.resolved",
        State::InAction => "issue.in_action",
        _ => "issue.fell_back",
    };
    let mut ctx = ctx.clone();
    if state == State::Resolved && given_up == 0 {
        ctx.now = verified_last(tx, &of, &actions).await?.min(ctx.now);
    }
    service::record(tx, &ctx, &of, verb, serde_json::json!({})).await
}

/// When the last action of an issue was verified, and not before somebody decided about it: that is when it was settled,
/// whenever the job ran.
async fn verified_last(
    tx: &Tx,
    of: &issue::Model,
    actions: &[LinkedAction],
) -> Result<DateTime<Utc>> {
    let mut last = of.decided_at.unwrap_or(of.created_at);
    for action in actions {
        let (item, _) = action_plans::with_sources(tx, action.id).await?;
        last = item.verified_at.map_or(last, |at| last.max(at));
    }
    Ok(last)
}

/// Links the complaints behind an issue to the action that answers it; a piece at a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LinkVoices {
    issue: IssueId,
    action: ActionItemId,
    person: PersonId,
    /// Who said so when: said again later, all voices are gone through again.
    #[serde(default)]
    order: Uuid,
    after: ComplaintId,
}

impl LinkVoices {
    /// Links the first complaints, and leaves those behind them to the job.
    pub async fn begin(
        tx: &Tx,
        ctx: &Ctx,
        of: &issue::Model,
        (action, person): (ActionItemId, PersonId),
    ) -> Result<()> {
        let order = Self {
            issue: of.id,
            action,
            person,
            order: Uuid::now_v7(),
            after: ComplaintId(Uuid::nil()),
        };
        order.piece(tx, ctx, of).await
    }

    /// Links the complaints that follow.
    async fn piece(&self, tx: &Tx, ctx: &Ctx, of: &issue::Model) -> Result<()> {
        let mut left = voices::complaints_of(tx, of).await?;
        left.retain(|id| *id > self.after);
        let more = left.len() > service::AT_ONCE;
        left.truncate(service::AT_ONCE);
        complaints::answer_voices(tx, ctx, self.action, &left).await?;
        if let Some(last) = left.last().filter(|_| more) {
            let rest = Self {
                after: *last,
                ..self.clone()
            };
            jobs::enqueue(tx, &rest, ctx.now).await?;
        }
        Ok(())
    }

    async fn go_on(&self, app: &Arc<App>) -> Result<()> {
        let ctx = access::ordered_by(&Ctx::system(app), self.person).await?;
        let tx = app.db.begin_write().await?;
        let of = store::get(&tx, self.issue).await?;
        self.piece(&tx, &ctx, &of).await?;
        Ok(tx.commit().await?)
    }
}

impl Job for LinkVoices {
    const NAME: &'static str = "issue.link_voices";

    fn key(&self) -> Option<String> {
        Some(format!("{}:{}", self.order, self.after))
    }

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        match self.go_on(&app).await {
            // The action was given up between two pieces: those linked hear of it, to the others nothing was promised.
            Err(Error::Rule {
                code: "action.transition",
                ..
            }) => Ok(()),
            other => Ok(other?),
        }
    }
}
