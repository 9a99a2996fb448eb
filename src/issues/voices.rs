//! The voices of an issue: finding, linking and unlinking them.

use super::{
    entity::{
        IssueId, issue,
        issue_voice::{self, VoiceKind},
    },
    rules::{self, Broken},
    service::{self, for_change, record},
    store,
    telling::LinkVoices,
};
use crate::{
    access::{Ctx, Permission},
    action_plans::{self, SourceKind, SourceLookup},
    complaints::{self, ComplaintId},
    forums::{self, ProposalKind},
    organisation::{self, UnitId},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
    surveys::{self, SurveyPeriodId},
};

/// A voice as its own capability describes it at the moment of linking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceRef {
    pub kind: VoiceKind,
    pub id: String,
    /// The title of the survey's period; else empty.
    pub period: String,
    pub period_id: Option<SurveyPeriodId>,
    /// Left out by what is the same for every unit.
    pub unit: Option<UnitId>,
    pub label: String,
    pub label_en: Option<String>,
    pub href: Option<String>,
    pub forum: Option<(String, String)>,
}

/// The kind of the action's source that a voice becomes; a topic becomes its complaints.
#[must_use]
pub fn source_kind(kind: VoiceKind) -> Option<SourceKind> {
    match kind {
        VoiceKind::Complaint => Some(SourceKind::Complaint),
        VoiceKind::Topic => None,
        VoiceKind::ForumInput => Some(SourceKind::ForumInput),
        VoiceKind::SurveyElement => Some(SourceKind::SurveyElement),
    }
}

/// Finds a voice that the caller may see. An element is measured in a period of the unit's survey, named by its id.
pub async fn resolve(
    ctx: &Ctx,
    lookup: SourceLookup,
    (kind, id, period): (VoiceKind, &str, &str),
) -> Result<VoiceRef> {
    let Some(source) = source_kind(kind) else {
        return topic(ctx, id).await;
    };
    let measured = match (kind, period.trim()) {
        (VoiceKind::SurveyElement, "") => {
            return Err(Error::field("period", Message::new("field-choose")));
        }
        (VoiceKind::SurveyElement, period) => Some(surveys::measured_period(ctx, period).await?),
        _ => None,
    };
    let found = lookup(ctx, source, id).await?;
    // Only the number of a complaint is kept: its subject is anonymised in time, with the complaint.
    let label = match kind {
        VoiceKind::Complaint => first_part(&found.label),
        _ => found.label,
    };
    Ok(VoiceRef {
        kind,
        id: found.id,
        unit: measured
            .as_ref()
            .map(|period| period.unit_id)
            .or(found.unit),
        href: match &measured {
            Some(period) => Some(format!("/kerja/survei/{}/hasil", period.id)),
            None => found.href,
        },
        period_id: measured.as_ref().map(|period| period.id),
        period: measured.map(|period| period.title).unwrap_or_default(),
        label,
        label_en: found.label_en,
        forum: found.forum,
    })
}

/// Several of them, as a program names them; each that nobody knows, or that misses something, is a fault by its place.
pub async fn resolve_all(
    ctx: &Ctx,
    lookup: SourceLookup,
    named: &[(VoiceKind, &str, &str)],
) -> Result<Vec<VoiceRef>> {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for (at, voice) in named.iter().enumerate() {
        let of_voice = match resolve(ctx, lookup, *voice).await {
            Ok(one) => {
                found.push(one);
                continue;
            }
            Err(Error::NotFound) => Error::field("id", Message::new("action-source-unknown")),
            Err(error) => error,
        };
        match of_voice.renamed(|field| format!("voices[{at}].{field}")) {
            Error::Invalid(more) => faults.extend(more),
            other => return Err(other),
        }
    }
    if faults.is_empty() {
        Ok(found)
    } else {
        Err(Error::Invalid(faults))
    }
}

/// `ADU-2026-000013 · Antrean` → `ADU-2026-000013`.
fn first_part(label: &str) -> String {
    label.split(" · ").next().unwrap_or_default().to_owned()
}

async fn topic(ctx: &Ctx, id: &str) -> Result<VoiceRef> {
    let (unit, title) = complaints::topic_named(&ctx.app.db, id).await?;
    if !ctx.may(Permission::ViewIssues, unit) {
        return Err(Error::NotFound);
    }
    Ok(VoiceRef {
        kind: VoiceKind::Topic,
        id: id.to_owned(),
        period: String::new(),
        period_id: None,
        unit: Some(unit),
        label: title,
        label_en: None,
        href: Some(format!("/kerja/pengaduan/topik/{id}")),
        forum: None,
    })
}

