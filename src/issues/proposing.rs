//! What the rules propose as an issue of a unit today, and what a person makes of it.

use std::collections::HashMap;

use futures::future::BoxFuture;

use super::{
    entity::{IssueId, issue_dismissal, issue_voice::VoiceKind},
    rules::{self, Brought, ElementFigure, OpenComplaint, Proposal, State, TopicFigure, Why},
    service::{self, Origin, Typed},
    store,
    voices::{self, VoiceRef},
};
use crate::{
    access::{Ctx, Permission},
    action_plans::{self, ActionItemId, InWork},
    audit,
    calendar::dates,
    complaints,
    organisation::UnitId,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message},
    },
    surveys::{self, SurveyPeriodId},
};

/// The scores of the latest period of a unit's survey. Composition gives this function to the routes, because the
/// survey is another capability; a unit that has no results gives none.
pub type ElementFigures = for<'a> fn(&'a Ctx, UnitId) -> BoxFuture<'a, Result<Vec<ElementFigure>>>;

/// The newest open complaints in which repeated words are looked for.
const NEWEST: u64 = 1000;
/// Ten-thousandths of a score.
const WHOLE: f64 = 10_000.0;

/// What an issue of the unit holds, and what somebody works on already.
struct Covered {
    /// Periods and states of issues by what they hold: asked for each of a thousand complaints.
    held: HashMap<(VoiceKind, String), Vec<(String, State)>>,
    in_work: InWork,
}

impl Covered {
    async fn of(ctx: &Ctx, unit: UnitId) -> Result<Self> {
        let db = &ctx.app.db;
        let mut held: HashMap<_, Vec<_>> = HashMap::new();
        for (kind, id, period, state) in store::held_in_unit(db, unit).await? {
            let period = period.map(|id| id.to_string()).unwrap_or_default();
            held.entry((kind, id)).or_default().push((period, state));
        }
        Ok(Self {
            held,
            in_work: action_plans::in_work(db, unit).await?,
        })
    }

    fn has(&self, kind: VoiceKind, id: &str, period: &str) -> bool {
        let source = voices::source_kind(kind);
        let mut held = self.held.get(&(kind, id.to_owned())).into_iter().flatten();
        source.is_some_and(|source| self.in_work.answers(source, id))
            || held.any(|(when, state)| rules::is_held(kind, *state, when == period))
    }
}

/// Everything that the rules propose for a unit, without what an issue or an action covers already and what was turned
/// down. Elements are ranked among all of their period first, so that "the third lowest" is true.
pub async fn proposals(ctx: &Ctx, unit: UnitId, figures: ElementFigures) -> Result<Vec<Proposal>> {
    ctx.require(Permission::ManageIssues, unit)?;
    let db = &ctx.app.db;
    let covered = Covered::of(ctx, unit).await?;
    let is_worked_on =
        |action: Option<ActionItemId>| action.is_some_and(|id| covered.in_work.has(id));
    let topics: Vec<TopicFigure> = complaints::topic_figures(ctx, unit)
        .await?
        .into_iter()
        .filter(|topic| !is_worked_on(topic.action))
        .map(|topic| TopicFigure {
            id: topic.id,
            title: topic.title,
            now: topic.now,
            before: topic.before,
            grows: topic.grows,
        })
        .collect();
    let open: Vec<OpenComplaint> = complaints::open_voices(db, unit, NEWEST)
        .await?
        .into_iter()
        .map(|voice| OpenComplaint {
            id: voice.id.to_string(),
            stems: voice.stems,
        })
        .filter(|voice| !covered.has(VoiceKind::Complaint, &voice.id, ""))
        .collect();
    let elements = figures(ctx, unit).await?;
    let mut found = rules::of_elements(&elements, ctx.app.config.issues.element_threshold);
    found.extend(rules::of_topics(&topics));
    found.retain(|one| {
        let mut voices = one.voices.iter();
        !voices.any(|voice| covered.has(voice.kind, &voice.id, &voice.period_id))
    });
    found.extend(rules::of_words(&open));
    let dismissed = store::dismissals(db, unit).await?;
    found.retain(|one| {
        let mut before = dismissed.iter().filter(|row| row.proposal == one.key);
        before
            .next()
            .is_none_or(|row| rules::comes_back(&one.key, row.weight, one.weight))
    });
    Ok(found)
}

/// A voice of a proposal as a page names it: its label, and its page for who may read it.
pub struct Named {
    pub label: String,
    pub href: Option<String>,
}

/// So many stand beside a proposal; beyond, their number says enough.
const NAMED: usize = 12;

/// The complaints and topics of each proposal, the first of them, and how many there are beside.
pub async fn named(
    ctx: &Ctx,
    unit: UnitId,
    proposals: &[Proposal],
) -> Result<Vec<(Vec<Named>, usize)>> {
    let may = ctx.may(Permission::ViewComplaints, unit);
    let told = |of: &Proposal| -> Vec<Brought> {
        let voices = of.voices.iter();
        let voices = voices.filter(|voice| voice.kind != VoiceKind::SurveyElement);
        voices.cloned().collect()
    };
    let of_each: Vec<Vec<Brought>> = proposals.iter().map(told).collect();
    let first = of_each.iter().flat_map(|told| told.iter().take(NAMED));
    let numbers = numbers(ctx, first).await?;
    let mut found = Vec::new();
    for told in &of_each {
        let mut named = Vec::new();
        for brought in told.iter().take(NAMED) {
            let voice = voice(ctx, unit, brought, &numbers).await?;
            named.push(Named {
                label: voice.label,
                href: voice.href.filter(|_| may),
            });
        }
        found.push((named, told.len().saturating_sub(NAMED)));
    }
    Ok(found)
}

