//! A frozen period beside what was done since the one before: which actions it measures for the first time. This
//! capability does not know what an action goes back to; `proving` finds it, and hears when a period is frozen.

use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::figures::SurveyResult;
use crate::{
    access::Ctx,
    action_plans::{ElementProof, LinkedAction},
    organisation::Unit,
    platform::error::Result,
    surveys::entity::setup::SurveyPeriodId,
};

/// An action that was finished before the period began, and what its elements scored before and now.
#[derive(Clone, Debug)]
pub struct Compared {
    pub action: LinkedAction,
    pub elements: Vec<ElementProof>,
}

/// How the actions are found that a frozen result measures for the first time.
pub type Comparisons =
    for<'a> fn(&'a Ctx, &'a Unit, &'a SurveyResult) -> BoxFuture<'a, Result<Vec<Compared>>>;

/// Tells those in charge of the actions that a period measures that it was frozen.
#[derive(Debug, Serialize, Deserialize)]
pub struct PeriodFrozen {
    pub period: SurveyPeriodId,
}
