//! What became of a forum, read once for the follow-up page, the public page and the rule of closing.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;

use super::{
    rules::{self, Closing, Gap},
    store,
};
use crate::{
    action_plans::{self, ActionItemId, LinkedAction, SourceKind, Status},
    berita_acara::{self, AgreedPointId, PublicPoint},
    forums::{self, Forum, ForumId, ForumInputId},
    minutes,
    platform::error::Result,
};

/// A forum's points, inputs and actions.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The record of what was agreed is in force.
    pub has_record: bool,
    /// The minutes were submitted and are not approved.
    pub minutes_wait: bool,
    pub points: Vec<PointOutcome>,
    pub actions: Vec<ActionOutcome>,
    /// What each input led to; inputs that led to nothing are absent.
    pub inputs: HashMap<ForumInputId, Vec<LinkedAction>>,
}

#[derive(Clone, Debug)]
pub struct PointOutcome {
    pub id: AgreedPointId,
    pub root: AgreedPointId,
    pub number: i32,
    pub text: String,
    /// What it answers.
    pub inputs: Vec<ForumInputId>,
    pub actions: Vec<LinkedAction>,
    /// Why it has no action, and the version of that sentence. Version 0 is the reason for which its only action was
    /// cancelled: nobody types it twice.
    pub reason: Option<(String, i32)>,
}

impl PointOutcome {
    /// Cancelled actions answer nothing.
    #[must_use]
    pub fn has_action(&self) -> bool {
        let mut actions = self.actions.iter();
        actions.any(|action| action.status != Status::Cancelled)
    }

    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.has_action() && self.reason.is_none()
    }

    /// Why nothing is done, while nothing is: an action that was made afterwards answers the point.
    #[must_use]
    pub fn stands_without(&self) -> Option<&str> {
        let reason = self.reason.as_ref().map(|(reason, _)| reason.as_str());
        reason.filter(|_| !self.has_action())
    }

    /// Key of the words before the reason: a cancelled action is no point that needs none.
    #[must_use]
    pub fn because_key(&self) -> &'static str {
        match self.reason {
            Some((_, 0)) => "follow-up-cancelled-so",
            _ => "follow-up-no-action-because",
        }
    }
}

#[derive(Clone, Debug)]
pub struct ActionOutcome {
    pub action: LinkedAction,
    pub carried: Option<Carried>,
    pub cancel_reason: Option<String>,
    /// What makes it likely to be forgotten; of those that answer a point and are not settled.
    pub gaps: Vec<Gap>,
}

impl ActionOutcome {
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.action.is_settled() && self.goes_on_in().is_none()
    }

    /// The forum in which it goes on, if that takes place.
    #[must_use]
    pub fn goes_on_in(&self) -> Option<&Carried> {
        let carried = self.carried.as_ref();
        carried.filter(|carried| carried.cancelled.is_none())
    }

    /// The cancelled forum in which it was to go on, as long as something of it is left to do.
    #[must_use]
    pub fn stranded_in(&self) -> Option<&Carried> {
        let carried = self.carried.as_ref();
        carried.filter(|carried| carried.cancelled.is_some() && !self.action.is_settled())
    }
}

/// The forum in which an action goes on.
#[derive(Clone, Debug)]
pub struct Carried {
    pub forum: ForumId,
    pub title: String,
    /// It does not take place: why.
    pub cancelled: Option<String>,
}

impl Outcome {
    #[must_use]
    pub fn closing(&self) -> Closing {
        let points = self.points.iter().filter(|point| point.is_open());
        let actions = self.actions.iter().filter(|one| one.is_open());
        Closing {
            has_record: self.has_record,
            open_points: points.map(|point| point.number).collect(),
            open_actions: actions.map(|one| one.action.code.clone()).collect(),
            minutes_wait: self.minutes_wait,
        }
    }
}

