//! Rows that help to find complaints. None of them knows anything that the complaint does not.

/// The searched words of a complaint as stems, in their order. Over them stands the index: a full-text table on
/// SQLite, kept by triggers, and a GIN index on PostgreSQL.
pub mod words {
    use sea_orm::entity::prelude::*;

    use crate::{complaints::ComplaintId, organisation::UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_words")]
    pub struct Model {
        /// The number by which the full-text table of SQLite names the row.
        #[sea_orm(primary_key)]
        pub place: i64,
        #[sea_orm(unique)]
        pub complaint_id: ComplaintId,
        pub unit_id: UnitId,
        pub words: String,
        /// By which version of the language of search: forms of a word meet only where both were made by one.
        pub made_by: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// How many complaints of a unit and division stand in a state; changes that are not yet added stand beside.
pub mod tally {
    use sea_orm::entity::prelude::*;

    use crate::{
        complaints::Status,
        organisation::{DivisionId, UnitId},
    };

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_tally")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        /// The nil UUID: nobody's.
        #[sea_orm(primary_key, auto_increment = false)]
        pub division_id: DivisionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub status: Status,
        pub n: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// One more or one less. Added and never changed, so that no two citizens wait for the same row.
pub mod tally_change {
    use sea_orm::entity::prelude::*;

    use crate::{
        complaints::Status,
        organisation::{DivisionId, UnitId},
    };

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_tally_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub division_id: DivisionId,
        pub status: Status,
        pub n: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// How many complaints that a unit received in a local month were answered, and how many of them in time. The division
/// is the one that has the complaint now; changes that are not yet added stand beside.
pub mod answers {
    use sea_orm::entity::prelude::*;

    use crate::organisation::{DivisionId, UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_answers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        /// `2026-03`, of the local day of receipt.
        #[sea_orm(primary_key, auto_increment = false)]
        pub month: String,
        /// The nil UUID: nobody's.
        #[sea_orm(primary_key, auto_increment = false)]
        pub division_id: DivisionId,
        pub answered: i64,
        pub in_time: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An answer more or less. Added and never changed.
pub mod answers_change {
    use sea_orm::entity::prelude::*;

    use crate::organisation::{DivisionId, UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_answers_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub division_id: DivisionId,
        pub month: String,
        pub answered: i64,
        pub in_time: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What somebody looks for again and again: the address of the inbox, with a name.
pub mod saved_filter {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, organisation::UnitId};

    crate::typed_id!(
        /// A kept filter of the inbox.
        SavedFilterId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "saved_filter")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SavedFilterId,
        pub unit_id: UnitId,
        pub person_id: PersonId,
        pub name: String,
        /// The query of the address, without the page.
        pub query: String,
        /// For everybody in the unit.
        pub shared: bool,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
