//! Rows of issues, their voices, proposals that were turned down, and what voices were told.

pub use issue::IssueId;

pub mod issue {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, forums::ForumId, issues::rules::State, organisation::UnitId};

    crate::typed_id!(
        /// What several voices are about.
        IssueId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "issue")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: IssueId,
        pub unit_id: UnitId,
        /// `ISU-2026-01`, unique in the unit.
        pub code: String,
        pub year: i32,
        pub number: i32,
        pub title: String,
        pub words: String,
        pub state: State,
        /// What the rule saw that proposed it; none where a person did.
        pub why: Option<String>,
        /// Since when it waits for the agenda of a forum.
        pub offered_at: Option<DateTimeUtc>,
        /// The forum on whose agenda it stands.
        pub forum_id: Option<ForumId>,
        /// Who decided last, and why.
        pub decided_by: Option<PersonId>,
        pub decided_name: Option<String>,
        pub decided_at: Option<DateTimeUtc>,
        pub reason: Option<String>,
        pub version: i32,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod issue_voice {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::issue::IssueId;
    use crate::{organisation::UnitId, surveys::SurveyPeriodId};

    /// Whose voice it is.
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        EnumIter,
        DeriveActiveEnum,
        Serialize,
        Deserialize,
        poem_openapi::Enum,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    #[oai(rename_all = "snake_case")]
    pub enum VoiceKind {
        Complaint,
        /// Several complaints that the office grouped.
        Topic,
        ForumInput,
        /// The score of an element in a period of the survey.
        SurveyElement,
    }

    impl VoiceKind {
        #[must_use]
        pub fn code(self) -> String {
            self.to_value()
        }

        #[must_use]
        pub fn parse(code: &str) -> Option<Self> {
            Self::try_from_value(&code.to_owned()).ok()
        }

        #[must_use]
        pub fn label_key(self) -> &'static str {
            match self {
                Self::Complaint => "action-source-complaint",
                Self::Topic => "issue-voice-topic",
                Self::ForumInput => "action-source-forum-input",
                Self::SurveyElement => "action-source-survey-element",
            }
        }
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "issue_voice")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub issue_id: IssueId,
        pub kind: VoiceKind,
        /// Id of the complaint, topic or input; the stable key of an element.
        pub source_id: String,
        /// The title of the survey's period when it was linked; empty for all other voices.
        pub period: String,
        /// The period itself: titles change, and two can be alike.
        pub period_id: Option<SurveyPeriodId>,
        /// As it was when linked; of a complaint only the number.
        pub label: String,
        pub label_en: Option<String>,
        pub href: Option<String>,
        /// The forum at which an input was said: title and page.
        pub forum: Option<String>,
        pub forum_href: Option<String>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod issue_dismissal {
    use sea_orm::entity::prelude::*;

    use crate::{access::PersonId, organisation::UnitId};

    /// A proposal that somebody turned down; it comes back only when it grows.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "issue_dismissal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        /// The key of the proposal.
        pub proposal: String,
        /// How much it weighed then.
        pub weight: i64,
        pub reason: String,
        pub by_id: Option<PersonId>,
        pub by_name: String,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod voice_told {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::issue_voice::VoiceKind;
    use crate::organisation::UnitId;

    /// What a voice hears of.
    #[derive(
        Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
    )]
    #[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
    #[serde(rename_all = "snake_case")]
    pub enum Event {
        OnAgenda,
        Promised,
        Kept,
        GivenUp,
        Refused,
        Resolved,
    }

    /// One message that was written; the row is unique, so nobody hears the same twice.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "voice_told")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub kind: VoiceKind,
        pub source_id: String,
        pub event: Event,
        /// The forum, action or decision that it is about.
        pub about: String,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