type Numbers = HashMap<String, String>;

/// The numbers of the complaints among these voices: one query, not one for each.
async fn numbers(ctx: &Ctx, voices: impl Iterator<Item = &Brought>) -> Result<Numbers> {
    let ids = voices.filter(|voice| voice.kind == VoiceKind::Complaint);
    complaints::numbers_of(&ctx.app.db, ids.map(|voice| voice.id.as_str())).await
}

impl Proposal {
    /// What it is called, in the reader's language where the words are the program's own.
    #[must_use]
    pub fn title(&self, locale: Locale) -> &str {
        match (locale, &self.title_en) {
            (Locale::En, Some(english)) => english,
            _ => &self.title,
        }
    }

    /// What the rule saw, in words.
    #[must_use]
    pub fn why_text(&self, locale: Locale) -> String {
        // A score as results tell it; a threshold of 3.0644 must not read like a score of 3.064.
        let score = |value: i64| {
            let places = if value % 10 == 0 { 3 } else { 4 };
            let value = i32::try_from(value).map(f64::from).unwrap_or_default();
            dates::decimal(value / WHOLE, places, locale)
        };
        match &self.why {
            Why::TopicGrows { now, before } => Message::new("issue-why-topic")
                .with("now", *now)
                .with("before", *before),
            Why::Words { count } => Message::new("issue-why-words").with("count", *count),
            Why::ElementBelow {
                period,
                score: value,
                threshold,
            } => Message::new("issue-why-below")
                .with("period", period)
                .with("score", score(*value))
                .with("threshold", score(*threshold)),
            Why::ElementLowest {
                period,
                score: value,
                rank,
            } => Message::new("issue-why-lowest")
                .with("period", period)
                .with("score", score(*value))
                .with("rank", *rank),
        }
        .text(locale)
    }
}

/// The proposal of this key, as the rules see it now; it may be gone since the page was shown.
async fn one(ctx: &Ctx, unit: UnitId, figures: ElementFigures, key: &str) -> Result<Proposal> {
    let found = proposals(ctx, unit, figures).await?;
    let mut same = found.into_iter().filter(|one| one.key == key);
    same.next().ok_or_else(|| {
        Error::rule(
            "issue.proposal_gone",
            Message::new("rule-issue-proposal-gone"),
        )
    })
}

/// A person says that it is an issue, with a title and a reason of their own.
pub async fn accept(
    ctx: &Ctx,
    unit: UnitId,
    figures: ElementFigures,
    key: &str,
    (typed, reason): (Typed, String),
) -> Result<IssueId> {
    let proposal = one(ctx, unit, figures, key).await?;
    // Kept for good: in the language of the office's papers.
    let origin = Origin {
        why: Some(proposal.why_text(Locale::Id)),
        decision: Some(reason),
    };
    let numbers = numbers(ctx, proposal.voices.iter()).await?;
    let mut voices = Vec::with_capacity(proposal.voices.len());
    for brought in &proposal.voices {
        voices.push(voice(ctx, unit, brought, &numbers).await?);
    }
    service::add(ctx, unit, typed, origin, voices).await
}

/// A voice that a rule found. Whoever decides need not be able to read it.
async fn voice(ctx: &Ctx, unit: UnitId, brought: &Brought, numbers: &Numbers) -> Result<VoiceRef> {
    let db = &ctx.app.db;
    let (label, label_en, href) = match brought.kind {
        VoiceKind::Complaint => {
            let number = numbers.get(&brought.id).ok_or(Error::NotFound)?;
            let href = format!("/kerja/pengaduan/{number}");
            (number.clone(), None, Some(href))
        }
        VoiceKind::Topic => {
            let (_, title) = complaints::topic_named(db, &brought.id).await?;
            let href = format!("/kerja/pengaduan/topik/{}", brought.id);
            (title, None, Some(href))
        }
        VoiceKind::SurveyElement => {
            let element = surveys::element(db, &brought.id).await?;
            let label = |locale| format!("{}: {}", element.label, element.name(locale));
            (label(Locale::Id), Some(label(Locale::En)), None)
        }
        VoiceKind::ForumInput => return Err(Error::NotFound),
    };
    Ok(VoiceRef {
        kind: brought.kind,
        id: brought.id.clone(),
        period: brought.period.clone(),
        period_id: match brought.period_id.as_str() {
            "" => None,
            id => Some(SurveyPeriodId::parse(id)?),
        },
        unit: Some(unit),
        label,
        label_en,
        href,
        forum: None,
    })
}

/// A person says that it is none, and why. It comes back only when it grows.
pub async fn dismiss(
    ctx: &Ctx,
    unit: UnitId,
    figures: ElementFigures,
    key: &str,
    reason: String,
) -> Result<()> {
    let proposal = one(ctx, unit, figures, key).await?;
    let tx = ctx.app.db.begin_write().await?;
    let row = issue_dismissal::Model {
        id: uuid::Uuid::now_v7(),
        unit_id: unit,
        proposal: proposal.key.clone(),
        weight: proposal.weight,
        reason: reason.clone(),
        by_id: ctx.person_id(),
        by_name: ctx
            .account()
            .map(|account| account.name.clone())
            .unwrap_or_default(),
        at: ctx.now,
    };
    store::dismiss(&tx, row).await?;
    let entry = audit::Entry::new("unit", unit.0, "issue.proposal_dismissed")
        .in_unit(unit)
        .with(serde_json::json!({ "proposal": proposal.key, "reason": reason }));
    audit::record(&tx, ctx, entry).await?;
    Ok(tx.commit().await?)
}
