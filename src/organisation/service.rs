//! Use cases of organisation: looking units up, and importing them from a readable file.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait as _};
use serde::Deserialize;

use super::{
    entity::{
        DivisionId, OfficialId, UnitId, division, official, unit,
        unit_contact::{self, ContactPurpose},
    },
    letterhead::{self, Reach},
    rules::{Nip, UnitCode},
    store,
};
use crate::{
    access::{Brand, Ctx},
    audit,
    platform::{
        db::Tx,
        error::{Error, Result},
    },
};

pub use store::{
    all_units as managed_units, contacts, division, division_by_code, divisions, hold, official,
    official_by_key, officials, serving_units as units, unit, units_by_id,
};

/// A unit by its stable code; an unknown code does not exist.
pub async fn unit_by_code(db: &impl ConnectionTrait, code: &str) -> Result<unit::Model> {
    let code = UnitCode::parse(code).ok_or(Error::NotFound)?;
    store::unit_by_code(db, code.as_str())
        .await?
        .ok_or(Error::NotFound)
}

/// The unit whose pages stand at "/": the configured one, else the only one, else none.
pub async fn default_unit(ctx: &Ctx) -> Result<Option<unit::Model>> {
    let configured = &ctx.app.config.site.default_unit;
    if !configured.is_empty() {
        return unit_by_code(&ctx.app.db, configured).await.map(Some);
    }
    let mut units = units(&ctx.app.db).await?;
    Ok(if units.len() == 1 { units.pop() } else { None })
}

/// How a unit shows itself at the head of a page.
#[must_use]
pub fn brand_of(unit: &unit::Model) -> Brand {
    Brand {
        code: unit.code.clone(),
        name: unit.name.clone(),
        short_name: unit.short_name.clone(),
        crest: unit.crest.clone(),
        city: unit.city.clone(),
        accent_css: format!(
            "/unit/{}/{}/warna.css",
            unit.code,
            unit.accent.trim_start_matches('#')
        ),
    }
}

pub async fn brand(db: &impl ConnectionTrait, id: UnitId) -> Result<Brand> {
    Ok(brand_of(&store::unit(db, id).await?))
}

/// The zone of a unit's local day.
pub fn zone_of(unit: &unit::Model) -> Result<Tz> {
    unit.zone.parse().map_err(|_| {
        Error::Internal(anyhow::anyhow!(
            "unit {} has the unknown zone {}",
            unit.code,
            unit.zone
        ))
    })
}

/// The official at the head: the first of the unit who reports to nobody within it.
pub async fn head_of(db: &impl ConnectionTrait, unit: UnitId) -> Result<official::Model> {
    let officials = officials(db, unit).await?;
    let inside: Vec<OfficialId> = officials.iter().map(|official| official.id).collect();
    officials
        .into_iter()
        .find(|official| official.superior_id.is_none_or(|id| !inside.contains(&id)))
        .ok_or(Error::NotFound)
}

/// The file of units: `fixtures/units.toml` and what an administrator imports.
#[derive(Debug, Deserialize)]
pub struct FixtureUnits {
    pub unit: Vec<FixtureUnit>,
}

#[derive(Debug, Deserialize)]
pub struct FixtureUnit {
    pub code: String,
    name: String,
    short_name: String,
    government: String,
    province: String,
    city: String,
    #[serde(default)]
    jurisdiction: String,
    zone: String,
    #[serde(default)]
    legal_basis: String,
    address: String,
    #[serde(default)]
    postcode: String,
    #[serde(default)]
    website: String,
    #[serde(default = "usual_accent")]
    accent: String,
    #[serde(default)]
    crest: String,
    complaint_prefix: String,
    letterhead: Vec<String>,
    #[serde(default)]
    letter_number: String,
    parent: Option<String>,
    #[serde(default)]
    contact: Vec<FixtureContact>,
    #[serde(default)]
    division: Vec<FixtureDivision>,
    #[serde(default)]
    official: Vec<FixtureOfficial>,
    /// Read by the calendar.
    #[serde(default)]
    pub office_hours: Vec<FixtureHours>,
    /// Read by the calendar: within how many working days the unit answers complaints, and what says so.
    #[serde(default)]
    pub deadline_policy: Vec<FixturePolicy>,
}

/// The product's own colour, for a unit that names none.
fn usual_accent() -> String {
    "#0b5563".to_owned()
}

/// A deadline that a decree or standard sets, with its validity.
#[derive(Debug, Deserialize)]
pub struct FixturePolicy {
    pub working_days: i32,
    pub after_hours: String,
    pub due_end: String,
    pub source: String,
    pub certainty: String,
    pub valid_from: NaiveDate,
}

