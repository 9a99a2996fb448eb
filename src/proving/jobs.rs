//! When a period is frozen, those in charge of what it measures hear of it: one mail to each, with all their actions;
//! of an action and period never twice.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    emails::{self, LANGUAGE, Measured},
    entity::told,
    service, store,
};
use crate::{
    access::{Ctx, PersonId},
    action_plans::{self, ActionItem, ElementProof},
    platform::{
        context::App,
        error::Result,
        i18n::t,
        jobs::{Job, JobError},
    },
    surveys::{
        SurveyPeriodId,
        results::{self, Compared, PeriodFrozen},
    },
};

impl Job for PeriodFrozen {
    const NAME: &'static str = "survey.period_frozen";

    fn key(&self) -> Option<String> {
        Some(self.period.to_string())
    }

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        Ok(tell(&Ctx::system(&app), self.period).await?)
    }
}

async fn tell(ctx: &Ctx, period: SurveyPeriodId) -> Result<()> {
    let seen = results::look(ctx, period).await?;
    let measured = service::measured_by(ctx, &seen.unit, &seen.result).await?;
    if measured.is_empty() {
        return Ok(());
    }
    let tx = ctx.app.db.begin_write().await?;
    let mut readers: BTreeMap<PersonId, (String, String, Vec<Measured>)> = BTreeMap::new();
    for (item, compared) in &measured {
        if !store::first_told(&tx, row(ctx, item, period)).await? {
            continue;
        }
        let line = line(ctx, compared);
        for (person, name, address, _) in action_plans::in_charge(&tx, &seen.unit, item).await? {
            let known = readers.entry(person);
            let (.., lines) = known.or_insert_with(|| (name, address, Vec::new()));
            lines.push(line.clone());
        }
    }
    for (name, address, lines) in readers.into_values() {
        emails::send(&tx, ctx, &seen, (name, address), lines).await?;
    }
    Ok(tx.commit().await?)
}

fn row(ctx: &Ctx, item: &ActionItem, period: SurveyPeriodId) -> told::Model {
    told::Model {
        id: uuid::Uuid::now_v7(),
        unit_id: item.unit_id,
        action_id: item.id,
        period_id: period,
        at: ctx.now,
    }
}

/// Why the two periods are not compared, as the page of the action says it.
fn why_not(element: &ElementProof) -> String {
    let unlike = element.after.iter().find(|later| !later.unlike.is_empty());
    match unlike {
        Some(later) => format!("{}: {}", later.score.label, later.change_words(LANGUAGE)),
        None => t(LANGUAGE, element.gap_key()),
    }
}

fn line(ctx: &Ctx, compared: &Compared) -> Measured {
    let elements = compared.elements.iter();
    let figures = elements.map(|one| {
        let said = one.short(LANGUAGE).unwrap_or_else(|| why_not(one));
        format!("{said} ({})", one.name(LANGUAGE))
    });
    Measured {
        code: compared.action.code.clone(),
        title: compared.action.title.clone(),
        figures: figures.collect::<Vec<_>>().join("; "),
        url: ctx.app.url(&compared.action.href),
    }
}
