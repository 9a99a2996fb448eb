//! The survey of the demo office: the frozen period of 2025 and the open one of 2026, by its organiser.

use chrono::{Duration, NaiveTime};
use serde::Deserialize;

use crate::{
    access::{self, Ctx},
    organisation,
    platform::error::{Error, Result},
    surveys::{
        self, Recorded,
        results::{self, NewPublication},
    },
};

const UNIT: &str = "disdukcapil-kaltim";
const ORGANISER: &str = "penyelenggara.kaltim@rembuk.example";

#[derive(Deserialize)]
struct File {
    period: Vec<Recorded>,
}

pub async fn load(ctx: &Ctx) -> Result<()> {
    let file: File = toml::from_str(include_str!("../../fixtures/demo-survey.toml"))
        .map_err(anyhow::Error::from)?;
    let db = &ctx.app.db;
    let organiser = access::person_by_email(db, ORGANISER).await?;
    let organiser = organiser.ok_or(Error::NotFound)?;
    let unit = organisation::unit_by_code(db, UNIT).await?;
    for period in &file.period {
        // A week after its end it was frozen; one that runs is told as of today.
        let over = period.closes_on.and_time(NaiveTime::MIN).and_utc() + Duration::days(7);
        let at = ctx.now.min(over);
        // What is frozen is over; a quarter that has not come yet cannot be.
        if period.frozen && over > ctx.now {
            continue;
        }
        let then = access::acting_as(ctx, organiser, at).await?;
        let id = surveys::record(&then, unit.id, period).await?;
        let now = access::acting_as(ctx, organiser, ctx.now).await?;
        for one in &period.publication {
            let new = NewPublication {
                medium: one.medium.clone(),
                published_on: one.published_on.clone(),
                proof: one.proof.clone(),
                file: None,
            };
            results::publish(&now, id, new).await?;
        }
    }
    let ctx = access::acting_as(ctx, organiser, ctx.now).await?;
    surveys::add_codes(&ctx, unit.id).await
}