pub async fn outcome(db: &impl ConnectionTrait, forum: &Forum) -> Result<Outcome> {
    let record = berita_acara::public_record(db, forum).await?;
    let reasons = store::reasons(db, forum).await?;
    let has_record = record.is_some();
    let mut inputs = inputs_of(db, forum).await?;
    for point in record.iter().flat_map(|record| &record.points) {
        through(point, &mut inputs);
    }
    let dropped = record.iter().flat_map(|record| record.dropped.clone());
    let dropped: Vec<LinkedAction> = dropped.collect();
    let mut points: Vec<PointOutcome> = record
        .map(|record| record.points)
        .unwrap_or_default()
        .into_iter()
        .map(|point| PointOutcome {
            reason: reasons
                .iter()
                .find(|reason| reason.point_root == point.root)
                .map(|reason| (reason.reason.clone(), reason.version)),
            id: point.id,
            root: point.root,
            number: point.number,
            text: point.text,
            inputs: point.inputs,
            actions: point.actions,
        })
        .collect();
    let mut linked: Vec<LinkedAction> = points
        .iter()
        .flat_map(|point| &point.actions)
        .chain(inputs.values().flatten())
        .chain(&dropped)
        .cloned()
        .collect();
    linked.sort_by(|a, b| a.code.cmp(&b.code));
    linked.dedup_by_key(|action| action.id);
    let mut gaps = gaps_of(db, forum, &points).await?;
    let mut carried = carried_of(db, forum).await?;
    let mut actions = Vec::with_capacity(linked.len());
    for action in linked {
        let cancel_reason = match action.status {
            Status::Cancelled => action_plans::cancel_reason(db, action.id).await?,
            _ => None,
        };
        actions.push(ActionOutcome {
            carried: carried.remove(&action.id),
            gaps: gaps.remove(&action.id).unwrap_or_default(),
            cancel_reason,
            action,
        });
    }
    for point in points.iter_mut().filter(|point| point.is_open()) {
        point.reason = given_up(point, &actions).map(|words| (words, 0));
    }
    Ok(Outcome {
        has_record,
        minutes_wait: minutes::waits(db, forum.id).await?,
        points,
        actions,
        inputs,
    })
}

/// Why the actions of a point were cancelled, each reason once; none where one of them was given up without a word.
fn given_up(point: &PointOutcome, actions: &[ActionOutcome]) -> Option<String> {
    let reason = |linked: &LinkedAction| {
        let mut actions = actions.iter();
        let own = actions.find(|one| one.action.id == linked.id)?;
        own.cancel_reason
            .clone()
            .filter(|words| !words.trim().is_empty())
    };
    let mut reasons: Vec<String> = Vec::new();
    for linked in &point.actions {
        let words = reason(linked)?;
        if !reasons.contains(&words) {
            reasons.push(words);
        }
    }
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// What the actions lack that answer points and are still to be done.
async fn gaps_of(
    db: &impl ConnectionTrait,
    forum: &Forum,
    points: &[PointOutcome],
) -> Result<HashMap<ActionItemId, Vec<Gap>>> {
    let promised = points.iter().flat_map(|point| &point.actions);
    let promised: HashMap<ActionItemId, &LinkedAction> = promised
        .filter(|action| !action.is_settled())
        .map(|action| (action.id, action))
        .collect();
    let ids: Vec<ActionItemId> = promised.keys().copied().collect();
    let backings = action_plans::backings(db, &ids).await?.into_iter();
    let found = backings.filter_map(|one| {
        let due = promised.get(&one.id)?.due_on;
        let gaps = rules::gaps(one.has_owner, one.budget_year, due, forum.date);
        Some((one.id, gaps))
    });
    Ok(found.collect())
}

/// What a point led to answers the inputs behind it.
fn through(point: &PublicPoint, inputs: &mut HashMap<ForumInputId, Vec<LinkedAction>>) {
    if point.actions.is_empty() {
        return;
    }
    for input in &point.inputs {
        let actions = inputs.entry(*input).or_default();
        for action in &point.actions {
            if !actions.iter().any(|there| there.id == action.id) {
                actions.push(action.clone());
            }
        }
    }
}

async fn inputs_of(
    db: &impl ConnectionTrait,
    forum: &Forum,
) -> Result<HashMap<ForumInputId, Vec<LinkedAction>>> {
    let inputs = forums::inputs(db, forum).await?;
    let ids: Vec<String> = inputs.iter().map(|input| input.id.to_string()).collect();
    let mut linked = action_plans::linked_to_many(db, SourceKind::ForumInput, &ids).await?;
    Ok(inputs
        .into_iter()
        .filter_map(|input| {
            let actions = linked.remove(&input.id.to_string())?;
            Some((input.id, actions))
        })
        .collect())
}

async fn carried_of(
    db: &impl ConnectionTrait,
    forum: &Forum,
) -> Result<HashMap<ActionItemId, Carried>> {
    let mut found = HashMap::new();
    for row in store::carried_from(db, forum).await? {
        let next = forums::by_id(db, row.to_forum_id).await?;
        let carried = Carried {
            forum: next.id,
            cancelled: next.cancelled_at.map(|_| next.cancel_reason),
            title: next.title,
        };
        found.insert(row.action_id, carried);
    }
    Ok(found)
}
