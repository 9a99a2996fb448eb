//! Use cases: looking at what is there, asking for an archive, making it, taking it home.

use std::sync::Arc;

use chrono::{DateTime, Datelike as _, Duration, Utc};
use sea_orm::ActiveValue::Set;
use serde::Serialize;

use super::{
    contents,
    entity::{ActiveModel, BundleId, Model as Bundle},
    jobs::MakeBundle,
    making,
    plan::{self, Plan},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    documents::archive::{self, Item},
    organisation::{self, Unit},
    platform::{
        context::App,
        crypto::sha256_hex,
        db::Tx,
        error::{Error, Result},
        jobs,
    },
};

/// An archive that is younger says what is true now; an older one is made anew.
const FRESH: Duration = Duration::hours(1);
/// How long an archive lies there; it can be made again.
const KEPT: Duration = Duration::days(7);
/// So often it is tried before its page says that it failed.
const TRIES: i32 = 5;
/// No unit has used this program before.
const FIRST_YEAR: i32 = 2000;

/// A year of a unit, and how far its archive is.
pub struct Look {
    pub plan: Plan,
    /// The one that was asked for last.
    pub last: Option<Bundle>,
    /// The last that is whole.
    pub made: Option<Bundle>,
}

/// The unit of this code, for who may see its evidence.
pub async fn unit(ctx: &Ctx, code: &str) -> Result<Unit> {
    let scope = ctx.require_scope(Permission::ViewEvidence)?;
    let unit = organisation::unit_by_code(&ctx.app.db, code).await?;
    if !scope.covers(unit.id, None) {
        return Err(Error::NotFound);
    }
    Ok(unit)
}

/// The year that is asked for, or the present one; what lies ahead has no evidence.
pub fn year(ctx: &Ctx, unit: &Unit, asked: Option<i32>) -> Result<i32> {
    let present = ctx.today_in(organisation::zone_of(unit)?).year();
    let year = asked.unwrap_or(present);
    if !(FIRST_YEAR..=present).contains(&year) {
        return Err(Error::NotFound);
    }
    Ok(year)
}

/// The archive is the same whoever asks for it: it is read and made as the program itself, after who asks was asked
/// for the right to it.
fn system(ctx: &Ctx) -> Ctx {
    Ctx {
        now: ctx.now,
        ..Ctx::system(&ctx.app)
    }
}

pub async fn look(ctx: &Ctx, unit: Unit, year: i32) -> Result<Look> {
    ctx.require(Permission::ViewEvidence, unit.id)?;
    let db = &ctx.app.db;
    Ok(Look {
        last: store::latest(db, unit.id, year).await?,
        made: store::latest_made(db, unit.id, year).await?,
        plan: plan::of(&system(ctx), unit, year).await?,
    })
}

/// Asks for an archive; one that is being made is waited for.
pub async fn start(ctx: &Ctx, unit: &Unit, year: i32) -> Result<Bundle> {
    ctx.require(Permission::ViewEvidence, unit.id)?;
    let plan = plan::of(&system(ctx), unit.clone(), year).await?;
    let tx = ctx.app.db.begin_write().await?;
    // Two who press at once wait for the same one.
    organisation::hold(&tx, unit.id).await?;
    let last = store::latest(&tx, unit.id, year).await?;
    if let Some(running) = last.filter(Bundle::is_running) {
        return Ok(running);
    }
    let bundle = asked(&tx, ctx, &plan).await?;
    let job = MakeBundle { bundle: bundle.id };
    jobs::enqueue(&tx, &job, ctx.now).await?;
    tx.commit().await?;
    Ok(bundle)
}

async fn asked(tx: &Tx, ctx: &Ctx, plan: &Plan) -> Result<Bundle> {
    let bundle = Bundle {
        id: BundleId::new(),
        unit_id: plan.unit.id,
        year: plan.year,
        asked_by: ctx.person_id(),
        asked_name: ctx.actor_name().to_owned(),
        asked_at: ctx.now,
        steps: steps(plan)?,
        done: 0,
        tries: 0,
        made_at: None,
        failed_at: None,
        file_key: None,
        sha256: None,
        size: 0,
    };
    store::insert(tx, bundle.clone()).await?;
    let entry = audit::Entry::new("unit", plan.unit.id.0, "evidence.asked")
        .in_unit(plan.unit.id)
        .with(serde_json::json!({ "year": plan.year }));
    audit::record(tx, ctx, entry).await?;
    Ok(bundle)
}

/// Every file, and the table of contents.
fn steps(plan: &Plan) -> Result<i32> {
    Ok(i32::try_from(plan.files.len() + 1).map_err(anyhow::Error::from)?)
}

/// Makes an archive that was asked for; twice is once.
pub async fn make(ctx: &Ctx, id: BundleId) -> Result<()> {
    let bundle = store::one(&ctx.app.db, id).await?;
    if !bundle.is_running() {
        return Ok(());
    }
    let unit = organisation::unit(&ctx.app.db, bundle.unit_id).await?;
    let plan = plan::of(ctx, unit, bundle.year).await?;
    let bytes = pack(ctx, &plan, id).await?;
    keep(ctx, id, bytes).await
}

#[derive(Serialize)]
struct About {
    unit: AboutUnit,
    year: i32,
}

#[derive(Serialize)]
struct AboutUnit {
    code: String,
    name: String,
}

