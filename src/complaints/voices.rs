//! What the capability of issues may know of complaints: which are open, of which words, which a topic holds; and the way
//! in which a citizen hears what became of a voice.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{
    actions,
    emails::{self, Told},
    entity::ComplaintId,
    finding::words,
    knowing,
    rules::Status,
    store, viewing,
};
use crate::{
    access::Ctx,
    action_plans::{self, ActionItemId, SourceKind},
    audit,
    organisation::{self, UnitId},
    platform::{
        db::Tx,
        error::{Error, Result},
    },
};

/// An open complaint that is not confidential, and the stems of its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenVoice {
    pub id: ComplaintId,
    pub stems: Vec<String>,
}

/// The newest open complaints of a unit.
pub async fn open_voices(
    db: &impl ConnectionTrait,
    unit: UnitId,
    most: u64,
) -> Result<Vec<OpenVoice>> {
    let found = store::open_voices(db, unit, most).await?;
    Ok(found
        .into_iter()
        .map(|(id, subject)| OpenVoice {
            id,
            stems: words::of_text(&subject),
        })
        .collect())
}

/// The numbers of complaints by their ids, for who names or links what a rule found.
pub async fn numbers_of(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = &str>,
) -> Result<HashMap<String, String>> {
    let ids = ids.map(ComplaintId::parse).collect::<Result<Vec<_>>>()?;
    let found = store::numbers(db, ids).await?.into_iter();
    Ok(found.map(|(id, number)| (id.to_string(), number)).collect())
}

/// When a complaint came.
pub async fn received_at(db: &impl ConnectionTrait, id: &str) -> Result<DateTime<Utc>> {
    Ok(store::get(db, ComplaintId::parse(id)?).await?.received_at)
}

/// The latest complaints of a unit, for who fills a database: ids and numbers.
pub async fn latest(
    db: &impl ConnectionTrait,
    unit: UnitId,
    most: u64,
) -> Result<Vec<(String, String)>> {
    let found = store::some(db, unit, most).await?.into_iter();
    Ok(found.map(|(id, number)| (id.to_string(), number)).collect())
}

/// The topics in which a complaint stands: id and title. A title says what the complaint is about: none for who may not
/// read that.
pub async fn topics_of(ctx: &Ctx, id: &str) -> Result<Vec<(String, String)>> {
    let db = &ctx.app.db;
    let of = store::get(db, ComplaintId::parse(id)?).await?;
    match viewing::sight_of(ctx, &of, false).text {
        true => knowing::topics_of(db, &of).await,
        false => Ok(Vec::new()),
    }
}

/// The complaints of a topic, by their ids.
pub async fn voices_of_topic(db: &impl ConnectionTrait, topic: &str) -> Result<Vec<ComplaintId>> {
    knowing::voices_of_topic(db, topic).await
}

/// Links complaints to an action that answers them. Whoever decides about an issue need not be able to read the voices
/// in it: they were put there by somebody who could.
pub async fn answer_voices(
    tx: &Tx,
    ctx: &Ctx,
    action: ActionItemId,
    voices: &[ComplaintId],
) -> Result<()> {
    let ids: Vec<String> = voices.iter().map(ToString::to_string).collect();
    let known = action_plans::linked_to_many(tx, SourceKind::Complaint, &ids).await?;
    for id in voices {
        let mut actions = known.get(&id.to_string()).into_iter().flatten();
        if actions.any(|one| one.id == action) {
            continue;
        }
        let of = store::get(tx, *id).await?;
        actions::link(tx, ctx, &action.to_string(), &of).await?;
        let entry = audit::Entry::new("complaint", of.id.0, "complaint.linked")
            .in_unit(of.unit_id)
            .with(json!({ "action": action }));
        audit::record(tx, ctx, entry).await?;
    }
    Ok(())
}

/// What became of a voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoopNews {
    /// It stands on the agenda of a forum: which, and when.
    OnAgenda(String),
    /// An action was promised: its code and title.
    Promised(String),
    /// The action is done, and the head of the unit looked at the evidence.
    Kept(String),
    /// The action was given up: what, and why.
    GivenUp(String, String),
    /// It is linked with an action no more: its code and title.
    NotMeant(String),
    /// Nothing is done about it, and why.
    Refused(String),
    /// The same, after it was told before and looked at again.
    RefusedAgain(String),
    /// It is settled, and how.
    Resolved(String),
}

impl LoopNews {
    fn verb(&self) -> &'static str {
        match self {
            Self::OnAgenda(_) => "complaint.on_agenda",
            Self::Promised(_) => "complaint.promised",
            Self::Kept(_) => "complaint.promise_kept",
            Self::GivenUp(..) => "complaint.promise_given_up",
            Self::NotMeant(_) => "complaint.promise_not_meant",
            Self::Refused(_) | Self::RefusedAgain(_) => "complaint.issue_refused",
            Self::Resolved(_) => "complaint.issue_resolved",
        }
    }

    fn told(&self) -> Told<'static> {
        match self {
            Self::OnAgenda(_) => Told::OnAgenda,
            Self::Promised(_) => Told::Promised,
            Self::Kept(_) => Told::PromiseKept,
            Self::GivenUp(..) => Told::PromiseGivenUp,
            Self::NotMeant(_) => Told::PromiseNotMeant,
            Self::Refused(_) => Told::IssueRefused,
            Self::RefusedAgain(_) => Told::IssueRefusedAgain,
            Self::Resolved(_) => Told::IssueResolved,
        }
    }

    /// What the citizen reads on the status page.
    fn words(&self) -> String {
        match self {
            Self::OnAgenda(what)
            | Self::Promised(what)
            | Self::Kept(what)
            | Self::NotMeant(what) => what.clone(),
            Self::GivenUp(what, why) => format!("{what}\n{why}"),
            Self::Refused(words) | Self::RefusedAgain(words) | Self::Resolved(words) => {
                words.clone()
            }
        }
    }
}

/// Writes it into the history that the citizen reads, and sends the mail that they chose, if they chose one. Whoever
/// asks sees to it that it happens once.
pub async fn tell(tx: &Tx, ctx: &Ctx, id: ComplaintId, news: &LoopNews) -> Result<()> {
    let of = match store::get(tx, id).await {
        Ok(of) => of,
        Err(Error::NotFound) => return Ok(()),
        Err(other) => return Err(other),
    };
    // Who took the complaint back does not want to hear of it.
    if of.status == Status::Withdrawn {
        return Ok(());
    }
    let unit = organisation::unit(tx, of.unit_id).await?;
    let entry = audit::Entry::new("complaint", of.id.0, news.verb())
        .in_unit(of.unit_id)
        .with(json!({ "words": news.words() }));
    audit::record(tx, ctx, entry).await?;
    emails::news(tx, ctx, &of, &unit, news.told()).await
}
