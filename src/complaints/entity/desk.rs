//! What the staff works with beside the complaint itself.

pub mod link {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{access::PersonId, complaints::ComplaintId, organisation::UnitId};

    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum LinkKind {
        /// They have to do with each other.
        Related,
        /// `to` was a part of `from`.
        Split,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub from_id: ComplaintId,
        pub to_id: ComplaintId,
        pub kind: LinkKind,
        pub person_id: Option<PersonId>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod file {
    use sea_orm::entity::prelude::*;

    use crate::{
        access::PersonId, complaints::ComplaintId, documents::FileId, organisation::UnitId,
    };

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_file")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        pub file_id: FileId,
        pub by_citizen: bool,
        /// The citizen may open it; what the office keeps for itself stays inside.
        pub for_citizen: bool,
        pub person_id: Option<PersonId>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod draft {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, complaints::ComplaintId, organisation::UnitId};

    /// An answer that somebody has begun.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_draft")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        pub person_id: PersonId,
        pub text: String,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod presence {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, complaints::ComplaintId, organisation::UnitId};

    /// Somebody has the case open.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_presence")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        pub person_id: PersonId,
        pub seen_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod addition {
    use sea_orm::entity::prelude::*;

    use crate::{complaints::ComplaintId, organisation::UnitId};

    /// What the citizen added to a case: words or files.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_addition")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        /// Where it is handled: the main one, where the citizen's own was merged.
        pub complaint_id: ComplaintId,
        /// The version that the case had with it.
        pub version: i32,
        /// The words, if it was a message.
        pub message_id: Option<Uuid>,
        pub files: i32,
        pub at: DateTimeUtc,
        /// When those who work on the case were told.
        pub told_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod call {
    use sea_orm::entity::prelude::*;
    use serde::Serialize;

    use crate::{access::PersonId, complaints::ComplaintId, organisation::UnitId};

    /// How somebody was told.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize)]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum Way {
        /// The prepared message was opened.
        Whatsapp,
        /// By telephone, or otherwise: somebody ticked it off.
        Spoken,
        /// A letter went to them by post.
        Letter,
        /// It was answered on SP4N-LAPOR!.
        Sp4n,
        /// Not at all: no contact is left.
        Unreached,
    }

    /// News for a complainant whom no mail reaches.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_call")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        /// What happened, as the subject of a mail would say it, in the citizen's language. Never what was written.
        pub headline: String,
        pub at: DateTimeUtc,
        pub done_at: Option<DateTimeUtc>,
        pub done_by: Option<PersonId>,
        pub way: Option<Way>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod standard_answer {
    use sea_orm::entity::prelude::*;

    use crate::organisation::UnitId;

    crate::typed_id!(
        /// A text that answers begin with.
        StandardAnswerId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "standard_answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: StandardAnswerId,
        pub unit_id: UnitId,
        pub title: String,
        /// With placeholders such as `{nomor}`.
        pub text: String,
        pub created_at: DateTimeUtc,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod batch {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, organisation::UnitId};

    crate::typed_id!(
        /// Something done with many complaints at once.
        BatchId
    );

    #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    pub enum Outcome {
        Waiting,
        Done,
        /// It stays as it was; `fault` says why.
        Refused,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_batch")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BatchId,
        pub unit_id: UnitId,
        pub person_id: PersonId,
        pub act: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub data: Json,
        /// The language of who ordered it: faults are kept in words.
        pub locale: String,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod batch_item {
    use sea_orm::entity::prelude::*;

    use super::batch::{BatchId, Outcome};
    use crate::{complaints::ComplaintId, organisation::UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_batch_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub batch_id: BatchId,
        pub complaint_id: ComplaintId,
        /// The version that the preview showed.
        pub seen: i32,
        pub outcome: Outcome,
        /// Why it stays as it was; of one that is done, that it had been done before.
        pub fault: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
