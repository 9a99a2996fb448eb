//! Days on which somebody is away.

use sea_orm::entity::prelude::*;

use crate::{access::PersonId, organisation::UnitId};

crate::typed_id!(
    /// An absence.
    AbsenceId
);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "absence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AbsenceId,
    pub unit_id: UnitId,
    pub person_id: PersonId,
    pub substitute_id: PersonId,
    /// The unit's own days, both included.
    pub from_day: Date,
    pub to_day: Date,
    pub reason: String,
    pub created_by: Option<PersonId>,
    pub created_at: DateTimeUtc,
    /// Taken back: they are here after all.
    pub cancelled_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
