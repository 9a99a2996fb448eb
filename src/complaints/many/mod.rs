//! Very many invented complaints, for measuring: spread over a year and a half, in every state and by every way, with
//! all the rows that their use cases would have written. The same number makes the same complaints, except for
//! their ids and codes.

mod rows;
mod stories;
mod texts;

use chrono::{DateTime, Datelike as _, Duration, Utc};

use self::{rows::Batch, stories::Office};
use super::{finding, store};
use crate::{
    access::Ctx,
    platform::{bulk::Bulk, error::Result},
};

/// So many are written in one transaction.
const BATCH: u64 = 2_000;
/// Over so many days back they are spread.
const DAYS: i64 = 540;

/// Writes that many complaints beside those that are there; says now and then how many it has written.
pub async fn fill(ctx: &Ctx, count: u64, tell: impl Fn(u64)) -> Result<()> {
    let offices = stories::offices(ctx).await?;
    if offices.is_empty() {
        return Ok(());
    }
    let mut dice = Dice::new(count);
    let begin = ctx.now - Duration::days(DAYS);
    let mut written = 0;
    while written < count {
        let size = BATCH.min(count - written);
        // Evenly over the time, so that their numbers follow the order of receipt.
        let moments: Vec<DateTime<Utc>> = (written..written + size)
            .map(|place| begin + share(ctx.now - begin, place, count))
            .collect();
        batch(ctx, &offices, &mut dice, &moments).await?;
        written += size;
        tell(written);
    }
    finding::fold(&ctx.app.db).await
}

fn share(whole: Duration, place: u64, of: u64) -> Duration {
    let seconds = i128::from(whole.num_seconds()) * i128::from(place) / i128::from(of);
    Duration::seconds(i64::try_from(seconds).unwrap_or_default())
}

async fn batch(
    ctx: &Ctx,
    offices: &[Office],
    dice: &mut Dice,
    moments: &[DateTime<Utc>],
) -> Result<()> {
    let mut stories = Vec::with_capacity(moments.len());
    for at in moments {
        // The first unit has three of four.
        let place = if dice.one_in(4) {
            dice.below(offices.len())
        } else {
            0
        };
        stories.push(stories::told(ctx, &offices[place], place, *at, dice)?);
    }
    stories.sort_by_key(|story| story.received_at);
    let mut batch = Batch::default();
    for (place, office) in offices.iter().enumerate() {
        let own = |story: &&stories::Story| story.office == place;
        let mut years: Vec<i32> = stories
            .iter()
            .filter(own)
            .map(|story| story.received_at.with_timezone(&office.zone).year())
            .collect();
        years.sort_unstable();
        years.dedup();
        for year in years {
            let of_year: Vec<&stories::Story> = stories
                .iter()
                .filter(own)
                .filter(|story| story.received_at.with_timezone(&office.zone).year() == year)
                .collect();
            let size = i32::try_from(of_year.len()).unwrap_or_default();
            let last = store::reserve_numbers(ctx.app.db.bookkeeping(), office.unit.id, year, size)
                .await?;
            for (number, story) in (last - size + 1..).zip(of_year) {
                batch.add(ctx, office, story, (year, number))?;
            }
        }
    }
    let mut bulk = Bulk::begin(&ctx.app.db).await?;
    batch.write(&mut bulk).await?;
    bulk.commit().await?;
    Ok(())
}

/// The same numbers in the same order every time (SplitMix64): nothing secret is made of them.
pub(super) struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(1).max(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}
