//! What the complaints are about that an action answers, how many came in before and after it, and by what an action can
//! be measured at all.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;
use futures::future::BoxFuture;

use super::{
    rules::{self, Window, Windows},
    service::local,
};
use crate::{
    access::Ctx,
    action_plans::{
        self, ActionItem, ActionSource, ComplaintProof, MatterKind, Measurable, MeasureChoices,
        MeasureKind, Rate, SourceKind, Span,
    },
    complaints::{self, ComplaintId, Matter},
    issues::{self, IssueId, VoiceKind},
    organisation::UnitId,
    platform::error::{Error, Result},
    surveys,
};

/// Given to the page of an action, whose owners choose by what it is measured.
pub const CHOICES: MeasureChoices = choices;

fn choices<'a>(ctx: &'a Ctx, unit: UnitId) -> BoxFuture<'a, Result<Vec<Measurable>>> {
    Box::pin(measurable(ctx, unit))
}

/// The elements of the survey, and what complaints of a unit are told apart by.
async fn measurable(ctx: &Ctx, unit: UnitId) -> Result<Vec<Measurable>> {
    let db = &ctx.app.db;
    let locale = ctx.locale();
    let elements = surveys::elements(db).await?.into_iter();
    let mut all: Vec<Measurable> = elements
        .map(|one| Measurable {
            kind: MeasureKind::Element,
            name: format!("{}: {}", one.label, one.name(locale)),
            id: one.id,
        })
        .collect();
    let matters = complaints::matters_of_unit(db, unit).await?;
    for (kind, known) in [
        (MeasureKind::Category, matters.categories),
        (MeasureKind::Service, matters.services),
    ] {
        let known = known.into_iter();
        all.extend(known.map(|(id, name)| Measurable { kind, id, name }));
    }
    Ok(all)
}

/// What those who own an action chose to measure it by.
pub async fn chosen(ctx: &Ctx, item: &ActionItem, kind: MeasureKind) -> Result<Vec<String>> {
    let all = action_plans::measures_of(&ctx.app.db, item.id).await?;
    let of_kind = all.into_iter().filter(|(of, _)| *of == kind);
    Ok(of_kind.map(|(_, id)| id).collect())
}

/// The ids of the voices of one kind of an issue; none of an issue that is gone.
pub async fn issue_voices(
    ctx: &Ctx,
    source: &ActionSource,
    kind: VoiceKind,
) -> Result<Vec<String>> {
    let id = IssueId::parse(&source.source_id)?;
    let voices = match issues::voices_named(&ctx.app.db, id).await {
        Err(Error::NotFound) => return Ok(Vec::new()),
        voices => voices?,
    };
    let of_kind = voices.into_iter().filter(|(of, _)| *of == kind);
    Ok(of_kind.map(|(_, id)| id).collect())
}

/// The complaints behind an action, its own and those of its issues.
async fn complaints_behind(ctx: &Ctx, sources: &[ActionSource]) -> Result<Vec<ComplaintId>> {
    let mut ids = Vec::new();
    for source in sources {
        match source.kind {
            SourceKind::Complaint => ids.extend(ComplaintId::parse(&source.source_id)),
            SourceKind::Issue => {
                let voices = issue_voices(ctx, source, VoiceKind::Complaint).await?;
                ids.extend(voices.iter().filter_map(|id| ComplaintId::parse(id).ok()));
            }
            _ => {}
        }
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// The topics that issues behind an action stand for, beside those of single complaints.
async fn topics_behind(ctx: &Ctx, sources: &[ActionSource]) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|one| one.kind == SourceKind::Issue) {
        for id in issue_voices(ctx, source, VoiceKind::Topic).await? {
            match complaints::topic_named(&ctx.app.db, &id).await {
                Ok((_, title)) => found.push((id, title)),
                // Taken apart since: it says nothing more.
                Err(Error::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
    }
    Ok(found)
}

/// What the complaints are about that an action answers: what was chosen, and what its voices are about.
async fn matters_behind(
    ctx: &Ctx,
    item: &ActionItem,
    sources: &[ActionSource],
) -> Result<Vec<(MatterKind, Matter, Vec<String>)>> {
    let db = &ctx.app.db;
    let ids = complaints_behind(ctx, sources).await?;
    let mut known = complaints::matters_of(db, item.unit_id, &ids).await?;
    known.topics.extend(topics_behind(ctx, sources).await?);
    let chosen_categories = chosen(ctx, item, MeasureKind::Category).await?;
    let chosen_services = chosen(ctx, item, MeasureKind::Service).await?;
    let offered = complaints::matters_of_unit(db, item.unit_id).await?;
    let among = |all: Vec<(String, String)>, ids: Vec<String>| {
        all.into_iter().filter(move |(id, _)| ids.contains(id))
    };
    known
        .categories
        .extend(among(offered.categories, chosen_categories));
    known
        .services
        .extend(among(offered.services, chosen_services));
    // Each once, in the order of its name.
    let named = |pairs: Vec<(String, String)>| -> (Vec<String>, Vec<String>) {
        let once: BTreeSet<(String, String)> =
            pairs.into_iter().map(|(id, name)| (name, id)).collect();
        once.into_iter().map(|(name, id)| (id, name)).unzip()
    };
    let (topics, topic_names) = named(known.topics);
    let (categories, category_names) = named(known.categories);
    let (services, service_names) = named(known.services);
    let all = [
        (MatterKind::Topic, Matter::Topics(topics), topic_names),
        (
            MatterKind::Category,
            Matter::Categories(categories),
            category_names,
        ),
        (
            MatterKind::Service,
            Matter::Services(services),
            service_names,
        ),
    ];
    Ok(all
        .into_iter()
        .filter(|(.., names)| !names.is_empty())
        .collect())
}

/// Complaints of the same topics, categories and services, in two spans of the same length.
pub async fn complaints_about(
    ctx: &Ctx,
    (item, sources): (&ActionItem, &[ActionSource]),
    (verified, zone): (NaiveDate, Tz),
) -> Result<ComplaintProof> {
    let db = &ctx.app.db;
    let known = matters_behind(ctx, item, sources).await?;
    if known.is_empty() {
        return Ok(ComplaintProof::NoMatter);
    }
    let Some(first) = complaints::first_received(db, item.unit_id).await? else {
        return Ok(ComplaintProof::NeverAny);
    };
    let days = (local(item.created_at, zone), verified);
    let (before, after) = match rules::windows(days, ctx.today_in(zone), local(first, zone)) {
        Windows::TooSoon(day) => return Ok(ComplaintProof::TooSoon(day)),
        Windows::NoRecords(since) => return Ok(ComplaintProof::NoRecords(since)),
        Windows::Known { before, after } => (before, after),
    };
    let mut rates = Vec::new();
    for (kind, matter, names) in known {
        let mut spans = Vec::new();
        for window in [before, after] {
            let days = (window.from, window.to, zone);
            let count = complaints::received_about(db, item.unit_id, &matter, days).await?;
            spans.push(span(window, count));
        }
        let [before, after] =
            <[Span; 2]>::try_from(spans).map_err(|_| anyhow::anyhow!("two spans were counted"))?;
        rates.push(Rate {
            kind,
            names,
            before,
            after,
        });
    }
    Ok(ComplaintProof::Counted(rates))
}

fn span(window: Window, count: i64) -> Span {
    Span {
        from: window.from,
        to: window.to,
        days: window.days(),
        count,
        per_month: rules::per_month(count, window.days()),
    }
}
