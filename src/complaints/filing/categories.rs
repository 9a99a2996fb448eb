//! The categories of a unit and their questions: what a form asks beside the story.

use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;
use uuid::Uuid;

use super::{
    Content,
    entity::{
        category::{self, CategoryId},
        question::{self, Choices},
    },
    rules::{self, Answer, MOST_QUESTIONS, Question, QuestionKind},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    calendar::dates,
    organisation::{self, Unit, UnitId},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message, t},
    },
};

const MOST_CHOICES: usize = 20;

/// A category with its questions.
#[derive(Clone, Debug)]
pub struct Sort {
    pub category: category::Model,
    pub questions: Vec<question::Model>,
}

impl Sort {
    /// As it is asked of whoever writes down what somebody told: what was not said cannot be asked for.
    #[must_use]
    pub fn as_told(mut self) -> Self {
        for question in &mut self.questions {
            question.required = false;
        }
        self
    }

    /// The questions as rules read them.
    #[must_use]
    pub fn asked(&self) -> Vec<Question> {
        let one = |row: &question::Model| Question {
            label: row.label.clone(),
            kind: row.kind,
            required: row.required,
            choices: row.choices.0.clone(),
        };
        self.questions.iter().map(one).collect()
    }
}

/// (id, name) of what the form offers.
pub async fn offered(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<(String, String)>> {
    let all = store::categories(db, unit).await?;
    let shown = all.into_iter().filter(|one| one.offered);
    Ok(shown.map(|one| (one.id.to_string(), one.name)).collect())
}

/// What every category of a unit is called, also one that no form offers any more.
pub async fn names(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<(CategoryId, String)>> {
    let all = store::categories(db, unit).await?;
    Ok(all.into_iter().map(|one| (one.id, one.name)).collect())
}

/// The category that a form named; nothing named is none.
pub async fn named(db: &impl ConnectionTrait, unit: UnitId, id: &str) -> Result<Option<Sort>> {
    if id.trim().is_empty() {
        return Ok(None);
    }
    let unknown = || Error::field("category", Message::new("field-unknown-choice"));
    let id = CategoryId::parse(id).map_err(|_| unknown())?;
    match store::category(db, unit, id).await {
        Ok(category) if category.offered => with_questions(db, category).await.map(Some),
        Ok(_) | Err(Error::NotFound) => Err(unknown()),
        Err(error) => Err(error),
    }
}

/// The answers of a form as (question, words), or what is wrong with them.
pub fn answers(sort: &Sort, content: &Content, locale: Locale) -> Result<Vec<(String, String)>> {
    let asked = sort.asked();
    let mut check = Check::new();
    let answers = rules::read_answers(&mut check, &asked, &content.answers);
    check.finish()?;
    let words = |answer: Answer| match answer {
        Answer::Words(words) => words,
        Answer::Day(day) => dates::date(day, locale),
        Answer::About(day, words) => format!("{}, {words}", dates::date(day, locale)),
        Answer::Yes => t(locale, "filing-yes"),
        Answer::No => t(locale, "filing-no"),
    };
    let given = asked.into_iter().zip(answers);
    Ok(given
        .filter_map(|(question, answer)| Some((question.label, words(answer?))))
        .collect())
}

/// The unit whose categories the caller keeps.
pub async fn home(ctx: &Ctx) -> Result<Unit> {
    let scope = ctx.require_scope(Permission::ManageFiling)?;
    let unit = scope.units.first().copied().ok_or(Error::Forbidden)?;
    organisation::unit(&ctx.app.db, unit).await
}

/// All of them, also those that are not offered any more.
pub async fn all(ctx: &Ctx, unit: &Unit) -> Result<Vec<category::Model>> {
    ctx.require(Permission::ManageFiling, unit.id)?;
    store::categories(&ctx.app.db, unit.id).await
}

/// All of them, with their questions.
pub async fn kept(ctx: &Ctx, unit: &Unit) -> Result<Vec<Sort>> {
    let mut sorts = Vec::new();
    for category in all(ctx, unit).await? {
        sorts.push(with_questions(&ctx.app.db, category).await?);
    }
    Ok(sorts)
}

pub async fn one(ctx: &Ctx, unit: &Unit, id: &str) -> Result<Sort> {
    ctx.require(Permission::ManageFiling, unit.id)?;
    let db = &ctx.app.db;
    with_questions(
        db,
        store::category(db, unit.id, CategoryId::parse(id)?).await?,
    )
    .await
}

async fn with_questions(db: &impl ConnectionTrait, category: category::Model) -> Result<Sort> {
    Ok(Sort {
        questions: store::questions(db, &category).await?,
        category,
    })
}

fn taken(error: Error) -> Error {
    match error {
        Error::Conflict { code: "duplicate" } => {
            Error::field("name", Message::new("filing-category-taken"))
        }
        other => other,
    }
}

async fn note(
    tx: &Tx,
    ctx: &Ctx,
    (id, unit): (CategoryId, UnitId),
    verb: &'static str,
    data: serde_json::Value,
) -> Result<()> {
    let entry = audit::Entry::new("complaint_category", id.0, verb);
    audit::record(tx, ctx, entry.in_unit(unit).with(data)).await
}

/// Adds a category at the end.
pub async fn add(ctx: &Ctx, unit: &Unit, name: &str, offered: bool) -> Result<CategoryId> {
    ctx.require(Permission::ManageFiling, unit.id)?;
    let mut check = Check::new();
    let name = check.line("name", name, 3, 80);
    check.finish()?;
    let tx = ctx.app.db.begin_write().await?;
    let there = store::categories(&tx, unit.id).await?;
    let last = there.iter().map(|one| one.position).max();
    let id = CategoryId::new();
    let row = category::ActiveModel {
        id: Set(id),
        unit_id: Set(unit.id),
        name: Set(name.clone()),
        position: Set(last.unwrap_or(0) + 1),
        offered: Set(offered),
        created_at: Set(ctx.now),
        version: Set(1),
    };
    store::insert_category(&tx, row).await.map_err(taken)?;
    let told = json!({ "name": name, "offered": offered });
    note(&tx, ctx, (id, unit.id), "category.added", told).await?;
    tx.commit().await?;
    Ok(id)
}

/// The category that a form showed.
async fn seen(
    tx: &Tx,
    ctx: &Ctx,
    unit: &Unit,
    (id, version): (&str, i32),
) -> Result<category::Model> {
    ctx.require(Permission::ManageFiling, unit.id)?;
    let found = store::category(tx, unit.id, CategoryId::parse(id)?).await?;
    if found.version == version {
        return Ok(found);
    }
    Err(Error::Conflict {
        code: "changed_meanwhile",
    })
}

/// Another name, or whether the form offers it.
pub async fn change(
    ctx: &Ctx,
    unit: &Unit,
    which: (&str, i32),
    (name, offered): (&str, bool),
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let found = seen(&tx, ctx, unit, which).await?;
    let mut check = Check::new();
    let name = check.line("name", name, 3, 80);
    check.finish()?;
    let told = json!({ "name": name, "offered": offered });
    let changes = category::ActiveModel {
        name: Set(name),
        offered: Set(offered),
        ..Default::default()
    };
    store::save_category(&tx, &found, changes)
        .await
        .map_err(taken)?;
    note(&tx, ctx, (found.id, unit.id), "category.changed", told).await?;
    tx.commit().await?;
    Ok(())
}

/// A question as it was typed; the choices one a line.
#[derive(Clone, Debug, Default)]
pub struct NewQuestion {
    pub label: String,
    pub kind: String,
    pub required: bool,
    pub choices: String,
}

fn checked(new: &NewQuestion) -> Result<Question> {
    let mut check = Check::new();
    let label = check.line("label", &new.label, 3, 120);
    let kind = check.choice("kind", &new.kind, QuestionKind::parse);
    let mut choices: Vec<String> = Vec::new();
    if kind == Some(QuestionKind::Choice) {
        for line in new.choices.lines().filter(|line| !line.trim().is_empty()) {
            let choice = check.line("choices", line, 1, 80);
            if !choices.contains(&choice) {
                choices.push(choice);
            }
        }
        if !(2..=MOST_CHOICES).contains(&choices.len()) {
            let message = Message::new("filing-choices-number").with("most", MOST_CHOICES);
            check.fault("choices", message);
        }
    }
    check.finish()?;
    Ok(Question {
        label,
        kind: kind.unwrap_or(QuestionKind::Text),
        required: new.required,
        choices,
    })
}

/// Adds a question at the end of a category.
pub async fn add_question(
    ctx: &Ctx,
    unit: &Unit,
    which: (&str, i32),
    new: &NewQuestion,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let found = seen(&tx, ctx, unit, which).await?;
    let question = checked(new)?;
    let there = store::questions(&tx, &found).await?;
    if there.len() >= MOST_QUESTIONS {
        let message = Message::new("filing-questions-many").with("most", MOST_QUESTIONS);
        return Err(Error::field("label", message));
    }
    let told = json!({ "question": question.label });
    let row = question::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(unit.id),
        category_id: Set(found.id),
        position: Set(there.last().map_or(1, |last| last.position + 1)),
        label: Set(question.label),
        kind: Set(question.kind),
        required: Set(question.required),
        choices: Set(Choices(question.choices)),
    };
    store::insert_question(&tx, row).await?;
    store::save_category(&tx, &found, category::ActiveModel::default()).await?;
    note(
        &tx,
        ctx,
        (found.id, unit.id),
        "category.question_added",
        told,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

fn question_of(there: &[question::Model], id: &str) -> Result<usize> {
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let found = there.iter().position(|one| one.id == id);
    found.ok_or(Error::NotFound)
}

/// Asks something else in its place; cases keep what they were asked.
pub async fn change_question(
    ctx: &Ctx,
    unit: &Unit,
    which: (&str, i32),
    (id, new): (&str, &NewQuestion),
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let found = seen(&tx, ctx, unit, which).await?;
    let there = store::questions(&tx, &found).await?;
    let before = &there[question_of(&there, id)?];
    let question = checked(new)?;
    let told = json!({ "question": question.label, "before": before.label });
    let changes = question::ActiveModel {
        label: Set(question.label),
        kind: Set(question.kind),
        required: Set(question.required),
        choices: Set(Choices(question.choices)),
        ..Default::default()
    };
    store::update_question(&tx, before.id, changes).await?;
    store::save_category(&tx, &found, category::ActiveModel::default()).await?;
    let of = (found.id, unit.id);
    note(&tx, ctx, of, "category.question_changed", told).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts a question at a place of the form, counted from 1; behind the last is last.
pub async fn place_question(
    ctx: &Ctx,
    unit: &Unit,
    which: (&str, i32),
    (id, place): (&str, usize),
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let found = seen(&tx, ctx, unit, which).await?;
    let mut there = store::questions(&tx, &found).await?;
    let moved = there.remove(question_of(&there, id)?);
    let place = place.clamp(1, there.len() + 1);
    let told = json!({ "question": moved.label, "place": place });
    there.insert(place - 1, moved);
    for (row, position) in there.iter().zip(1..) {
        let changes = question::ActiveModel {
            position: Set(position),
            ..Default::default()
        };
        store::update_question(&tx, row.id, changes).await?;
    }
    store::save_category(&tx, &found, category::ActiveModel::default()).await?;
    let of = (found.id, unit.id);
    note(&tx, ctx, of, "category.question_placed", told).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a question away; cases keep what was answered.
pub async fn remove_question(
    ctx: &Ctx,
    unit: &Unit,
    which: (&str, i32),
    question: &str,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let found = seen(&tx, ctx, unit, which).await?;
    let id: Uuid = question.parse().map_err(|_| Error::NotFound)?;
    if !store::delete_question(&tx, &found, id).await? {
        return Err(Error::NotFound);
    }
    store::save_category(&tx, &found, category::ActiveModel::default()).await?;
    let told = json!({ "question": id });
    note(
        &tx,
        ctx,
        (found.id, unit.id),
        "category.question_removed",
        told,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
