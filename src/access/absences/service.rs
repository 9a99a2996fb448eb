//! Use cases of absences.

use std::collections::HashMap;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{
    entity::{AbsenceId, Model},
    rules::StandIns,
    store,
};
use crate::{
    access::{
        Ctx, Permission, PersonId, Role, people_with, person_names, store as people, working_in,
    },
    audit,
    organisation::{self, UnitId},
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
    },
};

const LONGEST_DAYS: i64 = 366;

/// Who can be away and stand in.
pub const ROLES: [Role; 3] = [Role::Handler, Role::ComplaintOfficer, Role::Head];

/// Somebody who is away, as a case shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    pub name: String,
    pub substitute: String,
    pub until: NaiveDate,
}

/// A day before any zone's today: absences that ended earlier matter to nobody.
fn around(now: DateTime<Utc>) -> NaiveDate {
    (now - Duration::days(1)).date_naive()
}

async fn today_of(
    db: &impl ConnectionTrait,
    unit: UnitId,
    now: DateTime<Utc>,
) -> Result<NaiveDate> {
    let zone = organisation::zone_of(&organisation::unit(db, unit).await?)?;
    Ok(now.with_timezone(&zone).date_naive())
}

async fn away(db: &impl ConnectionTrait, unit: UnitId, now: DateTime<Utc>) -> Result<Vec<Model>> {
    let rows = store::not_over(db, unit, around(now)).await?;
    if rows.is_empty() {
        return Ok(rows);
    }
    let today = today_of(db, unit, now).await?;
    Ok(rows
        .into_iter()
        .filter(|row| row.from_day <= today && today <= row.to_day)
        .collect())
}

/// Who stands in for whom in a unit now.
pub async fn stand_ins(
    db: &impl ConnectionTrait,
    unit: UnitId,
    now: DateTime<Utc>,
) -> Result<StandIns> {
    let rows = away(db, unit, now).await?;
    Ok(StandIns::new(
        rows.into_iter()
            .map(|row| (row.person_id, row.substitute_id)),
    ))
}

