//! Which numbers of days a unit has on a day, and choosing others. A choice is a new row with the day from
//! which it holds; what was received before keeps its own.

use chrono::NaiveDate;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};
use serde_json::json;

use super::{
    AfterHours, DueEnd,
    entity::deadline_policy::{self, Column, PolicyId},
    policies::{Policy, ShippedSet, Term, Terms, shipped},
    service::{code, value},
};
use crate::{
    access::{Ctx, PersonId},
    audit,
    organisation::{FixturePolicy, UnitId},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        settled::remembered,
    },
};

/// The code of the numbers that a unit set itself, by form or in its entry of `units.toml`.
pub const OWN: &str = "unit";

/// Numbers in force, with what a page says about them.
#[derive(Clone, Debug)]
pub struct PolicyInForce {
    pub id: PolicyId,
    pub policy: Policy,
    pub valid_from: NaiveDate,
    pub reason: String,
    pub chosen_by: Option<PersonId>,
    pub chosen_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Of the unit itself; the default of the installation otherwise.
    pub own: bool,
    /// Why it was withdrawn before it began.
    pub withdrawn: Option<String>,
}

impl PolicyInForce {
    fn of(row: deadline_policy::Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            policy: Policy {
                code: row.code,
                after_hours: value(&row.after_hours)?,
                due_end: value(&row.due_end)?,
                terms: row.terms,
            },
            valid_from: row.valid_from,
            reason: row.reason,
            chosen_by: row.chosen_by,
            chosen_at: row.chosen_at,
            own: row.unit_id.is_some(),
            withdrawn: row
                .withdrawn_at
                .map(|_| row.withdrawn_because.unwrap_or_default()),
        })
    }
}

/// The sets that come with the program.
pub fn sets() -> Result<Vec<ShippedSet>> {
    shipped().map_err(|error| Error::Internal(error.into()))
}

fn default_terms() -> Result<Terms> {
    let first = sets()?.into_iter().next();
    first
        .map(|set| Terms(set.term))
        .ok_or_else(|| Error::Internal(anyhow::anyhow!("no set of deadlines is shipped")))
}

/// Loads the default of the installation, once.
pub(super) async fn load_default(tx: &Tx) -> Result<()> {
    if deadline_policy::Entity::find().count(tx).await? > 0 {
        return Ok(());
    }
    let row = deadline_policy::ActiveModel {
        id: Set(PolicyId::new()),
        unit_id: Set(None),
        code: Set("seed".to_owned()),
        after_hours: Set(code(&AfterHours::default())?),
        due_end: Set(code(&DueEnd::default())?),
        terms: Set(default_terms()?),
        valid_from: Set(NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default()),
        reason: Set(String::new()),
        chosen_by: Set(None),
        chosen_at: Set(None),
        ..Default::default()
    };
    insert(tx, row).await
}

/// What a unit's own standard says about the answer; the rest is the default.
pub(super) async fn import_own(tx: &Tx, unit: UnitId, given: &FixturePolicy) -> Result<()> {
    let days = u32::try_from(given.working_days).unwrap_or_default();
    let row = deadline_policy::ActiveModel {
        id: Set(PolicyId::new()),
        unit_id: Set(Some(unit)),
        code: Set(OWN.to_owned()),
        after_hours: Set(given.after_hours.clone()),
        due_end: Set(given.due_end.clone()),
        terms: Set(default_terms()?.answering_in(days, &given.source, &given.certainty)),
        valid_from: Set(given.valid_from),
        reason: Set(String::new()),
        chosen_by: Set(None),
        chosen_at: Set(None),
        ..Default::default()
    };
    insert(tx, row).await
}

