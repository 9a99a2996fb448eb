//! Units, office hours and the people who can sign in.

use std::collections::HashMap;

use serde::Deserialize;

use crate::{
    access::{self, Ctx, ImportedPerson, PersonId, Role, RoleIn},
    calendar,
    organisation::{self, FixtureUnits, UnitId},
    platform::{
        db::Tx,
        error::{Error, Result},
    },
};

const UNITS: &str = include_str!("../../fixtures/units.toml");
const PEOPLE: &str = include_str!("../../fixtures/demo-people.toml");

/// A person of `fixtures/demo-people.toml`.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoPerson {
    pub key: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub unit: Option<String>,
    #[serde(default)]
    pub units: Vec<String>,
    pub division: Option<String>,
}

impl DemoPerson {
    /// Codes of the units where the role holds.
    #[must_use]
    pub fn unit_codes(&self) -> Vec<String> {
        self.unit.iter().chain(&self.units).cloned().collect()
    }
}

#[derive(Deserialize)]
struct PeopleFile {
    person: Vec<DemoPerson>,
}

/// The people of the file.
pub fn people() -> Result<Vec<DemoPerson>> {
    let file: PeopleFile = toml::from_str(PEOPLE).map_err(anyhow::Error::from)?;
    Ok(file.person)
}

/// Loads units with their hours and people with the given password hashes, by key.
pub async fn load_basics(
    ctx: &Ctx,
    password_hash: impl Fn(&str) -> String,
) -> Result<HashMap<String, PersonId>> {
    let tx = ctx.app.db.begin_write().await?;
    let file: FixtureUnits = toml::from_str(UNITS).map_err(anyhow::Error::from)?;
    let units = organisation::import(&tx, ctx, &file).await?;
    for unit in &file.unit {
        calendar::import(&tx, units[&unit.code], unit).await?;
    }
    let mut ids = HashMap::new();
    for person in people()? {
        let roles = roles_of(&tx, &person, &units).await?;
        let imported = ImportedPerson {
            name: person.name.clone(),
            email: person.email.clone(),
            password_hash: password_hash(&person.key),
            roles,
        };
        ids.insert(person.key, access::import_person(&tx, ctx, imported).await?);
    }
    tx.commit().await?;
    Ok(ids)
}

async fn roles_of(
    tx: &Tx,
    person: &DemoPerson,
    units: &HashMap<String, UnitId>,
) -> Result<Vec<RoleIn>> {
    let mut roles = Vec::new();
    for code in person.unit_codes() {
        let unit = units.get(&code).copied().ok_or(Error::NotFound)?;
        let division = match &person.division {
            Some(code) => Some(
                organisation::division_by_code(tx, unit, code)
                    .await?
                    .ok_or(Error::NotFound)?
                    .id,
            ),
            None => None,
        };
        roles.push(RoleIn {
            role: person.role,
            unit: Some(unit),
            division,
        });
    }
    if roles.is_empty() {
        roles.push(RoleIn {
            role: person.role,
            unit: None,
            division: None,
        });
    }
    Ok(roles)
}
