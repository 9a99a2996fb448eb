//! A letter being written, or written.

use sea_orm::entity::prelude::*;

use crate::{
    access::PersonId,
    complaints::ComplaintId,
    documents::DocumentId,
    organisation::{OfficialId, UnitId},
};

crate::typed_id!(
    /// A letter of clarification.
    ClarificationId
);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clarification_letter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClarificationId,
    pub unit_id: UnitId,
    pub complaint_id: ComplaintId,
    pub number: String,
    pub classification: String,
    pub subject: String,
    /// What follows `Yth.`, a line each. Empty for an anonymous complaint: the paper names its number.
    pub addressee: String,
    pub address_place: String,
    pub body: String,
    /// Tembusan, a line each.
    pub copies: String,
    pub signatory_id: Option<OfficialId>,
    /// None while it is being written.
    pub document_id: Option<DocumentId>,
    pub issued_at: Option<DateTimeUtc>,
    pub person_id: Option<PersonId>,
    pub created_at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
