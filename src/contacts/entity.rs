//! Rows of the contact book.

use sea_orm::entity::prelude::*;

use crate::{forums::Group, organisation::UnitId};

crate::typed_id!(
    /// An institution or a person in the contact book of a unit.
    ContactId
);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContactId,
    pub unit_id: UnitId,
    pub institution: String,
    /// A person, or empty for whoever holds the position.
    pub name: String,
    pub position: String,
    pub participant_group: Group,
    pub email: Option<String>,
    /// Sealed: a private number.
    pub phone: Option<Vec<u8>>,
    /// Unique in the unit: the same person with other capitals or blanks is the same person.
    pub spelling: String,
    /// Not offered any more; kept, because old lists name them.
    pub archived_at: Option<DateTimeUtc>,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

impl Model {
    /// As a letter addresses them.
    #[must_use]
    pub fn addressee(&self) -> String {
        match super::addressee(&self.name, &self.position) {
            empty if empty.is_empty() => self.institution.clone(),
            named => named,
        }
    }
}

impl ActiveModelBehavior for ActiveModel {}
