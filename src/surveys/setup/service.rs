//! Use cases of setting up: make a period, and change what it asks until it opens.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    reading::get,
    rules::{self, Broken, WeightChoice},
};
use crate::{
    access::{Ctx, Permission},
    audit,
    organisation::UnitId,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
    standards::{self, StandardId},
    surveys::{
        self,
        defaults::usual_question,
        entity::setup::{
            FourAnswers, SurveyPeriodId, SurveyState, element, period, question, service,
        },
        store::periods,
    },
};

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        let (code, message) = match broken {
            Broken::Fixed => ("survey.fixed", Message::new("rule-survey-fixed")),
            Broken::NoService => ("survey.no_service", Message::new("rule-survey-no-service")),
            Broken::Overlaps { service } => (
                "survey.overlaps",
                Message::new("rule-survey-overlaps").with("service", service),
            ),
            Broken::OverlapsUnsaid { title, service } => (
                "survey.overlaps",
                Message::new("rule-survey-overlaps-unsaid")
                    .with("title", title)
                    .with("service", service),
            ),
            Broken::Past => ("survey.past", Message::new("rule-survey-past")),
            Broken::NotOpen => ("survey.not_open", Message::new("rule-survey-not-open")),
            Broken::NotClosed => ("survey.not_closed", Message::new("rule-survey-not-closed")),
            Broken::Answered => ("survey.answered", Message::new("rule-survey-answered")),
            Broken::Frozen => ("survey.frozen", Message::new("rule-survey-frozen")),
            Broken::Unanswered => ("survey.unanswered", Message::new("rule-survey-unanswered")),
            Broken::ElementUnanswered { elements } => (
                "survey.unanswered",
                Message::new("rule-survey-element-unanswered").with("elements", elements),
            ),
            Broken::CountUnsaid { answers } => (
                "survey.count_unsaid",
                Message::new("rule-survey-count-unsaid").with("count", answers),
            ),
        };
        Error::rule(code, message)
    }
}

/// What somebody decides about a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodFields {
    pub title: String,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub grade_table: String,
    pub weights: WeightChoice,
    pub by_volume: bool,
    pub minimum_answers: i32,
    pub least_percent: i32,
}

/// An element as it is to be asked; without a known id it is a new one of the unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementFields {
    pub element_id: Option<String>,
    pub name_id: String,
    pub name_en: String,
    pub weight: Option<String>,
}

/// A service of the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceFields {
    pub service_id: StandardId,
    pub population: i64,
    pub volume: i64,
}

/// The words of one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionFields {
    pub question_id: String,
    pub question_en: String,
    pub answers_id: FourAnswers,
    pub answers_en: FourAnswers,
}

/// Makes a period: as the unit's last one, or with the usual nine elements and all its services.
pub async fn create(ctx: &Ctx, unit: UnitId, fields: PeriodFields) -> Result<SurveyPeriodId> {
    ctx.require(Permission::ManageSurveys, unit)?;
    let tx = ctx.app.db.begin_write().await?;
    let before = periods::of_unit(&tx, unit).await?;
    let row = period::Model {
        id: SurveyPeriodId::new(),
        unit_id: unit,
        title: fields.title,
        opens_on: fields.opens_on,
        closes_on: fields.closes_on,
        state: SurveyState::Draft,
        grade_table: fields.grade_table,
        weight_policy: fields.weights.policy().to_owned(),
        by_volume: fields.by_volume,
        minimum_answers: fields.minimum_answers,
        least_percent: fields.least_percent,
        frozen_at: None,
        frozen_by: None,
        frozen_hash: None,
        frozen_counted: None,
        version: 1,
        created_at: ctx.now,
    };
    periods::insert(&tx, row.clone()).await?;
    match before.first() {
        Some(last) => copy(&tx, last, (&row, fields.weights)).await?,
        None if !fields.weights.fits(false) => return Err(no_own_weights()),
        None => usual(&tx, &row).await?,
    }
    noted(&tx, ctx, &row, "survey.created").await?;
    tx.commit().await?;
    Ok(row.id)
}

/// The nine elements with their usual questions, and every service of the unit.
async fn usual(tx: &Tx, period: &period::Model) -> Result<()> {
    let nine = surveys::elements(tx).await?;
    let questions = nine
        .iter()
        .filter_map(|one| usual_row(period, &one.id))
        .collect();
    let rows = nine
        .into_iter()
        .zip(1..)
        .map(|(one, position)| element::Model {
            id: Uuid::now_v7(),
            unit_id: period.unit_id,
            period_id: period.id,
            position,
            element_id: one.id,
            label: format!("U{position}"),
            name_id: one.name_id,
            name_en: one.name_en,
            weight: None,
        });
    periods::replace_elements(tx, period.id, rows.collect()).await?;
    periods::insert_questions(tx, questions).await?;
    let services = standards::services(tx, period.unit_id).await?;
    let rows: Vec<service::Model> = services
        .into_iter()
        .zip(1..)
        .map(|((service_id, ..), position)| service::Model {
            id: Uuid::now_v7(),
            unit_id: period.unit_id,
            period_id: period.id,
            service_id,
            position,
            population: 0,
            volume: 0,
        })
        .collect();
    write_services(tx, period, rows).await
}

