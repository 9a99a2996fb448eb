//! Opening, extending and closing a period.

use chrono::NaiveDate;

use super::{
    reading::{get, names_of},
    rules::{self, Broken},
    service::{held, noted, save},
};
use crate::{
    access::{Ctx, Permission},
    organisation,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
    surveys::{
        entity::setup::{SurveyPeriodId, SurveyState, period},
        store::periods,
    },
};

/// Lets people answer from its first day on. What is asked is fixed from here.
pub async fn open(ctx: &Ctx, which: (SurveyPeriodId, i32)) -> Result<()> {
    let seen = get(ctx, which.0, Permission::ManageSurveys).await?;
    let unit = organisation::unit(&ctx.app.db, seen.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let tx = ctx.app.db.begin_write().await?;
    let all = periods::hold_all(&tx, unit.id).await?;
    let mut period = held(&tx, which).await?;
    let services = periods::services(&tx, period.id).await?;
    rules::may_open(&period, today, services.len())?;
    let days = (period.opens_on, period.closes_on);
    refuse_overlap(&tx, ctx, &all, (&period, days)).await?;
    period.state = SurveyState::Open;
    noted(&tx, ctx, &period, "survey.opened").await?;
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}

/// Two periods must not ask about one service on the same day: nobody could say to which an answer belongs.
async fn refuse_overlap(
    tx: &Tx,
    ctx: &Ctx,
    all: &[period::Model],
    (period, days): (&period::Model, (NaiveDate, NaiveDate)),
) -> Result<()> {
    let own = periods::services(tx, period.id).await?;
    let others = all.iter().filter(|other| {
        other.id != period.id
            && other.state == SurveyState::Open
            && rules::overlap((other.opens_on, other.closes_on), days)
    });
    for other in others {
        let theirs = periods::services(tx, other.id).await?;
        let both = own
            .iter()
            .find(|row| theirs.iter().any(|one| one.service_id == row.service_id));
        if let Some(both) = both {
            let names = names_of(ctx, period.unit_id).await?;
            let (_, service) = names.get(&both.service_id).cloned().unwrap_or_default();
            return Err(Broken::Overlaps { service }.into());
        }
    }
    Ok(())
}

/// Gives the period a later (or earlier) last day; one that was closed is open again.
pub async fn extend(ctx: &Ctx, which: (SurveyPeriodId, i32), closes_on: NaiveDate) -> Result<()> {
    let seen = get(ctx, which.0, Permission::ManageSurveys).await?;
    let unit = organisation::unit(&ctx.app.db, seen.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let tx = ctx.app.db.begin_write().await?;
    let all = periods::hold_all(&tx, unit.id).await?;
    let mut period = held(&tx, which).await?;
    rules::may_extend(&period, today, closes_on)?;
    if closes_on < period.opens_on {
        return Err(Error::field(
            "closes_on",
            Message::new("surveys-days-order"),
        ));
    }
    refuse_overlap(&tx, ctx, &all, (&period, (period.opens_on, closes_on))).await?;
    period.closes_on = closes_on;
    period.state = SurveyState::Open;
    noted(&tx, ctx, &period, "survey.extended").await?;
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes no more answers, from this moment.
pub async fn close(ctx: &Ctx, which: (SurveyPeriodId, i32)) -> Result<()> {
    let seen = get(ctx, which.0, Permission::ManageSurveys).await?;
    let unit = organisation::unit(&ctx.app.db, seen.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let tx = ctx.app.db.begin_write().await?;
    let mut period = held(&tx, which).await?;
    rules::may_close(&period, today)?;
    period.state = SurveyState::Closed;
    noted(&tx, ctx, &period, "survey.closed").await?;
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}
