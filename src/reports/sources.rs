//! How an action finds what it comes from: each kind is described by its own capability.

use std::collections::{BTreeSet, HashMap};

use futures::future::BoxFuture;

use crate::{
    access::{Ctx, Permission},
    action_plans::{PeopleLookup, SourceKind, SourceLookup, SourceRef},
    attendance,
    berita_acara::{self, AgreedPointId, MinutesFixed, Reason, ReasonLookup},
    complaints, follow_up,
    forums::{self, ForumInputId},
    invitations::pages::OthersToTell,
    issues::{self, ElementFigure, ElementFigures, IssueId, VoiceKind},
    minutes,
    organisation::{self, UnitId},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
    },
    registrations, surveys,
};

/// Given to the page of the invitation.
pub const OTHERS: OthersToTell = others;

fn others<'a>(ctx: &'a Ctx, forum: &'a forums::Forum) -> BoxFuture<'a, Result<Option<String>>> {
    Box::pin(async move {
        let untold = registrations::untold(&ctx.app.db, forum).await?;
        Ok(untold.text(ctx.locale()))
    })
}

/// Given to the routes of the action plan.
pub const SOURCES: SourceLookup = source;

fn source<'a>(ctx: &'a Ctx, kind: SourceKind, id: &'a str) -> BoxFuture<'a, Result<SourceRef>> {
    Box::pin(async move {
        match kind {
            SourceKind::Complaint => complaint(ctx, id).await,
            SourceKind::ForumInput => forum_input(ctx, id).await,
            SourceKind::AgreedPoint => agreed_point(ctx, id).await,
            SourceKind::SurveyElement => survey_element(ctx, id).await,
            SourceKind::Issue => issues::source_ref(ctx, id).await,
        }
    })
}

/// Given to the routes of the action plan and of issues.
pub const PEOPLE: PeopleLookup = people;

fn people<'a>(
    ctx: &'a Ctx,
    sources: &'a [(SourceKind, String)],
) -> BoxFuture<'a, Result<Vec<String>>> {
    Box::pin(async move {
        let db = &ctx.app.db;
        let mut names = Vec::new();
        for id in forums_behind(ctx, sources).await? {
            let forum = forums::by_id(db, id).await?;
            names.extend(attendance::names(db, &forum).await?);
        }
        Ok(names)
    })
}

/// The forums at which inputs and points came up, each once; an issue has them from its voices.
async fn forums_behind(
    ctx: &Ctx,
    sources: &[(SourceKind, String)],
) -> Result<BTreeSet<forums::ForumId>> {
    let db = &ctx.app.db;
    let mut inputs = Vec::new();
    let mut found = BTreeSet::new();
    for (kind, id) in sources {
        match kind {
            SourceKind::ForumInput => inputs.push(id.clone()),
            SourceKind::AgreedPoint => {
                let point = AgreedPointId::parse(id)?;
                found.extend(there(berita_acara::forum_of_point(db, point).await)?);
            }
            SourceKind::Issue => {
                let voices = issues::voices_named(db, IssueId::parse(id)?).await?;
                let heard = voices.into_iter();
                let heard = heard.filter(|(kind, _)| *kind == VoiceKind::ForumInput);
                inputs.extend(heard.map(|(_, id)| id));
            }
            SourceKind::Complaint | SourceKind::SurveyElement => {}
        }
    }
    for id in inputs {
        let input = there(forums::input(db, ForumInputId::parse(&id)?).await)?;
        found.extend(input.map(|input| input.forum_id));
    }
    Ok(found)
}

/// What a link leads to may have gone with a draft.
fn there<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Given to the page of the Berita Acara.
pub const MINUTES: MinutesFixed = minutes_fixed;

fn minutes_fixed(tx: &Tx, id: forums::ForumId) -> BoxFuture<'_, Result<bool>> {
    Box::pin(minutes::is_fixed(tx, id))
}

