//! What somebody says of themselves at the door, and how it goes into their row.

use super::{
    entity::attendance,
    naming, rules,
    service::{self, Person},
};
use crate::{access::Ctx, platform::error::Result};

/// What somebody at the door says of themselves; it replaces what the invitation knows. Who only says a name fills what
/// nobody knew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    pub name: Option<String>,
    pub role: Option<String>,
    /// E.164.
    pub phone: Option<String>,
}

impl Details {
    /// What a walk-in says beside the name that the row was found by.
    pub(super) fn beside_name(person: &Person) -> Self {
        Self {
            name: None,
            role: Some(person.role.clone()).filter(|role| !role.is_empty()),
            phone: person.phone.clone(),
        }
    }

    /// What the row does not know.
    pub(super) fn missing_in(self, row: &attendance::Model) -> Self {
        Self {
            role: self.role.filter(|_| row.role.is_empty()),
            phone: self.phone.filter(|_| row.phone.is_none()),
            ..self
        }
    }
}

/// The row with what was said.
pub(super) fn written(
    ctx: &Ctx,
    mut row: attendance::Model,
    details: Details,
) -> Result<attendance::Model> {
    if let Some(name) = details.name {
        // Who comes instead holds another position and has another telephone.
        if !rules::is_office(&row) && !naming::may_be(&row.name, &name) {
            (row.role, row.phone) = (String::new(), None);
        }
        row = rules::named(row, name);
    }
    row.role = details.role.unwrap_or(row.role);
    if let Some(phone) = details.phone {
        row.phone = Some(service::seal(&ctx.app, row.id, &phone)?);
    }
    Ok(row)
}
