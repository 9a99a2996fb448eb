//! Rows of forums and what belongs to them.

pub use forum::ForumId;
pub use input::ForumInputId;

pub mod forum {
    use sea_orm::entity::prelude::*;

    use crate::{
        forums::rules::{ForumScope, Mode, Stage},
        organisation::UnitId,
    };

    crate::typed_id!(
        /// A public consultation forum.
        ForumId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "forum")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ForumId,
        pub unit_id: UnitId,
        /// Unique in the unit: `FKP-KALTIM-2025`.
        pub code: String,
        pub year: i32,
        pub title: String,
        pub theme: String,
        pub scope: ForumScope,
        pub mode: Mode,
        /// Local day and times of the unit.
        pub date: Date,
        pub starts: Time,
        pub ends: Time,
        pub venue_name: String,
        pub venue_room: String,
        pub venue_address: String,
        /// What the forum wants to reach.
        pub target: String,
        pub stage: Stage,
        pub copied_from: Option<ForumId>,
        /// SEQUENCE of the calendar entries: one more with every change of time or place.
        pub sequence: i32,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod team {
    use sea_orm::entity::prelude::*;

    use super::forum::ForumId;
    use crate::organisation::UnitId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "forum_team")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub position: i32,
        pub name: String,
        pub role: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod agenda {
    use sea_orm::entity::prelude::*;

    use super::forum::ForumId;
    use crate::organisation::UnitId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "forum_agenda")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub position: i32,
        pub starts: Time,
        pub ends: Time,
        pub activity: String,
        pub person_in_charge: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod input {
    use sea_orm::entity::prelude::*;

    use super::forum::ForumId;
    use crate::{forums::rules::Group, organisation::UnitId};

    crate::typed_id!(
        /// Something that people raised in a forum.
        ForumInputId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "forum_input")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ForumInputId,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        /// `I1`, unique in the forum.
        pub code: String,
        /// Id of a survey element: `requirements`.
        pub element: Option<String>,
        /// Code of a component of the service standards: `lead_time`.
        pub component: Option<String>,
        /// Code of the service it is about.
        pub service: Option<String>,
        pub raised_by_group: Group,
        /// The row of the attendance list of who said it.
        pub attendance_id: Option<Uuid>,
        /// The name as on that row. For the office alone: never on a public page or paper.
        pub speaker: String,
        pub text: String,
        /// What was answered in the session; none: open.
        pub answer: Option<String>,
        pub removed_at: Option<DateTimeUtc>,
        pub removed_reason: String,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod input_change {
    use sea_orm::entity::prelude::*;

    use super::input::ForumInputId;
    use crate::organisation::UnitId;

    /// What an input said before it was changed or removed; never changed itself.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "forum_input_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_input_id: ForumInputId,
        pub before: String,
        pub reason: String,
        pub by_name: String,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