async fn insert(tx: &Tx, row: deadline_policy::ActiveModel) -> Result<()> {
    deadline_policy::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

fn of_unit(unit: UnitId) -> Condition {
    Condition::any()
        .add(Column::UnitId.eq(unit))
        .add(Column::UnitId.is_null())
}

/// What holds for a unit on a day: its own latest choice, or the default of the installation.
pub async fn policy(
    db: &impl ConnectionTrait,
    unit: UnitId,
    on: NaiveDate,
) -> Result<PolicyInForce> {
    let rows = remembered(db, "deadline policies", (unit, on), async {
        let found = deadline_policy::Entity::find()
            .filter(of_unit(unit))
            .filter(Column::ValidFrom.lte(on))
            .filter(Column::WithdrawnAt.is_null())
            .order_by_desc(Column::ValidFrom)
            .order_by_desc(Column::Id);
        Ok(found.all(db).await?)
    })
    .await?;
    let own = rows.iter().position(|row| row.unit_id.is_some());
    let row = rows.into_iter().nth(own.unwrap_or_default());
    PolicyInForce::of(row.ok_or_else(|| {
        Error::Internal(anyhow::anyhow!("no deadline policy is in force on {on}"))
    })?)
}

/// The numbers that a complaint was received under.
pub async fn policy_by_id(db: &impl ConnectionTrait, id: PolicyId) -> Result<PolicyInForce> {
    let row = deadline_policy::Entity::find_by_id(id).one(db).await?;
    PolicyInForce::of(row.ok_or(Error::NotFound)?)
}

/// Everything that a unit chose, and the default before it; the newest first.
pub async fn policies_of(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<PolicyInForce>> {
    let rows = deadline_policy::Entity::find()
        .filter(of_unit(unit))
        .order_by_desc(Column::UnitId.is_not_null())
        .order_by_desc(Column::ValidFrom)
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(PolicyInForce::of).collect()
}

/// What was written down last for a unit, whenever it begins: who saves numbers has seen no newer ones.
pub async fn newest(db: &impl ConnectionTrait, unit: UnitId) -> Result<Option<PolicyId>> {
    let rows = policies_of(db, unit).await?;
    Ok(rows.into_iter().map(|row| row.id).max())
}

/// A set that a unit can choose: one that is shipped, or its own standard as it is on a day. What it plans for later is
/// taken only where it has no other.
pub async fn terms_of(
    db: &impl ConnectionTrait,
    unit: UnitId,
    (set, on): (&str, NaiveDate),
) -> Result<Vec<Term>> {
    if let Some(shipped) = sets()?.into_iter().find(|known| known.code == set) {
        return Ok(shipped.term);
    }
    let mut own = policies_of(db, unit).await?;
    own.retain(|known| known.policy.code == set && known.withdrawn.is_none());
    let begun = own.iter().position(|known| known.valid_from <= on);
    own.into_iter()
        .nth(begun.unwrap_or_default())
        .map(|known| known.policy.terms.0)
        .ok_or_else(|| Error::field("set", Message::new("field-unknown-choice")))
}

/// What an administrator chose.
#[derive(Clone, Debug)]
pub struct Choice {
    pub set: String,
    pub after_hours: AfterHours,
    pub due_end: DueEnd,
    pub valid_from: NaiveDate,
    pub reason: String,
}

/// Keeps a choice as part of the transaction; the caller has the right to it.
pub async fn choose(tx: &Tx, ctx: &Ctx, unit: UnitId, choice: &Choice) -> Result<()> {
    let wanted = (choice.set.as_str(), choice.valid_from);
    let terms = Terms(terms_of(tx, unit, wanted).await?);
    choose_terms(tx, ctx, unit, choice, terms).await
}

/// The same for numbers that were written down.
pub async fn choose_terms(
    tx: &Tx,
    ctx: &Ctx,
    unit: UnitId,
    choice: &Choice,
    terms: Terms,
) -> Result<()> {
    let id = PolicyId::new();
    let row = deadline_policy::ActiveModel {
        id: Set(id),
        unit_id: Set(Some(unit)),
        code: Set(choice.set.clone()),
        after_hours: Set(code(&choice.after_hours)?),
        due_end: Set(code(&choice.due_end)?),
        terms: Set(terms),
        valid_from: Set(choice.valid_from),
        reason: Set(choice.reason.clone()),
        chosen_by: Set(ctx.person_id()),
        chosen_at: Set(Some(ctx.now)),
        ..Default::default()
    };
    insert(tx, row).await?;
    let entry = audit::Entry::new("deadline_policy", id.0, "policy.chosen")
        .in_unit(unit)
        .with(
            json!({ "set": choice.set, "valid_from": choice.valid_from, "reason": choice.reason }),
        );
    audit::record(tx, ctx, entry).await
}

/// Withdraws a choice that has not begun: what held before goes on. The caller has the right to it.
pub async fn withdraw_choice(
    tx: &Tx,
    ctx: &Ctx,
    (unit, today): (UnitId, NaiveDate),
    id: PolicyId,
    reason: &str,
) -> Result<()> {
    let row = deadline_policy::Entity::find_by_id(id)
        .filter(Column::UnitId.eq(unit))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let withdrawn = || {
        let message = Message::new("rule-calendar-policy-withdrawn");
        Error::rule("calendar.policy_withdrawn", message)
    };
    if row.withdrawn_at.is_some() {
        return Err(withdrawn());
    }
    if row.valid_from <= today {
        // Complaints were promised an answer by it.
        return Err(Error::rule(
            "calendar.policy_in_force",
            Message::new("rule-calendar-policy-in-force"),
        ));
    }
    let changes = deadline_policy::ActiveModel {
        withdrawn_at: Set(Some(ctx.now)),
        withdrawn_by: Set(ctx.person_id()),
        withdrawn_because: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    let outcome = deadline_policy::Entity::update_many()
        .set(changes)
        .filter(Column::Id.eq(id))
        .filter(Column::WithdrawnAt.is_null())
        .exec(tx)
        .await?;
    // Somebody else withdrew it since it was read.
    if outcome.rows_affected != 1 {
        return Err(withdrawn());
    }
    let entry = audit::Entry::new("deadline_policy", id.0, "policy.withdrawn")
        .in_unit(unit)
        .with(json!({ "set": row.code, "valid_from": row.valid_from, "reason": reason }));
    audit::record(tx, ctx, entry).await
}
