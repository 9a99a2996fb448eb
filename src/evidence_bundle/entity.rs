//! Rows of archives that were asked for.

use sea_orm::entity::prelude::*;

use crate::{access::PersonId, organisation::UnitId};

crate::typed_id!(
    /// An archive of evidence.
    BundleId
);

/// How far an archive of a unit and year is, and where it lies when it is made.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_bundle")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BundleId,
    pub unit_id: UnitId,
    pub year: i32,
    pub asked_by: Option<PersonId>,
    pub asked_name: String,
    pub asked_at: DateTimeUtc,
    /// Files that it will hold.
    pub steps: i32,
    /// Those that are made.
    pub done: i32,
    pub tries: i32,
    pub made_at: Option<DateTimeUtc>,
    pub failed_at: Option<DateTimeUtc>,
    pub file_key: Option<String>,
    pub sha256: Option<String>,
    /// In bytes; 0 until it is made.
    pub size: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// It is being made.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.made_at.is_none() && self.failed_at.is_none()
    }
}
