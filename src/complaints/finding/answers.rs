//! How many answers a month had, and how many came in time. As with the numbers of the inbox, whatever gives the first
//! answer or moves an answered complaint notes one more and one less, and a sum of a few months tells a year.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;

use super::{
    entity::answers_change,
    store::{self, MonthOf},
};
use crate::{
    access::Scope,
    complaints::{entity::complaint, knowing::Figures},
    organisation::{self, DivisionId, UnitId},
    platform::error::Result,
};

/// Whose answer it was, of what was received when, and whether it came in time.
type Answered = (Option<DivisionId>, DateTime<Utc>, bool);

fn answered(of: &complaint::Model) -> Option<Answered> {
    let in_time = of.answered_in_time?;
    Some((of.division_id, of.received_at, in_time))
}

/// `2026-03` of the local day.
#[must_use]
pub fn month_of(at: DateTime<Utc>, zone: Tz) -> String {
    month(at.with_timezone(&zone).date_naive())
}

fn month(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// A row that notes so many answers, of which so many in time.
pub fn answers_row(
    unit: UnitId,
    (division, month): (Option<DivisionId>, String),
    (answered, in_time): (i64, i64),
) -> answers_change::ActiveModel {
    store::answers_change(MonthOf {
        unit,
        division,
        month,
        answered,
        in_time,
    })
}

/// Notes what a change of a complaint changes about the answers; before it was filed there was nothing.
pub async fn answers_moved(
    db: &impl ConnectionTrait,
    before: Option<&complaint::Model>,
    after: &complaint::Model,
) -> Result<()> {
    let (was, is) = (before.and_then(answered), answered(after));
    if was == is {
        return Ok(());
    }
    let unit = organisation::unit(db, after.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let row = |(division, at, in_time): Answered, n: i64| {
        let of = (division, month_of(at, zone));
        answers_row(unit.id, of, (n, if in_time { n } else { 0 }))
    };
    let less = was.map(|was| row(was, -1));
    let more = is.map(|is| row(is, 1));
    store::note_answers(db, less.into_iter().chain(more).collect()).await
}

/// Answers to what was received in some months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerSums {
    pub answered: i64,
    pub in_time: i64,
}

impl AnswerSums {
    /// Of the answers, how many came within the promised time: rounded as the recapitulation rounds it.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        let figures = Figures {
            answered: self.answered,
            in_time: self.in_time,
            ..Figures::default()
        };
        figures.on_time_percent()
    }
}

/// Of what a unit received in the months of these days, as far as the scope reaches: in each span (first day, last
/// day) how many were answered and how many in time. The first span holds the others.
pub async fn answers_in<const N: usize>(
    db: &impl ConnectionTrait,
    (unit, scope): (UnitId, &Scope),
    spans: [(NaiveDate, NaiveDate); N],
) -> Result<[AnswerSums; N]> {
    let mut sums = [AnswerSums::default(); N];
    let Some((first, last)) = spans.first() else {
        return Ok(sums);
    };
    for found in store::answers_in(db, unit, (&month(*first), &month(*last))).await? {
        if !scope.covers(unit, found.division) {
            continue;
        }
        for (sum, (from, to)) in sums.iter_mut().zip(&spans) {
            if (month(*from)..=month(*to)).contains(&found.month) {
                sum.answered += found.answered;
                sum.in_time += found.in_time;
            }
        }
    }
    Ok(sums)
}

/// How the database finds a year of them: what tests hold against reading everything.
pub async fn answers_plan(db: &crate::platform::db::Db, unit: UnitId) -> Result<String> {
    let statement = store::answers_statement(db, unit, ("2026-01", "2026-12"));
    super::plan_of(db, statement).await
}