/// Links a voice. Twice is the same as once. What the issue itself led to is not a voice of it.
pub async fn put(tx: &Tx, ctx: &Ctx, of: &issue::Model, voice: VoiceRef) -> Result<bool> {
    if voice.unit.is_some_and(|unit| unit != of.unit_id) {
        return Err(Broken::OtherUnit.into());
    }
    if voice.kind == VoiceKind::ForumInput {
        let came_of = came_of(tx, of).await?;
        let named = format!("forum_input:{}", voice.id);
        if rules::closes_circle(&came_of, &named, &format!("issue:{}", of.id)) {
            return Err(Broken::Circle.into());
        }
    }
    let (kind, id, label) = (voice.kind, voice.id.clone(), voice.label.clone());
    let (forum, forum_href) = voice.forum.unzip();
    let row = issue_voice::Model {
        id: uuid::Uuid::now_v7(),
        unit_id: of.unit_id,
        issue_id: of.id,
        kind: voice.kind,
        source_id: voice.id,
        period: voice.period,
        period_id: voice.period_id,
        label: voice.label,
        label_en: voice.label_en,
        href: voice.href,
        forum,
        forum_href,
        created_at: ctx.now,
    };
    if !store::insert_voice(tx, row).await? {
        return Ok(false);
    }
    let data = serde_json::json!({ "kind": kind, "voice": id, "label": label });
    record(tx, ctx, of, "issue.voice_linked", data).await?;
    Ok(true)
}

/// What came of an issue so far: its place on agendas and its actions, their places on agendas, and what was said there.
async fn came_of(tx: &Tx, of: &issue::Model) -> Result<Vec<(String, String)>> {
    let mut edges = Vec::new();
    let issue = (format!("issue:{}", of.id), of.id.to_string());
    let mut sources = vec![(issue.0.clone(), ProposalKind::Issue, issue.1.clone())];
    for action in action_plans::linked_to(tx, SourceKind::Issue, &issue.1).await? {
        let node = format!("action:{}", action.id);
        edges.push((issue.0.clone(), node.clone()));
        sources.push((node, ProposalKind::Action, action.id.to_string()));
    }
    for (node, kind, id) in sources {
        let agendas = forums::agendas_from(tx, of.unit_id, kind, &id).await?;
        let items: Vec<_> = agendas.iter().map(|agenda| agenda.agenda_id).collect();
        for item in &items {
            edges.push((node.clone(), format!("agenda:{item}")));
        }
        for input in forums::inputs_at(tx, &items).await? {
            if let Some(item) = input.agenda_id {
                edges.push((
                    format!("agenda:{item}"),
                    format!("forum_input:{}", input.id),
                ));
            }
        }
    }
    Ok(edges)
}

