//! Rows of the switch, of seats and of those who took one.

pub use registration::RegistrationId;

pub mod setting {
    use sea_orm::entity::prelude::*;

    use crate::{forums::ForumId, organisation::UnitId};

    /// Whether people may register for a forum; a forum without a row is not open.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "registration_setting")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        #[sea_orm(unique)]
        pub forum_id: ForumId,
        pub open: bool,
        pub closes_at: DateTimeUtc,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod seats {
    use sea_orm::entity::prelude::*;

    use crate::{
        forums::{ForumId, Group},
        organisation::UnitId,
    };

    /// How many of a group may register. A group without a row is not asked for.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "registration_seats")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub participant_group: Group,
        pub seats: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod registration {
    use sea_orm::entity::prelude::*;

    use crate::{
        forums::{ForumId, Group},
        organisation::UnitId,
        registrations::rules::EndedBy,
    };

    crate::typed_id!(
        /// Somebody who registered for a forum. The id is the UID of the calendar entry.
        RegistrationId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "registration")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RegistrationId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub name: String,
        /// Position or occupation.
        pub role: String,
        /// May be empty.
        pub organisation: String,
        pub participant_group: Group,
        /// One of the two, sealed for this row; both gone when they had their time.
        pub email: Option<Vec<u8>>,
        pub phone: Option<Vec<u8>>,
        /// The same contact registers once; a keyed hash.
        pub contact_hash: Option<String>,
        /// The personal page is found by this hash,
        #[sea_orm(unique)]
        pub token_hash: String,
        /// and its address made again from this.
        pub token_sealed: Vec<u8>,
        /// The form that was sent: sent twice, it is one registration.
        #[sea_orm(unique)]
        pub form_hash: String,
        /// The language of the mails.
        pub locale: String,
        /// The state of the forum that the person knows.
        pub told_sequence: i32,
        pub reminded_at: Option<DateTimeUtc>,
        /// Withdrawn or removed; the row stays for the record, the seat is free.
        pub ended_at: Option<DateTimeUtc>,
        pub ended_by: Option<EndedBy>,
        pub ended_reason: Option<String>,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
