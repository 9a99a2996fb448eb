//! Use cases of questions: the organiser writes them, people answer them.

use std::collections::BTreeMap;

use sea_orm::{ActiveValue::Set, ConnectionTrait};
use uuid::Uuid;

use super::{
    Given, OwnQuestion, OwnQuestionId,
    entity::{
        answer,
        question::{self, Choices},
    },
    rules::{self, Broken, QuestionFields},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    forums::{self, Forum, ForumId, Stage},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Locale,
    },
};

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        let (code, message) = rules::told(broken);
        Error::rule(code, message)
    }
}

/// The forum, held, while questions may still change: people come with what they were asked.
async fn held(tx: &Tx, id: ForumId) -> Result<Forum> {
    let forum = forums::hold(tx, id).await?;
    if forum.stage >= Stage::Session {
        return Err(Broken::Begun.into());
    }
    Ok(forum)
}

/// Adds a question at the end.
pub async fn add(ctx: &Ctx, id: ForumId, fields: QuestionFields) -> Result<OwnQuestionId> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = held(&tx, id).await?;
    let all = store::of_forum(&tx, &forum).await?;
    rules::may_ask(all.iter().filter(|one| one.active).count())?;
    let last = all.last().map_or(0, |one| one.position);
    let row = new_row(ctx, &forum, last + 1, fields);
    let question = row.id;
    store::insert(&tx, row).await?;
    noted(&tx, ctx, &forum, question, "own_question.added").await?;
    tx.commit().await?;
    Ok(question)
}

fn new_row(ctx: &Ctx, forum: &Forum, position: i32, fields: QuestionFields) -> OwnQuestion {
    OwnQuestion {
        id: OwnQuestionId::new(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        position,
        kind: fields.kind,
        wording: fields.wording,
        choices: Choices(fields.choices),
        needed: fields.needed,
        active: true,
        version: 1,
        created_at: ctx.now,
    }
}

/// Changes a question; `version` is that of the question the organiser saw.
pub async fn change(
    ctx: &Ctx,
    id: ForumId,
    (question, version): (OwnQuestionId, i32),
    fields: QuestionFields,
) -> Result<()> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = held(&tx, id).await?;
    let row = store::hold(&tx, &forum, question).await?;
    if row.version != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    rules::may_change(&row, &fields, store::is_answered(&tx, row.id).await?)?;
    let change = question::ActiveModel {
        wording: Set(fields.wording),
        kind: Set(fields.kind),
        choices: Set(Choices(fields.choices)),
        needed: Set(fields.needed),
        version: Set(row.version + 1),
        ..Default::default()
    };
    store::write(&tx, row.id, change).await?;
    noted(&tx, ctx, &forum, question, "own_question.changed").await?;
    tx.commit().await?;
    Ok(())
}

/// What the organiser does with a question besides writing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    On,
    Off,
    /// Only while nobody answered.
    Remove,
}

pub async fn step(ctx: &Ctx, id: ForumId, question: OwnQuestionId, step: Step) -> Result<()> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = held(&tx, id).await?;
    let row = store::hold(&tx, &forum, question).await?;
    let all = store::of_forum(&tx, &forum).await?;
    let switched = |active: bool| question::ActiveModel {
        active: Set(active),
        ..Default::default()
    };
    let verb = match step {
        Step::Up => {
            let mut ids: Vec<OwnQuestionId> = all.iter().map(|one| one.id).collect();
            if let Some(at) = ids.iter().position(|one| *one == question)
                && at > 0
            {
                ids.swap(at, at - 1);
            }
            store::order(&tx, &ids).await?;
            "own_question.moved"
        }
        Step::On => {
            let others = all.iter().filter(|one| one.active && one.id != question);
            rules::may_ask(others.count())?;
            store::write(&tx, row.id, switched(true)).await?;
            "own_question.switched_on"
        }
        Step::Off => {
            store::write(&tx, row.id, switched(false)).await?;
            "own_question.switched_off"
        }
        Step::Remove if store::is_answered(&tx, row.id).await? => {
            return Err(Broken::Answered.into());
        }
        Step::Remove => {
            store::delete(&tx, row.id).await?;
            "own_question.removed"
        }
    };
    noted(&tx, ctx, &forum, question, verb).await?;
    tx.commit().await?;
    Ok(())
}

async fn noted(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    question: OwnQuestionId,
    verb: &'static str,
) -> Result<()> {
    let entry = audit::Entry::new("forum", forum.id.0, verb)
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "question": question }));
    audit::record(tx, ctx, entry).await
}

/// Keeps what somebody answered, in place of what they answered before. A question that was switched off meanwhile
/// keeps its earlier answer.
pub async fn save(tx: &Tx, ctx: &Ctx, forum: &Forum, who: Uuid, given: &Given) -> Result<()> {
    if given.0.is_empty() {
        return Ok(());
    }
    // Held, so that no wording changes under an answer.
    let known = store::hold_all(tx, forum).await?;
    let here = |id: OwnQuestionId| known.iter().any(|one| one.id == id && one.active);
    let asked: Vec<OwnQuestionId> = given
        .0
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| here(*id))
        .collect();
    store::clear(tx, forum, who, Some(&asked)).await?;
    let rows = given.0.iter().filter(|(id, _)| here(*id));
    let rows = rows.filter_map(|(id, text)| {
        text.as_ref().map(|text| answer::Model {
            id: Uuid::now_v7(),
            unit_id: forum.unit_id,
            forum_id: forum.id,
            question_id: *id,
            respondent_id: who,
            answer: text.clone(),
            answered_at: ctx.now,
        })
    });
    store::insert_answers(tx, rows.collect()).await
}

/// Takes all answers of somebody away: they do not come.
pub async fn forget(tx: &Tx, forum: &Forum, who: Uuid) -> Result<()> {
    store::clear(tx, forum, who, None).await
}

/// What each person answered, as (question, answer) in the order of the questions.
pub async fn said(
    db: &impl ConnectionTrait,
    forum: &Forum,
    locale: Locale,
) -> Result<BTreeMap<Uuid, Vec<(String, String)>>> {
    let questions = store::of_forum(db, forum).await?;
    let mut found: BTreeMap<Uuid, Vec<(String, String)>> = BTreeMap::new();
    if questions.is_empty() {
        return Ok(found);
    }
    let answers = store::answers(db, forum).await?;
    for question in &questions {
        for one in answers.iter().filter(|one| one.question_id == question.id) {
            let text = rules::shown(question, &one.answer, locale);
            let lines = found.entry(one.respondent_id).or_default();
            lines.push((question.wording.clone(), text));
        }
    }
    Ok(found)
}

/// The questions of an earlier forum, those that were asked last; never the answers.
pub async fn copy(tx: &Tx, ctx: &Ctx, source: &Forum, forum: &Forum) -> Result<()> {
    for (question, position) in store::asked(tx, source).await?.into_iter().zip(1..) {
        let fields = QuestionFields {
            wording: question.wording,
            kind: question.kind,
            choices: question.choices.0,
            needed: question.needed,
        };
        store::insert(tx, new_row(ctx, forum, position, fields)).await?;
    }
    Ok(())
}
