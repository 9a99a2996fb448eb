//! Rows of forums and what belongs to them.

pub use forum::ForumId;
pub use input::ForumInputId;
pub use venue::VenueId;

pub mod forum {
    use sea_orm::entity::prelude::*;

    use crate::{
        forums::{
            announced::Announcements,
            days::MoreDays,
            entity::VenueId,
            rules::{ForumScope, Mode, Stage},
        },
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
        /// Local day and times of the unit: the first day.
        pub date: Date,
        pub starts: Time,
        /// Of an open end the hour that calendars hold.
        pub ends: Time,
        /// The first day goes on until it is finished: nobody is told an hour.
        pub open_end: bool,
        pub more_days: MoreDays,
        pub venue_name: String,
        pub venue_room: String,
        pub venue_address: String,
        /// The entry of the register that name, room and address were copied from.
        pub venue_id: Option<VenueId>,
        /// Where those who are not in the room take part; empty for a forum face to face.
        pub online_link: String,
        /// How the team stays neutral between the service and those it serves.
        pub neutrality_note: String,
        /// What the forum wants to reach.
        pub target: String,
        pub stage: Stage,
        pub copied_from: Option<ForumId>,
        /// SEQUENCE of the calendar entries: one more with every change of time or place.
        pub sequence: i32,
        /// What each letter told of time, place and programme.
        pub announced: Announcements,
        /// When somebody began the minutes: what refers to them asks here, because it cannot ask them.
        pub minutes_begun_at: Option<DateTimeUtc>,
        /// It does not take place, and why.
        pub cancelled_at: Option<DateTimeUtc>,
        pub cancel_reason: String,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod team {
    use sea_orm::entity::prelude::*;

    use super::forum::ForumId;
    use crate::{access::PersonId, organisation::UnitId};

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
        /// The account of the member: with it they keep the door and take notes, whatever their role is.
        pub person_id: Option<PersonId>,
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
        /// The day of the forum, counted from one: when a day is moved, its items go with it.
        pub day: i32,
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
        /// The item of the agenda during which it was said; an item may be gone since.
        pub agenda_id: Option<Uuid>,
        pub raised_by_group: Group,
        /// The row of the attendance list of who said it.
        pub attendance_id: Option<Uuid>,
        /// The name as on that row. For the office alone: never on a public page or paper.
        pub speaker: String,
        pub text: String,
        /// What was answered in the session; none: open.
        pub answer: Option<String>,
        /// Where the words come from when nobody said them in the room, and its page in the workspace.
        pub origin: Option<String>,
        pub origin_href: Option<String>,
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

pub mod venue {
    use sea_orm::entity::prelude::*;

    use crate::organisation::UnitId;

    crate::typed_id!(
        /// A place in the register of a unit.
        VenueId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "venue")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: VenueId,
        pub unit_id: UnitId,
        pub name: String,
        /// May be empty; name and room together are unique in the unit.
        pub room: String,
        pub address: String,
        /// No longer offered; forums that were held there keep it.
        pub archived_at: Option<DateTimeUtc>,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod quota {
    use sea_orm::entity::prelude::*;

    use super::forum::ForumId;
    use crate::{forums::rules::Group, organisation::UnitId};

    /// How many participants of a group the organiser plans for. No regulation known to us gives a number.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "forum_quota")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub participant_group: Group,
        pub planned: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod agenda_source {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::forum::ForumId;
    use crate::organisation::UnitId;

    /// What an item of an agenda was proposed from.
    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum ProposalKind {
        /// Open complaints about one service.
        Complaints,
        /// Complaints about one matter.
        Topic,
        /// An action that is not finished.
        Action,
        /// What several voices are about.
        Issue,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "agenda_source")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub forum_id: ForumId,
        pub agenda_id: Uuid,
        pub kind: ProposalKind,
        /// Code of the service, or id of the topic or action.
        pub source_id: String,
        /// A name as it is written everywhere: of the service, or code and title of the action.
        pub label: String,
        /// How many complaints there were; 1 for an action.
        pub count: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
