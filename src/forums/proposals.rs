//! An item of the agenda that was proposed from complaints or from an action, with the link kept.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;

use super::{
    AgendaIn, AgendaSource, Forum, ForumId, Programme, ProposalKind, TeamIn, agenda_times,
    concept_store, days,
    entity::forum,
    service::{get, may_edit, write_programme},
    store, usual_agenda,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
    },
};

/// How long a proposed item takes at first.
const MINUTES: i64 = 30;

/// What is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub kind: ProposalKind,
    /// Code of the service, empty where none is named; or id of the action.
    pub source_id: String,
    pub label: String,
    pub count: i32,
    /// The wording of the agenda; it can be changed there.
    pub activity: String,
}

impl AgendaSource {
    /// Where the source is read; complaints about a service are no single page.
    #[must_use]
    pub fn href(&self) -> Option<String> {
        match self.kind {
            ProposalKind::Action => Some(format!("/kerja/rencana-aksi/{}", self.source_id)),
            ProposalKind::Topic => Some(format!("/kerja/pengaduan/topik/{}", self.source_id)),
            ProposalKind::Issue => Some(format!("/kerja/isu/{}", self.source_id)),
            ProposalKind::Complaints => None,
        }
    }

    /// "4 pengaduan terbuka: Kartu Keluarga".
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        let key = match self.kind {
            ProposalKind::Complaints if self.label.is_empty() => "forums-source-complaints-other",
            ProposalKind::Complaints => "forums-source-complaints",
            ProposalKind::Topic => "forums-source-topic",
            ProposalKind::Action => "forums-source-action",
            ProposalKind::Issue => "forums-source-issue",
        };
        Message::new(key)
            .with("count", self.count)
            .with("label", &self.label)
            .text(locale)
    }
}

/// Puts a proposal into the agenda, before what closes the day. The same one twice is one item.
pub async fn propose(ctx: &Ctx, id: ForumId, proposal: Proposal) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    propose_in(&tx, ctx, id, proposal).await?;
    Ok(tx.commit().await?)
}

/// The same as part of a use case that also notes it elsewhere; tells whether it was not there before.
pub async fn propose_in(tx: &Tx, ctx: &Ctx, id: ForumId, proposal: Proposal) -> Result<bool> {
    get(ctx, id, Permission::ManageForum).await?;
    let forum = store::hold(tx, id).await?;
    may_edit(&forum)?;
    let known = concept_store::agenda_sources(tx, &forum).await?;
    let same =
        |one: &AgendaSource| one.kind == proposal.kind && one.source_id == proposal.source_id;
    if known.iter().any(same) {
        return Ok(false);
    }
    let mut programme = as_written(tx, &forum).await?;
    let length = TimeDelta::minutes(MINUTES);
    let agenda = &mut programme.agenda;
    let first = usual_agenda::discussion_starts(days::first_day(&forum))?;
    let place = agenda_times::insert_before_closing(agenda, first, length, proposal.activity);
    let Some(place) = place else {
        let message = Message::new("forums-proposal-past-midnight");
        return Err(Error::rule("forum.past_midnight", message));
    };
    // The version counts up: whoever edits the agenda now is told.
    let row = forum::ActiveModel {
        stage: Set(forum.stage),
        ..Default::default()
    };
    store::save(tx, row, &forum).await?;
    write_programme(tx, &forum, programme).await?;
    let mut written = store::agenda(tx, &forum).await?.into_iter();
    let added = written.nth(place).ok_or(Error::NotFound)?;
    let source = AgendaSource {
        id: uuid::Uuid::now_v7(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        agenda_id: added.id,
        kind: proposal.kind,
        source_id: proposal.source_id,
        label: proposal.label,
        count: proposal.count,
        created_at: ctx.now,
    };
    concept_store::insert_source(tx, source).await?;
    let entry = audit::Entry::new("forum", id.0, "forum.proposal_taken")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "activity": added.activity }));
    audit::record(tx, ctx, entry).await?;
    Ok(true)
}

async fn as_written(tx: &Tx, forum: &Forum) -> Result<Programme> {
    let team = store::team(tx, forum).await?.into_iter();
    let agenda = store::agenda(tx, forum).await?.into_iter();
    Ok(Programme {
        team: team
            .map(|one| TeamIn {
                name: one.name,
                role: one.role,
                person: one.person_id,
            })
            .collect(),
        agenda: agenda
            .map(|item| AgendaIn {
                id: Some(item.id),
                day: item.day,
                starts: item.starts,
                ends: item.ends,
                activity: item.activity,
                person_in_charge: item.person_in_charge,
            })
            .collect(),
        neutrality_note: None,
    })
}
