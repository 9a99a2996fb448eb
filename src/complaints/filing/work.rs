//! Flood control without pictures to decipher. Up to a number of complaints from one network, or for one unit, in an
//! hour nothing is asked. Beyond, a form shows that its browser has worked for some seconds, or its sender waits some
//! minutes: both cost one person little and a machine that sends thousands a lot. The challenge is signed and bound
//! to the form's key, so nothing is stored for it, and a form becomes one complaint only.

use chrono::{DateTime, Duration, Utc};
use sha2::{Digest as _, Sha256};

use super::{forms, rules, store};
use crate::{
    access::{Ctx, Permission},
    organisation::Unit,
    platform::{
        crypto::{Purpose, same},
        error::{Error, Result},
        throttle::{self, Throttle},
    },
};

/// Beyond so many times the limit even work does not help: then a machine works.
const WORKED_PER_FREE: u32 = 10;
const LONGEST_COUNTER: usize = 20;

/// What the browser is to solve: a number behind the text whose SHA-256 begins with so many zero bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    pub text: String,
    pub bits: u32,
    /// From then on the form is taken without work too.
    pub opens_at: DateTime<Utc>,
}

/// What a form brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    None,
    Worked,
    Waited,
}

fn limit(ctx: &Ctx) -> u32 {
    ctx.app.config.limits.complaints_per_hour
}

fn per_hour(ctx: &Ctx, kind: &str, most: u32) -> Throttle {
    Throttle::new(kind, &ctx.request.network(), most, Duration::hours(1))
}

/// Of one network without more ado.
#[must_use]
pub fn free(ctx: &Ctx) -> Throttle {
    per_hour(ctx, "complaint", limit(ctx))
}

/// Where many came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// The sender's network.
    Network,
    /// Everywhere: the unit gets many.
    Unit,
}

/// Whether a form of this network for this unit has to bring work or patience.
pub async fn is_asked(ctx: &Ctx, unit: &Unit) -> Result<bool> {
    Ok(busy(ctx, unit).await?.is_some())
}

/// Why it has to.
pub async fn busy(ctx: &Ctx, unit: &Unit) -> Result<Option<Busy>> {
    if ctx.may(Permission::RegisterComplaint, unit.id) {
        return Ok(None);
    }
    match throttle::refuse_if_exhausted(&ctx.app, ctx.now, &[&free(ctx)]).await {
        Ok(()) => {}
        Err(Error::TooMany { .. }) => return Ok(Some(Busy::Network)),
        Err(error) => return Err(error),
    }
    let hour = ctx.now - Duration::hours(1);
    let came = store::received_since(&ctx.app.db, unit.id, hour).await?;
    let most = u64::from(ctx.app.config.limits.unit_complaints_per_hour);
    Ok((came >= most).then_some(Busy::Unit))
}

/// The challenge of a form whose sender was asked at this moment.
#[must_use]
pub fn challenge(ctx: &Ctx, key: &str, from: i64) -> Challenge {
    let limits = &ctx.app.config.limits;
    let bits = limits.work_bits;
    let signed = format!("work:{}:{from}:{bits}", forms::hash_of(ctx, key));
    let mac = ctx.app.keys.hash(Purpose::Forms, &signed);
    let from_at = DateTime::from_timestamp(from, 0).unwrap_or(ctx.now);
    Challenge {
        text: format!("{from}.{bits}.{mac}"),
        bits,
        opens_at: from_at + Duration::minutes(i64::from(limits.wait_minutes)),
    }
}

/// What a form with this challenge and number brings.
#[must_use]
pub fn pass(ctx: &Ctx, key: &str, given: &str, counter: &str) -> Pass {
    let from = given.split('.').next().and_then(|from| from.parse().ok());
    let Some(from) = from.filter(|from| *from <= ctx.now.timestamp()) else {
        return Pass::None;
    };
    let known = challenge(ctx, key, from);
    if !same(&known.text, given) {
        return Pass::None;
    }
    if known.opens_at <= ctx.now {
        return Pass::Waited;
    }
    let short = (1..=LONGEST_COUNTER).contains(&counter.len());
    let hash = Sha256::digest(format!("{given}:{counter}"));
    if short && rules::has_zero_bits(&hash, known.bits) {
        Pass::Worked
    } else {
        Pass::None
    }
}

/// By what a form is counted, or how long it has to wait.
pub async fn toll(
    ctx: &Ctx,
    unit: &Unit,
    pass: Pass,
    opens_at: Option<DateTime<Utc>>,
) -> Result<Option<Throttle>> {
    if ctx.may(Permission::RegisterComplaint, unit.id) {
        return Ok(None);
    }
    if !is_asked(ctx, unit).await? {
        return Ok(Some(free(ctx)));
    }
    match pass {
        Pass::Worked => Ok(Some(per_hour(
            ctx,
            "complaint-worked",
            limit(ctx) * WORKED_PER_FREE,
        ))),
        Pass::Waited => Ok(Some(per_hour(ctx, "complaint-waited", limit(ctx)))),
        Pass::None => {
            let wait = i64::from(ctx.app.config.limits.wait_minutes) * 60;
            let left = opens_at.map_or(wait, |at| (at - ctx.now).num_seconds().max(1));
            Err(Error::TooMany {
                retry_after_seconds: u64::try_from(left).unwrap_or(60),
            })
        }
    }
}
