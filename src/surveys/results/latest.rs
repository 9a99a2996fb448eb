//! The result that stands for a unit: of its latest frozen period that has an index. One that hardly anybody answered, or
//! of which an element stayed without answers, hides no earlier one that has figures.

use chrono::NaiveDate;

use super::{
    figures::SurveyResult,
    service::{Seen, read},
    store,
};
use crate::{
    access::Ctx,
    organisation::Unit,
    platform::error::{Error, Result},
    surveys::{
        entity::setup::{SurveyPeriodId, period},
        rules::exact,
    },
};

/// The first of these periods, the latest first, whose result has an index; where none has, the first that tells something,
/// else the latest.
async fn telling(ctx: &Ctx, unit: &Unit, periods: Vec<period::Model>) -> Result<Option<Seen>> {
    let (mut telling, mut latest) = (None, None);
    for period in periods {
        let result = read(ctx, &period, unit).await?;
        let (tells, has_index) = (result.tells(), result.ikm.is_some());
        let seen = Seen {
            period,
            unit: unit.clone(),
            result,
        };
        if tells && has_index {
            return Ok(Some(seen));
        }
        let place = if tells { &mut telling } else { &mut latest };
        place.get_or_insert(seen);
    }
    Ok(telling.or(latest))
}

/// The latest frozen result of a unit that ended by a day; everybody may read it.
pub async fn latest_until(ctx: &Ctx, unit: &Unit, day: NaiveDate) -> Result<Option<Seen>> {
    let mut frozen = store::frozen(&ctx.app.db, unit.id).await?;
    frozen.retain(|period| period.closes_on <= day);
    telling(ctx, unit, frozen).await
}

/// The result that the public reads: the latest, or that of the period that is asked for.
pub async fn published(
    ctx: &Ctx,
    unit: &Unit,
    asked: Option<SurveyPeriodId>,
) -> Result<Option<Seen>> {
    let mut frozen = store::frozen(&ctx.app.db, unit.id).await?;
    if let Some(id) = asked {
        frozen.retain(|period| period.id == id);
        if frozen.is_empty() {
            return Err(Error::NotFound);
        }
    }
    telling(ctx, unit, frozen).await
}

/// The mean of an element in a unit's latest result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatestScore {
    /// The stable id.
    pub element: String,
    /// The title of the period.
    pub period: String,
    /// Its id.
    pub period_id: String,
    /// In Indonesian.
    pub name: String,
    pub name_en: String,
    /// NRR in ten-thousandths: 33100 is 3.31.
    pub nrr: i64,
}

/// For what looks for weak elements. Elements of a unit's own are left out: nothing else of the program knows them.
pub async fn latest_scores(ctx: &Ctx, unit: &Unit) -> Result<Vec<LatestScore>> {
    let Some(seen) = published(ctx, unit, None).await? else {
        return Ok(Vec::new());
    };
    let known = crate::surveys::elements(&ctx.app.db).await?;
    let SurveyResult {
        elements,
        title,
        id,
        ..
    } = seen.result;
    let kept = elements
        .into_iter()
        .filter(|one| known.iter().any(|element| element.id == one.id));
    Ok(kept
        .filter_map(|one| {
            let nrr = exact::parse(one.nrr.as_ref()?).ok()?;
            Some(LatestScore {
                nrr: exact::fixed(&nrr, 4).replace('.', "").parse().ok()?,
                element: one.id,
                period: title.clone(),
                period_id: id.clone(),
                name: one.name_id,
                name_en: one.name_en,
            })
        })
        .collect())
}