/// Links a voice to an issue that somebody sees; false where it stood there already. One that comes while actions run is
/// answered by them too.
pub async fn link(ctx: &Ctx, id: IssueId, voice: VoiceRef) -> Result<bool> {
    let tx = ctx.app.db.begin_write().await?;
    let of = for_change(&tx, ctx, id, None, Permission::ManageIssues).await?;
    let fresh = put(&tx, ctx, &of, voice.clone()).await?;
    if fresh && of.state == rules::State::InAction {
        for action in action_plans::linked_to(&tx, SourceKind::Issue, &id.to_string()).await? {
            if !action.is_settled() {
                service::answer(&tx, ctx, action.id, &voice).await?;
                let person = ctx.person_id().ok_or(Error::Unauthenticated)?;
                LinkVoices::begin(&tx, ctx, &of, (action.id, person)).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(fresh)
}

/// Takes a voice away; the history keeps that it was there, and what was promised to it stays promised. Of an issue that is
/// over they stand as they were when those who raised it heard the end: else their chain would lead nowhere.
pub async fn unlink(ctx: &Ctx, id: IssueId, row: uuid::Uuid) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let of = for_change(&tx, ctx, id, None, Permission::ManageIssues).await?;
    let voices = store::voices(&tx, &of).await?;
    let Some(voice) = voices.into_iter().find(|voice| voice.id == row) else {
        return Ok(());
    };
    if !of.state.is_alive() {
        return Err(Broken::VoicesStand.into());
    }
    store::delete_voice(&tx, &of, row).await?;
    let data =
        serde_json::json!({ "kind": voice.kind, "voice": voice.source_id, "label": voice.label });
    record(&tx, ctx, &of, "issue.voice_unlinked", data).await?;
    Ok(tx.commit().await?)
}

/// The complaints behind the voices of an issue, each once, by their ids.
pub async fn complaints_of(
    db: &impl sea_orm::ConnectionTrait,
    of: &issue::Model,
) -> Result<Vec<ComplaintId>> {
    let mut found = Vec::new();
    for voice in store::voices(db, of).await? {
        match voice.kind {
            VoiceKind::Complaint => found.extend(ComplaintId::parse(&voice.source_id)),
            VoiceKind::Topic => {
                // A topic may be gone; what it held then is not known any more.
                match complaints::voices_of_topic(db, &voice.source_id).await {
                    Ok(ids) => found.extend(ids),
                    Err(Error::NotFound) => {}
                    Err(other) => return Err(other),
                }
            }
            VoiceKind::ForumInput | VoiceKind::SurveyElement => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Something that a search offers to link.
#[derive(Clone, Debug)]
pub struct Found {
    pub kind: VoiceKind,
    /// As linking names it: of a complaint its number.
    pub id: String,
    /// As a voice keeps it.
    pub source: String,
    pub label: String,
    pub text: String,
    /// The periods in which an element was measured: id and title, the latest first.
    pub periods: Vec<(String, String)>,
}

/// Of each kind at most so many.
const MOST: usize = 10;
/// Inputs of a unit are few; the words are looked for in the newest of them.
const NEWEST_INPUTS: u64 = 500;

/// What a search for voices of a unit finds among what the caller may see.
pub async fn find(ctx: &Ctx, unit: UnitId, words: &str) -> Result<Vec<Found>> {
    let wanted = words.trim().to_lowercase();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let has = |text: &str| {
        let text = text.to_lowercase();
        wanted.split_whitespace().all(|word| text.contains(word))
    };
    let db = &ctx.app.db;
    let mut found = Vec::new();
    if ctx.may(Permission::ViewComplaints, unit) {
        let code = organisation::unit(db, unit).await?.code;
        let rows = complaints::find(ctx, words, Some(&code), 10).await?;
        found.extend(rows.into_iter().map(|row| Found {
            kind: VoiceKind::Complaint,
            id: row.number.clone(),
            source: row.id.to_string(),
            label: row.number,
            text: row.subject.unwrap_or_default(),
            periods: Vec::new(),
        }));
    }
    let topics = complaints::topic_figures(ctx, unit).await?.into_iter();
    let topics = topics.filter(|topic| has(&topic.title)).take(MOST);
    found.extend(topics.map(|topic| Found {
        kind: VoiceKind::Topic,
        source: topic.id.clone(),
        id: topic.id,
        label: topic.title,
        text: String::new(),
        periods: Vec::new(),
    }));
    if ctx.may(Permission::ViewForums, unit) {
        let inputs = forums::inputs_of_unit(db, unit, NEWEST_INPUTS).await?;
        let inputs = inputs
            .into_iter()
            .filter(|input| has(&input.text) || input.code.to_lowercase() == wanted);
        found.extend(inputs.take(MOST).map(|input| Found {
            kind: VoiceKind::ForumInput,
            id: input.id.to_string(),
            source: input.id.to_string(),
            label: input.code,
            text: input.text,
            periods: Vec::new(),
        }));
    }
    let locale = ctx.locale();
    let periods = surveys::measured(db, unit).await?.into_iter();
    let periods: Vec<(String, String)> = periods
        .map(|period| (period.id.to_string(), period.title))
        .collect();
    let elements = surveys::elements(db).await?.into_iter();
    // What was never measured says nothing.
    let elements =
        elements.filter(|one| !periods.is_empty() && (has(one.name(locale)) || has(&one.label)));
    found.extend(elements.map(|one| Found {
        kind: VoiceKind::SurveyElement,
        label: format!("{}: {}", one.label, one.name(locale)),
        source: one.id.clone(),
        id: one.id,
        text: String::new(),
        periods: periods.clone(),
    }));
    Ok(found)
}