#[derive(Debug, Deserialize)]
struct FixtureContact {
    purpose: ContactPurpose,
    label: String,
    value: String,
}

#[derive(Debug, Deserialize)]
struct FixtureDivision {
    code: String,
    name: String,
    head_position: String,
}

#[derive(Debug, Deserialize)]
struct FixtureOfficial {
    key: String,
    name: String,
    position: String,
    #[serde(default)]
    rank: String,
    #[serde(default)]
    nip: String,
    division: Option<String>,
    /// A key of this unit, or of another one: `unit:key`.
    superior: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct FixtureHours {
    /// 1 = Monday … 7 = Sunday.
    pub weekday: u8,
    pub opens: String,
    pub closes: String,
}

/// Adds the units of a file in one transaction. A superior may sit in another unit of the file, named by `unit:key`
/// or, where no other unit has an official of that key, by the key alone.
pub async fn import(tx: &Tx, ctx: &Ctx, file: &FixtureUnits) -> Result<HashMap<String, UnitId>> {
    let ids: HashMap<String, UnitId> = file
        .unit
        .iter()
        .map(|unit| (unit.code.clone(), UnitId::new()))
        .collect();
    let officials = Officials::of(file);
    let parents: Vec<&str> = file
        .unit
        .iter()
        .filter_map(|unit| unit.parent.as_deref())
        .collect();
    for unit in &file.unit {
        let id = ids[&unit.code];
        insert_unit(
            tx,
            ctx,
            unit,
            id,
            &ids,
            !parents.contains(&unit.code.as_str()),
        )
        .await?;
        insert_contacts(tx, unit, id).await?;
        insert_divisions(tx, unit, id).await?;
        insert_officials(tx, unit, id, &officials).await?;
        audit::record(
            tx,
            ctx,
            audit::Entry::new("unit", id.0, "unit.imported").in_unit(id),
        )
        .await?;
    }
    // A superior may stand later in the file: first all rows, then the chain.
    for unit in &file.unit {
        set_superiors(tx, unit, &officials).await?;
    }
    Ok(ids)
}

/// Takes the units that exist without officials out of a file and adds the officials that it names: a unit may have
/// been imported before anybody knew them. Returns how many units were completed.
pub async fn add_officials(tx: &Tx, ctx: &Ctx, file: &mut FixtureUnits) -> Result<usize> {
    let mut known = Vec::new();
    let mut found = FixtureUnits { unit: Vec::new() };
    for unit in std::mem::take(&mut file.unit) {
        match store::unit_by_code(tx, &unit.code).await? {
            Some(there) if officials(tx, there.id).await?.is_empty() => {
                known.push(there.id);
                found.unit.push(unit);
            }
            _ => file.unit.push(unit),
        }
    }
    let officials = Officials::of(&found);
    for (unit, id) in found.unit.iter().zip(&known) {
        insert_officials(tx, unit, *id, &officials).await?;
        let entry = audit::Entry::new("unit", id.0, "unit.officials_added").in_unit(*id);
        audit::record(tx, ctx, entry).await?;
    }
    for unit in &found.unit {
        set_superiors(tx, unit, &officials).await?;
    }
    Ok(known.len())
}

/// The officials of a file by unit and key; a key is unique within its unit only.
struct Officials<'a>(HashMap<(&'a str, &'a str), OfficialId>);

impl<'a> Officials<'a> {
    fn of(file: &'a FixtureUnits) -> Self {
        let all = file.unit.iter().flat_map(|unit| {
            let own = unit.official.iter();
            own.map(|official| (unit.code.as_str(), official.key.as_str()))
        });
        Self(all.map(|who| (who, OfficialId::new())).collect())
    }

    fn own(&self, unit: &str, key: &str) -> Result<OfficialId> {
        let found = self.0.get(&(unit, key)).copied();
        found.ok_or_else(|| fault(key, "the official is not in the file"))
    }

