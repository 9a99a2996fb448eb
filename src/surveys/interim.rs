//! What of a running period may be looked at. Who looks before and after one person at the counter would read that
//! person's answers from the difference; so only whole days that are over are shown, in steps of at least as many answers
//! as a figure needs, and the last step only when the period has ended.

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;

use super::{
    entity::setup::period,
    setup::rules::{Phase, phase},
    store::responses,
};
use crate::platform::error::Result;

/// Which answers of a period are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    All,
    /// Up to a day of a running period, that day included.
    Until(NaiveDate),
    /// It runs, and too few have answered yet.
    Nothing,
}

/// The last day that is shown. Between it and the one before it lie at least `least` answers, and as many behind it: so no
/// two looks, nor the last look and the final result, differ by fewer.
#[must_use]
pub fn last_shown(days: &[(NaiveDate, u64)], least: u64, today: NaiveDate) -> Option<NaiveDate> {
    let mut behind: u64 = days.iter().map(|(_, answers)| answers).sum();
    let (mut step, mut shown) = (0, None);
    for (day, answers) in days.iter().take_while(|(day, _)| *day < today) {
        behind -= answers;
        step += answers;
        if step >= least && behind >= least {
            (step, shown) = (0, Some(*day));
        }
    }
    shown
}

/// What may be looked at today.
pub async fn extent(
    db: &impl ConnectionTrait,
    period: &period::Model,
    today: NaiveDate,
) -> Result<Extent> {
    match phase(period, today) {
        Phase::Closed | Phase::Frozen => return Ok(Extent::All),
        Phase::Draft | Phase::Coming | Phase::Open => {}
    }
    let days = responses::days(db, period).await?;
    let least = u64::try_from(period.minimum_answers).unwrap_or(1).max(1);
    Ok(last_shown(&days, least, today).map_or(Extent::Nothing, Extent::Until))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, number).unwrap()
    }

    #[test]
    fn no_two_looks_differ_by_fewer_than_a_figure_needs() {
        let shown = |answers: &[u64], today: u32| {
            let days: Vec<_> = (1..).map(day).zip(answers.iter().copied()).collect();
            last_shown(&days, 5, day(today))
        };
        for (answers, today, expected) in [
            (&[][..], 9, None),
            // The five of a day are shown when five others have come after them.
            (&[5], 9, None),
            (&[5, 4], 9, None),
            (&[5, 5], 9, Some(day(1))),
            // A day with few waits for the next ones.
            (&[5, 1, 9], 9, Some(day(1))),
            (&[5, 1, 4, 5], 9, Some(day(3))),
            // Today is not over.
            (&[5, 5], 1, None),
            (&[5, 1, 4, 5], 3, Some(day(1))),
        ] {
            assert_eq!(
                shown(answers, today),
                expected,
                "{answers:?} on day {today}"
            );
        }
    }

    #[test]
    fn one_more_answer_today_changes_at_most_a_whole_step() {
        let mut days: Vec<(NaiveDate, u64)> = (1..=8).map(|number| (day(number), 3)).collect();
        let mut before = 0;
        for _ in 0..40 {
            if let Some(last) = days.last_mut() {
                last.1 += 1;
            }
            let last = last_shown(&days, 5, day(9));
            let counted = days.iter().filter(|(day, _)| Some(*day) <= last);
            let counted: u64 = counted.map(|(_, answers)| answers).sum();
            assert!(
                counted == before || counted >= before + 5,
                "{before} {counted}"
            );
            before = counted;
        }
    }
}