/// Given to the page of the Berita Acara.
pub const REASONS: ReasonLookup = reasons;

fn reasons<'a>(
    ctx: &'a Ctx,
    forum: &'a forums::Forum,
) -> BoxFuture<'a, Result<HashMap<AgreedPointId, Reason>>> {
    Box::pin(async move {
        let outcome = follow_up::outcome(&ctx.app.db, forum).await?;
        let points = outcome.points.into_iter();
        let stated = points.filter_map(|point| {
            let because_key = point.because_key();
            let text = point.stands_without()?.to_owned();
            Some((point.root, Reason { because_key, text }))
        });
        Ok(stated.collect())
    })
}

/// Given to the pages of issues.
pub const FIGURES: ElementFigures = figures;

/// The scores by which weak elements become proposals: those of the latest frozen period.
fn figures(ctx: &Ctx, unit: UnitId) -> BoxFuture<'_, Result<Vec<ElementFigure>>> {
    Box::pin(async move {
        let unit = organisation::unit(&ctx.app.db, unit).await?;
        let scores = surveys::results::latest_scores(ctx, &unit).await?;
        let figure = |score: surveys::results::LatestScore| ElementFigure {
            element: score.element,
            period: score.period,
            period_id: score.period_id,
            name: score.name,
            name_en: score.name_en,
            score: score.nrr,
        };
        Ok(scores.into_iter().map(figure).collect())
    })
}

/// By number or id.
async fn complaint(ctx: &Ctx, text: &str) -> Result<SourceRef> {
    complaints::find_source(ctx, text).await
}

/// An input belongs to its forum: who may not see that, does not find it.
async fn forum_input(ctx: &Ctx, id: &str) -> Result<SourceRef> {
    let input = forums::input(&ctx.app.db, ForumInputId::parse(id)?).await?;
    let forum = forums::get(ctx, input.forum_id, Permission::ViewForums).await?;
    // Kept with the link for everybody to read, in both languages.
    let label = |locale: Locale| {
        Message::new("forums-input-source")
            .with("code", &input.code)
            .with("day", forums::days::short_dates(&forum, locale))
            .text(locale)
    };
    let (english, label) = (label(Locale::En), label(Locale::Id));
    let href = format!("/kerja/forum/{}", forum.id);
    Ok(SourceRef {
        kind: SourceKind::ForumInput,
        id: input.id.to_string(),
        unit: Some(forum.unit_id),
        public_label: label.clone(),
        label_en: Some(english),
        label,
        href: Some(format!("{href}/masukan")),
        forum: Some((forum.title, href)),
        voices: Vec::new(),
    })
}

async fn agreed_point(ctx: &Ctx, id: &str) -> Result<SourceRef> {
    berita_acara::source_info(ctx, AgreedPointId::parse(id)?).await
}

/// `time`, or `time@` and the id of a survey period. The elements are the same for every unit: without a period the link
/// is made in the unit of the action.
async fn survey_element(ctx: &Ctx, named: &str) -> Result<SourceRef> {
    let (id, period) = named.split_once('@').unwrap_or((named, ""));
    let element = surveys::element(&ctx.app.db, id).await?;
    let period = match period {
        "" => None,
        id => Some(surveys::measured_period(ctx, id).await?),
    };
    let label = |locale: Locale| {
        let name = format!("{}: {}", element.label, element.name(locale));
        match &period {
            Some(period) => format!("{name} ({})", period.title),
            None => name,
        }
    };
    let (english, label) = (label(Locale::En), label(Locale::Id));
    Ok(SourceRef {
        kind: SourceKind::SurveyElement,
        id: element.id,
        unit: period.as_ref().map(|period| period.unit_id),
        public_label: label.clone(),
        label_en: Some(english),
        label,
        href: period.map(|period| format!("/kerja/survei/{}/hasil", period.id)),
        forum: None,
        voices: Vec::new(),
    })
}
