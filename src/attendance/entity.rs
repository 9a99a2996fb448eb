//! Rows of people who are expected or came, of who let them in, of the link on the wall, of signed sheets that came
//! back, and of closed lists.

pub use attendance::{AttendanceId, Visit, Visits};
pub use scan::ScanId;

pub mod attendance {
    use sea_orm::{FromJsonQueryResult, entity::prelude::*};
    use serde::{Deserialize, Serialize};

    use crate::{
        attendance::rules::Method,
        documents::FileId,
        forums::{ForumId, Group},
        organisation::UnitId,
    };

    crate::typed_id!(
        /// A person on the attendance list of a forum.
        AttendanceId
    );

    /// One day that somebody came.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Visit {
        pub at: DateTimeUtc,
        pub method: Method,
    }

    /// At most one of a day, the first one first.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Visits(pub Vec<Visit>);

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
        /// Whom the letter addresses, where it names no person that is known by a position. While the name is the same,
        /// nobody has said who came.
        pub office: Option<String>,
        /// The position that the person holds.
        pub role: String,
        pub organisation: String,
        pub participant_group: Group,
        /// Sealed for this row.
        pub phone: Option<Vec<u8>>,
        /// The invitation's recipient, when the person was invited or sent by one who was; or the registration.
        pub recipient_id: Option<Uuid>,
        /// Which of the persons of that invitation, counted from 1: a letter may invite several.
        pub seat: i32,
        /// That id is of somebody who took a seat on the forum's public page, not of a recipient.
        pub registered: bool,
        /// Six characters that nobody misreads, unique in the forum.
        pub check_in_code: String,
        /// The first visit and how; none: not in.
        pub checked_in_at: Option<DateTimeUtc>,
        pub method: Option<Method>,
        pub visits: Visits,
        /// Checked in once and taken back.
        pub undone: bool,
        /// The picture of the signature, for the internal list alone.
        pub signature_id: Option<FileId>,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod sheet {
    use sea_orm::entity::prelude::*;

    use crate::{
        attendance::closing::ClosedWith, documents::DocumentId, forums::ForumId,
        organisation::UnitId,
    };

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
        pub closed_with: Option<ClosedWith>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod entry {
    use sea_orm::entity::prelude::*;

    use super::attendance::AttendanceId;
    use crate::{
        access::PersonId, attendance::rules::Method, forums::ForumId, organisation::UnitId,
    };

    /// One time that somebody was let in, by whom, and who took it back.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attendance_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub attendance_id: AttendanceId,
        /// The mark that the device gave: whatever is sent twice arrives once.
        pub client_id: Option<Uuid>,
        /// A keyed hash of what was asked with that mark.
        pub asked: String,
        pub method: Method,
        /// When the person came; a device that was offline tells later.
        pub came_at: DateTimeUtc,
        pub recorded_at: DateTimeUtc,
        /// None: the person, by the link on the wall.
        pub person_id: Option<PersonId>,
        pub undone_at: Option<DateTimeUtc>,
        pub undone_by: Option<PersonId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod desk {
    use sea_orm::entity::prelude::*;

    use crate::{forums::ForumId, organisation::UnitId};

    /// The link on the wall of a forum.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attendance_desk")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        #[sea_orm(unique)]
        pub forum_id: ForumId,
        /// `/hadir/<short_code>`.
        #[sea_orm(unique)]
        pub short_code: String,
        /// Whether people may check in by themselves.
        pub self_service: bool,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod scan {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, documents::FileId, forums::ForumId, organisation::UnitId};

    crate::typed_id!(
        /// A signed sheet that came back as a picture or PDF.
        ScanId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attendance_scan")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ScanId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub file_id: FileId,
        pub person_id: Option<PersonId>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
