//! Finds the measurements of actions. What is read here is told to everybody on the page of a promise, so nobody is
//! asked who they are; the pages withhold what is too small.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use futures::future::BoxFuture;

use super::{
    matters::{chosen, complaints_about, issue_voices},
    rules,
};
use crate::{
    access::Ctx,
    action_plans::{
        self, ActionItem, ActionItemId, ActionSource, ElementProof, Later, LinkedAction,
        MeasureKind, Proof, ProofLookup, Score, SourceKind, Status,
    },
    forums::{self, ForumInputId},
    issues::VoiceKind,
    organisation::{self, Unit},
    platform::error::{Error, Result},
    surveys::results::{self, Compared, Comparisons, SurveyResult},
};

/// Given to the pages of actions and promises.
pub const PROOFS: ProofLookup = proofs;
/// Given to the results of the survey.
pub const COMPARISONS: Comparisons = comparisons;

fn proofs<'a>(
    ctx: &'a Ctx,
    item: &'a ActionItem,
    sources: &'a [ActionSource],
) -> BoxFuture<'a, Result<Proof>> {
    Box::pin(proof_of(ctx, item, sources))
}

fn comparisons<'a>(
    ctx: &'a Ctx,
    unit: &'a Unit,
    now: &'a SurveyResult,
) -> BoxFuture<'a, Result<Vec<Compared>>> {
    Box::pin(async move {
        let found = measured_by(ctx, unit, now).await?;
        Ok(found.into_iter().map(|(_, compared)| compared).collect())
    })
}

/// The frozen results of a unit: read once for all of its actions.
pub struct Measures {
    zone: Tz,
    /// The latest first.
    results: Vec<SurveyResult>,
}

impl Measures {
    pub async fn of(ctx: &Ctx, unit: &Unit) -> Result<Self> {
        Ok(Self {
            zone: organisation::zone_of(unit)?,
            results: results::frozen_results(ctx, unit).await?,
        })
    }

    /// The elements behind an action before and after it, by its sources and by those that were chosen; none while the
    /// head has not verified it.
    pub async fn elements(
        &self,
        ctx: &Ctx,
        (item, sources): (&ActionItem, &[ActionSource]),
        chosen: Vec<String>,
    ) -> Result<Vec<ElementProof>> {
        let Some(verified) = verified_on(item, self.zone) else {
            return Ok(Vec::new());
        };
        let days = (local(item.created_at, self.zone), verified);
        let ids = elements_of(ctx, chosen, sources).await?;
        let elements = ids.iter();
        Ok(elements
            .filter_map(|id| element(id, &self.results, days))
            .collect())
    }
}

/// The local day on which the head agreed that it was done.
fn verified_on(item: &ActionItem, zone: Tz) -> Option<NaiveDate> {
    let at = item.verified_at.filter(|_| item.status == Status::Verified);
    at.map(|at| local(at, zone))
}

