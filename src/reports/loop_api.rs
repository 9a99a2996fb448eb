//! `/api/v1/loop/gaps` and the chains: the loop seen across capabilities, for programs.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query as Param},
    payload::Json,
};

use super::{
    loop_chain::{self, OnAgenda},
    loop_gaps::{self, Gap, GapKind},
    loop_measured::ActionMeasured,
};
use crate::{
    access::{self, Permission, Token},
    action_plans::{self, ActionItemId, SourceKind, Status},
    issues::State,
    platform::web::{paging::Slice, tags::Tag},
    proving,
};

pub struct Api;

/// A loose end.
#[derive(Object)]
struct LoopGap {
    kind: GapKind,
    /// What it is known by: `RA-2026-01`, `I3`.
    code: String,
    title: String,
    /// Where it belongs, or since when, in the caller's language.
    note: String,
    /// Its page in the workspace.
    page: String,
}

impl From<Gap> for LoopGap {
    fn from(gap: Gap) -> Self {
        Self {
            kind: gap.kind,
            code: gap.code,
            title: gap.title,
            note: gap.note,
            page: gap.href,
        }
    }
}

/// How many of a kind.
#[derive(Object)]
struct LoopGapCount {
    kind: GapKind,
    count: i64,
}

/// The loose ends of a unit and year.
#[derive(Object)]
struct LoopGaps {
    /// Code of the unit.
    unit: String,
    year: i32,
    /// Every kind, also those of which there are none.
    counts: Vec<LoopGapCount>,
    /// In the order of the loop: voices first.
    items: Vec<LoopGap>,
    /// Send it as `cursor` to go on; absent at the end.
    next_cursor: Option<String>,
}

/// A link of a chain.
#[derive(Object)]
struct ChainLink {
    /// `complaint`, `forum_input`, `agreed_point`, `survey_element`, `issue`, `topic`.
    kind: String,
    id: String,
    label: String,
}

/// A forum on whose agenda it stood.
#[derive(Object)]
struct ChainForum {
    id: String,
    title: String,
    date: NaiveDate,
}

/// An issue in a chain.
#[derive(Object)]
struct ChainIssue {
    id: String,
    code: String,
    title: String,
    state: State,
    /// Why it was decided so.
    reason: Option<String>,
}

/// An action in a chain.
#[derive(Object)]
struct ChainAction {
    id: ActionItemId,
    code: String,
    title: String,
    status: Status,
    /// Percent.
    progress: i32,
    due_on: NaiveDate,
    /// Forwards: figures before and after; absent while the head has not verified it, or nothing can be measured.
    measured: Option<ActionMeasured>,
}

/// Something that shows what was done.
#[derive(Object)]
struct ChainProof {
    /// The local day on which it happened.
    on: NaiveDate,
    note: String,
    /// Files and links.
    pieces: i64,
}

/// An action with everything before and behind it.
#[derive(Object)]
struct ActionChain {
    action: ChainAction,
    /// Backwards: what it comes from.
    voices: Vec<ChainLink>,
    agendas: Vec<ChainForum>,
    /// Forwards: what shows it.
    proofs: Vec<ChainProof>,
    /// When the head agreed.
    verified_at: Option<DateTime<Utc>>,
}

/// A complaint with everything that came of it.
#[derive(Object)]
struct ComplaintChain {
    number: String,
    topics: Vec<ChainLink>,
    issues: Vec<ChainIssue>,
    agendas: Vec<ChainForum>,
    actions: Vec<ChainAction>,
}

impl From<OnAgenda> for ChainForum {
    fn from(forum: OnAgenda) -> Self {
        Self {
            id: forum.forum.to_string(),
            title: forum.title,
            date: forum.date,
        }
    }
}

impl From<action_plans::LinkedAction> for ChainAction {
    fn from(action: action_plans::LinkedAction) -> Self {
        Self {
            id: action.id,
            code: action.code,
            title: action.title,
            status: action.status,
            progress: action.progress,
            due_on: action.due_on,
            measured: None,
        }
    }
}

/// What leads here by several ways stands there once, where it comes first.
fn once(links: Vec<ChainLink>) -> Vec<ChainLink> {
    let mut seen = HashSet::new();
    let mut links = links;
    links.retain(|link| seen.insert((link.kind.clone(), link.id.clone())));
    links
}

