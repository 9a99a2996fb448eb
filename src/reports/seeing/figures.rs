//! The figures of a unit and year, each within what its reader may see; what may not be seen is absent, which is not
//! the same as nothing.

use chrono::{Datelike as _, NaiveDate};

use crate::{
    access::{Ctx, Permission},
    action_plans::{self, Query, Status},
    calendar,
    complaints::{self, AnswerSums},
    forums::{self, Forum},
    organisation::{self, Unit},
    platform::error::Result,
    reports::loop_gaps::{self, Counts, Led},
    surveys::results::{self, Seen},
};

/// How a unit stands in a year.
pub struct UnitFigures {
    pub unit: Unit,
    pub year: i32,
    /// Of the latest frozen period that ended in the year or before it: everybody may read it.
    pub index: Option<Seen>,
    /// None for who sees no complaint of the unit.
    pub answers: Option<Answers>,
    /// Open and late at this moment, whatever the year.
    pub complaints: Option<(u64, u64)>,
    /// Those that take place in the year.
    pub forums: Vec<ForumFigures>,
    /// The plan of the year.
    pub plan: Option<PlanFigures>,
    pub gaps: Option<Counts>,
    /// Those of the year before, where they were asked for: what a forum in autumn led to shows in the next year.
    pub gaps_before: Option<Counts>,
}

/// First and last day.
pub type Span = (NaiveDate, NaiveDate);

/// Complaints received in a span that were answered, and those in time.
#[derive(Clone, Copy, Debug)]
pub struct Answers {
    pub year: (Span, AnswerSums),
    /// The quarter that today lies in; of another year there is none.
    pub quarter: Option<(Span, AnswerSums)>,
}

/// A forum, and what it led to.
pub struct ForumFigures {
    pub forum: Forum,
    /// The record of what was agreed is locked.
    pub recorded: bool,
    pub points: usize,
    pub points_with_action: usize,
}

/// The actions of a plan; cancelled ones are not among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlanFigures {
    pub all: i64,
    /// The head saw what shows it.
    pub verified: i64,
    /// Handed in, and waits for the head.
    pub waiting: i64,
    pub late: i64,
}

impl UnitFigures {
    /// Loose ends of all kinds; none for who may not see them.
    #[must_use]
    pub fn loose_ends(&self) -> Option<i64> {
        let gaps = self.gaps.as_ref()?;
        Some(gaps.iter().map(|(_, count)| count).sum())
    }
}

/// Everything about a unit and year, with the loose ends of the year before.
pub async fn of_both_years(
    ctx: &Ctx,
    unit: &Unit,
    year: i32,
    forums: &[Forum],
) -> Result<UnitFigures> {
    let years = [year, year - 1];
    let led = led_in(ctx, unit, &years, forums).await?;
    let mut found = figures(ctx, unit, year, &led).await?;
    if ctx.may(Permission::ViewIssues, unit.id) {
        let [now, before] = loop_gaps::counts(ctx, unit, years, &led).await?;
        (found.gaps, found.gaps_before) = (Some(now), Some(before));
    }
    Ok(found)
}

/// Everything about a unit and year. `forums` are all that the caller may see: read once for several units.
pub async fn of_unit(ctx: &Ctx, unit: &Unit, year: i32, forums: &[Forum]) -> Result<UnitFigures> {
    let led = led_in(ctx, unit, &[year], forums).await?;
    let mut found = figures(ctx, unit, year, &led).await?;
    if ctx.may(Permission::ViewIssues, unit.id) {
        let [now] = loop_gaps::counts(ctx, unit, [year], &led).await?;
        found.gaps = Some(now);
    }
    Ok(found)
}

async fn led_in(ctx: &Ctx, unit: &Unit, years: &[i32], forums: &[Forum]) -> Result<Vec<Led>> {
    let of = |forum: &&Forum| forum.unit_id == unit.id && years.contains(&forum.date.year());
    loop_gaps::led(ctx, forums.iter().filter(of)).await
}

