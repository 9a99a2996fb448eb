//! Opening, extending and closing a period.

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;

use super::{
    reading::{Whole, get, names_of},
    rules::{self, Broken},
    service::{held, noted, save},
};
use crate::{
    access::{Ctx, Permission},
    organisation,
    platform::{
        config::Overlap,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
    surveys::{
        entity::setup::{SurveyPeriodId, SurveyState, period},
        store::periods,
    },
};

/// Lets people answer from its first day on. What is asked is fixed from here. `meant` says that it may overlap with
/// another period. Returns the state: one whose last day is over is closed at once.
pub async fn open(ctx: &Ctx, which: (SurveyPeriodId, i32), meant: bool) -> Result<SurveyState> {
    let seen = get(ctx, which.0, Permission::ManageSurveys).await?;
    let unit = organisation::unit(&ctx.app.db, seen.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let tx = ctx.app.db.begin_write().await?;
    let all = periods::hold_all(&tx, unit.id).await?;
    let mut period = held(&tx, which).await?;
    let services = periods::services(&tx, period.id).await?;
    let state = rules::opened(&period, today, services.len())?;
    let days = (period.opens_on, period.closes_on);
    refuse_overlap(&tx, ctx, &all, (&period, days), meant).await?;
    period.state = state;
    noted(&tx, ctx, &period, "survey.opened").await?;
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(state)
}

/// Another open period that asks about one service on the same days: its title, and that service.
pub struct Overlapping {
    pub title: String,
    pub service: String,
}

/// The first of these periods that overlaps with this one on these days.
pub async fn overlapping(
    db: &impl ConnectionTrait,
    all: &[period::Model],
    (period, days): (&period::Model, (NaiveDate, NaiveDate)),
) -> Result<Option<Overlapping>> {
    let own = periods::services(db, period.id).await?;
    let others = all.iter().filter(|other| {
        other.id != period.id
            && other.state == SurveyState::Open
            && rules::overlap((other.opens_on, other.closes_on), days)
    });
    for other in others {
        let theirs = periods::services(db, other.id).await?;
        let both = own
            .iter()
            .find(|row| theirs.iter().any(|one| one.service_id == row.service_id));
        if let Some(both) = both {
            let names = names_of(db, period.unit_id).await?;
            let (_, service) = names.get(&both.service_id).cloned().unwrap_or_default();
            return Ok(Some(Overlapping {
                title: other.title.clone(),
                service,
            }));
        }
    }
    Ok(None)
}

/// With which open period it overlaps until this last day, in words; none where nobody can say that it is meant.
pub async fn overlap_text(
    ctx: &Ctx,
    whole: &Whole,
    last: Option<NaiveDate>,
) -> Result<Option<String>> {
    if ctx.app.config.surveys.overlap == Overlap::Refuse {
        return Ok(None);
    }
    let (db, period) = (&ctx.app.db, &whole.period);
    let days = (period.opens_on, last.unwrap_or(period.closes_on));
    let all = periods::of_unit(db, whole.unit.id).await?;
    let found = overlapping(db, &all, (period, days)).await?;
    Ok(found.map(|one| {
        Message::new("surveys-overlap")
            .with("title", one.title)
            .with("service", one.service)
            .text(ctx.locale())
    }))
}

/// What overlaps is refused, or has to be meant: a setting of the installation.
async fn refuse_overlap(
    tx: &Tx,
    ctx: &Ctx,
    all: &[period::Model],
    of: (&period::Model, (NaiveDate, NaiveDate)),
    meant: bool,
) -> Result<()> {
    let Some(Overlapping { title, service }) = overlapping(tx, all, of).await? else {
        return Ok(());
    };
    match ctx.app.config.surveys.overlap {
        Overlap::Refuse => Err(Broken::Overlaps { service }.into()),
        Overlap::Warn if meant => Ok(()),
        Overlap::Warn => Err(Broken::OverlapsUnsaid { title, service }.into()),
    }
}

/// Gives the period a later (or earlier) last day; one that was closed is open again.
pub async fn extend(
    ctx: &Ctx,
    which: (SurveyPeriodId, i32),
    closes_on: NaiveDate,
    meant: bool,
) -> Result<()> {
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
    if (closes_on - period.opens_on).num_days() > rules::LONGEST_PERIOD_DAYS {
        return Err(Error::field("closes_on", Message::new("surveys-days-long")));
    }
    let days = (period.opens_on, closes_on);
    refuse_overlap(&tx, ctx, &all, (&period, days), meant).await?;
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
    // Closed early, it asked until today, and its result and report say so.
    if period.opens_on <= today {
        period.closes_on = period.closes_on.min(today);
    }
    noted(&tx, ctx, &period, "survey.closed").await?;
    save(&tx, period).await?;
    tx.commit().await?;
    Ok(())
}
