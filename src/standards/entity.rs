//! Rows of standards, their components, decrees and charters.

pub use standard::StandardId;

pub mod decree {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::organisation::UnitId;

    /// The parts of a decree that are only shown.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Contents {
        pub signatory: Option<String>,
        pub signatory_position: Option<String>,
        pub signatory_rank: Option<String>,
        pub signatory_nip: Option<String>,
        pub considerations: Vec<String>,
        pub legal_bases: Vec<String>,
        pub dictums: Vec<Dictum>,
        pub copies: Vec<String>,
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Dictum {
        /// `KESATU`.
        pub label: String,
        pub text: String,
        #[serde(default)]
        pub items: Vec<String>,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "service_standard_decree")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub number: Option<String>,
        pub title: String,
        pub place: Option<String>,
        pub date: Option<Date>,
        #[sea_orm(column_type = "JsonBinary")]
        pub contents: Contents,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod standard {
    use sea_orm::entity::prelude::*;

    use crate::organisation::UnitId;

    crate::typed_id!(
        /// A service with its standard.
        StandardId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "service_standard")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: StandardId,
        pub unit_id: UnitId,
        /// Stable name of the service in addresses and the API, unique in its unit.
        pub code: String,
        pub position: i32,
        pub name: String,
        /// In plain words what one gets and when.
        pub summary: String,
        pub decree_id: Option<Uuid>,
        pub version: i32,
        /// None when the source names no date.
        pub valid_from: Option<Date>,
        /// All words of the standard in small letters.
        pub search_text: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod component {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::standard::StandardId;
    use crate::{
        organisation::UnitId,
        standards::rules::{Channel, ComponentKind, Duration},
    };

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Items(pub Vec<String>);

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Durations(pub Vec<Duration>);

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Channels(pub Vec<Channel>);

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "standard_component")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub standard_id: StandardId,
        pub kind: ComponentKind,
        /// The place in the source, 1 to 14.
        pub position: i32,
        pub text: Option<String>,
        #[sea_orm(column_type = "JsonBinary")]
        pub items: Items,
        /// Of the lead time.
        #[sea_orm(column_type = "JsonBinary")]
        pub durations: Durations,
        /// Of the complaint channels.
        #[sea_orm(column_type = "JsonBinary")]
        pub channels: Channels,
        /// Of the fee; 0 is free of charge.
        pub fee_rupiah: Option<i64>,
        /// Of the number of staff.
        pub staff_count: Option<i32>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod charter {
    use sea_orm::entity::prelude::*;

    use crate::organisation::UnitId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "service_charter")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(unique)]
        pub unit_id: UnitId,
        pub text: String,
        pub place: String,
        pub date: Date,
        pub signatory: String,
        pub signatory_position: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