#[OpenApi]
impl Api {
    /// What of the loop has not come to an end
    #[oai(
        path = "/loop/gaps",
        method = "get",
        operation_id = "listLoopGaps",
        tag = "Tag::Issues"
    )]
    async fn gaps(
        &self,
        Token(ctx): Token,
        /// Code of a unit; may be left out by who works in one only
        unit: Param<Option<String>>,
        /// The present year when left out
        year: Param<Option<i32>>,
        /// Only those of one kind; the counts stay those of all
        kind: Param<Option<GapKind>>,
        limit: Param<Option<u64>>,
        cursor: Param<Option<String>>,
    ) -> poem::Result<Json<LoopGaps>> {
        let code = unit.0.unwrap_or_default();
        let (unit, _) = access::working_in(&ctx, Permission::ViewIssues, &code).await?;
        let year = loop_gaps::year_of(&ctx, &unit, year.0)?;
        let slice = Slice::read(cursor.0.as_deref(), limit.0)?;
        let found = loop_gaps::read(&ctx, unit, year).await?;
        let (rows, next_cursor) = loop_gaps::part_of(&found.items, kind.0, &slice);
        let count = |kind| {
            let of = found.items.iter().filter(|gap| gap.kind == kind);
            i64::try_from(of.count()).unwrap_or(i64::MAX)
        };
        Ok(Json(LoopGaps {
            counts: found
                .kinds
                .iter()
                .copied()
                .map(|kind| LoopGapCount {
                    kind,
                    count: count(kind),
                })
                .collect(),
            unit: found.unit.code.clone(),
            year: found.year,
            items: rows.into_iter().cloned().map(LoopGap::from).collect(),
            next_cursor,
        }))
    }

    /// An action backwards to its voices and forwards to its proof
    #[oai(
        path = "/action-items/:id/chain",
        method = "get",
        operation_id = "getActionChain",
        tag = "Tag::ActionItems"
    )]
    async fn action(&self, Token(ctx): Token, id: Path<String>) -> poem::Result<Json<ActionChain>> {
        let chain = action_plans::chain_of(&ctx, ActionItemId::parse(&id.0)?).await?;
        let issues: Vec<String> = chain
            .sources
            .iter()
            .filter(|source| source.kind == SourceKind::Issue)
            .map(|source| source.source_id.clone())
            .collect();
        let agendas = loop_chain::agendas_of_action(&ctx, &chain.item, &issues).await?;
        let locale = ctx.locale();
        let mut voices: Vec<ChainLink> = Vec::new();
        for source in &chain.sources {
            voices.push(ChainLink {
                kind: source.kind.code(),
                id: source.source_id.clone(),
                label: source.label(locale).to_owned(),
            });
            // The inputs behind an agreed point.
            voices.extend(source.voices.0.iter().map(|voice| ChainLink {
                kind: voice.kind.code(),
                id: voice.id.clone(),
                label: voice.label.clone(),
            }));
        }
        let voices = once(voices);
        let proof = proving::proof_of(&ctx, &chain.item, &chain.sources).await?;
        Ok(Json(ActionChain {
            voices,
            agendas: agendas.into_iter().map(ChainForum::from).collect(),
            proofs: chain
                .proofs
                .into_iter()
                .map(|entry| ChainProof {
                    on: entry.happened_on,
                    note: entry.note,
                    pieces: i64::try_from(entry.files.0.len()).unwrap_or(i64::MAX),
                })
                .collect(),
            verified_at: chain.item.verified_at,
            action: ChainAction {
                measured: ActionMeasured::of(&proof, locale),
                ..chain.linked.into()
            },
        }))
    }

    /// A complaint with everything that came of it
    #[oai(
        path = "/complaints/:number/chain",
        method = "get",
        operation_id = "getComplaintChain",
        tag = "Tag::Complaints"
    )]
    async fn complaint(
        &self,
        Token(ctx): Token,
        number: Path<String>,
    ) -> poem::Result<Json<ComplaintChain>> {
        let chain = loop_chain::of_complaint(&ctx, &number.0).await?;
        let (measured, locale) = (chain.measured, ctx.locale());
        Ok(Json(ComplaintChain {
            number: chain.number,
            topics: chain
                .topics
                .into_iter()
                .map(|(id, label)| ChainLink {
                    kind: "topic".to_owned(),
                    id,
                    label,
                })
                .collect(),
            issues: chain
                .issues
                .into_iter()
                .map(|issue| ChainIssue {
                    id: issue.id.to_string(),
                    code: issue.code,
                    title: issue.title,
                    state: issue.state,
                    reason: issue.reason,
                })
                .collect(),
            agendas: chain.agendas.into_iter().map(ChainForum::from).collect(),
            actions: chain
                .actions
                .into_iter()
                .map(|action| ChainAction {
                    measured: measured
                        .get(&action.id)
                        .and_then(|proof| ActionMeasured::of(proof, locale)),
                    ..action.into()
                })
                .collect(),
        }))
    }
}
