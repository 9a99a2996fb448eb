//! Rules of disposition.

use sea_orm::entity::prelude::*;

use crate::{
    access::PersonId,
    complaints::rules::Channel,
    organisation::{DivisionId, UnitId},
};

crate::typed_id!(
    /// A rule of disposition.
    RuleId
);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disposition_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RuleId,
    pub unit_id: UnitId,
    /// The first that fits decides.
    pub position: i32,
    pub name: String,
    pub service_code: Option<String>,
    pub channel: Option<Channel>,
    /// Separated by commas; one of them is enough. Empty: any words.
    pub words: String,
    pub division_id: DivisionId,
    pub person_id: Option<PersonId>,
    pub instruction: Option<String>,
    /// It hands over by itself; else it proposes.
    pub automatic: bool,
    pub active: bool,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
