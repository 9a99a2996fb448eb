//! Rows of requests and breaches.

pub use breach::BreachId;
pub use request::RequestId;

pub mod request {
    use sea_orm::entity::prelude::*;

    use crate::{
        access::PersonId,
        complaints::ComplaintId,
        organisation::UnitId,
        privacy::rules::{State, Wish},
    };

    crate::typed_id!(
        /// A person's request about their data.
        RequestId
    );

    /// Who asks and what they wrote is sealed, like the identity of a complainant.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "data_request")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RequestId,
        pub unit_id: UnitId,
        #[sea_orm(unique)]
        pub number: String,
        pub wish: Wish,
        pub state: State,
        pub complaint_id: Option<ComplaintId>,
        pub name: Option<Vec<u8>>,
        pub email: Option<Vec<u8>>,
        pub phone: Option<Vec<u8>>,
        pub words: Vec<u8>,
        pub access_code: Vec<u8>,
        /// By number and code, or how an officer checked who it is.
        pub checked_how: Option<String>,
        pub answer: Option<Vec<u8>>,
        pub locale: String,
        pub received_at: DateTimeUtc,
        pub due_at: DateTimeUtc,
        pub verified_at: Option<DateTimeUtc>,
        pub answered_at: Option<DateTimeUtc>,
        /// Who answered.
        pub person_id: Option<PersonId>,
        pub version: i32,
    }

    /// Stands in `checked_how` where number and code told who asks.
    pub const BY_CODE: &str = "code";

    impl Model {
        #[must_use]
        pub fn is_by_code(&self) -> bool {
            self.checked_how.as_deref() == Some(BY_CODE)
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod counter {
    use sea_orm::entity::prelude::*;

    use crate::organisation::UnitId;

    /// The last number of a register in a unit and year.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "privacy_counter")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub register: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub year: i32,
        pub last: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod breach {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, organisation::UnitId};

    crate::typed_id!(
        /// A breach of personal data.
        BreachId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "breach")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BreachId,
        pub unit_id: UnitId,
        #[sea_orm(unique)]
        pub number: String,
        pub title: String,
        pub found_at: DateTimeUtc,
        pub due_at: DateTimeUtc,
        /// What was owed first, where the clock was moved since.
        pub first_due_at: Option<DateTimeUtc>,
        pub what_happened: String,
        pub data_kinds: String,
        pub whose: String,
        pub people: i32,
        pub risk: String,
        pub measures: String,
        pub persons_told_at: Option<DateTimeUtc>,
        pub persons_told_how: Option<String>,
        pub authority_told_at: Option<DateTimeUtc>,
        pub authority_told_how: Option<String>,
        pub closed_at: Option<DateTimeUtc>,
        pub created_by: Option<PersonId>,
        pub created_at: DateTimeUtc,
        pub version: i32,
    }

    impl Model {
        /// Somebody still has to be told.
        #[must_use]
        pub fn owes(&self) -> bool {
            self.closed_at.is_none() && self.is_untold()
        }

        /// The people concerned or the authority were never told.
        #[must_use]
        pub fn is_untold(&self) -> bool {
            self.persons_told_at.is_none() || self.authority_told_at.is_none()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod breach_entry {
    use sea_orm::entity::prelude::*;

    use super::breach::BreachId;
    use crate::{access::PersonId, organisation::UnitId};

    /// One line of the log of a breach. Written once, never changed.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "breach_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub breach_id: BreachId,
        pub seq: i32,
        pub person_id: Option<PersonId>,
        pub person_name: String,
        /// `found`, `changed`, `noted`, `persons_told`, `authority_told`, `closed`.
        pub act: String,
        pub words: String,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod reminder {
    use sea_orm::entity::prelude::*;

    use crate::organisation::UnitId;

    /// What was said about a clock, once.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "clock_reminder")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        /// `data_request` or `breach`.
        pub thing_kind: String,
        pub thing_id: Uuid,
        pub level: i32,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
