//! What who leads a unit is told: the figures of the year, and beside them what is late, what will be, and what waits.

use std::collections::HashMap;

use super::{
    figures::{self, UnitFigures},
    waiting::{self, Waiting},
};
use crate::{
    access::{Ctx, Permission},
    action_plans::{self, LinkedAction, OwnerRow, SourceKind, Status},
    complaints::{self, Pressing},
    issues::{self, LinkedIssue},
    organisation::{Division, Official, Unit},
    platform::error::Result,
    surveys::{
        self,
        results::{self, Earlier, ResultElement},
    },
};

/// So many of each list stand on the page; its link leads to the rest.
pub const SHOWN: u64 = 5;

pub struct Lead {
    pub figures: UnitFigures,
    /// The period that the index is compared with.
    pub before: Option<Earlier>,
    pub weakest: Vec<Weak>,
    pub pressing: Option<Pressing>,
    /// All actions of the unit, whichever year they were planned for: what is late stays late at New Year.
    pub divisions: Option<Vec<OwnerRow<Division>>>,
    /// The same by who answers for them by name.
    pub officials: Option<Vec<OwnerRow<Official>>>,
    pub waiting: Vec<Waiting>,
}

/// A weak element, and what was made of it.
pub struct Weak {
    pub element: ResultElement,
    /// The reader sees all issues and actions of the unit: only then is it known that there is none.
    pub told: bool,
    /// Issues about it that were not refused.
    pub issues: Vec<LinkedIssue>,
    /// Actions that come from it, cancelled ones left out: the first of them, and how many there are.
    pub actions: Vec<LinkedAction>,
    pub all_actions: i64,
    /// It is one of the nine, and an issue can be made of it. Elements of a unit's own are known to the survey alone.
    pub known: bool,
}

impl Lead {
    #[must_use]
    pub fn count_of(&self, status: Status) -> i64 {
        let rows = self.divisions.iter().flatten();
        rows.map(|row| row.count(status)).sum()
    }

    #[must_use]
    pub fn late_actions(&self) -> i64 {
        self.divisions.iter().flatten().map(|row| row.late).sum()
    }

    #[must_use]
    pub fn stalled_actions(&self) -> i64 {
        let rows = self.divisions.iter().flatten();
        rows.map(|row| row.stalled).sum()
    }
}

pub async fn read(ctx: &Ctx, unit: &Unit, year: i32) -> Result<Lead> {
    let forums = figures::forums_of(ctx).await?;
    let figures = figures::of_both_years(ctx, unit, year, &forums).await?;
    let (before, weakest) = match &figures.index {
        Some(seen) => (
            results::previous_of(ctx, seen).await?,
            weakest(ctx, unit, seen).await?,
        ),
        None => (None, Vec::new()),
    };
    let owners = match ctx.scope(Permission::ViewActions).is_empty() {
        true => None,
        false => Some(action_plans::by_owner(ctx, unit).await?),
    };
    let (divisions, officials) = owners.map(|of| (of.divisions, of.officials)).unzip();
    Ok(Lead {
        before,
        weakest,
        pressing: complaints::pressing(ctx, unit, SHOWN).await?,
        divisions,
        officials,
        waiting: waiting::waiting(ctx, unit, &forums).await?,
        figures,
    })
}

async fn weakest(ctx: &Ctx, unit: &Unit, seen: &results::Seen) -> Result<Vec<Weak>> {
    let db = &ctx.app.db;
    let known = surveys::elements(db).await?;
    let sees_actions = ctx.may(Permission::ViewActions, unit.id);
    let sees_issues = ctx.may(Permission::ViewIssues, unit.id);
    let elements = seen.result.weakest_elements();
    let ids: Vec<String> = elements.iter().map(|one| one.id.clone()).collect();
    let mut of_elements = match sees_issues {
        true => issues::issues_of_elements(db, unit.id, &ids).await?,
        false => Vec::new(),
    };
    of_elements.retain(|(_, issue)| issue.state != issues::State::Refused);
    let of = (SourceKind::SurveyElement, &*ids);
    let mut actions = match sees_actions {
        true => action_plans::some_linked(db, unit.id, of, SHOWN).await?,
        false => HashMap::new(),
    };
    let found = elements.into_iter().map(|element| {
        let own = of_elements.iter().filter(|(id, _)| *id == element.id);
        let (actions, all_actions) = actions.remove(&element.id).unwrap_or_default();
        Weak {
            told: sees_issues && sees_actions,
            known: known.iter().any(|one| one.id == element.id),
            element: element.clone(),
            issues: own.map(|(_, issue)| issue.clone()).collect(),
            actions,
            all_actions,
        }
    });
    Ok(found.collect())
}
