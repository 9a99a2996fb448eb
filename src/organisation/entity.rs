//! Rows of units and what belongs to them.

pub use division::DivisionId;
pub use official::OfficialId;
pub use unit::UnitId;

pub mod unit {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    crate::typed_id!(
        /// A public-service unit (UPP).
        UnitId
    );

    /// The lines at the head of a letter, in order.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Lines(pub Vec<String>);

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UnitId,
        /// Stable name in addresses and the API.
        #[sea_orm(unique)]
        pub code: String,
        pub name: String,
        pub short_name: String,
        pub government: String,
        pub province: String,
        pub city: String,
        pub jurisdiction: String,
        /// IANA zone: local days, and so every deadline, are counted in it.
        pub zone: String,
        pub legal_basis: String,
        pub address: String,
        /// Five digits; empty where nobody said so, or where the address ends with it.
        pub postcode: String,
        pub website: String,
        /// Colour, checked for contrast when the style sheet is made.
        pub accent: String,
        pub crest: String,
        /// Stands before complaint numbers, unique in an installation.
        #[sea_orm(unique)]
        pub complaint_prefix: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub letterhead: Lines,
        /// What address and contacts add to these lines; made anew whenever the profile is written.
        #[sea_orm(column_type = "JsonBinary")]
        pub letterhead_more: Lines,
        /// How its letters are numbered: `400.12.5.5/{nomor}/DISDUKCAPIL/{tahun}`. Empty when nobody said so.
        pub letter_number: String,
        pub parent_id: Option<UnitId>,
        /// The unit whose administrator registered this office, so that letters can go out under its head.
        pub kept_by: Option<UnitId>,
        /// False for a unit that only signs letters and receives no complaints.
        pub serves_public: bool,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod unit_contact {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::unit::UnitId;

    /// What a contact is for; one unit has one spelling of each everywhere.
    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum ContactPurpose {
        General,
        Complaint,
        Fax,
        Email,
        Website,
        Whatsapp,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_contact")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub purpose: ContactPurpose,
        pub label: String,
        pub value: String,
        pub position: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod division {
    use sea_orm::entity::prelude::*;

    use super::unit::UnitId;

    crate::typed_id!(
        /// A division of a unit: what a complaint is assigned to.
        DivisionId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "division")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DivisionId,
        pub unit_id: UnitId,
        pub code: String,
        pub name: String,
        pub head_position: String,
        pub position: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod official {
    use sea_orm::entity::prelude::*;

    use super::{division::DivisionId, unit::UnitId};

    crate::typed_id!(
        /// An official: signs letters, owns actions, supervises others.
        OfficialId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "official")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OfficialId,
        pub unit_id: UnitId,
        pub division_id: Option<DivisionId>,
        /// A stable short name within the unit.
        pub key: String,
        pub name: String,
        /// The office held: `Kepala Dinas`.
        pub office: String,
        pub rank: String,
        /// 18 digits.
        pub nip: String,
        /// The official this one reports to, perhaps in another unit.
        pub superior_id: Option<OfficialId>,
        pub position: i32,
        /// When it was written down that they hold the office no longer. What they signed keeps its words.
        pub left_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