/// Everything but the loose ends.
async fn figures(ctx: &Ctx, unit: &Unit, year: i32, led: &[Led]) -> Result<UnitFigures> {
    let held = led.iter();
    let held = held
        .filter(|(forum, _)| forum.date.year() == year && forum.cancelled_at.is_none())
        .map(of_forum);
    Ok(UnitFigures {
        index: results::latest_until(ctx, unit, last_day(year)).await?,
        answers: answers(ctx, unit, year).await?,
        complaints: complaints::open_and_late(ctx, unit).await?,
        forums: held.collect(),
        plan: match ctx.scope(Permission::ViewActions).is_empty() {
            true => None,
            false => Some(plan(ctx, unit, Some(year)).await?),
        },
        gaps: None,
        gaps_before: None,
        unit: unit.clone(),
        year,
    })
}

/// All forums that the caller may see; none for who sees none.
pub async fn forums_of(ctx: &Ctx) -> Result<Vec<Forum>> {
    match ctx.scope(Permission::ViewForums).is_empty() {
        true => Ok(Vec::new()),
        false => forums::list(ctx).await,
    }
}

fn of_forum((forum, outcome): &Led) -> ForumFigures {
    let answered = outcome.points.iter().filter(|point| point.has_action());
    ForumFigures {
        recorded: outcome.has_record,
        points_with_action: answered.count(),
        points: outcome.points.len(),
        forum: forum.clone(),
    }
}

/// The year in which the caller lives.
pub fn this_year(ctx: &Ctx) -> i32 {
    let zone = ctx.account().map(|account| account.zone);
    zone.map_or_else(|| ctx.now.year(), |zone| ctx.today_in(zone).year())
}

/// A year that a program names for several units.
pub fn year_for(ctx: &Ctx, year: Option<i32>) -> Result<i32> {
    Ok(calendar::year_named(year)?.unwrap_or_else(|| this_year(ctx)))
}

fn first_day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
}

fn last_day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default()
}

/// The quarter that a day lies in, until this day.
fn quarter_of(today: NaiveDate) -> Span {
    let first = today.with_day(1).unwrap_or(today);
    let first = first.with_month0(today.month0() / 3 * 3).unwrap_or(first);
    (first, today)
}

async fn answers(ctx: &Ctx, unit: &Unit, year: i32) -> Result<Option<Answers>> {
    let scope = ctx.scope(Permission::ViewComplaints);
    let divisions = organisation::divisions(&ctx.app.db, unit.id).await?;
    let mut places = divisions.iter().map(|one| Some(one.id));
    if !scope.covers(unit.id, None) && !places.any(|place| scope.covers(unit.id, place)) {
        return Ok(None);
    }
    let today = ctx.today_in(organisation::zone_of(unit)?);
    let now = year == today.year();
    let whole = (first_day(year), if now { today } else { last_day(year) });
    let quarter = quarter_of(if now { today } else { whole.1 });
    let of = (unit.id, &scope);
    let [sums, late] = complaints::answers_in(&ctx.app.db, of, [whole, quarter]).await?;
    Ok(Some(Answers {
        year: (whole, sums),
        quarter: now.then_some((quarter, late)),
    }))
}

/// The plan of a year, or all actions of a unit.
async fn plan(ctx: &Ctx, unit: &Unit, year: Option<i32>) -> Result<PlanFigures> {
    let query = Query {
        unit: Some(unit.code.clone()),
        year,
        ..Query::default()
    };
    let counts = action_plans::counts(ctx, &query).await?;
    let late = Query {
        late: true,
        ..query
    };
    let of = |status: Status| counts.get(&status).copied().unwrap_or_default();
    Ok(PlanFigures {
        all: counts.values().sum::<i64>() - of(Status::Cancelled),
        verified: of(Status::Verified),
        waiting: of(Status::Done),
        late: action_plans::counts(ctx, &late).await?.values().sum(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_begins_with_january_april_july_or_october() {
        for (day, first) in [
            ("2026-01-01", "2026-01-01"),
            ("2026-03-31", "2026-01-01"),
            ("2026-04-01", "2026-04-01"),
            ("2026-05-31", "2026-04-01"),
            ("2026-12-31", "2026-10-01"),
        ] {
            let day: NaiveDate = day.parse().unwrap();
            assert_eq!(quarter_of(day), (first.parse().unwrap(), day), "{day}");
        }
    }
}