/// Makes file after file and says how far it is. What the record itself forbids to make (a report of an office without
/// a head) is named in the contents; any other fault stops, because an archive must not be less than it says.
async fn pack(ctx: &Ctx, plan: &Plan, id: BundleId) -> Result<Vec<u8>> {
    let mut files: Vec<(Item, Vec<u8>)> = Vec::new();
    let mut lost = Vec::new();
    let steps = steps(plan)?;
    for (planned, done) in plan.files.iter().zip(1..) {
        match making::file(ctx, plan, planned).await {
            Ok(file) => files.push(file),
            Err(Error::Rule { message, .. }) => {
                lost.push((planned.name.clone(), message.text(ctx.locale())));
            }
            Err(error) => return Err(error),
        }
        let tx = ctx.app.db.begin_write().await?;
        store::step(&tx, id, done, steps).await?;
        tx.commit().await?;
    }
    let items: Vec<Item> = files.iter().map(|(item, _)| item.clone()).collect();
    let list = contents::pdf(ctx, plan, &items, &lost).await?;
    let item = Item::made(contents::NAME, "contents", &list, false);
    files.insert(0, (item, list));
    let about = About {
        unit: AboutUnit {
            code: plan.unit.code.clone(),
            name: plan.unit.name.clone(),
        },
        year: plan.year,
    };
    let zone = organisation::zone_of(&plan.unit)?;
    archive::packed(ctx, ("rembuk/evidence/1", zone), about, files).await
}

async fn keep(ctx: &Ctx, id: BundleId, bytes: Vec<u8>) -> Result<()> {
    let sha256 = sha256_hex(&bytes);
    let size = i64::try_from(bytes.len()).map_err(anyhow::Error::from)?;
    let key = ctx.app.files.put("evidence", bytes).await?;
    let tx = ctx.app.db.begin_write().await?;
    let steps = store::one(&tx, id).await?.steps;
    let made = ActiveModel {
        done: Set(steps),
        made_at: Set(Some(ctx.now)),
        file_key: Set(Some(key)),
        sha256: Set(Some(sha256)),
        size: Set(size),
        ..Default::default()
    };
    store::change(&tx, id, made).await?;
    Ok(tx.commit().await?)
}

/// Counts a try that failed; true when it was the last.
pub async fn failed(ctx: &Ctx, id: BundleId, hopeless: bool) -> Result<bool> {
    let tx = ctx.app.db.begin_write().await?;
    let bundle = store::one(&tx, id).await?;
    let tries = bundle.tries + 1;
    let over = hopeless || tries >= TRIES;
    let row = ActiveModel {
        tries: Set(tries),
        failed_at: Set(over.then_some(ctx.now)),
        ..Default::default()
    };
    store::change(&tx, id, row).await?;
    tx.commit().await?;
    Ok(over)
}

/// The archive that is there. Who took it is written down.
pub async fn take(ctx: &Ctx, unit: &Unit, year: i32) -> Result<(String, Vec<u8>)> {
    ctx.require(Permission::ViewEvidence, unit.id)?;
    let made = store::latest_made(&ctx.app.db, unit.id, year).await?;
    taken(ctx, unit, made.ok_or(Error::NotFound)?).await
}

async fn taken(ctx: &Ctx, unit: &Unit, bundle: Bundle) -> Result<(String, Vec<u8>)> {
    let key = bundle.file_key.ok_or(Error::NotFound)?;
    let bytes = ctx.app.files.get(&key).await?;
    let tx = ctx.app.db.begin_write().await?;
    let entry = audit::Entry::new("unit", unit.id.0, "evidence.taken")
        .in_unit(unit.id)
        .with(serde_json::json!({ "year": bundle.year, "sha256": bundle.sha256 }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok((format!("bukti-{}-{}.zip", unit.code, bundle.year), bytes))
}

/// For programs: the archive of the last hour, else one that is made now and kept.
pub async fn fresh(ctx: &Ctx, unit: &Unit, year: i32) -> Result<(String, Vec<u8>)> {
    ctx.require(Permission::ViewEvidence, unit.id)?;
    let db = &ctx.app.db;
    let made = store::latest_made(db, unit.id, year).await?;
    let young = |bundle: &Bundle| bundle.made_at.is_some_and(|at| at > ctx.now - FRESH);
    if let Some(bundle) = made.filter(young) {
        return taken(ctx, unit, bundle).await;
    }
    let system = system(ctx);
    let plan = plan::of(&system, unit.clone(), year).await?;
    let tx = db.begin_write().await?;
    let bundle = asked(&tx, ctx, &plan).await?;
    tx.commit().await?;
    let made = match pack(&system, &plan, bundle.id).await {
        Ok(bytes) => keep(&system, bundle.id, bytes).await,
        Err(error) => Err(error),
    };
    if let Err(error) = made {
        failed(&system, bundle.id, true).await?;
        return Err(error);
    }
    taken(ctx, unit, store::one(db, bundle.id).await?).await
}

/// Removes archives that had their time; twice is once.
pub async fn sweep(app: &Arc<App>, now: DateTime<Utc>) -> Result<()> {
    for bundle in store::older_than(&app.db, now - KEPT).await? {
        if let Some(key) = &bundle.file_key {
            app.files.remove(key).await?;
        }
        let tx = app.db.begin_write().await?;
        store::delete(&tx, bundle.id).await?;
        tx.commit().await?;
    }
    Ok(())
}
