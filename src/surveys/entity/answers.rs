//! Rows of what was answered. Nothing in them leads to a person: an answer has a day and no time, its id is random,
//! and neither an account nor an address nor the link that opened the form stands beside it. (Of what just came, the run
//! that it belongs to still knows more: see `run`.)

pub use batch::SurveyBatchId;
pub use response::SurveyResponseId;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::setup::stored_enum;

stored_enum!(
    /// How an answer came.
    AnswerWay {
        /// From the site.
        Web,
        /// By the code on a poster.
        Qr,
        /// By a link for one answer.
        Link,
        /// On a tablet of the office.
        Kiosk,
        /// Typed from a sheet of paper.
        Paper,
        /// From a spreadsheet.
        Import,
    }
);

impl AnswerWay {
    /// As figures and files tell it. Links for one answer are given out beside closed complaints: whoever knows which
    /// were closed would find the answers of those people among a few.
    #[must_use]
    pub fn told(self) -> Self {
        match self {
            Self::Link => Self::Web,
            other => other,
        }
    }
}

stored_enum!(
    /// How several answers came in at once.
    BatchKind {
        Paper,
        Import,
    }
);

stored_enum!(
    /// What somebody of the office made of a comment.
    CommentUse {
        Complaint,
        ForumInput,
    }
);

pub mod response {
    use sea_orm::entity::prelude::*;
    use serde::{Deserialize, Serialize};

    use super::{AnswerWay, SurveyBatchId};
    use crate::{
        organisation::UnitId,
        standards::StandardId,
        surveys::entity::setup::{SurveyPeriodId, SurveyPointId},
    };

    /// One filled sheet. Random, unlike the other ids: the order in which answers came must not be read from it.
    #[derive(
        Clone,
        Copy,
        Debug,
        PartialEq,
        Eq,
        Hash,
        PartialOrd,
        Ord,
        Serialize,
        Deserialize,
        DeriveValueType,
        poem_openapi::NewType,
    )]
    #[serde(transparent)]
    pub struct SurveyResponseId(pub Uuid);

    impl SurveyResponseId {
        #[must_use]
        #[expect(
            clippy::new_without_default,
            reason = "a default id would be a new random one each time"
        )]
        pub fn new() -> Self {
            Self(Uuid::new_v4())
        }

        /// Reads an id from a path or form; anything else than a UUID names nothing.
        pub fn parse(text: &str) -> crate::platform::error::Result<Self> {
            let id = text.parse().map(Self);
            id.map_err(|_| crate::platform::error::Error::NotFound)
        }
    }

    impl std::fmt::Display for SurveyResponseId {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl sea_orm::TryFromU64 for SurveyResponseId {
        fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
            Err(sea_orm::DbErr::ConvertFromU64("SurveyResponseId"))
        }
    }

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_response")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SurveyResponseId,
        pub unit_id: UnitId,
        pub period_id: SurveyPeriodId,
        pub service_id: StandardId,
        /// The poster or tablet, if one was used.
        pub point_id: Option<SurveyPointId>,
        pub way: AnswerWay,
        /// The local day. Never an instant: beside the log of a queue or a case it would name somebody.
        pub answered_on: Date,
        pub sex: Option<String>,
        pub age_band: Option<String>,
        pub education: Option<String>,
        pub occupation: Option<String>,
        /// One character for each element in the period's order: `1` to `4`, or `-` for no answer.
        pub scores: String,
        pub comment: Option<String>,
        /// A keyed hash of the mark that the sender gave: the same one twice is one answer.
        pub client_id: Option<String>,
        pub batch_id: Option<SurveyBatchId>,
        /// The place within its batch.
        pub sheet: Option<i32>,
        /// With which answers it came, one right after the other from one network; forgotten where they stay few.
        pub run_id: Option<Uuid>,
        /// Its form was sent back sooner than anybody reads it.
        pub swift: bool,
        /// Somebody of the office decided that it does not count; its reason is a row of `survey_aside`.
        pub set_aside: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod link {
    use sea_orm::entity::prelude::*;

    use crate::{organisation::UnitId, standards::StandardId};

    /// A link for one answer. It knows only that it was spent: not when, and not by which answer; and nothing here
    /// tells for whose case it was made.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub service_id: Option<StandardId>,
        #[sea_orm(unique)]
        pub token_hash: String,
        pub made_on: Date,
        pub spent: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod batch {
    use sea_orm::entity::prelude::*;

    use super::BatchKind;
    use crate::{
        access::PersonId, organisation::UnitId, standards::StandardId,
        surveys::entity::setup::SurveyPeriodId,
    };

    crate::typed_id!(
        /// Sheets that somebody of the office typed or imported together.
        SurveyBatchId
    );

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_batch")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SurveyBatchId,
        pub unit_id: UnitId,
        pub period_id: SurveyPeriodId,
        /// Of typed sheets; of an import the service of lines that name none.
        pub service_id: StandardId,
        pub kind: BatchKind,
        /// Nobody: the demo or the command line.
        pub person_id: Option<PersonId>,
        /// Empty for typed sheets.
        pub file_name: String,
        /// The day on which the sheets were filled.
        pub answered_on: Date,
        /// How many it holds now.
        pub sheets: i32,
        pub begun_at: DateTimeUtc,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod comment_use {
    use sea_orm::entity::prelude::*;

    use super::{CommentUse, SurveyResponseId};
    use crate::{organisation::UnitId, surveys::entity::setup::SurveyPeriodId};

    /// A comment that became a complaint or an input of a forum.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_comment_use")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub period_id: SurveyPeriodId,
        pub response_id: SurveyResponseId,
        pub kind: CommentUse,
        /// Address of what it became.
        pub target: String,
        /// What it is called there: the complaint's number, the forum's title.
        pub label: String,
        pub made_by: String,
        pub made_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod run {
    use sea_orm::entity::prelude::*;

    use crate::{organisation::UnitId, surveys::entity::setup::SurveyPeriodId};

    /// Answers that came one right after the other from one network. The network is a keyed hash that is another one
    /// every day and is forgotten, with the moment of the last one, minutes later; a run of few answers is forgotten whole.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_run")]
    pub struct Model {
        /// Random: an answer holds it, and no order of coming must be read from it.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub period_id: SurveyPeriodId,
        pub came_on: Date,
        pub network: Option<String>,
        pub last_at: Option<DateTimeUtc>,
        pub answers: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod aside {
    use sea_orm::entity::prelude::*;

    use crate::{organisation::UnitId, surveys::entity::setup::SurveyPeriodId};

    /// A part of the answers that somebody of the office set aside, and why. Taken back, the row goes and the history
    /// stays.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_aside")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub period_id: SurveyPeriodId,
        /// The id of a run, or `swift`.
        pub part: String,
        pub answers: i32,
        pub reason: String,
        pub made_by: String,
        pub made_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