/// What the figures say about an action. One that the head has not verified is measured against nothing.
pub async fn proof_of(ctx: &Ctx, item: &ActionItem, sources: &[ActionSource]) -> Result<Proof> {
    let unit = organisation::unit(&ctx.app.db, item.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let Some(verified) = verified_on(item, zone) else {
        return Ok(Proof::default());
    };
    let measures = Measures::of(ctx, &unit).await?;
    let chosen = chosen(ctx, item, MeasureKind::Element).await?;
    Ok(Proof {
        elements: measures.elements(ctx, (item, sources), chosen).await?,
        complaints: complaints_about(ctx, (item, sources), (verified, zone)).await?,
    })
}

pub fn local(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The elements that were chosen, and those that the sources lead to: named themselves, in an issue, or by an input of a
/// forum, also one that an agreed point answers. Each once.
async fn elements_of(
    ctx: &Ctx,
    chosen: Vec<String>,
    sources: &[ActionSource],
) -> Result<Vec<String>> {
    let mut found = chosen;
    let mut inputs: Vec<&str> = Vec::new();
    for source in sources {
        match source.kind {
            SourceKind::SurveyElement => found.push(source.source_id.clone()),
            SourceKind::ForumInput => inputs.push(&source.source_id),
            SourceKind::Issue => {
                found.extend(issue_voices(ctx, source, VoiceKind::SurveyElement).await?)
            }
            SourceKind::AgreedPoint => {
                let behind = source.voices.0.iter();
                let behind = behind.filter(|voice| voice.kind == SourceKind::ForumInput);
                inputs.extend(behind.map(|voice| voice.id.as_str()));
            }
            SourceKind::Complaint => {}
        }
    }
    for id in inputs {
        let input = match forums::input(&ctx.app.db, ForumInputId::parse(id)?).await {
            // Taken out of the record since: it led here, and says nothing more.
            Err(Error::NotFound) => continue,
            input => input?,
        };
        found.extend(input.element);
    }
    let mut once = Vec::new();
    for id in found {
        if !once.contains(&id) {
            once.push(id);
        }
    }
    Ok(once)
}

/// An element in the frozen periods on both sides; `results` has the latest first. None where no period asked it.
fn element(
    id: &str,
    results: &[SurveyResult],
    days: (NaiveDate, NaiveDate),
) -> Option<ElementProof> {
    let asked = results.iter().filter(|one| score(one, id).is_some());
    let asked: Vec<&SurveyResult> = asked.collect();
    let periods: Vec<_> = asked
        .iter()
        .map(|one| (one.opens_on, one.closes_on))
        .collect();
    let like = |one: usize, other: usize| results::unlike(asked[one], asked[other]).is_empty();
    let sides = rules::sides(&periods, days, like);
    let before = sides.before.map(|place| asked[place]);
    let after = sides.after.into_iter();
    let after: Vec<Later> = after
        .filter_map(|place| later(id, before, asked[place]))
        .collect();
    let named = asked.first()?.elements.iter().find(|one| one.id == id)?;
    Some(ElementProof {
        id: id.to_owned(),
        name_id: named.name_id.clone(),
        name_en: named.name_en.clone(),
        before: before.and_then(|one| score(one, id)),
        after,
    })
}

fn score(result: &SurveyResult, id: &str) -> Option<Score> {
    let element = result.elements.iter().find(|one| one.id == id)?;
    let withheld = element.answers < result.minimum_answers;
    Some(Score {
        period: result.id.clone(),
        title: result.title.clone(),
        opens_on: result.opens_on,
        closes_on: result.closes_on,
        label: element.label.clone(),
        answers: element.answers,
        withheld,
        nrr: element.nrr.clone().filter(|_| !withheld),
        index: rules::index(&element.counts).filter(|_| !withheld),
    })
}

fn later(id: &str, before: Option<&SurveyResult>, now: &SurveyResult) -> Option<Later> {
    let unlike = match before {
        Some(before) => results::unlike(now, before),
        None => Vec::new(),
    };
    let score_now = score(now, id)?;
    let score_before = before.and_then(|before| score(before, id));
    let change = match (score_before.and_then(|one| one.nrr), &score_now.nrr) {
        (Some(before), Some(now)) if unlike.is_empty() => rules::change(&before, now),
        _ => None,
    };
    Some(Later {
        score: score_now,
        change,
        unlike: unlike.into_iter().map(|why| why.key()).collect(),
    })
}

/// The actions that a frozen result measures for the first time: verified since the frozen period before it began, and
/// before this one did.
pub async fn measured_by(
    ctx: &Ctx,
    unit: &Unit,
    now: &SurveyResult,
) -> Result<Vec<(ActionItem, Compared)>> {
    let measures = Measures::of(ctx, unit).await?;
    let mut earlier = measures.results.iter();
    let before = earlier.find(|one| results::precedes(one.closes_on, now.opens_on));
    let Some(before) = before else {
        return Ok(Vec::new());
    };
    let zone = measures.zone;
    let span = (begins(before.opens_on, zone), begins(now.opens_on, zone));
    let db = &ctx.app.db;
    let items = action_plans::verified_between(db, unit.id, span).await?;
    let ids: Vec<ActionItemId> = items.iter().map(|item| item.id).collect();
    let sources = action_plans::sources_of_items(db, &ids).await?;
    let mut by_action = action_plans::measures_in(db, unit.id, MeasureKind::Element).await?;
    let mut found = Vec::new();
    for item in items {
        let chosen = by_action.remove(&item.id).unwrap_or_default();
        let own = sources.iter().filter(|source| source.action_id == item.id);
        let own: Vec<ActionSource> = own.cloned().collect();
        let mut elements = measures.elements(ctx, (&item, &own), chosen).await?;
        // The first that began after it was verified, as its own page has them in order.
        for one in &mut elements {
            one.after.truncate(1);
        }
        elements.retain(|one| {
            let first = one.after.first();
            one.before.is_some() && first.is_some_and(|first| first.score.period == now.id)
        });
        if !elements.is_empty() {
            let action = LinkedAction::of(item.clone());
            found.push((item, Compared { action, elements }));
        }
    }
    Ok(found)
}

/// The first moment of a local day.
fn begins(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    zone.from_local_datetime(&midnight)
        .earliest()
        .map_or_else(|| midnight.and_utc(), |at| at.to_utc())
}
