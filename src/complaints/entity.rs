//! Rows of complaints. Who filed one stands in a table of its own, sealed field by field.

mod desk;
mod knowing;

pub use complaint::ComplaintId;
pub use desk::{addition, batch, batch_item, call, draft, file, link, presence, standard_answer};
pub use knowing::{publication, topic, topic_case};

pub mod complaint {
    use chrono::NaiveDate;
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{
        access::PersonId,
        calendar::PolicyId,
        complaints::rules::{Channel, Class, Kind, Status},
        organisation::{DivisionId, UnitId},
    };

    crate::typed_id!(
        /// A complaint.
        ComplaintId
    );

    /// Why the answer is due then, as it was told at receipt: later changes of calendar or policy do not
    /// change what was promised.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Explanation {
        pub days: Vec<ExplainedDay>,
        pub working_days: u32,
        /// How many of them were added for a reason.
        #[serde(default)]
        pub extended: u32,
        /// The standard or decree that the number of days comes from.
        pub source: String,
        pub certainty: String,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct ExplainedDay {
        pub date: NaiveDate,
        pub counted: bool,
        /// A stable code: `national_holiday`.
        pub code: String,
        pub id: String,
        pub en: String,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ComplaintId,
        pub unit_id: UnitId,
        #[sea_orm(unique)]
        pub number: String,
        pub kind: Kind,
        /// How long a solution may take; decided by the officer.
        pub class: Option<Class>,
        pub channel: Channel,
        pub subject: String,
        pub description: String,
        pub service_code: Option<String>,
        pub anonymous: bool,
        pub confidential: bool,
        pub status: Status,
        /// See `rules::queue`.
        pub queue: i64,
        pub division_id: Option<DivisionId>,
        pub assignee_id: Option<PersonId>,
        pub instruction: Option<String>,
        pub received_at: DateTimeUtc,
        /// Set anew when the complaint is reopened.
        pub due_at: DateTimeUtc,
        /// Until when the first answer is owed. Never set anew; only a decree or an extension puts it off.
        pub legal_due_at: DateTimeUtc,
        /// The numbers of days that it was received under.
        pub policy_id: PolicyId,
        /// Working days by which the first answer was put off.
        pub extended_days: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub explanation: Explanation,
        /// The latest answer.
        pub answered_at: Option<DateTimeUtc>,
        /// Of the first answer: what statistics count.
        pub answered_in_time: Option<bool>,
        pub answer_working_days: Option<i32>,
        pub closed_at: Option<DateTimeUtc>,
        /// The complaint in which this one is handled.
        pub merged_into: Option<ComplaintId>,
        /// When the clocks look at it next; none when nothing can run out.
        pub look_at: Option<DateTimeUtc>,
        /// Until when the solution of its class is owed, as the clocks read it last; none while none runs.
        pub solution_due_at: Option<DateTimeUtc>,
        /// When the citizen wrote something that nobody has answered yet.
        pub heard_at: Option<DateTimeUtc>,
        /// Sealed: the receipt needs it again.
        pub access_code: Vec<u8>,
        /// Keyed hash of a form's own key and its content: the same form sent twice is one complaint.
        #[sea_orm(unique)]
        pub submission_key: Option<String>,
        /// The language the citizen used; mails keep it.
        pub locale: String,
        pub created_at: DateTimeUtc,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod identity {
    use sea_orm::entity::prelude::*;

    use super::ComplaintId;
    use crate::organisation::UnitId;

    /// Personal data (UU 27/2022): sealed with a key that is not in the database, bound to its row and
    /// column, and apart from the complaint, so that it can be deleted when its time is over.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_identity")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub complaint_id: ComplaintId,
        pub unit_id: UnitId,
        pub name: Option<Vec<u8>>,
        pub email: Option<Vec<u8>>,
        pub phone: Option<Vec<u8>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod message {
    use sea_orm::entity::prelude::*;

    use super::ComplaintId;
    use crate::{
        access::PersonId,
        complaints::rules::{Channel, Direction, MessageKind},
        organisation::{DivisionId, UnitId},
    };

    crate::typed_id!(
        /// A message on a complaint.
        MessageId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_message")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MessageId,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        pub kind: MessageKind,
        pub direction: Direction,
        /// The way it came or went; the status page is the web.
        pub channel: Channel,
        /// What the channel calls it; unique there, so that what is delivered twice is kept once.
        pub external_id: Option<String>,
        pub person_id: Option<PersonId>,
        /// The division that answered: what the citizen is shown instead of a name.
        pub division_id: Option<DivisionId>,
        /// The member of staff at that time; empty for the citizen, who is never named here.
        pub author: String,
        pub text: String,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod event {
    use sea_orm::entity::prelude::*;

    use super::ComplaintId;
    use crate::{
        access::PersonId, audit::ActorKind, complaints::rules::Status, organisation::UnitId,
    };

    /// One state that a complaint reached. Written once and never changed: what the clocks count from.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        /// 1, 2, 3 … within the complaint.
        pub seq: i32,
        /// `rules::Event::code`: what somebody did. One deed may pass several states.
        pub event: String,
        pub from_status: Option<Status>,
        pub to_status: Status,
        pub actor_kind: ActorKind,
        pub person_id: Option<PersonId>,
        /// The member of staff at that time; empty for the citizen, who is never named here.
        pub actor_name: String,
        pub reason: Option<String>,
        #[sea_orm(column_type = "JsonBinary")]
        pub data: Json,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod counter {
    use sea_orm::entity::prelude::*;

    use crate::organisation::UnitId;

    /// The last number given in a unit and year.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_counter")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub year: i32,
        pub last: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod idempotency_key {
    use sea_orm::entity::prelude::*;

    use super::ComplaintId;
    use crate::organisation::UnitId;

    /// A program's `Idempotency-Key`, remembered for a day. It names the complaint instead of keeping the
    /// answer: the answer holds the access code, which must not stand readable in the database.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency_key")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key_hash: String,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        pub body_hash: String,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was said about a deadline, once.
pub mod notice {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::ComplaintId;
    use crate::organisation::UnitId;

    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum NoticeKind {
        /// To whom it is due; the level is the percentage of the time.
        Warning,
        /// Further up; the level is the rung.
        Escalation,
        /// To the citizen: it will be closed.
        Closing,
        /// To citizen and office: the time for completing it is over; the level is when it began, in minutes.
        Waiting,
        /// The solution is late; the level is until when it was owed, in minutes.
        Solution,
        /// To whom the solution is due; the level is the percentage of its time, the deadline that of the solution.
        SolutionSoon,
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_notice")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub complaint_id: ComplaintId,
        pub kind: NoticeKind,
        pub level: i32,
        /// The deadline it was about: after another one everything is said anew.
        pub due_at: DateTimeUtc,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The morning mail of a person, once a day.
pub mod digest {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, organisation::UnitId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_digest")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub person_id: PersonId,
        pub day: Date,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// When the deadlines of a unit were looked at last without a fault, and when that failed since.
pub mod watch {
    use sea_orm::entity::prelude::*;

    use crate::organisation::UnitId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "complaint_watch")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(unique)]
        pub unit_id: UnitId,
        pub looked_at: Option<DateTimeUtc>,
        pub failed_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
