//! `/api/v1/calendar/policies`: by which numbers of working days a unit answers, choosing others from a day on, and taking
//! a choice back before it begins. The rules are those of the page.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use poem_openapi::{
    Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    choosing::{self, Conditions, OwnDraft, PolicyDraft},
    policy_pages::{code_of, end_code, replaced},
    unit_days,
};
use crate::{
    access::{Ctx, Permission, Token},
    calendar::{
        self, PolicyInForce, Term,
        own_terms::{CELLS, Cell},
    },
    organisation::{self, Unit},
    platform::{
        error::{Error, FieldError, Result},
        i18n::Message,
        web::{body::Body, tags::Tag},
    },
};

pub struct Api;

/// One number of working days.
#[derive(Object)]
#[oai(rename = "DeadlineTerm")]
pub struct TermView {
    /// `verify`, `dispose`, `start`, `respond`, `resolve`, `complete`, `extend`, `auto_close` or `reopen`.
    step: String,
    /// Kind of complaint; every kind when absent.
    kind: Option<String>,
    /// Class of the solution; every class when absent.
    class: Option<String>,
    working_days: u32,
    /// The regulation, decree or setting that it comes from.
    source: String,
    /// `verified`, `secondary` or `unverified`.
    certainty: String,
}

impl From<&Term> for TermView {
    fn from(term: &Term) -> Self {
        Self {
            step: term.step.code().to_owned(),
            kind: term.kind.clone(),
            class: term.class.clone(),
            working_days: term.working_days,
            source: term.source.clone(),
            certainty: term.certainty.clone(),
        }
    }
}

/// Where a choice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "DeadlinePolicyState", rename_all = "snake_case")]
pub enum PolicyState {
    /// What comes in today is promised by it.
    InForce,
    /// It begins on a later day and can be withdrawn.
    Planned,
    /// What came in under it keeps its numbers.
    Past,
    /// Taken back before it began, or another choice took its day.
    Withdrawn,
}

/// Numbers by which a unit answers, or answered.
#[derive(Object)]
#[oai(rename = "DeadlinePolicy")]
pub struct PolicyView {
    id: String,
    /// Code of the set; `own` for numbers that the unit wrote down.
    set: String,
    state: PolicyState,
    valid_from: NaiveDate,
    /// `same_day` or `next_working_day`.
    after_hours: String,
    /// `close_of_office` or `end_of_day`.
    due_end: String,
    reason: String,
    /// Why it was withdrawn.
    withdrawn: Option<String>,
    terms: Vec<TermView>,
}

/// The choices of a unit, the newest first, and the default of the installation.
#[derive(Object)]
pub struct DeadlinePolicyList {
    unit: String,
    items: Vec<PolicyView>,
}

/// A choice: a known set, or numbers of the unit's own.
#[derive(Object, Deserialize)]
#[oai(rename = "NewDeadlinePolicy", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewPolicy {
    /// Code of the unit; needed where the caller looks after several.
    unit: Option<String>,
    /// Code of a set that is known; `own` for the numbers that the unit wrote down last. Required where `days` are not given.
    set: Option<String>,
    /// Working days by the names of the page's fields (`respond_complaint`, `resolve_complaint_2`, `verify`); what is not
    /// named keeps the number that holds. Required where no `set` is given.
    days: Option<BTreeMap<String, i64>>,
    /// What says so; 10 to 300 characters. Required with `days`.
    source: Option<String>,
    /// `verified`, `secondary` or `unverified`. Required with `days`.
    certainty: Option<String>,
    /// `same_day` or `next_working_day`; as it is now when left out.
    after_hours: Option<String>,
    /// `close_of_office` or `end_of_day`; as it is now when left out.
    due_end: Option<String>,
    /// The first day; today or later. Required.
    #[oai(default)]
    #[serde(default)]
    valid_from: String,
    /// 5 to 500 characters. Required.
    #[oai(default)]
    #[serde(default)]
    reason: String,
}

async fn in_force(ctx: &Ctx, unit: &Unit) -> Result<(PolicyInForce, NaiveDate)> {
    let today = ctx.today_in(organisation::zone_of(unit)?);
    let now = calendar::policy(&ctx.app.db, unit.id, today).await?;
    Ok((now, today))
}

async fn list_of(ctx: &Ctx, unit: Unit) -> Result<DeadlinePolicyList> {
    let (now, today) = in_force(ctx, &unit).await?;
    let all = calendar::policies_of(&ctx.app.db, unit.id).await?;
    let state = |place: usize, policy: &PolicyInForce| match policy {
        policy if policy.id == now.id => PolicyState::InForce,
        policy if policy.withdrawn.is_some() || replaced(&all, place) => PolicyState::Withdrawn,
        policy if policy.valid_from > today => PolicyState::Planned,
        _ => PolicyState::Past,
    };
    let items = all.iter().enumerate().map(|(place, policy)| PolicyView {
        id: policy.id.to_string(),
        set: policy.policy.code.clone(),
        state: state(place, policy),
        valid_from: policy.valid_from,
        after_hours: code_of(policy.policy.after_hours).to_owned(),
        due_end: end_code(policy.policy.due_end).to_owned(),
        reason: policy.reason.clone(),
        withdrawn: policy.withdrawn.clone(),
        terms: policy.policy.terms.0.iter().map(TermView::from).collect(),
    });
    Ok(DeadlinePolicyList {
        items: items.collect(),
        unit: unit.code,
    })
}