    /// The official whom somebody of `unit` calls their superior.
    fn superior(&self, unit: &str, name: &str) -> Result<OfficialId> {
        if let Some((unit, key)) = name.split_once(':') {
            return self.own(unit, key);
        }
        if let Some(own) = self.0.get(&(unit, name)) {
            return Ok(*own);
        }
        let mut others = self.0.iter().filter(|((_, key), _)| *key == name);
        match (others.next(), others.next()) {
            (Some((_, id)), None) => Ok(*id),
            (None, _) => Err(fault(name, "the superior is not in the file")),
            (Some(_), Some(_)) => Err(fault(name, "several units have it; write UNIT:KEY")),
        }
    }
}

fn fault(key: &str, what: &str) -> Error {
    Error::Internal(anyhow::anyhow!("official {key}: {what}"))
}

async fn insert_unit(
    tx: &Tx,
    ctx: &Ctx,
    unit: &FixtureUnit,
    id: UnitId,
    ids: &HashMap<String, UnitId>,
    serves_public: bool,
) -> Result<()> {
    let fault = |what: &str| Error::Internal(anyhow::anyhow!("unit {}: {what}", unit.code));
    let code = UnitCode::parse(&unit.code).ok_or_else(|| fault("the code is not valid"))?;
    unit.zone
        .parse::<Tz>()
        .map_err(|_| fault("the zone is unknown"))?;
    let contacts = unit.contact.iter();
    let contacts = contacts.map(|one| (one.purpose, one.value.as_str()));
    let told = [&unit.address, &unit.postcode, &unit.website].map(String::as_str);
    let reach = Reach::of(told, &contacts.collect::<Vec<_>>());
    let more = letterhead::more_lines(&unit.letterhead, &reach);
    let row = unit::ActiveModel {
        id: Set(id),
        code: Set(code.as_str().to_owned()),
        name: Set(unit.name.clone()),
        short_name: Set(unit.short_name.clone()),
        government: Set(unit.government.clone()),
        province: Set(unit.province.clone()),
        city: Set(unit.city.clone()),
        jurisdiction: Set(unit.jurisdiction.clone()),
        zone: Set(unit.zone.clone()),
        legal_basis: Set(unit.legal_basis.clone()),
        address: Set(unit.address.clone()),
        postcode: Set(unit.postcode.clone()),
        website: Set(unit.website.clone()),
        accent: Set(unit.accent.clone()),
        crest: Set(unit.crest.clone()),
        complaint_prefix: Set(unit.complaint_prefix.clone()),
        letterhead: Set(unit::Lines(unit.letterhead.clone())),
        letterhead_more: Set(unit::Lines(more)),
        letter_number: Set(unit.letter_number.clone()),
        parent_id: Set(unit
            .parent
            .as_ref()
            .map(|parent| {
                ids.get(parent)
                    .copied()
                    .ok_or_else(|| fault("the parent is not in the file"))
            })
            .transpose()?),
        kept_by: Set(None),
        serves_public: Set(serves_public),
        version: Set(1),
        created_at: Set(ctx.now),
    };
    store::insert_unit(tx, row).await
}

async fn insert_contacts(tx: &Tx, unit: &FixtureUnit, id: UnitId) -> Result<()> {
    for (contact, position) in unit.contact.iter().zip(1..) {
        let row = unit_contact::ActiveModel {
            id: Set(uuid::Uuid::now_v7()),
            unit_id: Set(id),
            purpose: Set(contact.purpose),
            label: Set(contact.label.clone()),
            value: Set(contact.value.clone()),
            position: Set(position),
        };
        unit_contact::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

async fn insert_divisions(tx: &Tx, unit: &FixtureUnit, id: UnitId) -> Result<()> {
    for (division, position) in unit.division.iter().zip(1..) {
        let row = division::ActiveModel {
            id: Set(DivisionId::new()),
            unit_id: Set(id),
            code: Set(division.code.clone()),
            name: Set(division.name.clone()),
            head_position: Set(division.head_position.clone()),
            position: Set(position),
        };
        division::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

async fn insert_officials(
    tx: &Tx,
    unit: &FixtureUnit,
    id: UnitId,
    officials: &Officials<'_>,
) -> Result<()> {
    for (official, position) in unit.official.iter().zip(1..) {
        // A regent or governor has none.
        let nip = match official.nip.trim() {
            "" => String::new(),
            written => Nip::parse(written)
                .map_err(|error| fault(&official.key, &error.to_string()))?
                .as_str()
                .to_owned(),
        };
        let division_id = match &official.division {
            Some(code) => store::division_by_code(tx, id, code)
                .await?
                .map(|division| division.id),
            None => None,
        };
        let row = official::ActiveModel {
            id: Set(officials.own(&unit.code, &official.key)?),
            unit_id: Set(id),
            division_id: Set(division_id),
            key: Set(official.key.clone()),
            name: Set(official.name.clone()),
            office: Set(official.position.clone()),
            rank: Set(official.rank.clone()),
            nip: Set(nip),
            superior_id: Set(None),
            position: Set(position),
            left_at: Set(None),
            version: Set(1),
        };
        official::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

async fn set_superiors(tx: &Tx, unit: &FixtureUnit, officials: &Officials<'_>) -> Result<()> {
    for official in &unit.official {
        if let Some(superior) = &official.superior {
            let superior = officials.superior(&unit.code, superior)?;
            let own = officials.own(&unit.code, &official.key)?;
            store::set_superior(tx, own, superior).await?;
        }
    }
    Ok(())
}