async fn write_services(tx: &Tx, period: &period::Model, rows: Vec<service::Model>) -> Result<()> {
    match rows.is_empty() {
        true => Ok(()),
        false => periods::replace_services(tx, period.id, rows).await,
    }
}

fn usual_row(period: &period::Model, element: &str) -> Option<question::Model> {
    let usual = usual_question(element)?;
    Some(question::Model {
        id: Uuid::now_v7(),
        unit_id: period.unit_id,
        period_id: period.id,
        element_id: element.to_owned(),
        service_id: None,
        question_id: usual.id.clone(),
        question_en: usual.en.clone(),
        answers_id: usual.answers_id.clone(),
        answers_en: usual.answers_en.clone(),
    })
}

/// What the last period asked, in the same words; populations are asked anew each time but begin with the last ones.
async fn copy(
    tx: &Tx,
    last: &period::Model,
    (period, weights): (&period::Model, WeightChoice),
) -> Result<()> {
    let mut elements = periods::elements(tx, last.id).await?;
    if !weights.fits(has_own(&elements)) {
        return Err(no_own_weights());
    }
    for row in &mut elements {
        (row.id, row.period_id) = (Uuid::now_v7(), period.id);
        row.weight = row.weight.take().filter(|_| weights.keeps_own());
    }
    refuse_policy(&period.weight_policy, &elements)?;
    periods::replace_elements(tx, period.id, elements).await?;
    let mut services = periods::services(tx, last.id).await?;
    for row in &mut services {
        (row.id, row.period_id) = (Uuid::now_v7(), period.id);
    }
    write_services(tx, period, services).await?;
    let mut questions = periods::questions(tx, last).await?;
    for row in &mut questions {
        (row.id, row.period_id) = (Uuid::now_v7(), period.id);
    }
    periods::insert_questions(tx, questions).await
}

/// The period held, its state as the one who changes it read it.
pub async fn held(tx: &Tx, (id, version): (SurveyPeriodId, i32)) -> Result<period::Model> {
    let period = periods::hold(tx, id).await?;
    match period.version == version {
        true => Ok(period),
        false => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
    }
}

/// Writes the period as a next version.
pub async fn save(tx: &Tx, mut period: period::Model) -> Result<()> {
    let read = period.version;
    period.version += 1;
    periods::write(tx, period, read).await
}