/// Those for whom this person stands in now.
pub async fn standing_for(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<PersonId>> {
    let mut all = Vec::new();
    for unit in store::units_standing_in(db, person, around(now)).await? {
        all.extend(stand_ins(db, unit, now).await?.behind(person));
    }
    Ok(all)
}

/// The people to whom something goes that is meant for these: each once, substitutes in the place of those away.
pub async fn present(
    db: &impl ConnectionTrait,
    unit: UnitId,
    now: DateTime<Utc>,
    meant: Vec<(PersonId, String, String)>,
) -> Result<Vec<(PersonId, String, String)>> {
    let instead = stand_ins(db, unit, now).await?;
    if instead.is_empty() {
        return Ok(meant);
    }
    let mut found: Vec<(PersonId, String, String)> = Vec::with_capacity(meant.len());
    for person in meant {
        let id = instead.of(person.0);
        let gets = if id == person.0 {
            person
        } else {
            match people::person(db, id).await? {
                Some(substitute) if substitute.active => (id, substitute.name, substitute.email),
                _ => person,
            }
        };
        if !found.iter().any(|known| known.0 == gets.0) {
            found.push(gets);
        }
    }
    Ok(found)
}

/// Whether this person is away now, and who stands in.
pub async fn absence_of(
    db: &impl ConnectionTrait,
    unit: UnitId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Option<Absent>> {
    let rows = away(db, unit, now).await?;
    let Some(row) = rows.iter().find(|row| row.person_id == person) else {
        return Ok(None);
    };
    let instead = stand_ins(db, unit, now).await?.of(person);
    let names = person_names(db, vec![person, instead]).await?;
    let name = |id: PersonId| names.get(&id).cloned().unwrap_or_default();
    Ok(Some(Absent {
        name: name(person),
        substitute: name(instead),
        until: row.to_day,
    }))
}

/// One line of the page.
pub struct Listed {
    pub row: Model,
    pub name: String,
    pub substitute: String,
    /// They are away today.
    pub now: bool,
}

/// What the page shows: absences that are not over, and who can be chosen.
pub struct Overview {
    pub unit: organisation::Unit,
    pub listed: Vec<Listed>,
    pub people: Vec<(PersonId, String, String)>,
    /// Those in whose place nobody of the unit can work.
    pub alone: Vec<String>,
    pub today: NaiveDate,
    /// All units whose absences the caller writes down.
    pub units: Vec<organisation::Unit>,
}

/// Of the unit of this code, or of the first in which the caller writes them down.
pub async fn overview(ctx: &Ctx, code: &str) -> Result<Overview> {
    let (unit, units) = working_in(ctx, Permission::ManageRouting, code).await?;
    let db = &ctx.app.db;
    let today = today_of(db, unit.id, ctx.now).await?;
    let rows = store::not_over(db, unit.id, today).await?;
    let ids = rows
        .iter()
        .flat_map(|row| [row.person_id, row.substitute_id]);
    let names: HashMap<PersonId, String> = person_names(db, ids.collect()).await?;
    let name = |id: &PersonId| names.get(id).cloned().unwrap_or_default();
    let people = people_with(db, &ROLES, unit.id, None).await?;
    Ok(Overview {
        alone: alone(db, unit.id, &people).await?,
        people,
        unit,
        units,
        listed: rows
            .into_iter()
            .map(|row| Listed {
                name: name(&row.person_id),
                substitute: name(&row.substitute_id),
                now: row.from_day <= today,
                row,
            })
            .collect(),
        today,
    })
}

/// The roles whose cases an officer reads, whatever the division.
const EVERY_CASE: [Role; 2] = [Role::Handler, Role::ComplaintOfficer];

/// An absence as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub person: String,
    pub substitute: String,
    pub from: String,
    pub to: String,
    pub reason: String,
}

/// A substitute does the same work: who has another role or division could not open the cases.
async fn can_replace(
    db: &impl ConnectionTrait,
    unit: UnitId,
    person: PersonId,
    substitute: PersonId,
) -> Result<bool> {
    let needed = work_of(db, unit, person).await?;
    Ok(covers(&work_of(db, unit, substitute).await?, &needed))
}

/// What somebody does in a unit.
type Work = Vec<(Role, Option<organisation::DivisionId>)>;

async fn work_of(db: &impl ConnectionTrait, unit: UnitId, person: PersonId) -> Result<Work> {
    let grants = people::grants_of(db, person).await?.into_iter();
    Ok(grants
        .filter(|grant| grant.unit_id == Some(unit) && ROLES.contains(&grant.role))
        .map(|grant| (grant.role, grant.division_id))
        .collect())
}

fn covers(held: &Work, needed: &Work) -> bool {
    // An officer reads every case of the unit.
    let officer = held.iter().any(|(role, _)| *role == Role::ComplaintOfficer);
    needed
        .iter()
        .all(|grant| held.contains(grant) || (officer && EVERY_CASE.contains(&grant.0)))
}

/// The names of those for whom none of the others can stand in: the page says so before anybody tries them all.
async fn alone(
    db: &impl ConnectionTrait,
    unit: UnitId,
    people: &[(PersonId, String, String)],
) -> Result<Vec<String>> {
    let mut all = Vec::with_capacity(people.len());
    for (id, ..) in people {
        all.push((*id, work_of(db, unit, *id).await?));
    }
    let replaced = |(id, needed): &(PersonId, Work)| {
        all.iter()
            .any(|(other, held)| other != id && covers(held, needed))
    };
    let both = people.iter().zip(&all);
    Ok(both
        .filter(|(_, work)| !replaced(work))
        .map(|((_, name, _), _)| name.clone())
        .collect())
}

/// Writes down that somebody is away.
pub async fn add(ctx: &Ctx, code: &str, typed: &Typed) -> Result<()> {
    let (unit, _) = working_in(ctx, Permission::ManageRouting, code).await?;
    let unit = unit.id;
    let tx = ctx.app.db.begin_write().await?;
    let known = people_with(&tx, &ROLES, unit, None).await?;
    let today = today_of(&tx, unit, ctx.now).await?;
    let mut check = Check::new();
    let pick = |id: &str| {
        let found = known.iter().find(|one| one.0.to_string() == id);
        found.map(|one| one.0)
    };
    let person = check.choice("person", &typed.person, pick);
    let substitute = check.choice("substitute", &typed.substitute, pick);
    let from = check.date("from", &typed.from);
    let to = check.date("to", &typed.to);
    let reason = check.optional("reason", &typed.reason, 200);
    if to < from {
        check.fault("to", Message::new("absence-ends-before"));
    } else if to < today {
        check.fault("to", Message::new("absence-over"));
    } else if (to - from).num_days() > LONGEST_DAYS {
        check.fault("to", Message::new("absence-too-long"));
    }
    if let (Some(person), Some(substitute)) = (person, substitute) {
        if person == substitute {
            check.fault("substitute", Message::new("absence-same-person"));
        } else if !can_replace(&tx, unit, person, substitute).await? {
            check.fault("substitute", Message::new("absence-other-work"));
        }
        let others = store::not_over(&tx, unit, from).await?;
        if others
            .iter()
            .any(|row| row.person_id == person && row.from_day <= to)
        {
            check.fault("from", Message::new("absence-twice"));
        }
    }
    check.finish()?;
    let (Some(person), Some(substitute)) = (person, substitute) else {
        return Err(Error::NotFound);
    };
    let row = Model {
        id: AbsenceId::new(),
        unit_id: unit,
        person_id: person,
        substitute_id: substitute,
        from_day: from,
        to_day: to,
        reason: reason.unwrap_or_default(),
        created_by: ctx.person_id(),
        created_at: ctx.now,
        cancelled_at: None,
    };
    let entry = audit::Entry::new("person", person.0, "person.absent")
        .in_unit(unit)
        .with(json!({ "substitute": substitute, "from": from, "to": to }));
    store::insert(&tx, row).await?;
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// They are here after all.
pub async fn cancel(ctx: &Ctx, id: &str) -> Result<()> {
    let scope = ctx.require_scope(Permission::ManageRouting)?;
    let id = AbsenceId::parse(id)?;
    let tx = ctx.app.db.begin_write().await?;
    let row = store::get(&tx, id).await?;
    let unit = row.unit_id;
    if !scope.units.contains(&unit) {
        return Err(Error::NotFound);
    }
    if !store::cancel(&tx, id, ctx.now).await? {
        return Ok(());
    }
    let entry =
        audit::Entry::new("person", row.person_id.0, "person.absence_cancelled").in_unit(unit);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}