/// A name that is no number of the page is a slip that would leave a number as it was.
fn refuse_unknown(days: &BTreeMap<String, i64>) -> Result<()> {
    let is_known = |name: &str| CELLS.iter().any(|cell| cell.name == name);
    let faults: Vec<FieldError> = days
        .keys()
        .filter(|name| !is_known(name))
        .map(|name| FieldError {
            field: format!("days.{name}"),
            message: Message::new("field-unknown-choice"),
        })
        .collect();
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(faults)),
    }
}

fn below_days(field: String) -> String {
    match CELLS.iter().any(|cell| cell.name == field) {
        true => format!("days.{field}"),
        false => field,
    }
}

async fn choose(ctx: &Ctx, unit: &Unit, new: NewPolicy) -> Result<()> {
    let (now, _) = in_force(ctx, unit).await?;
    let kept = |given: Option<String>, now: &str| given.unwrap_or_else(|| now.to_owned());
    let conditions = Conditions {
        after_hours: kept(new.after_hours, code_of(now.policy.after_hours)),
        due_end: kept(new.due_end, end_code(now.policy.due_end)),
        valid_from: new.valid_from,
        reason: new.reason,
    };
    match (new.set, new.days) {
        (Some(set), None) => {
            let draft = PolicyDraft { set, conditions };
            choosing::choose_policy(ctx, unit.id, &draft).await
        }
        (None, Some(days)) => {
            refuse_unknown(&days)?;
            let number = |cell: &Cell| match days.get(cell.name) {
                Some(days) => days.to_string(),
                None => cell
                    .of(&now.policy.terms)
                    .map(|term| term.working_days.to_string())
                    .unwrap_or_default(),
            };
            let draft = OwnDraft {
                days: CELLS.iter().map(|cell| (cell.name, number(cell))).collect(),
                source: new.source.unwrap_or_default(),
                certainty: new.certainty.unwrap_or_default(),
                conditions,
                // A program begins with the numbers of this moment.
                seen: String::new(),
            };
            let chosen = choosing::set_own(ctx, unit.id, &draft).await;
            chosen.map_err(|error| error.renamed(below_days))
        }
        _ => Err(Error::field("set", Message::new("policy-set-or-days"))),
    }
}

#[OpenApi(tag = "Tag::Calendar")]
impl Api {
    /// List the numbers of days of a unit
    ///
    /// By which it answers now, answered before, and will answer.
    #[oai(
        path = "/calendar/policies",
        method = "get",
        operation_id = "listDeadlinePolicies"
    )]
    async fn list(
        &self,
        Token(ctx): Token,
        /// Code of the unit; needed where the caller looks into several.
        unit: Query<Option<String>>,
    ) -> poem::Result<Json<DeadlinePolicyList>> {
        let code = unit.0.unwrap_or_default();
        let unit = unit_days::unit_named(&ctx, Permission::ViewCalendar, &code).await?;
        Ok(Json(list_of(&ctx, unit).await?))
    }

    /// Choose by which numbers of days a unit answers
    ///
    /// They hold for what comes in from `valid_from` on; what came in before keeps its own.
    #[oai(
        path = "/calendar/policies",
        method = "post",
        operation_id = "chooseDeadlinePolicy"
    )]
    async fn choose(
        &self,
        Token(ctx): Token,
        Body(new): Body<NewPolicy>,
    ) -> poem::Result<Json<DeadlinePolicyList>> {
        let code = new.unit.clone().unwrap_or_default();
        let unit = unit_days::unit_named(&ctx, Permission::ChoosePolicy, &code).await?;
        choose(&ctx, &unit, new).await?;
        Ok(Json(list_of(&ctx, unit).await?))
    }

    /// Withdraw a choice that has not begun
    #[oai(
        path = "/calendar/policies/:id",
        method = "delete",
        operation_id = "withdrawDeadlinePolicy"
    )]
    async fn withdraw(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        /// Code of the unit; needed where the caller looks after several.
        unit: Query<Option<String>>,
        /// 5 to 500 characters. Required.
        reason: Query<Option<String>>,
    ) -> poem::Result<Json<DeadlinePolicyList>> {
        let code = unit.0.unwrap_or_default();
        let unit = unit_days::unit_named(&ctx, Permission::ChoosePolicy, &code).await?;
        let reason = reason.0.unwrap_or_default();
        let withdrawn = choosing::withdraw(&ctx, unit.id, &id, &reason).await;
        withdrawn.map_err(|error| error.renamed(|_| "reason".to_owned()))?;
        Ok(Json(list_of(&ctx, unit).await?))
    }
}
