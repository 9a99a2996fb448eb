//! Rows of action items, their progress and their sources.

pub use action_item::ActionItemId;
pub use action_milestone::MilestoneId;

pub mod action_item {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use crate::{
        access::PersonId,
        organisation::{DivisionId, OfficialId, UnitId},
    };

    crate::typed_id!(
        /// One promised action.
        ActionItemId
    );

    /// Where an action stands. Done means the owner says so and shows evidence; verified means the head
    /// of the unit agrees.
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        EnumIter,
        DeriveActiveEnum,
        Serialize,
        Deserialize,
        poem_openapi::Enum,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    #[oai(rename_all = "snake_case")]
    pub enum Status {
        Open,
        InProgress,
        Done,
        Verified,
        Cancelled,
    }

    impl Status {
        pub const ALL: [Self; 5] = [
            Self::Open,
            Self::InProgress,
            Self::Done,
            Self::Verified,
            Self::Cancelled,
        ];
        /// Worked on, or reported as done and not proven yet.
        pub const UNSETTLED: [Self; 3] = [Self::Open, Self::InProgress, Self::Done];

        /// Verified, or given up with a reason. What is only reported as done is not proven.
        #[must_use]
        pub fn is_settled(self) -> bool {
            !Self::UNSETTLED.contains(&self)
        }

        #[must_use]
        pub fn code(self) -> String {
            self.to_value()
        }

        #[must_use]
        pub fn parse(code: &str) -> Option<Self> {
            Self::try_from_value(&code.to_owned()).ok()
        }
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "action_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ActionItemId,
        pub unit_id: UnitId,
        /// `RA-2026-01`, unique in the unit.
        pub code: String,
        /// The year of the plan: that of the first due date.
        pub year: i32,
        pub number: i32,
        pub title: String,
        pub description: String,
        pub division_id: Option<DivisionId>,
        pub owner_id: Option<OfficialId>,
        /// A local day of the unit.
        pub due_on: Date,
        /// The first due day; none while it was never moved.
        pub baseline_due_on: Option<Date>,
        /// The last year into whose plan it was carried over.
        pub carried_into: Option<i32>,
        pub indicator: String,
        pub target: String,
        /// The year whose budget pays for it; none where it costs nothing.
        pub budget_year: Option<i32>,
        /// Whole Rupiah.
        pub budget_amount: Option<i64>,
        /// Where the money comes from.
        pub budget_source: Option<String>,
        pub status: Status,
        /// Percent, computed from milestones and evidence.
        pub progress: i32,
        pub finished_at: Option<DateTimeUtc>,
        pub finished_by: Option<PersonId>,
        pub verified_at: Option<DateTimeUtc>,
        pub verified_by: Option<PersonId>,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod action_progress {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::action_item::ActionItemId;
    use crate::{access::PersonId, organisation::UnitId};

    /// What shows that something was done: an uploaded file, or a page that everybody can open.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    pub enum Evidence {
        File { id: Uuid, name: String, size: i64 },
        Link { url: String },
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct EvidenceList(pub Vec<Evidence>);

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "action_progress")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub action_id: ActionItemId,
        /// When it was written down.
        pub at: DateTimeUtc,
        /// The local day on which it happened; never later than the day it is written down.
        pub happened_on: Date,
        pub by_id: Option<PersonId>,
        pub by_name: String,
        pub note: String,
        /// What the bar said after it; in old entries, what was typed.
        pub percent: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub files: EvidenceList,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod action_source {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::action_item::ActionItemId;
    use crate::organisation::UnitId;

    /// What an action can come from.
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        EnumIter,
        DeriveActiveEnum,
        Serialize,
        Deserialize,
        poem_openapi::Enum,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    #[oai(rename_all = "snake_case")]
    pub enum SourceKind {
        Complaint,
        ForumInput,
        AgreedPoint,
        SurveyElement,
        /// What several voices are about; linked from the page of the issue.
        Issue,
    }

    impl SourceKind {
        #[must_use]
        pub fn code(self) -> String {
            self.to_value()
        }

        #[must_use]
        pub fn parse(code: &str) -> Option<Self> {
            Self::try_from_value(&code.to_owned()).ok()
        }
    }

    /// A voice behind a source: an input that an agreed point answers.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Voice {
        pub kind: SourceKind,
        pub id: String,
        pub label: String,
        pub href: String,
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Voices(pub Vec<Voice>);

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "action_source")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub action_id: ActionItemId,
        pub kind: SourceKind,
        /// Id of the complaint, input or point; the stable key of a survey element.
        pub source_id: String,
        /// What staff read. A snapshot of the moment of linking.
        pub label: String,
        /// What everybody may read: no names, nothing confidential.
        pub public_label: String,
        /// The same in English, where the words are the program's own and not somebody's.
        pub label_en: Option<String>,
        /// Page of the source in the workspace.
        pub href: Option<String>,
        /// Title and page of the forum at which it came up, for inputs and points.
        pub forum: Option<String>,
        pub forum_href: Option<String>,
        #[sea_orm(column_type = "JsonBinary")]
        pub voices: Voices,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod action_milestone {
    use sea_orm::entity::prelude::*;

    use super::action_item::ActionItemId;
    use crate::organisation::UnitId;

    crate::typed_id!(
        /// A step of an action.
        MilestoneId
    );

    /// A step with its own day. Done when an entry with evidence says so.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "action_milestone")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MilestoneId,
        pub unit_id: UnitId,
        pub action_id: ActionItemId,
        pub title: String,
        pub due_on: Date,
        pub done_on: Option<Date>,
        /// The entry of progress that shows it.
        pub entry_id: Option<Uuid>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod action_extension {
    use sea_orm::entity::prelude::*;

    use super::action_item::ActionItemId;
    use crate::{access::PersonId, organisation::UnitId};

    /// A due date that was put off, or drawn forward; never changed itself.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "action_extension")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub action_id: ActionItemId,
        pub due_from: Date,
        pub due_to: Date,
        /// The year into whose plan it was carried over with it.
        pub into_year: Option<i32>,
        pub reason: String,
        pub by_id: Option<PersonId>,
        pub by_name: String,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod action_reminder {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::action_item::ActionItemId;
    use crate::organisation::UnitId;

    /// Why somebody is reminded.
    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum ReminderKind {
        Overdue,
        /// Nobody reported for long.
        Stalled,
    }

    /// A reminder that went out; unique in its week.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "action_reminder")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub action_id: ActionItemId,
        pub kind: ReminderKind,
        /// `2026-W12`.
        pub week: String,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod action_measure {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::action_item::ActionItemId;
    use crate::organisation::UnitId;

    /// What figures before and after an action can be about.
    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum MeasureKind {
        /// An element of the survey, by its stable id.
        Element,
        /// Complaints of a category of the unit.
        Category,
        /// Complaints about a service of the unit, by its code.
        Service,
    }

    impl MeasureKind {
        #[must_use]
        pub fn code(self) -> String {
            self.to_value()
        }

        #[must_use]
        pub fn parse(code: &str) -> Option<Self> {
            Self::try_from_value(&code.to_owned()).ok()
        }
    }

    /// By what an action is measured beside what its sources lead to; once each.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "action_measure")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub action_id: ActionItemId,
        pub kind: MeasureKind,
        /// The id of the element or category, the code of the service.
        pub measured_by: String,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
