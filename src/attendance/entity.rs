//! Rows of people who are expected or came, and of closed lists.

pub use attendance::AttendanceId;

pub mod attendance {
    use sea_orm::entity::prelude::*;

    use crate::{
        attendance::rules::Method,
        forums::{ForumId, Group},
        organisation::UnitId,
    };

    crate::typed_id!(
        /// A person on the attendance list of a forum.
        AttendanceId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attendance")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AttendanceId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        /// Order in which the rows were made.
        pub position: i32,
        pub name: String,
        /// The position that the person holds.
        pub role: String,
        pub organisation: String,
        pub participant_group: Group,
        /// Sealed for this row.
        pub phone: Option<Vec<u8>>,
        /// The invitation's recipient, when the person was invited or sent by one who was.
        pub recipient_id: Option<Uuid>,
        /// Six characters that nobody misreads, unique in the forum.
        pub check_in_code: String,
        pub checked_in_at: Option<DateTimeUtc>,
        pub method: Option<Method>,
        /// Checked in once and taken back.
        pub undone: bool,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod sheet {
    use sea_orm::entity::prelude::*;

    use crate::{documents::DocumentId, forums::ForumId, organisation::UnitId};

    /// A closed list with its two printed copies.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attendance_sheet")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        #[sea_orm(unique)]
        pub forum_id: ForumId,
        pub closed_at: DateTimeUtc,
        /// With telephone numbers, for the office.
        pub document_id: DocumentId,
        /// With masked numbers, for everybody.
        pub public_document_id: DocumentId,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
