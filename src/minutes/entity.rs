//! Rows of minutes, their notes, the states that were saved, and photos.

pub use minutes::MinutesId;
pub use note::NoteId;
pub use photo::PhotoId;

pub mod minutes {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{
        access::PersonId, documents::DocumentId, forums::ForumId, minutes::rules::Status,
        organisation::UnitId,
    };

    crate::typed_id!(
        /// One revision of the minutes of a forum.
        MinutesId
    );

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Lines(pub Vec<String>);

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "minutes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MinutesId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        /// 1 for the first, one more for each correction of what was final.
        pub revision: i32,
        pub status: Status,
        pub minute_taker: String,
        pub minute_taker_position: String,
        /// An organiser named as approver; none: the head of the unit.
        pub approver_id: Option<PersonId>,
        pub approver_name: String,
        pub approver_position: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub results: Lines,
        pub closing: String,
        /// Why the approver sent it back; empty otherwise.
        pub returned_because: String,
        /// The final minutes that this revision corrects.
        pub amends: Option<MinutesId>,
        pub amendment_reason: String,
        pub approved_at: Option<DateTimeUtc>,
        pub approved_by: Option<PersonId>,
        pub document_id: Option<DocumentId>,
        /// Of the text above; notes have their own.
        pub version: i32,
        /// Counts every change: editing and approving wait for each other here.
        pub edits: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod note {
    use sea_orm::entity::prelude::*;

    use super::minutes::MinutesId;
    use crate::{access::PersonId, organisation::UnitId};

    crate::typed_id!(
        /// What one person wrote about one agenda item.
        NoteId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "minutes_note")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: NoteId,
        pub unit_id: UnitId,
        pub minutes_id: MinutesId,
        /// No link: the agenda may be written anew before the day.
        pub agenda_id: Uuid,
        /// The agenda item as it was called then.
        pub activity: String,
        pub author_id: Option<PersonId>,
        pub author_name: String,
        pub text: String,
        pub version: i32,
        /// Who wrote it last.
        pub changed_by: String,
        pub changed_at: DateTimeUtc,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod revision {
    use sea_orm::entity::prelude::*;

    use super::minutes::MinutesId;
    use crate::{forums::ForumId, organisation::UnitId};

    /// The whole text as it stood after a change; never changed itself.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "minutes_revision")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub minutes_id: MinutesId,
        /// 1, 2, 3 … through all revisions of the forum.
        pub number: i32,
        /// A stable code of what was done: `note`, `header`, `submitted`.
        pub what: String,
        pub by_name: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub content: Json,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod photo {
    use sea_orm::entity::prelude::*;

    use crate::{forums::ForumId, organisation::UnitId};

    crate::typed_id!(
        /// A photo of a forum.
        PhotoId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "forum_photo")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PhotoId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub position: i32,
        /// Required before the minutes become final.
        pub caption: String,
        /// Shown to everybody: faces are personal data, so somebody decides.
        pub publishable: bool,
        pub file_key: String,
        pub content_type: String,
        pub width: i32,
        pub height: i32,
        pub size: i64,
        /// Of the file as it was handed in: the same one is kept once.
        pub source_sha256: String,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
