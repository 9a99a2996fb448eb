//! What the public reads of complaints, and the topics under which the office groups them.

pub mod publication {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{access::PersonId, complaints::ComplaintId, organisation::UnitId};

    crate::typed_id!(
        /// A published case; stands in its public address, which names no complaint.
        PublicationId
    );

    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum State {
        Published,
        Withdrawn,
    }

    /// The moderated text. The complaint itself stays as it was written.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_publication")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PublicationId,
        pub unit_id: UnitId,
        #[sea_orm(unique)]
        pub complaint_id: ComplaintId,
        pub state: State,
        pub title: String,
        pub text: String,
        /// What the office answered, in short.
        pub answer: Option<String>,
        /// As it was when published: the list filters by it.
        pub service_code: Option<String>,
        /// Title, text and answer in small letters.
        pub search: String,
        pub published_at: DateTimeUtc,
        pub published_by: Option<PersonId>,
        pub changed_at: DateTimeUtc,
        pub withdrawn_at: Option<DateTimeUtc>,
        pub withdraw_reason: Option<String>,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod topic {
    use sea_orm::entity::prelude::*;

    use crate::{action_plans::ActionItemId, organisation::UnitId};

    crate::typed_id!(
        /// A topic: what several complaints are about.
        TopicId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_topic")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TopicId,
        pub unit_id: UnitId,
        pub title: String,
        pub note: Option<String>,
        /// The action that answers it: every case of the topic is a source of that action.
        pub action_id: Option<ActionItemId>,
        /// Since when it is offered for the agenda of a forum.
        pub proposed_at: Option<DateTimeUtc>,
        pub created_at: DateTimeUtc,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod topic_case {
    use sea_orm::entity::prelude::*;

    use super::topic::TopicId;
    use crate::{access::PersonId, complaints::ComplaintId, organisation::UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_topic_case")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub topic_id: TopicId,
        pub complaint_id: ComplaintId,
        pub person_id: Option<PersonId>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
