//! Inputs of a forum that led to nothing: one rule for home, the loose ends of a year, the stages of a forum and its
//! public page.

use std::collections::HashSet;

use sea_orm::ConnectionTrait;

use crate::{
    action_plans::Status,
    berita_acara,
    follow_up::Outcome,
    forums::{self, Forum, ForumInput, ForumInputId},
    issues::{self, VoiceKind},
    organisation::UnitId,
    platform::error::Result,
};

/// What the inputs of a unit's forums led to, as far as issues hold them: their ids.
pub async fn held(db: &impl ConnectionTrait, unit: UnitId) -> Result<HashSet<String>> {
    let held = issues::held_voices(db, unit, VoiceKind::ForumInput).await?;
    Ok(held.into_iter().collect())
}

/// Neither answered at once, nor taken up by an agreed point (which is followed by itself, to its action or its
/// reason), nor answered by an action that goes on, nor held by an issue.
fn is_unheard(
    input: &ForumInput,
    taken_up: &[ForumInputId],
    outcome: &Outcome,
    held: &HashSet<String>,
) -> bool {
    let acted = outcome.inputs.get(&input.id).is_some_and(|found| {
        let mut found = found.iter();
        found.any(|action| action.status != Status::Cancelled)
    });
    !acted
        && input.answer.is_none()
        && !taken_up.contains(&input.id)
        && !held.contains(&input.id.to_string())
}

/// Those of these inputs.
#[must_use]
pub fn among(
    inputs: &[ForumInput],
    taken_up: &[ForumInputId],
    outcome: &Outcome,
    held: &HashSet<String>,
) -> Vec<ForumInput> {
    let unheard = inputs
        .iter()
        .filter(|input| is_unheard(input, taken_up, outcome, held));
    unheard.cloned().collect()
}

/// Those of a forum.
pub async fn of_forum(
    db: &impl ConnectionTrait,
    forum: &Forum,
    outcome: &Outcome,
    held: &HashSet<String>,
) -> Result<Vec<ForumInput>> {
    let inputs = forums::inputs(db, forum).await?;
    if inputs.iter().all(|input| input.answer.is_some()) {
        return Ok(Vec::new());
    }
    let taken_up = taken_up(db, forum, outcome).await?;
    Ok(among(&inputs, &taken_up, outcome, held))
}

/// The inputs that points take up: of the record in force, which is read already, else of the draft.
async fn taken_up(
    db: &impl ConnectionTrait,
    forum: &Forum,
    outcome: &Outcome,
) -> Result<Vec<ForumInputId>> {
    if outcome.has_record {
        let points = outcome.points.iter();
        return Ok(points.flat_map(|point| point.inputs.clone()).collect());
    }
    let draft = berita_acara::summary(db, forum).await?;
    Ok(draft.map(|draft| draft.inputs).unwrap_or_default())
}
