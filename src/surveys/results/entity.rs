//! Rows of results: what a frozen period resulted in, and where results were published.

pub mod kept {
    use sea_orm::entity::prelude::*;

    use crate::{organisation::UnitId, surveys::entity::setup::SurveyPeriodId};

    /// The result of a frozen period as it was computed then; computed again from the answers it is the same.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_result")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        #[sea_orm(unique)]
        pub period_id: SurveyPeriodId,
        /// A [`SurveyResult`](super::super::figures::SurveyResult) as JSON.
        pub figures: String,
        pub kept_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod publication {
    use sea_orm::entity::prelude::*;

    use crate::{documents::FileId, organisation::UnitId, surveys::entity::setup::SurveyPeriodId};

    /// Where and when a result was made public. Corrections and withdrawals stand in the history with what was there.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_publication")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub period_id: SurveyPeriodId,
        /// The site, a social network, the board in the hall.
        pub medium: String,
        pub published_on: Date,
        /// An address, or words by which it can be checked.
        pub proof: String,
        /// A photo or scan that proves it.
        pub file_id: Option<FileId>,
        pub entered_by: String,
        pub entered_at: DateTimeUtc,
        /// Why it counts no more.
        pub withdrawn_because: Option<String>,
        pub withdrawn_by: Option<String>,
        pub withdrawn_at: Option<DateTimeUtc>,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod report_row {
    use sea_orm::entity::prelude::*;

    use crate::{organisation::UnitId, surveys::entity::setup::SurveyPeriodId};

    /// What is typed of the report of a period; everything else comes from its result.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_report")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        #[sea_orm(unique)]
        pub period_id: SurveyPeriodId,
        /// Instead of the composed preface; empty: the composed one. A line is a paragraph.
        pub preface: String,
        /// Under the composed analysis, and under the composed conclusion.
        pub analysis: String,
        pub conclusion: String,
        /// As given by the office's register; empty until it is put before the head.
        pub number: String,
        /// The day on the paper.
        pub dated_on: Option<Date>,
        /// When it was put before the head of the unit; none while it is written, and again once it was issued or given
        /// back.
        pub submitted_at: Option<DateTimeUtc>,
        pub submitted_by: Option<String>,
        /// What the head wants done first.
        pub returned_because: Option<String>,
        /// One more with every change: who writes from an older page is told.
        pub version: i32,
        pub changed_by: String,
        pub changed_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod photo {
    use sea_orm::entity::prelude::*;

    use crate::{organisation::UnitId, surveys::entity::setup::SurveyPeriodId};

    /// A photo for the annex of the report, as it was made anew: without place and device.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "survey_photo")]
    pub struct Model {
        /// In the order of coming.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub unit_id: UnitId,
        pub period_id: SurveyPeriodId,
        pub caption: String,
        pub file_key: String,
        pub content_type: String,
        pub width: i32,
        pub height: i32,
        /// Of the file as it was handed in: the same one is kept once.
        pub source_sha256: String,
        pub added_by: String,
        pub added_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
