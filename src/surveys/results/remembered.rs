//! What was counted of the answers of periods that are not frozen, while nothing of it changed: a hundred thousand
//! answers are not counted anew for each view. A frozen period has its kept result instead.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sea_orm::ConnectionTrait;

use super::computing::Counted;
use crate::{
    platform::error::Result,
    surveys::{
        entity::{
            answers::SurveyBatchId,
            setup::{SurveyPeriodId, period},
        },
        interim::Extent,
        store::{batches, responses},
    },
};

/// So many periods are remembered; each holds some dozens of tallies.
const MOST: usize = 32;

/// What has to be the same for counted answers to be the same: answers are added, and taken away only with their batch,
/// whose version tells it, or by a step of the period, whose version does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    period: SurveyPeriodId,
    version: i32,
    extent: Extent,
    answers: u64,
    batches: Vec<(SurveyBatchId, i32)>,
}

impl Stamp {
    /// Read before the answers: what comes in between makes the next stamp another one.
    pub async fn of(
        db: &impl ConnectionTrait,
        period: &period::Model,
        extent: Extent,
    ) -> Result<Self> {
        Ok(Self {
            period: period.id,
            version: period.version,
            extent,
            answers: responses::total(db, period).await?,
            batches: batches::versions(db, period).await?,
        })
    }
}

/// What was counted, of one `App` alone.
#[derive(Default)]
pub struct Remembered {
    counted: Mutex<VecDeque<(Stamp, Arc<Counted>)>>,
    /// One period is counted at a time: of many views at once the first counts and the others find it.
    pub counting: tokio::sync::Mutex<()>,
}

impl Remembered {
    fn all(&self) -> MutexGuard<'_, VecDeque<(Stamp, Arc<Counted>)>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn find(&self, stamp: &Stamp) -> Option<Arc<Counted>> {
        let all = self.all();
        let found = all.iter().find(|(known, _)| known == stamp);
        found.map(|(_, counted)| Arc::clone(counted))
    }

    /// In place of what was counted of the period before; the oldest goes where there are too many.
    pub fn keep(&self, stamp: Stamp, counted: &Arc<Counted>) {
        let mut all = self.all();
        all.retain(|(known, _)| known.period != stamp.period);
        all.push_back((stamp, Arc::clone(counted)));
        while all.len() > MOST {
            all.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(period: SurveyPeriodId, answers: u64) -> Stamp {
        Stamp {
            period,
            version: 1,
            extent: Extent::All,
            answers,
            batches: Vec::new(),
        }
    }

    #[test]
    fn only_the_same_answers_are_found_and_few_periods_are_remembered() {
        let all = Remembered::default();
        let period = SurveyPeriodId::new();
        let counted = Arc::new(Counted::new(9));
        all.keep(stamp(period, 5), &counted);
        assert!(all.find(&stamp(period, 5)).is_some());
        assert!(all.find(&stamp(period, 6)).is_none());
        all.keep(stamp(period, 6), &counted);
        assert!(all.find(&stamp(period, 5)).is_none(), "one of each period");
        for _ in 0..MOST {
            all.keep(stamp(SurveyPeriodId::new(), 1), &counted);
        }
        assert!(all.find(&stamp(period, 6)).is_none());
        assert!(all.all().len() <= MOST);
    }
}
