//! Which period holds for which kind, and choosing another.

use chrono::{Duration, NaiveDate};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{
    emails,
    entity::policy,
    rules::{self, Term},
    running, store,
};
use crate::{
    access::{Ctx, Permission, PersonId},
    audit,
    calendar::{CERTAINTIES, dates},
    complaints::rules::Kind,
    organisation::{self, UnitId},
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
    },
};

/// A choice begins at most a year ahead, as the periods of answering do: further away the year is a slip of the pen.
const AHEAD_DAYS: i64 = 366;

const DEFAULTS: &str = include_str!("../../../fixtures/retention.toml");

#[derive(Deserialize)]
struct Defaults {
    term: Vec<Term>,
}

/// A period that holds on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    pub term: Term,
    /// None: proposed by the program, and nothing is anonymised by it.
    pub since: Option<NaiveDate>,
}

impl InForce {
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        self.since.is_some()
    }
}

/// The proposals of the program.
pub fn defaults() -> Result<Vec<Term>> {
    let file: Defaults = toml::from_str(DEFAULTS).map_err(anyhow::Error::from)?;
    Ok(file.term)
}

/// What holds for each kind on this day.
pub async fn in_force(
    db: &impl ConnectionTrait,
    unit: UnitId,
    today: NaiveDate,
) -> Result<Vec<InForce>> {
    let chosen = store::policies(db, unit).await?;
    Ok(defaults()?
        .into_iter()
        .map(|proposed| {
            let row = chosen
                .iter()
                .find(|row| row.kind == proposed.kind && row.valid_from <= today);
            match row {
                Some(row) => InForce {
                    since: Some(row.valid_from),
                    term: Term {
                        kind: row.kind,
                        months: u32::try_from(row.months).unwrap_or(u32::MAX),
                        source: row.source.clone(),
                        certainty: row.certainty.clone(),
                    },
                },
                None => InForce {
                    term: proposed,
                    since: None,
                },
            }
        })
        .collect())
}

/// A period that was chosen and does not hold yet: the days in which a slip of the key can be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    pub id: Uuid,
    pub kind: Kind,
    pub months: i32,
    pub valid_from: NaiveDate,
    pub chosen_by: Option<PersonId>,
}

/// What was chosen for a later day; of each kind the last word.
pub async fn coming(
    db: &impl ConnectionTrait,
    unit: UnitId,
    today: NaiveDate,
) -> Result<Vec<Coming>> {
    let mut coming: Vec<Coming> = Vec::new();
    for row in store::policies(db, unit).await? {
        let known = coming.iter().any(|one| one.kind == row.kind);
        if row.valid_from > today && !known {
            coming.push(Coming {
                id: row.id,
                kind: row.kind,
                months: row.months,
                valid_from: row.valid_from,
                chosen_by: row.chosen_by,
            });
        }
    }
    Ok(coming)
}

/// Takes a choice back before its day; the history keeps that it was made.
pub async fn withdraw(ctx: &Ctx, unit: UnitId, id: Uuid) -> Result<()> {
    ctx.require(Permission::ManageRetention, unit)?;
    let of = organisation::unit(&ctx.app.db, unit).await?;
    let today = ctx.today_in(organisation::zone_of(&of)?);
    let tx = ctx.app.db.begin_write().await?;
    let coming = coming(&tx, unit, today).await?;
    let row = coming.iter().find(|row| row.id == id);
    let row = row.ok_or(Error::Conflict {
        code: "changed_meanwhile",
    })?;
    store::delete_policy(&tx, unit, id).await?;
    let entry = audit::Entry::new("unit", unit.0, "unit.retention_withdrawn")
        .in_unit(unit)
        .with(json!({
            "kind": row.kind, "months": row.months, "valid_from": row.valid_from,
        }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// A choice as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    pub kind: String,
    pub months: String,
    pub source: String,
    pub certainty: String,
    pub valid_from: String,
    pub reason: String,
    /// Whoever chooses has seen how many go.
    pub confirmed: bool,
}

/// What became of a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Made,
    /// So many would be anonymised on that day: nothing was chosen yet.
    Asks(u64, NaiveDate),
}

/// Chooses how long voices of a kind are kept. Where something would go on the first day, that is said first.
pub async fn choose(ctx: &Ctx, unit: UnitId, typed: &Chosen) -> Result<Choice> {
    make(ctx, unit, typed, false).await
}

/// A choice of the past: the demo tells a story that already happened, so nobody waits and nobody is told.
pub async fn import(ctx: &Ctx, unit: UnitId, typed: &Chosen) -> Result<()> {
    make(ctx, unit, typed, true).await.map(|_| ())
}

async fn make(ctx: &Ctx, unit: UnitId, typed: &Chosen, past: bool) -> Result<Choice> {
    ctx.require(Permission::ManageRetention, unit)?;
    let mut check = Check::new();
    let kind = check.choice("kind", &typed.kind, Kind::parse);
    let months = check.number("months", &typed.months, 1, 600);
    let source = check.line("source", &typed.source, 5, 300);
    let certainty = check.choice("certainty", &typed.certainty, |code| {
        CERTAINTIES.into_iter().find(|known| *known == code)
    });
    let valid_from = check.date("valid_from", &typed.valid_from);
    let reason = check.line("reason", &typed.reason, 5, 300);
    let of = organisation::unit(&ctx.app.db, unit).await?;
    let today = ctx.today_in(organisation::zone_of(&of)?);
    let months_chosen = u32::try_from(months).unwrap_or(u32::MAX);
    let before = in_force(&ctx.app.db, unit, today).await?;
    let before = before.iter().find(|one| Some(one.term.kind) == kind);
    let chosen = before.filter(|one| one.is_chosen());
    let first = rules::earliest(today, chosen.map(|one| one.term.months), months_chosen);
    if valid_from < today {
        check.fault("valid_from", Message::new("retention-from-past"));
    } else if valid_from > today + Duration::days(AHEAD_DAYS) {
        check.fault("valid_from", Message::new("retention-from-far"));
    } else if valid_from < first && !past {
        let first = dates::long_date(first, ctx.locale());
        check.fault(
            "valid_from",
            Message::new("retention-too-soon").with("first", first),
        );
    }
    check.finish()?;
    let (Some(kind), Some(certainty)) = (kind, certainty) else {
        return Err(Error::NotFound);
    };
    if !typed.confirmed && !past {
        let going = running::would_go(ctx, unit, (kind, months_chosen), valid_from).await?;
        if going > 0 {
            return Ok(Choice::Asks(going, valid_from));
        }
    }
    let row = policy::Model {
        id: Uuid::now_v7(),
        unit_id: unit,
        kind,
        months: i32::try_from(months).unwrap_or(i32::MAX),
        source: source.clone(),
        certainty: certainty.to_owned(),
        valid_from,
        reason: reason.clone(),
        chosen_by: ctx.person_id(),
        created_at: ctx.now,
    };
    let tx = ctx.app.db.begin_write().await?;
    store::insert_policy(&tx, row).await?;
    let entry = audit::Entry::new("unit", unit.0, "unit.retention_chosen")
        .in_unit(unit)
        .with(json!({
            "kind": kind, "months": months, "source": source, "certainty": certainty,
            "valid_from": valid_from, "reason": reason,
        }));
    audit::record(&tx, ctx, entry).await?;
    if !past {
        emails::chosen(&tx, ctx, &of, (kind, months_chosen), valid_from).await?;
    }
    tx.commit().await?;
    Ok(Choice::Made)
}
