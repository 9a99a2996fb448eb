//! Rows of filing and of what the citizen decides afterwards.

pub mod form {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{complaints::ComplaintId, documents::FileId, organisation::UnitId};

    /// Of the files only which they are: names may tell who wrote, and stand in the sealed content.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Held(pub Vec<FileId>);

    /// A form that a citizen has begun. Its key is known to the browser alone; the whole content is sealed, the text
    /// too: nobody of the office reads what was not sent.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_form")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key_hash: String,
        pub unit_id: UnitId,
        /// Empty once it was sent.
        pub content: Option<Vec<u8>>,
        /// Files that go with the form when nobody sends it.
        #[sea_orm(column_type = "JsonBinary")]
        pub files: Held,
        /// What became of it: sent again, it is the same complaint.
        pub complaint_id: Option<ComplaintId>,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod code {
    use sea_orm::entity::prelude::*;

    use crate::{complaints::ComplaintId, organisation::UnitId};

    /// The access code as a keyed hash: who lost the number comes back by the code alone.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_code")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub complaint_id: ComplaintId,
        pub unit_id: UnitId,
        pub code_hash: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod file_check {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{documents::FileId, organisation::UnitId};

    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum FileState {
        /// Nobody opens it yet.
        Waiting,
        Clean,
        /// Kept sealed for ever.
        Infected,
        /// Cannot be read; kept sealed.
        Damaged,
    }

    /// What is known of a file that a stranger handed in.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "file_check")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub file_id: FileId,
        pub unit_id: UnitId,
        pub state: FileState,
        pub created_at: DateTimeUtc,
        pub checked_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod category {
    use sea_orm::entity::prelude::*;

    use crate::organisation::UnitId;

    crate::typed_id!(
        /// What a complaint can be about.
        CategoryId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_category")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CategoryId,
        pub unit_id: UnitId,
        pub name: String,
        pub position: i32,
        /// Whether the form shows it; complaints keep the one that they were filed under.
        pub offered: bool,
        pub created_at: DateTimeUtc,
        /// Counts its questions' changes too: a form that is being filled in is asked what it was shown.
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod question {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::category::CategoryId;
    use crate::{complaints::filing::rules::QuestionKind, organisation::UnitId};

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Choices(pub Vec<String>);

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_question")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub category_id: CategoryId,
        pub position: i32,
        pub label: String,
        pub kind: QuestionKind,
        pub required: bool,
        #[sea_orm(column_type = "JsonBinary")]
        pub choices: Choices,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod sorting {
    use sea_orm::entity::prelude::*;

    use super::category::CategoryId;
    use crate::{complaints::ComplaintId, organisation::UnitId};

    /// Under which category a complaint was filed.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_sorting")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub complaint_id: ComplaintId,
        pub unit_id: UnitId,
        pub category_id: CategoryId,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod detail {
    use sea_orm::entity::prelude::*;

    use crate::{complaints::ComplaintId, organisation::UnitId};

    /// A question as it was asked, and what was answered: later changes of the form change no case.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_detail")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        pub position: i32,
        pub label: String,
        pub answer: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod news {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{complaints::ComplaintId, organisation::UnitId};

    /// The ways that news may take; today e-mail leaves the program.
    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum NewsChannel {
        Email,
        Whatsapp,
        Sms,
    }

    /// What a person agreed to, one row for each way; the address itself stands with the identity. Without a row an
    /// address that was given for news is used.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_news")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        pub channel: NewsChannel,
        pub agreed_at: Option<DateTimeUtc>,
        /// Nothing is sent while this stands.
        pub quiet_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod contact_change {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{complaints::ComplaintId, organisation::UnitId};

    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum ContactField {
        Email,
        Phone,
    }

    /// Another address that waits until those who are asked have confirmed it.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "contact_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        pub field: ContactField,
        /// Sealed; none takes the contact away.
        pub value: Option<Vec<u8>>,
        /// Keyed hash of the link sent to the old address; none where nobody is asked there.
        pub old_token: Option<String>,
        pub new_token: Option<String>,
        pub created_at: DateTimeUtc,
        pub old_confirmed_at: Option<DateTimeUtc>,
        pub new_confirmed_at: Option<DateTimeUtc>,
        pub done_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod rating {
    use sea_orm::entity::prelude::*;

    use crate::{complaints::ComplaintId, organisation::UnitId};

    /// What the citizen said of an answer: whether it helped.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_rating")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        pub helped: bool,
        /// The answer that it was said of.
        pub message_id: Option<Uuid>,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod follower {
    use sea_orm::entity::prelude::*;

    use crate::{complaints::ComplaintId, organisation::UnitId};

    /// Somebody who wants to know how a published case goes on, and filed nothing.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "case_follower")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        /// Sealed.
        pub address: Vec<u8>,
        /// Keyed: who asks twice follows once.
        pub address_hash: String,
        /// The case's page for everybody.
        pub href: String,
        pub locale: String,
        pub created_at: DateTimeUtc,
        pub confirmed_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
