//! Rows of retention.

pub mod policy {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, complaints::rules::Kind, organisation::UnitId};

    /// A chosen period. Rows are never changed: another choice is another row with the day from which it holds.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "retention_policy")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub kind: Kind,
        pub months: i32,
        pub source: String,
        pub certainty: String,
        pub valid_from: Date,
        pub reason: String,
        pub chosen_by: Option<PersonId>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod run {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, organisation::UnitId};

    crate::typed_id!(
        /// One run of anonymising.
        RunId
    );

    /// A run over one unit. Unfinished: it was interrupted, and the next goes on with it.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "retention_run")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RunId,
        pub unit_id: UnitId,
        pub started_at: DateTimeUtc,
        pub finished_at: Option<DateTimeUtc>,
        /// Who began it; none: the program by itself.
        pub person_id: Option<PersonId>,
        /// What it did per kind, when it was finished.
        #[sea_orm(column_type = "JsonBinary")]
        pub counts: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod hold {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, complaints::ComplaintId, organisation::UnitId};

    /// Why a case must not be anonymised: a court, an inspection, an appeal.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "legal_hold")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        pub reason: String,
        pub placed_by: Option<PersonId>,
        pub placed_at: DateTimeUtc,
        pub release_reason: Option<String>,
        pub released_by: Option<PersonId>,
        pub released_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod erasure {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::run::RunId;
    use crate::{complaints::ComplaintId, organisation::UnitId};

    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum Cause {
        /// Its time was over.
        Retention,
        /// The person asked for it.
        Request,
    }

    /// The mark that a case is a tombstone.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_erasure")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub complaint_id: ComplaintId,
        pub unit_id: UnitId,
        pub run_id: Option<RunId>,
        pub cause: Cause,
        /// The rule or request behind it, in words.
        pub basis: String,
        pub ended_at: DateTimeUtc,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A person's request about the data of a case, as far as anonymising has to know of it. The register itself is of
/// `privacy`, which stands above and cannot be asked from here.
pub mod request {
    use sea_orm::entity::prelude::*;

    use crate::{complaints::ComplaintId, organisation::UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "data_request")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub number: String,
        pub state: String,
        pub complaint_id: Option<ComplaintId>,
        pub name: Option<Vec<u8>>,
        pub email: Option<Vec<u8>>,
        pub phone: Option<Vec<u8>>,
        pub words: Vec<u8>,
        pub answer: Option<Vec<u8>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
