//! Taking an element out of a period that is over. Nobody, or too few, answered it, because it does not apply or the
//! paper form left it out; with it the period would never have an index.

use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    reading::get,
    rules::{Broken, WHOLE, billionths, decimal_of, may_take_out},
    service::{held, save},
};
use crate::{
    access::{Ctx, Permission},
    audit,
    organisation::{self, UnitId},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Locale,
    },
    surveys::{
        entity::setup::{SurveyPeriodId, element, period},
        results::few_answered,
        store::{periods, responses},
    },
};

/// An element that may go, and how many answers go with it.
pub struct Unanswered {
    pub element: element::Model,
    pub answers: u64,
}

/// How the history calls it.
pub const TAKEN_OUT: &str = "survey.element_taken_out";

/// An element that was taken out, as the history keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOut {
    pub id: String,
    pub label: String,
    pub name_id: String,
    pub name_en: String,
}

impl TakenOut {
    #[must_use]
    pub fn full_name(&self, locale: Locale) -> String {
        let name = match locale {
            Locale::Id => &self.name_id,
            Locale::En => &self.name_en,
        };
        format!("{} {name}", self.label)
    }
}

/// What was taken out of a period, the first first. Days when the history did not name it are left out.
pub async fn taken_out(db: &impl ConnectionTrait, id: SurveyPeriodId) -> Result<Vec<TakenOut>> {
    let events = audit::of_verb(db, "survey", id.0, TAKEN_OUT).await?;
    let named = events
        .into_iter()
        .filter_map(|event| serde_json::from_value(event.data["element"].clone()).ok());
    Ok(named.collect())
}

/// What was taken out of the period with which a new one of the unit begins.
pub async fn taken_out_of_last(ctx: &Ctx, unit: UnitId) -> Result<Vec<TakenOut>> {
    let db = &ctx.app.db;
    match periods::of_unit(db, unit).await?.first() {
        Some(last) => taken_out(db, last.id).await,
        None => Ok(Vec::new()),
    }
}

async fn noted(tx: &Tx, ctx: &Ctx, period: &period::Model, gone: &element::Model) -> Result<()> {
    let element = TakenOut {
        id: gone.element_id.clone(),
        label: gone.label.clone(),
        name_id: gone.name_id.clone(),
        name_en: gone.name_en.clone(),
    };
    let entry = audit::Entry::new("survey", period.id.0, TAKEN_OUT)
        .in_unit(period.unit_id)
        .with(serde_json::json!({
            "title": period.title, "closes_on": period.closes_on, "element": element,
        }));
    audit::record(tx, ctx, entry).await
}

/// The elements that fewer answered than a figure needs; none of a period that was never answered.
pub async fn unanswered(ctx: &Ctx, period: &period::Model) -> Result<Vec<Unanswered>> {
    let db = &ctx.app.db;
    let elements = periods::elements(db, period.id).await?;
    let scores = responses::scores(db, period).await?;
    let least = u64::try_from(period.minimum_answers).unwrap_or(1).max(1);
    let few = few_answered(elements.len(), &scores, least)?;
    let found = elements.into_iter().zip(few);
    Ok(found
        .filter_map(|(element, answers)| {
            Some(Unanswered {
                element,
                answers: answers?,
            })
        })
        .collect())
}

/// The others weigh as much of one another as before, and sum to one.
fn reweigh(elements: &mut [element::Model]) {
    let own: Vec<u64> = elements
        .iter()
        .filter_map(|one| billionths(one.weight.as_ref()?))
        .collect();
    if own.len() != elements.len() {
        return;
    }
    let weights = shared_out(&own);
    for (element, weight) in elements.iter_mut().zip(weights) {
        element.weight = Some(decimal_of(weight));
    }
}

/// Shares that sum to one; what rounding leaves over goes to the largest.
fn shared_out(weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().copied().map(u128::from).sum();
    let share = |weight: u64| u128::from(weight) * u128::from(WHOLE) / sum.max(1);
    let mut shares: Vec<u64> = weights
        .iter()
        .map(|weight| u64::try_from(share(*weight)).unwrap_or(WHOLE))
        .collect();
    let left = WHOLE.saturating_sub(shares.iter().sum());
    if let Some(largest) = shares.iter_mut().max() {
        *largest += left;
    }
    shares
}

/// Takes it out of a closed period: question and answers go, the other answers stay.
pub async fn take_out(ctx: &Ctx, which: (SurveyPeriodId, i32), id: &str) -> Result<()> {
    let seen = get(ctx, which.0, Permission::ManageSurveys).await?;
    let unit = organisation::unit(&ctx.app.db, seen.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let tx = ctx.app.db.begin_write().await?;
    let mut period = held(&tx, which).await?;
    may_take_out(&period, today)?;
    let mut elements = periods::elements(&tx, period.id).await?;
    let place = elements.iter().position(|one| one.element_id == id);
    let place = place.ok_or(Error::NotFound)?;
    let scores = responses::scores(&tx, &period).await?;
    let least = u64::try_from(period.minimum_answers).unwrap_or(1).max(1);
    let few = few_answered(elements.len(), &scores, least)?;
    if few.get(place).is_none_or(Option::is_none) {
        return Err(Broken::Answered.into());
    }
    let gone = elements.remove(place);
    reweigh(&mut elements);
    for row in &mut elements {
        row.id = Uuid::now_v7();
    }
    // A rounded weight stands for one over the number that it was made for.
    "exact".clone_into(&mut period.weight_policy);
    periods::replace_elements(&tx, period.id, elements).await?;
    periods::delete_all_questions(&tx, period.id, &gone.element_id).await?;
    responses::cut_score(&tx, &period, place).await?;
    noted(&tx, ctx, &period, &gone).await?;
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_that_stay_keep_their_proportion_and_sum_to_one() {
        for (weights, expected) in [
            (
                &[500_000_000_u64, 250_000_000][..],
                &[666_666_667_u64, 333_333_333][..],
            ),
            (
                &[100_000_000, 100_000_000, 100_000_000],
                &[333_333_333, 333_333_333, 333_333_334],
            ),
            (&[250_000_000], &[1_000_000_000]),
        ] {
            assert_eq!(shared_out(weights), expected);
        }
    }
}