/// Changes days and rules; once it is open the title alone, for the rest decides what figures mean.
pub async fn change(ctx: &Ctx, which: (SurveyPeriodId, i32), fields: PeriodFields) -> Result<()> {
    get(ctx, which.0, Permission::ManageSurveys).await?;
    let tx = ctx.app.db.begin_write().await?;
    let mut period = held(&tx, which).await?;
    rules::may_change(&period)?;
    period.title = fields.title;
    period.opens_on = fields.opens_on;
    period.closes_on = fields.closes_on;
    period.grade_table = fields.grade_table;
    fields
        .weights
        .policy()
        .clone_into(&mut period.weight_policy);
    period.by_volume = fields.by_volume;
    period.minimum_answers = fields.minimum_answers;
    period.least_percent = fields.least_percent;
    let mut elements = periods::elements(&tx, period.id).await?;
    let own = has_own(&elements);
    if !fields.weights.fits(own) {
        return Err(no_own_weights());
    }
    if own && !fields.weights.keeps_own() {
        for row in &mut elements {
            (row.id, row.weight) = (Uuid::now_v7(), None);
        }
        periods::replace_elements(&tx, period.id, elements.clone()).await?;
    }
    refuse_policy(&period.weight_policy, &elements)?;
    noted(&tx, ctx, &period, "survey.changed").await?;
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether elements have weights of their own.
#[must_use]
pub fn has_own(elements: &[element::Model]) -> bool {
    elements.iter().any(|one| one.weight.is_some())
}

fn no_own_weights() -> Error {
    Error::field("weight_policy", Message::new("surveys-policy-no-own"))
}

fn refuse_policy(policy: &str, elements: &[element::Model]) -> Result<()> {
    if has_own(elements) || rules::policy_fits(policy, elements.len()) {
        return Ok(());
    }
    let message = Message::new("surveys-policy-elements")
        .with("policy", policy)
        .with("comma", policy.replace('.', ","))
        .with("elements", elements.len());
    Err(Error::field("weight_policy", message))
}

/// Sets the elements in their order. Questions of those that go, go too; new ones get the usual words.
pub async fn set_elements(
    ctx: &Ctx,
    which: (SurveyPeriodId, i32),
    wanted: Vec<ElementFields>,
) -> Result<()> {
    get(ctx, which.0, Permission::ManageSurveys).await?;
    let tx = ctx.app.db.begin_write().await?;
    let period = held(&tx, which).await?;
    rules::may_change(&period)?;
    let nine = surveys::elements(&tx).await?;
    let before = periods::elements(&tx, period.id).await?;
    let is_known = |id: &str| {
        nine.iter().any(|one| one.id == id) || before.iter().any(|one| one.element_id == id)
    };
    let rows: Vec<element::Model> = wanted
        .into_iter()
        .zip(1..)
        .map(|(fields, position)| element::Model {
            id: Uuid::now_v7(),
            unit_id: period.unit_id,
            period_id: period.id,
            position,
            element_id: fields
                .element_id
                .filter(|id| is_known(id))
                .unwrap_or_else(|| format!("own-{}", Uuid::new_v4().simple())),
            label: format!("U{position}"),
            name_id: fields.name_id,
            name_en: fields.name_en,
            weight: fields.weight,
        })
        .collect();
    refuse_policy(&period.weight_policy, &rows)?;
    for gone in &before {
        if !rows.iter().any(|row| row.element_id == gone.element_id) {
            periods::delete_all_questions(&tx, period.id, &gone.element_id).await?;
        }
    }
    let fresh = rows
        .iter()
        .filter(|row| !before.iter().any(|one| one.element_id == row.element_id));
    let questions = fresh
        .map(|row| usual_row(&period, &row.element_id).unwrap_or_else(|| plain(row)))
        .collect();
    periods::replace_elements(&tx, period.id, rows).await?;
    periods::insert_questions(&tx, questions).await?;
    noted(&tx, ctx, &period, "survey.elements_set").await?;
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}

/// How an element of the unit's own is asked before somebody writes better words.
fn plain(row: &element::Model) -> question::Model {
    let words = |words: [&str; 4]| FourAnswers(words.map(str::to_owned));
    question::Model {
        id: Uuid::now_v7(),
        unit_id: row.unit_id,
        period_id: row.period_id,
        element_id: row.element_id.clone(),
        service_id: None,
        question_id: format!("Bagaimana pendapat Anda tentang {}?", row.name_id),
        question_en: format!("What do you think of: {}?", row.name_en),
        answers_id: words(["Tidak baik", "Kurang baik", "Baik", "Sangat baik"]),
        answers_en: words(["Bad", "Rather bad", "Good", "Very good"]),
    }
}

/// Writes how an element is asked: of all services, or otherwise of one. None gives a service the words of all again.
pub async fn set_question(
    ctx: &Ctx,
    which: (SurveyPeriodId, i32),
    (element, service): (&str, Option<StandardId>),
    fields: Option<QuestionFields>,
) -> Result<()> {
    get(ctx, which.0, Permission::ManageSurveys).await?;
    let tx = ctx.app.db.begin_write().await?;
    let period = held(&tx, which).await?;
    rules::may_change(&period)?;
    periods::delete_questions(&tx, period.id, element, service).await?;
    if let Some(fields) = fields {
        let row = question::Model {
            id: Uuid::now_v7(),
            unit_id: period.unit_id,
            period_id: period.id,
            element_id: element.to_owned(),
            service_id: service,
            question_id: fields.question_id,
            question_en: fields.question_en,
            answers_id: fields.answers_id,
            answers_en: fields.answers_en,
        };
        periods::insert_questions(&tx, vec![row]).await?;
    }
    noted(&tx, ctx, &period, "survey.question_set").await?;
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}

/// Chooses the services. While answers come only populations and volumes can still be corrected.
pub async fn set_services(
    ctx: &Ctx,
    which: (SurveyPeriodId, i32),
    wanted: Vec<ServiceFields>,
) -> Result<()> {
    get(ctx, which.0, Permission::ManageSurveys).await?;
    let tx = ctx.app.db.begin_write().await?;
    let period = held(&tx, which).await?;
    if period.state == SurveyState::Frozen {
        return Err(Broken::Frozen.into());
    }
    let before = periods::services(&tx, period.id).await?;
    let same = |a: &[service::Model], b: &[ServiceFields]| {
        a.len() == b.len()
            && b.iter()
                .all(|one| a.iter().any(|row| row.service_id == one.service_id))
    };
    if !same(&before, &wanted) {
        rules::may_change(&period)?;
    }
    if wanted.is_empty() {
        return Err(Broken::NoService.into());
    }
    let of_unit = standards::services(&tx, period.unit_id).await?;
    let rows = of_unit.into_iter().filter_map(|(id, ..)| {
        let fields = wanted.iter().find(|one| one.service_id == id)?;
        Some((id, fields))
    });
    let rows = rows
        .zip(1..)
        .map(|((service_id, fields), position)| service::Model {
            id: Uuid::now_v7(),
            unit_id: period.unit_id,
            period_id: period.id,
            service_id,
            position,
            population: fields.population,
            volume: fields.volume,
        });
    write_services(&tx, &period, rows.collect()).await?;
    noted(&tx, ctx, &period, "survey.services_set").await?;
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}

pub async fn noted(tx: &Tx, ctx: &Ctx, period: &period::Model, verb: &'static str) -> Result<()> {
    let entry = audit::Entry::new("survey", period.id.0, verb)
        .in_unit(period.unit_id)
        .with(serde_json::json!({ "title": period.title, "closes_on": period.closes_on }));
    audit::record(tx, ctx, entry).await
}
